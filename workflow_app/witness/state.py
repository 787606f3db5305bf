"""What a witness remembers: the largest tree it has seen, and whether it has raised an alarm.

The file is canonical JSON like everything in the trail, and is believed only
when it is whole: the checkpoint in it must be signed by the log and be the one
that size and root name. A memory that is gone or broken is never made anew: who
does not remember what was signed may sign two histories.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from workflow_app.domain.trail import (
    EMPTY_ROOT,
    Note,
    TrailError,
    VerifierKey,
    canonical,
    check_note_signature,
    parse,
    parse_checkpoint,
    parse_note,
)
from workflow_app.witness.faults import StateLost, WitnessFault
from workflow_app.witness.files import write_durably

FOR_GOOD = "for_good"
"""In an alarm that no person can take away: the witness must be retired."""


@dataclass(frozen=True)
class State:
    """The memory. ``root`` is in hex; ``note`` the log's signed checkpoint, "" for none yet.

    ``cosignature`` is the line last handed over, and ``delivered`` whether the head
    that is remembered has reached whoever asked for it. ``alarm`` is the reason why
    nothing is cosigned any more, and ``evidence`` the name of the file that shows it.
    """

    origin: str
    size: int = 0
    root: str = EMPTY_ROOT.hex()
    note: str = ""
    cosignature: str = ""
    delivered: bool = True
    alarm: dict[str, str] = field(default_factory=dict)
    evidence: str = ""
    v: int = 1

    @property
    def text(self) -> bytes:
        """The checkpoint's text, the part that is signed; needs a ``note``."""
        return parse_note(self.note.encode()).text

    def moved(self, size: int, root: bytes, note: bytes) -> State:
        """The memory with a larger tree in it, not yet handed over."""
        return replace(self, size=size, root=root.hex(), note=note.decode(), cosignature="", delivered=False)


def save(path: Path, state: State) -> None:
    """Write the memory down, on the disk when this returns; raises :class:`WitnessFault`."""
    try:
        write_durably(path, canonical(asdict(state)))
    except OSError as error:
        raise WitnessFault(
            f"{path}: kan ikke skrives ({error.strerror}); ingenting er signert.",
            f"{path}: cannot be written ({error.strerror}); nothing is signed.",
            2,
        ) from error


def load(path: Path, log_keys: tuple[VerifierKey, ...]) -> State:
    """The memory in ``path``; raises :class:`StateLost` where it is missing, broken or another's."""
    try:
        with open(path, "rb") as file:
            state = _state(parse(file.read()), log_keys)
    except FileNotFoundError as error:
        raise _lost(path, "mangler", "is missing") from error
    except (OSError, TrailError, TypeError) as error:
        raise _lost(path, "er ødelagt", "is broken") from error
    return state


def _lost(path: Path, nb: str, en: str) -> StateLost:
    return StateLost(
        f"{path}: vitnets minne {nb}; nøkkelen kan ha signert noe vitnet ikke husker, så dette vitnet må "
        "tas ut av bruk (witness retire) og et nytt lages.",
        f"{path}: the witness's memory {en}; the key may have signed what the witness does not remember, so "
        "this witness must be retired (witness retire) and a new one made.",
    )


_TYPES: dict[str, type] = {
    "origin": str, "size": int, "root": str, "note": str, "cosignature": str, "delivered": bool,
    "alarm": dict, "evidence": str, "v": int,
}  # fmt: skip


def _state(value: Any, log_keys: tuple[VerifierKey, ...]) -> State:
    if not isinstance(value, dict) or value.keys() != _TYPES.keys() or value["v"] != 1:
        raise TrailError("dette er ikke et minne", "this is no memory")
    if any(type(value[name]) is not kind for name, kind in _TYPES.items()):
        raise TrailError("et felt har feil slag", "a field is of the wrong kind")
    state = State(**value)
    if not state.note:
        if (state.size, state.root) != (0, EMPTY_ROOT.hex()):
            raise TrailError("sjekkpunktet mangler", "the checkpoint is missing")
    else:
        note = parse_note(state.note.encode())
        head = parse_checkpoint(note.text)
        if (head.origin, head.size, head.root.hex()) != (state.origin, state.size, state.root):
            raise TrailError("sjekkpunktet er et annet", "the checkpoint is another")
        check_signed(note, log_keys)
    if any(key.name != state.origin for key in log_keys):
        raise TrailError("dette er en annen logg", "this is another log")
    return state


def check_signed(note: Note, log_keys: tuple[VerifierKey, ...]) -> None:
    """Raise ``TrailError`` unless one of ``log_keys`` has signed ``note``; others' lines are ignored."""
    fault = TrailError("ingen nøkkel er oppgitt", "no key is given")
    for key in log_keys:
        try:
            return check_note_signature(note, key)
        except TrailError as error:
            fault = error
    raise fault
