"""No template is compiled while another is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from chameleon import PageTemplate
from chameleon.loader import MemoryLoader
from chameleon.template import BaseTemplate

from workflow_app.web import compiling


def test_two_threads_compile_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Barrier(2)
    compiled = compiling._compile
    met: list[bool] = []

    def watched(template: Any, body: str, builtins: Any) -> str:
        # Whoever compiles waits here for the other, who must not come before this one is done.
        try:
            both.wait(timeout=0.2)
            met.append(True)
        except BrokenBarrierError:
            met.append(False)
        return str(compiled(template, body, builtins))

    monkeypatch.setattr(compiling, "_compile", watched)
    monkeypatch.setattr(BaseTemplate, "_compile", watched)
    # Nothing kept from an earlier run.
    monkeypatch.setattr(BaseTemplate, "loader", MemoryLoader())
    compiling.take_turns()
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(lambda n: PageTemplate(f"<p>${{{n} + 1}}</p>")(), (1, 2)))
    assert drawn == ["<p>2</p>", "<p>3</p>"]
    assert met == [False, False]
