"""Word: automatic numbers, tracked changes, hidden text, fields, tables, boxes, notes, content controls."""

from __future__ import annotations

import io

import docx
import pytest

from tests.support.office_files import p, r, raw_docx
from workflow_app.services.files import Extracted, extract

HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in (1, 2)
)
LEVELS = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="X"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="§ %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"""


def read(body: str, **parts: str | bytes) -> Extracted:
    return extract("a.docx", raw_docx(body, **parts))


def lines(body: str, **parts: str | bytes) -> list[str]:
    return [line for line in read(body, **parts).text.split("\n") if line]


def num(ident: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'


def test_numbers_are_counted_as_word_counts_them() -> None:
    body = "".join(
        p(text, num(ident, level))
        for text, ident, level in [
            ("Formål", 1, 0), ("Møter", 1, 0), ("Innkalling", 1, 1), ("Saksliste", 1, 1), ("kort", 1, 2),
            ("lang", 1, 2), ("Varighet", 1, 0), ("Endring", 1, 1), ("Virkemåte", 3, 0), ("Slutt", 3, 0),
            ("punkt", 2, 0), ("Ny liste", 4, 0), ("Ny liste to", 4, 0),
        ]
    )  # fmt: skip
    assert lines(body, numbering=LEVELS) == [
        "1. Formål", "2. Møter", "2.1 Innkalling", "2.2 Saksliste", "a) kort", "b) lang", "3. Varighet",
        "3.1 Endring", "§ 3 Virkemåte", "§ 4 Slutt", "- punkt", "1. Ny liste", "2. Ny liste to",
    ]  # fmt: skip


def test_a_style_brings_its_number_and_a_zero_takes_it_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/><w:pPr>'
        f"{num(1)}</w:pPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    body = p("Én", '<w:pStyle w:val="A"/>') + p("To", '<w:pStyle w:val="B"/>')
    body += p("Uten", '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert lines(body, styles=styles, numbering=LEVELS) == ["1. Én", "2. To", "# Uten"]


def test_styled_headings_without_numbers_are_marked_when_there_are_several() -> None:
    body = "".join(p(t, '<w:pStyle w:val="H1"/>') + p("Tekst.") for t in ("Formål", "Møter", "3. Varighet"))
    body += p("Innkalling", '<w:pStyle w:val="H2"/>')
    text = read(body, styles=HEADINGS).text
    assert text == "# Formål\n\nTekst.\n\n# Møter\n\nTekst.\n\n3. Varighet\n\nTekst.\n\n## Innkalling\n"
    assert read(p("Formål", '<w:pStyle w:val="H1"/>'), styles=HEADINGS).text == "Formål\n"


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    body = (
        f"<w:p>{r('Avtalen gjelder til ')}<w:del>{r('2025')}</w:del><w:ins>{r('2027')}</w:ins>{r('.')}</w:p>"
    )
    body += (
        f"<w:p><w:moveFrom>{r('Flyttet.')}</w:moveFrom></w:p><w:p><w:moveTo>{r('Flyttet.')}</w:moveTo></w:p>"
    )
    found = read(body)
    assert found.text == "Avtalen gjelder til 2027.\n\nFlyttet.\n"
    assert [str(n) for n in found.notes] == ["The file has tracked changes (3); they are read as accepted."]


def test_a_deleted_paragraph_end_joins_and_a_deleted_row_is_gone() -> None:
    gone = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Avtalen ')}</w:p>"
    row = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('borte')}</w:tc></w:tr>"
    row = f"<w:tbl>{row}<w:tr><w:tc>{p('her')}</w:tc></w:tr></w:tbl>"
    assert lines(gone + p("revideres årlig.") + row) == ["Avtalen revideres årlig.", "her"]


def test_hidden_text_and_comments_are_left_out_and_told() -> None:
    shown = r(" her", '<w:vanish w:val="0"/>')
    body = f"<w:p>{r('Synlig')}{r(' skjult', '<w:vanish/>')}{shown}</w:p>"
    found = read(body, comments='<w:comment w:id="1"><w:p/></w:comment>')
    assert found.text == "Synlig her\n"
    assert [note.values for note in found.notes] == [{"count": 1}, {"count": 1}]


def test_fields_show_their_result_and_breaks_tabs_and_hyphens_are_kept() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:p>{r('Dato: ')}{field.format('begin')}<w:r><w:instrText>DATE</w:instrText></w:r>{r('kode')}"
        f"{field.format('separate')}{r('1.2.2025')}{field.format('end')}<w:r><w:br/></w:r>"
        f"{r('Ordfører')}<w:r><w:tab/></w:r>{r('poli')}<w:r><w:softHyphen/></w:r>{r('ti')}"
        f"<w:r><w:noBreakHyphen/></w:r>{r('sjef')}<w:hyperlink>{r(' lenke')}</w:hyperlink></w:p>"
    )
    assert read(body).text == "Dato: 1.2.2025\nOrdfører    poli" + "ti-sjef lenke\n"


def test_content_controls_are_read_and_an_unfilled_one_is_a_blank() -> None:
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Avtalen revideres årlig.')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Klikk her')}</w:sdtContent>"
    empty = f"<w:p>{r('Dato: ')}<w:sdt>{prompt}</w:sdt></w:p>"
    assert lines(filled + empty) == ["Avtalen revideres årlig.", "Dato: ____"]


def test_text_boxes_once_and_footnotes_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('I boks')}</w:txbxContent>"
    body = (
        f"<w:p>{r('Foran')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}"
        f'</mc:Fallback></mc:AlternateContent><w:footnoteReference w:id="2"/></w:r>{r(" etter")}</w:p>'
    )
    notes = f'<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2">{p("Se rundskriv.")}</w:footnote>'
    assert lines(body, footnotes=notes) == ["Foran etter", "I boks", "[1] Se rundskriv."]


def test_tables_short_cells_in_a_row_long_ones_cell_by_cell() -> None:
    def table(*rows: tuple[str, ...]) -> str:
        cells = ["".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows]
        return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"

    signed = table((p("Navn"), p("Navn")), (p("Ordfører"), p("Stasjonssjef")))
    assert read(signed).text == "Navn    Navn\nOrdfører    Stasjonssjef\n"
    columns = table((p("Formål") + p("Vi samarbeider."), p("Varighet") + p("Avtalen revideres årlig.")))
    assert lines(columns) == ["Formål", "Vi samarbeider.", "Varighet", "Avtalen revideres årlig."]
    counted = table(*[(p(f"Møter i {n}"), p(str(n))) for n in (1, 2, 3)])
    assert lines(counted) == ["Møter i 1 | 1", "Møter i 2 | 2", "Møter i 3 | 3"]


def test_headers_and_footers_are_no_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Topp"
    document.sections[0].footer.paragraphs[0].text = "Side 1"
    document.add_paragraph("Avtalen revideres årlig.")
    out = io.BytesIO()
    document.save(out)
    assert extract("a.docx", out.getvalue()).text == "Avtalen revideres årlig.\n"


def test_the_main_part_may_be_called_anything_and_be_strict() -> None:
    found = extract("a.docx", raw_docx(p("Avtalen."), main="word/document2.xml"))
    assert found.text == "Avtalen.\n"
    strict = raw_docx(p("Avtalen."))
    assert extract("a.txt", strict) == Extracted("Avtalen.\n", (), "docx"), "told by its bytes"


@pytest.mark.parametrize("text", ["å", "ﬁnne", "skjult\u00adord", "a\u200bb", "x\ud7ff"])
def test_letters_are_as_a_person_types_them(text: str) -> None:
    found = read(p(text)).text.strip()
    assert found in {"å", "finne", "skjultord", "ab", "x\ud7ff", "x"}


def test_typed_numbers_in_a_row_are_a_list_and_bold_ones_headings() -> None:
    body = p("Saker:") + p("1. Referat") + p("2. Nytt fra politiet") + p("") + p("3. Eventuelt")
    assert read(body).text == "Saker:\n\n1. Referat\n2. Nytt fra politiet\n\n3. Eventuelt\n"
    bold = f"<w:p>{r('1. Formål', '<w:b/>')}</w:p><w:p>{r('2. Møter', '<w:b/>')}</w:p>"
    assert read(bold).text == "1. Formål\n\n2. Møter\n"
