"""One round of a witness: look at what the log says now, and cosign what follows from what was.

The heads that the log keeps are taken in ascending order and then its newest:
that way the witnesses of two parties who come by at different hours still sign
some of the same heads. Of each: check, write down, sign, hand over, in that order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from workflow_app.domain.tlog.nodes import MissingHashes, Nodes
from workflow_app.domain.tlog.proofs import consistency
from workflow_app.domain.trail import NoteSignature, note_bytes
from workflow_app.witness import files, judging, keys
from workflow_app.witness.client import Log
from workflow_app.witness.faults import Alarm, Forgotten, Refused, WitnessFault
from workflow_app.witness.house import House
from workflow_app.witness.judging import Seen, Unsigned
from workflow_app.witness.state import FOR_GOOD, State

MOST_KEPT = 64
"""Of a longer list of kept heads the newest are taken: after a long time off, the others say no more."""

Clock = Callable[[], float]


@dataclass
class Round:
    """One round under the witness's lock; ``said`` are the sizes that were cosigned and handed over."""

    house: House
    memory: State
    log: Log
    clock: Clock = time.time

    def __post_init__(self) -> None:
        self.said: list[int] = []
        self.rang: Alarm | None = None

    def go(self) -> list[int]:
        """Make the round; raises :class:`WitnessFault`, and keeps the evidence of an :class:`Alarm`."""
        no = self._hand_over()
        for size in self.log.kept(self.memory.size)[-MOST_KEPT:]:
            try:
                found = self._seen(self.log.note(size))
            except Unsigned:
                # A head from before the log changed its key, to a witness that was never given the old one:
                # it signs what it can check. The newest head has no such excuse.
                continue
            no = self._take(found)
        no = self._head() or no
        if no is not None and not self.memory.delivered:
            raise no
        return self.said

    def _head(self) -> Refused | None:
        found = self._seen(self.log.head())
        if found.head.size < self.memory.size:
            # Somewhere on the way an older answer may have been kept; the second one is believed.
            found = self._seen(self.log.head())
        self._or_alarm(lambda: judging.refuse_shorter(found.head, self.memory), found)
        return self._take(found)

    def _seen(self, raw: bytes) -> Seen:
        try:
            return judging.seen(raw, self.house.log_keys, self.house.known, self.memory)
        except Alarm as alarm:
            raise self.raise_alarm(alarm, raw) from alarm

    def _take(self, found: Seen) -> Refused | None:
        """Cosign one head if it is new; what the log said where it would not have it."""
        self._or_alarm(lambda: judging.refuse_fork(found.head, self.memory), found)
        if found.head.size <= self.memory.size:
            return None
        proof = self._proof(found)
        self._or_alarm(lambda: judging.refuse_rewritten(found.head, self.memory, proof), found, proof)
        self.remember(self.memory.moved(found.head.size, found.head.root, found.note))
        return self._hand_over()

    def _proof(self, found: Seen) -> list[bytes]:
        # From the tiles, which any such log has; no word of the log's is taken for a proof.
        try:
            return consistency(self.memory.size, found.head.size, Nodes(found.head.size, self.log.tile))
        except MissingHashes as error:
            raise WitnessFault(
                f"{self.log.url}: loggen mangler fliser for {found.head.size} oppføringer.",
                f"{self.log.url}: the log lacks tiles for {found.head.size} entries.",
            ) from error

    def _hand_over(self) -> Refused | None:
        if self.memory.delivered:
            return None
        line = self.sign()
        try:
            self.log.deliver(note_bytes(self.memory.text, [line]))
        except Refused as no:
            return no
        self.handed_over(line)
        self.said.append(self.memory.size)
        return None

    def remember(self, memory: State) -> None:
        """Write ``memory`` down and go on from it; from the one before, where the disk would not have it."""
        self.house.keep(memory)
        self.memory = memory

    def sign(self) -> NoteSignature:
        """Cosign what is remembered, and nothing else; it is on the disk already."""
        return keys.cosign(self.house.key_file, self.house.known, self.memory.text, int(self.clock()))

    def handed_over(self, line: NoteSignature) -> None:
        """Remember that ``line`` has reached whoever asked for it."""
        told = note_bytes(b"", [line]).decode().strip()
        self.memory = replace(self.memory, delivered=True, cosignature=told)
        self.house.keep(self.memory)

    def _or_alarm(self, check: Callable[[], None], found: Seen, proof: Sequence[bytes] = ()) -> None:
        try:
            check()
        except Alarm as alarm:
            raise self.raise_alarm(alarm, found.note, proof) from alarm

    def raise_alarm(self, alarm: Alarm, shown: bytes, proof: Sequence[bytes] = ()) -> Alarm:
        """Remember the alarm, keep the evidence, and give back what is to be said; ``rang`` has it too.

        ``proof`` is what the log gave to show that the one head follows from the other, and does not.
        Where the disk would have neither, this process signs nothing more all the same, and what is
        said has the evidence in it: what the log has signed must not be lost.
        """
        at = datetime.fromtimestamp(self.clock(), UTC)
        name = f"evidence-{at:%Y%m%dT%H%M%S%fZ}.txt"
        told = {"nb": alarm.said.nb, "en": alarm.said.en}
        if isinstance(alarm, Forgotten):
            told[FOR_GOOD] = "yes"
        self.memory = replace(self.memory, alarm=told, evidence=name)
        evidence, where = self._evidence(alarm, shown, proof, at), self.house.folder / name
        nb = f"ALARM: {alarm.said.nb} Bevisene ligger i {where}; vis dem til begge parter."
        en = f"ALARM: {alarm.said.en} The evidence is in {where}; show it to both parties."
        if not self._kept(where, evidence):
            text = evidence.decode("utf-8", "replace")
            nb = f"ALARM: {alarm.said.nb} Disken tok ikke imot den; ingenting er signert. Ta vare på dette:"
            en = f"ALARM: {alarm.said.en} The disk did not take it; nothing is signed. Keep this:\n{text}"
        self.rang = Alarm(nb, en)
        return self.rang

    def _kept(self, where: Path, evidence: bytes) -> bool:
        """Whether evidence and alarm are on the disk; the one is tried though the other did not get there.

        What went wrong is told with the alarm itself, by who raises it.
        """
        try:
            files.write_durably(where, evidence)
            kept = True
        except OSError:
            kept = False
        try:
            self.house.keep(self.memory)
        except WitnessFault:
            kept = False
        return kept

    def _evidence(self, alarm: Alarm, shown: bytes, proof: Sequence[bytes], at: datetime) -> bytes:
        return b"\n".join(
            (
                f"{at.isoformat()}\n{alarm.said.nb}\n{alarm.said.en}\n".encode(),
                b"=== det vitnet husker / what the witness remembers ===",
                self.memory.note.encode() or b"(ingenting / nothing)\n",
                b"=== det loggen viste / what the log showed ===",
                shown,
                b"=== noder loggen ga som bevis / nodes the log gave as a proof ===",
                *(node.hex().encode() for node in proof),
                b"",
            )
        )
