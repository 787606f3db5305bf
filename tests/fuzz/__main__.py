"""``make fuzz``: mutated texts and files by the hundred thousand; or one seed, shown and read again."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tqdm import tqdm

from tests.fuzz.cases import case_of, wrong_with
from tests.fuzz.runner import Outcome, run

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
    args = parser.parse_args(arguments)
    if args.seed is not None:
        return _one(args.seed)
    seeds = range(args.first, args.first + args.count)
    with tqdm(total=len(seeds), unit="text", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:
        outcome = run(seeds, workers=args.workers, progress=lambda taken: bar.update(taken - bar.n))
    print(report(seeds, outcome))
    return 1 if outcome.failures else 0


def report(seeds: range, outcome: Outcome, folder: Path = FAILED) -> str:
    """The counts, and for each failure where its input was saved and how it is repeated."""
    lines = [
        f"{outcome.taken} inputs (seeds {seeds.start} to {seeds.stop - 1}) in {outcome.seconds:.1f} s, "
        f"{outcome.per_second:.0f} a second; {len(outcome.failures)} failed; "
        f"the slowest, seed {outcome.slowest_seed}, took {outcome.slowest:.2f} s"
    ]
    for seed, why in sorted(outcome.failures.items()):
        folder.mkdir(parents=True, exist_ok=True)
        saved = folder / f"{seed}.input"
        saved.write_bytes(case_of(seed).saved)
        lines.append(
            f"seed {seed}: {'; '.join(why)}\n  saved as {saved}; again: python -m tests.fuzz --seed {seed}"
        )
    return "\n".join(lines)


def _one(seed: int) -> int:
    case = case_of(seed)
    print(repr(case.text if case.content is None else case.content))
    wrong = wrong_with(case)
    print("\n".join(wrong) or "nothing is wrong with it")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
