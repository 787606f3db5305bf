"""What a reader of the overview asks for, as it stands in the address.

Whatever is not understood is refused with a sentence each: a list that is whole
(or empty) for a mistyped word tells nobody which word it was, least of all in a
table that was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflow_app.domain.definitions import Registry
from workflow_app.domain.messages import Message, msg
from workflow_app.services import norway
from workflow_app.services.filters import WrongFilters, no_such, shortened, strange

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

FILTERS = ("q", "district", "party", "state", *CHOICES)
OF_PERIODS = ("q", "district", "party")
"""The filters that the timeline has: each kommune that fits is shown whole."""


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


def read(
    query: Mapping[str, str],
    registry: Registry,
    is_party: Callable[[str], bool],
    *,
    names: tuple[str, ...] = FILTERS,
    beside: tuple[str, ...] = (),
) -> Wanted:
    """Read the parameters of an address.

    Args:
        query: the parameters; one that is there twice is two of its ``items()``.
        is_party: whether a key is that of a party, asked where there is one.
        names: the filters that the list has.
        beside: its parameters that filter nothing, such as the place in the list.

    Raises ``WrongFilters`` with a sentence for each parameter that is not understood.
    """
    given = shortened(query)
    problems = strange(query.items(), names, beside)
    found: dict[str, Any] = {"words": given.get("q", "")}
    for name in names:
        if name == "q" or name in problems or not (value := given.get(name, "")):
            continue
        wrong = _wrong(name, value, registry, is_party)
        if wrong is None:
            found[name] = value
        else:
            problems[name] = wrong
    if problems:
        raise WrongFilters(problems)
    return Wanted(**found)


def _wrong(name: str, value: str, registry: Registry, is_party: Callable[[str], bool]) -> Message | None:
    """What is wrong with the value of a filter."""
    if name == "party":
        return None if is_party(value) else no_party(value)
    if name == "state":
        codes = dict.fromkeys(code for d in registry.definitions for code in d.states)
        return None if states_meant(value, registry) else no_such(name, value, codes)
    if name == "district":
        choices: tuple[str, ...] = (*(d.slug for d in norway.districts()), UNKNOWN)
    else:
        choices = CHOICES[name]
    return None if value in choices else no_such(name, value, choices)


def no_party(key: str) -> Message:
    """That a filter's party is none: there are too many to name here."""
    return msg(
        "There is no party «${key}»; write the number of a kommune or the key of a police unit, as the page"
        " Parties has them.",
        key=key,
    )


def states_meant(state: str, registry: Registry) -> dict[str, list[str]]:
    """By definition digest, the state that a filter names; empty where there is none such."""
    code, _, ident = state.partition(".")
    return {
        d.digest: [code] for d in registry.definitions if code in d.states and (not ident or d.id == ident)
    }
