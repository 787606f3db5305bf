"""What speaks of time and was not read is listed, whole and in order; numbers that are no times are not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow_app.domain.reading import read


def unread(text: str) -> list[str]:
    return [passage.quote for passage in read(text).unread]


@pytest.mark.parametrize(
    "text",
    [
        "Politirådet ble stiftet 3. mai 2006.",
        "Ordninga vart innført i løpet av 2017.",
        "Det bør lages en møteplan for et halvt år om gangen.",
        "Beredskapsplanen revideres årlig.",
        "Kommunen skal svare innen rimelig tid.",
        "Planen har ei varigheit som kommunen fastset.",
        "Rapporten kjem kvart kvartal.",
        "Merknader må komme senest en uke etter at referatet er sendt.",
        "I løpet av våren lages en plan.",
        "Fristen settes av rådet.",
        "Politikontakten er på rådhuset to dager i uka.",
        "Tiltaket prøves ut i seks måneder.",
        "Rådet kommer sammen fire ganger før avtalen skrives.",
    ],
)
def test_a_sentence_that_speaks_of_time_and_gives_no_rule(text: str) -> None:
    assert read(text).rules == ()
    assert unread(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Vi bygger på rundskriv 2009/4.",
        "Det vises til politiloven av 4. august 1995 nr. 53 og til lov av 2. juli 1999.",
        "Saka har nummer 2013/3125 og ref. 201502301-1.",
        "Kontoret er åpent kl 9-15 og kl. 10.00 til 14.00.",
        "Tlf. 12 34 56 78.",
        "Tilbudet gjelder ungdom under 18 år og unge fra 12 til 16 år.",
        "Særlig dårlig helse kan være et tegn.",
        "Vår kommune er trygg, og det er vår alles oppgave.",
        "Vi arbeider innen forebygging.",
        "Side 3 av 12",
    ],
)
def test_numbers_that_are_no_times_of_an_agreement(text: str) -> None:
    assert unread(text) == []


def test_what_was_read_or_asked_or_refers_is_not_listed() -> None:
    text = (
        "Avtalen revideres årlig. Rådet ble stiftet i 2006. Avtalen gjelder frem til 1.5.2027. "
        "Avtalen evalueres jevnlig. Avtalen erstatter avtale fra 2015. Fristen for planen er 1. mai."
    )
    assert unread(text) == ["Rådet ble stiftet i 2006.", "Fristen for planen er 1. mai."]


def test_a_start_that_joined_the_duration_of_another_sentence_was_read() -> None:
    assert unread("Avtalen trer i kraft 1. mai 2021. Den har en varighet på fire år.") == []


def test_headings_the_title_and_the_signature_block_are_no_sentences() -> None:
    text = (
        "Politirådsavtale 2020-2023\n\n1. Mål for 2021\n\nVi skal ha det trygt.\n\n"
        "2. Møter hvert år\n\nVi møtes når vi vil.\n\nVika, 14/2-2020\n\nOrdfører\n\nPolitistasjonssjef\n"
    )
    assert unread(text) == []


def test_items_of_a_list_are_listed_one_by_one() -> None:
    text = "Rådet skal:\n\n- lage en plan innen 1. mai\n- være til hjelp\n- rapportere hvert år\n"
    assert unread(text) == ["lage en plan innen 1. mai", "rapportere hvert år"]


@given(st.integers(0, 1100))
@settings(max_examples=25)
def test_of_a_very_long_sentence_the_part_around_the_time_is_given(before: int) -> None:
    text = "ord " * (before // 4) + "stiftet i 2006 " + "ord " * (280 - before // 4) + "slutt."
    passage = read(text).unread[0]
    assert "2006" in passage.quote
    assert len(passage.quote) <= 400
    assert text[passage.start : passage.end] == passage.quote
    assert passage.quote == passage.quote.strip()


PIECES = st.sampled_from(
    "Rådet ble stiftet i 2006. Avtalen revideres årlig. Fristen er 1. mai. \n\n - hvert år kl 9-15 18 år"
    " rundskriv 2009/4 Vika, 14/2-2020 Ordfører # Mål".split(" ")
)


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_the_unread_stand_in_order_where_they_say_and_outside_the_rules(text: str) -> None:
    reading = read(text)
    ends = 0
    for one in reading.unread:
        assert text[one.start : one.end] == one.quote
        assert one.start >= ends
        ends = one.end
        for rule in (*reading.rules, *reading.undated, *reading.questions):
            assert one.end <= rule.start or one.start >= rule.end
