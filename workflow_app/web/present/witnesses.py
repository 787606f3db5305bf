"""The page of a party's witnesses: who looks after the log on its behalf, and how far each has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.trail import parse_vkey
from workflow_app.services.log import checkpoints, tree
from workflow_app.services.log.pushing import FAULTS
from workflow_app.services.log.watching import Report, reports
from workflow_app.services.log.witnesses import REASONS, is_private
from workflow_app.web.pagemodels.common import Choice, Problem
from workflow_app.web.pagemodels.witnesses import WitnessesPage, WitnessRow
from workflow_app.web.party_resources import PartyResource
from workflow_app.web.permissions import Right
from workflow_app.web.present.log_page import DAMAGED
from workflow_app.web.present.words import moment, root_url


def witnesses_page(
    request: Request,
    resource: PartyResource,
    given: Mapping[str, str] | None = None,
    errors: Mapping[str, Message] | None = None,
) -> WitnessesPage:
    """The page; ``given`` and ``errors`` keep what was written and say what is wrong."""
    party, written = resource.party, given or {}
    url = f"{root_url(request)}/parties/{party.key}"
    size = tree.tree_size(request.dbsession)
    found = reports(request.dbsession, party)
    working = [one for one in found if one.witness.retired_at is None]
    may = bool(request.has_permission(Right.ADMINISTER, resource))
    signer = request.log_signer
    asked = f"retire-{written.get('witness', '')}" if written.get("action") == "retire" else "add"
    return WitnessesPage(
        party=party.name,
        url=f"{url}/witnesses",
        back=url,
        rows=tuple(_row(request, one, size, may) for one in working),
        retired=tuple(_row(request, one, size, may) for one in found if one.witness.retired_at is not None),
        none=None
        if working
        else request.say(
            msg(
                "${name} has no witness at work, so nobody looks after the log on its behalf.",
                name=party.name,
            )
        ),
        log=signer.origin if signer else None,
        log_key=signer.vkey if signer else None,
        damaged=_say(request, DAMAGED) if checkpoints.damage(request.dbsession) else None,
        may_change=may,
        reasons=tuple(Choice(code, request.say(words)) for code, words in REASONS.items()),
        written="" if is_private(written.get("vkey", "")) else written.get("vkey", ""),
        open=asked if errors else "",
        problems=tuple(
            Problem(f"{asked}-{name}" if name in ("vkey", "because") else "", request.say(message))
            for name, message in (errors or {}).items()
        ),
    )


def _row(request: Request, one: Report, size: int, may: bool) -> WitnessRow:
    witness = one.witness
    return WitnessRow(
        number=witness.id,
        name=witness.name,
        digits=parse_vkey(witness.vkey).key_id.hex(),
        vkey=witness.vkey,
        since=moment(request, witness.since),
        reached=_reached(request, one),
        behind=_behind(request, one, size),
        fault=_fault(request, one) if may else None,
        asked_at=witness.url if may else None,
        retired=_retired(request, one),
    )


def _reached(request: Request, one: Report) -> str:
    if one.seen is None:
        return _say(request, msg("Has cosigned nothing yet."))
    when = moment(request, one.seen).text
    return _say(request, msg("Last cosigned ${when}, at ${size} entries.", when=when, size=one.size))


def _behind(request: Request, one: Report, size: int) -> str | None:
    missing = size - one.size
    if missing <= 0 or one.seen is None or one.witness.retired_at is not None:
        return None
    return _say(request, msg("The log has ${count} entries more than it has seen.", count=missing))


def _fault(request: Request, one: Report) -> str | None:
    if one.fault is None or one.next_at is None:
        return None
    again = msg("It is asked again ${when}.", when=moment(request, one.next_at).text)
    return f"{_say(request, FAULTS[one.fault])} {_say(request, again)}"


def _retired(request: Request, one: Report) -> str | None:
    if one.witness.retired_at is None:
        return None
    why = _say(request, REASONS[one.witness.retired_because or "not_wanted"])
    return _say(
        request,
        msg("Retired ${when}: ${why}", when=moment(request, one.witness.retired_at).text, why=why),
    )


def _say(request: Request, message: Message) -> str:
    said: str = request.say(message)
    return said


def witnesses_json(request: Request, resource: PartyResource) -> dict[str, Any]:
    """The same for a program; ``because`` and ``fault`` are codes."""
    may = bool(request.has_permission(Right.ADMINISTER, resource))
    return {
        "party": resource.party.key,
        "log": {
            "origin": request.log_signer.origin if request.log_signer else None,
            "size": tree.tree_size(request.dbsession),
            "damaged": checkpoints.damage(request.dbsession) is not None,
        },
        "witnesses": [_one_json(one, may) for one in reports(request.dbsession, resource.party)],
        "reasons": list(REASONS),
        "may_change": may,
    }


def _one_json(one: Report, may: bool) -> dict[str, Any]:
    witness = one.witness
    told = {
        "id": witness.id, "name": witness.name, "vkey": witness.vkey, "since": witness.since,
        "size": one.size, "seen": one.seen, "retired": witness.retired_at, "because": witness.retired_because,
    }  # fmt: skip
    more = {"url": witness.url, "fault": one.fault, "next_at": one.next_at} if may else {}
    return told | more
