"""A process that is the sequencer again and again, until it is told to stop by the end of its input.

    python sequencer_process.py URL LIMIT [die]

With ``die`` it says "in" in the middle of its first batch, when the leaves are
written and nothing is committed, and waits there to be killed.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Sequence

from sqlalchemy.orm import Session

from workflow_app.models.database import make_engine
from workflow_app.services.log import sequencer, tree


def main(url: str, limit: int, die: bool) -> None:
    """Sequence until standard input ends, and once more."""
    if die:
        extend = tree.extend

        def half(session: Session, leaves: Sequence[tuple[int, bytes]]) -> None:
            extend(session, leaves)
            print("in", flush=True)
            time.sleep(60)

        tree.extend = half
    over = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    engine = make_engine(url)
    print("ready", flush=True)
    done = 0
    while not over.is_set():
        done += sequencer.drain(engine, limit)
        time.sleep(0.005)
    print(done + sequencer.drain(engine, limit), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), "die" in sys.argv[3:])
