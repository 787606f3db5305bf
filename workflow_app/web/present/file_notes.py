"""What was left out of an uploaded file: told right after the upload, wherever that leads."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.services.material import text_of
from workflow_app.services.texts import notes_of
from workflow_app.web.pagemodels import Flash


def file_notes(request: Request) -> tuple[Flash, ...]:
    """A message for each note of the agreement's newest text, on the page an upload leads to (``?notes=1``).

    That page has been walked to, so whoever sees it may see the agreement.
    """
    agreement = getattr(getattr(request, "context", None), "agreement", None)
    if request.GET.get("notes") != "1" or agreement is None:
        return ()
    return tuple(
        Flash(request.say(note), "warning") for note in notes_of(text_of(request.reading, agreement))
    )
