"""What a witness makes of a checkpoint it is shown: may it be believed, and does it follow from the memory?

Pure: no network and no file. The order of the questions is that of C2SP
tlog-witness, so that the program's own rounds and its HTTP door answer alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workflow_app.domain.trail import (
    Checkpoint,
    Note,
    TrailError,
    VerifierKey,
    check_cosignature,
    note_bytes,
    parse_checkpoint,
    parse_note,
    verify_consistency,
)
from workflow_app.witness.faults import Alarm, Forgotten, WitnessFault, from_trail
from workflow_app.witness.state import State, check_signed


class Seen(NamedTuple):
    """A checkpoint that the log has signed: what it says, and the note with the log's lines alone."""

    head: Checkpoint
    text: bytes
    note: bytes


class Unsigned(WitnessFault):
    """None of the keys that are trusted has signed it."""


class OtherLog(WitnessFault):
    """The checkpoint of a log that is not watched here."""


def seen(raw: bytes, log_keys: Sequence[VerifierKey], known: VerifierKey, memory: State) -> Seen:
    """The checkpoint in ``raw``; raises :class:`WitnessFault` for what no log signed.

    Where the witness's own signature stands under a head that it does not remember, its memory
    is older than its key: raises :class:`Forgotten`.
    """
    try:
        note = parse_note(raw)
        head = parse_checkpoint(note.text)
    except TrailError as error:
        raise from_trail(error, "Sjekkpunktet", "The checkpoint") from error
    if head.origin != log_keys[0].name:
        shown = head.origin[:80]
        raise OtherLog(
            f"Sjekkpunktet er fra en annen logg ({shown}).", f"The checkpoint is another log's ({shown})."
        )
    try:
        check_signed(note, tuple(log_keys))
    except TrailError as error:
        raise Unsigned(
            "Sjekkpunktet er ikke signert med en nøkkel til loggen som vitnet stoler på; er nøkkelen byttet, "
            "får vitnet den nye med: avtaleflyt witness trust",
            "The checkpoint is not signed with a key of the log that the witness trusts; where the key was "
            "changed, give the witness the new one with: avtaleflyt witness trust",
        ) from error
    _refuse_forgotten(note, head, known, memory)
    names = {(key.name, key.key_id) for key in log_keys}
    mine = [line for line in note.signatures if (line.name, line.key_id) in names]
    return Seen(head, note.text, note_bytes(note.text, mine))


def _refuse_forgotten(note: Note, head: Checkpoint, known: VerifierKey, memory: State) -> None:
    if head.size < memory.size or (head.size, head.root.hex()) == (memory.size, memory.root):
        return
    for line in note.signatures:
        try:
            check_cosignature(note.text, line, known)
        except TrailError:
            continue
        raise Forgotten(
            "Loggen viser en signatur fra dette vitnet som vitnet ikke husker: minnet er eldre enn nøkkelen. "
            "Ta vitnet ut av bruk og lag et nytt.",
            "The log shows a signature of this witness that the witness does not remember: its memory is "
            "older than its key. Retire the witness and make a new one.",
        )


def refuse_fork(head: Checkpoint, memory: State) -> None:
    """Raise :class:`Alarm` where the log has signed two different trees of the size that is remembered."""
    if head.size == memory.size and head.root.hex() != memory.root:
        raise Alarm(
            f"Loggen har signert to forskjellige historier med {head.size} oppføringer.",
            f"The log has signed two different histories of {head.size} entries.",
        )


def refuse_shorter(head: Checkpoint, memory: State) -> None:
    """Raise :class:`Alarm` where the log's newest head is smaller than what is remembered."""
    if head.size < memory.size:
        raise Alarm(
            f"Loggen viser {head.size} oppføringer, men vitnet har signert for {memory.size}: noe er borte.",
            f"The log shows {head.size} entries, but the witness has cosigned {memory.size}: "
            "something was taken away.",
        )


def refuse_rewritten(head: Checkpoint, memory: State, proof: Sequence[bytes]) -> None:
    """Raise :class:`Alarm` unless the tree of ``head`` begins with the one that is remembered.

    ``proof`` is the consistency proof (RFC 6962, section 2.1.2) between the two.
    """
    try:
        verify_consistency(memory.size, head.size, bytes.fromhex(memory.root), head.root, proof)
    except TrailError as error:
        raise Alarm(
            f"Loggen har signert {head.size} oppføringer, men kan ikke vise at de begynner med de "
            f"{memory.size} vitnet har signert for: historien er skrevet om.",
            f"The log has signed {head.size} entries, but cannot show that they begin with the {memory.size} "
            "that the witness has cosigned: history was rewritten.",
        ) from error
