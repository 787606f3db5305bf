"""What is *endelig*: the newest head that witnesses of both sides of an agreement have cosigned.

Both on the same size, and so, since one head is kept for each size, on the same
root. Where an agreement has several parties on a side, each of them that has a
witness at work that the head tells of must be among those who cosigned it: who
keeps a witness is promised that nothing is final without it. A party without one
relies on its own side's others. Which witness speaks for whom on which head is
read from the trail (``services.log.at_work``): the rule is the verifier's own
(``domain.trail.Heads.final``), so that a page never says more than a receipt.

It is asked on every page about an agreement, so it is four short statements,
however many heads and agreements there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from workflow_app.domain.trail import MUNICIPAL as MUNICIPAL
from workflow_app.domain.trail import POLICE as POLICE
from workflow_app.domain.trail import SIDES as SIDES
from workflow_app.models.agreements import Agreement
from workflow_app.services.log import finality_asking as asking
from workflow_app.services.log.at_work import EVER, Span, spans

EMPTY = b""


@dataclass(frozen=True)
class Cosigned:
    """One party's cosignature of a head: by which witness, and when it says that it looked."""

    party: str
    party_name: str
    side: str
    witness: str
    vkey: str
    time: datetime


@dataclass(frozen=True)
class Watch:
    """One party's watch over the log: since when it has a witness at work, and how far that has come.

    ``since`` is None where it has none; ``size`` is 0 and ``seen`` None where none has cosigned yet.
    """

    party: str
    party_name: str
    side: str
    since: datetime | None = None
    size: int = 0
    seen: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How far an agreement's trail is final: the first ``size`` leaves of the log (0: nothing is).

    ``municipal`` and ``police`` are the earliest cosignature of each side; ``cosigned`` all of them, one
    for each party; ``since`` the later of what was needed, by the witnesses' own clocks. ``missing`` are
    the sides that have no witness at work now, ``watches`` how each party's stands, and ``waiting`` those
    with a witness at work that has not cosigned the newest head that any of the others has.
    """

    size: int = 0
    root: bytes = EMPTY
    municipal: Cosigned | None = None
    police: Cosigned | None = None
    since: datetime | None = None
    cosigned: tuple[Cosigned, ...] = ()
    watches: tuple[Watch, ...] = ()
    missing: tuple[str, ...] = SIDES

    @property
    def waiting(self) -> tuple[Watch, ...]:
        """The witnesses that are behind: the log went on, and these have not been seen."""
        newest = max((watch.size for watch in self.watches), default=0)
        return tuple(watch for watch in self.watches if watch.since is not None and watch.size < newest)


def is_final(position: int | None, standing: Standing) -> bool:
    """Whether the leaf at ``position`` (from 0; None while it has no place) is final."""
    return position is not None and position < standing.size


def standing(session: Session, agreement: Agreement | str, *, covering: int | None = None) -> Standing:
    """How far the trail of ``agreement`` (or the one with this id) is final.

    With ``covering``, the oldest head that made the leaf at that position final,
    for saying since when that entry is; size 0 where none has.
    """
    ident = agreement if isinstance(agreement, str) else agreement.id
    scene = _scenes(session, [ident]).get(ident, _Scene())
    return _found(session, scene, covering)


def standings(session: Session, agreements: Iterable[Agreement | str]) -> dict[str, Standing]:
    """The same for many agreements, by id; those of the same parties are asked about once."""
    idents = [one if isinstance(one, str) else one.id for one in agreements]
    known: dict[tuple[int, ...], Standing] = {}
    scenes = _scenes(session, idents)
    for scene in scenes.values():
        if scene.parties not in known:
            known[scene.parties] = _found(session, scene, None)
    return {ident: known[scenes[ident].parties] if ident in scenes else Standing() for ident in idents}


@dataclass
class _Scene:
    """Who looks after one agreement: how the watch of each party, by its id, stands.

    ``spans`` are the heads that each witness, by its id, counts on, and ``musts`` from
    which size on a party with a witness at work is waited for.
    """

    watches: dict[int, Watch] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)
    musts: dict[int, int] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[int, ...]:
        return tuple(sorted(self.watches))

    def on(self, side: str) -> list[int]:
        return [ident for ident, watch in self.watches.items() if watch.side == side]

    def bound(self) -> int:
        """No head larger than this is cosigned by both sides."""
        reach = {w.side: 0 for w in self.watches.values()}
        for watch in self.watches.values():
            reach[watch.side] = max(reach[watch.side], watch.size)
        return min((reach.get(side, 0) for side in SIDES), default=0)


def _scenes(session: Session, idents: Sequence[str]) -> dict[str, _Scene]:
    """Each party of each agreement, and how far its witnesses have come; three statements."""
    rows = session.execute(asking.watches(), {"idents": list(idents)}).all()
    counts = spans(session, {row.key for row in rows if row.vkey is not None})
    known = {row[5]: counts[row.key, row.vkey] for row in rows if (row.key, row.vkey) in counts}
    reached = _reached(session, known)
    scenes: dict[str, _Scene] = {}
    for ident, party_id, key, name, side, witness, _, since, retired in rows:
        scene = scenes.setdefault(ident, _Scene())
        watch = scene.watches.get(party_id, Watch(key, name, side))
        if since is not None and retired is None:
            watch = replace(watch, since=min(filter(None, (watch.since, since))))
        if (span := known.get(witness)) is not None:
            scene.spans[witness] = span
            if not span.ended:
                scene.musts[party_id] = min(span.first, scene.musts.get(party_id, span.first))
            size, time = reached.get(witness) or (0, 0)
            if size > watch.size:
                watch = replace(watch, size=size, seen=_moment(time))
        scene.watches[party_id] = watch
    return scenes


def _reached(session: Session, known: Mapping[int, Span]) -> dict[int, tuple[int, int]]:
    if not known:
        return {}
    rows = session.execute(asking.reached(len(known)), _bounds(known))
    return {ident: (size, time) for ident, size, time in rows if size is not None}


def _bounds(known: Mapping[int, Span]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for n, (ident, span) in enumerate(known.items()):
        told |= {f"id{n}": ident, f"first{n}": span.first, f"last{n}": span.last}
    return told


def _found(session: Session, scene: _Scene, covering: int | None) -> Standing:
    watches = tuple(scene.watches.values())
    missing = tuple(side for side in SIDES if not any(w.side == side and w.since for w in watches))
    bare = Standing(watches=watches, missing=missing)
    if not scene.bound() or (covering is not None and covering >= scene.bound()):
        return bare
    rows = session.execute(*_question(scene, covering)).all()
    if not rows:
        return bare
    # Of a party's witnesses the one that came first: from then on that party has seen it.
    earliest: dict[int, Cosigned] = {}
    for row in rows:
        watch = scene.watches[row.party_id]
        told = Cosigned(watch.party, watch.party_name, watch.side, row.name, row.vkey, _moment(row.time))
        earliest.setdefault(row.party_id, told)
    sides = {side: next(c for c in earliest.values() if c.side == side) for side in SIDES}
    # Who came to watch after that head was not waited for.
    needed = [c for ident, c in earliest.items() if scene.musts.get(ident, EVER) <= rows[0].size]
    return replace(
        bare,
        size=rows[0].size,
        root=rows[0].root,
        municipal=sides[MUNICIPAL],
        police=sides[POLICE],
        since=max(c.time for c in (*sides.values(), *needed)),
        cosigned=tuple(earliest.values()),
    )


def _question(scene: _Scene, covering: int | None) -> tuple[Executable, dict[str, Any]]:
    told: dict[str, Any] = {side: scene.on(side) for side in SIDES}
    told |= {"all": list(scene.parties), "bound": scene.bound(), **_bounds(scene.spans)}
    for n, (ident, first) in enumerate(scene.musts.items()):
        told |= {f"must{n}": ident, f"from{n}": first}
    if covering is not None:
        told["covering"] = covering
    return asking.cosigned(len(scene.spans), len(scene.musts), covering is not None), told


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
