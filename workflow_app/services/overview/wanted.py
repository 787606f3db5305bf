"""What a reader of the overview asks for, as it stands in the address.

Whatever is not understood is said in one sentence and left out; the rest of
the question stands, since a list that is empty for a mistyped word tells
nobody which word it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.services import norway

NOBODY, UNKNOWN = "nobody", "unknown"
"""``waits_for`` nobody; ``district`` not known, which is that of every kommune without an agreement."""

WAITS = ("municipal", "police", "both", "council", NOBODY)
DUE = ("overdue", "30", "90", "none")
IN_FORCE = ("yes", "no")
HAVING = ("some", "none")
SORTS = ("due", "since", "kommune")
CHOICES: dict[str, tuple[str, ...]] = {
    "waits_for": WAITS, "due": DUE, "in_force": IN_FORCE, "agreement": HAVING, "sort": SORTS,
}  # fmt: skip

PARAMETERS = ("q", "district", "party", "state", *CHOICES)
BESIDE = ("after", "from")
"""Parameters that are no filter: the place in the list, and the first year of the timeline."""

LONGEST = 200
"""Characters of one value that are looked at."""


@dataclass(frozen=True)
class Wanted:
    """The filters, each empty where nothing is asked, and the order of the rows.

    ``state`` is a state's code, or ``code.definition`` where one definition is
    meant; ``party`` a party's key; ``due`` 30 and 90 count days from today, and
    leave out what is overdue; ``agreement`` picks kommuner with one and without.
    """

    words: str = ""
    district: str = ""
    party: str = ""
    state: str = ""
    waits_for: str = ""
    due: str = ""
    in_force: str = ""
    agreement: str = ""
    sort: str = "due"

    @property
    def filtered(self) -> bool:
        """Whether anything at all is left out."""
        return replace(self, sort="due", words=self.words.strip()) != Wanted()

    @property
    def of_agreements(self) -> bool:
        """Whether something is asked that only an agreement can answer: no kommune without one fits."""
        return bool(self.state or self.waits_for or self.due or self.in_force or self.agreement == "some")

    def query(self, **changes: str) -> dict[str, str]:
        """The parameters of the address that asks for this, with some changed; empty ones left out."""
        named = {
            "q": self.words, "district": self.district, "party": self.party, "state": self.state,
            "waits_for": self.waits_for, "due": self.due, "in_force": self.in_force,
            "agreement": self.agreement, "sort": "" if self.sort == "due" else self.sort,
        }  # fmt: skip
        return {name: value for name, value in (named | changes).items() if value}


@dataclass(frozen=True)
class Asked:
    """What was understood, and by name of the parameter what was not."""

    wanted: Wanted
    problems: Mapping[str, Message] = field(default_factory=dict)


def read(query: Mapping[str, str], registry: Registry) -> Asked:
    """Read the parameters of an address."""
    given = {name: value.strip()[:LONGEST] for name, value in query.items()}
    problems: dict[str, Message] = {}
    found: dict[str, Any] = {"words": given.get("q", ""), "party": given.get("party", "")}
    for name, choices in CHOICES.items():
        value = given.get(name, "")
        if value and value not in choices:
            problems[name] = _unknown(value, ", ".join(choices))
        elif value:
            found[name] = value
    if (state := given.get("state", "")) and states_meant(state, registry):
        found["state"] = state
    elif state:
        codes = dict.fromkeys(code for d in registry.definitions for code in d.states)
        problems["state"] = _unknown(state, ", ".join(codes))
    if (district := given.get("district", "")) == UNKNOWN or norway.district(district) is not None:
        found["district"] = district
    elif district:
        problems["district"] = _unknown(district, ", ".join(d.slug for d in norway.districts()))
    for name in given:
        if name not in (*PARAMETERS, *BESIDE):
            problems[name] = _unknown(name[:LONGEST], ", ".join(PARAMETERS))
    return Asked(Wanted(**found), problems)


def _unknown(value: str, choices: str) -> Message:
    return msg(
        "«${value}» is not something to filter by here, and was left out; choose among ${choices}.",
        value=value,
        choices=choices,
    )


def states_meant(state: str, registry: Registry) -> dict[str, list[str]]:
    """By definition digest, the state that a filter names; empty where there is none such."""
    code, _, ident = state.partition(".")
    return {
        d.digest: [code] for d in registry.definitions if code in d.states and (not ident or d.id == ident)
    }
