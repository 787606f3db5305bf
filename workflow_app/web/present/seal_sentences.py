"""What the entries about frozen papers, seals and signatures in files say was done, in one sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow_app.domain.messages import Message, msg
from workflow_app.models.seals import AGREEMENT, EVALUATION, MATTER, MINUTES
from workflow_app.web.present.meeting_sentences import Teller

_FROZEN = {
    AGREEMENT: msg("The agreement's paper was made and frozen."),
    EVALUATION: msg("The paper of the evaluation for ${year} was made and frozen."),
}
_SEALED = {
    AGREEMENT: msg("The agreement's paper was sealed."),
    EVALUATION: msg("The paper of the evaluation for ${year} was sealed."),
    MATTER: msg("The paper of matter ${number} was sealed."),
    MINUTES: msg("The minutes of meeting ${number} were sealed."),
}
_OTHER = msg("A paper was sealed.")


def _values(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"year": data.get("year", "?"), "number": data.get("number", "?")}


def _frozen(t: Any, entry: Mapping[str, Any], data: Mapping[str, Any], clear: Mapping[str, str]) -> Message:
    found = _FROZEN.get(data.get("document", ""), _FROZEN[AGREEMENT])
    return Message(found.text, _values(data))


def _sealed(t: Any, entry: Mapping[str, Any], data: Mapping[str, Any], clear: Mapping[str, str]) -> Message:
    found = _SEALED.get(data.get("document", ""), _OTHER)
    return Message(found.text, _values(data))


def _read(t: Any, entry: Mapping[str, Any], data: Mapping[str, Any], clear: Mapping[str, str]) -> Message:
    if data.get("problem"):
        return msg("A file came with signatures that could not be read.")
    return msg("The signatures of a file were read; there are ${count}.", count=len(data["signatures"]))


SEAL_SENTENCES: dict[str, Teller] = {"paper_frozen": _frozen, "sealed": _sealed, "signatures_read": _read}
"""Kind of entry → its sentence."""
