"""``avtaleflyt tick``: the automatic transitions that are due and the night's tidying, once a day from cron.

The server does the same by itself where its scheduler is on; both may run, and
what one has done the other finds done.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from workflow_app.commands import _open
from workflow_app.models.database import make_session_factory
from workflow_app.services.daily import claims
from workflow_app.services.daily.jobs import Work
from workflow_app.services.daily.tick import tick_all
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.documents_anchor import printed_log
from workflow_app.services.erasing import nightly
from workflow_app.services.log import sequencer
from workflow_app.services.log.keys import signer_from
from workflow_app.services.norway import OSLO
from workflow_app.services.sealing.running import seal_waiting
from workflow_app.services.sealing.settings import seal_settings


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Make what is due and print each step; 1 when an agreement could not be dealt with."""
    with _open.installed(args) as house, house.in_sentences():
        now, sessions, registry = house.clock(), make_session_factory(house.engine), workflow_definitions()
        done = tick_all(sessions, now, datetime.now(OSLO), registry=registry)
        nightly.tidy(Work(house.engine, registry, lambda: now, lambda: datetime.now(OSLO), house.settings))
        claims.done(sessions, "tidy", now.date(), now)
        if not done.failed:
            claims.done(sessions, "tick", now.date(), now)
        sequencer.keep_up(house.engine)
        # What cannot be sealed is told by the log, by "seal list" and on the agreement's page.
        seal_waiting(
            sessions, seal_settings(house.settings), house.clock, registry=registry,
            printed=printed_log(house.settings, signer_from(house.settings)),
        )  # fmt: skip
        sequencer.keep_up(house.engine)
    for ident, step in done.steps:
        print(f"{ident}: {step}")
    for ident, sentence in done.failed:
        print(f"avtaleflyt tick: {ident}: {sentence}", file=sys.stderr)
    return 1 if done.failed else 0
