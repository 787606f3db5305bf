"""Saying a sentence: translated once for a page, with the values of each time it is said."""

from __future__ import annotations

from datetime import date

from pyramid.testing import DummyRequest

from workflow_app.domain.messages import msg
from workflow_app.web.language import say


class Counting:
    """A localizer that counts what it is asked to translate."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def translate(self, text: str) -> str:
        self.asked.append(str(text))
        return {"since ${day}": "siden ${day}", "yes": "ja"}.get(str(text), str(text))


def test_a_sentence_is_found_once_and_filled_in_each_time() -> None:
    request = DummyRequest(localizer=Counting(), locale_name="nb")
    assert say(request, msg("since ${day}", day=date(2026, 3, 3))) == "siden 3. mars 2026"
    assert say(request, msg("since ${day}", day="${day} <b>")) == "siden ${day} <b>"
    assert say(request, msg("since ${day}", day=msg("yes"))) == "siden ja"
    assert (say(request, "yes"), say(request, msg("yes"))) == ("ja", "ja")
    assert request.localizer.asked == ["since ${day}", "yes"]
