"""Checking the tree where it lies: leaves against entries, heads of tiles, and the heads that were kept.

One pass over the leaves in their order, a tile at a time, in memory that does
not grow with them. The root is worked out from the leaves alone, by other code
than what serves it. That an entry's hash is the hash of its bytes is for
``services.trail_check``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, exists, func, literal, select
from sqlalchemy.orm import Session, aliased

from workflow_app.domain.tlog.nodes import fold
from workflow_app.domain.tlog.tiles import HEIGHT, WIDTH, held
from workflow_app.domain.trail import Frontier, Said, TrailError
from workflow_app.models.trail import TrailEntry
from workflow_app.models.tree import Checkpoint, TrailLeaf, TrailTileHead, TrailWaiting
from workflow_app.services.log import sequencer


def check_tree(session: Session) -> list[Said]:
    """What was checked of the tree; raises :class:`TrailError` for the first thing that is wrong.

    Every entry has one leaf or waits for one; leaves are numbered without gaps
    and are the hashes of their entries, in the order of each chain; heads of
    tiles and kept checkpoints are what the leaves say.
    """
    whole, kept = _check_leaves(session)
    _check_entries(session)
    _check_order(session)
    said = [
        Said(
            f"Treet: {whole.size} blader uten hull, hvert lik sin oppføring, i rekkefølgen til hver kjede; "
            f"rot {whole.root().hex()}.",
            f"The tree: {whole.size} leaves without gaps, each equal to its entry, in the order of each "
            f"chain; root {whole.root().hex()}.",
        ),
        Said(
            f"{kept} sjekkpunkter som er tatt vare på, har den roten bladene gir.",
            f"{kept} checkpoints that were kept have the root that the leaves give.",
        ),
    ]
    waiting = sequencer.waiting(session)
    if waiting.entries:
        said.append(
            Said(
                f"{waiting.entries} oppføringer venter på plassen sin i treet.",
                f"{waiting.entries} entries wait for their place in the tree.",
            )
        )
    return said


def _wrong(nb: str, en: str) -> TrailError:
    return TrailError(f"Treet: {nb}.", f"The tree: {en}.")


def _check_leaves(session: Session) -> tuple[Frontier, int]:
    whole, kept = Frontier(), 0
    open_tiles: list[list[bytes]] = []
    for rows in _tiles(session):
        roots = _kept(session, whole.size, whole.size + len(rows))
        for row in rows:
            if row.number != whole.size + 1:
                raise _wrong(f"blad {whole.size + 1} mangler", f"leaf {whole.size + 1} is missing")
            if row.entry_hash != row.hash.hex():
                raise _wrong(
                    f"blad {row.number} er ikke hashen av oppføringen sin",
                    f"leaf {row.number} is not the hash of its entry",
                )
            _compare(whole, roots)
            whole.append(bytes(row.hash))
        kept += len(roots)
        if len(rows) == WIDTH:
            _carry(session, open_tiles, fold([bytes(row.hash) for row in rows])[HEIGHT][0], whole.size)
    last = _kept(session, whole.size, whole.size + 1)
    _compare(whole, last)
    beyond = session.scalar(select(func.max(Checkpoint.size)))
    if beyond is not None and beyond > whole.size:
        raise _wrong(
            f"et sjekkpunkt med {beyond} blader er tatt vare på, men det er bare {whole.size} blader",
            f"a checkpoint of {beyond} leaves was kept, but there are only {whole.size} leaves",
        )
    _count_heads(session, whole.size)
    return whole, kept + len(last)


def _tiles(session: Session) -> Iterator[Sequence[Row[int, bytes, str]]]:
    last = 0
    while True:
        # Page by page: other questions are asked on the same connection in between.
        rows = session.execute(
            select(TrailLeaf.number, TrailLeaf.hash, TrailEntry.hash.label("entry_hash"))
            .outerjoin(TrailEntry, TrailEntry.id == TrailLeaf.entry_id)
            .where(TrailLeaf.number > last)
            .order_by(TrailLeaf.number)
            .limit(WIDTH)
        ).all()
        if not rows:
            return
        yield rows
        last = rows[-1].number


def _kept(session: Session, first: int, before: int) -> dict[int, bytes]:
    rows = session.execute(
        select(Checkpoint.size, Checkpoint.root).where(Checkpoint.size >= first, Checkpoint.size < before)
    )
    return {row.size: bytes(row.root) for row in rows}


def _compare(whole: Frontier, roots: dict[int, bytes]) -> None:
    if whole.size in roots and roots[whole.size] != whole.root():
        raise _wrong(
            f"sjekkpunktet med {whole.size} blader har en annen rot enn bladene gir",
            f"the checkpoint of {whole.size} leaves has another root than the leaves give",
        )


def _carry(session: Session, open_tiles: list[list[bytes]], found: bytes, size: int) -> None:
    """Carry the head of a full tile upwards, comparing it with the one that is kept, and those it fills."""
    level = 0
    while True:
        level, size = level + 1, size // WIDTH
        kept = session.scalar(
            select(TrailTileHead.hash).where(TrailTileHead.level == level, TrailTileHead.number == size - 1)
        )
        if kept is None or bytes(kept) != found:
            raise _wrong(
                f"hodet til flis {size - 1} på nivå {level - 1} er ikke det bladene gir",
                f"the head of tile {size - 1} of level {level - 1} is not what the leaves give",
            )
        if len(open_tiles) < level:
            open_tiles.append([])
        tile = open_tiles[level - 1]
        tile.append(found)
        if len(tile) < WIDTH:
            return
        found = fold(tile)[HEIGHT][0]
        tile.clear()


def _count_heads(session: Session, size: int) -> None:
    rows = session.execute(select(TrailTileHead.level, func.count()).group_by(TrailTileHead.level))
    for level, count in rows:
        if level < 1 or count != held(level, size):
            raise _wrong(
                f"det er {count} hoder på nivå {level}, og det skal være {held(level, size)}",
                f"there are {count} heads of level {level}, and there should be {held(level, size)}",
            )


def _check_entries(session: Session) -> None:
    here, queued = (
        exists(select(literal(1)).where(table.entry_id == TrailEntry.id))
        for table in (TrailLeaf, TrailWaiting)
    )
    lost = session.scalar(select(TrailEntry.id).where(~here, ~queued).limit(1))
    if lost is not None:
        raise _wrong(
            f"en oppføring har verken blad eller plass i køen (id {lost}); avtaleflyt log sequence",
            f"an entry has neither a leaf nor a place in the queue (id {lost}); avtaleflyt log sequence",
        )
    entry = exists(select(literal(1)).where(TrailEntry.id == TrailWaiting.entry_id))
    leaf = exists(select(literal(1)).where(TrailLeaf.entry_id == TrailWaiting.entry_id))
    odd = session.scalar(select(TrailWaiting.entry_id).where(~entry | leaf).limit(1))
    if odd is not None:
        raise _wrong(
            f"noe står i køen som ikke skal stå der (id {odd})",
            f"something stands in the queue that does not belong there (id {odd})",
        )


def _check_order(session: Session) -> None:
    before, its_leaf, leaf = aliased(TrailEntry), aliased(TrailLeaf), aliased(TrailLeaf)
    turned = session.execute(
        select(TrailEntry.chain, TrailEntry.number)
        .join(leaf, leaf.entry_id == TrailEntry.id)
        .join(before, (before.chain == TrailEntry.chain) & (before.number == TrailEntry.number - 1))
        .outerjoin(its_leaf, its_leaf.entry_id == before.id)
        .where(its_leaf.number.is_(None) | (its_leaf.number > leaf.number))
        .limit(1)
    ).first()
    if turned is not None:
        raise _wrong(
            f"oppføring {turned.number} i kjeden {turned.chain!r} står foran den som kom før den",
            f"entry {turned.number} of the chain {turned.chain!r} stands before the one that came first",
        )
