"""A step is held against the workflow: who may take it, from where, to where, with whose yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from workflow_app.domain import trail
from workflow_app.domain.definitions import parse
from workflow_app.domain.trail import Course, Offices, SignOffs, TrailError, Workflow, canonical

KOMMUNE, OTHER, POLICE = "3103", "3105", "ost"
TEXT, CHANGED, SAID = "a" * 64, "b" * 64, "e" * 64
PEOPLE = {
    "slt": (KOMMUNE, "slt_coordinator"),
    "slt2": (OTHER, "slt_coordinator"),
    "mayor": (KOMMUNE, "mayor"),
    "mayor2": (OTHER, "mayor"),
    "council": (KOMMUNE, "council_secretary"),
    "contact": (POLICE, "politikontakt"),
    "chief": (POLICE, "station_chief"),
}
PASSWORD = {"signoff": {"how": "password"}}

Entry = dict[str, Any]


@pytest.fixture(scope="module", params=["politiradsavtale_v1", "politiradsavtale_vedtak_v1"])
def flow(request: pytest.FixtureRequest, root: Path) -> Workflow:
    return workflow(root, request.param)


@pytest.fixture(scope="module")
def reported(root: Path) -> Workflow:
    return workflow(root, "politiradsavtale_v1")


@pytest.fixture(scope="module")
def adopted(root: Path) -> Workflow:
    return workflow(root, "politiradsavtale_vedtak_v1")


def workflow(root: Path, name: str) -> Workflow:
    file = root / "states" / f"{name}.toml"
    return Workflow(parse(file.read_text("utf-8"), file.name).written)


class Told:
    """An agreement's chain as it is told to a course, entry after entry."""

    def __init__(self, flow: Workflow, *more: Workflow, parties: tuple[str, ...] = (KOMMUNE, POLICE)) -> None:
        self.flow, self.state, self.text, self.number = flow.digest, flow.initial, TEXT, 1
        offices = Offices()
        for place, party in enumerate((KOMMUNE, OTHER, POLICE)):
            side = "police" if party == POLICE else "municipal"
            offices.take(self.of_party(party, "party_added", {"side": side}), place)
        for person, (party, role) in PEOPLE.items():
            offices.take(self.of_party(party, "role_given", {"person": person, "role": role}), 5)
        self.signed = SignOffs(offices, "log.example")
        self.course = Course({one.digest: one for one in (flow, *more)}, self.signed)
        self.course.begin(self.entry("created", None, to=flow.initial, data={"parties": list(parties)}))

    @staticmethod
    def of_party(party: str, kind: str, data: Entry) -> Entry:
        chain = trail.PARTY + party
        return {"chain": chain, "number": 1, "at": AT, "kind": kind, "actor": None, "data": data}

    def entry(self, kind: str, who: str | None, /, **fields: Any) -> Entry:
        actor = None
        if who is not None:
            party, role = PEOPLE[who]
            actor = {"person": who, "party": party, "role": role}
        return {
            "chain": "agreement/x", "number": self.number, "kind": kind, "at": AT, "actor": actor,
            "definition": self.flow, "agreement": self.text, **fields,
        }  # fmt: skip

    def put(self, kind: str, who: str | None, /, **fields: Any) -> None:
        self.number += 1
        self.course.take(self.entry(kind, who, **fields), 10 + self.number)

    def yes(self, who: str, step: str, to: str | None = None, /, *, number: int = 1, **data: Any) -> None:
        """An approval; with ``to`` the last one, which moves the agreement."""
        moves = {} if to is None else {"from": self.state, "to": to}
        kind = "approval" if to is None else "transition"
        told = {"bound_to": self.text, "round": number, **data}
        self.put(kind, who, transition=step, data=told, **moves)
        self.state = to or self.state

    def go(self, who: str | None, step: str, to: str, /, **data: Any) -> None:
        """A step that needs no more than one."""
        self.put("transition", who, transition=step, data=data or {"x": 1}, **{"from": self.state, "to": to})
        self.state = to

    def agree(self) -> None:
        self.yes("slt", "agree", number=1)
        self.yes("contact", "agree", "negotiated", number=1)

    def sign(self) -> None:
        self.yes("mayor", "sign", number=2, **PASSWORD)
        self.yes("chief", "sign", "signed", number=2, **PASSWORD)


AT = "2025-03-10T10:00:00+00:00"


def refused(told: Told, kind: str, *words: Any, **fields: Any) -> str:
    with pytest.raises(TrailError) as fault:
        getattr(told, kind)(*words, **fields)
    assert fault.value.said.nb != fault.value.said.en
    return str(fault.value)


def test_a_life_that_follows_the_workflow_holds(reported: Workflow) -> None:
    told = Told(reported)
    told.agree()
    told.go("mayor", "reopen", "draft")
    told.yes("slt", "agree", number=3)
    told.yes("contact", "agree", "negotiated", number=3)
    told.sign()
    told.put("recorded", "slt", transition="report", data={"outcome": "postponed"})
    told.yes("council", "report", "reported", number=4, outcome="noted", bound_to="whatever")
    told.go("slt", "begin_evaluation", "annual_evaluation", year=2025)
    told.put("evaluation_saved", "slt", data={"year": 2025, "sha256": SAID})
    told.yes("slt", "revise", number=5, bound_to=SAID)
    told.yes("contact", "revise", "revised", number=5, bound_to=SAID)
    told.go(None, "resume", "annual_evaluation")
    told.yes("contact", "continue", number=6, bound_to=SAID)
    told.yes("slt", "continue", "reported", number=6, bound_to=SAID)
    told.yes("mayor", "extend", number=7, bound_to="a day")
    told.yes("chief", "extend", "reported", number=7, bound_to="a day")
    told.go("chief", "terminate", "terminated")


def test_an_adoption_is_of_what_was_agreed_on_and_may_send_it_back(adopted: Workflow) -> None:
    told = Told(adopted)
    told.agree()
    told.go("slt", "adopt", "draft", outcome="sent_back")
    told.yes("slt", "agree", number=3)
    told.yes("contact", "agree", "negotiated", number=3)
    told.yes("council", "adopt", "reported", number=4, outcome="adopted")
    told.sign()


def test_a_step_without_the_approvals_it_needs(flow: Workflow) -> None:
    told = Told(flow)
    assert refused(told, "go", "slt", "agree", "negotiated") == (
        "the step 'agree' lacks approvals that the workflow asks for: "
        f"SLT coordinator of '{KOMMUNE}', politikontakt of '{POLICE}'"
    )
    told.yes("slt", "agree")
    assert refused(Told(flow), "yes", "slt", "agree", "negotiated").endswith(
        f"asks for: politikontakt of '{POLICE}'"
    )


def test_every_party_of_the_side_must_approve(flow: Workflow) -> None:
    told = Told(flow, parties=(KOMMUNE, OTHER, POLICE))
    told.yes("slt", "agree")
    words = refused(told, "yes", "contact", "agree", "negotiated")
    assert words.endswith(f"asks for: SLT coordinator of '{OTHER}'")
    told = Told(flow, parties=(KOMMUNE, OTHER, POLICE))
    told.yes("slt", "agree")
    told.yes("contact", "agree")
    told.yes("slt2", "agree", "negotiated")


def test_one_approval_does_not_count_twice(flow: Workflow) -> None:
    told = Told(flow)
    told.yes("slt", "agree")
    assert "had approved 'agree' already" in refused(told, "yes", "slt", "agree", "negotiated")


def test_approvals_that_were_voided_count_no_more(flow: Workflow) -> None:
    told = Told(flow)
    told.yes("slt", "agree", number=1)
    told.put("round_closed", "contact", data={"round": 1, "because": "text_changed"})
    assert "the round of approvals of 'agree' was closed" in refused(
        told, "yes", "contact", "agree", "negotiated"
    )
    # Nor may another round count what was given in the first.
    assert "asks for: SLT coordinator" in refused(told, "yes", "contact", "agree", "negotiated", number=2)


def test_approvals_that_a_step_voided_count_no_more_though_nobody_closed_them(reported: Workflow) -> None:
    told = Told(reported)
    told.agree()
    told.yes("mayor", "sign", number=2, **PASSWORD)
    told.go("slt", "reopen", "draft")
    told.yes("slt", "agree", number=3)
    told.yes("contact", "agree", "negotiated", number=3)
    assert "was closed" in refused(told, "yes", "chief", "sign", "signed", number=2, **PASSWORD)


def test_an_approval_is_of_what_stood_there(reported: Workflow) -> None:
    told = Told(reported)
    told.yes("slt", "agree", number=1)
    told.text = CHANGED
    assert "is not of what stood there then" in refused(
        told, "yes", "contact", "agree", "negotiated", number=1, bound_to=TEXT
    )
    assert "is not of what stood there then" in refused(told, "yes", "contact", "agree", number=1)
    told = Told(reported)
    told.agree()
    told.sign()
    told.go("slt", "begin_evaluation", "annual_evaluation", year=2025)
    told.put("evaluation_saved", "slt", data={"year": 2024, "sha256": SAID})
    assert "is not of what stood" in refused(told, "yes", "slt", "continue", number=5, bound_to=SAID)


def test_what_is_signed_is_what_was_agreed_on(reported: Workflow, adopted: Workflow) -> None:
    told = Told(reported)
    told.agree()
    told.text = CHANGED
    assert "the step 'sign' is of another agreement than the one the parties agreed on" in refused(
        told, "yes", "mayor", "sign", number=2, **PASSWORD
    )
    told = Told(adopted)
    told.agree()
    told.text = CHANGED
    assert "the parties agreed on" in refused(told, "yes", "slt", "adopt", number=2, outcome="adopted")


def test_a_signature_says_how_it_was_given_once_the_system_keeps_that(reported: Workflow) -> None:
    told = Told(reported)
    told.agree()
    told.yes("mayor", "sign", number=2)
    assert told.signed.unsigned == 1
    told.yes("chief", "sign", "signed", number=2, **PASSWORD)
    told = Told(reported)
    told.agree()
    told.yes("mayor", "sign", number=2, **PASSWORD)
    assert "does not say how it was given" in refused(told, "yes", "chief", "sign", "signed", number=2)


def test_nobody_signs_for_both_sides(reported: Workflow, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(reported)
    told.agree()
    told.yes("mayor", "sign", number=2, **PASSWORD)
    entry = told.entry("transition", "chief", transition="sign", **{"from": "negotiated", "to": "signed"})
    entry["actor"]["person"] = "mayor"
    entry["data"] = {"bound_to": TEXT, "round": 2, **PASSWORD}
    with pytest.raises(TrailError, match="one person has approved 'sign' for both sides"):
        told.course.take(entry, 20)


@pytest.mark.parametrize(
    ("who", "step", "to", "words"),
    [
        ("slt", "no_such", "negotiated", "the workflow has no step 'no_such'"),
        ("mayor", "terminate", "terminated", "cannot be taken from 'draft', where the agreement stands"),
        ("mayor", "withdraw", "withdrawn", "only SLT coordinator or politikontakt of one of the parties may"),
        ("slt2", "withdraw", "withdrawn", "was taken by one who may not"),
        (None, "withdraw", "withdrawn", "was taken by one who may not"),
        ("slt", "withdraw", "signed", "leads to 'withdrawn', not to 'signed'"),
    ],
)
def test_a_step_that_the_workflow_does_not_have_is_refused(
    flow: Workflow, who: str | None, step: str, to: str, words: str
) -> None:
    assert words in refused(Told(flow), "go", who, step, to)


def test_what_the_clock_does_nobody_does(reported: Workflow) -> None:
    told = Told(reported)
    told.agree()
    told.sign()
    assert "the step 'lapse' comes by itself" in refused(told, "go", "mayor", "lapse", "lapsed")
    told.go(None, "lapse", "lapsed")


def test_who_takes_a_step_alone_must_have_been_given_the_role(flow: Workflow) -> None:
    told = Told(flow)
    entry = told.entry("transition", "slt", transition="withdraw", **{"from": "draft", "to": "withdrawn"})
    entry["actor"]["person"] = "stranger"
    with pytest.raises(TrailError, match="no entry before it gives 'stranger' the role"):
        told.course.take(entry, 20)


def test_what_is_entered_as_something_else_is_refused(reported: Workflow) -> None:
    told = Told(reported)
    assert "as something that it is not" in refused(
        told, "put", "approval", "slt", transition="withdraw", data={"bound_to": TEXT}
    )
    told.agree()
    told.sign()
    for kind, outcome in (("recorded", "noted"), ("approval", "postponed"), ("transition", "sent_back")):
        way = {"from": "signed", "to": "reported"} if kind == "transition" else {}
        words = {"transition": "report", "data": {"outcome": outcome, "bound_to": "m", "round": 9}}
        assert "as something that it is not" in refused(told, "put", kind, "slt", **words, **way)
    assert "has no such outcome" in refused(
        told, "put", "recorded", "slt", transition="report", data={"outcome": "eaten"}
    )


def test_the_workflow_is_chosen_in_a_draft_and_not_later(reported: Workflow, adopted: Workflow) -> None:
    told = Told(reported, adopted)
    told.put("definition_chosen", "slt", definition=adopted.digest)
    told.flow = adopted.digest
    told.agree()
    assert "was changed after the agreement was under way" in refused(
        told, "put", "definition_chosen", "slt", definition=reported.digest
    )
    told.flow = reported.digest
    assert "another workflow than the agreement" in refused(told, "yes", "mayor", "sign", number=2)
    assert "is not in the bundle" in refused(told, "put", "definition_chosen", "slt", definition="0" * 64)


def test_a_chain_begins_as_its_workflow_does(flow: Workflow) -> None:
    told = Told(flow)
    changes: tuple[tuple[Entry, str], ...] = (
        ({"to": "signed"}, "the workflow begins in 'draft'"),
        ({"data": {}}, "it does not say who the parties are"),
        ({"definition": "0" * 64}, "is not in the bundle"),
    )
    for change, words in changes:
        first = told.entry("created", None, to="draft", data={"parties": [KOMMUNE, POLICE]}) | change
        with pytest.raises(TrailError, match=words):
            told.course.begin(first)


def test_whose_side_nobody_told_is_on_none(flow: Workflow) -> None:
    told = Told(flow, parties=(KOMMUNE, "9999"))
    assert "no entry tells the side of '9999'" in refused(told, "yes", "slt", "agree")


def test_bytes_that_are_no_workflow_are_refused(reported: Workflow, root: Path) -> None:
    raw = json.loads(parse((root / "states/politiradsavtale_v1.toml").read_text("utf-8"), "x").written)
    assert Workflow(canonical(raw)).digest == reported.digest
    shapes: list[Any] = [[], {}, raw | {"sides": {}}, raw | {"transitions": {"sign": "now"}}]
    for spoilt in [*shapes, raw | {"version": "x"}]:
        with pytest.raises(TrailError, match="cannot be read"):
            Workflow(canonical(spoilt))
    with pytest.raises(TrailError, match="not canonically written"):
        Workflow(b" " + canonical(raw))
