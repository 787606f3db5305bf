"""A life in the database beside the model's: a world with parties and people, and one agreement in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.support.engine_model import PARTIES, Model
from tests.support.life import Row
from tests.support.workflows import GOOD_DATA, REGISTRY
from workflow_app.domain.case import Slot
from workflow_app.domain.definitions import Definition
from workflow_app.models.agreements import Agreement
from workflow_app.models.database import make_session_factory
from workflow_app.models.people import Party, Person
from workflow_app.models.trail import TrailEntry
from workflow_app.services import agreements, evaluations, parties, people, people_holdings, people_roles
from workflow_app.services import readings as reading
from workflow_app.services.actors import Who
from workflow_app.services.material import open_rounds
from workflow_app.services.texts import save_text
from workflow_app.services.trail import agreement_chain, head
from workflow_app.services.transitions import Taken, lock, take_transition
from workflow_app.services.waiting_since import refresh
from workflow_app.services.worklist import waiting_in

NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
NAMES = {"dal": "3411", "fjell": "3412", "lensmann": "Lensmannen i Dal", "vik": "3414"}
HELD: dict[str, tuple[tuple[str, str], ...]] = {
    "slt.dal": (("slt_coordinator", "dal"),),
    "slt.fjell": (("slt_coordinator", "fjell"),),
    "slt.felles": (("slt_coordinator", "dal"), ("slt_coordinator", "fjell")),
    "kontakt": (("politikontakt", "lensmann"),),
    "kontakt.to": (("politikontakt", "lensmann"),),
    "ordforer.dal": (("mayor", "dal"),),
    "ordforer.fjell": (("mayor", "fjell"),),
    "sjef": (("station_chief", "lensmann"),),
    "to.hatter": (("mayor", "dal"), ("station_chief", "lensmann")),
    "sekretaer.dal": (("council_secretary", "dal"),),
    "sekretaer.fjell": (("council_secretary", "fjell"),),
    "fremmed": (("mayor", "vik"), ("auditor", "dal")),
}
TEXT = """Samarbeidsavtale mellom Dal og Fjell kommuner og politiet

1. Formål
Partene skal forebygge sammen. Utgave {number}.

2. Evaluering
Ved årets slutt skal avtalen evalueres.

3. Varighet
Avtalen gjelder i perioden 2026-2026.

4. Underskrift
Ordfører og politistasjonssjef undertegner.
"""
NOT_HERE = {"resume", "lapse", "correct_rules"}
"""The clock's steps, which no person takes; a correction, for whose proposal the model has no words."""
ENDING = {"withdraw", "terminate", "lapse", "reopen"}


class World:
    """One database with parties and people, in which every life is lived."""

    def __init__(self, engine: Engine) -> None:
        self.sessions = make_session_factory(engine)
        self.key: dict[str, str] = {}
        self.who: dict[str, Who] = {}
        with self.sessions() as db, db.begin():
            made = {name: self._party(db, name) for name in NAMES}
            self.key = {name: party.key for name, party in made.items()}
            for username, held in HELD.items():
                person = people.add_person(db, username=username, name=username, now=NOW)
                for role, party in held:
                    people_roles.give_role(db, person, made[party], role, from_date=date(2015, 1, 1), now=NOW)
                self.who[username] = self._as(db, person)

    def _party(self, db: Session, name: str) -> Party:
        if name == "lensmann":
            return parties.add_police(db, NAMES[name], "innlandet", now=NOW)
        return parties.add_municipal(db, NAMES[name], now=NOW)

    def _as(self, db: Session, person: Person) -> Who:
        return Who(person.id, person.name, people_holdings.holdings(db, person.id, NOW.date()))


class Life:
    """An agreement of the database and the model, side by side. Each step is a transaction."""

    def __init__(self, world: World, definition: Definition, rows: list[Row], begun: int) -> None:
        self.world, self.definition = world, definition
        self.model = Model({row[0]: row for row in rows})
        self.steps = [row[0] for row in rows]
        self.now, self.texts, self.log = NOW, 1, list[str]()
        self.evaluated: str | None = None
        self.waited: tuple[str | None, set[str], datetime | None] = (None, set(), None)
        self.extended = self.approved = 0
        with world.sessions() as db, db.begin():
            agreement = agreements.create_draft(
                db, agreements.Source("a.txt", TEXT.format(number=1).encode()),
                municipal=[world.key[p] for p in PARTIES["municipal"]],
                police=[world.key[p] for p in PARTIES["police"]],
                definition=definition, who=world.who["slt.dal"], now=self.tick(),
            )  # fmt: skip
            reading.confirm(db, agreement, who=world.who["slt.dal"], now=self.tick())
            self.id = agreement.id
        # Mostly begun some way on, by the same steps, or few lives would come far.
        for name in self.opening()[: begun % 5]:
            while self.model.state in self.model.life[name][1] and (free := self.free(name)):
                self.attempt(name, free[0], "adopted")

    def opening(self) -> list[str]:
        middle = ["adopt", "sign"] if "adopt" in self.model.life else ["sign", "report"]
        return ["agree", *middle, "begin_evaluation"]

    def free(self, name: str) -> list[str]:
        """Those who could fill a place that is still free."""
        roles = self.model.life[name][4]
        bound, given = self.model.rounds.get(name, (None, {}))
        taken = given if bound == self.model.digest(name) else {}
        places = [s for s in self.model.slots(name) if s not in taken]
        return [
            u
            for u in HELD
            if any(
                role in roles and p == place[1] and place[0] in ("any", role)
                for role, p in HELD[u]
                for place in places
            )
        ]

    def tick(self) -> datetime:
        """A second later; all on the same day."""
        self.now += timedelta(seconds=1)
        return self.now

    def step(self, which: int, who: int) -> str:
        """One event: an edit, an evaluation written, or somebody's attempt."""
        if which % 16 == 15 and self.model.state in ("draft", "annual_evaluation"):
            return self.change(which)
        legal = [n for n in self.steps if self.model.state in self.model.life[n][1]]
        leading = [n for n in legal if n not in ENDING]
        # What is begun is mostly ended, or nothing that needs three would ever happen.
        begun = [n for n in leading if n in self.model.rounds and which % 8 > 3]
        names = begun or (leading if which % 8 > 1 else legal if which % 8 else self.steps) or self.steps
        name = names[which // 8 % len(names)]
        if name in NOT_HERE:
            if which % 8:
                name = names[(which // 8 + 1) % len(names)]
            if name in NOT_HERE:
                return self.never(name)
        if self.model.state == "annual_evaluation" and self.evaluated is None:
            self.evaluate("to_be_revised" if who % 2 else "continues")
        fitting = [u for u in HELD if any(role in self.model.life[name][4] for role, _ in HELD[u])]
        usernames = (self.free(name) if who % 4 > 1 else fitting if who % 4 else list(HELD)) or fitting
        outcome = ("noted", "adopted", "postponed", "adopted", "sent_back", "noted", "adopted", "noted")[
            who % 8
        ]
        return self.attempt(name, usernames[who // 4 % len(usernames)], outcome)

    def change(self, which: int) -> str:
        """What voids approvals: a new text in a draft, a new version of the evaluation."""
        if self.model.state == "draft":
            self.texts += 1
            with self.held() as (db, agreement):
                words = TEXT.format(number=self.texts)
                save_text(db, agreement, words, who=self.world.who["slt.dal"], now=self.tick())
                reading.confirm(db, agreement, who=self.world.who["slt.dal"], now=self.tick())
            self.model.text += 1
        else:
            self.evaluate("to_be_revised" if which // 16 % 2 else "continues")
        return "changed"

    def evaluate(self, outcome: str) -> None:
        self.texts += 1
        with self.held() as (db, agreement):
            evaluations.save(
                db, agreement, year=None, body=f"Utgave {self.texts}.", learning_points="", outcome=outcome,
                who=self.world.who["slt.dal"], now=self.tick(),
            )  # fmt: skip
        self.evaluated = outcome
        self.model.evaluation += 1

    def held(self) -> _Held:
        return _Held(self.world, self.id)

    def never(self, name: str, data: dict[str, object] | None = None) -> str:
        """Nobody does the clock's steps, corrects what is not proposed, or evaluates a year twice."""
        with self.held() as (db, agreement):
            taken = self.take(db, agreement, name, "slt.dal", data or {})
        assert not taken.done, self.log
        return "refused"

    def attempt(self, name: str, username: str, outcome: str) -> str:
        """The same attempt on both; the answers must be the same."""
        data = dict(GOOD_DATA.get(name, {}))
        if name in ("report", "adopt"):
            data |= {"outcome": outcome, "reason": "Som protokollen sier.", "meeting_date": "2026-06-15"}
        if name == "terminate":
            data["given_date"] = "2026-06-15"
        if name == "extend":
            # Each extension must lead further than the one before.
            data["effective_date"] = f"{2027 + self.extended}-12-31"
        if name == "begin_evaluation":
            # A year is evaluated once; this one and the next are all there are on one day.
            if self.approved > 1:
                return self.never(name, {"year": NOW.year})
            data["year"] = NOW.year + self.approved
        held = {(role, party) for role, party in HELD[username]}
        before = self.size()
        expected = self.model.attempt(name, username, held, outcome, self.evaluated or "continues")
        with self.held() as (db, agreement):
            taken = self.take(db, agreement, name, username, data)
            got, why = _answer(taken), [r.code for r in taken.refusals]
        self.log.append(f"{name} by {username} ({outcome}, {self.evaluated}): {expected}, {got} {why}")
        assert got == expected, self.log[-20:]
        self.extended += name == "extend" and got == self.model.state
        self.approved += name in ("continue", "revise") and got == self.model.state
        if self.model.state != "annual_evaluation":
            self.evaluated = None
        self.compare()
        kinds = self.kinds_after(before)
        wanted = {"repeated": None, "refused": "refusal", "forbidden": "refusal"}.get(expected, "written")
        assert (wanted is None) == (kinds == []), (self.log, kinds)
        assert (wanted == "refusal") == (kinds == ["refusal"]), (self.log, kinds)
        return name if got == self.model.state else got

    def take(
        self, db: Session, agreement: Agreement, name: str, username: str, data: dict[str, object]
    ) -> Taken:
        return take_transition(
            db, agreement, name, self.world.who[username], data, self.tick(), registry=REGISTRY,
            reauthenticated=True,
        )  # fmt: skip

    def compare(self) -> None:
        """What stands in the database is what the model says."""
        with self.world.sessions() as db:
            agreement = db.get_one(Agreement, self.id)
            assert agreement.state == self.model.state, self.log
            names = {key: name for name, key in self.world.key.items()}
            found = {
                r.transition: {names[a.party_key] for a in r.approvals} for r in open_rounds(db, agreement)
            }
            stands = {
                name: {party for _, party in given}
                for name, (digest, given) in self.model.rounds.items()
                if given
                and digest == self.model.digest(name)
                and self.model.state in self.model.life[name][1]
            }
            assert {n: found.get(n, set()) for n in stands} == stands, (self.log[-9:], found)
            self.compare_waiting(db, agreement)

    def compare_waiting(self, db: Session, agreement: Agreement) -> None:
        """The columns say whom the engine says it waits for; to count them anew changes nothing."""
        evaluation = evaluations.newest(db, agreement)
        asked = waiting_in(agreement, self.definition, open_rounds(db, agreement), evaluation)
        stored = [
            (told["step"], Slot(place["party"], tuple(place["roles"])))
            for told in agreement.waiting or ()
            for place in told["places"]
        ]
        assert sorted(stored) == sorted(asked), (self.log[-9:], stored, asked)
        kept = agreement.waits_for, agreement.waits_since
        assert not refresh(db, agreement, self.definition), (self.log[-9:], kept, agreement.waiting)
        sides = {p.party.key: p.party.side for p in agreement.parties}
        waited = {sides[slot.party] for _, slot in asked}
        council = {name for name, _ in asked} <= {"report", "adopt"}
        one = "council" if council else "both" if len(waited) > 1 else min(waited, default="")
        expected = one if waited else None
        assert agreement.waits_for == expected, (self.log[-9:], asked)
        assert (agreement.waits_since is None) == (expected is None)
        now = (expected, {name for name, _ in asked}, agreement.waits_since)
        before, self.waited = self.waited, now
        if agreement.waits_since is not None:
            assert agreement.moved_at <= agreement.waits_since <= self.now, self.log[-9:]
            # Time never runs backwards while the same is asked of the same side.
            if before[:2] == now[:2] and before[2] is not None:
                assert agreement.waits_since >= before[2], self.log[-9:]

    def size(self) -> int:
        """How many entries the agreement's chain has."""
        with self.world.sessions() as db:
            return head(db, agreement_chain(self.id))[0]

    def kinds_after(self, number: int) -> list[str]:
        """The kinds of the entries after the first ``number``."""
        with self.world.sessions() as db:
            wanted = select(TrailEntry.kind).where(
                TrailEntry.chain == agreement_chain(self.id), TrailEntry.number > number
            )
            return list(db.scalars(wanted.order_by(TrailEntry.number)))


class _Held:
    """The agreement locked, in a transaction committed at the end."""

    def __init__(self, world: World, ident: str) -> None:
        self.db, self.ident = world.sessions(), ident

    def __enter__(self) -> tuple[Session, Agreement]:
        agreement = lock(self.db, self.ident)
        assert agreement is not None
        return self.db, agreement

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.db.commit()
        self.db.close()


def _answer(taken: Taken) -> str:
    if taken.decision is None:
        return "forbidden" if taken.forbidden else "refused"
    if taken.decision.repeated:
        return "repeated"
    if taken.decision.to is not None:
        return taken.decision.to
    return "recorded" if taken.decision.fills is None else "collected"
