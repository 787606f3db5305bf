"""Templates are compiled one at a time.

Making syntax trees in two threads at once fails in CPython before 3.11.8
("AST constructor recursion depth mismatch", python/cpython gh-106905): it
counts the depth once for all threads. Chameleon compiles a page at its first
visit, so two people who come just after a start would see an error. Taking
turns costs nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Collection
from threading import RLock

from chameleon.template import BaseTemplate

_TURN = RLock()
_compile = BaseTemplate._compile


def _in_turn(template: BaseTemplate, body: str, builtins: Collection[str]) -> str:
    with _TURN:
        return str(_compile(template, body, builtins))


def take_turns() -> None:
    """Let no template be compiled while another is; calling it again changes nothing."""
    BaseTemplate._compile = _in_turn  # type: ignore[method-assign, assignment]  # the one place
