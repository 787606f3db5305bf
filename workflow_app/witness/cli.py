"""The witness's own command line: ``avtaleflyt witness …``, or ``python -m workflow_app.witness …``.

Exit codes: 0 done; 1 no (an alarm, a head that will not be cosigned, a log that
does not answer); 2 the call or the settings are wrong. Every sentence is said in Norwegian and in English.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from workflow_app.witness import doing
from workflow_app.witness.faults import WitnessFault

FOLDER_VARIABLE = "AVTALEFLYT_WITNESS"
EVERY = 600
"""Seconds between two rounds of ``run``, unless told otherwise."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """new, show, once, run, serve, trust, resume and retire."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    new = steps.add_parser("new", help="make a witness: its key and its empty memory")
    new.add_argument("--name", required=True, help="its name, such as moss.kommune.no/vitne1")
    new.add_argument(
        "--log-key", required=True, metavar="VKEY", help="the log's public key, got from a person"
    )
    new.add_argument("--url", required=True, help="the log's address, such as https://avtaler.kommune.no")
    show = steps.add_parser("show", help="its public key, and what it has cosigned")
    show.add_argument("--json", action="store_true", help="as JSON")
    once = steps.add_parser("once", help="one round: check what is new, and cosign it")
    run = steps.add_parser("run", help="a round every so often, until it is stopped")
    run.add_argument("--every", type=_seconds, default=EVERY, metavar="SECONDS", help=f"else {EVERY}")
    for step in (once, run):
        step.add_argument("--quiet", action="store_true", help="say only what is wrong")
    serve = steps.add_parser("serve", help="answer logs that ask (C2SP tlog-witness)")
    serve.add_argument(
        "--listen", default="127.0.0.1:8090", metavar="ADDRESS:PORT", help="else 127.0.0.1:8090"
    )
    trust = steps.add_parser("trust", help="trust one more key of the same log, when it changes its key")
    trust.add_argument("vkey", metavar="VKEY", help="the log's new public key, got from a person")
    resume = steps.add_parser("resume", help="go on after an alarm that a person has looked at")
    retire = steps.add_parser("retire", help="never cosign again, and throw the private key away")
    for step in (resume, retire):
        step.add_argument("--because", required=True, metavar="REASON", help="kept beside the memory")
    for step in steps.choices.values():
        step.add_argument(
            "--dir", metavar="FOLDER", type=Path, default=Path(os.environ.get(FOLDER_VARIABLE, "witness")),
            help=f"where the witness lives (else ${FOLDER_VARIABLE}, else ./witness)",
        )  # fmt: skip


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text) >= 10):
        raise argparse.ArgumentTypeError("a whole number of seconds, 10 or more")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Do the step; what is wrong is said on standard error and in the exit code."""
    try:
        steps = {
            "new": doing.new, "show": doing.show, "once": doing.once, "run": doing.run, "serve": doing.serve,
            "trust": doing.trust, "resume": doing.resume, "retire": doing.retire,
        }  # fmt: skip
        return steps[args.step](args)
    except WitnessFault as fault:
        doing.complain(fault)
        return fault.code
    except OSError as error:
        # A disk that is full or a folder that is not ours: nothing was signed without being written down.
        doing.complain(
            WitnessFault(f"{args.dir}: {error.strerror or error}.", f"{args.dir}: {error.strerror or error}.")
        )
        return 2


def main(words: list[str] | None = None) -> int:
    """The program by itself, where only the witness is installed."""
    parser = argparse.ArgumentParser(
        prog="python -m workflow_app.witness", description=__doc__.split("\n")[0]
    )
    arguments(parser)
    try:
        return run(parser.parse_args(sys.argv[1:] if words is None else words))
    except KeyboardInterrupt:
        return 130
