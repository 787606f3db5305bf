"""The checkpoint on a paper: read back from the printed page and checked with other code than ours."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
import zxingcpp
from cryptography.exceptions import InvalidSignature

from tests.unit.services.papers.anchors import LOG_KEY, ORIGIN, WITNESSES, Key, anchor, head
from workflow_app.services.papers import render_agreement, render_matter
from workflow_app.services.papers.anchor import anchor_data
from workflow_app.services.papers.docx import as_docx
from workflow_app.services.papers.outline import outline
from workflow_app.services.papers.plain import as_text
from workflow_app.services.papers.qr import MOST, qr_png, qr_svg

Translator = Callable[[str], Callable[[str], str]]
DPI = 150
"""Coarser than any office printer or scanner."""


def codes(pdf: bytes) -> list[str]:
    """The texts of all QR codes on the pages, drawn as they would be printed."""
    found: list[str] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=DPI / 72, grayscale=True)
            shape = (bitmap.height, bitmap.stride)
            pixels = memoryview(bytes(bitmap.buffer)).cast("B", shape)
            read = zxingcpp.read_barcodes(pixels)
            found += [code.text for code in sorted(read, key=lambda code: code.position.top_left.y)]
    return found


def check(note: str, *keys: Key) -> dict[str, int | None]:
    """Key name → time of its cosignature (None: the log's). Raises ``InvalidSignature``."""
    text, _, lines = note.partition("\n\n")
    signed = text.encode() + b"\n"
    known = {key.name: key for key in keys}
    found: dict[str, int | None] = {}
    for line in lines.splitlines():
        _, name, encoded = line.split(" ")
        blob, key = base64.b64decode(encoded), known[name]
        assert blob[:4] == key.id
        at = None if key is LOG_KEY else int.from_bytes(blob[4:12], "big")
        message = signed if at is None else f"cosignature/v1\ntime {at}\n".encode() + signed
        key.private.public_key().verify(blob[4 if at is None else 12 :], message)
        found[name] = at
    return found


@pytest.fixture
def printing(matter: Any, translator: Translator, made: datetime) -> Callable[..., bytes]:
    """Prints the matter with a checkpoint."""
    return lambda found: render_matter(
        matter(anchor=found), b"{}", timestamp=made, translate=translator("nb")
    )


def test_the_code_on_the_page_is_the_checkpoint_with_both_sides_signatures(
    printing: Callable[..., bytes],
) -> None:
    final, newest = head(48213, 17, final=True), head(10**9, 19, final=False)
    assert codes(printing(anchor(final, newest))) == [final.note, newest.note]
    kommune, police = (key for key, _ in WITNESSES.values())
    signed = check(final.note, LOG_KEY, kommune, police)
    assert signed == {ORIGIN: None, **{c.name: round(c.at.timestamp()) for c in final.cosigned}}
    assert check(newest.note, LOG_KEY) == {ORIGIN: None}


def test_a_changed_number_on_the_page_does_not_fit_its_signatures() -> None:
    final = head(48213, 17, final=True)
    kommune, police = (key for key, _ in WITNESSES.values())
    with pytest.raises(InvalidSignature):
        check(final.note.replace("\n48213\n", "\n48214\n"), LOG_KEY, kommune, police)


def test_the_words_say_who_signed_when_and_with_which_key(
    printing: Callable[..., bytes], printed: Any, packed: Callable[[str], str]
) -> None:
    final = head(48213, 17, final=True)
    page = printed(printing(anchor(final))).packed
    for said in (
        "Endelig: Både kommunens vitne og politiets vitne har signert dette sjekkpunktet.",
        "vitne.fjellvik.kommune.no (Fjellvik kommune)",
        "14. februar 2025 kl. 06.01",
        "oppføring 1 til 17 i sporet",
        final.root,
        LOG_KEY.fingerprint,
        *(one.key for one in final.cosigned),
    ):
        assert packed(said) in page, said
    assert "Ikkeendeligennå" not in page


def test_until_both_have_signed_it_says_whom_it_waits_for(
    printing: Callable[..., bytes], printed: Any, packed: Callable[[str], str]
) -> None:
    waits = ("Venter på politiets vitne.",)
    page = printed(printing(anchor(head(5, 1, final=False), waits=waits))).packed
    assert packed("Ikke endelig ennå: Dette sjekkpunktet er bare signert av systemet selv.") in page
    assert packed(waits[0]) in page
    assert packed("oppføring 1 i sporet") in page
    assert "Endelig:" not in page


def test_a_log_without_a_key_prints_no_checkpoint_and_says_so(
    printing: Callable[..., bytes], printed: Any, packed: Callable[[str], str]
) -> None:
    pdf = printing(None)
    assert packed("Loggen i dette systemet har ingen nøkkel") in printed(pdf).packed
    assert codes(pdf) == []


def test_the_agreement_has_the_numbers_and_no_code(
    agreement: Any, translator: Translator, made: datetime, printed: Any
) -> None:
    pdf = render_agreement(agreement(), b"{}", timestamp=made, translate=translator("nb"))
    assert head(48213, 17, final=True).root in printed(pdf).packed
    assert codes(pdf) == []


def test_word_and_text_carry_the_same(matter: Any, translator: Translator, made: datetime) -> None:
    final = head(48213, 17, final=True)
    blocks = outline(matter(anchor=anchor(final)), made, translator("nb"))
    assert f"\n\n{final.note}\n" in as_text(blocks)
    document = docx.Document(BytesIO(as_docx(blocks, title="Sak", language="nb", made=made)))
    [picture] = document.inline_shapes
    described = picture._inline.docPr.get("descr")
    assert "48213" in described
    assert final.root in described
    [image] = [p.blob for p in document.part.package.iter_parts() if p.partname.endswith(".png")]
    assert image == qr_png(final.note)
    assert "Hva sporet ikke beviser" in [p.text for p in document.paragraphs]


def test_how_much_is_covered_is_said_for_none_one_and_many(translator: Translator) -> None:
    tr = translator("nb")
    said = partial(anchor_data, tr=tr)
    covers = [said(anchor(head(9, n, final=False))) for n in (0, 1, 2)]
    assert [c["heads"][0]["fields"][2][1] for c in covers if c] == [
        "ingen oppføring ennå", "oppføring 1 i sporet", "oppføring 1 til 2 i sporet",
    ]  # fmt: skip


def test_a_text_too_long_for_a_phone_is_refused() -> None:
    qr_svg("æ" * (MOST // 2))
    with pytest.raises(ValueError, match="too many for a QR code"):
        qr_svg("æ" * (MOST // 2) + "a")
