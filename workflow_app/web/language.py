"""Which language a page speaks, and the saying of domain messages in it.

A person's own choice comes first, then the language of the kommune the page is
about, then that of the kommune she works for, then the browser's, then bokmål.
"""

from __future__ import annotations

from datetime import date, datetime

from pyramid.config import Configurator
from pyramid.request import Request
from translationstring import TranslationString

from workflow_app.domain.dates import Interval, render
from workflow_app.domain.messages import Message
from workflow_app.services.parties import language_of

LANGUAGES = ("nb", "nn", "en")
COOKIE = "avtaleflyt_language"


def locale(request: Request) -> str:
    """The language of this request: "nb", "nn" or "en"."""
    who = request.who
    candidates = [request.cookies.get(COOKIE), who.language if who else None]
    candidates.append(getattr(request.context, "language", None) if hasattr(request, "context") else None)
    for candidate in candidates:
        if candidate in LANGUAGES:
            return str(candidate)
    if who and who.holdings:
        with request.glance() as db:
            spoken = language_of(db, [h.party for h in who.holdings])
        if spoken in LANGUAGES:
            return str(spoken)
    wanted = request.accept_language.lookup(["nb", "nn", "no", "en"], default="nb")
    return "nb" if wanted == "no" else str(wanted)


def negotiate(request: Request) -> str:
    """Pyramid's hook for :func:`locale`."""
    return locale(request)


def say(request: Request, message: Message | str) -> str:
    """The message in the language of the request, its values put in (messages in turn said)."""
    if isinstance(message, str):
        message = Message(message)
    text = _translated(request, message.text)
    if not message.values:
        return text
    values = {k: _value(request, v) for k, v in message.values.items()}
    return str(TranslationString(message.text, default=text, mapping=values).interpolate())


def _translated(request: Request, text: str) -> str:
    """The sentence in the language of the request, its values not put in; found once for a page.

    A list says the same few sentences in each of its rows.
    """
    known: dict[str, str] | None = getattr(request, "sentences", None)
    if known is None:
        known = request.sentences = {}
    if text not in known:
        known[text] = request.localizer.translate(TranslationString(text, domain="avtaleflyt"))
    return known[text]


def _value(request: Request, value: object) -> str:
    """A value as it is read: messages said, days in words, the rest as it is."""
    if isinstance(value, Message):
        return say(request, value)
    if isinstance(value, date | Interval) and not isinstance(value, datetime):
        return render(value, request.locale_name)
    return str(value)


def includeme(config: Configurator) -> None:
    """Catalogues are those compiled into ``workflow_app/locale``."""
    config.add_translation_dirs("workflow_app:locale/")
    config.set_locale_negotiator(negotiate)
    config.add_request_method(say)
