"""What two clauses mean together, and what must be asked when they contradict each other."""

from __future__ import annotations

from workflow_app.domain.reading import Reading, read


def values(reading: Reading, kind: str) -> list[tuple[str, dict[str, object]]]:
    return [(r.form, dict(r.values)) for r in (*reading.rules, *reading.undated) if r.kind == kind]


def codes(reading: Reading) -> set[str]:
    return {question.code for question in reading.questions}


def test_a_start_of_its_own_joins_the_duration() -> None:
    reading = read("Avtalen trer i kraft 1. mai 2020. Den har en varighet på to år.")
    assert values(reading, "validity") == [("duration", {"months": 24, "from": "2020-05-01"})]
    assert codes(reading) == set()


def test_a_duration_without_a_start_is_asked_about_and_says_what_it_assumes() -> None:
    reading = read("Avtalen har en varighet på to år.")
    assert codes(reading) == {"duration_start"}
    assert reading.rules[0].assumptions == ("counted from the signing date; the clause does not say",)


def test_a_start_and_a_notice_make_it_last_until_terminated() -> None:
    reading = read("Avtalen gjelder fra 1.1.2020. Avtalen kan sies opp med tre måneders varsel.")
    assert values(reading, "validity") == [("until_terminated", {"from": "2020-01-01"})]


def test_two_periods_are_a_question_and_no_rule() -> None:
    reading = read("Avtalen gjelder i perioden 2020-2022. Avtalen er gyldig i perioden 2021-2024.")
    assert values(reading, "validity") == []
    (question,) = reading.questions
    assert [str(choice) for choice in question.choices] == [
        "2020-01-01 to 2022-12-31",
        "2021-01-01 to 2024-12-31",
    ]
    assert "2021-01-01 to 2024-12-31" in str(question)


def test_the_period_in_the_title_serves_where_no_clause_gives_one() -> None:
    assert values(read("Politirådsavtale 2020-2023."), "validity") == [
        ("period", {"from": "2020-01-01", "to": "2023-12-31"})
    ]
    both = read("Politirådsavtale 2020-2023.\n\nAvtalen gjelder fra 1.3.2020 til 31.12.2023.")
    assert values(both, "validity") == [("period", {"from": "2020-03-01", "to": "2023-12-31"})]


def test_two_signing_dates_are_a_question() -> None:
    reading = read(
        "Avtalen revideres årlig.\n\nNes 12.9.2023            Nes 14.9.2023\n\nOrdfører     Lensmann\n"
    )
    assert values(reading, "signed") == []
    assert codes(reading) == {"two_signing_dates"}


def test_the_notice_of_an_option_is_read_from_the_next_sentence() -> None:
    reading = read(
        "Avtalen kan forlenges med 1 + 1 år. Melding om forlengelse gis senest 3 måneder før utløp."
    )
    assert values(reading, "renewal") == [("option", {"months": [12, 12], "notice_months": 3})]


def test_a_period_that_ends_before_it_begins_is_asked_about() -> None:
    reading = read("Avtalen gjelder fra 1.1.2024 til 31.12.2022.")
    assert reading.rules == ()
    assert codes(reading) == {"period_backwards"}
