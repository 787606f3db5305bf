"""``make recall``: both sets of clauses measured, and the held-out one by kind, as JSON.

The held-out set says how the reader does on an agreement nobody here has seen,
and only as long as nobody mends the reader against its rows: look at the sums.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict

from tests.support.clause_sets import Verdict, judged, parsed, rows, summed


def main() -> None:
    """Measure and print."""
    found: dict[str, object] = {
        name: summed(judged(row) for row in rows(name)) for name in ("seen", "held_out")
    }
    by_kind: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows("held_out"):
        verdict: Verdict = judged(row)
        for spec in row["wanted"]:
            count = by_kind[parsed(spec)[0]]
            count[0] += spec not in verdict.missed
            count[1] += 1
    found["held_out_by_kind"] = {kind: f"{read} of {all_}" for kind, (read, all_) in sorted(by_kind.items())}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
