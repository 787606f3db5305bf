"""What stands in an address that filters a list, held against what the list knows.

A filter that was misspelt and let pass gives the whole list, and a table that
was saved from it looks like an answer. So whatever isn't understood is refused,
one sentence each, with what would be right; in the same words for every list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflow_app.domain.messages import Message, msg
from workflow_app.services.errors import FieldErrors

BESIDE = frozenset({"done", "notes", "lang"})
"""Parameters that any page may have: what it is to say after a change, and the reader's language."""

LONGEST = 200
"""Characters of one value that are looked at."""


class WrongFilters(FieldErrors):
    """What a list cannot be filtered by; without it the same address is a list again."""


def strange(
    given: Iterable[tuple[str, str]], names: tuple[str, ...], beside: Iterable[str] = ()
) -> dict[str, Message]:
    """By name, each parameter that is no filter of these ``names``, and each that is given more than once.

    ``beside`` are the list's parameters that filter nothing, such as the place where a page begins.
    """
    known, found, seen = {*names, *beside, *BESIDE}, dict[str, Message](), set[str]()
    for name, _ in given:
        short = name[:LONGEST]
        if name not in known:
            found[short] = msg(
                "There is no filter called «${name}» here; choose among ${choices}.",
                name=short,
                choices=", ".join(names),
            )
        elif name in seen:
            found[short] = msg("«${name}» is given more than once; give it once.", name=short)
        seen.add(name)
    return found


def no_such(name: str, value: str, choices: Iterable[str]) -> Message:
    """That a filter has no such value, and which it has."""
    return msg(
        "«${value}» is no value of the filter ${name}; choose among ${choices}.",
        value=value,
        name=name,
        choices=", ".join(choices),
    )


def shortened(query: Mapping[str, str]) -> dict[str, str]:
    """The values without the spaces around them, and no more of each than is looked at."""
    return {name: value.strip()[:LONGEST] for name, value in query.items()}
