"""What a catalogue must hold is what Chameleon and gettext will look up, character for character."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from chameleon import PageTemplate

from tools.sentences import SentenceError, from_python, from_template, from_toml
from workflow_app.domain.definitions import parse


def texts(source: str) -> list[str]:
    return [sentence.text for sentence in from_template(source, "x.pt")]


def looked_up(source: str, **values: object) -> list[str]:
    """What Chameleon itself asks the catalogue for when it draws the template."""
    asked: list[str] = []

    def translate(
        msgid: str,
        domain: str | None = None,
        mapping: Mapping[str, str] | None = None,
        context: object = None,
        target_language: str | None = None,
        default: str | None = None,
    ) -> str:
        if msgid:
            asked.append(str(msgid))
        return str(msgid)

    PageTemplate(source, translate=translate)(**values)
    return asked


TEMPLATES = [
    '<p i18n:translate="">Log out</p>',
    '<p i18n:translate="">\n   Two\n   lines </p>',
    '<p i18n:translate="">Hello <b i18n:name="who">${name}</b>, welcome</p>',
    '<p i18n:translate="">From <tal:x i18n:name="a" replace="name"/> to <br i18n:name="b"/></p>',
    '<p i18n:translate="a_key">Something</p>',
    '<img alt="A mark" i18n:attributes="alt" src="x">',
    '<a title="One" aria-label="Two" i18n:attributes="title; aria-label">three</a>',
    '<p i18n:translate="">Fish &amp; chips &#8211; now</p>',
    '<p i18n:translate="">Go <a i18n:name="link" i18n:translate="">here</a>!</p>',
    "<p>Not a sentence</p>",
    '<p i18n:translate="">  </p>',
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_the_template_extractor_finds_what_chameleon_looks_up(source: str) -> None:
    page = f'<div xmlns:i18n="http://xml.zope.org/namespaces/i18n">{source}</div>'
    assert sorted(texts(source)) == sorted(looked_up(page, name="x"))


def test_an_expression_may_ask_for_a_sentence() -> None:
    assert texts("""<p title="${_('It\\'s late')}">${_("Two")} ${other_('no')}</p>""") == ["It's late", "Two"]


@pytest.mark.parametrize(
    "source",
    [
        '<p i18n:translate="">Hello ${name}</p>',
        '<p i18n:translate="">Hello <b>you</b></p>',
        '<a title="${page.title}" i18n:attributes="title">x</a>',
        '<a i18n:attributes="title">x</a>',
    ],
)
def test_a_sentence_that_no_catalogue_can_hold_is_an_error_with_its_line(source: str) -> None:
    with pytest.raises(SentenceError, match=r"^x\.pt:2: "):
        texts(f"<div>\n{source}</div>")


def test_content_that_is_known_later_is_no_sentence() -> None:
    assert texts('<p i18n:translate="" tal:content="page.word">an example</p>') == []


def test_python_literals_are_found_with_their_lines() -> None:
    source = (
        'a = msg("One ${x}", x=1)\nb = messages.msg(\n    "Two "\n    "parts"\n)\nc = f("no")\n_("Three")\n'
    )
    assert sorted((s.text, s.line) for s in from_python(source, "x.py")) == [
        ("One ${x}", 1),
        ("Three", 7),
        ("Two parts", 2),
    ]


@pytest.mark.parametrize("source", ["msg(f'One {x}')", "msg(sentence)", "_('a' + b)"])
def test_a_sentence_made_at_run_time_is_an_error(source: str) -> None:
    with pytest.raises(SentenceError, match=r"x\.py:1: .*literal"):
        list(from_python(source, "x.py"))


def test_definitions_give_their_labels_and_nothing_else() -> None:
    source = 'id = "x"\ntitle = "A title"\n[states.draft]\nlabel = "Draft"\nroles = ["mayor"]\n'
    assert [(s.text, s.line) for s in from_toml(source, "x.toml")] == [("A title", 2), ("Draft", 4)]


def test_definitions_give_what_the_domain_says_a_person_will_read(root: Path) -> None:
    for path in sorted((root / "states").glob("*.toml")):
        source = path.read_text(encoding="utf-8")
        found = {sentence.text for sentence in from_toml(source, path.name)}
        assert found == set(parse(source, path.name).texts)
