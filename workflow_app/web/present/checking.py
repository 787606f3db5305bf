"""What is answered to somebody who asks whether a file or a checkpoint is what it claims to be.

The verifier's own sentences are Norwegian and English, since they travel with
every bundle; everything else is said in the reader's language. To a stranger no
agreement is named: she holds the file, and learns that it is known, when it was
entered, and whether that entry is final.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyramid.authorization import ACLHelper
from pyramid.request import Request

from workflow_app.domain import trail
from workflow_app.domain.definitions import Permission
from workflow_app.domain.messages import Message, msg
from workflow_app.models.agreements import WITH_PARTIES, Agreement
from workflow_app.services.checking.files import Checked
from workflow_app.services.checking.final_count import final_count
from workflow_app.services.checking.known import Known
from workflow_app.services.log import tree
from workflow_app.services.sealing.foreign import Known as Read
from workflow_app.services.trail_final import Final, final_of
from workflow_app.web.pagemodels import CheckLine, CheckResult, Link
from workflow_app.web.pagemodels.proof import Tone
from workflow_app.web.pagemodels.seals import SignedFileView
from workflow_app.web.present.checking_final import final_lines
from workflow_app.web.present.checking_heads import head_lines, head_result
from workflow_app.web.present.checking_told import told_of
from workflow_app.web.present.signatures import signed_file
from workflow_app.web.present.words import agreement_url, moment, moment_day
from workflow_app.web.resources import AgreementResource, Root

FROZEN: dict[str, Message] = {
    "matter_frozen": msg("This is, byte for byte, the council paper that was frozen on ${day}."),
    "paper_frozen": msg("This is, byte for byte, the paper that was made and kept on ${day}."),
    "sealed": msg("This is, byte for byte, the paper that was sealed on ${day}."),
    "minutes_kept": msg("This is, byte for byte, the minutes that were kept on ${day}."),
    "agenda_sent": msg("This is, byte for byte, the invitation that was sent on ${day}."),
}
"""What the entry that names the paper tells, by its kind."""
OTHER = msg("This is, byte for byte, a file that was entered in the trail on ${day}.")
STRANGER = msg("This file is known: the trail names it, byte for byte, since ${day}.")
NOT_OURS = msg("It holds in itself, but the log of this system is another.")
UNKNOWN = msg("This file is not known here: no entry of the trail names these bytes.")
_HEADINGS = {
    "bundle": msg("The trail"),
    "receipt": msg("The receipt"),
    "pdf": msg("The paper"),
    "checkpoint": msg("The checkpoint"),
    "unknown": msg("The file"),
}


def result_of(request: Request, found: Checked) -> CheckResult:
    """The answer to a file."""
    heading = request.say(_HEADINGS[found.kind])
    if found.verdict is not None:
        return _verified(request, heading, found, found.verdict)
    if found.head is not None:
        return head_result(request, heading, found.head)
    if found.known:
        return _known(request, heading, found)
    return _unknown(request, heading, found)


def _said(request: Request, said: trail.Said) -> str:
    return said.en if request.locale_name == "en" else said.nb


def _sentence(said: str) -> str:
    """A fault as a page says it: the verifier's own may go on after a file's name and a colon."""
    return said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")


def _verified(request: Request, heading: str, found: Checked, verdict: trail.Verdict) -> CheckResult:
    steps = [CheckLine(_said(request, said)) for said in verdict.checked]
    steps += [CheckLine(_said(request, said), None) for said in verdict.unchecked]
    # What could not be read was not found wrong.
    mark = None if verdict.unreadable else False
    fault = (CheckLine(_sentence(_said(request, verdict.first_fault)), mark),) if verdict.first_fault else ()
    tone: Tone
    if not verdict.ok:
        sentence, tone = msg("It does not hold. Do not rely on it."), "danger"
        if verdict.unreadable:
            sentence, tone = msg("It cannot be read as a trail or a receipt."), "warning"
        return CheckResult(heading, request.say(sentence), tone, fault, steps=tuple(steps))
    said, tone = _said(request, verdict.result) + ".", "success"
    compared: tuple[CheckLine, ...] = ()
    if found.head is None:
        compared = (CheckLine(request.say(msg("It holds no checkpoint to compare with the log.")), None),)
    else:
        compared = tuple(head_lines(request, found.head))
        if found.head.alarming:
            said, tone = request.say(NOT_OURS), "danger"
    ours = tone == "success"
    about = tuple(told_of(request, found.told)) if found.told and ours else ()
    # By the witnesses of another log anybody can make anything final.
    final = tuple(final_lines(request, final_count(verdict))) if ours else ()
    return CheckResult(heading, said, tone, (*fault, *final), compared, steps=tuple(steps), about=about)


def _unknown(request: Request, heading: str, found: Checked) -> CheckResult:
    lines = []
    if found.kind == "pdf":
        lines.append(
            msg(
                "A paper that was changed, printed to a new file or saved again by another program is not"
                " known, even if it looks the same."
            )
        )
        lines.append(msg("Drafts are not kept: only what was frozen, sealed, sent or signed can be found."))
        if request.who is None:
            lines.append(msg("What people have attached is looked for only for those who are logged in."))
    elif found.kind == "unknown":
        lines.append(msg("It is neither a trail, a receipt, a PDF nor a checkpoint."))
    return CheckResult(
        heading=heading,
        verdict=request.say(UNKNOWN),
        tone="warning",
        checked=tuple(CheckLine(request.say(line), None) for line in lines),
        compared=tuple(_seals(request, found)),
        signed=_signed(request, found),
    )


def _known(request: Request, heading: str, found: Checked) -> CheckResult:
    """The paper, to those who may see it; that it is known, and no more, to anybody else."""
    seen = [(known, agreement) for known in found.known if (agreement := _mine(request, known)) is not None]
    known = seen[0][0] if seen else found.known[0]
    day = moment_day(known.at)
    sentence = Message((FROZEN.get(known.kind, OTHER) if seen else STRANGER).text, {"day": day})
    tone: Tone = "success"
    if known.appended:
        sentence = msg(
            "This file begins with a paper that the trail names since ${day}, and ${count} bytes were added"
            " after it.",
            day=day,
            count=known.appended,
        )
        tone = "warning"
    return CheckResult(
        heading=heading,
        verdict=request.say(sentence),
        tone=tone,
        checked=tuple(_about(request, known)),
        compared=(*_place(request, known), *_seals(request, found)),
        facts=(("SHA-256", known.sha256),),
        links=tuple(_way(request, one, agreement) for one, agreement in seen),
        signed=_signed(request, found),
    )


def _seals(request: Request, found: Checked) -> Iterator[CheckLine]:
    """The seals in the file that this system has set: told by their certificate, whoever is trusted."""
    for one in found.signed.signatures if found.signed else ():
        if one.get("certificate") not in found.own:
            continue
        whole = bool(one["intact"] and one["valid"] and not one["changed"])
        said = (
            msg("It carries the seal of this system, and what was sealed is unchanged.")
            if whole
            else msg("It carries a seal of this system, but the file is not what was sealed.")
        )
        yield CheckLine(request.say(said), whole)


def _signed(request: Request, found: Checked) -> SignedFileView | None:
    """What others have signed in the file, as it is today: whoever holds it reads the names in it.

    The system's own seals are told of already, and need nobody to vouch for them here.
    """
    if found.signed is None:
        return None
    others = [one for one in found.signed.signatures if one.get("certificate") not in found.own]
    if not others and not found.signed.problem:
        return None
    findings = tuple((one, one.get("name")) for one in others)
    return signed_file(request, Read(findings, found.signed.problem, request.real_now))


def _about(request: Request, known: Known) -> Iterator[CheckLine]:
    if known.appended:
        added = msg(
            "A seal or a signature adds to the end of a PDF. So may a change of what it shows:"
            " compare it with the paper as it was kept."
        )
        yield CheckLine(request.say(added), None)
    else:
        yield CheckLine(request.say(msg("The SHA-256 of the file is the one that the entry names.")))


def _place(request: Request, known: Known) -> Iterator[CheckLine]:
    entered = moment(request, known.at).text
    place = tree.position(request.reading, known.entry_id)
    if place is None:
        said = msg("Entered ${time}; it waits for its place in the log.", time=entered)
        yield CheckLine(request.say(said), None)
    else:
        said = msg("Entered ${time} as number ${place} of the log.", time=entered, place=place + 1)
        yield CheckLine(request.say(said))
    final: Final = final_of(request.reading, known.agreement_id)
    since = final.standing.since
    if known.number <= final.last and since is not None:
        said = msg(
            "The entry is final: witnesses of both sides have signed a checkpoint that covers it, the last"
            " ${time}.",
            time=moment(request, since).text,
        )
        yield CheckLine(request.say(said))
    else:
        yield CheckLine(request.say(msg("The entry is not final yet.")), None)


def _mine(request: Request, known: Known) -> Agreement | None:
    """The agreement, where the reader may see it."""
    if request.me is None:
        return None
    agreement: Agreement | None = request.reading.get(Agreement, known.agreement_id, options=[WITH_PARTIES])
    if agreement is None:
        return None
    resource = AgreementResource(request, agreement, Root(request))
    may = ACLHelper().permits(resource, request.me.principals, Permission.VIEW_TRAIL)
    return agreement if may else None


def _way(request: Request, known: Known, agreement: Agreement) -> Link:
    url = f"{agreement_url(request, agreement.id)}/trail?entry={known.number}#e{known.number}"
    return Link(url, agreement.title, request.say(msg("entry ${number} of its trail", number=known.number)))
