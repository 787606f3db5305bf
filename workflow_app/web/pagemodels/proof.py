"""Pages about the proof: the log itself, and checking what somebody holds.

``log.pt`` and ``verify.pt``; and how final an agreement's trail is, for ``trail.pt`` and ``agreement.pt``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from workflow_app.web.pagemodels.common import Link, Moment, Problem
from workflow_app.web.pagemodels.seals import SignedFileView

Tone = Literal["success", "warning", "danger", "info"]


@dataclass(frozen=True)
class KeyRow:
    """A public key: ``vkey`` as verifiers are given it, ``fingerprint`` its SHA-256 as papers print it."""

    name: str
    vkey: str
    fingerprint: str
    since: Moment | None = None
    until: Moment | None = None


@dataclass(frozen=True)
class WitnessRow:
    """A witness: whose it is, its key, and what it last signed (None where it has not yet)."""

    party: str
    key: KeyRow
    last: Moment | None = None
    size: int = 0
    because: str | None = None


@dataclass(frozen=True)
class LogPage:
    """``log.pt``. ``origin`` and ``note`` are empty where the log has no key yet. ``root`` is hex.

    ``damaged`` says that the log is, and ``root`` and ``note`` are empty then.
    """

    size: int
    root: str
    origin: str = ""
    note: str = ""
    keys: tuple[KeyRow, ...] = ()
    witnesses: tuple[WitnessRow, ...] = ()
    limits: tuple[str, ...] = ()
    damaged: str | None = None


@dataclass(frozen=True)
class CheckLine:
    """One thing that was looked at. ``ok`` None is neither right nor wrong: something to know."""

    text: str
    ok: bool | None = True


@dataclass(frozen=True)
class CheckResult:
    """What is answered: the verdict in a sentence, what was checked, what this system's log says.

    ``facts`` are names and values for whoever compares them by eye. ``links``
    lead to the paper, for those who may see it; ``signed`` are the seals and
    signatures in a PDF, ``steps`` what the verifier says, step by step,
    ``about`` what a receipt is of.
    """

    heading: str
    verdict: str
    tone: Tone
    checked: tuple[CheckLine, ...] = ()
    compared: tuple[CheckLine, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    signed: SignedFileView | None = None
    steps: tuple[CheckLine, ...] = ()
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class VerifyPage:
    """``verify.pt``. ``checkpoint``, ``size`` and ``root`` are what was typed; ``largest`` is "50 MB"."""

    largest: str
    result: CheckResult | None = None
    problems: tuple[Problem, ...] = ()
    checkpoint: str = ""
    size: str = ""
    root: str = ""
    limits: tuple[str, ...] = ()

    def wrong(self, name: str) -> str | None:
        """The sentence about one field."""
        return next((p.message for p in self.problems if p.field == name), None)


@dataclass(frozen=True)
class Cosigned:
    """A side's signature of the checkpoint that counts: whose witness, and when it signed."""

    party: str
    when: Moment


@dataclass(frozen=True)
class Finality:
    """How far an agreement's trail is final.

    ``last`` is the number of its last final entry (0: none), ``size`` how many
    entries it has. ``by`` are the signatures that made it so; ``waits`` says for
    whom the rest waits, ``waiting_since`` since when.
    """

    last: int
    size: int
    by: tuple[Cosigned, ...] = field(default=())
    waits: tuple[str, ...] = ()
    waiting_since: Moment | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing waits."""
        return self.last >= self.size
