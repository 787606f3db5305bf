"""Two sentences that stand together and say one thing give one rule, which quotes both."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read
from workflow_app.domain.rules import Rule


def rules(text: str, kind: str) -> list[Rule]:
    reading = read(text)
    found = [rule for rule in (*reading.rules, *reading.undated) if rule.kind == kind]
    assert all(text[rule.start : rule.end] == rule.quote for rule in found)
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Oppsigelsestiden er seks måneder. Oppsigelsen skal være skriftlig.", "termination"),
        ("Partane har eitt års oppseiingstid. Oppseiinga skal skje skriftleg.", "termination"),
        ("Avtalen evalueres årlig i mai. Evalueringen skal være skriftlig.", "evaluation"),
        ("Avtala vert evaluert kvar haust. Evalueringa skal vere skriftleg og gå til rådet.", "evaluation"),
    ],
)
def test_what_must_be_in_writing(text: str, kind: str) -> None:
    (rule,) = rules(text, kind)
    assert rule.values["written"] is True
    assert rule.quote == text


def test_a_sentence_far_off_or_of_something_else_is_not_joined() -> None:
    far = "Oppsigelsestiden er seks måneder. " + "Vi er naboer. " * 40 + "Oppsigelsen skal være skriftlig."
    (rule,) = rules(far, "termination")
    assert "written" not in rule.values
    (rule,) = rules("Oppsigelsestiden er seks måneder. Referatet skal være skriftlig.", "termination")
    assert "written" not in rule.values


def test_minutes_that_are_public_and_archived() -> None:
    text = "Referatene er offentlige. Møtereferat arkiveres i kommunens arkiv."
    (rule,) = rules(text, "minutes")
    assert dict(rule.values) == {"public": True, "archived": True}
    assert rule.quote == text


def test_minutes_that_contradict_each_other_stay_two() -> None:
    text = "Referatene er offentlige. Referater fra lukkede møter er ikke offentlige."
    assert len(rules(text, "minutes")) == 2


def test_a_least_term_and_the_words_until_it_is_ended() -> None:
    text = (
        "Avtalen gjelder i minst to år fra 1. juli 2017. "
        "Deretter gjelder den til den blir sagt opp med tre måneders varsel."
    )
    (rule,) = rules(text, "validity")
    assert (rule.form, dict(rule.values)) == ("until_terminated", {"from": "2017-07-01", "min_months": 24})
