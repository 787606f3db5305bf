"""What each kind of trail entry says was done, in one sentence.

Kept apart from the telling of the rest (who, when, in what capacity), so that
a new kind of entry is a line here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.round_words import CLOSED
from workflow_app.models.links import REPLACES
from workflow_app.web.present.entry_details import CONNECTED
from workflow_app.web.present.meeting_sentences import MEETING_SENTENCES
from workflow_app.web.present.minutes_sentences import MINUTES_SENTENCES
from workflow_app.web.present.rule_order import chosen
from workflow_app.web.present.seal_sentences import SEAL_SENTENCES

Entry = Mapping[str, Any]
"""An entry as it was hashed, decoded."""


class Tells(Protocol):
    """What a sentence may ask about the agreement: the words of its steps, states and parties."""

    request: Request

    def step(self, name: str | None) -> Message:
        """The label of a transition, or its name where the definition has no such one."""

    def state(self, name: str) -> Message:
        """The label of a state."""

    def party(self, key: str | None) -> str:
        """The name of a party of the agreement."""


_Data = Mapping[str, Any]
_Clear = Mapping[str, str]


def _created(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    if data.get("predecessor"):
        return msg("The draft was made to take the place of an earlier agreement.")
    if data.get("origin") == "template":
        return msg("The draft was made from a template.")
    return msg("The draft was made from an uploaded file.")


def _text_saved(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("Version ${number} of the text was saved.", number=data.get("text", "?"))


def _title_changed(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    if "title" in clear:
        return msg("The title was changed to “${title}”.", title=clear["title"])
    return msg("The title was changed.")


def _attachment(named: Message, unnamed: Message) -> Callable[[Tells, Entry, _Data, _Clear], Message]:
    def tell(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
        return Message(named.text, {"name": clear["name"]}) if "name" in clear else unnamed

    return tell


def _rules_confirmed(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg(
        "The rules read from the clauses were confirmed; there are ${count}.", count=data.get("count", "?")
    )


def _said(sentence: Message) -> Callable[[Tells, Entry, _Data, _Clear], Message]:
    def tell(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
        return sentence

    return tell


def _approval(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    step, left = t.step(entry.get("transition")), data.get("remaining")
    if isinstance(left, int) and left > 0:
        return msg("Approved “${step}”; ${count} more needed.", step=step, count=left)
    return msg("Approved “${step}”.", step=step)


def _transition(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    step = t.step(entry.get("transition"))
    source, to = entry.get("from"), entry.get("to")
    if to is None or to == source:
        return msg("“${step}” was done.", step=step)
    if data.get("because") == "replaced":
        return msg(
            "“${step}” was done, since an agreement that replaces it was signed; it is now: ${state}.",
            step=step,
            state=t.state(to),
        )
    return msg("“${step}” was done; the agreement is now: ${state}.", step=step, state=t.state(to))


def _recorded(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("“${step}” was recorded; the state did not change.", step=t.step(entry.get("transition")))


def _refusal(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("Tried “${step}” and was turned away.", step=t.step(data.get("attempted")))


def _round_closed(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    because = CLOSED.get(data.get("because", "")) or Message("")
    return msg(
        "The approvals of “${step}” no longer count. ${because}",
        step=t.step(data.get("transition_name")),
        because=because,
    )


def _evaluation_saved(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg(
        "Version ${number} of the evaluation for ${year} was saved.",
        number=data.get("number", "?"),
        year=data.get("year", "?"),
    )


def _matter_prepared(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg(
        "The matter before the kommunestyre was prepared for ${party}.", party=t.party(data.get("party"))
    )


def _matter_frozen(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("The paper for the kommunestyre of ${party} was frozen.", party=t.party(data.get("party")))


def _matter_settled(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    told = {
        "evaluation": msg("The kommunestyre of ${party} dealt with the evaluation for ${year}."),
        "termination": msg("The kommunestyre of ${party} was told of the termination."),
        "lapse": msg("The kommunestyre of ${party} was told that the agreement has ended."),
    }
    found = told.get(data.get("occasion", "")) or msg("The kommunestyre of ${party} dealt with the matter.")
    return Message(found.text, {"party": t.party(data.get("party")), "year": data.get("year", "?")})


def _matter_handled(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg(
        "The bodies that have the matter before the kommunestyre of ${party} were written down.",
        party=t.party(data.get("party")),
    )


def _matter_excerpt(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("The excerpt of the minutes of ${party} was kept as a file.", party=t.party(data.get("party")))


def _succeeded(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    if data.get("relation") == REPLACES:
        return msg("An agreement that replaces it was signed.")
    return msg("The agreement that follows it was signed.")


def _archived(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg(
        "The agreement was made ready for the archive of ${party}: ${count} files.",
        party=t.party(data.get("party")),
        count=len(data.get("files", ())),
    )


def _yearly_done(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    year = data.get("year", "?")
    if data.get("kind") == "attendance":
        return msg("A visit that a clause asks for was recorded for ${year}.", year=year)
    return msg("A task that a clause asks for was recorded as done for ${year}.", year=year)


def _yearly_undone(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return msg("What was recorded in entry ${number} was taken back.", number=data.get("entry", "?"))


def _linked(t: Tells, entry: Entry, data: _Data, clear: _Clear) -> Message:
    return CONNECTED.get((entry["kind"], data.get("relation", ""), data.get("direction", ""))) or Message("")


def _deputy(sentence: Message) -> Callable[[Tells, Entry, _Data, _Clear], Message]:
    return lambda t, entry, data, clear: Message(sentence.text, {"party": t.party(data.get("party"))})


SENTENCES: dict[str, Callable[[Tells, Entry, _Data, _Clear], Message]] = {
    "created": _created,
    "text_saved": _text_saved,
    "title_changed": _title_changed,
    "attachment_added": _attachment(msg("“${name}” was attached."), msg("A file was attached.")),
    "attachment_removed": _attachment(
        msg("The attachment “${name}” was removed."), msg("An attachment was removed.")
    ),
    "rules_confirmed": _rules_confirmed,
    "rules_corrected": _said(msg("The rules were corrected.")),
    "question_answered": _said(msg("A question about the text was answered; the rules follow the answer.")),
    "definition_chosen": lambda t, entry, data, clear: chosen(t.request, entry),
    "correction_proposed": _said(msg("A correction of the rules was proposed.")),
    "correction_declined": _said(msg("The proposed correction of the rules was declined.")),
    "approval": _approval,
    "deputy_appointed": _deputy(msg("A deputy at meetings was named for ${party}.")),
    "deputy_ended": _deputy(msg("A deputy at meetings for ${party} stops.")),
    "transition": _transition,
    "recorded": _recorded,
    "refusal": _refusal,
    "round_closed": _round_closed,
    "evaluation_saved": _evaluation_saved,
    "matter_prepared": _matter_prepared,
    "matter_frozen": _matter_frozen,
    "matter_settled": _matter_settled,
    "matter_handled": _matter_handled,
    "matter_excerpt": _matter_excerpt,
    "succeeded": _succeeded,
    "archived": _archived,
    "yearly_done": _yearly_done,
    "yearly_undone": _yearly_undone,
    **MEETING_SENTENCES,
    **MINUTES_SENTENCES,
    **SEAL_SENTENCES,
    "linked": _linked,
    "unlinked": _linked,
}
"""Kind of entry → its sentence."""
