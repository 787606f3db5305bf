"""Finding one's way on a page as a person does: the form with a field, what is wrong, the buttons.

Nothing here depends on the words of the page, which are in the reader's language.
"""

from __future__ import annotations

import base64
from typing import Any

from tests.functional.conftest import TEXT, Program, Site


def form(page: Any, field: str) -> Any:
    """The form that has this field."""
    return next(f for f in page.forms.values() if field in f.fields)


def has_form(page: Any, field: str) -> bool:
    """Whether a form with this field is on the page."""
    return any(field in f.fields for f in page.forms.values())


def wrong(page: Any) -> list[str]:
    """Where the faults on the page point, without the #."""
    return [a["href"].removeprefix("#") for a in page.html.select(".ds-error-summary a")]


def press(form_: Any, value: str, **more: Any) -> Any:
    """Press the button ``action=value``."""
    buttons = [b for b in form_.fields["action"] if b.attrs.get("value", b._value) == value]
    return form_.submit("action", index=form_.fields["action"].index(buttons[0]), **more)


def with_button(page: Any, value: str) -> Any:
    """The form that has the button ``action=value``."""
    return next(f for f in page.forms.values() if any(b._value == value for b in f.fields.get("action", ())))


def radio(form_: Any, value: str) -> None:
    """Choose this value among the radio buttons that offer it."""
    for name, fields in form_.fields.items():
        options = getattr(fields[0], "options", None)
        if name and options and any(option[0] == value for option in options):
            form_[name] = value
            return
    raise AssertionError(f"nothing to choose {value!r} among")


def encoded(content: bytes | str) -> str:
    """Base64, as a program sends a file."""
    return base64.b64encode(content.encode() if isinstance(content, str) else content).decode()


def wanted(site: Site, **more: Any) -> dict[str, Any]:
    """What a program sends to start an agreement of Moss."""
    return {
        "filename": "avtale.txt",
        "content_base64": encoded(TEXT),
        "municipal": [site.party["moss"]],
        "police": [site.party["politi.moss"]],
    } | more


def fresh(site: Site, slt: Program, **more: Any) -> str:
    """A draft of Moss whose rules nobody has looked at."""
    made: str = slt.post("/agreements/add", wanted(site, **more), status=201)["id"]
    return made
