"""A sign-off by passkey: asking for it, and letting it count once, for what it says and nothing else.

The answer is checked before the agreement is locked; here it is compared, under the
lock, with what is decided now, and its challenge is used up in the transaction that
writes the approval. So a statement approves once or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow_app.domain.case import Decision, Refusal
from workflow_app.domain.definitions import Registry, Transition
from workflow_app.domain.engine import decide
from workflow_app.domain.messages import msg
from workflow_app.domain.trail import TrailError, check_assertion, statement_challenge
from workflow_app.models.agreements import Agreement
from workflow_app.models.passkeys import Passkey, PasskeyChallenge
from workflow_app.services.actors import Who
from workflow_app.services.cases import Gathered, case_of, facts_for
from workflow_app.services.passkeys import challenges, statement, told
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.proving import Shown
from workflow_app.services.passkeys.wire import b64
from workflow_app.services.people_login import LoginRefused

PASSKEY, PASSWORD = "passkey", "password"
"""How a sign-off was made, as the trail and the approval say it."""


@dataclass(frozen=True)
class SignOff:
    """A passkey's checked answer: the challenge it answers, and what the entry keeps of it."""

    challenge: int
    passkey: int
    statement: Mapping[str, Any]
    evidence: Mapping[str, Any]


def prepare(
    session: Session,
    agreement: Agreement,
    transition: str,
    who: Who,
    data: Mapping[str, Any],
    now: datetime,
    *,
    registry: Registry,
    origin: str,
    real_now: datetime,
) -> PasskeyChallenge | None:
    """The challenge for this step as it would be decided now; None where there is nothing to sign.

    That is where the person has approved already, and where what she fills in
    approves nothing. Raises ``Refused``, ``InvalidData`` and ``LoginRefused``
    (``throttled``); nobody is asked for a finger in vain.
    """
    definition = registry.by_digest(agreement.definition_digest)
    gathered = case_of(session, agreement)
    facts = facts_for(
        session,
        agreement,
        definition,
        today=now.date(),
        who=who,
        transitions=(transition,),
        party=data.get("party"),
        reauthenticated=True,
        passkey=True,
    )
    decision = decide(definition, gathered.case, transition, who.actor, facts, data)
    if decision.repeated or decision.fills is None:
        return None
    said = statement.state(session, agreement, decision, gathered, origin)
    return challenges.make(
        session,
        Purpose.SIGN,
        subject=who.person_id,
        now=real_now,
        person_id=who.person_id,
        challenge=statement_challenge(said),
        agreement_id=agreement.id,
        transition=transition,
        statement=said,
    )


def signed(shown: Shown) -> SignOff:
    """What a checked answer becomes: all that anybody needs to check it again, without us.

    Raises ``LoginRefused`` (``passkey_moved``) where what the trail tells of the key
    does not bear it out, as after a change of the site's address.
    """
    said = shown.challenge.statement
    assert said is not None
    answer = shown.assertion
    evidence = {
        "how": PASSKEY,
        "key": shown.passkey.key,
        "statement": dict(said),
        "authenticator_data": b64(answer.authenticator_data),
        "client_data": b64(answer.client_data),
        "signature": b64(answer.signature),
    }
    try:
        # As anybody will check it who has the entry, and the one that told of the key, and nothing else.
        check_assertion(evidence, dict(told.data_of(shown.passkey)))
    except TrailError as error:
        raise LoginRefused(
            "passkey_moved",
            msg("This passkey was registered while the site had another address; register it anew."),
        ) from error
    return SignOff(shown.challenge.id, shown.passkey.id, said, evidence)


def kept_of(step: Transition, sign_off: SignOff | None) -> Mapping[str, Any]:
    """What an approval's entry says of how it was given; empty where being signed in is enough."""
    if step.approvals is None or not step.approvals.reauthenticate:
        return {}
    return sign_off.evidence if sign_off is not None else {"how": PASSWORD}


def accept(
    session: Session,
    sign_off: SignOff,
    agreement: Agreement,
    decision: Decision,
    gathered: Gathered,
    now: datetime,
) -> Refusal | None:
    """Let the sign-off count for ``decision``, once; or why it does not. The agreement is locked."""
    if decision.fills is None:
        return None
    stands = statement.state(session, agreement, decision, gathered, sign_off.statement["origin"])
    if not statement.same(sign_off.statement, stands):
        return Refusal(
            "statement_outdated",
            msg(
                "What your passkey signed is no longer what stands here; look at the agreement again "
                "and sign once more."
            ),
        )
    live = session.scalars(
        select(Passkey.id)
        .where(Passkey.id == sign_off.passkey, Passkey.removed_at.is_(None))
        .with_for_update()
    ).one_or_none()
    if live is None:
        return Refusal("passkey_removed", msg("The passkey was removed; use another or the password."))
    row = session.get(PasskeyChallenge, sign_off.challenge)
    if row is None or not challenges.spend(session, row, now):
        return Refusal("passkey_expired", challenges.expired().message)
    return None
