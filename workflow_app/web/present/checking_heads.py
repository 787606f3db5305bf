"""What the log of this installation says of a checkpoint, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services.checking.heads import HeadFound, Signed
from workflow_app.web.pagemodels import CheckLine, CheckResult
from workflow_app.web.pagemodels.proof import Tone
from workflow_app.web.present.words import moment

STANDING: dict[str, Message] = {
    "contained": msg(
        "The log of this system still contains this checkpoint: nothing it covers has been changed since."
    ),
    "differs": msg(
        "The log of this system has another fingerprint at ${size} entries. Either the checkpoint is of"
        " another log or wrongly copied, or the log was written anew. Keep the paper, and ask both parties."
    ),
    "longer": msg(
        "The log of this system has only ${here} entries, fewer than the checkpoint's ${size}. Either the"
        " checkpoint is of another log, or entries were taken away. Keep the paper, and ask both parties."
    ),
    "elsewhere": msg("This checkpoint is of another log, ${origin}, and cannot be compared here."),
}
"""The verdict on a checkpoint."""


def verdict_of(found: HeadFound) -> str:
    """The verdict as a code: a key of :data:`STANDING`."""
    return "elsewhere" if found.ours is False else found.standing


def head_result(request: Request, heading: str, found: HeadFound) -> CheckResult:
    """The answer to a checkpoint that was typed, pasted or uploaded."""
    verdict = verdict_of(found)
    tone: Tone = "success" if verdict == "contained" else "warning" if verdict == "elsewhere" else "danger"
    if found.forged:
        tone = "danger"
    return CheckResult(
        heading=heading,
        verdict=request.say(_standing(found)),
        tone=tone,
        checked=tuple(_signature(request, one) for one in found.signatures),
        compared=tuple(_compared(request, found)),
        facts=(
            (request.say(msg("Entries in the log")), str(found.asked.size)),
            (request.say(msg("Fingerprint (root)")), found.asked.root.hex()),
        ),
    )


def head_lines(request: Request, found: HeadFound) -> Iterator[CheckLine]:
    """The same as lines under the verdict on a bundle or a receipt."""
    verdict = verdict_of(found)
    yield CheckLine(request.say(_standing(found)), None if verdict == "elsewhere" else verdict == "contained")
    if verdict == "contained":
        # The verifier has checked them against the keys in the file; here it is whether we know those keys.
        for one in found.signatures:
            yield _signature(request, one)
        yield from _compared(request, found)


def _standing(found: HeadFound) -> Message:
    said = STANDING[verdict_of(found)].text
    return Message(said, {"size": found.asked.size, "here": found.here, "origin": found.asked.origin or ""})


def _signature(request: Request, one: Signed) -> CheckLine:
    values: dict[str, object] = {"name": one.name, "party": one.party or ""}
    if one.by == "unknown":
        text = msg("Signed with a key that is not known here: ${name}.", **values)
    elif not one.valid:
        text = msg("The signature of ${name} does not fit the checkpoint.", **values)
    elif one.by == "log":
        text = msg("The signature of the log is right: ${name}.", **values)
    else:
        assert one.at is not None
        text = msg(
            "The signature of the witness of ${party} is right: ${name}, ${time}.",
            **values,
            time=moment(request, one.at).text,
        )
    return CheckLine(request.say(text), one.valid)


def _compared(request: Request, found: HeadFound) -> Iterator[CheckLine]:
    yield CheckLine(request.say(msg("The log has ${here} entries now.", here=found.here)), None)
    if verdict_of(found) != "contained":
        return
    told = {one.name for one in found.signatures if one.valid}
    for one in found.seen:
        if one.name in told and one.size == found.asked.size:
            continue
        said = msg(
            "The witness of ${party} has signed a checkpoint that covers it: ${size} entries, ${time}.",
            party=one.party,
            size=one.size,
            time=moment(request, one.at).text,
        )
        yield CheckLine(request.say(said))
    if not found.seen:
        yield CheckLine(request.say(msg("No witness has signed a checkpoint that covers it yet.")), None)
    elif not found.final:
        yield CheckLine(request.say(msg("Only one side's witness has, so it is not final.")), None)
    else:
        yield CheckLine(request.say(msg("Witnesses of both sides have signed it, or one that covers it.")))
