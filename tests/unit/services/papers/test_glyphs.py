from __future__ import annotations

from datetime import UTC, datetime

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.services.papers import glyphs
from workflow_app.services.papers.glyphs import printable, printable_tree


@pytest.mark.parametrize(
    ("text", "shown", "replaced"),
    [
        ("Á č đ ŋ š ŧ ž æøå ÆØÅ «» – — … § ½ ☐ ☒ ✓ →", None, False),
        ("a\r\n\tb\u2028c\x85d", "a   b c d", False),
        ("\ufeffAvtale", "Avtale", False),
        ("\uf0b7 punkt", "• punkt", False),
        ("\U0001f600", "[U+1F600]", True),
        ("\x00\x1b", "[U+0000][U+001B]", True),
        ("\u202eabc", "[U+202E]abc", True),
        ("\ue000", "[U+E000]", True),
        ("\ud800", "[U+D800]", True),
        ("漢", "[U+6F22]", True),
    ],
)
def test_what_no_font_has_is_shown_as_its_code(text: str, shown: str | None, replaced: bool) -> None:
    assert printable(text) == (text if shown is None else shown, replaced)


def test_only_unbroken_words_get_places_to_break() -> None:
    compound = "kriminalitetsforebyggingskoordinator"
    assert printable(compound) == (compound, False)
    long, _ = printable("x" * 52)
    assert long.replace("\u200b", "") == "x" * 52
    assert max(map(len, long.split("\u200b"))) == 5


def test_a_word_nobody_wrote_is_cut_into_lines() -> None:
    shown, _ = printable("x" * 1000)
    assert shown.replace("\n", "") == "x" * 1000
    assert max(map(len, shown.split("\n"))) == 60


def test_every_string_of_a_tree_is_made_printable_and_nothing_else() -> None:
    tree = {"a": ["ok", {"b": "\U0001f600"}], "n": 3, "none": None, "yes": True}
    assert printable_tree(tree) == (
        {"a": ["ok", {"b": "[U+1F600]"}], "n": 3, "none": None, "yes": True},
        True,
    )
    assert printable_tree(["ok"]) == (["ok"], False)


def _set(text: str, weight: str) -> None:
    source = (
        '#set document(title: "x")\n#set text(lang: "nb", font: ("Libertinus Serif", "DejaVu Sans Mono",'
        f' "New Computer Modern"), weight: "{weight}")\n#sys.inputs.text'
    )
    typst.compile(
        source.encode(),
        ignore_system_fonts=True,
        sys_inputs={"text": text},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime(2025, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize("weight", ["regular", "semibold"])
def test_the_fonts_of_the_wheel_have_every_character_said_to_be_covered(weight: str) -> None:
    ends = (part.partition("-") for part in glyphs._COVERED.split())
    characters = [chr(c) for a, _, b in ends for c in range(int(a, 16), int(b or a, 16) + 1)]
    assert len(characters) > 3000
    _set(" ".join(characters), weight)


def test_a_character_left_out_does_stop_a_paper() -> None:
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        _set("\U0001f600", "regular")


@settings(max_examples=60)
@given(st.text(min_size=50))
def test_any_text_at_all_can_be_set(text: str) -> None:
    _set(printable(text)[0], "semibold")
