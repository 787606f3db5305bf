"""Other agreements that a text names: how they hang together, and the date to find the other by."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read


@pytest.mark.parametrize(
    ("text", "relation", "day"),
    [
        ("Denne avtalen erstatter samarbeidsavtalen av 12. mai 2008.", "replaces", "2008-05-12"),
        ("Avtalen avløser tidligere avtale fra 2015.", "replaces", "2015"),
        ("Avtala kjem i staden for avtale frå 2011.", "replaces", "2011"),
        ("Avtalen trer i stedet for avtalen om politiråd datert mars 2012.", "replaces", "2012-03"),
        ("Avtala gjeld frå 1.1.2022 og avløyser avtala av 3.4.2016.", "replaces", "2016-04-03"),
        ("Avtalen erstatter avtale av 2. mai 2014, som gjaldt til 31.12.2018.", "replaces", "2014-05-02"),
        ("Avtale om politiråd av 3. mars 2014 erstattes av denne avtalen.", "replaces", "2014-03-03"),
        ("Tidligere avtale fra mai 2012 bortfaller når denne trer i kraft.", "replaces", "2012-05"),
        ("Avtalen erstatter alle tidligere avtaler og gjelder fra 1.1.2020.", "replaces", None),
        ("Avtalen erstatter avtalen for perioden 2016-2019.", "replaces", None),
        ("Avtalen erstatter avtale av 31. februar 2014.", "replaces", None),
        ("Avtalen er et tillegg til avtale om politiråd av 20.08.2008.", "supplements", "2008-08-20"),
        ("Avtala er eit tillegg til avtale om trygg by, av 20.8.2008.", "supplements", "2008-08-20"),
        ("Avtalen utfyller hovedavtalen med politidistriktet.", "supplements", None),
        ("Avtala utfyller samarbeidsavtalen frå 2019.", "supplements", "2019"),
        ("Avtalen er en delavtale til den overordnede samarbeidsavtalen.", "supplements", None),
    ],
)
def test_another_agreement(text: str, relation: str, day: str | None) -> None:
    (reference,) = read(text).references
    assert (reference.relation, reference.date) == (relation, day)
    assert text[reference.start : reference.end] == reference.quote == text


@pytest.mark.parametrize(
    "text",
    [
        "Avtalen erstatter ikke andre avtaler.",
        "Avtalen gjelder til den blir erstattet av en ny avtale.",
        "Planen erstatter handlingsplanen fra 2019.",
        "Rundskriv 2019/3 erstatter rundskriv 2007/5.",
        "Avtalen utfyller politiloven av 4. august 1995.",
        "Tillegg til avtalen skal være skriftlige.",
        "Vedlegg til avtalen ble oppdatert i 2024.",
        "Partene presiserer at avtalen ikke gir rettigheter.",
        "Avtalen opphører når en av partene sier den opp.",
        "Vikarer erstatter medlemmer som er borte.",
    ],
)
def test_no_other_agreement(text: str) -> None:
    assert read(text).references == ()


def test_several_in_the_order_of_the_text() -> None:
    text = "Avtalen utfyller hovedavtalen fra 2010.\n\nDen erstatter avtalen om vakt av 1.2.2015."
    found = [(r.relation, r.date) for r in read(text).references]
    assert found == [("supplements", "2010"), ("replaces", "2015-02-01")]
