"""From a paper to a PDF that an archive can keep and a screen reader can read.

Produced as PDF/A-3a and PDF/UA-1 by typst: tagged, titled, in a language, fonts
embedded, and with the JSON twin attached, so the paper a council keeps can be
read by a program in twenty years. The same paper, twin and time give the same
bytes, so its hash can be frozen in the trail and the paper made again.

Typst costs memory and start-up time, so it is loaded by the first paper.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from workflow_app.services.papers.anchor import anchor_codes
from workflow_app.services.papers.data import agreement_data, matter_data
from workflow_app.services.papers.evaluation import TWIN as EVALUATION_TWIN
from workflow_app.services.papers.evaluation import EvaluationPaper, evaluation_data
from workflow_app.services.papers.glyphs import printable_tree
from workflow_app.services.papers.invitation import TWIN as INVITATION_TWIN
from workflow_app.services.papers.invitation import InvitationPaper, invitation_data
from workflow_app.services.papers.labels import Translate
from workflow_app.services.papers.minutes import TWIN as MINUTES_TWIN
from workflow_app.services.papers.minutes import MinutesPaper, minutes_data
from workflow_app.services.papers.model import AgreementPaper, MatterPaper

if TYPE_CHECKING:
    import typst

AGREEMENT_TWIN = "avtale.json"
MATTER_TWIN = "sak.json"


def render_agreement(
    paper: AgreementPaper, twin: bytes, *, timestamp: datetime, translate: Translate
) -> bytes:
    """The agreement as a PDF with ``twin`` attached as avtale.json.

    ``twin`` is the agreement's JSON, attached byte for byte. ``timestamp`` is
    when the paper is made, with its zone; it is printed and stands in the
    metadata. ``translate`` turns an English sentence of ``labels`` into the
    paper's language.

    Raises ``ValueError`` for a twin that is not JSON in UTF-8, and for a time without a zone.
    """
    data = agreement_data(paper, timestamp, AGREEMENT_TWIN, translate)
    return _compile("agreement.typ", data, AGREEMENT_TWIN, twin, timestamp)


def render_matter(paper: MatterPaper, twin: bytes, *, timestamp: datetime, translate: Translate) -> bytes:
    """The saksframlegg as a PDF with ``twin`` attached as sak.json; otherwise as :func:`render_agreement`."""
    data = matter_data(paper, timestamp, MATTER_TWIN, translate)
    return _compile("matter.typ", data, MATTER_TWIN, twin, timestamp, anchor_codes(paper.anchor))


def render_invitation(
    paper: InvitationPaper, twin: bytes, *, timestamp: datetime, translate: Translate
) -> bytes:
    """The invitation to a meeting, ``twin`` attached as mote.json; otherwise as :func:`render_agreement`."""
    data = invitation_data(paper, timestamp, INVITATION_TWIN, translate)
    return _compile("invitation.typ", data, INVITATION_TWIN, twin, timestamp)


def render_minutes(paper: MinutesPaper, twin: bytes, *, timestamp: datetime, translate: Translate) -> bytes:
    """The minutes of a meeting, ``twin`` attached as referat.json; otherwise as :func:`render_agreement`."""
    data = minutes_data(paper, timestamp, MINUTES_TWIN, translate)
    return _compile("minutes.typ", data, MINUTES_TWIN, twin, timestamp)


def render_evaluation(
    paper: EvaluationPaper, twin: bytes, *, timestamp: datetime, translate: Translate
) -> bytes:
    """A year's evaluation, ``twin`` attached as evaluering.json; otherwise as :func:`render_agreement`."""
    data = evaluation_data(paper, timestamp, EVALUATION_TWIN, translate)
    return _compile("evaluation.typ", data, EVALUATION_TWIN, twin, timestamp)


def _compile(
    template: str, data: dict[str, Any], name: str, twin: bytes, made: datetime, codes: Sequence[str] = ()
) -> bytes:
    import typst

    shown, replaced = printable_tree(data)
    inputs = {
        "data": json.dumps(shown | {"replaced": replaced}, ensure_ascii=False),
        "twin": _checked(twin, name),
        "twin_name": name,
        # Drawings, not text: they must not pass through what makes text printable.
        "codes": json.dumps(list(codes)),
    }
    files = {"main": _source(template), "common.typ": _source("common.typ")}
    # A compiler of its own for each paper costs 0.2 ms and shares nothing between threads. Fonts of the
    # machine are ignored: they would make another paper of the same facts.
    compiler = typst.Compiler(
        files,  # type: ignore[type-var]  # files by name are documented, and left out of the wheel's stub
        font_paths=_fonts(),
        ignore_system_fonts=True,
    )
    pdf = compiler.compile(
        format="pdf", sys_inputs=inputs, pdf_standards=["a-3a", "ua-1"], timestamp=made.astimezone(UTC)
    )
    if not isinstance(pdf, bytes):
        raise TypeError(f"typst made no single PDF of {template}")
    return pdf


def _checked(twin: bytes, name: str) -> str:
    """The twin as text, once it is known to be what its name says."""
    try:
        json.loads(twin.decode("utf-8"))
    except ValueError as error:
        raise ValueError(f"{name} must be JSON in UTF-8 to be attached to the paper: {error}") from error
    return twin.decode("utf-8")


@cache
def _source(name: str) -> bytes:
    return resources.files("workflow_app.templates").joinpath("documents", name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False)
