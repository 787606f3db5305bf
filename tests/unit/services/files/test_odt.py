"""OpenDocument: lists and their numbers, outline numbers, tracked changes, hidden text, notes, tables."""

from __future__ import annotations

import pytest

from tests.support.office_files import raw_odt
from workflow_app.services.files import Extracted, UnreadableFile, extract

LIST = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>
<text:list-level-style-number text:level="3" style:num-format="a" style:num-suffix=")"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
</text:list-style><style:style style:name="skjult" style:family="text">
<style:text-properties text:display="none"/></style:style>"""
OUTLINE = """<text:outline-style>
<text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>
</text:outline-style>"""


def read(body: str, styles: str = "") -> Extracted:
    return extract("a.odt", raw_odt(body, automatic=LIST, styles=styles))


def lines(body: str, styles: str = "") -> list[str]:
    return [line for line in read(body, styles).text.split("\n") if line]


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def item(inner: str, more: str = "") -> str:
    return f"<text:list-item{more}>{inner}</text:list-item>"


def listed(inner: str, style: str = "L", more: str = "") -> str:
    return f'<text:list text:style-name="{style}"{more}>{inner}</text:list>'


def test_lists_are_numbered_level_by_level() -> None:
    deep = listed(item(p("dypt")) + item(p("dypere") + listed(item(p("bokstav")))))
    body = listed(item(p("Formål")) + item(p("Møter") + deep) + item(p("Varighet")))
    assert lines(body) == ["1. Formål", "2. Møter", "2.1 dypt", "2.2 dypere", "a) bokstav", "3. Varighet"]


def test_a_list_begins_anew_goes_on_or_starts_where_it_says() -> None:
    body = listed(item(p("én")), more=' xml:id="liste"') + p("Mellom.")
    body += listed(item(p("to")), more=' text:continue-list="liste"') + listed(item(p("på nytt")))
    body += listed(item(p("videre")), more=' text:continue-numbering="true"')
    body += listed(item(p("sju"), ' text:start-value="7"') + item(p("åtte")))
    assert lines(body) == ["1. én", "Mellom.", "2. to", "1. på nytt", "2. videre", "7. sju", "8. åtte"]


def test_bullets_and_empty_items_stay() -> None:
    assert lines(listed(item(p("a")) + item("<text:p/>"), "B")) == ["- a", "-"]


def test_headings_take_the_numbers_of_the_outline() -> None:
    body = "".join(
        f'<text:h text:outline-level="{level}">{text}</text:h>'
        for level, text in [(1, "Formål"), (1, "Møter"), (2, "Innkalling"), (1, "Varighet")]
    )
    assert lines(body, OUTLINE) == ["1. Formål", "2. Møter", "2.1 Innkalling", "3. Varighet"]
    assert lines(body) == ["# Formål", "# Møter", "## Innkalling", "# Varighet"]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion><text:p>2025</text:p>'
        '</text:deletion></text:changed-region><text:changed-region text:id="b"><text:insertion/>'
        "</text:changed-region>"
        "</text:tracked-changes>"
    )
    body = changes + p('Til <text:change text:change-id="a"/><text:change-start text:change-id="b"/>2027.')
    found = read(body)
    assert found.text == "Til 2027.\n"
    assert str(found.notes[0]) == "The file has tracked changes (2); they are read as accepted."


def test_hidden_text_comments_and_fields() -> None:
    body = p('Synlig<text:span text:style-name="skjult"> skjult</text:span>'
             "<office:annotation><text:p>Merknad</text:p></office:annotation>"
             " <text:date>1.2.2025</text:date><text:a>, lenke</text:a>")  # fmt: skip
    body += '<text:section text:display="none"><text:p>Borte</text:p></text:section>'
    found = read(body)
    assert found.text == "Synlig 1.2.2025, lenke\n"
    assert [note.values["count"] for note in found.notes] == [2, 1]


def test_spaces_tabs_breaks_boxes_and_notes() -> None:
    body = p('Ordfører<text:tab/>Sjef<text:line-break/>to<text:s text:c="3"/>tre   og\n  fire')
    assert read(body).text == "Ordfører    Sjef\nto   tre og fire\n"
    note = p("Se<text:note><text:note-citation>1</text:note-citation><text:note-body>"
             "<text:p>Fotnote.</text:p></text:note-body></text:note> her.<draw:frame><draw:text-box>"
             "<text:p>I boks.</text:p></draw:text-box></draw:frame>")  # fmt: skip
    assert lines(note) == ["Se her.", "I boks.", "[1] Fotnote."]


def test_tables_and_indexes() -> None:
    def cell(inner: str) -> str:
        return f"<table:table-cell>{inner}</table:table-cell>"

    row = f"<table:table-row>{cell(p('Ordfører'))}{cell(p('Stasjonssjef'))}</table:table-row>"
    body = (
        f"<table:table>{row}</table:table><text:table-of-content><text:index-body>{p('Formål<text:tab/>2')}"
    )
    assert lines(body + "</text:index-body></text:table-of-content>") == [
        "Ordfører    Stasjonssjef",
        "Formål    2",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (raw_odt("", **{"content.xml": b"<x"}), "damaged"),
        (raw_odt(""), "has no text"),
        (raw_odt(p("x"), mimetype="application/vnd.oasis.opendocument.spreadsheet"), "spreadsheet"),
        (raw_odt(p("x"), **{"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}), "password"),
        (raw_odt(p("x"), **{"Scripts/python/a.py": "x"}), "macros"),
    ],
)
def test_what_is_not_read_has_its_sentence(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words):
        extract("a.odt", content)
