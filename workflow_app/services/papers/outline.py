"""A matter as a plain sequence of headings, fields, paragraphs and tables, whatever it is then made into.

The PDF is what is archived and read by the council. What the secretary works on
in the case system is a Word file or pasted text; both say the same in the same
order, without the tables that only prove. The checkpoint of the log is in all of
them: whichever the council keeps is the anchor.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workflow_app.services.papers.data import matter_data
from workflow_app.services.papers.labels import Translate
from workflow_app.services.papers.model import MatterPaper

_SHARES = (2.8, 2.7, 2.3, 2.2)


@dataclass(frozen=True)
class Block:
    """One piece: its kind, and what that kind needs.

    ``title`` and ``heading`` have a ``text`` (a heading its ``level``), ``fields``
    names and values, ``lines`` paragraphs, ``table`` a ``header`` and ``rows``, called ``text``;
    ``shares`` are its columns' parts of the width, in tenths, where they are not the usual ones.
    ``code`` has the ``text`` that a QR code holds, and its ``lines`` tell what that is.
    """

    kind: str
    text: str = ""
    level: int = 1
    fields: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    shares: tuple[float, ...] = ()


def outline(paper: MatterPaper, made: datetime, translate: Translate) -> tuple[Block, ...]:
    """The matter's blocks in the order a council reads them; ``made`` has its zone."""
    return tuple(_blocks(matter_data(paper, made, "", translate)))


def _blocks(d: Mapping[str, Any]) -> Iterator[Block]:
    labels = d["labels"]
    yield Block("lines", lines=(f"{d['municipality']} · {labels[d['kind']]}",))
    yield Block("title", d["title"])
    if d["exempt"]:
        yield Block("lines", lines=(f"{labels['exempt']}, {d['exempt']}",))
    committee, day, number = d["meeting"]
    meeting = (
        (labels["committee"], committee), (labels["meeting_date"], day), (labels["case_number"], number),
    )  # fmt: skip
    yield Block("fields", labels["facts"], fields=(*_fields(d["fields"]), *meeting))
    yield Block("heading", labels["proposal"])
    yield Block("lines", lines=tuple(d["proposal"]))
    if d["decision"]:
        yield Block("heading", labels["decision"])
        yield Block("lines", lines=tuple(d["decision"]))
    if d["handlings"]:
        yield Block("heading", labels["handling"])
        yield Block(
            "table", labels["handling"],
            header=(labels["committee"], labels["meeting_date"], labels["case_number"], labels["vote"]),
            rows=tuple(
                (h["committee"], h["day"], h["case_number"], "\n".join(h["proposal"])) for h in d["handlings"]
            ),
        )  # fmt: skip
    if d["telling"] is not None:
        yield from _telling(d["telling"])
    yield from _facts(d, labels)


def _telling(told: Mapping[str, Any]) -> Iterator[Block]:
    yield Block("heading", told["heading"])
    yield Block("fields", told["heading"], fields=_fields(told["facts"]))
    for part in told["parts"]:
        yield Block("heading", part["heading"], part["level"] + 1)
        if part["lines"]:
            yield Block("lines", lines=tuple(part["lines"]))


def _facts(d: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Block]:
    yield Block("heading", labels["facts"])
    yield Block("heading", labels["about"], 2)
    yield Block("fields", labels["about"], fields=_fields(d["about"]))
    yield Block("heading", labels["next_deadlines"], 2)
    if d["deadlines"]:
        yield Block(
            "table", labels["next_deadlines"],
            header=(labels["date"], labels["what"], labels["basis"]),
            rows=tuple((f["date"], f["kind"], _basis(f)) for f in d["deadlines"]),
        )  # fmt: skip
    else:
        yield Block("lines", lines=(labels["no_deadlines"],))
    yield Block("heading", labels["signatures"], 2)
    signing = d["signing"]
    if signed := (*signing["given"], *signing["missing"]):
        rows = tuple(tuple("\n".join(cell) for cell in row) for row in signed)
        yield Block(
            "table", labels["signatures"], header=tuple(signing["columns"]), rows=rows, shares=_SHARES
        )
    else:
        yield Block("lines", lines=(labels["unsigned"],))
    yield Block("heading", labels["attachments"])
    yield Block("lines", lines=tuple(a["name"] for a in d["attachments"]) or (labels["no_attachments"],))
    yield from _anchor(d, labels)
    yield Block("heading", labels["limits"], 2)
    yield Block("lines", lines=tuple(d["limits"]))


def _anchor(d: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[Block]:
    yield Block("heading", labels["anchor"])
    anchor = d["anchor"]
    if anchor is None:
        yield Block("lines", lines=(labels["anchor_none"],))
        return
    yield Block("lines", lines=(labels["anchor_intro"],))
    for head in anchor["heads"]:
        waits = () if head["final"] else tuple(anchor["waits"])
        yield Block("lines", lines=(labels["anchor_final" if head["final"] else "anchor_open"], *waits))
        yield Block("fields", labels["anchor"], fields=_fields((*anchor["log"], *head["fields"])))
        yield Block("code", head["text"], lines=(head["alt"],))
    if anchor["fault"]:
        yield Block("lines", lines=(anchor["fault"],))
    if anchor["heads"]:
        yield Block("lines", lines=(anchor["look_up"],))


def _basis(found: Mapping[str, Any]) -> str:
    quoted = f"«{found['quote']}»\n" if found["quote"] else ""
    return quoted + " · ".join((found["source"], *found["assumptions"]))


def _fields(pairs: Any) -> tuple[tuple[str, str], ...]:
    return tuple((name, "\n".join(value) if isinstance(value, list) else value) for name, value in pairs)
