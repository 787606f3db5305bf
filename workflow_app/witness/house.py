"""The folder a witness lives in: its key, what it was told at the beginning, and its memory.

::

    key            the private key, 0600; read only to cosign
    witness.json   name and public key, the log's public keys, its address: may be edited by a person
    state.json     the memory; never edited, never restored from a backup
    evidence-*.txt both signed heads, where an alarm was raised
    retired.txt    once it is there, nothing is ever cosigned again
    lock           held by the one process that works here

The log's public key is written down here by a person who has it from the
installation by another way than the network; it is never fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflow_app.domain.trail import LOG_KEY, TrailError, VerifierKey, parse_vkey, vkey_text
from workflow_app.witness import files, keys, state
from workflow_app.witness.client import Log
from workflow_app.witness.faults import Alarm, WitnessFault
from workflow_app.witness.state import FOR_GOOD, State


@dataclass(frozen=True)
class House:
    """A witness at home. ``known`` is its own public key, ``log_keys`` those it trusts the log by."""

    folder: Path
    known: VerifierKey
    log_keys: tuple[VerifierKey, ...]
    url: str

    @property
    def origin(self) -> str:
        """The origin line of the log that is watched."""
        return self.log_keys[0].name

    @property
    def key_file(self) -> Path:
        return self.folder / "key"

    @property
    def state_file(self) -> Path:
        return self.folder / "state.json"

    @property
    def retired_file(self) -> Path:
        return self.folder / "retired.txt"

    def remember(self) -> State:
        """The memory, for looking; raises :class:`~workflow_app.witness.faults.StateLost`."""
        return state.load(self.state_file, self.log_keys)

    def keep(self, memory: State) -> None:
        """Write the memory down, on the disk when this returns."""
        state.save(self.state_file, memory)

    @contextmanager
    def working(self) -> Iterator[State]:
        """Be the only process at work here, with a witness that may cosign.

        Raises :class:`WitnessFault` where it is retired, is running already, has lost its memory, or has
        raised an alarm that nobody has looked at.
        """
        with files.alone(self.folder / "lock"):
            self.refuse_retired()
            keys.check_key_file(self.key_file)
            memory = self.remember()
            refuse_alarmed(memory)
            yield memory

    def refuse_retired(self) -> None:
        """Raise :class:`WitnessFault` where the witness is retired."""
        if self.retired_file.exists():
            raise WitnessFault(
                f"{self.folder}: vitnet er tatt ut av bruk og signerer aldri mer; lag et nytt.",
                f"{self.folder}: the witness is retired and never cosigns again; make a new one.",
            )


def refuse_alarmed(memory: State) -> None:
    """Raise :class:`Alarm` again while an alarm stands."""
    if FOR_GOOD in memory.alarm:
        raise Alarm(
            f"ALARM: {memory.alarm['nb']} (witness retire)", f"ALARM: {memory.alarm['en']} (witness retire)"
        )
    if memory.alarm:
        raise Alarm(
            f"ALARM: {memory.alarm['nb']} Se {memory.evidence}. Ingenting signeres før noen har sett på det "
            "(witness resume).",
            f"ALARM: {memory.alarm['en']} See {memory.evidence}. Nothing is cosigned before somebody has "
            "looked at it (witness resume).",
        )


def build(folder: Path, name: str, log_vkey: str, url: str) -> House:
    """Make a new witness in ``folder``; raises :class:`WitnessFault` where one lives or has lived there.

    The key is written last: a folder with a key has a memory, or has lost it.
    """
    log_key, _ = log_key_of(log_vkey), Log(url)
    if not keys.is_new_place(folder):
        raise WitnessFault(
            f"{folder}: her bor det et vitne, eller det har gjort det; velg en annen mappe.",
            f"{folder}: a witness lives here, or has lived here; choose another folder.",
            2,
        )
    private, known = keys.new_key(name)
    house = House(folder, known, (log_key,), url.rstrip("/"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with files.alone(folder / "lock"):
            house.keep(State(log_key.name))
            write_settings(house)
            files.write_durably(house.key_file, private.encode())
    except OSError as error:
        raise WitnessFault(
            f"{folder}: kan ikke skrives ({error.strerror}).",
            f"{folder}: cannot be written ({error.strerror}).",
            2,
        ) from error
    return house


def log_key_of(text: str) -> VerifierKey:
    """A log's public key from its text; raises :class:`WitnessFault` for any other."""
    try:
        key = parse_vkey(text.strip())
        if key.kind != LOG_KEY:
            raise TrailError("det er et vitnes nøkkel", "it is a witness's key")
    except TrailError as error:
        raise WitnessFault(
            f"Loggens nøkkel kan ikke brukes: {error.said.nb}; den ser ut som navn+8 sifre+tekst.",
            f"The log's key cannot be used: {error.said.en}; it looks like name+8 digits+text.",
            2,
        ) from error
    return key


def write_settings(house: House) -> None:
    """Write ``witness.json``; raises ``OSError``."""
    told = {
        "vkey": vkey_text(house.known),
        "log_keys": [vkey_text(key) for key in house.log_keys],
        "url": house.url,
    }
    files.write_durably(
        house.folder / "witness.json", json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"
    )


def at_home(folder: Path) -> House:
    """The witness in ``folder``; raises :class:`WitnessFault` where there is none, or it cannot be read."""
    path = folder / "witness.json"
    try:
        told: Any = json.loads(path.read_bytes())
        known = parse_vkey(told["vkey"])
        log_keys = tuple(map(log_key_of, told["log_keys"]))
        url = Log(told["url"]).url
        if not log_keys or len({key.name for key in log_keys}) != 1:
            raise ValueError("log_keys")
    except FileNotFoundError as error:
        raise WitnessFault(
            f"{folder}: her er det ikke noe vitne; lag ett med: avtaleflyt witness new",
            f"{folder}: there is no witness here; make one with: avtaleflyt witness new",
            2,
        ) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise WitnessFault(f"{path}: kan ikke leses.", f"{path}: cannot be read.", 2) from error
    return House(folder, known, log_keys, url)
