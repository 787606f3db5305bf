"""What a program may ask the log for: numbers in the address, each with a sentence for what is none."""

from __future__ import annotations

from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.web.log_resources import LONGEST_NUMBER


def number(request: Request, name: str, otherwise: int | None = None) -> int:
    """The parameter ``name`` as a whole number from 0 on; ``otherwise`` where it isn't there.

    Raises ``FieldErrors`` for what is no such number, and for one that is missing and has to be there.
    """
    told = request.GET.get(name)
    if told is None and otherwise is not None:
        return otherwise
    if told is None:
        raise FieldErrors(
            {name: msg("The address lacks ${name}; write it as a whole number, as ${name}=1207.", name=name)}
        )
    text = told
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise FieldErrors(
            {
                name: msg(
                    "«${value}» is no ${name}; write it as a whole number, as ${name}=1207.",
                    value=text[:20],
                    name=name,
                )
            }
        )
    return int(text)


def within(size: int, there_are: int) -> int:
    """``size`` where the tree has so many leaves; raises ``NotThere`` for more."""
    if size > there_are:
        raise NotThere(
            "no_such_size",
            msg("The tree has ${have} leaves, and not ${asked} yet.", have=there_are, asked=size),
        )
    return size
