"""The attacks themselves, on a copy of the database: what an operator can do who has all but the witnesses.

Triggers are dropped; entries, leaves, heads of tiles, kept checkpoints and cosignatures are
rewritten so that the database agrees with itself. The server signs whatever it finds with the
true key of the log, as it always does: nobody need steal it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from workflow_app.domain.tlog.nodes import fold
from workflow_app.domain.tlog.tiles import HEIGHT, WIDTH
from workflow_app.domain.trail import decode, encode, entry_hash


class Target(NamedTuple):
    """Where the attack goes: leaf numbers from 1, the victim's, and the sizes at the moments of the world."""

    victim: int
    receipt: int
    cosigned: int


class Forger:
    """The operator's hands in one database."""

    def __init__(self, connection: sqlite3.Connection, target: Target) -> None:
        self.db, self.target = connection, target
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')

    def leaves(self) -> list[tuple[int, int]]:
        """Leaf number and entry, in the order of the tree."""
        return self.db.execute("SELECT number, entry_id FROM trail_leaf ORDER BY number").fetchall()

    def body(self, entry: int) -> dict[str, Any]:
        """What an entry says."""
        (raw,) = self.db.execute("SELECT body FROM trail_entry WHERE id = ?", (entry,)).fetchone()
        return decode(raw)

    def put(self, entry: int, said: dict[str, Any]) -> str:
        """Write the entry anew, with its hash, its columns and its leaf; the new hash."""
        raw = encode(said)
        digest = entry_hash(raw)
        at = datetime.fromisoformat(said["at"]).astimezone(UTC)
        self.db.execute(
            "UPDATE trail_entry SET body = ?, hash = ?, previous = ?, number = ?, at = ? WHERE id = ?",
            (raw, digest, said["previous"], said["number"], f"{at:%Y-%m-%d %H:%M:%S.%f}", entry),
        )
        self.db.execute("UPDATE trail_leaf SET hash = ? WHERE entry_id = ?", (bytes.fromhex(digest), entry))
        return digest

    def agree(self, first: int) -> None:
        """Make what is worked out from the leaves fit them again, and hide every head that would tell."""
        self.db.execute("DELETE FROM checkpoint WHERE size >= ?", (first,))
        self.db.execute("DELETE FROM cosignature WHERE size >= ?", (first,))
        self.db.execute("DELETE FROM trail_tile_head")
        level = [bytes(row[0]) for row in self.db.execute("SELECT hash FROM trail_leaf ORDER BY number")]
        for height in range(1, 8):
            full = len(level) // WIDTH
            level = [fold(level[n * WIDTH : (n + 1) * WIDTH])[HEIGHT][0] for n in range(full)]
            self.db.executemany(
                "INSERT INTO trail_tile_head VALUES (?, ?, ?)", [(height, n, h) for n, h in enumerate(level)]
            )

    def keep(self, leaves: list[tuple[int, int]]) -> None:
        """Let the tree have these leaves and no others, numbered anew; the entries of the rest go."""
        kept = [entry for _, entry in leaves]
        hashes = dict(self.db.execute("SELECT entry_id, hash FROM trail_leaf").fetchall())
        self.db.execute("DELETE FROM trail_leaf")
        self.db.executemany(
            "INSERT INTO trail_leaf (number, entry_id, hash) VALUES (?, ?, ?)",
            [(number, entry, hashes[entry]) for number, entry in enumerate(kept, 1)],
        )
        gone = [(entry,) for entry in hashes if entry not in set(kept)]
        self.db.executemany("DELETE FROM trail_clear WHERE entry_id = ?", gone)
        self.db.executemany("DELETE FROM trail_entry WHERE id = ?", gone)

    def chain_anew(self) -> None:
        """Number and link every chain again, in the order of the tree."""
        heads: dict[str, tuple[int, str | None]] = {}
        # Out of the way first: two entries must not have one number for a moment.
        self.db.execute("UPDATE trail_entry SET number = number + 1000000")
        for _, entry in self.leaves():
            said = self.body(entry)
            number, previous = heads.get(said["chain"], (0, None))
            said |= {"number": number + 1, "previous": previous}
            heads[said["chain"]] = number + 1, self.put(entry, said)

    @property
    def victim(self) -> int:
        """The entry of the victim's leaf."""
        return dict(self.leaves())[self.target.victim]


def backdated(said: dict[str, Any]) -> dict[str, Any]:
    """The same entry, a month earlier: as if it had been agreed in time."""
    at = datetime.fromisoformat(said["at"]) - timedelta(days=30)
    return {**said, "at": at.isoformat()}


def edit(f: Forger) -> None:
    """One entry says something else; nothing around it is touched."""
    f.put(f.victim, backdated(f.body(f.victim)))
    f.agree(f.target.victim)


def delete(f: Forger) -> None:
    """One entry is gone, the chain linked again over the gap."""
    f.keep([leaf for leaf in f.leaves() if leaf[0] != f.target.victim])
    f.chain_anew()
    f.agree(f.target.victim)


def reorder(f: Forger) -> None:
    """Two entries have changed places, the chains linked again in the new order."""
    order = f.leaves()
    place = f.target.victim - 1
    order[place - 1], order[place] = order[place], order[place - 1]
    f.keep(order)
    f.chain_anew()
    f.agree(f.target.victim - 1)


def truncate(f: Forger) -> None:
    """What came after the receipt never happened."""
    f.keep(f.leaves()[: f.target.receipt])
    f.agree(f.target.receipt + 1)


def delete_all(f: Forger) -> None:
    """There never was a log."""
    f.keep([])
    f.agree(0)


def rewrite(f: Forger) -> None:
    """One entry says something else, and every one after it is numbered, linked and hashed anew."""
    f.put(f.victim, backdated(f.body(f.victim)))
    f.chain_anew()
    f.agree(f.target.victim)


def uncosigned(f: Forger) -> None:
    """The newest entry, which nobody outside has seen, says something else."""
    newest = f.leaves()[-1]
    assert newest[0] > f.target.cosigned
    f.put(newest[1], backdated(f.body(newest[1])))
    f.chain_anew()
    f.agree(newest[0])


ATTACKS: Mapping[str, Callable[[Forger], None]] = {
    act.__name__: act for act in (edit, delete, reorder, truncate, delete_all, rewrite, uncosigned)
}
"""Those that forge the database; a role and a key are given through the front door, a split needs two."""


def attack(file: Path, target: Target, name: str) -> None:
    """Do it, in one transaction."""
    with closing(sqlite3.connect(file)) as connection, connection:
        ATTACKS[name](Forger(connection, target))
