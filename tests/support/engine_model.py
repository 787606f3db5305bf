"""A small independent model of an agreement's life, to hold the engine against.

It is written from the tables by hand (``life.py``) and knows nothing of the
definitions: rounds are sets of names, and where a state was entered from is
remembered per state instead of as a way.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.life import Row

SIDES = {
    "municipal": ("slt_coordinator", "mayor", "council_secretary"),
    "police": ("politikontakt", "station_chief"),
}
PARTIES = {"municipal": ("dal", "fjell"), "police": ("lensmann",)}
BOUND_TO_TEXT = {"agree", "sign", "adopt"}
BOUND_TO_TEXT_AND_PROPOSAL = {"register", "extend", "correct_rules"}
BOUND_TO_EVALUATION = {"continue", "revise"}
ORDER = ("slt_coordinator", "politikontakt", "mayor", "station_chief")


def side_of(role: str) -> str | None:
    return next((side for side, roles in SIDES.items() if role in roles), None)


@dataclass
class Model:
    """The state, the rounds, the digests as counters."""

    life: dict[str, Row]
    state: str = "draft"
    text: int = 0
    agreed: int | None = None
    adopted: int | None = None
    evaluation: int = 0
    entered_from: dict[str, str] = field(default_factory=dict)
    rounds: dict[str, tuple[object, dict[tuple[str, str], str]]] = field(default_factory=dict)

    def slots(self, name: str) -> list[tuple[str, str]]:
        """(role, party) for each role of every party, or ("any", party)."""
        kind, roles = self.life[name][3], self.life[name][4]
        if kind == "every":
            ordered = [role for role in ORDER if role in roles]
            return [(role, party) for role in ordered for party in PARTIES[side_of(role) or ""]]
        sides = [side for side in PARTIES if any(side_of(role) == side for role in roles)]
        return [("any", party) for side in sides for party in PARTIES[side]]

    def digest(self, name: str) -> object:
        """What the round of ``name`` is bound to now."""
        if name in BOUND_TO_TEXT:
            return self.text
        if name in BOUND_TO_TEXT_AND_PROPOSAL:
            return ("proposal", self.text)
        if name in BOUND_TO_EVALUATION:
            return ("evaluation", self.evaluation)
        return None

    def attempt(self, name: str, person: str, held: set[tuple[str, str]], outcome: str, points: str) -> str:
        """What must happen: forbidden, refused, repeated, recorded, collected, or the new state.

        ``outcome`` is the matter's, ``points`` the evaluation's.
        """
        _, sources, to, kind, roles = self.life[name]
        if self.state not in sources:
            return "refused"
        if kind == "clock":
            return "forbidden"
        counting = {
            (role, party)
            for role, party in held
            if role in roles and party in PARTIES.get(side_of(role) or "", ())
        }
        if not counting:
            return "forbidden"
        if kind == "one":
            return self.move(name, to)
        bound, given = self.rounds.get(name, (self.digest(name), {}))
        if bound != self.digest(name):
            given = {}
        places = self.slots(name)
        mine = [s for s in places if any(s[1] == p and s[0] in ("any", r) for r, p in counting)]
        free = [s for s in mine if s not in given]
        fills = kind == "every" or outcome in (("noted", "adopted") if name == "report" else ("adopted",))
        if not free:
            return "repeated" if fills and person in [given[s] for s in mine] else "refused"
        if self.guarded(name, person, free[0], given, outcome, points):
            return "refused"
        if not fills:
            if name == "adopt" and outcome == "sent_back":
                self.rounds.clear()
                self.state = "draft"
                return "draft"
            return "recorded"
        given = {**given, free[0]: person}
        if len(given) < len(places):
            self.rounds[name] = (self.digest(name), given)
            return "collected"
        return self.move(name, to)

    def guarded(
        self,
        name: str,
        person: str,
        slot: tuple[str, str],
        given: dict[tuple[str, str], str],
        outcome: str,
        points: str,
    ) -> bool:
        """Whether a guard refuses."""
        if name == "sign":
            side = side_of(slot[0])
            other = any(side_of(s[0]) != side and p == person for s, p in given.items())
            return other or self.agreed != self.text or ("adopt" in self.life and self.adopted != self.text)
        if name == "adopt":
            return self.agreed != self.text or outcome == "noted"
        if name in ("continue", "revise"):
            return (points == "to_be_revised") != (name == "revise")
        return False

    def move(self, name: str, to: str) -> str:
        """Take the step wholly."""
        self.rounds.pop(name, None)
        before = self.state
        if to == "@same":
            to = before
        elif to == "@origin":
            to = self.entered_from[before]
        elif to in ("annual_evaluation", "revised"):
            self.entered_from[to] = before
        self.state = to
        if name in ("reopen", "withdraw", "terminate", "lapse"):
            self.rounds.clear()
        if name == "correct_rules":
            self.text += 1
        if name in ("agree", "register", "correct_rules"):
            self.agreed = self.text
        if name == "adopt":
            self.adopted = self.text
        return to
