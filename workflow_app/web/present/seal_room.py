"""The page of the installation's seal: its certificate, and the papers that wait for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.models.seals import AGREEMENT, EVALUATION, MATTER, MINUTES, Seal
from workflow_app.services.norway import OSLO
from workflow_app.services.sealing.certificate import Certificate, open_certificate
from workflow_app.services.sealing.errors import REASONS, CannotSeal
from workflow_app.services.sealing.minding import queue_of
from workflow_app.web.pagemodels.seals import SealsPage, WaitingPaper
from workflow_app.web.present.seals import settings_of, trouble
from workflow_app.web.present.words import moment, root_url

SOON = timedelta(days=60)
"""How long before the certificate runs out it is said: time enough to order another."""

_WHAT = {
    AGREEMENT: msg("The agreement"),
    MATTER: msg("Matter ${number}"),
    MINUTES: msg("The minutes of meeting ${number}"),
    EVALUATION: msg("The evaluation for ${number}"),
}


def seals_page(request: Request) -> SealsPage:
    """What the reader looks after."""
    found, held = queue_of(request.reading, request.who), _held(request)
    wrong = trouble(request)
    return SealsPage(
        url=f"{root_url(request)}/seals",
        waiting=tuple(_row(request, row) for row in found.rows),
        more=found.waiting - len(found.rows),
        sealed=found.sealed,
        certificate=_told(request, held) if held else (),
        trouble=request.say(msg("Nothing is sealed, because ${reason}.", reason=wrong)) if wrong else None,
        warning=_warning(request, held) if held else None,
        self_signed=held is not None and held.self_signed,
    )


def seals_json(request: Request) -> dict[str, Any]:
    """The same for a program."""
    found, held, wrong = queue_of(request.reading, request.who), _held(request), trouble(request)
    return {
        "waiting": [
            {
                "agreement": row.agreement_id,
                "document": row.document,
                "number": row.number,
                "since": row.made_at,
                "problem": row.problem,
                "attempts": row.attempts,
            }
            for row in found.rows
        ],
        "counts": {"waiting": found.waiting, "sealed": found.sealed},
        "trouble": request.say(wrong) if wrong else None,
        "certificate": None
        if held is None
        else {
            "name": held.name,
            "sha256": held.fingerprint,
            "self_signed": held.self_signed,
            "until": held.certificate.not_valid_after_utc,
        },
    }


def _held(request: Request) -> Certificate | None:
    try:
        return open_certificate(settings_of(request), request.now)
    except CannotSeal:
        # Why is told by trouble().
        return None


def _told(request: Request, held: Certificate) -> tuple[tuple[str, str], ...]:
    level = (
        msg("yes; seals are PAdES B-T") if settings_of(request).timestamp_url
        else msg("no; seals are PAdES B-B, and the time is this installation's own word")
    )  # fmt: skip
    rows: list[tuple[Message, Message | str]] = [
        (msg("Name"), held.name),
        (msg("Fingerprint (SHA-256)"), held.fingerprint),
        (msg("Valid until"), Message("${day}", {"day": _last(held)})),
        (msg("Timestamp server"), level),
    ]
    return tuple((request.say(k), request.say(v) if isinstance(v, Message) else v) for k, v in rows)


def _warning(request: Request, held: Certificate) -> str | None:
    if held.certificate.not_valid_after_utc - request.now > SOON:
        return None
    said: str = request.say(
        msg("The certificate runs out on ${day}; get another before that.", day=_last(held))
    )
    return said


def _last(held: Certificate) -> Any:
    return held.certificate.not_valid_after_utc.astimezone(OSLO).date()


def _row(request: Request, row: Seal) -> WaitingPaper:
    what = _WHAT.get(row.document, _WHAT[AGREEMENT])
    why = REASONS.get(row.problem or "")
    return WaitingPaper(
        agreement=row.agreement_id,
        what=request.say(Message(what.text, {"number": row.number})),
        since=moment(request, row.made_at),
        why=request.say(msg("Not sealed yet, because ${reason}.", reason=why)) if why else None,
    )
