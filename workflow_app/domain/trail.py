"""The trail: what an entry's bytes are, how entries are chained, and how anyone checks them.

This one file is both the server's and everybody else's: a copy of it lies in
every exported ``trail.zip`` as ``verify.py``, so that a council member with one
file and no network checks by the very code that wrote. That is why it imports
the standard library alone, why its sentences are Norwegian and English instead
of catalogue keys, why it is one file though it is long, and why it reads a
file at the very end.

* An entry is canonical JSON, a subset of RFC 8785: UTF-8, sorted ASCII keys, no
  floats, no integer of 2^53 or more. What does not re-encode to the same bytes
  is refused, so one entry has one hash and no second spelling.
* An entry's hash is the leaf hash of RFC 6962 (SHA-256 over 0x00 and the
  bytes), so that a Merkle tree over all entries needs no other hash.
* A chain links each entry to the one before. Names and free text stand in it
  as salted commitments, so that a person can be erased and every hash still fits.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    CAN_CHECK_SIGNATURES = True
except ImportError:  # all but the signatures is checked, and the verdict says so
    CAN_CHECK_SIGNATURES = False

VERSION = 1
MAX_ENTRY = 1 << 20
"""The longest entry, in bytes; bounds what a verifier must hold of one line."""
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1
SALT_BYTES = 32
MAX_TOTAL = 1 << 30
"""The most that a bundle may unpack to, in bytes."""
MAX_MEMBERS = 10_000
MAX_READ = 4 << 20
"""The most that is read from a bundle in one piece: its directory, its manifest."""
MAX_CLEAR = 32 << 20

_COMMITMENT = b"avtaleflyt/trail/commitment/v1\x00"
_LEAF, _NODE = b"\x00", b"\x01"


class Said(NamedTuple):
    """One sentence in Norwegian and in English; a program reads the English."""

    nb: str
    en: str

    def __str__(self) -> str:
        return self.en


class TrailError(ValueError):
    """Bytes that are no entry, or a chain that does not hold; ``said`` tells why."""

    def __init__(self, nb: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(nb, en)

    def within(self, nb: str, en: str) -> TrailError:
        """The same fault, with the place it was found in before it."""
        return TrailError(f"{nb}: {self.said.nb}", f"{en}: {self.said.en}")


class Verdict(NamedTuple):
    """What a verifier found: what was checked, and the first thing that is wrong.

    ``unreadable`` tells an input that could not be opened at all from one that
    was read and found wrong.
    """

    ok: bool
    checked: tuple[Said, ...]
    first_fault: Said | None = None
    unreadable: bool = False

    @property
    def exit_code(self) -> int:
        """0 it holds, 1 it does not, 2 there was nothing to read."""
        return 0 if self.ok else 2 if self.unreadable else 1


LIMITS = Said(
    "Dette viser ikke: at alt som hendte ble ført inn, at ingen oppføring er tatt bort etter den siste "
    "her, at ikke en hel kjede er skrevet på nytt, eller hvem som satt bak en innlogging.",
    "This does not show: that all that happened was entered, that no entry was taken off after the "
    "last one here, that a whole chain was not written anew, or who sat behind a login.",
)


# Canonical JSON (RFC 8785, the subset that all encoders agree on)


def _integer(digits: str) -> int:
    # Older Pythons take minutes over a number of a million digits.
    if len(digits) > 17:
        raise TrailError("et heltall er 2^53 eller større", "an integer is 2^53 or larger")
    return int(digits)


_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_load = json.JSONDecoder(parse_int=_integer).decode


def canonical(value: Any) -> bytes:
    """The one encoding of ``value``; raises :class:`TrailError` for what has none."""
    _plain(value, 0)
    try:
        return _dump(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise TrailError("teksten har et halvt tegn (surrogat)", "the text has half a character") from error


def parse(raw: bytes, limit: int = MAX_ENTRY) -> Any:
    """The inverse of :func:`canonical`; refuses any other spelling of the same value."""
    if not isinstance(raw, bytes):
        raise TrailError("dette er ikke byte", "these are not bytes")
    if len(raw) > limit:
        raise TrailError(f"lengre enn {limit} byte", f"longer than {limit} bytes")
    try:
        value = _load(raw.decode("utf-8"))
    except TrailError:
        raise
    except (ValueError, RecursionError) as error:
        raise TrailError("dette er ikke JSON i UTF-8", "this is not JSON in UTF-8") from error
    # This also finds floats, doubled keys and every escape that need not be one.
    if canonical(value) != raw:
        raise TrailError("ikke kanonisk skrevet", "not canonically written")
    return value


def _plain(value: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise TrailError(f"nøstet dypere enn {MAX_DEPTH}", f"nested deeper than {MAX_DEPTH}")
    if value is None or isinstance(value, (str, bool)):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise TrailError("et heltall er 2^53 eller større", "an integer is 2^53 or larger")
    elif isinstance(value, (list, tuple)):
        for item in value:
            _plain(item, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise TrailError(f"nøkkelen {_q(key)} er ikke ASCII", f"the key {_q(key)} is not ASCII")
            _plain(item, depth + 1)
    else:
        kind = type(value).__name__
        raise TrailError(f"{kind} kan ikke stå i sporet", f"{kind} cannot stand in the trail")


def _q(value: object) -> str:
    # What is shown comes from whoever mangled it: no control characters, no essays.
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."


# Entries

_NAME = re.compile(r"[!-~]{1,100}")
_CHAIN = re.compile(r"[!-~]{1,200}")
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_ACTOR = frozenset({"person", "role", "party", "acting_for"})
_REQUIRED = frozenset({"v", "chain", "number", "previous", "kind", "at", "actor"})
_OPTIONAL = frozenset(
    {"event_date", "transition", "from", "to", "definition", "agreement", "data", "private"}
)


def encode(entry: dict[str, Any]) -> bytes:
    """The bytes of an entry, those that are hashed and kept for ever.

    ``entry`` has ``v`` (1), ``chain``, ``number`` (from 1), ``previous`` (the
    hash before, None for the first), ``kind``, ``at`` (ISO 8601 with offset)
    and ``actor`` (``person`` and, where there are, ``role``, ``party``,
    ``acting_for``; None for the system itself), and may have ``event_date``
    (a day, or a month or year where no more is known), ``transition``,
    ``from``, ``to``, ``definition`` and ``agreement`` (SHA-256 digests),
    ``data`` (nothing personal) and ``private`` (field to commitment). What is
    absent is left out. Raises :class:`TrailError` naming the field.
    """
    check_entry(entry)
    raw = canonical(entry)
    if len(raw) > MAX_ENTRY:
        raise TrailError(f"lengre enn {MAX_ENTRY} byte", f"longer than {MAX_ENTRY} bytes")
    return raw


def decode(raw: bytes) -> dict[str, Any]:
    """The entry that ``raw`` is; raises :class:`TrailError` for any other bytes."""
    entry = parse(raw)
    check_entry(entry)
    checked: dict[str, Any] = entry
    return checked


def check_entry(entry: Any) -> None:
    """Raise :class:`TrailError` unless ``entry`` has an entry's fields, rightly filled."""
    if not isinstance(entry, dict):
        raise TrailError("en oppføring er et objekt", "an entry is an object")
    for key in sorted(_REQUIRED - entry.keys()):
        raise TrailError(f"feltet {key} mangler", f"the field {key} is missing")
    for key in entry.keys() - _REQUIRED - _OPTIONAL:
        raise TrailError(f"feltet {_q(key)} er ukjent", f"the field {_q(key)} is unknown")
    for key, value in entry.items():
        if not _right(key, value, entry):
            shown = _q(value)
            raise TrailError(f"feltet {key} kan ikke være {shown}", f"the field {key} cannot be {shown}")


def _right(key: str, value: Any, entry: dict[str, Any]) -> bool:
    if key in ("kind", "transition", "from", "to"):
        return _is(_NAME, value)
    if key == "previous":
        return value is None if entry["number"] == 1 else _is(_HASH, value)
    if key in ("definition", "agreement"):
        return _is(_HASH, value)
    if key == "number":
        return type(value) is int and value >= 1
    if key == "v":
        return type(value) is int and value == VERSION
    if key == "chain":
        return _is(_CHAIN, value)
    if key == "at":
        return _is(_TIME, value) and _is_time(value)
    if key == "actor":
        return value is None or _is_actor(value)
    if key == "event_date":
        return _is(_DATE, value) and _is_date(value)
    if not isinstance(value, dict) or not value:
        return False
    return key == "data" or all(_is(_NAME, k) and _is(_HASH, v) for k, v in value.items())


def _is(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_actor(value: Any) -> bool:
    if not isinstance(value, dict) or "person" not in value:
        return False
    return value.keys() <= _ACTOR and all(_is(_NAME, v) for v in value.values())


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def entry_hash(raw: bytes) -> str:
    """The hash of an entry's bytes in hex: the leaf hash of RFC 6962, section 2.1."""
    return hashlib.sha256(_LEAF + raw).hexdigest()


def commitment(field: str, value: str, salt: bytes) -> str:
    """What stands in an entry for a name or a free text, in hex.

    ``salt`` is 32 random bytes, fresh for each field of each entry: without it
    a name could be guessed from its hash. Raises :class:`TrailError` for a salt
    of another length and for text that has no UTF-8.
    """
    if len(salt) != SALT_BYTES:
        raise TrailError(f"saltet er ikke {SALT_BYTES} byte", f"the salt is not {SALT_BYTES} bytes")
    try:
        name, text = field.encode("utf-8"), value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TrailError("teksten har et halvt tegn (surrogat)", "the text has half a character") from error
    return hashlib.sha256(_COMMITMENT + salt + len(name).to_bytes(4, "big") + name + text).hexdigest()


# Chains


class Walk:
    """A chain read from its first entry on; holds no more of it than size and head."""

    def __init__(self, chain: str | None = None) -> None:
        self.chain = chain
        self.size = 0
        self.head: str | None = None

    def step(self, raw: bytes, entry: dict[str, Any] | None = None) -> dict[str, Any]:
        """Take the next entry and give it back decoded; raises :class:`TrailError`.

        ``entry`` is ``decode(raw)`` where the caller has it already.
        """
        try:
            entry = decode(raw) if entry is None else entry
            self._follow(entry)
        except TrailError as fault:
            nb, en = f"Oppføring {self.size + 1}", f"Entry {self.size + 1}"
            if self.chain is not None:
                nb, en = f"{nb} i kjeden {_q(self.chain)}", f"{en} of the chain {_q(self.chain)}"
            raise fault.within(nb, en) from fault
        self.chain, self.size, self.head = entry["chain"], self.size + 1, entry_hash(raw)
        return entry

    def _follow(self, entry: dict[str, Any]) -> None:
        chain, number = entry["chain"], entry["number"]
        if self.chain not in (None, chain):
            raise TrailError(f"den hører til kjeden {_q(chain)}", f"it belongs to the chain {_q(chain)}")
        if number != self.size + 1:
            raise TrailError(
                f"her står nummer {number}; noe mangler, er flyttet eller står to ganger",
                f"number {number} stands here; something is missing, moved or stands twice",
            )
        if entry["previous"] != self.head:
            raise TrailError(
                "den viser ikke til oppføringen foran; en av de to er endret",
                "it does not point to the entry before it; one of the two was changed",
            )


def verify_chain(lines: Iterable[bytes], chain: str | None = None) -> Verdict:
    """Check one chain, entry by entry from the first; never raises for what it is given.

    ``chain`` is the name it must have, where that is known.
    """
    walk = Walk(chain)
    try:
        for raw in lines:
            walk.step(raw)
    except TrailError as fault:
        return Verdict(False, (), fault.said)
    if walk.size == 0:
        return Verdict(False, (), Said("Kjeden er tom.", "The chain is empty."))
    return Verdict(True, (said_chain(walk),))


def said_chain(walk: Walk) -> Said:
    """What was found of one chain: how long it is, and its last hash."""
    return Said(
        f"Kjeden {_q(walk.chain)}: {walk.size} oppføringer, kanonisk skrevet, tallet uten hull, hver lenket "
        f"til den forrige; siste hash {walk.head}.",
        f"The chain {_q(walk.chain)}: {walk.size} entries, canonically written, numbered without gaps, each "
        f"linked to the one before; last hash {walk.head}.",
    )


class Opening(NamedTuple):
    """A name or a text in clear, with the salt it was committed to with."""

    salt: bytes
    value: str


def check_openings(entry: dict[str, Any], openings: dict[str, Opening]) -> int:
    """How many fields of ``entry`` have no clear value (erased, or not handed out).

    Raises :class:`TrailError` when a clear value is not the one committed to.
    """
    private = entry.get("private", {})
    place = (
        f"Oppføring {entry['number']} i kjeden {_q(entry['chain'])}",
        f"Entry {entry['number']} of the chain {_q(entry['chain'])}",
    )
    for field, opening in openings.items():
        if field not in private:
            fault = TrailError(f"har ikke noe felt {_q(field)}", f"has no field {_q(field)}")
        elif commitment(field, opening.value, opening.salt) != private[field]:
            fault = TrailError(
                f"klarteksten i {_q(field)} er ikke den som ble ført inn",
                f"the clear value of {_q(field)} is not the one that was entered",
            )
        else:
            continue
        raise fault.within(*place)
    return len(private.keys() - openings.keys())


def said_openings(opened: int, closed: int) -> Said:
    """How many clear values fit, and how many are no longer there."""
    return Said(
        f"{opened} navn og fritekster er de som ble ført inn; {closed} er slettet eller ikke utlevert.",
        f"{opened} names and free texts are those entered; {closed} are erased or were not handed out.",
    )


# The tree (RFC 9162, section 2.1: SHA-256, leaves and nodes hashed apart)

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""
MAX_SIZE = 2**63 - 1


def leaf_hash(raw: bytes) -> bytes:
    """The 32 bytes that stand for an entry in the tree; :func:`entry_hash` is their hex."""
    return hashlib.sha256(_LEAF + raw).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(_NODE + left + right).digest()


class Frontier:
    """A tree that only grows, kept as the roots of its perfect subtrees.

    ``peaks`` go from the largest subtree to the smallest, one for each bit set
    in ``size``: all that is needed to append and to tell the root, whether the
    tree has ten leaves or ten million. Raises :class:`TrailError` for peaks
    that are not those of a tree of that size.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if not 0 <= size <= MAX_SIZE or len(peaks) != bin(size).count("1"):
            raise TrailError("toppene hører ikke til et slikt tre", "the peaks are not those of such a tree")
        _nodes(peaks)
        self.size = size
        self.peaks = list(peaks)

    def append(self, leaf: bytes) -> None:
        """Take one more leaf, given by its hash."""
        rest, peaks = self.size, self.peaks
        while rest & 1:
            leaf = hashlib.sha256(_NODE + peaks.pop() + leaf).digest()
            rest >>= 1
        peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of the tree as it is now."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in self.peaks[-2::-1]:
            root = node_hash(peak, root)
        return root


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raise :class:`TrailError` unless ``leaf`` is number ``index`` (from 0) of the tree with this ``root``.

    ``leaf`` is a leaf's hash and ``proof`` the path from it to the root, as in
    RFC 9162, section 2.1.3.2.
    """
    _nodes((leaf, root, *proof))
    if not 0 <= index < size <= MAX_SIZE:
        raise TrailError("plassen er utenfor treet", "the position is outside the tree")
    at, last, found = index, size - 1, leaf
    for node in proof:
        if last == 0:
            raise TrailError("beviset er for langt", "the proof is too long")
        if at & 1 or at == last:
            found = node_hash(node, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, node)
        at, last = at >> 1, last >> 1
    if last or found != root:
        raise TrailError("beviset fører ikke til treets rot", "the proof does not lead to the tree's root")


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise :class:`TrailError` unless the tree of ``first`` leaves is the beginning of that of ``second``.

    ``proof`` is that of RFC 9162, section 2.1.4.2; it is empty for two trees of
    one size and for an empty first tree, which begins every other.
    """
    _nodes((first_root, second_root, *proof))
    if not 0 <= first <= second <= MAX_SIZE:
        raise TrailError("det eldre treet er størst", "the older tree is the larger")
    if first in (0, second):
        if proof or first_root != (second_root if first else EMPTY_ROOT):
            raise TrailError("røttene er ikke de samme", "the roots are not the same")
        return
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path:
        raise TrailError("beviset er for kort", "the proof is too short")
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = path[0]
    for node in path[1:]:
        if last == 0:
            raise TrailError("beviset er for langt", "the proof is too long")
        if at & 1 or at == last:
            old, new = node_hash(node, old), node_hash(node, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, node)
        at, last = at >> 1, last >> 1
    if last or old != first_root or new != second_root:
        raise TrailError(
            "det ene treet er ikke begynnelsen på det andre", "the one tree is not the beginning of the other"
        )


def _nodes(hashes: Iterable[bytes]) -> None:
    if not all(isinstance(node, bytes) and len(node) == 32 for node in hashes):
        raise TrailError("en node er ikke 32 byte", "a node is not 32 bytes")


# Signed notes (C2SP signed-note) and the checkpoints in them (C2SP tlog-checkpoint)

MAX_NOTE = 1 << 17
"""The longest signed note, in bytes."""
MAX_SIGNATURES = 100
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class Checkpoint(NamedTuple):
    """The head of a log: ``size`` leaves with this ``root``; ``origin`` names the log."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


class NoteSignature(NamedTuple):
    """One line under a note. ``blob`` is what follows the four bytes of the key id."""

    name: str
    key_id: bytes
    blob: bytes


class Note(NamedTuple):
    """A text, with its last newline, and the signatures under it."""

    text: bytes
    signatures: tuple[NoteSignature, ...]


def checkpoint_text(origin: str, size: int, root: bytes) -> bytes:
    """The three lines that a log signs; raises :class:`TrailError` where they could be read otherwise."""
    text = f"{origin}\n{size}\n{_to_base64(root)}\n".encode()
    if parse_checkpoint(text) != (origin, size, root, ()):
        raise TrailError("dette kan ikke stå i et sjekkpunkt", "this cannot stand in a checkpoint")
    return text


def parse_checkpoint(text: bytes) -> Checkpoint:
    """The checkpoint that a note's text is; raises :class:`TrailError`.

    Lines after the third are kept as ``extensions``; none may be empty.
    """
    lines = _note_lines(text)
    if "" in lines or len(lines) < 3 or not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MAX_SIZE:
        raise TrailError("dette er ikke et sjekkpunkt", "this is not a checkpoint")
    origin, size, root, *extensions = lines
    digest = _from_base64(root)
    if len(digest) != 32:
        raise TrailError("sjekkpunktets rot er ikke 32 byte", "the checkpoint's root is not 32 bytes")
    return Checkpoint(origin, int(size), digest, tuple(extensions))


def note_bytes(text: bytes, signatures: Iterable[NoteSignature]) -> bytes:
    """The note as it is published: text, blank line, one line for each signature."""
    lines = [f"— {s.name} {_to_base64(s.key_id + s.blob)}\n".encode() for s in signatures]
    return b"".join((text, b"\n", *lines))


def parse_note(raw: bytes) -> Note:
    """The inverse of :func:`note_bytes`; refuses every other spelling with :class:`TrailError`.

    Nothing is said of who signed: see :func:`check_note_signature` and
    :func:`check_cosignature`.
    """
    if not isinstance(raw, bytes) or len(raw) > MAX_NOTE:
        raise TrailError("notatet er for langt", "the note is too long")
    text, gap, block = raw.rpartition(b"\n\n")
    text += b"\n"
    lines = _note_lines(block) if gap else []
    if not lines or len(lines) > MAX_SIGNATURES:
        raise TrailError("notatet har ingen underskrifter", "the note has no signatures")
    _note_lines(text)
    signatures = tuple(map(_signature, lines))
    if len(set(signatures)) != len(signatures) or note_bytes(text, signatures) != raw:
        raise TrailError("notatet er ikke kanonisk skrevet", "the note is not canonically written")
    return Note(text, signatures)


def _note_lines(text: bytes) -> list[str]:
    try:
        told = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TrailError("notatet er ikke UTF-8", "the note is not UTF-8") from error
    if not told.endswith("\n") or any(c < " " and c != "\n" for c in told):
        raise TrailError("notatet er ikke hele linjer med tekst", "the note is not whole lines of text")
    return told[:-1].split("\n")


def _signature(line: str) -> NoteSignature:
    dash, _, rest = line.partition(" ")
    name, _, blob = rest.partition(" ")
    signed = _from_base64(blob)
    if dash != "—" or not _is_key_name(name) or len(signed) < 5:
        raise TrailError("en linje er ingen underskrift", "a line is no signature")
    return NoteSignature(name, signed[:4], signed[4:])


def _is_key_name(name: str) -> bool:
    return 0 < len(name) <= 200 and "+" not in name and not any(c.isspace() or c < " " for c in name)


def _to_base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _from_base64(text: str) -> bytes:
    # Python skips stray bits and padding; here one value has one spelling.
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise TrailError("dette er ikke base64", "this is not base64") from error
    if _to_base64(raw) != text:
        raise TrailError("dette er ikke base64", "this is not base64")
    return raw


# Keys and signatures (Ed25519: C2SP signed-note for a log, tlog-cosignature for a witness)

LOG_KEY, WITNESS_KEY = 1, 4
"""The type byte of a key: what a log signs with, what a witness cosigns with."""


class VerifierKey(NamedTuple):
    """A public key by which a log (``kind`` 1) or a witness (4) is known."""

    name: str
    key_id: bytes
    kind: int
    public: bytes


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """The four bytes by which a signature line points at its key."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + bytes([kind]) + public).digest()[:4]


def vkey_text(key: VerifierKey) -> str:
    """The key as the signed-note tools write it: name, id in hex and base64, with + between."""
    return f"{key.name}+{key.key_id.hex()}+{_to_base64(bytes([key.kind]) + key.public)}"


def parse_vkey(text: str) -> VerifierKey:
    """The inverse of :func:`vkey_text`; raises :class:`TrailError` for what is no such key."""
    name, _, rest = text.partition("+")
    identity, _, material = rest.partition("+")
    raw = _from_base64(material)
    if not _is_key_name(name) or len(raw) != 33 or raw[0] not in (LOG_KEY, WITNESS_KEY):
        raise TrailError("dette er ikke en offentlig nøkkel", "this is not a public key")
    key = VerifierKey(name, key_id(name, raw[0], raw[1:]), raw[0], raw[1:])
    if identity != key.key_id.hex():
        raise TrailError("nøkkelen passer ikke til sitt navn", "the key does not fit its name")
    return key


def check_note_signature(note: Note, key: VerifierKey) -> None:
    """Raise :class:`TrailError` unless the log whose ``key`` this is signed ``note``."""
    for signature in note.signatures:
        if (signature.name, signature.key_id) == (key.name, key.key_id) and key.kind == LOG_KEY:
            return _check_ed25519(key.public, signature.blob, note.text)
    raise TrailError(f"{_q(key.name)} har ikke signert", f"{_q(key.name)} has not signed")


def check_cosignature(text: bytes, signature: NoteSignature, key: VerifierKey) -> int:
    """The Unix time at which the witness whose ``key`` this is cosigned the checkpoint ``text``.

    Raises :class:`TrailError` where it did not.
    """
    if (signature.name, signature.key_id, WITNESS_KEY) != (key.name, key.key_id, key.kind):
        raise TrailError(f"{_q(key.name)} har ikke signert", f"{_q(key.name)} has not signed")
    if len(signature.blob) != 72:
        raise TrailError("vitnets underskrift er ikke hel", "the witness's signature is not whole")
    time = int.from_bytes(signature.blob[:8], "big")
    _check_ed25519(key.public, signature.blob[8:], cosigned_message(text, time))
    return time


def cosigned_message(text: bytes, time: int) -> bytes:
    """What a witness signs: the checkpoint ``text``, seen at Unix ``time``."""
    return b"cosignature/v1\ntime %d\n" % time + text


def _check_ed25519(public: bytes, signature: bytes, message: bytes) -> None:
    if not CAN_CHECK_SIGNATURES:
        raise TrailError(
            "signaturer kan ikke prøves uten pakken cryptography",
            "signatures cannot be checked without the package cryptography",
        )
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise TrailError("signaturen passer ikke", "the signature does not fit") from error


# Bundles

ENTRIES, CLEAR, MANIFEST = "entries.jsonl", "clear.json", "manifest.json"
README, VERIFIER, FILES = "LES-MEG.txt", "verify.py", "files/"
_MEMBERS = frozenset({ENTRIES, CLEAR, MANIFEST, README, VERIFIER})


def verify_bundle(source: bytes | str | os.PathLike[str]) -> Verdict:
    """Check an exported ``trail.zip``, given as bytes or by its path.

    Any input at all gets a verdict and no exception. Time and memory are
    bounded by what the file says it unpacks to, at most :data:`MAX_TOTAL`.
    """
    checked: list[Said] = []
    try:
        if not isinstance(source, bytes) and not os.path.isfile(source):
            raise OSError("no such file")
        file = io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb")  # noqa: SIM115
    except (OSError, TypeError, ValueError):
        said = Said("Filen finnes ikke eller kan ikke åpnes.", "The file is not there or cannot be opened.")
        return Verdict(False, (), said, unreadable=True)
    with file:
        try:
            _check_bundle(file, checked)
        except TrailError as fault:
            return Verdict(False, tuple(checked), fault.said)
        except Exception as error:
            # zipfile answers mangled archives with a dozen kinds of error; each is a verdict.
            name = type(error).__name__
            said = Said(
                f"Dette er ikke et helt trail.zip ({name}).", f"This is not a whole trail.zip ({name})."
            )
            return Verdict(False, tuple(checked), said)
    return Verdict(True, tuple(checked))


class _Bounded:
    """A file that refuses to be read in large pieces: an archive's directory is one."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.seek, self.tell, self.seekable, self.close = file.seek, file.tell, file.seekable, file.close

    def read(self, size: int = -1) -> bytes:
        if size > MAX_READ:
            raise TrailError("innholdslisten er for stor", "the table of contents is too large")
        data: bytes = self._file.read(MAX_READ if size < 0 else size)
        return data


def _check_bundle(file: Any, checked: list[Said]) -> None:
    with zipfile.ZipFile(_Bounded(file)) as archive:
        names = _check_members(archive)
        manifest = _manifest(parse(_whole(archive, MANIFEST, MAX_READ), MAX_READ))
        clear = _clear(parse(_whole(archive, CLEAR, MAX_CLEAR), MAX_CLEAR))
        if len({file["name"] for file in manifest["files"]}) != len(manifest["files"]):
            raise TrailError(f"{MANIFEST} nevner en fil to ganger.", f"{MANIFEST} names a file twice.")
        files: dict[str, str] = {f["sha256"]: f["name"] for f in manifest["files"]}
        chains, unnamed = _check_entries(archive, clear, set(files), checked)
        said = sorted((chain["chain"], chain["size"], chain["head"]) for chain in manifest["chains"])
        if said != sorted((name, walk.size, str(walk.head)) for name, walk in chains.items()):
            raise TrailError(
                f"Kjedene er ikke de som {MANIFEST} sier: noe er tatt bort eller lagt til.",
                f"The chains are not those that {MANIFEST} says: something was taken off or added.",
            )
        if names - _MEMBERS != {FILES + digest for digest in files}:
            raise TrailError(
                f"Filene er ikke de som {MANIFEST} sier.", f"The files are not those that {MANIFEST} says."
            )
        for digest, name in files.items():
            if _digest(archive, FILES + digest) != digest:
                raise TrailError(f"Filen {_q(name)} er endret.", f"The file {_q(name)} was changed.")
        _digest(archive, README)
        _digest(archive, VERIFIER)
        loose = sorted(f["name"] for f in manifest["files"] if f["sha256"] in unnamed)
        checked.append(_said_files(len(manifest["files"]), loose))


def _check_members(archive: zipfile.ZipFile) -> frozenset[str]:
    members = archive.infolist()
    names = frozenset(member.filename for member in members)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_TOTAL:
        raise TrailError("Pakken er for stor utpakket.", "The bundle is too large when unpacked.")
    if len(names) != len(members):
        raise TrailError("Et navn står to ganger i pakken.", "A name stands twice in the bundle.")
    for name in sorted(_MEMBERS - names):
        raise TrailError(f"{name} mangler i pakken.", f"{name} is missing in the bundle.")
    for name in sorted(names - _MEMBERS):
        if not (name.startswith(FILES) and _is(_HASH, name[len(FILES) :])):
            raise TrailError(f"{_q(name)} hører ikke til i pakken.", f"{_q(name)} is no part of a bundle.")
    for member in members:
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise TrailError(
                f"{_q(member.filename)} er kryptert eller pakket på en ukjent måte.",
                f"{_q(member.filename)} is encrypted or packed in an unknown way.",
            )
    return names


def _whole(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    if archive.getinfo(name).file_size > limit:
        raise TrailError(f"{name} er lengre enn {limit} byte.", f"{name} is longer than {limit} bytes.")
    with archive.open(name) as member:
        return b"".join(iter(lambda: member.read(1 << 16), b""))


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        for chunk in iter(lambda: member.read(1 << 16), b""):
            digest.update(chunk)
    return digest.hexdigest()


def _rows(value: Any, key: str, fields: dict[str, type], where: str) -> list[dict[str, Any]]:
    # One shape serves the manifest and the clear values: a list of flat objects.
    rows = value[key] if isinstance(value, dict) and value.get("v") == VERSION and key in value else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict)
        and row.keys() == fields.keys()
        and all(type(row[name]) is kind for name, kind in fields.items())
        for row in rows
    ):
        raise TrailError(f"{where} er ikke slik det skal være.", f"{where} is not as it should be.")
    return rows


def _manifest(value: Any) -> dict[str, list[dict[str, Any]]]:
    return {
        "chains": _rows(value, "chains", {"chain": str, "size": int, "head": str}, MANIFEST),
        "files": _rows(value, "files", {"name": str, "sha256": str}, MANIFEST),
    }


def _clear(value: Any) -> dict[tuple[str, int], dict[str, Opening]]:
    clear: dict[tuple[str, int], dict[str, Opening]] = {}
    shape = {"chain": str, "number": int, "field": str, "salt": str, "value": str}
    for row in _rows(value, "values", shape, CLEAR):
        fields = clear.setdefault((row["chain"], row["number"]), {})
        if row["field"] in fields or not _is(_HASH, row["salt"]):
            raise TrailError(f"{CLEAR} er ikke slik det skal være.", f"{CLEAR} is not as it should be.")
        fields[row["field"]] = Opening(bytes.fromhex(row["salt"]), row["value"])
    return clear


def _check_entries(
    archive: zipfile.ZipFile,
    clear: dict[tuple[str, int], dict[str, Opening]],
    unnamed: set[str],
    checked: list[Said],
) -> tuple[dict[str, Walk], set[str]]:
    """Walk every chain of the bundle; also says which file hashes no entry names."""
    walks: dict[str, Walk] = {}
    opened = closed = 0
    with archive.open(ENTRIES) as member:
        for number, raw in enumerate(_lines(member), start=1):
            try:
                entry = decode(raw)
            except TrailError as fault:
                raise fault.within(f"Linje {number} i {ENTRIES}", f"Line {number} of {ENTRIES}") from fault
            walks.setdefault(entry["chain"], Walk(entry["chain"])).step(raw, entry)
            openings = clear.pop((entry["chain"], entry["number"]), {})
            closed += check_openings(entry, openings)
            opened += len(openings)
            if unnamed:
                unnamed.difference_update(re.findall(r"[0-9a-f]{64}", raw.decode("utf-8")))
    if not walks:
        raise TrailError("Pakken har ingen oppføringer.", "The bundle has no entries.")
    for chain, number in clear:
        raise TrailError(
            f"{CLEAR} har klartekst til oppføring {number} i kjeden {_q(chain)}, som ikke er her.",
            f"{CLEAR} has clear values for entry {number} of the chain {_q(chain)}, which is not here.",
        )
    checked.extend(said_chain(walk) for walk in walks.values())
    checked.append(said_openings(opened, closed))
    return walks, unnamed


def _lines(member: Any) -> Iterator[bytes]:
    rest = b""
    for chunk in iter(lambda: member.read(1 << 16), b""):
        *full, rest = (rest + chunk).split(b"\n")
        yield from full
        if len(rest) > MAX_ENTRY:
            break
    if rest:
        raise TrailError(
            f"{ENTRIES} er kuttet eller har en for lang linje.", f"{ENTRIES} is cut or has too long a line."
        )


def _said_files(count: int, loose: list[str]) -> Said:
    nb = f"{count} filer er de hashene i pakken sier; hva de heter, er bare pakkens eget ord"
    en = f"{count} files are those the bundle's hashes say; what they are called is the bundle's word alone"
    if not loose:
        return Said(f"{nb}. Hver er nevnt ved sin hash i en oppføring.", f"{en}. Entries name each by hash.")
    names = ", ".join(_q(name) for name in loose[:10])
    return Said(
        f"{nb}. {len(loose)} er ikke nevnt i noen oppføring: {names}.",
        f"{en}. {len(loose)} are named by no entry: {names}.",
    )


# For people


def report(verdict: Verdict) -> str:
    """The verdict as a person reads it, in Norwegian and then in English."""
    lines: list[str] = []
    for index, head, fine, wrong in (
        (0, "Kontrollert:", "RESULTAT: Sporet er helt.", "RESULTAT: FEIL. "),
        (1, "Checked:", "RESULT: The trail is whole.", "RESULT: FAULT. "),
    ):
        if verdict.checked:
            lines += [head, *(f"  - {said[index]}" for said in verdict.checked)]
        fault = verdict.first_fault
        lines += [fine if fault is None else f"{wrong}{fault[index].rstrip('.')}."]
        if verdict.ok:
            lines += [LIMITS[index]]
        lines += [""]
    return "\n".join(lines)


def show(verdict: Verdict) -> int:
    """Print the report and return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Not every console can write æ, ø and å; a verdict must come out all the same.
        sys.stdout.reconfigure(errors="replace")
    print(report(verdict), end="")
    return verdict.exit_code


def main(words: list[str]) -> int:
    """``python verify.py trail.zip``: print the verdict and return its exit code."""
    if len(words) != 1 or words[0].startswith("-"):
        print("Bruk / usage: python verify.py trail.zip", file=sys.stderr)
        return 2
    return show(verify_bundle(words[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
