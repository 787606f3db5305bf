"""The letter about roles nobody holds, to those who can do something about it or wait for it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.role_names import role_name
from workflow_app.models.mail import Mail
from workflow_app.services import coverage, parties
from workflow_app.services.actors import Who
from workflow_app.services.coverage_nightly import COORDINATORS, mark
from workflow_app.services.coverage_words import gap_message
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.mail import step_words
from workflow_app.services.mail.letters import Letter, Link, Paragraph, Points
from workflow_app.services.parties_seen import sees_party
from workflow_app.services.people_holdings import holders, holdings
from workflow_app.services.people_roles import ADMINISTRATOR


def letter(session: Session, mail: Mail, today: date) -> Letter | None:
    """The gaps of the mail's party that are still there; None where somebody has filled them."""
    party, registry = mail.party, workflow_definitions()
    assert party is not None, "a gap is a party's"
    told = {(roles, last) for roles, last in mail.data["gaps"]}
    gaps = [g for g in coverage.of_party(session, party, registry, today) if mark(g) in told]
    held = holdings(session, mail.person_id, today)
    mine = next(
        (h for h in held if h.party == party.key and h.role == ADMINISTRATOR),
        next((h for h in held if h.role in COORDINATORS), None),
    )
    who = Who(mail.person_id, mail.person.name, held)
    if not gaps or mine is None or not sees_party(session, who, party, registry):
        return None
    if mine.role == ADMINISTRATOR:
        advice = msg(
            "Give somebody the role, or name an acting holder, on the page of ${party}.", party=party.name
        )
    elif any(h.role == ADMINISTRATOR for h in holders(session, [party.key], today)):
        advice = msg("The administrators of ${party} are told as well.", party=party.name)
    else:
        advice = msg(
            "${party} has no administrator here either; ask whoever runs the installation to give somebody"
            " the role.",
            party=party.name,
        )
    where = party.name if mine.party == party.key else parties.find(session, mine.party).name
    return Letter(
        subject=msg("Nobody holds a role that is needed: ${party}", party=party.name),
        blocks=(
            Paragraph(
                msg("An agreement needs somebody in this role; without one it stops when its turn comes.")
            ),
            Points(tuple(gap_message(g, today) for g in gaps)),
            Paragraph(advice),
            Link(f"/parties/{party.key}", msg("See who holds what")),
        ),
        why=Message(step_words.WHY.text, {"role": role_name(mine.role, mine.title), "party": where}),
    )
