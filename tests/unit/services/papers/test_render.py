"""The PDFs, looked into: every field is there, nothing is markup, and an archive can keep them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from workflow_app.services.papers import (
    AgreementPaper,
    Attachment,
    DefinitionLine,
    MatterPaper,
    MissingSignature,
    Party,
    RuleLine,
    Signature,
    TrailHead,
    render_agreement,
    render_matter,
    sections,
)

Translator = Callable[[str], Callable[[str], str]]
TWIN = '{\n  "title": "Avtale – æøå",\n  "version": 3 }\n'.encode()
HOSTILE = (
    "#panic(1) *fet* _kursiv_ $x^2$ \\ @ref <lbl> [x] {y} == h // c /* d */ `raw` ~ --- \"q\" 'a' #let x=1 "
    "https://a.b/c?d=e_f&g <script>alert(1)</script> ${page} %s {0}"
)


@pytest.fixture(scope="module")
def papers(
    agreement: Any, matter: Any, translator: Translator, made: datetime, printed: Any
) -> dict[str, Any]:
    """Each paper in each language, made once."""
    out = {}
    for language in ("nb", "nn", "en"):
        tr = translator(language)
        out[f"agreement-{language}"] = printed(
            render_agreement(agreement(language=language), TWIN, timestamp=made, translate=tr)
        )
        out[f"matter-{language}"] = printed(
            render_matter(matter(language=language), TWIN, timestamp=made, translate=tr)
        )
    return out


@pytest.fixture
def render(translator: Translator, made: datetime, printed: Any) -> Callable[[Any], Any]:
    """Makes a paper in bokmål and looks into it."""

    def make(paper: AgreementPaper | MatterPaper) -> Any:
        tr = translator("nb")
        if isinstance(paper, AgreementPaper):
            return printed(render_agreement(paper, TWIN, timestamp=made, translate=tr))
        return printed(render_matter(paper, TWIN, timestamp=made, translate=tr))

    return make


def _values(tree: Any) -> list[str]:
    """Every string a paper carries, the language and the choices of word aside."""
    if hasattr(tree, "__dataclass_fields__"):
        skipped = {"language", "kind", "side", "how", "source", "level", "note"}
        if type(tree).__name__ == "TrailStep":
            skipped.discard("note")
        if type(tree).__name__ in ("RuleLine", "UndatedLine", "DeadlineLine"):
            skipped.discard("kind")
        return [
            v
            for name in tree.__dataclass_fields__
            if name not in skipped
            for v in _values(getattr(tree, name))
        ]
    if isinstance(tree, tuple):
        return [value for part in tree for value in _values(part)]
    return [tree] if isinstance(tree, str) else []


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_field_of_the_agreement_is_printed(
    papers: dict[str, Any], agreement: Any, packed: Callable[[str], str], language: str
) -> None:
    shown = papers[f"agreement-{language}"].packed
    paper = replace(agreement(), sections=())
    missing = [value for value in _values(paper) if packed(value) not in shown]
    assert missing == []


def test_the_text_of_the_agreement_is_printed_whole_and_in_order(
    papers: dict[str, Any], agreement: Any, packed: Callable[[str], str]
) -> None:
    shown = papers["agreement-nb"].packed
    at = 0
    for section in agreement().sections:
        pieces = [section.heading or ""]
        for block in section.blocks:
            pieces += block.lines
            pieces += [text for _, text in block.items]
        for piece in pieces:
            found = shown.find(packed(piece), at)
            assert found >= at, piece
            at = found


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_field_of_the_matter_is_printed(
    papers: dict[str, Any], matter: Any, packed: Callable[[str], str], language: str
) -> None:
    shown = papers[f"matter-{language}"].packed
    assert [value for value in _values(matter()) if packed(value) not in shown] == []


@pytest.mark.parametrize(
    "words",
    [
        "Fjellvik kommune (9901)",
        "Referatsak",
        "Saksbehandler Siri Samordnar",
        "Arkivsaksnr. 25/1234",
        "20. mars 2025",
        "RS 12/25",
        "Innstilling Saken tas til orientering.",
        "3. februar 2025 kl. 12.05 (CET, UTC+01:00)",
        "Varaordfører, fungerer for Eva Prøvestad",
        "31. desember 2027 Utløp «Avtalen gjelder for perioden 2025-2027.» Punkt i avtalen",
        "«Innen 90 dager etter underskriften.» Kommunens egen regel",
        "Punkt i avtalen · Regnet fra underskriften; avtalen sier ikke hvorfra.",
        "Fornyelse Avtalen sier ikke om den fornyes.",
        "88 120 byte",
        "skjedde 30. januar 2025",
        "Innførsler i sporet 19",
        "Avviste forsøk 2",
        "Sporet beviser ikke at noe som aldri ble ført, ikke har skjedd.",
        "Dokumentet laget 14. februar 2025 kl. 09.30 (CET, UTC+01:00)",
    ],
)
def test_facts_stand_beside_their_labels(
    papers: dict[str, Any], packed: Callable[[str], str], words: str
) -> None:
    assert packed(words) in papers["matter-nb"].packed


def test_every_page_has_its_number(papers: dict[str, Any]) -> None:
    for name, word in (("matter-nb", "Side {} av {}"), ("agreement-en", "Page {} of {}")):
        pages = papers[name].pages
        for number, text in enumerate(pages, 1):
            assert word.format(number, len(pages)) in text


def test_labels_follow_the_language(papers: dict[str, Any]) -> None:
    assert "Saksbehandler" in papers["matter-nb"].text
    assert "Sakshandsamar" in papers["matter-nn"].text
    assert "Case officer" in papers["matter-en"].text
    assert "20 March 2025" in papers["matter-en"].text
    assert "Saksbehandler" not in papers["matter-nn"].text + papers["matter-en"].text


@pytest.mark.parametrize(("name", "file"), [("agreement-nb", "avtale.json"), ("matter-nn", "sak.json")])
def test_the_twin_is_attached_byte_for_byte(papers: dict[str, Any], name: str, file: str) -> None:
    reader = papers[name].reader
    assert dict(reader.attachments) == {file: [TWIN]}
    (specification,) = (part.get_object() for part in reader.trailer["/Root"]["/AF"])
    assert specification["/AFRelationship"] == "/Data"
    assert specification["/EF"]["/F"].get_object()["/Subtype"] == "/application/json"
    assert specification["/Desc"]


@pytest.mark.parametrize("kind", ["agreement", "matter"])
@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_metadata_is_what_an_archive_asks_for(
    papers: dict[str, Any], agreement: Any, matter: Any, kind: str, language: str, tag: str
) -> None:
    root = papers[f"{kind}-{language}"].reader.trailer["/Root"]
    xmp = root["/Metadata"].get_data().decode()
    title = (agreement() if kind == "agreement" else matter()).title
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert title in xmp
    assert papers[f"{kind}-{language}"].reader.metadata.title == title
    assert root["/Lang"] == tag
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/OutputIntents" in root


def _tags(node: Any, seen: list[str]) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            _tags(kid, seen)
    elif isinstance(node, dict):
        if "/S" in node:
            seen.append(node["/S"])
        if "/K" in node:
            _tags(node["/K"], seen)
    return seen


@pytest.mark.parametrize("name", ["agreement-nb", "matter-nb"])
def test_a_screen_reader_finds_headings_tables_and_lists(papers: dict[str, Any], name: str) -> None:
    tags = _tags(papers[name].reader.trailer["/Root"]["/StructTreeRoot"], [])
    headings = [int(tag[2:]) for tag in tags if tag.startswith("/H") and tag[2:].isdigit()]
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert tags.count("/Title") == 1
    assert tags.count("/Table") == tags.count("/THead") > 3
    assert tags.count("/TH") >= 2 * tags.count("/Table")
    assert tags.count("/LI") == tags.count("/LBody") > 8
    assert "/Quote" in tags


def test_all_fonts_are_embedded_and_from_the_wheel(papers: dict[str, Any]) -> None:
    names = set()
    for paper in papers.values():
        for page in paper.reader.pages:
            for font in page["/Resources"]["/Font"].values():
                (kid,) = font.get_object()["/DescendantFonts"]
                descriptor = kid.get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
                names.add(descriptor["/FontName"].partition("+")[2].partition("-")[0])
    assert names == {"LibertinusSerif", "DejaVuSansMono"}


def test_the_same_paper_twin_and_time_give_the_same_bytes(
    agreement: Any, matter: Any, translator: Translator, made: datetime
) -> None:
    tr = translator("nb")
    for make, paper in ((render_agreement, agreement), (render_matter, matter)):
        first = make(paper(), TWIN, timestamp=made, translate=tr)
        assert make(paper(), TWIN, timestamp=made, translate=tr) == first
        assert make(paper(), TWIN + b" ", timestamp=made, translate=tr) != first
        assert make(paper(title="Annen"), TWIN, timestamp=made, translate=tr) != first
        assert make(paper(), TWIN, timestamp=made.replace(minute=31), translate=tr) != first


def test_threads_do_not_mix_papers(matter: Any, translator: Translator, made: datetime) -> None:
    tr = translator("nb")

    def make(number: int) -> bytes:
        return render_matter(matter(title=f"Sak {number % 4}"), TWIN, timestamp=made, translate=tr)

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(make, range(12)))
    assert together == [make(number) for number in range(12)]


def test_what_people_write_is_never_markup(
    agreement: Any, matter: Any, render: Callable[[Any], Any], packed: Callable[[str], str]
) -> None:
    signature = Signature(HOSTILE, HOSTILE, HOSTILE, datetime(2025, 1, 1, tzinfo=UTC), "paper", HOSTILE)
    common: dict[str, Any] = {
        "title": HOSTILE,
        "rules": (RuleLine(HOSTILE, HOSTILE, HOSTILE),),
        "signatures": (signature,),
        "attachments": (Attachment(HOSTILE, "ab" * 32, 1),),
        "parties": (Party("police", HOSTILE),),
        "definition": DefinitionLine(HOSTILE, 1, "cd" * 32),
        "trail": TrailHead(1, HOSTILE),
    }
    body = f"{HOSTILE}\n\n- {HOSTILE}\n- #2\n\n1. {HOSTILE}\n\n{HOSTILE}"
    text = render(agreement(**common, sections=sections([(1, HOSTILE, body)])))
    # In running text a word may be divided at the end of a line, and the hyphen is then printed.
    assert text.packed.count(packed(HOSTILE)) >= 12
    saken = render(
        matter(**common, proposal=HOSTILE, decision=HOSTILE, legal_basis=HOSTILE, case_officer=HOSTILE)
    )
    assert saken.packed.count(packed(HOSTILE)) >= 12
    assert saken.reader.metadata.title == HOSTILE


def test_odd_characters_are_shown_as_codes_and_the_paper_says_so(
    agreement: Any, render: Callable[[Any], Any]
) -> None:
    note = "Tegn som skriftene i dokumentet mangler"
    odd = render(
        agreement(title="Avtale \U0001f600 \x07 \u202e \ud800", sections=sections([(1, "漢", "\uf0b7 x")]))
    )
    for code in ("[U+1F600]", "[U+0007]", "[U+202E]", "[U+D800]", "[U+6F22]"):
        assert code in odd.text
    assert note in odd.text
    assert note not in render(agreement()).text


def test_a_word_without_end_stays_on_the_paper(
    agreement: Any, matter: Any, render: Callable[[Any], Any]
) -> None:
    for word in ("x" * 300, "æ" * 3000, "_" * 90):
        for paper in (
            render(
                agreement(
                    title=word, rules=(RuleLine(word, word, word),), sections=sections([(1, word, word)])
                )
            ),
            render(
                matter(
                    case_officer=word,
                    committee=word,
                    signatures=(Signature(word, word, word, datetime(2025, 1, 1, tzinfo=UTC), "paper"),),
                )
            ),
        ):
            # A line across the paper holds some ninety letters of this width, some more of the small print.
            lines = [line for page in paper.reader.pages for line in page.extract_text().split("\n")]
            assert max(len(line.replace("\u200b", "")) for line in lines) <= 120
            assert paper.packed.count(word[0]) >= 3 * len(word)


def test_ten_thousand_lines_are_all_there(agreement: Any, render: Callable[[Any], Any]) -> None:
    body = "\n".join(f"Linje {number}." for number in range(10_000))
    shown = render(agreement(sections=sections([(1, "Mye", body)]))).packed
    assert all(f"Linje{number}." in shown for number in range(10_000))


def test_a_paper_with_nothing_optional_says_what_is_missing(
    agreement: Any, matter: Any, render: Callable[[Any], Any]
) -> None:
    empty: dict[str, Any] = dict.fromkeys(
        ("parties", "attachments", "signatures", "rules", "undated", "deadlines"), ()
    )
    bare = render(agreement(**empty, sections=())).text
    for sentence in (
        "Avtalen har ingen tekst.",
        "Avtalen er ikke underskrevet.",
        "Ingen vedlegg.",
        "Ingen frist venter.",
        "Ingen regler er bekreftet.",
    ):
        assert sentence in bare
    unset: dict[str, Any] = dict.fromkeys(
        ("case_officer", "archive_case", "case_number", "committee", "meeting_date")
    )
    saken = render(matter(**empty, **unset, steps=(), proposal="")).text
    assert saken.count("Ikke satt") == 5
    assert "Ingen steg er ført." in saken
    assert "Det avtalen ikke tidfester" not in bare + saken
    assert "Unntatt offentlighet" not in saken
    assert "None" not in bare + saken


def test_a_closed_matter_names_its_basis_and_a_decided_one_its_decision(
    matter: Any, render: Callable[[Any], Any]
) -> None:
    paper = render(
        matter(
            kind="vedtak",
            case_number="PS 7/25",
            legal_basis="offl. § 13 jf. fvl. § 13",
            decision="Kommunestyret vedtar avtalen.\nOrdføreren underskriver.",
        )
    )
    first = paper.pages[0]
    assert "Vedtakssak" in first
    assert "Unntatt offentlighet, offl. § 13 jf. fvl. § 13" in first
    assert "Vedtak Kommunestyret vedtar avtalen. Ordføreren underskriver." in first


def test_a_signature_still_to_come_is_in_the_table(agreement: Any, render: Callable[[Any], Any]) -> None:
    paper = render(agreement(missing=(MissingSignature("Stasjonssjef", "Ytterøy politi"),)))
    assert "Stasjonssjef Ytterøy politi Ikke underskrevet ennå" in paper.text
    assert "Ikke alle har underskrevet ennå." in paper.pages[0]


@pytest.mark.parametrize("twin", [b"", b"{", b'{"a": "\xe6"}', b"\xff\xfe{\x00}\x00"])
def test_a_twin_that_is_not_json_is_refused(
    agreement: Any, translator: Translator, made: datetime, twin: bytes
) -> None:
    with pytest.raises(ValueError, match=r"avtale\.json must be JSON in UTF-8"):
        render_agreement(agreement(), twin, timestamp=made, translate=translator("nb"))


def test_a_twin_is_kept_as_it_is_whatever_is_in_it(
    matter: Any, translator: Translator, made: datetime, printed: Any
) -> None:
    twin = json.dumps({"a": HOSTILE, "b": "\U0001f600\u0000 \u202e"}, ensure_ascii=False).encode() + b"\r\n"
    pdf = render_matter(matter(), twin, timestamp=made, translate=translator("nb"))
    assert dict(printed(pdf).reader.attachments) == {"sak.json": [twin]}


def test_a_time_without_a_zone_is_refused(agreement: Any, translator: Translator, made: datetime) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        render_agreement(agreement(), TWIN, timestamp=made.replace(tzinfo=None), translate=translator("nb"))


def test_typst_is_loaded_by_the_first_paper_only() -> None:
    code = "import sys, workflow_app.services.papers; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=False).returncode == 0
