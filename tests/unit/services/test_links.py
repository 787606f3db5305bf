"""Links between agreements: what may be linked, what it does to the older one, and how it is undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.drafts import NOW, POLICE, draft, person, told
from workflow_app.domain.dates import Interval
from workflow_app.models.agreements import Agreement
from workflow_app.models.links import AgreementLink
from workflow_app.services import agreements, links, parties, readings
from workflow_app.services.actors import Who
from workflow_app.services.chronicle import read_chronicle
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.errors import Conflict, FieldErrors
from workflow_app.services.links_suggestions import suggestions
from workflow_app.services.material import rules_of
from workflow_app.services.texts import Source
from workflow_app.services.ticking import candidates, tick
from workflow_app.services.transitions import Taken, lock, take_transition
from workflow_app.services.worklist import worklist

REGISTRY = workflow_definitions()
OLD_TEXT = """# Samarbeidsavtale mellom Moss kommune og politiet

## 1. Oppfølging

Avtalen skal evalueres innen 1. juni hvert år.

## 2. Varighet

Avtalen gjelder til den sies opp.

Moss, 12. mai 2008
"""
CLAUSE = "Avtalen erstatter samarbeidsavtale av 12. mai 2008."
NEW_TEXT = f"""# Samarbeidsavtale mellom Moss kommune og politiet

## 1. Varighet

{CLAUSE} Den gjelder i perioden 2018-2030.
"""


class Two:
    """An older and a newer draft of the same parties, and their coordinators."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.old, self.slt = draft(session, OLD_TEXT)
        self.contact = person(session, "kontakt", POLICE, "politikontakt")
        self.new = self.make(NEW_TEXT)

    def make(self, text: str, municipal: str = "3103", police: str = POLICE, **more: Any) -> Agreement:
        return agreements.create_draft(
            self.session, Source("a.txt", text.encode()), municipal=[municipal], police=[police],
            definition=REGISTRY.newest("politiradsavtale"), who=more.pop("who", self.slt), now=NOW, **more,
        )  # fmt: skip

    def register(self, agreement: Agreement, day: str) -> Taken:
        taken = Taken()
        for who in (self.slt, self.contact):
            taken = self.do(agreement, "register", who, signed_on=day)
        return taken

    def do(self, agreement: Agreement, step: str, who: Who | None = None, **data: Any) -> Taken:
        held = lock(self.session, agreement.id)
        assert held is not None
        return take_transition(
            self.session, held, step, who or self.slt, data, NOW, registry=REGISTRY, reauthenticated=True
        )

    def link(self, one: Agreement, other: Agreement | str, way: str, **more: Any) -> AgreementLink:
        ident = other if isinstance(other, str) else other.id
        return links.link(
            self.session, one, ident, way, who=more.pop("who", self.slt), registry=REGISTRY, now=NOW, **more
        )

    def wrong(self, one: Agreement, other: Agreement | str, way: str, field: str, says: str) -> None:
        before = self.session.scalars(select(AgreementLink)).all()
        with pytest.raises(FieldErrors, match=says) as caught:
            self.link(one, other, way)
        assert list(caught.value.fields) == [field]
        assert self.session.scalars(select(AgreementLink)).all() == before


@pytest.fixture
def two(session: Session) -> Two:
    """An older and a newer draft."""
    return Two(session)


def test_both_pages_and_both_trails_tell_of_a_link(session: Session, two: Two) -> None:
    two.link(two.new, two.old, "replaces", quote=CLAUSE)
    [mine] = links.connections(session, two.new)
    [theirs] = links.connections(session, two.old)
    assert (mine.relation, mine.outgoing, mine.other.id, mine.quote) == ("replaces", True, two.old.id, CLAUSE)
    assert (theirs.relation, theirs.outgoing, theirs.other.id) == ("replaces", False, two.new.id)
    for one, other, direction in ((two.new, two.old, "out"), (two.old, two.new, "in")):
        [entry] = told(session, one, "linked")
        assert entry["data"] == {"relation": "replaces", "direction": direction, "other": other.id}
        assert entry["actor"]["person"] == two.slt.person_id
        assert entry["clear"] == {"quote": CLAUSE}
        assert CLAUSE not in str(entry["data"])


def test_the_older_one_ends_when_the_newer_is_signed_and_lapses_the_day_after(
    session: Session, two: Two
) -> None:
    two.register(two.old, "2008-05-12")
    assert two.old.next_due is not None
    two.link(two.new, two.old, "replaces")
    assert two.old.replaced_on is None
    assert two.register(two.new, "2018-12-03").done
    assert (two.old.replaced_on, two.old.effective_end) == (date(2018, 12, 3), date(2018, 12, 3))
    assert two.old.next_due is None
    chronicle = read_chronicle(session, two.old, NOW.date())
    assert chronicle.in_force == (date(2008, 5, 12), date(2018, 12, 3))
    assert not [d for d in chronicle.deadlines() if d.reminds]
    [entry] = told(session, two.old, "succeeded")
    assert entry["event_date"] == "2018-12-03"
    assert entry["data"]["successor"] == two.new.id
    assert two.old.id in candidates(session, NOW)
    assert list(tick(session, NOW, registry=REGISTRY)) == [(two.old.id, "lapse")]
    assert two.old.state == "lapsed"
    [*_, lapse] = told(session, two.old, "transition")
    assert lapse["data"] == {"because": "replaced"}


def test_people_do_nothing_more_with_what_is_replaced(session: Session, two: Two) -> None:
    mayor = person(session, "ordforer", "3103", "mayor")
    two.register(two.old, "2008-05-12")
    two.link(two.new, two.old, "replaces")
    # On the very day both are in force, and nothing has lapsed yet.
    two.register(two.new, NOW.date().isoformat())
    assert two.old.state == "signed"
    ending = {"given_date": "2025-03-01", "effective_date": "2025-06-01", "reason": "x"}
    for who, step, data in (
        (two.slt, "begin_evaluation", {"year": 2024}),
        (mayor, "revise_on_request", {"reason": "x"}),
        (mayor, "terminate", ending),
        (mayor, "extend", {"effective_date": "2030-12-31", "basis": "agreement"}),
    ):
        taken = two.do(two.old, step, who, **data)
        assert [r.code for r in taken.refusals][:1] == ["replaced"], step
        assert not taken.forbidden
    assert two.old.state == "signed"
    assert two.old.id not in {i.agreement.id for i in worklist(session, two.slt, REGISTRY).mine}
    assert list(tick(session, NOW, registry=REGISTRY)) == []
    later = datetime.fromisoformat("2025-03-11T00:10:00+00:00")
    assert list(tick(session, later, registry=REGISTRY)) == [(two.old.id, "lapse")]


def test_a_paper_filed_after_the_one_that_replaced_it_is_linked_from_its_own_draft(
    session: Session, two: Two
) -> None:
    two.register(two.new, "2018-12-03")
    version = two.old.version
    two.link(two.old, two.new, "replaced_by", quote=CLAUSE)
    assert two.old.version == version + 1
    assert two.old.replaced_on == date(2018, 12, 3)
    assert two.old.state == "draft"
    late = two.register(two.old, "2019-01-01")
    assert [r.code for r in late.refusals] == ["signed_after_replaced"]
    assert two.register(two.old, "2008-05-12").done
    assert read_chronicle(session, two.old, NOW.date()).in_force == (date(2008, 5, 12), date(2018, 12, 3))
    assert list(tick(session, NOW, registry=REGISTRY)) == [(two.old.id, "lapse")]


def test_the_newer_cannot_have_been_signed_before_what_it_replaces(session: Session, two: Two) -> None:
    two.register(two.old, "2008-05-12")
    two.link(two.new, two.old, "replaces")
    taken = two.do(two.new, "register", two.slt, signed_on="2007-01-01")
    assert [r.code for r in taken.refusals] == ["signed_before_replaced"]
    assert two.register(two.new, "2008-05-12").done


def test_an_agreement_that_had_ended_ends_no_later_by_being_replaced(session: Session, two: Two) -> None:
    ended = two.make(OLD_TEXT.replace("gjelder til den sies opp", "gjelder i perioden 2008-2011"))
    two.register(ended, "2008-05-12")
    two.link(two.new, ended, "replaces")
    two.register(two.new, "2018-12-03")
    assert ended.effective_end == date(2011, 12, 31)
    assert read_chronicle(session, ended, NOW.date()).in_force == (date(2008, 5, 12), date(2011, 12, 31))


def test_a_supplement_changes_no_deadline(session: Session, two: Two) -> None:
    two.register(two.old, "2008-05-12")
    before = read_chronicle(session, two.old, NOW.date()).deadlines()
    two.link(two.new, two.old, "supplements")
    two.register(two.new, "2018-12-03")
    assert read_chronicle(session, two.old, NOW.date()).deadlines() == before
    assert two.old.replaced_on is None
    assert told(session, two.old, "succeeded") == []


def test_a_link_voids_what_was_approved_without_it(session: Session, two: Two) -> None:
    two.do(two.new, "register", two.slt, signed_on="2018-12-03")
    two.link(two.new, two.old, "replaces")
    [closed] = told(session, two.new, "round_closed")
    assert closed["data"]["because"] == "links_changed"
    assert closed["data"]["voided"] == 1


def test_a_link_taken_away_is_told_and_does_nothing_more(session: Session, two: Two) -> None:
    two.register(two.new, "2018-12-03")
    two.link(two.old, two.new, "replaced_by")
    links.unlink(session, two.old, two.new.id, who=two.slt, now=NOW)
    assert two.old.replaced_on is None
    assert links.connections(session, two.old) == ()
    for one, direction in ((two.old, "in"), (two.new, "out")):
        [entry] = told(session, one, "unlinked")
        assert entry["data"]["direction"] == direction
    two.register(two.old, "2020-05-12")
    assert read_chronicle(session, two.old, NOW.date()).in_force == (date(2020, 5, 12), None)
    with pytest.raises(FieldErrors, match="are not linked"):
        links.unlink(session, two.old, two.new.id, who=two.slt, now=NOW)
    with pytest.raises(FieldErrors, match="are not linked"):
        links.unlink(session, two.old, two.old.id, who=two.slt, now=NOW)


def test_a_link_is_taken_away_only_from_where_it_was_made(session: Session, two: Two) -> None:
    two.link(two.new, two.old, "replaces")
    with pytest.raises(Conflict, match="made from the other"):
        links.unlink(session, two.old, two.new.id, who=two.slt, now=NOW)
    links.unlink(session, two.new, two.old.id, who=two.slt, now=NOW)
    assert links.connections(session, two.new) == ()


def test_what_cannot_be_linked_says_why(session: Session, two: Two) -> None:
    two.wrong(two.new, two.new, "replaces", "agreement", "to itself")
    two.wrong(two.new, two.old, "follows", "relation", "one of replaces, replaced_by")
    two.wrong(two.new, "finnesikke", "replaces", "agreement", "or none that is yours to see")
    two.wrong(two.old, two.new, "replaced_by", "agreement", "not signed yet")
    two.link(two.new, two.old, "supplements")
    two.wrong(two.new, two.old, "replaces", "agreement", "are linked already")
    two.wrong(two.old, two.new, "replaces", "agreement", "are linked already")
    two.do(two.old, "withdraw", two.slt, reason="x")
    third = two.make(NEW_TEXT)
    two.wrong(third, two.old, "replaces", "agreement", "never in force")


def test_agreements_cannot_go_round(session: Session, two: Two) -> None:
    third = two.make(OLD_TEXT)
    two.link(two.new, two.old, "replaces")
    two.link(third, two.new, "supplements")
    two.wrong(two.old, third, "replaces", "agreement", "builds on this one")


def test_a_revision_is_no_replacement_besides(session: Session, two: Two) -> None:
    two.register(two.old, "2008-05-12")
    successor = two.make(NEW_TEXT, predecessor=two.old)
    two.wrong(successor, two.old, "replaces", "agreement", "the revision of that agreement")
    assert [(c.relation, c.outgoing) for c in links.connections(session, successor)] == [("succeeds", True)]
    assert [(c.relation, c.outgoing) for c in links.connections(session, two.old)] == [("succeeds", False)]
    two.wrong(two.old, successor, "replaces", "agreement", "builds on this one")


def test_what_is_replaced_is_not_replaced_again(session: Session, two: Two) -> None:
    two.register(two.old, "2008-05-12")
    two.link(two.new, two.old, "replaces")
    third = two.make(NEW_TEXT)
    two.link(third, two.old, "replaces")  # two drafts may want to; the first that is signed does
    two.register(two.new, "2018-12-03")
    two.register(third, "2019-12-03")
    assert two.old.replaced_on == date(2018, 12, 3)
    fourth = two.make(NEW_TEXT)
    two.wrong(fourth, two.old, "replaces", "agreement", "replaced already, on 2018-12-03")


def test_nobodys_agreement_ends_without_them(session: Session, two: Two) -> None:
    parties.add_municipal(session, "3413", now=NOW)
    other = person(session, "slt2", "3413", "slt_coordinator")
    joint = agreements.create_draft(
        session, Source("a.txt", OLD_TEXT.encode()), municipal=["3103", "3413"], police=[POLICE],
        definition=REGISTRY.newest("politiradsavtale"), who=two.slt, now=NOW,
    )  # fmt: skip
    two.wrong(two.new, joint, "replaces", "agreement", "also binds Stange")
    two.link(two.new, joint, "supplements")
    alone = two.make(OLD_TEXT, municipal="3413", who=other)
    two.wrong(two.new, alone, "replaces", "agreement", "or none that is yours to see")


def test_parties_that_are_no_more_do_not_stand_in_the_way(session: Session, two: Two) -> None:
    gone = parties.add_police(session, "Våler lensmannskontor", "ost", now=NOW)
    old = two.make(OLD_TEXT, police=gone.key)
    two.wrong(two.new, old, "replaces", "agreement", "also binds Våler lensmannskontor")
    gone.ended_on = date(2016, 12, 31)
    two.link(two.new, old, "replaces")


def test_a_quote_stands_in_the_newer_text_whatever_the_line_breaks(session: Session, two: Two) -> None:
    with pytest.raises(FieldErrors, match="do not stand in the text") as caught:
        two.link(two.new, two.old, "replaces", quote="Avtalen erstatter alt.")
    assert list(caught.value.fields) == ["quote"]
    made = two.link(two.new, two.old, "replaces", quote="Avtalen erstatter\r\n samarbeidsavtale")
    assert made.quote == "Avtalen erstatter samarbeidsavtale"


def test_the_text_suggests_the_agreement_of_the_day_it_names(session: Session, two: Two) -> None:
    rules_of(session, two.new).references = [
        {"relation": "replaces", "date": "2008-05", "quote": CLAUSE, "start": 0, "end": len(CLAUSE)}
    ]
    two.make(OLD_TEXT.replace("2008", "2012"))
    two.register(two.old, "2008-05-12")
    [one] = suggestions(session, two.new, two.slt, REGISTRY, NOW)
    assert (one.way, one.quote) == ("replaces", CLAUSE)
    assert [(c.agreement.id, c.signed, c.fits) for c in one.candidates] == [
        (two.old.id, Interval.on(date(2008, 5, 12)), True)
    ]
    two.link(two.new, two.old, "replaces", quote=CLAUSE)
    assert suggestions(session, two.new, two.slt, REGISTRY, NOW) == ()


def test_without_a_date_that_fits_the_nearest_are_suggested(session: Session, two: Two) -> None:
    rules_of(session, two.new).references = [
        {"relation": "replaces", "date": "2011-01-01", "quote": CLAUSE, "start": 0, "end": len(CLAUSE)}
    ]
    later = two.make(OLD_TEXT.replace("2008", "2012"))
    readings.confirm(session, later, who=two.slt, now=NOW)
    [one] = suggestions(session, two.new, two.slt, REGISTRY, NOW)
    assert [(c.agreement.id, c.fits) for c in one.candidates] == [(later.id, False), (two.old.id, False)]


def test_one_who_may_not_see_the_other_is_suggested_nothing(session: Session, two: Two) -> None:
    rules_of(session, two.new).references = [
        {"relation": "replaces", "quote": CLAUSE, "start": 0, "end": len(CLAUSE)}
    ]
    nobody = Who("x", "x")
    [one] = suggestions(session, two.new, nobody, REGISTRY, NOW)
    assert one.candidates == ()
    assert not links.sees(nobody, REGISTRY, two.old)


def test_a_paper_filed_late_finds_the_later_one_that_names_its_day(session: Session, two: Two) -> None:
    rules_of(session, two.new).references = [
        {"relation": "supplements", "date": "2008", "quote": CLAUSE, "start": 0, "end": len(CLAUSE)}
    ]
    assert suggestions(session, two.old, two.slt, REGISTRY, NOW) == (), "not signed yet, so its own to link"
    two.register(two.new, "2018-12-03")
    [one] = suggestions(session, two.old, two.slt, REGISTRY, NOW)
    assert (one.way, one.quote, [c.agreement.id for c in one.candidates]) == (
        "supplemented_by", CLAUSE, [two.new.id]
    )  # fmt: skip
    two.link(two.old, two.new, one.way, quote=one.quote)
    assert suggestions(session, two.old, two.slt, REGISTRY, NOW) == ()
