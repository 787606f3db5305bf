"""``make fuzz``: texts, proofs and bundles, mutated by the hundred thousand; or one seed, read again."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path

from tqdm import tqdm

from tests.fuzz.runner import Outcome, command, run
from tests.fuzz.worker import KINDS

FAILED = Path("var/fuzz")


def main(arguments: list[str] | None = None) -> int:
    """Run, print counts and rate; 1 where something failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=2_000, help="how many seeds (else 2000)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first seed (else 0)")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="processes (else one a core)"
    )
    parser.add_argument("--seed", type=int, help="show this one alone, and read it in this process")
    parser.add_argument("--what", choices=list(KINDS), help="one kind alone (else all)")
    args = parser.parse_args(arguments)
    if args.seed is not None:
        return _one(args.seed, args.what or "texts")
    seeds, failed = range(args.first, args.first + args.count), False
    for what in [args.what] if args.what else KINDS:
        with tqdm(total=len(seeds), unit=what, file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
            outcome = run(
                seeds, workers=args.workers, start=partial(command, what=what),
                progress=lambda taken, bar=bar: bar.update(taken - bar.n),
            )  # fmt: skip
        print(report(seeds, outcome, what=what))
        failed = failed or bool(outcome.failures)
    return 1 if failed else 0


def report(seeds: range, outcome: Outcome, folder: Path = FAILED, what: str = "texts") -> str:
    """The counts, and for each failure where its input was saved and how it is repeated."""
    last = seeds.stop - 1
    lines = [
        f"{what}: {outcome.taken} inputs (seeds {seeds.start} to {last}) in {outcome.seconds:.1f} s, "
        f"{outcome.per_second:.0f} a second; {len(outcome.failures)} failed; "
        f"the slowest, seed {outcome.slowest_seed}, took {outcome.slowest:.2f} s"
    ]
    prefix, more = ("", "") if what == "texts" else (f"{what}-", f" --what {what}")
    for seed, why in sorted(outcome.failures.items()):
        folder.mkdir(parents=True, exist_ok=True)
        saved = folder / f"{prefix}{seed}.input"
        saved.write_bytes(KINDS[what].case_of(seed).saved)
        again = f"python -m tests.fuzz --seed {seed}{more}"
        lines.append(f"seed {seed}: {'; '.join(why)}\n  saved as {saved}; again: {again}")
    return "\n".join(lines)


def _one(seed: int, what: str) -> int:
    case = KINDS[what].case_of(seed)
    print(repr(case))
    wrong = KINDS[what].wrong_with(case)
    print("\n".join(wrong) or "nothing is wrong with it")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
