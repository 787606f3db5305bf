"""The frame of every page: the person, the languages, what just happened."""

from __future__ import annotations

from collections.abc import Iterable

from pyramid.csrf import get_csrf_token
from pyramid.request import Request
from pyramid.settings import asbool

from workflow_app.domain.messages import Message, msg
from workflow_app.services.mail.listing import minds_mail, stopped_for
from workflow_app.web.pagemodels import Choice, Flash, Layout, SignedIn
from workflow_app.web.present.file_notes import file_notes
from workflow_app.web.present.words import capacity, day

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}

DONE: dict[str, Message] = {
    "approved": msg("Your approval is recorded. It waits for others now."),
    "moved": msg("Done. The agreement has moved on."),
    "recorded": msg("Recorded."),
    "saved": msg("Saved."),
    "erased": msg("The person is erased; the trail says that it was done."),
    "created": msg("The draft is made. Look at the rules that were read from its clauses."),
    "confirmed": msg("The rules are confirmed."),
    "corrected": msg("The rule is corrected."),
    "answered": msg("The answer is saved, and the rules follow it."),
    "chosen": msg("The workflow is chosen."),
    "proposed": msg("The correction is proposed. It waits for the other coordinators."),
    "declined": msg("The proposal is declined and counts no more."),
    "removed": msg("Removed."),
    "added": msg("Added."),
    "repeated": msg("You had done this already; nothing was changed."),
    "sent": msg("The invitation is sent."),
    "frozen": msg("The paper is frozen. It goes to the meeting as it is."),
    "signed_out": msg("You are signed out."),
    "taken_back": msg("The calendar address is taken back and opens nothing more."),
    "handed_over": msg("The role is handed over."),
    "mail_aside": msg("Let be. It is not sent any more."),
    "mail_corrected": msg(
        "The address is corrected. Mail that waits goes there; what came back goes when you send it again."
    ),
    "mail_waits": msg("It waits to be sent, and goes within a few minutes."),
    "seals_wait": msg("It is tried again within a minute."),
    "passkey_added": msg("The passkey is added. You can log in and sign with it."),
    "passkey_removed": msg("The passkey is removed. What it signed stands."),
    "witness_added": msg("The witness is registered. What it cosigns counts from now on."),
    "witness_retired": msg("The witness is retired. What it has cosigned still counts."),
    "password_set": msg("Your password is set. Log in with it."),
}
"""What a page can be told to say after a redirect, by its code in ``?done=``."""


def layout(request: Request, nav: str = "", flashes: Iterable[Flash] = ()) -> Layout:
    """The frame for this request."""
    me = request.me
    set_day = request.registry.get("today")
    done = DONE.get(request.GET.get("done", ""))
    shown = tuple(flashes) + ((Flash(request.say(done)),) if done else ()) + file_notes(request)
    minds = me is not None and minds_mail(me.who)
    return Layout(
        language=request.locale_name,
        csrf_token=get_csrf_token(request),
        person=SignedIn(me.who.name, tuple(capacity(request, h) for h in me.who.holdings)) if me else None,
        languages=tuple(
            Choice(code, name, chosen=code == request.locale_name) for code, name in LANGUAGE_NAMES.items()
        ),
        flashes=shown,
        nav=nav,  # type: ignore[arg-type]  # a NavKey; unknown ones mark nothing
        root=request.application_url.removeprefix(request.host_url).rstrip("/"),
        static=request.static_path("workflow_app.web:static/").rstrip("/"),
        here=request.path_qs,
        mail=_mail(request) if minds else None,
        clock=request.say(msg("The clock is set to ${day}.", day=day(request, set_day).text))
        if set_day
        else None,
        demonstration=asbool(request.registry.settings.get("avtaleflyt.demonstration")),
    )


def _mail(request: Request) -> int:
    """How many mails need whoever minds them."""
    with request.glance() as db:
        return stopped_for(db, request.who, request.today)
