"""What holds for any text at all: quotes stand where they say, nothing crashes, no date is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.reading_checks import complaints, said
from workflow_app.domain.reading import read
from workflow_app.domain.reading.lines import split_lines
from workflow_app.domain.reading.sentences import flatten

TWINS = sorted((Path(__file__).resolve().parents[3] / "data" / "agreements").glob("*.txt"))

# Pieces of the language, so that chance meets the grammar and not only rubble.
PIECES = st.sampled_from(
    "Avtalen avtala gjelder gjeld fra frå til og med i perioden 2020 2024-2026 31.02.2020 1.6 30/4 - 2020"
    " xxxx ……… ____ revideres reviderast årlig hvert kvart andre tredje år evalueres"
    " evaluerast løpende ved årets slutt"
    " politirådet møtes minst to ganger i året 4 møter pr. år minimum 2 sies opp seks måneders varsel"
    " fornyes automatisk opsjon 1 + 1 kommunestyret vedtas referatsak . , : ; - • # ** § 3 Navn Ordfører"
    " Dato: Innhold POLITIET [bookmark: _Toc1] mellom Moss kommune Øst politidistrikt signert fredag juni"
    " februar 2025 \n \n\n \r\n \t".split(" ")
)
WORDY = st.lists(PIECES, max_size=60).map(" ".join)
ANY = st.one_of(st.text(max_size=300), WORDY)


@given(ANY)
@example("\ufeff")
@example("\x0c\x1c\u2028Avtalen\u0085revideres årlig.\u2028")
@example("Avtalen gjelder fra 00.00.0000.")
@example("Dato: __.__.20__")
@example("Revidert3november 26 8. Avtalen erstattar avtale frå 2012.")
@example("Avtalen er signert 3. JULİ 2020.")
def test_any_text_is_read_and_every_quote_stands_where_it_says(text: str) -> None:
    assert complaints(text, read(text)) == []


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_every_quote_of_a_whole_agreement_stands_where_it_says(path: Path) -> None:
    text = path.read_text("utf-8")
    assert complaints(text, read(text)) == []


@given(ANY)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)


@given(ANY)
def test_flattening_keeps_the_length(text: str) -> None:
    assert len(flatten(text, split_lines(text))) == len(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzæøå .,\n", max_size=300))
def test_no_date_comes_from_a_text_without_a_digit(text: str) -> None:
    assert not any(
        str(value)[:4].isdigit() and "-" in str(value)
        for rule in read(text).rules
        for value in rule.values.values()
    )


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_the_kind_of_line_break_changes_no_rule(path: Path, newline: str) -> None:
    text = path.read_text("utf-8")
    assert said(read(text.replace("\n", newline))) == said(read(text))


def test_a_text_of_ten_thousand_lines_is_read() -> None:
    body = "Vi samarbeider godt.\n\n" * 10_000
    reading = read(f"{body}Avtalen revideres årlig.\n")
    assert [rule.kind for rule in reading.rules] == ["revision"]


@pytest.mark.parametrize(
    "rubble", ["a", ".", "_", "-\n", "1 ", "avtal", "A-", "Innhold\na\t1\n", "[bookmark: ", "Navn\n\n"]
)
def test_monotonous_rubble_is_read(rubble: str) -> None:
    assert read(rubble * (20_000 // len(rubble))).rules == ()
