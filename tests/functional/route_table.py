"""Every door of the house, written by hand: who may pass it, and where it is found.

It is compared with what the application has registered (``test_routes``), so a
new view needs a line here, and somebody must mean it.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.functional.conftest import PEOPLE
from tests.functional.door_support import OBSERVING, OPERATOR, Furnished
from workflow_app.domain.definitions import Definition, Permission
from workflow_app.services.definitions import workflow_definitions

PAGE, JSON, ANY = "text/html", "application/json", None
ENTER, SIGNED_IN, START, STEP = "everybody", "whoever is signed in", "start", "the transition's roles"
PARTY, RULES = "whoever sees the party", "those who set the kommune's rules"
ADMINISTER = "the party's administrators"
IN_NOBODYS_NAME = "everybody, and no cookie is looked at"
MINDS_MAIL = "any administrator, and the operator"


class Route(NamedTuple):
    """One registered view: context, name, method, what it answers, who may pass, and what they then get."""

    context: str
    name: str
    method: str
    accept: str | None
    who: str
    then: frozenset[int] = frozenset({200})


def route(context: str, name: str, method: str, accept: str | None, who: str, *then: int) -> Route:
    """A row of the table; 200 unless another answer is named."""
    return Route(context, name, method, accept, who, frozenset(then or {200}))


def both(context: str, name: str, who: str) -> list[Route]:
    """A page and its twin."""
    return [route(context, name, "GET", PAGE, who), route(context, name, "GET", JSON, who)]


VIEW, TRAIL = Permission.VIEW, Permission.VIEW_TRAIL

# A POST sends nothing, unless SENT says what, passes the door and is told what it lacks.
ROUTES: list[Route] = [
    *both("Root", "", SIGNED_IN),
    *both("Root", "login", ENTER),
    route("Root", "login", "POST", ANY, ENTER, 401, 429),
    route("Root", "logout", "GET", PAGE, ENTER),
    route("Root", "logout", "POST", ANY, ENTER, 303),
    route("Root", "language", "POST", ANY, ENTER, 303),
    route("Root", "accessibility", "GET", PAGE, ENTER),
    route("Root", "health", "GET", ANY, ENTER),
    route("Root", "verify", "GET", ANY, ENTER),
    # Anybody may have something checked, so many times in ten minutes.
    route("Root", "verify", "POST", ANY, IN_NOBODYS_NAME, 422, 429),
    # Hashes alone, for witnesses and verifiers that have no account here.
    route("Checkpoints", "", "GET", ANY, ENTER, 200, 503),
    route("CheckpointResource", "", "GET", ANY, ENTER, 404),
    # What is handed in proves itself, so nobody is asked who he is; an empty form is no checkpoint.
    route("Checkpoints", "cosignatures", "POST", ANY, IN_NOBODYS_NAME, 400),
    route("KeptCheckpoints", "", "GET", ANY, ENTER),
    route("TileResource", "", "GET", ANY, ENTER),
    route("Proofs", "inclusion", "GET", ANY, ENTER, 200, 422),
    route("Proofs", "consistency", "GET", ANY, ENTER, 200, 422),
    route("Log", "keys", "GET", ANY, ENTER),
    *both("Log", "", ENTER),
    *both("Root", "calendar", SIGNED_IN),
    route("Root", "calendar", "POST", ANY, SIGNED_IN, 422),
    route("Root", "calendar.ics", "GET", ANY, SIGNED_IN),
    route("AgreementResource", "calendar.ics", "GET", ANY, VIEW),
    *both("AgreementResource", "year", VIEW),
    route("AgreementResource", "year.svg", "GET", ANY, VIEW),
    # Without a link that works there is nothing behind the door.
    route("Root", "password", "GET", PAGE, ENTER, 404),
    route("Root", "password", "POST", ANY, ENTER, 404),
    *both("Root", "passkeys", SIGNED_IN),
    route("Root", "passkeys", "POST", ANY, SIGNED_IN, 422),
    *both("Parties", "", SIGNED_IN),
    *both("Overview", "", SIGNED_IN),
    route("Overview", "overview.csv", "GET", ANY, SIGNED_IN),
    *both("Overview", "timeline", SIGNED_IN),
    *both("SealRoom", "", MINDS_MAIL),
    route("SealRoom", "", "POST", ANY, MINDS_MAIL, 422),
    *both("MailRoom", "", MINDS_MAIL),
    route("MailRoom", "", "POST", ANY, MINDS_MAIL, 422),
    *both("PartyResource", "", PARTY),
    route("PartyResource", "", "POST", ANY, ADMINISTER, 422),
    *both("PartyResource", "passkeys", ADMINISTER),
    route("PartyResource", "passkeys", "POST", ANY, ADMINISTER, 422),
    *both("PartyResource", "handover", ADMINISTER),
    route("PartyResource", "handover", "POST", ANY, ADMINISTER, 422),
    *both("PartyResource", "erase", ADMINISTER),
    route("PartyResource", "erase", "POST", ANY, ADMINISTER, 422),
    route("PartyResource", "calendar.ics", "GET", ANY, PARTY),
    *both("PartyResource", "year", PARTY),
    route("PartyResource", "year.svg", "GET", ANY, PARTY),
    *both("PartyResource", "rules", PARTY),
    route("PartyResource", "rules", "POST", ANY, RULES, 422),
    *both("PartyResource", "witnesses", PARTY),
    route("PartyResource", "witnesses", "POST", ANY, ADMINISTER, 422),
    *both("PartyResource", "reminders", PARTY),
    route("PartyResource", "reminders", "POST", ANY, RULES, 422),
    *both("Agreements", "", SIGNED_IN),
    *both("Agreements", "add", SIGNED_IN),
    route("Agreements", "add", "POST", ANY, SIGNED_IN, 422),
    *both("AgreementResource", "", VIEW),
    *both("AgreementResource", "text", VIEW),
    route("AgreementResource", "text", "POST", ANY, Permission.EDIT, 422),
    route("AgreementResource", "original", "GET", ANY, VIEW),
    *both("AgreementResource", "rules", VIEW),
    route("AgreementResource", "rules", "POST", ANY, "confirm_rules or propose_correction", 422),
    *both("AgreementResource", "deadlines", VIEW),
    # Who may see may knock; the service lets coordinators in, once there is something signed.
    route("AgreementResource", "deadlines", "POST", ANY, VIEW, 403, 409, 422),
    *both("AgreementResource", "deputies", VIEW),
    # Who may see may knock; the service asks for an office of the party named.
    route("AgreementResource", "deputies", "POST", ANY, VIEW, 422),
    *both("AgreementResource", "links", VIEW),
    route("AgreementResource", "links", "POST", ANY, Permission.EDIT, 422),
    *both("AgreementResource", "evaluation", VIEW),
    route("AgreementResource", "evaluation", "POST", ANY, Permission.EVALUATE, 422),
    *both("TrailRoom", "", TRAIL),
    route("EntryResource", "receipt.json", "GET", ANY, TRAIL, 409),
    route("AgreementResource", "trail.zip", "GET", ANY, TRAIL),
    *both("AgreementResource", "archive", TRAIL),
    # Who sees the trail may knock; the service asks for an office of the very party.
    route("AgreementResource", "archive", "POST", ANY, TRAIL, 422),
    route("AgreementResource", "agreement.pdf", "GET", ANY, VIEW),
    route("AgreementResource", "referatsak.pdf", "GET", ANY, VIEW, 200, 404),
    route("AgreementResource", "evaluation.pdf", "GET", ANY, VIEW, 404),
    *both("Attachments", "", VIEW),
    route("Attachments", "", "POST", ANY, Permission.EDIT, 422),
    route("AttachmentResource", "", "GET", ANY, VIEW),
    *both("Matters", "", VIEW),
    route("Matters", "", "POST", ANY, Permission.PREPARE_MATTER, 422),
    *both("MatterResource", "", VIEW),
    route("MatterResource", "", "POST", ANY, Permission.PREPARE_MATTER, 422),
    route("MatterResource", "excerpt", "GET", ANY, VIEW, 404),
    route("MatterPaper", "", "GET", ANY, VIEW),
    *both("Meetings", "", VIEW),
    route("Meetings", "", "POST", ANY, VIEW, 422),
    route("Meetings", "plan", "GET", PAGE, VIEW, 200, 403, 409),
    route("Meetings", "plan", "GET", JSON, VIEW, 200, 403, 409),
    route("Meetings", "plan", "POST", ANY, VIEW, 403, 409, 422),
    *both("MeetingResource", "", VIEW),
    route("MeetingResource", "", "POST", ANY, VIEW, 422),
    route("MeetingResource", "invitation.pdf", "GET", ANY, VIEW),
    *both("MeetingResource", "minutes", VIEW),
    route("MeetingResource", "minutes", "POST", ANY, VIEW, 422),
    route("MeetingResource", "minutes.pdf", "GET", ANY, VIEW, 404),
    *both("Transitions", "", VIEW),
    *both("TransitionResource", "", VIEW),
    route("TransitionResource", "", "POST", ANY, STEP, 409, 422),
    # Who may see may knock; there is nothing to sign in the step that is knocked on.
    route("TransitionResource", "challenge", "POST", ANY, VIEW, 409),
]
SENT: dict[tuple[str, str], dict[str, str]] = {
    ("Matters", ""): {"action": "freeze", "matter": "1"},
    ("AgreementResource", "archive"): {"format": "none"},
}
"""Where an empty POST would do something: the matter lacks what a paper needs, so it cannot be frozen; and
there is no such archive format."""
STATES = ("draft", "negotiated", "signed", "annual_evaluation")
DEFINITION: Definition = workflow_definitions().newest("politiradsavtale")
ROLE_OF = {first: role for first, (role, _) in PEOPLE.items()} | OBSERVING
EVERYBODY = [f"{first}.{kommune}" for kommune in ("moss", "stange") for first in ROLE_OF] + [OPERATOR]
ABOUT_AGREEMENTS = {"AgreementResource", "Attachments", "AttachmentResource", "Matters", "MatterResource",
                    "MatterPaper", "Meetings", "MeetingResource", "TrailRoom", "EntryResource",
                    "Transitions",
                    "TransitionResource"}  # fmt: skip
TRIED = "withdraw"
"""The transition that is knocked on; test_matrix_roles tries them all."""
SLOW = {"agreement.pdf", "referatsak.pdf", "invitation.pdf"}


def address(context: str, name: str, agreement: Furnished, transition: str = TRIED) -> str:
    """Where the view is found, for an agreement with something in it."""
    base = {
        "Root": "",
        "MailRoom": "/mail",
        "SealRoom": "/seals",
        "Checkpoints": "/checkpoint",
        "CheckpointResource": "/checkpoint/999999",
        "KeptCheckpoints": "/checkpoints",
        "TileResource": "/tile/0/000.p/1",
        "Proofs": "/log/proof",
        "Log": "/log",
        "Parties": "/parties",
        "Overview": "/overview",
        "PartyResource": "/parties/3103",
        "Agreements": "/agreements",
        "AgreementResource": agreement.path,
        "Attachments": f"{agreement.path}/attachments",
        "AttachmentResource": f"{agreement.path}/attachments/{agreement.attachment}",
        "Matters": f"{agreement.path}/matters",
        "MatterResource": f"{agreement.path}/matters/{agreement.matter}",
        "MatterPaper": f"{agreement.path}/matters/{agreement.matter}.pdf",
        "Meetings": f"{agreement.path}/meetings",
        "MeetingResource": f"{agreement.path}/meetings/1",
        "TrailRoom": f"{agreement.path}/trail",
        "EntryResource": f"{agreement.path}/trail/1",
        "Transitions": f"{agreement.path}/transitions",
        "TransitionResource": f"{agreement.path}/transitions/{transition}",
    }[context]
    return f"{base}/{name}" if name or not base else base
