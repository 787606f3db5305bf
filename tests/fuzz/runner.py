"""The pool: some processes, each watched; one that hangs over a seed or dies of it is replaced.

A thread for each process would do as well, but then a test of the watchdog
would have to wait for threads; one loop over the processes' pipes is all it takes.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30.0
"""How long one input may take."""

Command = Callable[[range], Sequence[str]]


def command(seeds: range, what: str = "texts") -> Sequence[str]:
    """The command line of a process that takes these seeds of a kind (``worker.KINDS``)."""
    numbers = map(str, (seeds.start, seeds.stop, seeds.step))
    return [sys.executable, "-m", "tests.fuzz.worker", *numbers, what]


@dataclass
class Outcome:
    """How many inputs were taken, the failures by seed, and the slowest."""

    taken: int = 0
    failures: dict[int, list[str]] = field(default_factory=dict)
    slowest: float = 0.0
    slowest_seed: int = -1
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Inputs a second, all processes together."""
        return self.taken / self.seconds if self.seconds else 0.0


@dataclass
class _Process:
    seeds: range
    process: subprocess.Popen[bytes]
    seed: int | None = None
    since: float = 0.0
    rest: bytes = b""

    @property
    def left(self) -> range:
        """The seeds after the one in hand; all of them before the first."""
        return (
            self.seeds
            if self.seed is None
            else range(self.seed + self.seeds.step, self.seeds.stop, self.seeds.step)
        )


def run(
    seeds: range,
    *,
    workers: int = 2,
    seconds: float = SECONDS,
    start: Command = command,
    progress: Callable[[int], object] = lambda taken: None,
) -> Outcome:
    """Take every seed in one of ``workers`` processes; one that takes more than ``seconds`` is a failure.

    ``start`` gives the command line that takes a range of seeds; ``progress`` is
    told how many are done whenever something was heard.
    """
    outcome, begun = Outcome(), time.monotonic()
    with selectors.DefaultSelector() as watch:
        running = [_begin(seeds[n::workers], start, watch) for n in range(min(workers, len(seeds)))]
        try:
            while running:
                for key, _ in watch.select(timeout=min(1.0, seconds / 4)):
                    _hear(key.data, outcome)
                progress(outcome.taken)
                running = [
                    after for one in running if (after := _looked_after(one, outcome, seconds, start, watch))
                ]
        finally:
            for one in running:
                _end(one, watch)
    outcome.seconds = time.monotonic() - begun
    return outcome


def _begin(seeds: range, start: Command, watch: selectors.BaseSelector) -> _Process:
    process = subprocess.Popen(start(seeds), stdout=subprocess.PIPE, cwd=ROOT)
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    # Starting Python and the imports are on nobody's account.
    made = _Process(seeds, process, since=time.monotonic() + 30)
    watch.register(process.stdout, selectors.EVENT_READ, made)
    return made


def _end(one: _Process, watch: selectors.BaseSelector) -> None:
    assert one.process.stdout is not None
    one.process.kill()
    one.process.wait()
    watch.unregister(one.process.stdout)
    one.process.stdout.close()


def _hear(one: _Process, outcome: Outcome) -> None:
    """Take in what a process has said."""
    assert one.process.stdout is not None
    while said := one.process.stdout.read(1 << 16):
        *lines, one.rest = (one.rest + said).split(b"\n")
        for line in lines:
            told = json.loads(line)
            if isinstance(told, list):
                outcome.failures[told[0]] = told[1]
            else:
                _taken(one, outcome)
                one.seed, one.since = told, time.monotonic()


def _taken(one: _Process, outcome: Outcome) -> None:
    if one.seed is None:
        return
    outcome.taken += 1
    took = time.monotonic() - one.since
    if took > outcome.slowest:
        outcome.slowest, outcome.slowest_seed = took, one.seed


def _looked_after(
    one: _Process, outcome: Outcome, seconds: float, start: Command, watch: selectors.BaseSelector
) -> _Process | None:
    """The process, its successor where it hung or died, None where it is done."""
    code = one.process.poll()
    late = time.monotonic() - one.since > seconds
    if code is None and not late:
        return one
    _hear(one, outcome)
    _taken(one, outcome)
    _end(one, watch)
    if code == 0:
        return None
    if one.seed is None:
        raise RuntimeError(f"a process of the fuzzer ended with {code} before its first seed")
    why = f"no answer in {seconds:g} s; killed" if code is None else f"the process died with code {code}"
    outcome.failures.setdefault(one.seed, []).append(why)
    return _begin(one.left, start, watch) if one.left else None
