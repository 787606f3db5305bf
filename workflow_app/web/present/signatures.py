"""The signatures in files that others have signed, in words that say what they are worth and no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services.sealing.foreign import Known
from workflow_app.web.pagemodels.seals import SignatureView, SignedFileView
from workflow_app.web.present.words import moment

PROBLEM = msg("The file has signatures that could not be read here; look at them in a PDF reader.")
ERASED = msg("(erased)")
ODD = msg("A signature nobody can make sense of")


def signed_file(request: Request, known: Known | None) -> SignedFileView | None:
    """What was found in one file; None for one without signatures."""
    if known is None:
        return None
    return SignedFileView(
        read=moment(request, known.read_at),
        signatures=tuple(_signature(request, found, name) for found, name in known.findings),
        problem=request.say(PROBLEM) if known.problem else None,
    )


def signatures_json(known: Known | None) -> dict[str, Any] | None:
    """The same for a program, with the names as the certificates have them."""
    if known is None:
        return None
    return {
        "read_at": known.read_at,
        "problem": known.problem,
        "signatures": [{**found, "name": name} for found, name in known.findings],
    }


def _signature(request: Request, found: Mapping[str, Any], name: str | None) -> SignatureView:
    if "problem" in found:
        return SignatureView(request.say(ODD), False, (request.say(PROBLEM),))
    stamped = found.get("timestamp") or found.get("at")
    return SignatureView(
        who=name or request.say(ERASED),
        good=bool(found["intact"] and found["valid"] and not found["changed"] and found["trust"] != "no"),
        sentences=tuple(request.say(one) for one in _sentences(found)),
        when=moment(request, datetime.fromisoformat(stamped)) if stamped else None,
    )


def _sentences(found: Mapping[str, Any]) -> Iterator[Message]:
    yield _content(found)
    if found["kind"] == "timestamp":
        yield msg("It is a timestamp on the whole file, not a person's signature.")
    elif found.get("timestamp"):
        yield (
            msg("The time is confirmed by a timestamp from a service this installation trusts.")
            if found["timestamp_trusted"]
            else msg("The time is confirmed by a timestamp, from a service this installation does not know.")
        )
    else:
        yield msg("The time is the signer's own word.")
    yield _trust(found)


def _content(found: Mapping[str, Any]) -> Message:
    if not found["intact"]:
        return msg("The file is not what was signed: it has been changed.")
    if not found["valid"]:
        return msg("The signature does not fit its certificate, so it proves nothing.")
    if found["changed"]:
        return msg("What was signed is in the file, but more was added afterwards.")
    if found["whole"]:
        return msg("The signature covers the whole file, and it is unchanged.")
    return msg("What was signed is unchanged; only further signatures were added afterwards.")


def _trust(found: Mapping[str, Any]) -> Message:
    issuer = found.get("issuer")
    if issuer is None:
        return (
            msg("The certificate is the signer's own; this installation was told to trust it.")
            if found["trust"] != "no"
            else msg("The certificate is the signer's own, and nobody else vouches for the name in it.")
        )
    if found["trust"] == "now":
        return msg("This installation trusts ${issuer}, who issued the certificate.", issuer=issuer)
    if found["trust"] == "then":
        return msg(
            "This installation trusts ${issuer}, who issued the certificate; it has run out since the time"
            " of signing.",
            issuer=issuer,
        )
    return msg(
        "This installation does not know ${issuer}, who issued the certificate; find out in another way who"
        " signed.",
        issuer=issuer,
    )
