"""PDF: columns, hyphens, headers and footers, lists, tables, signatures, scans, passwords, ligatures."""

from __future__ import annotations

import io

import pypdf
import pytest
from pypdf import generic as pdf_objects

from tests.support.office_files import pdf, scanned_pdf
from workflow_app.services.files import Extracted, UnreadableFile, extract
from workflow_app.services.files.pdf_hyphens import Hyphens

A4 = '#set page(paper: "a4")\n#set text(lang: "nb", size: 11pt)\n'
PROSE = "Partene møtes fire ganger i året og drøfter forebygging, beredskap og det som skjer i kommunen. "


def read(source: str) -> Extracted:
    return extract("a.pdf", pdf(source))


def blocks(source: str) -> list[str]:
    return [block for block in read(source).text.strip().split("\n\n") if block]


def test_paragraphs_are_one_line_each_and_headings_stand_alone() -> None:
    source = f"{A4}= 1. Møter\n\n{PROSE * 3}\n\n= 2. Varighet\n\nAvtalen revideres årlig.\n"
    assert blocks(source) == ["1. Møter", (PROSE * 3).strip(), "2. Varighet", "Avtalen revideres årlig."]


def test_two_columns_are_read_one_after_the_other() -> None:
    columns = '#set page(columns: 2)\n#set text(lang: "nb", hyphenate: true)\n#set par(justify: true)\n'
    paragraphs = [f"Punkt {n} gjelder forebyggingen. {PROSE * 2}".strip() for n in range(14)]
    assert blocks(columns + "\n\n".join(paragraphs)) == paragraphs


def test_a_title_over_the_columns_comes_first() -> None:
    title = '#place(top + center, scope: "parent", float: true)[Avtale mellom partene]'
    source = f"{A4}#set page(columns: 2)\n{title}\n"
    paragraphs = [f"Punkt {n}. {PROSE * 2}".strip() for n in range(14)]
    assert blocks(source + "\n\n".join(paragraphs))[0] == "Avtale mellom partene"


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    source = (
        '#set page(paper: "a5", header: [POLITIET #h(1fr) Sak 20/1], footer: context [Side '
        "#counter(page).display() av 3])\n" + f"{PROSE * 4}\n\n" * 6
    )
    text = read(source).text
    assert "POLITIET" not in text
    assert "Side" not in text
    assert text.count("Partene") == 24


def test_a_sentence_goes_on_over_the_page() -> None:
    text = read(f'#set page(paper: "a6", numbering: "1")\n#set text(lang: "nb")\n{PROSE * 12}').text
    assert text == (PROSE * 12).strip() + "\n"


def test_lists_stand_line_by_line() -> None:
    source = f"{A4}Medlemmer:\n- Ordfører\n- Politistasjonssjef\n\nSaker:\n+ Referat\n+ Nytt fra politiet\n"
    bullets, numbers = "- Ordfører\n- Politistasjonssjef", "1. Referat\n2. Nytt fra politiet"
    assert blocks(source) == ["Medlemmer:", bullets, "Saker:", numbers]


def test_signatures_beside_each_other_are_not_glued() -> None:
    cells = "[Navn], [Navn], [Ordfører], [Stasjonssjef]"
    source = f"{A4}{PROSE * 2}\n\n#grid(columns: (1fr, 1fr), row-gutter: 1em, {cells})"
    text = read(source).text
    assert "Navn    Navn\n" in text
    assert "Ordfører    Stasjonssjef\n" in text


def test_a_table_is_read_row_by_row() -> None:
    rows = "".join(f"[Tiltak nummer {n} i planen], [Frist {n}. mai]," for n in range(1, 9))
    found = [line for line in read(f"{A4}#table(columns: (1fr, 1fr), {rows})").text.split("\n") if line]
    assert found == [f"Tiltak nummer {n} i planen    Frist {n}. mai" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("politi-", "kontakt", "politikontakt"),
        ("kommune-", "og politisamarbeid", "kommune- og politisamarbeid"),
        ("SLT-", "koordinator", "SLT-koordinator"),
        ("e-", "post", "e-post"),
        ("2-", "årig", "2-årig"),
        ("Sør-", "Varanger", "Sør-Varanger"),
        ("2024-", "2027", "2024-2027"),
        ("og –", "så", "og – så"),
        ("nær-", "samarbeid", "nær-samarbeid"),
    ],
)
def test_words_divided_at_the_end_of_a_line(before: str, after: str, whole: str) -> None:
    assert Hyphens(["et nær-samarbeid midt i linjen"]).joined([before, after]) == whole


def test_ligatures_and_sideways_pages() -> None:
    assert read(f"{A4}Offentlig og effektiv finansiering skriftlig.").text == (
        "Offentlig og effektiv finansiering skriftlig.\n"
    )
    turned = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(f"{A4}Avtalen revideres årlig.\n\nSlutt.")))
    turned.pages[0].rotate(90)
    out = io.BytesIO()
    turned.write(out)
    assert extract("a.pdf", out.getvalue()).text == "Avtalen revideres årlig.\n\nSlutt.\n"
    sideways = read(f"{A4}#rotate(90deg, reflow: true)[Avtalen revideres årlig. \\ Slutt.]").text
    assert sideways.split() == "Avtalen revideres årlig. Slutt.".split()


def test_a_scan_has_no_text_and_a_partly_scanned_file_says_which_pages() -> None:
    with pytest.raises(UnreadableFile, match=r"^This PDF has no text; run it through OCR first\.$"):
        extract("a.pdf", scanned_pdf())
    (note,) = extract("a.pdf", scanned_pdf(2)).notes
    assert note.values == {"pages": "3", "count": 3}


@pytest.mark.parametrize("user", ["", "hemmelig"])
def test_a_password_to_open_is_refused_and_an_owners_is_not(user: str) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(f"{A4}Avtalen revideres årlig.")))
    writer.encrypt(user, "eier", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    if user:
        with pytest.raises(UnreadableFile, match="locked with a password"):
            extract("a.pdf", out.getvalue())
    else:
        assert extract("a.pdf", out.getvalue()).text == "Avtalen revideres årlig.\n"


def test_more_pages_than_an_agreement_has_are_refused() -> None:
    with pytest.raises(UnreadableFile, match="501 pages"):
        read("#pagebreak()" * 500 + "x")


def test_what_was_written_into_a_form_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(f"{A4}Dato:\n\nAvtalen revideres årlig.")))
    name, text, numbers = pdf_objects.NameObject, pdf_objects.TextStringObject, pdf_objects.FloatObject

    def entry(**values: pdf_objects.PdfObject) -> pdf_objects.DictionaryObject:
        return pdf_objects.DictionaryObject({name(f"/{key}"): value for key, value in values.items()})

    helvetica = entry(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
    font = writer._add_object(helvetica)
    place = pdf_objects.ArrayObject(map(numbers, (110, 755, 220, 775)))
    field = writer._add_object(
        entry(FT=name("/Tx"), T=text("dato"), V=text("1.2.2025"), Type=name("/Annot"),
              Subtype=name("/Widget"), Rect=place, DA=text("/Helv 11 Tf 0 g"), F=pdf_objects.NumberObject(4))
    )  # fmt: skip
    writer.pages[0][name("/Annots")] = pdf_objects.ArrayObject([field])
    writer.root_object[name("/AcroForm")] = entry(
        Fields=pdf_objects.ArrayObject([field]), DR=entry(Font=entry(Helv=font)),
        NeedAppearances=pdf_objects.BooleanObject(True),
    )  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    found = extract("a.pdf", out.getvalue()).text.split("\n")[0]
    assert " ".join(found.split()) == "Dato: 1.2.2025"
