"""What the two papers print, as frozen values that know nothing of the database.

A service fills them and ``render`` prints them. Every sentence in them is in
the paper's own language already (rule kinds, steps, roles with their local
titles); only the labels around them come from the catalogues. What is empty or
None is left out of the paper or named as missing, never filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from workflow_app.domain.dates import Interval
from workflow_app.services.papers.anchor import Anchor
from workflow_app.services.papers.text import Section

Language = Literal["nb", "nn", "en"]


@dataclass(frozen=True)
class Party:
    """A party to the agreement; ``number`` is the kommune's four digits, None for the police."""

    side: Literal["municipal", "police"]
    name: str
    number: str | None = None


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to the paper. ``size`` is in bytes; ``sha256`` is None for what has no file."""

    name: str
    sha256: str | None = None
    size: int | None = None


@dataclass(frozen=True)
class Signature:
    """One signature as it was given.

    ``at`` is an instant with its zone when the signer showed again who it was
    (``how``: a passkey, or the password), and may be a bare date, or days it
    lies between, when the agreement was signed on paper.
    ``acting_for`` names the holder of the office when somebody acted in it.
    """

    role: str
    party: str
    person: str
    at: datetime | date | Interval
    how: Literal["password", "passkey", "paper"]
    acting_for: str | None = None


@dataclass(frozen=True)
class MissingSignature:
    """A signature still to be given, so that a half-signed agreement never looks signed."""

    role: str
    party: str


@dataclass(frozen=True)
class RuleLine:
    """One confirmed rule: its kind, what it means in a sentence, and the clause's own words."""

    kind: str
    sentence: str
    quote: str


@dataclass(frozen=True)
class UndatedLine:
    """What the text gives no date for, and why. ``quote`` is None where the text is silent."""

    kind: str
    reason: str
    quote: str | None = None


@dataclass(frozen=True)
class DeadlineLine:
    """A deadline, first and last day equal unless it is only half known.

    ``quote`` is the clause it is counted from; a house rule has the rule's
    words in it. ``assumptions`` says what the counting took for granted.
    """

    earliest: date
    latest: date
    kind: str
    quote: str
    source: Literal["clause", "house_rule"]
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class DefinitionLine:
    """The workflow definition the agreement is pinned to, by its digest."""

    name: str
    version: int
    digest: str


@dataclass(frozen=True)
class TrailHead:
    """How many entries the agreement's chain had when the paper was made, and the hash of the last."""

    size: int
    hash: str


@dataclass(frozen=True)
class TrailStep:
    """One step or sign-off in the trail.

    ``on`` is the day it happened where that differs from when it was entered;
    ``note`` is a reason only if it may be read by the public. ``how`` is how a
    sign-off was given, None for every other step.
    """

    number: int
    at: datetime
    step: str
    person: str | None = None
    role: str | None = None
    party: str | None = None
    acting_for: str | None = None
    on: date | None = None
    note: str | None = None
    how: Literal["password", "passkey"] | None = None


@dataclass(frozen=True)
class AgreementPaper:
    """The agreement as one paper: its text, who signed it, and what can be checked."""

    title: str
    language: Language
    parties: tuple[Party, ...]
    sections: tuple[Section, ...]
    version: int
    text_sha256: str
    digest: str
    definition: DefinitionLine
    trail: TrailHead
    attachments: tuple[Attachment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    missing: tuple[MissingSignature, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    undated: tuple[UndatedLine, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    anchor: Anchor | None = None


@dataclass(frozen=True)
class Handling:
    """A body that had the matter before the kommunestyre, and what it recommended, in words."""

    committee: str
    meeting_date: date | None = None
    case_number: str | None = None
    proposal: str | None = None


@dataclass(frozen=True)
class Told:
    """A heading with its own words under it; ``level`` is 1 or 2 below the telling's own heading."""

    level: int
    heading: str
    text: str = ""


@dataclass(frozen=True)
class Telling:
    """What has happened that the kommunestyre is told of: an evaluation, a notice, the lapse."""

    heading: str
    facts: tuple[tuple[str, str], ...]
    parts: tuple[Told, ...] = ()


@dataclass(frozen=True)
class MatterPaper:
    """The saksframlegg put before one kommunestyre.

    ``telling`` is None where the matter is about the agreement itself.
    ``legal_basis`` closes the matter and is printed after "Unntatt
    offentlighet". ``decision`` is the vedtak once there is one. ``refusals`` is
    the number of refused attempts, the only thing a public paper says of them.
    """

    kind: Literal["referatsak", "vedtak"]
    language: Language
    municipality: Party
    title: str
    agreement_title: str
    agreement_version: int
    text_sha256: str
    digest: str
    definition: DefinitionLine
    proposal: str
    trail: TrailHead
    refusals: int
    case_officer: str | None = None
    archive_case: str | None = None
    case_number: str | None = None
    committee: str | None = None
    meeting_date: date | None = None
    legal_basis: str | None = None
    decision: str | None = None
    parties: tuple[Party, ...] = ()
    rules: tuple[RuleLine, ...] = ()
    undated: tuple[UndatedLine, ...] = ()
    signatures: tuple[Signature, ...] = ()
    missing: tuple[MissingSignature, ...] = ()
    deadlines: tuple[DeadlineLine, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    steps: tuple[TrailStep, ...] = ()
    telling: Telling | None = None
    handlings: tuple[Handling, ...] = ()
    anchor: Anchor | None = None
