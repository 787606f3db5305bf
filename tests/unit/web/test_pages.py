"""What holds of every page, whatever it shows: structure, names, links to errors, no script.

A machine with a browser looks further (tests/browser); these tests need none
and name the page and the element that is wrong.
"""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.support.page_outline import Element, Outline
from tests.support.page_rendering import LOCALE, TEMPLATES

Drawn = dict[str, dict[str, str]]
UNNAMED_TYPES = {"hidden", "submit"}


# Every page is drawn once, and by one process.
pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(scope="session")
def pages(drawn: Drawn) -> dict[str, Outline]:
    """Every sample page in bokmål, read."""
    return {name: Outline(page) for name, page in drawn["nb"].items()}


def each(pages: dict[str, Outline], *tags: str) -> list[tuple[str, Outline, Element]]:
    return [(name, page, element) for name, page in pages.items() for element in page.all(*tags)]


def test_every_template_has_a_sample(drawn: Drawn) -> None:
    templates = {path.stem for path in (TEMPLATES / "pages").glob("*.pt")} - {"macros"}
    assert templates == {t for t in templates if any(name.startswith(t) for name in drawn["nb"])}


def test_every_page_has_one_first_heading_and_leaves_out_no_level(pages: dict[str, Outline]) -> None:
    for name, page in pages.items():
        headings = page.all("h1", "h2", "h3", "h4", "h5", "h6")
        levels = [int(h.tag[1]) for h in headings]
        assert levels.count(1) == 1, name
        assert all(h.text.strip() for h in headings), name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_every_page_has_its_landmarks_title_and_a_way_past_the_menu(pages: dict[str, Outline]) -> None:
    for name, page in pages.items():
        assert page.one("main").get("id") == "main", name
        assert page.all("a")[0].get("href") == "#main", name
        assert len(page.all("header")) == len(page.all("footer")) == 1, name
        # A picture has a title of its own, after the page's.
        title = page.all("title")[0].text
        assert title.endswith("– Avtaleflyt"), name
        assert len(title) > len("– Avtaleflyt") + 2, name


def test_the_language_of_the_page_is_said(drawn: Drawn) -> None:
    for language, drawings in drawn.items():
        for name, page in drawings.items():
            assert f'<html lang="{language}">' in page, name


def test_an_id_stands_once_and_every_reference_leads_to_one(pages: dict[str, Outline]) -> None:
    for name, page in pages.items():
        ids = page.ids()
        assert len(ids) == len(set(ids)), (name, sorted(i for i in ids if ids.count(i) > 1))
        for element in page.elements:
            for attribute in ("for", "aria-describedby", "aria-labelledby", "list", "form"):
                for target in (element.get(attribute) or "").split():
                    assert target in ids, (name, element.tag, attribute, target)
            href = element.get("href") or ""
            if href.startswith("#"):
                assert href[1:] in ids, (name, href)


def test_no_script_and_no_style_that_the_policy_would_refuse(pages: dict[str, Outline]) -> None:
    for name, page in pages.items():
        assert not page.all("style"), name
        for script in page.all("script"):
            assert (script.get("src") or "").startswith("/static/js/"), name
            assert script.get("defer"), (name, "a page is whole before its script")
            assert not script.text.strip(), name
        for element in page.elements:
            assert not [a for a in element.attributes if a == "style" or a.startswith("on")], (
                name,
                element.tag,
            )
            assert not (element.get("href") or "").startswith("javascript:"), name


def test_every_form_that_changes_something_carries_the_token(pages: dict[str, Outline]) -> None:
    for name, page, form in each(pages, "form"):
        if (form.get("method") or "").lower() == "post":
            hidden = [e for e in page.all("input") if form in e.around and e.get("name") == "csrf_token"]
            assert [e.get("value") for e in hidden] == ["prøve"], (name, form.get("action"))
        else:
            assert form.get("method") == "get", name


def test_every_field_has_a_label_and_every_wrong_one_its_sentence(pages: dict[str, Outline]) -> None:
    for name, page, field in each(pages, "input", "select", "textarea"):
        if field.get("type") in UNNAMED_TYPES:
            continue
        labels = [e for e in page.all("label") if e.get("for") == field.get("id")]
        assert len(labels) == 1, (name, field.attributes)
        assert labels[0].text.strip(), (name, field.attributes)
        if field.get("aria-invalid") == "true":
            described = (field.get("aria-describedby") or "").split()
            group = [e for e in field.around if e.tag == "fieldset"]
            described += [i for e in group for i in (e.get("aria-describedby") or "").split()]
            assert described, (name, field.attributes)


def test_the_summary_of_errors_links_to_fields(pages: dict[str, Outline]) -> None:
    for name in ("add_refused", "attachments", "text_edited", "rules", "transition_report"):
        page = pages[name]
        links = [
            a for a in page.all("a") if any("ds-error-summary" in (e.get("class") or "") for e in a.around)
        ]
        assert links, name
        by_id = {e.get("id"): e for e in page.elements}
        assert all(
            by_id[(a.get("href") or "")[1:]].tag in {"input", "select", "textarea", "fieldset"} for a in links
        )


def test_whoever_sent_what_is_wrong_lands_on_the_summary(pages: dict[str, Outline]) -> None:
    """Without scripts too: the browser itself goes to the one place of a page that asks for it."""
    for name, page in pages.items():
        summaries = [e for e in page.elements if "ds-error-summary" in (e.get("class") or "").split()]
        landing = [e for e in page.elements if e.get("autofocus") is not None]
        assert len(landing) <= 1, name
        assert all(e in landing for e in summaries), name
        assert all(e.get("tabindex") == "-1" for e in landing), name
    assert any(e.get("autofocus") for e in pages["add_refused"].elements)
    assert any(e.get("autofocus") and e.get("role") == "alert" for e in pages["login_refused"].elements)


def test_every_cell_of_a_head_says_what_it_heads(pages: dict[str, Outline]) -> None:
    assert each(pages, "th")
    assert all(th.get("scope") in {"row", "col", "rowgroup"} for _, _, th in each(pages, "th"))
    assert all(page.all("caption") for _, page, _ in each(pages, "table"))


def test_every_day_can_be_read_by_a_program(pages: dict[str, Outline]) -> None:
    for name, _, moment in each(pages, "time"):
        assert re.match(r"\d{4}-\d\d-\d\d", moment.get("datetime") or ""), (name, moment.text)


def test_a_deadline_stands_with_its_clause_and_a_house_rule_is_marked(pages: dict[str, Outline]) -> None:
    rows = pages["deadlines"].classed("deadline")
    assert [row.get("data-status") for row in rows] == ["soon", "open", "missed", "met", "undocumented"]
    for row in rows:
        assert "«" not in row.text  # the marks of the quote are the style sheet's
        quoted = [e for e in pages["deadlines"].all("blockquote") if row in e.around]
        assert len(quoted) == 1
        assert quoted[0].get("lang") == "nb"
    assert ["Kommunens husregel" in row.text for row in rows] == [False, False, True, False, False]
    assert "Ikke dokumentert" in rows[-1].text


def test_a_voided_approval_is_struck_with_the_reason_and_a_living_one_is_not(
    pages: dict[str, Outline],
) -> None:
    open_, complete, void = pages["agreement"].classed("round")
    struck = [e for e in pages["agreement"].all("del") if void in e.around]
    assert [e.text for e in struck] == ["Kari Nordmann"]
    assert "Teksten ble endret 12. mars 2020" in void.text
    assert not [e for e in pages["agreement"].all("del") if open_ in e.around or complete in e.around]


def test_refusals_stand_with_their_reasons(pages: dict[str, Outline]) -> None:
    for name in ("agreement", "transitions"):
        (first, second) = pages[name].classed("refused")
        assert "ikke ditt å gjøre" in first.text
        assert "Avtalen er ikke undertegnet ennå." in second.text
    refused = [e for e in pages["trail"].classed("entry") if e.get("data-refused")]
    assert len(refused) == 1
    assert "Bare ordfører og stasjonssjef undertegner." in refused[0].text


def test_a_page_without_the_form_has_no_password(pages: dict[str, Outline]) -> None:
    def passwords(name: str) -> list[Element]:
        return [e for e in pages[name].all("input") if e.get("type") == "password"]

    assert len(passwords("transition_sign")) == 1
    assert passwords("transition_refused") == []


def test_what_people_wrote_is_shown_and_not_run() -> None:
    from dataclasses import replace

    from tests.support.page_rendering import draw, reader, ready
    from tests.support.page_samples.people import layout
    from tests.support.page_samples.wording import TEXT_EDITED

    evil = '</textarea><script>alert("x")</script>'
    assert TEXT_EDITED.edit is not None
    page = replace(TEXT_EDITED, edit=replace(TEXT_EDITED.edit, text=evil, title='"><b>'))
    with ready(LOCALE) as registry, reader("nb", registry):
        html = draw("text", layout(), page)
    assert "<script" not in html
    assert "<b>" not in html


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Venter på deg"), ("nn", "Ventar på deg"), ("en", "Waiting for you")]
)
def test_pages_speak_the_language_of_the_reader(drawn: Drawn, language: str, words: str) -> None:
    assert words in drawn[language]["worklist"]
