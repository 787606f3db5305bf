"""The date line and the signature block, also where something stands between or after them."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read

BODY = "1. Mål\n\nVi samarbeider om trygghet.\n\n2. Gyldighet\n\nAvtalen revideres årlig.\n\n"


def signing(text: str) -> list[tuple[str, str, object]]:
    reading = read(text)
    return [
        (r.kind, r.form, r.values.get("date") or r.values.get("roles"))
        for r in (*reading.rules, *reading.undated)
        if r.kind in {"signed", "signatories"}
    ]


BOTH = [("signed", "date", "2020-05-03"), ("signatories", "roles", ["mayor", "station_chief"])]


@pytest.mark.parametrize(
    "end",
    [
        "Vika, 3. mai 2020\n\nOrdfører\n\nPolitistasjonssjef\n",
        "Vika, 3. mai 2020\n\nAvtalen er laget i to eksemplarer.\n\nOrdfører\n\nPolitistasjonssjef\n",
        "Sted og dato: Vika, 03.05.2020\n\nKari Nordmann     Ola Nordmann\nOrdfører     Politistasjonssjef\n",
        "Vika, 3/5-2020\n\nOrdfører\n\nPolitistasjonssjef\n\n3. Vedlegg\n\nMålene står i et eget dokument.\n",
        "Dato: 3.5.20\n\nOrdfører\n\nPolitistasjonssjef",
    ],
)
def test_date_and_titles(end: str) -> None:
    assert signing(BODY + end) == BOTH


@pytest.mark.parametrize(
    "line", ["Dato:", "Dato: ____", "Sted/dato: ……………", "Vika, den ____ 20__", "Dato: __.__.20__"]
)
def test_an_empty_date_line(line: str) -> None:
    assert ("signed", "blank", None) in signing(f"{BODY}{line}\n\nOrdfører\n\nPolitistasjonssjef\n")


@pytest.mark.parametrize(
    "line", ["Revidert 3.5.2020", "Versjon 3.5.2020", "Vedtatt 3.5.2020", "Brev av 3.5.2020"]
)
def test_other_dates_at_the_end(line: str) -> None:
    assert [one for one in signing(f"{BODY}{line}\n") if one[0] == "signed"] == []


def test_local_titles() -> None:
    reading = read(f"{BODY}Vika, 3. mai 2020\n\nKari Nordmann\nOrdfører\n\nOla Nordmann\nLensmann\n")
    rule = next(rule for rule in reading.rules if rule.kind == "signatories")
    assert dict(rule.values) == {"roles": ["mayor", "station_chief"], "titles": {"station_chief": "Lensmann"}}


def test_a_list_of_members_signs_nothing() -> None:
    assert signing("1. Medlemmer\n\n- Ordfører\n- Politistasjonssjef\n\n2. Møter\n\nVi møtes.\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "Nes, 15.01.2023\t\tNes, 15.01.2023",
        "Nes, 15. januar 2023 \u270d\ufe0f",
        "Nes, 15.01.2023\tNes, 15.01.2023",
    ],
)
def test_a_date_line_in_tabs_or_with_an_ornament_is_the_signing(line: str) -> None:
    reading = read(f"Avtale\n\nAvtalen revideres årlig.\n\n{line}\nOrdfører\tPolitistasjonssjef\n")
    assert ("signed", "2023-01-15") in [(r.kind, r.values.get("date")) for r in reading.rules]


def test_the_end_of_the_term_is_no_day_of_the_revision() -> None:
    reading = read(
        "Avtalen gjelder fra 1. januar 2024 til 31. desember 2027, revideres årlig og kan sies opp."
    )
    [revision] = [rule for rule in reading.rules if rule.kind == "revision"]
    assert revision.values == {"months": 12, "anchor": "signing"}


def test_two_signatures_side_by_side_are_found_before_what_a_page_prints_below() -> None:
    below = "Sist oppdatert 3.3.2019 av kommunen. Skjemaet er kommunens eget.\n"
    block = (
        "Underskrift\n\nFor Nes kommune    For Øst politidistrikt\n"
        "Nes, 15. januar 2023    Nes, 15. januar 2023\n"
        "______________    ______________\nOrdfører    Politistasjonssjef\n\n"
    )
    assert signing(BODY + block + below) == [
        ("signed", "date", "2023-01-15"),
        ("signatories", "roles", ["mayor", "station_chief"]),
    ]
