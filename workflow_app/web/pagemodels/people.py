"""Who holds what for a party, and the handing over of it: ``party.pt`` and ``handover.pt``."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_app.web.pagemodels.common import AgreementHead, Choice, Clause, Link, Moment, Problem
from workflow_app.web.pagemodels.lists import AgreementRow


@dataclass(frozen=True)
class PartyHead:
    """What the pages of one party begin with. ``url`` has no slash at the end."""

    key: str
    name: str
    url: str
    side_label: str
    number: str | None = None
    district: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class PersonRow:
    """Somebody in a role, or acting in it (``acting_for``), from a day to a day; ``until`` None is open.

    ``number`` is the assignment's. ``handover`` leads to the form for one who may use it.
    """

    number: int
    name: str
    role: str
    since: Moment
    until: Moment | None = None
    acting_for: str | None = None
    username: str | None = None
    handover: str | None = None


@dataclass(frozen=True)
class RoleView:
    """A role of the party: who has it, who will, who acts in it. ``empty`` marks one nobody holds today."""

    role: str
    label: str
    now: tuple[PersonRow, ...] = ()
    acting: tuple[PersonRow, ...] = ()
    later: tuple[PersonRow, ...] = ()
    handover: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody holds it today."""
        return not self.now


@dataclass(frozen=True)
class DeputyRow:
    """One who stands in at the meetings of an agreement, with the clause that lets him."""

    number: int
    name: str
    role: str
    party: str
    agreement: Link
    since: Moment
    until: Moment | None = None
    may_end: bool = False


@dataclass(frozen=True)
class Typed:
    """What was typed in one of the small forms: the fields by name, and what is wrong with them."""

    action: str = ""
    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()

    def of(self, action: str, name: str) -> str:
        """What was typed in a field of that form."""
        return dict(self.values).get(name, "") if action == self.action else ""

    def problem(self, action: str, name: str) -> str | None:
        """What is wrong with a field of that form."""
        if action != self.action:
            return None
        return next((p.message for p in self.problems if p.field == f"{action}-{name}"), None)


@dataclass(frozen=True)
class PartyPage:
    """``party.pt``. The small forms post to ``{head.url}`` with ``action`` and ``csrf_token``.

    ``end_role`` sends ``assignment`` and ``last_day``; ``add_acting`` sends ``office`` (an
    assignment), ``username``, ``title``, ``from`` and ``to``; ``end_acting`` sends ``acting``
    and ``last_day``; ``new_link`` a ``username`` of those ``waiting``, who have chosen no
    password yet. ``coming`` are sentences about what will change. ``past`` is for
    auditors and administrators.
    """

    head: PartyHead
    roles: tuple[RoleView, ...] = ()
    coming: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    deputies: tuple[DeputyRow, ...] = ()
    agreements: tuple[AgreementRow, ...] = ()
    more_agreements: str | None = None
    past: tuple[PersonRow, ...] = ()
    sees_past: bool = False
    may_change: bool = False
    offices: tuple[Choice, ...] = ()
    endable: tuple[Choice, ...] = ()
    acting: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    waiting: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    today: str = ""
    typed: Typed = Typed()


@dataclass(frozen=True)
class MoveView:
    """What a hand-over does for one party, in sentences; ``warnings`` are what to think about."""

    party: str
    done: tuple[str, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlanView:
    """What confirming would do. ``seen`` goes back with the form."""

    sentence: str
    moves: tuple[MoveView, ...]
    waiting: tuple[Link, ...] = ()
    waiting_sentence: str = ""
    notes: tuple[str, ...] = ()
    seen: str = ""


@dataclass(frozen=True)
class HandoverPage:
    """``handover.pt``: choose what is handed over, then to whom, then see what it does, then do it.

    Without ``role`` the page shows ``choices`` alone, as links. The form posts ``role``,
    ``from`` (a user name, empty where nobody holds it), ``parties`` (several), ``whom``
    ("known" or "new"), ``to``, ``username``, ``name``, ``email``, ``language``, ``title``,
    ``first_day``, ``last_day`` and ``action`` ("preview" or "confirm"; then with ``seen``).
    ``link`` is the way for a new person to choose a password, shown this once.
    """

    head: PartyHead
    choices: tuple[Link, ...] = ()
    role: str = ""
    role_label: str = ""
    holder: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    parties: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    plan: PlanView | None = None
    problems: tuple[Problem, ...] = ()
    done: str | None = None
    link: str | None = None

    def value(self, name: str) -> str:
        """What stands in a field."""
        return dict(self.values).get(name, "")


@dataclass(frozen=True)
class PasswordPage:
    """``password.pt``: posts ``token``, ``password``, ``again`` and ``csrf_token`` to ``{root}/password``."""

    token: str
    username: str
    minimum: int
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class DeputiesPage:
    """``deputies.pt``: who stands in at the meetings of an agreement, and the clause that lets them.

    Adding posts ``action=add``, ``office`` ("party role"), ``username``, ``title``, ``from``, ``to``;
    ending ``action=end``, ``deputy`` (the number) and ``last_day``; both with ``version`` and
    ``csrf_token`` to ``{head.url}/deputies``. ``closed`` says why there is no form.
    """

    head: AgreementHead
    clause: Clause | None = None
    closed: str | None = None
    rows: tuple[DeputyRow, ...] = ()
    offices: tuple[Choice, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    today: str = ""

    def value(self, name: str) -> str:
        """What stands in a field."""
        return dict(self.values).get(name, "")

    def problem(self, name: str) -> str | None:
        """What is wrong with a field."""
        return next((p.message for p in self.problems if p.field == name), None)
