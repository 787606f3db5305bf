"""``avtaleflyt deadlines``: what a file's own clauses ask for, and by when.

From a file alone there is no kommune with house rules and no meetings, only
clauses; so every line it prints can be checked against the text it quotes. The
clock is not asked: the answer for one file is the same every day.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date

from workflow_app.commands import CommandError
from workflow_app.commands.read import file_arguments, taken_in
from workflow_app.domain.dates import Interval, render
from workflow_app.domain.deadlines import Deadline, compute, silences
from workflow_app.domain.history import History
from workflow_app.domain.messages import Message
from workflow_app.domain.reading import read

# What needs a signed agreement with meetings and a recorded year: a file alone has neither.
_LIVED = frozenset({"agenda", "meeting", "task", "attendance"})
_KEYS = ("kind", "source", "earliest", "latest", "quote", "assumptions")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    file_arguments(parser)
    parser.add_argument("--until", type=_day, required=True, metavar="DATE", help="the last day to look at")
    parser.add_argument(
        "--signed", type=_span, metavar="DATE",
        help="the day of signing, or its month or year (2025-02, 2025); overrides the date in the text",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the deadlines in order of date. Returns 0; raises ``CommandError`` for a bad file."""
    _, found_text = taken_in(args)
    for note in found_text.notes:
        print(f"{args.file}: {note}", file=sys.stderr)
    reading = read(found_text.text)
    rules = (*reading.rules, *reading.undated)
    history = History(signed=args.signed)
    try:
        # Nothing printed depends on the day it is asked.
        found = [d for d in compute(rules, history, today=date.min, until=args.until) if d.kind not in _LIVED]
        silent = silences(rules, history)
    except ValueError as error:
        raise CommandError(f"{args.file}: {error}") from error
    if args.json:
        answer = [{key: deadline.to_json()[key] for key in _KEYS} for deadline in found]
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return 0
    for deadline in found:
        print("\n".join(_lines(deadline)))
    for silence in silent:
        print(f"{silence.kind}: {_said(silence.sentence)}")
    return 0


def _lines(deadline: Deadline) -> list[str]:
    first, last = render(deadline.earliest, "en"), render(deadline.latest, "en")
    day = last if deadline.earliest == deadline.latest else f"earliest {first}, latest {last}"
    quote = " ".join(deadline.quote.split())
    lines = [f"{day}  {deadline.kind}", f'    "{quote}"', f"    {_said(deadline.rule_sentence)}"]
    lines += [f"    Assumed: {assumption}" for assumption in deadline.assumptions]
    if deadline.settled_by is not None:
        lines.append(f"    {_said(deadline.settled_by)}")
    return lines


def _said(message: Message) -> str:
    """The sentence with its days as a person reads them."""
    values = {k: render(v, "en") if isinstance(v, date | Interval) else v for k, v in message.values.items()}
    return str(Message(message.text, values))


def _span(text: str) -> Interval:
    try:
        return Interval.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day(text: str) -> date:
    span = _span(text)
    if not span.exact:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole date; write it as 2026-12-31")
    return span.earliest
