"""The trail: what an entry's bytes are, how entries are chained, and how anyone checks them.

This one file is both the server's and everybody else's: a copy of it lies in
every exported ``trail.zip`` as ``verify.py``, so that a council member with one
file and no network checks by the very code that wrote. That is why it needs the
standard library alone, why its sentences are Norwegian and English instead of
catalogue keys, why it is one file though it is long, why it reads a file at
the very end, and why it runs on Python 3.9. Signatures are checked where the
package ``cryptography`` is there; where it is not, the verdict says so.

* An entry is canonical JSON, a subset of RFC 8785: UTF-8, sorted ASCII keys, no
  floats, no integer of 2^53 or more. What does not re-encode to the same bytes
  is refused, so one entry has one hash and no second spelling.
* A chain links each entry to the one before. Names and free text stand in it
  as salted commitments, so that a person can be erased and every hash still fits.
* An entry's hash is a leaf of one RFC 6962 Merkle tree over all entries. The log
  signs the tree's head, and each party's witness cosigns it: what both sides'
  witnesses have cosigned on one root is final, and nobody can change it unseen.
* Who signed off is told by the entries that gave the role and the passkey, and
  which yes a step needs by the workflow that they name by its hash.

It is read from the top: bytes, entries, chains, the tree, signed notes, keys,
what is final, who signed off, the workflow, bundles, receipts, and what a
person is told.
"""

from __future__ import annotations

import base64
import binascii
import bisect
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import Any, NamedTuple

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.hashes import SHA256

    CAN_CHECK_SIGNATURES = True
except ImportError:  # all but the signatures is checked, and the verdict says so
    CAN_CHECK_SIGNATURES = False
try:
    import orjson
except ImportError:  # the same, slower
    orjson = None  # type: ignore[assignment]

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
    """What a verifier found: what was checked, what was not, and the first thing that is wrong.

    ``unreadable`` tells an input that could not be opened at all from one that
    was read and found wrong. ``unchecked`` is what the reader must know was
    taken on somebody's word, or not looked at. ``result`` says what holds where all does.
    """

    ok: bool
    checked: tuple[Said, ...]
    first_fault: Said | None = None
    unreadable: bool = False
    unchecked: tuple[Said, ...] = ()
    result: Said = Said("Sporet er helt", "The trail is whole")

    @property
    def exit_code(self) -> int:
        """0 it holds, 1 it does not, 2 there was nothing to read."""
        return 0 if self.ok else 2 if self.unreadable else 1


LIMITS = Said(
    "Dette beviser ikke at alt som hendte ble ført inn, noe om det som kom etter det siste sjekkpunktet som "
    "begge parters vitner har medsignert, hvem som satt bak en innlogging, eller at noen har gitt en "
    "kvalifisert elektronisk signatur.",
    "This does not prove that all that happened was entered, anything about what came after the last "
    "checkpoint that both parties' witnesses cosigned, who sat behind a login, or that anybody gave a "
    "qualified electronic signature.",
)
"""What no verdict, paper or receipt leaves out. Receipts quote it: another wording is another version."""


# Canonical JSON (RFC 8785, the subset that all encoders agree on)


def _integer(digits: str) -> int:
    # Older Pythons take minutes over a number of a million digits.
    if len(digits) > 17:
        raise TrailError("et heltall er 2^53 eller større", "an integer is 2^53 or larger")
    return int(digits)


_dump = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_load = json.JSONDecoder(parse_int=_integer).decode
# For bytes that are known to be canonical, where any parser reads the same.
_load_checked: Callable[[bytes], Any] = json.loads if orjson is None else orjson.loads


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


# Entries at speed: a grammar for the lines that need no parser


class Outline(NamedTuple):
    """What a walk wants of an entry; the rest is checked, but not kept. ``sealed`` counts its commitments."""

    chain: str
    number: int
    previous: str | None
    kind: str
    sealed: int


def outline(raw: bytes) -> Outline:
    """The outline of the entry that ``raw`` is; raises :class:`TrailError` just where :func:`decode` does.

    Nearly every line is so plain that one regular expression tells that it is
    canonical and rightly filled. What it does not know takes the long way, so
    the grammar may be narrower than an entry, but never wider.
    """
    return _skim(raw) or _outline(decode(raw))


def _outline(entry: dict[str, Any]) -> Outline:
    sealed = len(entry.get("private", ()))
    return Outline(entry["chain"], entry["number"], entry["previous"], entry["kind"], sealed)


def _skim(raw: bytes) -> Outline | None:
    try:
        found = _PLAIN_LINE(raw.decode("utf-8"))
    except (AttributeError, UnicodeDecodeError):
        return None
    if found is None or len(raw) > MAX_ENTRY:
        return None
    chain, data, kind, digits, previous, private = found.groups()
    # Order and doubles of keys are the one thing that the expression cannot tell. A text that
    # begins with a colon looks like one key more, which can only send a line the long way.
    if data is not None:
        pieces = data.split('":')
        if len(pieces) > 2:
            keys = [piece.rpartition('"')[2] for piece in pieces[:-1]]
            if keys != sorted(set(keys)):
                return None
    sealed = 0
    if private is not None:
        # Neither names nor hashes have quotes in them; a name may well be a comma.
        sealed = private.count('"') // 4
        if sealed > 1:
            keys = private.split('"')[1::4]
            if keys != sorted(set(keys)):
                return None
    number = int(digits)
    if (previous is None) != (number == 1):
        return None
    return _new_outline((chain, number, previous, kind, sealed))


def _plain_line() -> re.Pattern[str]:
    name = r"[!#-\[\]-~]{1,100}"
    hash_ = r"[0-9a-f]{64}"
    year = r"(?!0000)[0-9]{4}"
    # Every day that every year has; 29 February takes the long way.
    day = (
        r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)"
        r"|(?:0[13578]|1[02])-31)"
    )
    clock = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
    at = rf"{year}-{day}T{clock}:[0-5][0-9](?:\.(?!000000)[0-9]{{6}})?(?:\+|-(?!00:00)){clock}"
    scalar = r'(?:"[^"\\\x00-\x1f]*"|-?[1-9][0-9]{0,14}|0|null|true|false)'
    item = rf'"[a-z0-9_]+":(?:{scalar}|\[(?:{scalar}(?:,{scalar})*)?\])'
    actor = (
        rf'null|\{{(?:"acting_for":"{name}",)?(?:"party":"{name}",)?"person":"{name}"(?:,"role":"{name}")?\}}'
    )
    return re.compile(
        rf'\{{"actor":(?:{actor}),(?:"agreement":"{hash_}",)?"at":"{at}","chain":"([!#-\[\]-~]{{1,200}})",'
        rf'(?:"data":\{{({item}(?:,{item})*)\}},)?(?:"definition":"{hash_}",)?'
        rf'(?:"event_date":"{year}(?:-{day}|-(?:0[1-9]|1[0-2]))?",)?(?:"from":"{name}",)?"kind":"({name})",'
        rf'"number":([1-9][0-9]{{0,14}}),"previous":(?:null|"({hash_})"),'
        rf'(?:"private":\{{("{name}":"{hash_}"(?:,"{name}":"{hash_}")*)\}},)?'
        rf'(?:"to":"{name}",)?(?:"transition":"{name}",)?"v":1\}}'
    )


_PLAIN_LINE = _plain_line().fullmatch
_new_outline: Callable[[Any], Outline] = partial(tuple.__new__, Outline)


# Chains


class Walk:
    """A chain read from its first entry on; holds no more of it than its size, its head and that one's place.

    ``place`` is where the last entry stands in the log, -1 where that is not known.
    """

    def __init__(self, chain: str | None = None) -> None:
        self.chain = chain
        self.size = 0
        self.head: str | None = None
        self.place = -1

    def step(self, raw: bytes, entry: dict[str, Any] | None = None) -> dict[str, Any]:
        """Take the next entry and give it back decoded; raises :class:`TrailError`.

        ``entry`` is ``decode(raw)`` where the caller has it already.
        """
        try:
            entry = decode(raw) if entry is None else entry
        except TrailError as fault:
            raise self._here(fault) from fault
        self.follow(raw, _outline(entry))
        return entry

    def skim(self, raw: bytes) -> Outline:
        """Take the next entry without decoding it; as strict as :meth:`step`, and many times as fast."""
        try:
            told = outline(raw)
        except TrailError as fault:
            raise self._here(fault) from fault
        self.follow(raw, told)
        return told

    def follow(self, raw: bytes, told: Outline) -> bytes:
        """Take the next entry, whose outline the caller has; gives its leaf hash (32 bytes)."""
        chain, number, previous, _, _ = told
        if chain != self.chain or number != self.size + 1 or previous != self.head:
            self._refuse(told)
        self.size = number
        digest = hashlib.sha256(_LEAF + raw)
        self.head = digest.hexdigest()
        return digest.digest()

    def _refuse(self, told: Outline) -> None:
        if self.chain is None:
            self.chain = told.chain
        if told.chain != self.chain:
            chain = _q(told.chain)
            raise self._here(TrailError(f"den hører til kjeden {chain}", f"it belongs to the chain {chain}"))
        if told.number != self.size + 1:
            fault = TrailError(
                f"her står nummer {told.number}; noe mangler, er flyttet eller står to ganger",
                f"number {told.number} stands here; something is missing, moved or stands twice",
            )
            raise self._here(fault)
        if told.previous != self.head:
            fault = TrailError(
                "den viser ikke til oppføringen foran; en av de to er endret",
                "it does not point to the entry before it; one of the two was changed",
            )
            raise self._here(fault)

    def _here(self, fault: TrailError) -> TrailError:
        nb, en = f"Oppføring {self.size + 1}", f"Entry {self.size + 1}"
        if self.chain is not None:
            nb, en = f"{nb} i kjeden {_q(self.chain)}", f"{en} of the chain {_q(self.chain)}"
        return fault.within(nb, en)


def verify_chain(lines: Iterable[bytes], chain: str | None = None) -> Verdict:
    """Check one chain, entry by entry from the first; never raises for what it is given.

    ``chain`` is the name it must have, where that is known.
    """
    walk = Walk(chain)
    try:
        for raw in lines:
            walk.skim(raw)
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


# What is final: the log's signed heads, and which of the parties' witnesses cosigned them

MUNICIPAL, POLICE = "municipal", "police"
SIDES = (MUNICIPAL, POLICE)
_SIDE = {MUNICIPAL: Said("kommunen", "municipality"), POLICE: Said("politiet", "police")}
MAX_NOTES = 64
"""The most signed heads in one bundle or receipt."""


class Held(NamedTuple):
    """What a verifier holds from elsewhere: public keys, and heads that stood on paper."""

    keys: tuple[VerifierKey, ...] = ()
    heads: tuple[tuple[int, bytes], ...] = ()


def parse_held(text: str) -> Held:
    """The file that ``--key`` names: one vkey a line, or a head as ``size root``; # begins a comment.

    The root may be hex or base64. Raises :class:`TrailError` naming the line.
    """
    keys: list[VerifierKey] = []
    heads: list[tuple[int, bytes]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split("#")[0].split()
        try:
            if len(words) == 2 and _SIZE.fullmatch(words[0]):
                root = bytes.fromhex(words[1]) if _is(_HASH, words[1]) else _from_base64(words[1])
                _nodes([root])
                heads.append((int(words[0]), root))
            elif words:
                keys.append(parse_vkey(" ".join(words)))
        except TrailError as fault:
            raise fault.within(f"Linje {number}", f"Line {number}") from fault
    if not keys and not heads:
        raise TrailError("filen har ingen nøkler", "the file has no keys")
    return Held(tuple(keys), tuple(heads))


class Witness(NamedTuple):
    """A witness: its key, and the side and the parties that it watches for."""

    key: VerifierKey
    side: str
    parties: tuple[str, ...]


class Cosigned(NamedTuple):
    """One witness's word for one head, at a Unix time."""

    witness: Witness
    time: int


class Head(NamedTuple):
    """A signed head of the log, and whose cosignatures on it hold."""

    size: int
    root: bytes
    cosigned: tuple[Cosigned, ...]


class Heads:
    """The signed heads that came with a trail: each signed by the log, each the beginning of the newest.

    ``keys`` is what :data:`KEYS` holds. ``notes`` are the newest head and then
    older ones, each with its consistency proof to the newest. ``held`` is what
    the verifier brought; where it names keys of a kind, only those count. Raises
    :class:`TrailError` for the first thing that does not fit.
    """

    def __init__(self, keys: Any, notes: Sequence[tuple[bytes, list[bytes]]], held: Held | None) -> None:
        self.held = held or Held()
        self.logs, self.witnesses = _known_keys(keys)
        self.signed_by: VerifierKey | None = None
        self._signed: set[tuple[str, bytes]] = set()
        newest, heads = None, []
        for raw, proof in notes[:MAX_NOTES]:
            note = parse_note(raw)
            head = parse_checkpoint(note.text)
            newest = newest or head
            if head.origin != newest.origin or head.extensions:
                raise TrailError("et sjekkpunkt er fra en annen logg", "a checkpoint is of another log")
            verify_consistency(head.size, newest.size, head.root, newest.root, proof)
            key = self._log_signature(note, head.origin)
            self.signed_by = self.signed_by or key
            heads.append(Head(head.size, head.root, self._cosignatures(note, key)))
        if newest is None or len(notes) > MAX_NOTES or len({head.size for head in heads}) != len(heads):
            raise TrailError(
                "sjekkpunktene er ikke slik de skal være", "the checkpoints are not as they should be"
            )
        if any(key[:2] not in self._signed for key in (*self.logs, *(w.key for w in self.witnesses))):
            raise TrailError(
                "en av nøklene har ikke signert noe her", "one of the keys has signed nothing here"
            )
        self.newest, self.heads = newest, tuple(heads)
        self._on_paper()

    def final(self, offices: Offices, among: frozenset[str] | None = None) -> Head | None:
        """The newest head that makes final what it covers, with the cosignatures that count; else None.

        Witnesses of both sides must have cosigned it, each for one of the parties ``among``
        (None: any): a party that has no part in the agreement makes nothing of it final.
        Who keeps a witness is promised
        that nothing is final without it, so every party with one at work must be among
        them; and a witness that was retired before the head was made counts no more.
        Raises :class:`TrailError` for a witness that no entry of its party's chain told of.
        """
        for witness in self.witnesses:
            offices.check_witness(witness)
        for head in sorted(self.heads, key=lambda head: -head.size):
            counted = tuple(
                Cosigned(one.witness._replace(parties=watched), one.time)
                for one in head.cosigned
                if (watched := offices.at_work(one.witness, head.size, among))
            )
            parties = {party for one in counted for party in one.witness.parties}
            sides = {one.witness.side for one in counted}
            if sides == set(SIDES) and offices.watched(head.size, among) <= parties:
                return head._replace(cosigned=counted)
        return None

    def _log_signature(self, note: Note, origin: str) -> VerifierKey:
        named = {signature[:2] for signature in note.signatures}
        self._signed |= named
        for key in self.logs:
            if key.name == origin and key[:2] in named:
                if CAN_CHECK_SIGNATURES:
                    check_note_signature(note, key)
                return key
        raise TrailError("loggen har ikke signert sjekkpunktet", "the log has not signed the checkpoint")

    def _cosignatures(self, note: Note, log: VerifierKey) -> tuple[Cosigned, ...]:
        found = []
        known = {(w.key.name, w.key.key_id): w for w in self.witnesses}
        for signature in note.signatures:
            if signature[:2] == log[:2]:
                continue
            witness = known.get(signature[:2])
            if witness is None:
                name = _q(signature.name)
                raise TrailError(f"{name} har signert, men er ikke kjent", f"{name} signed, but is not known")
            if CAN_CHECK_SIGNATURES:
                found.append(Cosigned(witness, check_cosignature(note.text, signature, witness.key)))
        mine = [key for key in self.held.keys if key.kind == WITNESS_KEY]
        return tuple(c for c in found if not mine or c.witness.key in mine)

    def _on_paper(self) -> None:
        roots = {head.size: head.root for head in self.heads}
        for size, root in self.held.heads:
            if roots.get(size, root) != root:
                raise TrailError(
                    f"sjekkpunktet du har på {size} oppføringer, har en annen rot: historien er skrevet om",
                    f"the head that you hold over {size} entries has another root: history was rewritten",
                )
        logs = [key for key in self.held.keys if key.kind == LOG_KEY]
        if logs and self.signed_by not in logs:
            raise TrailError(
                "det nyeste sjekkpunktet er ikke signert med en nøkkel du har; har loggen byttet nøkkel, "
                "trengs den som gjaldt da",
                "the newest checkpoint is not signed with a key that you hold; where the log has changed its "
                "key, the one of that time is needed",
            )
        if self.held.keys and not logs and not any(head.cosigned for head in self.heads):
            raise TrailError(
                "ingen nøkkel du har, har signert noe her", "no key that you hold has signed anything here"
            )

    def tell(self, checked: list[Said], unchecked: list[Said]) -> None:
        """What was found of heads and keys, for a person."""
        size, root = self.newest.size, self.newest.root.hex()
        checked.append(
            Said(
                f"Loggen {_q(self.newest.origin)} har {size} oppføringer under roten {root}.",
                f"The log {_q(self.newest.origin)} has {size} entries under the root {root}.",
            )
        )
        if not CAN_CHECK_SIGNATURES:
            unchecked.append(NO_SIGNATURES)
        used = [*self.logs, *(witness.key for witness in self.witnesses)]
        own = [key for key in used if key in self.held.keys]
        if own and CAN_CHECK_SIGNATURES:
            names = ", ".join(_q(key.name) for key in own)
            checked.append(Said(f"Nøkler du har fra før: {names}.", f"Keys that you hold: {names}."))
        foreign = ", ".join(map(_said_key, (key for key in used if key not in self.held.keys)))
        if foreign:
            unchecked.append(
                Said(
                    f"Nøklene er filens eget ord; sammenlign dem med dem partene kunngjør: {foreign}.",
                    f"The keys are the file's own word; compare them with those made public: {foreign}.",
                )
            )
        proved = {head.size for head in self.heads}
        for size, _ in self.held.heads:
            nb = f"Sjekkpunktet du har på {size} oppføringer"
            en = f"The head that you hold over {size} entries"
            if size in proved:
                checked.append(Said(f"{nb}, er begynnelsen på loggen.", f"{en} is the beginning of the log."))
            else:
                unchecked.append(
                    Said(f"{nb}, er ikke med her; be om et bevis.", f"{en} is not in here; ask for a proof.")
                )

    @staticmethod
    def said_witnesses(head: Head, offices: Offices) -> Iterator[Said]:
        """Who entered the witnesses of a head, and when: one that a stranger entered is a stranger's."""
        for one in head.cosigned:
            name, said = _q(one.witness.key.name), offices.witness(one.witness).said
            yield Said(f"Vitnet {name}: {said.nb}.", f"The witness {name}: {said.en}.")

    def said_final(self, head: Head | None, final: int, total: int) -> Said:
        """How many of ``total`` entries are final, by whose word, and what the others wait for."""
        nb_those, en_those = (
            f"{final} av {total} oppføringer er endelige",
            f"{final} of {total} entries are final",
        )
        if total == 1:
            nb_those, en_those = "Oppføringen er endelig", "The entry is final"
        if head is None:
            signed = {c.witness.side for h in self.heads for c in h.cosigned}
            missing = [_SIDE[side] for side in SIDES if side not in signed] or list(_SIDE.values())
            nb, en = (" og ".join(s.nb for s in missing), " and the ".join(s.en for s in missing))
            if total == 1:
                nb_those, en_those = "Oppføringen er ikke endelig", "The entry is not final"
            return Said(
                f"{nb_those}: medsignatur mangler fra {nb} på samme rot.",
                f"{en_those}: there is no cosignature by the {en} on one root.",
            )
        nb_by, en_by = (
            word.join(_said_witness(one, language) for one in head.cosigned)
            for language, word in enumerate((" og ", " and "))
        )
        nb_rest, en_rest = ("; resten venter", "; the rest wait") if final < total else ("", "")
        return Said(
            f"{nb_those}: medsignert av {nb_by} på samme rot ({head.size} oppføringer){nb_rest}.",
            f"{en_those}: cosigned by {en_by} on one root ({head.size} entries){en_rest}.",
        )


NO_SIGNATURES = Said(
    "INGEN SIGNATUR ER PRØVD: pakken cryptography mangler på denne maskinen (pip install cryptography). "
    "Hva som er endelig og hvem som har signert, er derfor ikke vist.",
    "NO SIGNATURE WAS CHECKED: the package cryptography is missing on this machine (pip install "
    "cryptography). What is final, and who signed, is therefore not shown.",
)


def _said_key(key: VerifierKey) -> str:
    return f"{_q(key.name)} {key.key_id.hex()} (SHA-256 {hashlib.sha256(key.public).hexdigest()})"


def _said_witness(cosigned: Cosigned, language: int) -> str:
    witness = cosigned.witness
    parties = ", ".join(map(_q, witness.parties))
    return f"{_q(witness.key.name)} ({_SIDE[witness.side][language]} {parties}, {_utc(cosigned.time)})"


def _utc(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, timezone(timedelta())).strftime("%Y-%m-%d %H:%M:%S UTC")
    except (OverflowError, ValueError, OSError):
        return f"{seconds} s"


def _known_keys(value: Any) -> tuple[tuple[VerifierKey, ...], tuple[Witness, ...]]:
    logs = [parse_vkey(row["vkey"]) for row in _rows(value, "logs", {"vkey": str}, KEYS, others="witnesses")]
    shape: dict[str, type] = {"vkey": str, "party": str, "side": str}
    rows = _rows(value, "witnesses", shape, KEYS, others="logs")
    watched: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        watched.setdefault((row["vkey"], row["side"]), []).append(row["party"])
    witnesses = [Witness(parse_vkey(vkey), side, tuple(who)) for (vkey, side), who in watched.items()]
    publics = {key.public for key in logs} | {witness.key.public for witness in witnesses}
    # One key in two places is one who could speak for two.
    wrong = (
        len(publics) != len(logs) + len(witnesses)
        or any(key.kind != LOG_KEY for key in logs)
        or any(w.key.kind != WITNESS_KEY or w.side not in SIDES for w in witnesses)
        or any(len(set(w.parties)) != len(w.parties) for w in witnesses)
    )
    if wrong:
        raise TrailError(f"{KEYS} er ikke slik det skal være", f"{KEYS} is not as it should be")
    return tuple(logs), tuple(witnesses)


class Places:
    """Inclusion proofs, one after the other, each leaning on the one before where their paths meet.

    Two leaves have one path from where they meet on, so a proof gives only what
    lies below that: two hashes on an average where leaves stand side by side.
    The rest was proved with the leaf before.
    """

    def __init__(self, size: int, root: bytes) -> None:
        self.size, self._root, self._index = size, root, -1
        self._height = height = (size - 1).bit_length()
        # By level: the sibling of the last leaf's ancestor (empty where it has none), and the ancestor.
        self._path = [b""] * height
        self._above = [b""] * height
        bare = [1 - ((size - 1) >> level & 1) for level in range(height)]
        self._bare_from = [sum(bare[level:]) for level in range(height + 1)]

    def step(self, leaf: bytes, index: int, nodes: Sequence[bytes], shared: int) -> None:
        """Raise :class:`TrailError` unless ``leaf`` is number ``index`` (from 0) of the tree.

        ``nodes`` are the lower part of its path (RFC 9162, section 2.1.3); the last
        ``shared`` nodes of the path of the leaf before are the upper part.
        """
        if not 0 <= index < self.size or index == self._index:
            raise TrailError("plassen i loggen er feil", "the place in the log is wrong")
        path, above, last = self._path, self._above, self.size - 1
        # Where the two paths become siblings; the first leaf goes all the way to the root.
        meet = self._height if self._index < 0 else (index ^ self._index).bit_length() - 1
        at, found, used = index, leaf, 0
        try:
            for level in range(meet):
                above[level] = found
                if at & 1:
                    node = nodes[used]
                    found = hashlib.sha256(_NODE + node + found).digest()
                elif at < last >> level:
                    node = nodes[used]
                    found = hashlib.sha256(_NODE + found + node).digest()
                else:
                    node, used = b"", used - 1
                path[level] = node
                used += 1
                at >>= 1
            if meet == self._height:
                right, above_meet = found == self._root and not shared, 0
            else:
                common = max(meet + 1, (index ^ last).bit_length())
                above_meet = self._height - meet - 1 - self._bare_from[common]
                right = found == path[meet] and nodes[used] == above[meet] and shared == above_meet
                path[meet], above[meet], used = above[meet], found, used + 1
        except IndexError:
            right = False
        if not right or used != len(nodes):
            raise TrailError(
                "beviset fører ikke til loggens rot", "the proof does not lead to the log's root"
            )
        self._index = index

    def run(self, leaves: Sequence[bytes], lines: Sequence[bytes]) -> bool:
        """Whether the leaf just proved begins a whole subtree, of which ``lines`` prove the rest.

        ``leaves`` are its :data:`RUN` leaves, ``lines`` the proofs of all but the first. Within a whole
        subtree the leaves alone tell every node, so there is one right line for each, and
        it is made and compared instead of read. Any doubt is a no, and changes nothing:
        then :meth:`step` tells what is wrong, if anything is.
        """
        first = self._index
        if first % RUN or first + RUN > self.size or not len(leaves) == RUN == len(lines) + 1:
            return False
        levels, below = [leaves], leaves
        while len(below) > 1:
            below = [
                hashlib.sha256(_NODE + left + right).digest()
                for left, right in zip(below[::2], below[1::2])  # noqa: B905, as Python 3.9 has it
            ]
            levels.append(below)
        height = len(levels) - 1
        # What the first leaf's proof led to the root with; lines made to fit other leaves end here.
        if any(self._path[level] != levels[level][1] for level in range(height)):
            return False
        bare = self._bare_from[max(height, (first ^ (self.size - 1)).bit_length())]
        shown = [[node.hex() for node in nodes] for nodes in levels]
        shared = self._height - 1 - bare
        for number, (line, places) in enumerate(zip(lines, _RUN_PLACES), start=1):  # noqa: B905
            path = '","'.join([shown[level][at] for level, at in places])
            right = f'{{"index":{first + number},"path":["{path}"],"shared":{shared - len(places) + 1}}}'
            if line != right.encode():
                return False
        for level in range(height):
            self._path[level], self._above[level] = levels[level][-2], levels[level][-1]
        self._index = first + RUN - 1
        return True


RUN = 32
"""How many leaves that stand side by side are proved at once; a power of two."""


def _run_places() -> list[list[tuple[int, int]]]:
    """By leaf of a run but the first: the nodes of its proof, each as level and place in the subtree."""
    found = []
    for number in range(1, RUN):
        meet = (number & -number).bit_length() - 1
        siblings = [(level, (number >> level) + 1) for level in range(meet)]
        found.append([*siblings, (meet, (number >> meet) - 1)])
    return found


_RUN_PLACES = _run_places()


# Who signed off: roles and passkeys from the parties' chains

_SIGN_OFF = b"avtaleflyt/sign-off/v1\x00"
APPROVALS = frozenset({"approval", "transition"})
"""The kinds of entries of an agreement's chain that may tell of somebody's yes."""
OFFICES = frozenset(
    {
        "party_added",
        "role_given",
        "role_ended",
        "acting_added",
        "acting_ended",
        "passkey_added",
        "passkey_removed",
        "witness_added",
        "witness_retired",
    }
)
"""The kinds of entries of a party's chain that tell who may say yes, by which passkey, and who watches."""
MAX_GRANTS = 100
"""How often one and the same may be given and taken back: a made-up bundle must not take hours to read."""
_STATEMENT = frozenset(
    {"v", "agreement", "digest", "transition", "role", "party", "opening", "nonce", "origin"}
)
_EVIDENCE = frozenset({"how", "key", "statement", "authenticator_data", "client_data", "signature"})
_USER_PRESENT, _USER_VERIFIED = 0x01, 0x04
MAX_CLIENT_DATA = 1 << 14


def statement_challenge(statement: dict[str, Any]) -> bytes:
    """The 32 bytes that a passkey signs for what ``statement`` says is approved."""
    return hashlib.sha256(_SIGN_OFF + canonical(statement)).digest()


def check_assertion(sign_off: dict[str, Any], key: dict[str, Any]) -> None:
    """Raise :class:`TrailError` unless this passkey answered for this statement, its user verified.

    ``sign_off`` is what the approval's entry keeps; ``key`` the data of the
    ``passkey_added`` entry. WebAuthn level 3, section 7.2, steps 10 to 21, as far
    as they can be done again years later: the counter was the server's.
    """
    said = _client_data(from_base64url(sign_off["client_data"]))
    authenticator = from_base64url(sign_off["authenticator_data"])
    challenge = to_base64url(statement_challenge(sign_off["statement"]))
    if said.get("type") != "webauthn.get" or said.get("crossOrigin", False) is not False:
        raise TrailError("passnøkkelen svarte på noe annet", "the passkey answered something else")
    if said.get("challenge") != challenge:
        raise TrailError(
            "passnøkkelen signerte noe annet enn det som står her",
            "the passkey signed something else than this",
        )
    if said.get("origin") not in key["origins"]:
        raise TrailError(
            "passnøkkelen ble brukt på et annet nettsted", "the passkey was used at another site"
        )
    if len(authenticator) < 37 or authenticator[:32] != hashlib.sha256(key["rp_id"].encode()).digest():
        raise TrailError("passnøkkelen er for et annet nettsted", "the passkey is for another site")
    if authenticator[32] & (_USER_PRESENT | _USER_VERIFIED) != _USER_PRESENT | _USER_VERIFIED:
        raise TrailError("passnøkkelen kontrollerte ikke brukeren", "the passkey did not verify its user")
    if CAN_CHECK_SIGNATURES:
        signed = authenticator + hashlib.sha256(from_base64url(sign_off["client_data"])).digest()
        _check_jwk(key["public_key"], from_base64url(sign_off["signature"]), signed)


def _client_data(raw: bytes) -> dict[str, Any]:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a name stands twice")
        return dict(pairs)

    try:
        if len(raw) > MAX_CLIENT_DATA:
            raise ValueError("too long")
        said = json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_int=_integer)
        if isinstance(said, dict):
            return said
    except (ValueError, RecursionError):
        pass
    raise TrailError("passnøkkelens svar kan ikke leses", "the passkey's answer cannot be read")


def _check_jwk(key: dict[str, Any], signature: bytes, message: bytes) -> None:
    """Check by a JSON Web Key (RFC 7517, 8037): ES256, EdDSA or RS256."""
    kind = (key.get("kty"), key.get("crv"))
    numbers: dict[str, bytes] = {
        name: from_base64url(key[name]) for name in ("x", "y", "n", "e") if name in key
    }
    try:
        if kind == ("EC", "P-256"):
            x, y = (int.from_bytes(numbers[name], "big") for name in "xy")
            point = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
            return point.verify(signature, message, ec.ECDSA(SHA256()))
        if kind == ("OKP", "Ed25519"):
            return Ed25519PublicKey.from_public_bytes(numbers["x"]).verify(signature, message)
        if kind == ("RSA", None) and 256 <= len(numbers["n"]) <= 1024 and len(numbers["e"]) <= 4:
            e, n = (int.from_bytes(numbers[name], "big") for name in "en")
            return (
                rsa.RSAPublicNumbers(e, n)
                .public_key()
                .verify(signature, message, padding.PKCS1v15(), SHA256())
            )
    except (InvalidSignature, KeyError, ValueError) as error:
        raise TrailError(
            "passnøkkelens signatur passer ikke", "the passkey's signature does not fit"
        ) from error
    raise TrailError("passnøkkelen er av et ukjent slag", "the passkey is of an unknown kind")


def to_base64url(raw: bytes) -> str:
    """Base64url without padding, as passkeys speak (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def from_base64url(text: Any) -> bytes:
    """The bytes of unpadded base64url, which has one spelling; raises :class:`TrailError`."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if to_base64url(raw) == text:
            return raw
    except (TypeError, ValueError):
        pass
    raise TrailError("dette er ikke base64url", "this is not base64url")


class Grant(NamedTuple):
    """An entry that gave somebody something: where it stands, what it says, who wrote it."""

    place: int | None
    chain: str
    number: int
    at: str
    data: dict[str, Any]
    actor: dict[str, Any] | None

    @property
    def said(self) -> Said:
        """Where it stands, since when, and who entered it."""
        by = (self.actor or {}).get("person")
        nb = f"ført inn av {_q(by)}" if by else "ført inn av den som driver systemet"
        en = f"entered by {_q(by)}" if by else "entered by whoever runs the system"
        chain, number, at = _q(self.chain), self.number, self.at
        return Said(
            f"oppføring {number} i kjeden {chain}, {at}, {nb}",
            f"entry {number} of the chain {chain}, {at}, {en}",
        )


class Offices:
    """Who may sign off for each party, and by which passkeys, as the entries told it.

    ``place`` is where an entry stands in the log, by which it is known what came
    first of two chains: what is given later does not count, and what is taken
    back later does. It is None where there is no log: then only the entries' own
    times tell what was taken back, and nothing tells what was given too late.
    """

    def __init__(self) -> None:
        self.sides: dict[str, str] = {}
        self._given: dict[tuple[Any, ...], list[Grant]] = {}
        self._ended: dict[tuple[Any, ...], list[Grant]] = {}
        self._known: dict[tuple[tuple[Any, ...], str], Grant] = {}

    def take(self, entry: dict[str, Any], place: int | None) -> None:
        """Note an entry of a party's chain, one of the kinds :data:`OFFICES`."""
        party, kind, data = entry["chain"][len(PARTY) :], entry["kind"], entry.get("data", {})
        if kind == "party_added":
            if data.get("side") in SIDES:
                self.sides.setdefault(party, data["side"])
            return
        what, _, how = kind.partition("_")
        named = _GRANTS[what]
        if not all(isinstance(data.get(name), str) for name in named):
            raise TrailError("det mangler hvem og hva", "who and what is missing")
        grant = Grant(place, entry["chain"], entry["number"], entry["at"], data, entry["actor"])
        book = self._given if how in ("given", "added") else self._ended
        told = book.setdefault((party, what, *(data[name] for name in named)), [])
        if len(told) == MAX_GRANTS:
            raise TrailError("det samme er gitt for mange ganger", "the same was given too many times")
        told.append(grant)

    def roles(self, entry: dict[str, Any], place: int | None) -> tuple[Grant, ...]:
        """What made the actor of ``entry`` a holder of the role that day; raises :class:`TrailError`.

        Two entries where one acted in another's office: the office, and the acting.
        """
        actor = entry["actor"]
        party, role, person = actor["party"], actor["role"], actor["person"]
        if "acting_for" not in actor:
            return (self._held("assignment", (party, "role", person, role), place, entry["at"]),)
        office = self._held("assignment", (party, "role", actor["acting_for"], role), place, entry["at"])
        acting = (party, "acting", person, actor["acting_for"], role)
        return (office, self._held("acting", acting, place, entry["at"]))

    def _held(self, number: str, key: tuple[Any, ...], place: int | None, at: str) -> Grant:
        day = at[:10]
        known = self._known.get((key, day))
        if known is not None and _before(known, place) and key not in self._ended:
            return known
        # Nearly always the day as it was written; else that of Norway, when written in another zone.
        ends, at = self._ends(number, key, place, at)
        for days in ({at[:10]}, _norwegian_days(at)) if key in self._given else ():
            for grant in self._given[key]:
                if _before(grant, place) and _lasts(grant, ends.get(repr(grant.data.get(number))), days):
                    self._known[key, day] = grant
                    return grant
        person, role, party = _q(key[2]), said_role(key[-1]), _q(key[0])
        raise TrailError(
            f"ingen oppføring foran gir {person} rollen {role.nb} for {party} den dagen",
            f"no entry before it gives {person} the role {role.en} for {party} that day",
        )

    def _ends(
        self, number: str, key: tuple[Any, ...], place: int | None, at: str
    ) -> tuple[dict[str, str], str]:
        """The last day of each that had been ended by then, by the number it was given under; and the time.

        An entry is no older than what stands before it in the log, whatever it says: else
        an office that is over could be used again by an earlier date.
        """
        found: dict[str, str] = {}
        latest = at
        for end in self._ended.get(key, ()):
            if end.data.get("to") and _before(end, place, at):
                named, day = repr(end.data.get(number)), str(end.data["to"])
                found[named] = min(day, found.get(named, day))
                latest = max(latest, end.at, key=datetime.fromisoformat)
        return found, latest

    def passkey(self, entry: dict[str, Any], key: str, place: int | None) -> Grant:
        """The entry that registered this passkey for the actor; raises :class:`TrailError`."""
        actor = entry["actor"]
        named = (actor["party"], "passkey", key, actor["person"])
        given = [one for one in self._given.get(named, ()) if _before(one, place)]
        ended = [one for one in self._ended.get(named, ()) if _before(one, place, entry["at"])]
        # They stand in one chain, so that their numbers tell which came last.
        if given and not any(one.number > given[-1].number for one in ended):
            data = given[-1].data
            origins = data.get("origins")
            if (
                isinstance(data.get("rp_id"), str)
                and isinstance(origins, list)
                and isinstance(data.get("public_key"), dict)
            ):
                return given[-1]
        raise TrailError(
            f"passnøkkelen {_q(key)} var ikke registrert på den som signerte, i partens kjede, da",
            f"the passkey {_q(key)} was not registered to the signer in the party's chain then",
        )

    def check_witness(self, witness: Witness) -> None:
        """Raise :class:`TrailError` unless each party's chain tells of its side and of this witness."""
        for party in witness.parties:
            known = (party, "witness", vkey_text(witness.key)) in self._given
            if not known or self.sides.get(party) != witness.side:
                name, shown = _q(witness.key.name), _q(party)
                raise TrailError(
                    f"vitnet {name} er ikke ført inn i kjeden til parten {shown}",
                    f"the witness {name} is not entered in the chain of the party {shown}",
                )

    def at_work(self, witness: Witness, size: int, among: frozenset[str] | None = None) -> tuple[str, ...]:
        """Of its parties ``among`` those that had entered it, and not yet retired it, at ``size`` entries.

        What waits for its place in the log comes after every head. A head from before it was entered
        says nothing of whose witness it is.
        """
        vkey = vkey_text(witness.key)
        return tuple(
            party
            for party in witness.parties
            if (among is None or party in among)
            and any(
                one.place is not None and one.place < size
                for one in self._given.get((party, "witness", vkey), ())
            )
            and all(
                end.place is None or end.place >= size
                for end in self._ended.get((party, "witness", vkey), ())
            )
        )

    def witness(self, witness: Witness) -> Grant:
        """The entry that told of it; there is one where :meth:`check_witness` has passed."""
        return self._given[witness.parties[0], "witness", vkey_text(witness.key)][0]

    def watched(self, size: int, among: frozenset[str] | None = None) -> frozenset[str]:
        """Of the parties ``among`` those with a witness at work, not retired since, at ``size`` entries."""
        return frozenset(
            key[0]
            for key, grants in self._given.items()
            if key[1] == "witness"
            and key not in self._ended
            and grants[0].place is not None
            and grants[0].place < size
            and (among is None or key[0] in among)
        )


PARTY, AGREEMENT = "party/", "agreement/"
"""What the names of the chains begin with."""
_GRANTS = {
    "role": ("person", "role"),
    "acting": ("person", "acting_for", "role"),
    "passkey": ("key", "person"),
    "witness": ("vkey",),
}


def _before(one: Grant, place: int | None, at: str | None = None) -> bool:
    """Whether ``one`` came before a place in the log; where there is none, before a time that is given."""
    if place is not None and one.place is not None:
        return one.place <= place
    return at is None or datetime.fromisoformat(one.at) <= datetime.fromisoformat(at)


def _lasts(grant: Grant, ended: str | None, days: set[str]) -> bool:
    """Whether one of ``days`` is among those it was given for; ``ended`` is its last day since."""
    last = min((str(day) for day in (grant.data.get("to"), ended) if day), default="9999")
    first = str(grant.data.get("from", ""))
    return any(first <= day <= last for day in days)


def _norwegian_days(at: str) -> set[str]:
    """The day of ``at`` in Norway, winter time or summer time."""
    zones = (timezone(timedelta(hours=hours)) for hours in (1, 2))
    try:
        return {datetime.fromisoformat(at).astimezone(zone).date().isoformat() for zone in zones}
    except (OverflowError, ValueError):
        return set()


class Rounds:
    """Which entry opened what is approved in an agreement's chain.

    That is the newest transition before the round's first approval, since it brought the
    agreement into the state it was in; the chain's first entry where there was none.
    """

    def __init__(self, first: str) -> None:
        self._newest = {"number": 1, "hash": first}
        self._rounds: dict[int, dict[str, Any]] = {}

    def opening(self, entry: dict[str, Any]) -> dict[str, Any]:
        """``{"number", "hash"}`` for an approval that comes next in the chain."""
        number = entry.get("data", {}).get("round")
        return self._rounds.setdefault(number, self._newest) if type(number) is int else self._newest

    def moved(self, number: int, hash_: str) -> None:
        """A transition was the entry of this number and hash."""
        self._newest = {"number": number, "hash": hash_}


_By = tuple[str, str, str]
"""Who approved: role, party, and how (a key of :data:`_WAYS`)."""


class _Round(NamedTuple):
    """What the approvals of one round are of, how many are missing after the last, and who gave them."""

    of: tuple[Any, Any]
    left: int
    by: list[_By]


MAX_STEPS = 20
"""How many steps are told one by one, the newest."""
_WAYS = {
    "passkey": Said("passnøkkel", "passkey"),
    "password": Said("passord", "password"),
    "unsaid": Said("innlogget", "signed in"),
}


def _said_step(entry: dict[str, Any], by: Sequence[_By] = ()) -> Said:
    """A step of an agreement, and who approved it of those whose entries are here."""
    name, number, to = _q(entry.get("transition")), entry["number"], _q(entry.get("to"))
    nb, en = f"{name} til {to} (oppføring {number})", f"{name} to {to} (entry {number})"
    if not by:
        return Said(nb, en)
    bound, stands = entry["data"].get("bound_to"), entry.get("agreement")
    nb_of, en_of = "avtalen slik den står i oppføringen", "the agreement as it stands in the entry"
    if bound != stands:
        nb_of, en_of = f"noe annet enn avtalen selv: {_q(bound)}", f"something else: {_q(bound)}"
    nb_by, en_by = (
        ", ".join(
            f"{said_role(role)[language]} for {_q(party)} ({_WAYS[way][language]})" for role, party, way in by
        )
        for language in (0, 1)
    )
    return Said(
        f"Steget {nb}, godkjent av {nb_by}; gjelder {nb_of}.",
        f"The step {en}, approved by {en_by}; of {en_of}.",
    )


_ROLES = {
    "slt_coordinator": Said("SLT-koordinator", "SLT coordinator"),
    "mayor": Said("ordfører", "mayor"),
    "council_secretary": Said("kommunestyresekretær", "council secretary"),
    "politikontakt": Said("politikontakt", "politikontakt"),
    "station_chief": Said("politistasjonssjef", "station chief"),
}


def said_role(role: str) -> Said:
    """What a role is called; one that is unknown here, as it is written."""
    return _ROLES.get(role) or Said(_q(role), _q(role))


class SignOffs:
    """The approvals of a trail, each held against who may give it and how it was given.

    ``origin`` is the log's, None where there is none. Not ``strict``, roles are
    left alone: the parties' chains stood last in the first bundles.
    """

    def __init__(self, offices: Offices, origin: str | None, strict: bool = True) -> None:
        self.offices, self._origin, self._strict = offices, origin, strict
        self._nonces: set[str] = set()
        self._roles: dict[tuple[str, int], Grant] = {}
        self._keys: dict[tuple[str, int], tuple[Grant, str]] = {}
        self._parties: dict[str, frozenset[str]] = {}
        self._rounds: dict[tuple[str, int], _Round] = {}
        # The newest are told one by one, so no more are kept.
        self._steps: deque[tuple[dict[str, Any], list[_By]]] = deque(maxlen=MAX_STEPS)
        self._bare: deque[dict[str, Any]] = deque(maxlen=MAX_STEPS)
        self._approved = self._unapproved = 0
        self.ways = {"passkey": 0, "password": 0, "unsaid": 0}
        self.workflows: tuple[Workflow, ...] = ()
        self.unsigned = 0

    def begin(self, entry: dict[str, Any]) -> None:
        """Note whose agreement it is, as the first entry of its chain tells; raises :class:`TrailError`."""
        told = entry.get("data", {}).get("parties")
        if not isinstance(told, list) or not all(isinstance(party, str) for party in told):
            if told is not None:
                raise TrailError("partene er ikke rett oppført", "the parties are not rightly entered")
            return
        self._parties[entry["chain"]] = frozenset(told)

    @property
    def parties(self) -> frozenset[str] | None:
        """The parties of the agreement; of several, those that all have. None where nothing tells."""
        return frozenset.intersection(*self._parties.values()) if self._parties else None

    def take(self, entry: dict[str, Any], place: int | None, opening: dict[str, Any]) -> None:
        """Check an entry of the kinds :data:`APPROVALS`; raises :class:`TrailError`.

        ``opening`` is ``{"number", "hash"}`` of the entry that opened what is approved.
        """
        data, actor = entry.get("data", {}), entry["actor"] or {}
        if "bound_to" not in data and "signoff" not in data:
            if entry["kind"] != "transition":
                raise TrailError(
                    "godkjenningen sier ikke hva som ble godkjent", "the approval does not say of what"
                )
            self._bare.append(entry)
            self._unapproved += 1
            return
        if not {"party", "role"} <= actor.keys():
            raise TrailError(
                "godkjenningen sier ikke i hvilken rolle", "the approval does not say in which role"
            )
        if actor["party"] not in self._parties.get(entry["chain"], (actor["party"],)):
            shown = _q(actor["party"])
            raise TrailError(f"{shown} er ikke part i avtalen", f"{shown} is no party to the agreement")
        if self._strict:
            self.held(entry, place)
        sign_off = data.get("signoff")
        way = sign_off.get("how") if isinstance(sign_off, dict) else None
        if way == "passkey":
            self._passkey(entry, place, opening, sign_off)
        elif sign_off is not None and sign_off != {"how": "password"}:
            raise TrailError(
                "det står ikke rett hvordan den ble gitt", "how it was given is not rightly told"
            )
        self.ways[way if isinstance(way, str) else "unsaid"] += 1
        self._round(entry, way if isinstance(way, str) else "unsaid")

    def held(self, entry: dict[str, Any], place: int | None) -> None:
        """Note what gave the actor of ``entry`` the role; raises :class:`TrailError`."""
        for grant in self.offices.roles(entry, place):
            self._roles[grant.chain, grant.number] = grant

    def _round(self, entry: dict[str, Any], way: str) -> None:
        """Hold an approval against the others of its round: all of one thing, until none is missing."""
        data, actor = entry["data"], entry["actor"]
        number, left = data.get("round"), data.get("remaining")
        moved = entry["kind"] == "transition"
        by = [(actor["role"], actor["party"], way)]
        if type(number) is int and type(left) is int:
            of, place = (entry.get("transition"), data.get("bound_to")), (entry["chain"], number)
            before = self._rounds.get(place)
            if before is not None:
                if before.of != of:
                    raise TrailError(
                        "godkjenningene i én runde gjelder ikke det samme",
                        "the approvals of one round are not of the same",
                    )
                if before.left <= left:
                    raise TrailError(
                        "runden var ferdig, eller det mangler flere enn før",
                        "the round was complete, or more are missing than before",
                    )
                by = before.by + by
            if moved != (left == 0):
                raise TrailError(
                    "steget og antallet som mangler, stemmer ikke",
                    "the step and the number of those missing do not agree",
                )
            self._rounds[place] = _Round(of, left, [] if moved else by)
        if moved:
            self._steps.append((entry, by))
            self._approved += 1

    def _passkey(
        self, entry: dict[str, Any], place: int | None, opening: dict[str, Any], sign_off: dict[str, Any]
    ) -> None:
        data, actor = entry["data"], entry["actor"]
        statement = sign_off.get("statement")
        if sign_off.keys() != _EVIDENCE or not isinstance(statement, dict) or statement.keys() != _STATEMENT:
            raise TrailError("passnøkkelens signering er ikke hel", "the sign-off by passkey is not whole")
        wanted = {
            "v": VERSION,
            "agreement": entry["chain"][len(AGREEMENT) :],
            "digest": data.get("bound_to", entry.get("agreement")),
            "transition": entry.get("transition"),
            "role": actor["role"],
            "party": actor["party"],
            "opening": opening,
            "nonce": statement["nonce"],
            "origin": statement["origin"] if self._origin is None else self._origin,
        }
        for name in sorted(_STATEMENT):
            if canonical(statement[name]) != canonical(wanted[name]):
                raise TrailError(
                    f"det som ble signert, sier noe annet om {name} enn oppføringen",
                    f"what was signed says another {name} than the entry",
                )
        if len(from_base64url(statement["nonce"])) != 32 or statement["nonce"] in self._nonces:
            raise TrailError("et engangstall er brukt to ganger", "a number used once was used twice")
        self._nonces.add(statement["nonce"])
        key = sign_off["key"]
        if not _is(_HASH, key):
            raise TrailError("passnøkkelens signering er ikke hel", "the sign-off by passkey is not whole")
        grant = self.offices.passkey(entry, key, place)
        check_assertion(sign_off, grant.data)
        self._keys[grant.chain, grant.number] = grant, actor["person"]

    def tell(self, checked: list[Said], unchecked: list[Said]) -> None:
        """How each was given, and who gave the roles and keys."""
        total = sum(self.ways.values())
        if not self._strict:
            unchecked.append(
                Said(
                    "Pakken er av et eldre slag: hvem som hadde hvilken rolle, er ikke kontrollert.",
                    "The bundle is of an older kind: who held which role was not checked.",
                )
            )
        checked.extend(_said_step(entry, by) for entry, by in self._steps)
        if self._approved > len(self._steps):
            hidden = self._approved - len(self._steps)
            checked.append(
                Said(f"{hidden} eldre steg er utelatt her.", f"{hidden} older steps are left out here.")
            )
        self._tell_bare(checked if self.workflows else unchecked)
        self._tell_workflows(checked, unchecked)
        if total and self._strict:
            checked.append(
                Said(
                    f"Godkjenninger: {total}, hver av en som hadde fått rollen i en tidligere oppføring.",
                    f"Approvals: {total}, each by one who had been given the role in an earlier entry.",
                )
            )
        system = [grant for grant in self._roles.values() if grant.actor is None]
        if system:
            unchecked.append(
                Said(
                    f"Roller gitt av den som driver systemet: {len(system)}, først {system[0].said.nb}.",
                    f"Roles given by whoever runs the system: {len(system)}, first {system[0].said.en}.",
                )
            )
        if self.ways["passkey"]:
            count = self.ways["passkey"]
            checked.append(
                Said(
                    f"Med passnøkkel: {count}. Utfordring, nettsted og brukerkontroll stemmer med det som "
                    "ble godkjent" + (", og signaturen passer." if CAN_CHECK_SIGNATURES else "."),
                    f"By passkey: {count}. Challenge, site and user verification are those of what was "
                    "approved" + (", and the signature fits." if CAN_CHECK_SIGNATURES else "."),
                )
            )
            for grant, person in list(self._keys.values())[:20]:
                key = grant.data["key"][:16]
                checked.append(
                    Said(
                        f"Passnøkkelen {key}… til {_q(person)}: {grant.said.nb}.",
                        f"The passkey {key}… of {_q(person)}: {grant.said.en}.",
                    )
                )
        others = self.ways["password"], self.ways["unsaid"]
        if any(others):
            unchecked.append(
                Said(
                    f"Med passord: {others[0]}; bare innlogget: {others[1]}. At det var den personen, er "
                    "systemets ord alene.",
                    f"By password: {others[0]}; just signed in: {others[1]}. That it was that person is the "
                    "system's word alone.",
                )
            )

    def _tell_bare(self, where: list[Said]) -> None:
        if not self._bare:
            return
        nb, en = ("; ".join(_said_step(one)[language] for one in self._bare) for language in (0, 1))
        nb_what, en_what = "Steg uten noen godkjenning i sporet", "Steps without any approval in the trail"
        if self.workflows:
            nb_what, en_what = "Steg som ikke trenger flere enn én", "Steps that need no more than one"
        where.append(Said(f"{nb_what}: {self._unapproved}: {nb}.", f"{en_what}: {self._unapproved}: {en}."))

    def _tell_workflows(self, checked: list[Said], unchecked: list[Said]) -> None:
        for flow in self.workflows:
            shown = f"{_q(flow.title)} ({_q(flow.name)}, {flow.version}, SHA-256 {flow.digest})"
            checked.append(
                Said(
                    f"Fremgangsmåten {shown} er med. Hvert steg kunne tas derfra avtalen sto, av den som tok "
                    "det, og alle godkjenningene det krever, står i sporet, i samme runde og av det samme.",
                    f"The workflow {shown} is in here. Each step could be taken from where the agreement "
                    "stood, by the one who took it, and all approvals it needs stand in the trail, in one "
                    "round and of the same.",
                )
            )
        if self.workflows:
            unchecked.append(
                Said(
                    "Om det er denne fremgangsmåten partene ville følge, og om frister og vilkår i den som "
                    "oppføringene ikke viser, ble holdt.",
                    "Whether this is the workflow that the parties meant to follow, and whether those of its "
                    "dates and conditions were kept that the entries do not show.",
                )
            )
        elif self._steps or self._bare:
            unchecked.append(
                Said(
                    "Hvilke godkjenninger et steg krever, og av hva, sier partenes fremgangsmåte; "
                    "den er ikke med her.",
                    "Which approvals a step needs, and of what, the parties' workflow tells; it is "
                    "not in here.",
                )
            )
        if self.unsigned:
            unchecked.append(
                Said(
                    f"Godkjenninger som krever innlogging på nytt, uten at oppføringen sier hvordan: "
                    f"{self.unsigned}. De er fra før systemet førte det.",
                    f"Approvals that need a new login without the entry telling how: {self.unsigned}. They "
                    "are from before the system entered that.",
                )
            )


# The workflow: which steps there are, who may take them, and whose yes each needs

FILL, RECORD, SAME, ORIGIN = "@fill", "@record", "@same", "@origin"
"""What a workflow writes in the place of a state: a yes like another, a note only, stay, go back."""
_Slot = tuple[str, tuple[str, ...]]
"""A yes that is asked for: whose party's, and by which roles it may be given."""


_UNCHANGED = {
    "agreed": Said("partene ble enige om", "the parties agreed on"),
    "adopted": Said("kommunestyret vedtok", "the kommunestyre adopted"),
}
"""What a step may have to be of: the agreement as it stood at an earlier one."""


class Step(NamedTuple):
    """One step of a workflow: where it begins and leads, who may take it alone, or whose yes it needs."""

    sources: frozenset[str]
    to: str
    alone: frozenset[str]
    approvers: tuple[str, ...]
    each: bool
    of: str
    in_order: bool
    reauthenticate: bool
    automatic: bool
    outcomes: dict[str, tuple[str, frozenset[str]]]
    effects: frozenset[str]
    unchanged: tuple[str, ...]
    one_side_each: bool
    set_origin: bool


class Workflow:
    """A workflow as it lies in a bundle: the canonical JSON that the entries' ``definition`` is the hash of.

    What it means is told in ``states/README.md`` of the program. Raises
    :class:`TrailError` for bytes that are none.
    """

    def __init__(self, raw: bytes) -> None:
        self.digest = hashlib.sha256(raw).hexdigest()
        told = parse(raw)
        try:
            self.title, self.name, self.version = str(told["title"]), str(told["id"]), int(told["version"])
            self.initial = str(told["initial"])
            self.side_of = {role: side for side, one in told["sides"].items() for role in one["roles"]}
            self.slots: dict[tuple[str, tuple[str, ...]], list[_Slot]] = {}
            self.steps = {name: _step(one) for name, one in told["transitions"].items()}
            if not all(self.side_of.keys() >= {*one.alone, *one.approvers} for one in self.steps.values()):
                raise ValueError("a role has no side")
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise TrailError(
                f"fremgangsmåten {self.digest} kan ikke leses", f"the workflow {self.digest} cannot be read"
            ) from error


def _step(told: dict[str, Any]) -> Step:
    approvals, guards = told.get("approvals", {}), told.get("guards", ())
    each = approvals.get("from_every_party")
    outcomes = {}
    for name, end in told.get("outcomes", {}).items():
        to, effects = (end, ()) if isinstance(end, str) else (end["to"], end.get("effects", ()))
        outcomes[name] = to, frozenset(effects)
    return Step(
        frozenset(told["from"]),
        told["to"],
        frozenset(told.get("may", ())),
        tuple(each or approvals.get("any_of_every_party", ())),
        bool(each),
        approvals.get("of", "agreement"),
        approvals.get("order") == "as_listed",
        bool(approvals.get("reauthenticate")),
        "automatic" in told,
        outcomes,
        frozenset(told.get("effects", ())),
        tuple(kept for kept in _UNCHANGED if f"digest_unchanged_since_{kept}" in guards),
        "nobody_signs_for_both_sides" in guards,
        bool(told.get("set_origin")),
    )


STEPS = frozenset(
    {"approval", "transition", "recorded", "definition_chosen", "round_closed", "evaluation_saved"}
)
"""The kinds of entries of an agreement's chain, after the first, that tell its way through a workflow."""


class _Open(NamedTuple):
    """A round that is collecting approvals: of which step and of what, and who has given which."""

    step: str
    of: Any
    given: dict[_Slot, str]


class Course:
    """An agreement's way through its workflow, held against what the workflow allows and asks for.

    ``workflows`` are those of the bundle by their hash; ``sign_offs`` know who holds which role.
    What the clock or a date decides is not looked at: the entries do not tell it.
    """

    def __init__(self, workflows: dict[str, Workflow], sign_offs: SignOffs) -> None:
        self._workflows, self._sign_offs = workflows, sign_offs
        self.followed: set[str] = set()
        self._flow: Workflow
        self._state = ""
        self._way: list[str] = []
        self._parties: tuple[str, ...] = ()
        self._rounds: dict[int | None, _Open] = {}
        self._closed: set[int | None] = set()
        self._kept: dict[str, Any] = {}
        self._evaluations: dict[str, Any] = {}
        self._year = ""
        self._signs_off = False

    def begin(self, entry: dict[str, Any]) -> None:
        """The first entry of the chain: which workflow, where it begins, whose agreement it is."""
        self._flow = self._named(entry)
        self._parties = tuple(entry.get("data", {}).get("parties") or ())
        if not self._parties:
            raise TrailError("den sier ikke hvem partene er", "it does not say who the parties are")
        if entry.get("to") != self._flow.initial:
            first = _q(self._flow.initial)
            raise TrailError(f"fremgangsmåten begynner i {first}", f"the workflow begins in {first}")
        self._state = self._flow.initial

    def take(self, entry: dict[str, Any], place: int | None) -> None:
        """A later entry, of the kinds :data:`STEPS`; raises :class:`TrailError` for what is not allowed."""
        kind, data = entry["kind"], entry.get("data", {})
        if kind == "round_closed":
            self._close(_round_of(data))
        elif kind == "evaluation_saved":
            self._evaluations[str(data.get("year"))] = data.get("sha256")
        elif kind == "definition_chosen":
            chosen = self._named(entry)
            if self._state != self._flow.initial or self._state != chosen.initial or self._rounds:
                raise TrailError(
                    "fremgangsmåten er byttet etter at avtalen var kommet i gang",
                    "the workflow was changed after the agreement was under way",
                )
            self._flow = chosen
        else:
            self._take_step(entry, data, place)

    def _named(self, entry: dict[str, Any]) -> Workflow:
        digest = entry.get("definition")
        if digest not in self._workflows:
            raise TrailError(
                f"fremgangsmåten den følger, {digest}, er ikke i pakken",
                f"the workflow it follows, {digest}, is not in the bundle",
            )
        self.followed.add(digest)
        return self._workflows[digest]

    def _take_step(self, entry: dict[str, Any], data: dict[str, Any], place: int | None) -> None:
        name, moves = entry.get("transition", ""), entry["kind"] == "transition"
        if entry.get("definition") != self._flow.digest:
            raise TrailError(
                "den følger en annen fremgangsmåte enn avtalen",
                "it follows another workflow than the agreement",
            )
        step, here = self._flow.steps.get(name), _q(self._state)
        if step is None:
            raise TrailError(
                f"fremgangsmåten har ikke noe steg {_q(name)}", f"the workflow has no step {_q(name)}"
            )
        if self._state not in step.sources or (moves and entry.get("from") != self._state):
            raise TrailError(
                f"steget {_q(name)} kan ikke tas fra {here}, der avtalen står",
                f"the step {_q(name)} cannot be taken from {here}, where the agreement stands",
            )
        end, effects = FILL, step.effects
        if step.outcomes:
            if str(data.get("outcome")) not in step.outcomes:
                raise TrailError(
                    f"steget {_q(name)} har ikke det utfallet", f"the step {_q(name)} has no such outcome"
                )
            end, own = step.outcomes[data["outcome"]]
            effects = effects | own if end == FILL else own
        self._by_whom(name, step, entry, place)
        waits = entry["kind"] == "approval"
        if (entry["kind"] == "recorded") != (end == RECORD) or (
            waits and (end != FILL or not step.approvers)
        ):
            raise TrailError(
                f"steget {_q(name)} er ført som noe annet enn det er",
                f"the step {_q(name)} is entered as something that it is not",
            )
        self._unchanged(name, step, entry)
        if end == FILL and step.approvers:
            self._approve(name, step, entry, data, moves)
        if moves:
            self._move(name, step, entry, end, effects)

    def _by_whom(self, name: str, step: Step, entry: dict[str, Any], place: int | None) -> None:
        actor = entry["actor"] or {}
        party, role, roles = actor.get("party"), actor.get("role"), step.alone | set(step.approvers)
        if step.automatic:
            if actor:
                raise TrailError(
                    f"steget {_q(name)} skjer av seg selv, og noen har tatt det",
                    f"the step {_q(name)} comes by itself, and somebody took it",
                )
            return
        if role not in roles or party not in self._parties or self._side(party) != self._flow.side_of[role]:
            nb, en = (" eller ", " or ")
            nb = nb.join(sorted(said_role(one).nb for one in roles))
            en = en.join(sorted(said_role(one).en for one in roles))
            raise TrailError(
                f"steget {_q(name)} er tatt av en som ikke kan det; det kan bare {nb} for en av partene",
                f"the step {_q(name)} was taken by one who may not; only {en} of one of the parties may",
            )
        if "bound_to" not in entry.get("data", {}):
            self._sign_offs.held(entry, place)

    def _side(self, party: str) -> str:
        side = self._sign_offs.offices.sides.get(party)
        if side is None:
            shown = _q(party)
            raise TrailError(
                f"ingen oppføring sier hvilken side {shown} står på", f"no entry tells the side of {shown}"
            )
        return side

    def _unchanged(self, name: str, step: Step, entry: dict[str, Any]) -> None:
        """What is signed or adopted is what was agreed on or adopted before, by the agreement's hash."""
        for kept in step.unchanged:
            if entry.get("agreement") != self._kept.get(kept):
                nb, en = _UNCHANGED[kept]
                raise TrailError(
                    f"steget {_q(name)} gjelder en annen avtaletekst enn den {nb}",
                    f"the step {_q(name)} is of another agreement than the one {en}",
                )

    def _slots(self, step: Step) -> list[_Slot]:
        if step.each:
            return [
                (party, (role,))
                for role in step.approvers
                for party in self._parties
                if self._side(party) == self._flow.side_of[role]
            ]
        found = [
            (party, tuple(role for role in step.approvers if self._flow.side_of[role] == self._side(party)))
            for party in self._parties
        ]
        return [slot for slot in found if slot[1]]

    def _approve(
        self, name: str, step: Step, entry: dict[str, Any], data: dict[str, Any], moves: bool
    ) -> None:
        actor, of, number = entry["actor"], data.get("bound_to"), _round_of(data)
        slots = self._flow.slots.get((name, self._parties))
        if slots is None:
            slots = self._flow.slots[name, self._parties] = self._slots(step)
        missing = slots
        if of is not None:
            if number in self._closed:
                raise TrailError(
                    f"runden av godkjenninger for {_q(name)} var lukket",
                    f"the round of approvals of {_q(name)} was closed",
                )
            held = {"agreement": entry.get("agreement"), "evaluation": self._evaluations.get(self._year)}
            one = self._rounds.setdefault(number, _Open(name, of, {}))
            if held.get(step.of, of) != of or one[:2] != (name, of):
                raise TrailError(
                    f"godkjenningen av {_q(name)} gjelder ikke det som sto der da",
                    f"the approval of {_q(name)} is not of what stood there then",
                )
            self._signed_off(name, step, data)
            given = one.given
            mine = next(slot for slot in slots if slot[0] == actor["party"] and actor["role"] in slot[1])
            missing = [slot for slot in slots if slot not in given]
            turn = [slot for slot in missing if not step.in_order or slot[1] == missing[0][1]]
            if mine not in turn:
                nb, en = (_said_slot(mine, language) for language in (0, 1))
                raise TrailError(
                    f"{nb} hadde godkjent {_q(name)} allerede, eller sto ikke for tur",
                    f"the {en} had approved {_q(name)} already, or was not in turn",
                )
            if step.one_side_each and any(
                person == actor["person"] and self._side(party) != self._side(actor["party"])
                for (party, _), person in given.items()
            ):
                raise TrailError(
                    f"samme person har godkjent {_q(name)} for begge sider",
                    f"one person has approved {_q(name)} for both sides",
                )
            given[mine] = actor["person"]
            missing.remove(mine)
        if moves and missing:
            nb, en = (", ".join(_said_slot(slot, language) for slot in missing) for language in (0, 1))
            raise TrailError(
                f"steget {_q(name)} mangler godkjenninger som fremgangsmåten krever: {nb}",
                f"the step {_q(name)} lacks approvals that the workflow asks for: {en}",
            )

    def _signed_off(self, name: str, step: Step, data: dict[str, Any]) -> None:
        if not step.reauthenticate:
            return
        if "signoff" in data:
            self._signs_off = True
        elif self._signs_off:
            raise TrailError(
                f"godkjenningen av {_q(name)} sier ikke hvordan den ble gitt, som fremgangsmåten krever",
                f"the approval of {_q(name)} does not say how it was given, as the workflow asks",
            )
        else:
            # The first versions of the program wrote nothing of it.
            self._sign_offs.unsigned += 1

    def _move(self, name: str, step: Step, entry: dict[str, Any], end: str, effects: frozenset[str]) -> None:
        to = step.to if end == FILL else end
        leads = {SAME: self._state, ORIGIN: self._way[-1] if self._way else None}.get(to, to)
        if entry.get("to") != leads or leads is None:
            shown = _q(leads)
            raise TrailError(
                f"steget {_q(name)} leder til {shown}, ikke til {_q(entry.get('to'))}",
                f"the step {_q(name)} leads to {shown}, not to {_q(entry.get('to'))}",
            )
        if step.approvers:
            self._close(_round_of(entry.get("data", {})))
        if "open_evaluation" in effects:
            self._year = str(entry.get("data", {}).get("year"))
        for kept in _UNCHANGED:
            if f"record_{kept}_digest" in effects:
                self._kept[kept] = entry.get("agreement")
        if end != FILL:
            self._way = []
        elif to == ORIGIN:
            self._way.pop()
        elif to != SAME:
            # A way never holds a state twice: coming round again begins it there anew.
            before = self._way[: self._way.index(self._state)] if self._state in self._way else self._way
            self._way = [*before, self._state] if step.set_origin else []
        if leads != self._state:
            self._state = leads
            for other, one in list(self._rounds.items()):
                lasts = self._flow.steps[one.step].sources & {leads, *self._way}
                if "void_approvals" in effects or not lasts:
                    self._close(other)

    def _close(self, number: int | None) -> None:
        self._rounds.pop(number, None)
        if number is not None:
            self._closed.add(number)


def _round_of(data: dict[str, Any]) -> int | None:
    number = data.get("round")
    return number if type(number) is int else None


def _said_slot(slot: _Slot, language: int) -> str:
    party, roles = slot
    either, of = ((" eller ", "for"), (" or ", "of"))[language]
    return f"{either.join(said_role(role)[language] for role in roles)} {of} {_q(party)}"


# Bundles

ENTRIES, CLEAR, MANIFEST = "entries.jsonl", "clear.json", "manifest.json"
README, VERIFIER, FILES, DEFINITIONS = "LES-MEG.txt", "verify.py", "files/", "definitions/"
CHECKPOINT, PROOFS, COSIGNED, KEYS = "checkpoint", "proofs.jsonl", "cosigned.json", "keys.json"
BUNDLE_VERSION = 2
"""What a manifest says now. In a bundle of version 1 there were no heads, and the agreement stood first."""
_MEMBERS = frozenset({ENTRIES, CLEAR, MANIFEST, README, VERIFIER})
_LOG_MEMBERS = frozenset({CHECKPOINT, PROOFS, COSIGNED, KEYS})
_FOLDERS = (FILES, DEFINITIONS)
MAX_WORKFLOWS = 100
WAITING = b"null"
"""The line of an entry that had no place in the log yet."""


def verify_bundle(source: bytes | str | os.PathLike[str], held: Held | None = None) -> Verdict:
    """Check an exported ``trail.zip``, given as bytes or by its path.

    ``held`` is what the verifier has from elsewhere (:func:`parse_held`). Any
    input at all gets a verdict and no exception. Time and memory are bounded
    by what the file says it unpacks to, at most :data:`MAX_TOTAL`.
    """
    try:
        if not isinstance(source, bytes) and not os.path.isfile(source):
            raise OSError("no such file")
        file = io.BytesIO(source) if isinstance(source, bytes) else open(source, "rb")  # noqa: SIM115
    except (OSError, TypeError, ValueError):
        return UNREADABLE
    with file:
        return _verdict(_check_bundle, file, held, Said("Sporet er helt", "The trail is whole"))


def _verdict(check: Any, given: Any, held: Held | None, result: Said) -> Verdict:
    """What ``check`` finds; whatever it raises is a verdict too."""
    checked: list[Said] = []
    unchecked: list[Said] = []
    fault = None
    try:
        check(given, held, checked, unchecked)
    except TrailError as wrong:
        fault = wrong.said
    except Exception as error:
        # Mangled archives are answered with a dozen kinds of error; each is a verdict.
        name = type(error).__name__
        fault = Said(f"Dette er ikke et helt trail.zip ({name}).", f"This is not a whole trail.zip ({name}).")
    return Verdict(fault is None, tuple(checked), fault, False, tuple(unchecked), result)


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


def _check_bundle(file: Any, held: Held | None, checked: list[Said], unchecked: list[Said]) -> None:
    with zipfile.ZipFile(_Bounded(file)) as archive:
        names = _check_members(archive)
        manifest, version = _manifest(parse(_whole(archive, MANIFEST, MAX_READ), MAX_READ))
        clear = _clear(parse(_whole(archive, CLEAR, MAX_CLEAR), MAX_CLEAR))
        if len({file["name"] for file in manifest["files"]}) != len(manifest["files"]):
            raise TrailError(f"{MANIFEST} nevner en fil to ganger.", f"{MANIFEST} names a file twice.")
        files: dict[str, str] = {f["sha256"]: f["name"] for f in manifest["files"]}
        heads = _heads(archive, version, held) if names >= _LOG_MEMBERS else None
        workflows = _workflows(archive, names)
        reading = _Reading(clear, set(files), heads, version, workflows)
        reading.read(archive)
        chains = reading.walks
        said = sorted((chain["chain"], chain["size"], chain["head"]) for chain in manifest["chains"])
        if said != sorted((name, walk.size, str(walk.head)) for name, walk in chains.items()):
            raise TrailError(
                f"Kjedene er ikke de som {MANIFEST} sier: noe er tatt bort eller lagt til.",
                f"The chains are not those that {MANIFEST} says: something was taken off or added.",
            )
        reading.tell(checked, unchecked)
        if heads is None:
            _headless(held, unchecked)
        if {name for name in names if name.startswith(FILES)} != {FILES + digest for digest in files}:
            raise TrailError(
                f"Filene er ikke de som {MANIFEST} sier.", f"The files are not those that {MANIFEST} says."
            )
        for digest, name in files.items():
            if _digest(archive, FILES + digest) != digest:
                raise TrailError(f"Filen {_q(name)} er endret.", f"The file {_q(name)} was changed.")
        _digest(archive, README)
        if _digest(archive, VERIFIER) != _own_digest():
            unchecked.append(
                Said(
                    f"{VERIFIER} i pakken er en annen enn den som kontrollerer nå: eldre, nyere eller "
                    "endret. Kjør den ikke uten å vite hvor den kommer fra.",
                    f"The {VERIFIER} in the bundle is another than the one that checks now: older, newer or "
                    "changed. Do not run it unless you know where it comes from.",
                )
            )
        loose = sorted(f["name"] for f in manifest["files"] if f["sha256"] in reading.unnamed)
        checked.append(_said_files(len(manifest["files"]), loose))


def _headless(held: Held | None, unchecked: list[Said]) -> None:
    if held is not None:
        raise TrailError(
            "Pakken har ikke noe signert sjekkpunkt å prøve nøklene dine på.",
            "The bundle has no signed checkpoint to try your keys on.",
        )
    unchecked.append(
        Said(
            "Pakken har ikke noe signert sjekkpunkt: ingen oppføring er endelig, en hel kjede kan være "
            "skrevet på nytt, noe kan være tatt bort etter den siste, og hva som kom først av to kjeder, er "
            "systemets ord alene.",
            "The bundle has no signed checkpoint: no entry is final, a whole chain may have been written "
            "anew, something may have been taken off after the last one, and what came first of two chains "
            "is the system's word alone.",
        )
    )


def _check_members(archive: zipfile.ZipFile) -> frozenset[str]:
    members = archive.infolist()
    names = frozenset(member.filename for member in members)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_TOTAL:
        raise TrailError("Pakken er for stor utpakket.", "The bundle is too large when unpacked.")
    if len(names) != len(members):
        raise TrailError("Et navn står to ganger i pakken.", "A name stands twice in the bundle.")
    for name in sorted(_MEMBERS - names):
        raise TrailError(f"{name} mangler i pakken.", f"{name} is missing in the bundle.")
    if names & _LOG_MEMBERS:
        for name in sorted(_LOG_MEMBERS - names):
            raise TrailError(f"{name} mangler i pakken.", f"{name} is missing in the bundle.")
    for name in sorted(names - _MEMBERS - _LOG_MEMBERS):
        if not any(name.startswith(folder) and _is(_HASH, name[len(folder) :]) for folder in _FOLDERS):
            raise TrailError(f"{_q(name)} hører ikke til i pakken.", f"{_q(name)} is no part of a bundle.")
    for member in members:
        # A link unpacks to whatever it points at on the reader's machine.
        if member.create_system == 3 and member.external_attr >> 28 not in (0, 8):
            raise TrailError(
                f"{_q(member.filename)} er ikke en vanlig fil.",
                f"{_q(member.filename)} is no ordinary file.",
            )
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


def _own_digest() -> str:
    """The hash of this very file; empty where it cannot be read."""
    try:
        with open(__file__, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except (NameError, OSError):
        return ""


def _rows(
    value: Any, key: str, fields: dict[str, type], where: str, version: int = 1, others: str = ""
) -> list[dict[str, Any]]:
    # One shape serves the manifest, the clear values and the keys: lists of flat objects.
    right = _is_version(value, version) and value.keys() == {"v", key, *others.split()}
    rows = value[key] if right else None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict)
        and row.keys() == fields.keys()
        and all(type(row[name]) is kind for name, kind in fields.items())
        for row in rows
    ):
        raise TrailError(f"{where} er ikke slik det skal være.", f"{where} is not as it should be.")
    return rows


def _is_version(value: Any, version: int) -> bool:
    # True is 1 to Python, and another spelling to everybody else.
    return isinstance(value, dict) and type(value.get("v")) is int and value["v"] == version


def _manifest(value: Any) -> tuple[dict[str, list[dict[str, Any]]], int]:
    version = BUNDLE_VERSION if _is_version(value, BUNDLE_VERSION) else 1
    rows = {
        "chains": _rows(
            value, "chains", {"chain": str, "size": int, "head": str}, MANIFEST, version, "files"
        ),
        "files": _rows(value, "files", {"name": str, "sha256": str}, MANIFEST, version, "chains"),
    }
    return rows, version


def _heads(archive: zipfile.ZipFile, version: int, held: Held | None) -> Heads:
    if version != BUNDLE_VERSION:
        raise TrailError(f"{MANIFEST} er av et eldre slag.", f"{MANIFEST} is of an older kind.")
    older = parse(_whole(archive, COSIGNED, MAX_READ), MAX_READ)
    rows = _rows(older, "heads", {"note": str, "proof": list}, COSIGNED)
    notes: list[tuple[bytes, list[bytes]]] = [(_whole(archive, CHECKPOINT, MAX_NOTE), [])]
    notes += [(row["note"].encode("utf-8"), _hashes(row["proof"], COSIGNED)) for row in rows]
    return Heads(parse(_whole(archive, KEYS, MAX_READ), MAX_READ), notes, held)


def _workflows(archive: zipfile.ZipFile, names: frozenset[str]) -> dict[str, Workflow]:
    """The workflows of a bundle by their hash, which is their name in it."""
    found = {}
    named = sorted(name for name in names if name.startswith(DEFINITIONS))
    for name in named[: MAX_WORKFLOWS + 1]:
        flow = Workflow(_whole(archive, name, MAX_ENTRY))
        if name != DEFINITIONS + flow.digest or len(named) > MAX_WORKFLOWS:
            raise TrailError(
                f"Fremgangsmåten {name} er ikke den som navnet er hashen til.",
                f"The workflow {name} is not the one that the name is the hash of.",
            )
        found[flow.digest] = flow
    return found


def _hashes(value: Any, where: str) -> list[bytes]:
    if not isinstance(value, list) or len(value) > 128 or not all(_is(_HASH, node) for node in value):
        raise TrailError(
            f"et bevis i {where} er ikke slik det skal være", f"a proof in {where} is not as it should be"
        )
    return [bytes.fromhex(node) for node in value]


def _clear(value: Any) -> dict[tuple[str, int], dict[str, Opening]]:
    clear: dict[tuple[str, int], dict[str, Opening]] = {}
    shape = {"chain": str, "number": int, "field": str, "salt": str, "value": str}
    for row in _rows(value, "values", shape, CLEAR):
        fields = clear.setdefault((row["chain"], row["number"]), {})
        if row["field"] in fields or not _is(_HASH, row["salt"]):
            raise TrailError(f"{CLEAR} er ikke slik det skal være.", f"{CLEAR} is not as it should be.")
        fields[row["field"]] = Opening(bytes.fromhex(row["salt"]), row["value"])
    return clear


class _Reading:
    """One pass over a bundle's entries: chains, clear values, places in the log, and sign-offs."""

    def __init__(
        self,
        clear: dict[tuple[str, int], dict[str, Opening]],
        unnamed: set[str],
        heads: Heads | None,
        version: int,
        workflows: dict[str, Workflow],
    ) -> None:
        self.walks: dict[str, Walk] = {}
        self.unnamed = unnamed
        self._clear, self._heads = clear, heads
        self._opened = self._closed = self._waiting = self._line = 0
        self.offices = Offices()
        self._sign_offs = SignOffs(self.offices, heads.newest.origin if heads else None, strict=version > 1)
        self._sign_offs.workflows = tuple(workflows.values())
        self._workflows, self._courses = workflows, dict[str, Course]()
        self._watched = _WATCHED | STEPS if workflows else _WATCHED
        self._rounds: dict[str, Rounds] = {}
        self._sizes = sorted(head.size for head in heads.heads) if heads else []
        self._under = [0] * (len(self._sizes) + 1)

    def read(self, archive: zipfile.ZipFile) -> None:
        """Read every entry; raises :class:`TrailError` for the first thing that is wrong."""
        proofs = _Proofs(archive, self._heads) if self._heads else None
        with archive.open(ENTRIES) as member:
            for lines in _lines(member, ENTRIES):
                self._read_some(lines, proofs)
        if proofs:
            self._waiting = proofs.waiting
            proofs.end()
        if not self.walks:
            raise TrailError("Pakken har ingen oppføringer.", "The bundle has no entries.")
        for chain, number in self._clear:
            raise TrailError(
                f"{CLEAR} har klartekst til oppføring {number} i kjeden {_q(chain)}, som ikke er her.",
                f"{CLEAR} has clear values for entry {number} of the chain {_q(chain)}, which is not here.",
            )

    def _read_some(self, lines: list[bytes], proofs: _Proofs | None) -> None:
        """Read some hundred lines: first as links of chains, then their proofs, then what they say.

        Of several faults that of the first line is raised, and of one line's the first in that
        order; so what is found to be wrong must wait until all that stands before was read.
        """
        told: list[Outline] = []
        leaves: list[bytes] = []
        walks: list[Walk] = []
        places: list[int] = []
        fault: Exception | None = None
        try:
            self._link(lines, told, leaves, walks)
        except TrailError as wrong:
            fault = self._at(len(leaves), wrong)
        if proofs:
            try:
                proofs.take(leaves, walks, places)
            except TrailError as wrong:
                fault = self._at(len(places), wrong)
            except Exception as wrong:  # a damaged archive, raised below all the same
                fault = wrong
            self._count(places)
            del told[len(places) :]
        self._say(lines, told, leaves, places)
        self._line += len(told)
        if fault is not None:
            raise fault

    def _at(self, at: int, fault: TrailError) -> TrailError:
        line = self._line + at + 1
        return fault.within(f"Linje {line} i {ENTRIES}", f"Line {line} of {ENTRIES}")

    def _link(self, lines: list[bytes], told: list[Outline], leaves: list[bytes], walks: list[Walk]) -> None:
        name, walk = "", Walk()
        for raw in lines:
            found = _skim(raw) or outline(raw)
            chain = found[0]
            if chain != name:
                name, walk = chain, self.walks.setdefault(chain, Walk(chain))
            leaves.append(walk.follow(raw, found))
            told.append(found)
            walks.append(walk)

    def _count(self, places: list[int]) -> None:
        sizes, under, bucket = self._sizes, self._under, bisect.bisect_right
        if places and bucket(sizes, min(places)) == bucket(sizes, max(places)):
            under[bucket(sizes, places[0])] += len(places)
            return
        for place in places:
            under[bucket(sizes, place)] += 1

    def _say(self, lines: list[bytes], told: list[Outline], leaves: list[bytes], places: list[int]) -> None:
        clear, unnamed, watched, closed = self._clear, self.unnamed, self._watched, 0
        for at, (chain, number, _, kind, sealed) in enumerate(told):
            if kind in watched or number == 1:
                try:
                    self._weigh(lines[at], leaves[at].hex(), places[at] if places else None)
                except TrailError as fault:
                    raise self._at(at, fault) from fault
            if clear and (chain, number) in clear:
                openings = clear.pop((chain, number))
                sealed = check_openings(decode(lines[at]), openings)
                self._opened += len(openings)
            closed += sealed
            if unnamed:
                unnamed.difference_update(_DIGESTS(lines[at].decode("utf-8")))
        self._closed += closed

    def _weigh(self, raw: bytes, head: str, place: int | None) -> None:
        """Look closer at an entry that tells who may sign off, or that somebody did."""
        entry = _load_checked(raw)
        chain, kind, number = entry["chain"], entry["kind"], entry["number"]
        try:
            if chain.startswith(PARTY) and kind in OFFICES:
                self.offices.take(entry, place)
            elif chain.startswith(AGREEMENT):
                rounds = self._rounds.get(chain) or self._rounds.setdefault(chain, Rounds(head))
                if number == 1:
                    self._sign_offs.begin(entry)
                if kind in APPROVALS:
                    self._sign_offs.take(entry, place, rounds.opening(entry))
                if kind == "transition":
                    rounds.moved(number, head)
                if self._workflows:
                    self._hold_to_workflow(chain, entry, place)
        except TrailError as fault:
            nb, en = f"Oppføring {number} i kjeden {_q(chain)}", f"Entry {number} of the chain {_q(chain)}"
            raise fault.within(nb, en) from fault

    def _hold_to_workflow(self, chain: str, entry: dict[str, Any], place: int | None) -> None:
        if entry["number"] == 1:
            self._courses[chain] = Course(self._workflows, self._sign_offs)
            self._courses[chain].begin(entry)
        elif entry["kind"] in STEPS:
            self._courses[chain].take(entry, place)

    def tell(self, checked: list[Said], unchecked: list[Said]) -> None:
        """What was found, for a person; raises :class:`TrailError` for witnesses that nobody entered."""
        # The agreement first: it is what the reader came for.
        walks = sorted(self.walks.values(), key=lambda walk: str(walk.chain).startswith(PARTY))
        checked.extend(said_chain(walk) for walk in walks)
        checked.append(said_openings(self._opened, self._closed))
        total = sum(walk.size for walk in walks)
        if self._heads is not None:
            self._heads.tell(checked, unchecked)
            placed = total - self._waiting
            checked.append(
                Said(
                    f"{placed} oppføringer her står i loggen; {self._waiting} har ikke fått plass der ennå.",
                    f"{placed} entries here are in the log; {self._waiting} have no place there yet.",
                )
            )
            among = self._sign_offs.parties
            for party in sorted(among or ()):
                if PARTY + party not in self.walks:
                    shown = _q(party)
                    raise TrailError(
                        f"Kjeden til parten {shown} mangler i pakken.",
                        f"The chain of the party {shown} is missing in the bundle.",
                    )
            unchecked.append(
                Said(
                    "Om noen av kjedene har senere oppføringer enn dem som er her, kan en pakke ikke vise.",
                    "Whether any of the chains has later entries than those here, a bundle cannot show.",
                )
            )
            head = self._heads.final(self.offices, among)
            if CAN_CHECK_SIGNATURES:
                final = sum(self._under[: self._sizes.index(head.size) + 1]) if head else 0
                checked.append(self._heads.said_final(head, final, total))
                checked.extend(self._heads.said_witnesses(head, self.offices) if head else ())
        for digest in self._workflows.keys() - {
            one for course in self._courses.values() for one in course.followed
        }:
            raise TrailError(
                f"Ingen oppføring følger fremgangsmåten {digest}.", f"No entry follows the workflow {digest}."
            )
        self._sign_offs.tell(checked, unchecked)


_WATCHED = APPROVALS | OFFICES
_DIGESTS = re.compile(r"[0-9a-f]{64}").findall
_PROOF = re.compile(
    rb'\{"index":(0|[1-9][0-9]{0,15}),"path":\[((?:"[^"]{64}"(?:,"[^"]{64}")*)?)\],"shared":(0|[1-9][0-9]?)\}'
).fullmatch


def _path(written: bytes) -> list[bytes]:
    """The nodes of a proof line: hex in quotes, with commas between."""
    digits = written.translate(None, b'",')
    try:
        raw = binascii.unhexlify(digits)
    except ValueError:
        raw = b""
    # Each node takes its digits, two quotes and a comma; capitals would be a second spelling.
    if len(raw) * 67 != (len(written) + bool(written)) * 32 or digits != digits.lower():
        raise TrailError(
            f"en node i {PROOFS} er ikke slik den skal være", f"a node in {PROOFS} is not as it should be"
        )
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


class _Proofs:
    """The lines of :data:`PROOFS`, one for each entry: its place in the log, or that it waits for one."""

    def __init__(self, archive: zipfile.ZipFile, heads: Heads) -> None:
        self._file = archive.open(PROOFS)
        self._more = _lines(self._file, PROOFS)
        self._lines: list[bytes] = []
        self._at = 0
        self._size = heads.newest.size
        self._places = Places(self._size, heads.newest.root)
        self.waiting = 0

    def take(self, leaves: Sequence[bytes], walks: Sequence[Walk], places: list[int]) -> None:
        """Prove the entries with these leaf hashes, and add to ``places`` where each stands.

        The log's size stands for one that waits. Raises what is wrong with the
        first that is not proved; the places of those before it have been added.
        """
        while len(places) < len(leaves):
            at = len(places)
            index = self._next(leaves[at], walks[at])
            places.append(index)
            if index % RUN == 0 and self._run(leaves[at : at + RUN], walks[at : at + RUN], index):
                places.extend(range(index + 1, index + RUN))

    def _next(self, leaf: bytes, walk: Walk) -> int:
        line = self._line()
        found = _PROOF(line)
        if found is None:
            if line != WAITING:
                raise TrailError(f"{PROOFS} har ikke noe bevis for den", f"{PROOFS} has no proof of it")
            self.waiting += 1
            walk.place = self._size
            return self._size
        digits, path, shared = found.groups()
        index = int(digits)
        if index <= walk.place:
            raise TrailError(
                "den står foran den forrige i loggen", "it stands before the last one in the log"
            )
        self._places.step(leaf, index, _path(path), int(shared))
        walk.place = index
        return index

    def _run(self, leaves: Sequence[bytes], walks: Sequence[Walk], index: int) -> bool:
        lines = self._lines[self._at : self._at + RUN - 1]
        if index == self._size or any(walk.place > index for walk in walks):
            return False
        if not self._places.run(leaves, lines):
            return False
        self._at += len(lines)
        for place, walk in enumerate(walks, start=index):
            walk.place = place
        return True

    def _line(self) -> bytes:
        """The next line; none after the last."""
        while self._at == len(self._lines):
            lines = next(self._more, None)
            if lines is None:
                return b""
            self._lines, self._at = lines, 0
        self._at += 1
        return self._lines[self._at - 1]

    def end(self) -> None:
        """Raise :class:`TrailError` for a proof too many."""
        if self._at < len(self._lines) or any(self._more):
            raise TrailError(f"{PROOFS} har et bevis for mye.", f"{PROOFS} has a proof too many.")
        self._file.close()


def _lines(member: Any, where: str) -> Iterator[list[bytes]]:
    """The lines of a member, some hundreds at a time."""
    rest = b""
    for chunk in iter(lambda: member.read(1 << 18), b""):
        *full, rest = (rest + chunk).split(b"\n")
        yield full
        if len(rest) > MAX_ENTRY:
            break
    if rest:
        raise TrailError(
            f"{where} er kuttet eller har en for lang linje.", f"{where} is cut or has too long a line."
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


# Receipts

MAX_RECEIPT = 4 << 20
RECEIPT_KIND = "avtaleflyt/receipt"
_RECEIPT = frozenset(
    {"v", "kind", "entry", "index", "path", "checkpoint", "keys", "openings", "grounds", "limits"}
)
_GROUND = frozenset({"entry", "index", "path"})


def receipt_bytes(
    entry: dict[str, Any],
    index: int,
    path: Sequence[bytes],
    checkpoint: bytes,
    keys: dict[str, Any],
    openings: dict[str, Opening],
    grounds: Sequence[tuple[dict[str, Any], int, Sequence[bytes]]],
) -> bytes:
    """The receipt of ``entry``, which is leaf ``index`` (from 0) under the signed ``checkpoint``.

    ``keys`` is as in :data:`KEYS`, with those keys alone that signed the checkpoint;
    ``grounds`` are the entries that gave the witnesses' parties their side, the signer the
    role and the passkey, and the one that opened the round, each with place and path.
    """
    return canonical(
        {
            "v": VERSION,
            "kind": RECEIPT_KIND,
            "entry": entry,
            "index": index,
            "path": [node.hex() for node in path],
            "checkpoint": checkpoint.decode("utf-8"),
            "keys": keys,
            "openings": [
                {"field": field, "salt": opening.salt.hex(), "value": opening.value}
                for field, opening in sorted(openings.items())
            ],
            "grounds": [
                {"entry": ground, "index": at, "path": [node.hex() for node in nodes]}
                for ground, at, nodes in sorted(grounds, key=lambda ground: ground[1])
            ],
            "limits": {"nb": LIMITS.nb, "en": LIMITS.en},
        }
    )


def verify_receipt(raw: bytes, held: Held | None = None) -> Verdict:
    """Check a receipt; any input at all gets a verdict and no exception.

    A receipt has one spelling, and every part of it is bound by a hash or a
    signature, so that a changed byte anywhere is refused.
    """
    return _verdict(_check_receipt, raw, held, Said("Kvitteringen holder", "The receipt holds"))


def _check_receipt(raw: bytes, held: Held | None, checked: list[Said], unchecked: list[Said]) -> None:
    value = parse(raw, MAX_RECEIPT)
    shape = _is_version(value, VERSION) and value.keys() == _RECEIPT
    if not shape or value["kind"] != RECEIPT_KIND or value["limits"] != {"nb": LIMITS.nb, "en": LIMITS.en}:
        raise TrailError("Dette er ikke en kvittering.", "This is not a receipt.")
    if not isinstance(value["checkpoint"], str):
        raise TrailError("Kvitteringen har ikke noe sjekkpunkt.", "The receipt has no checkpoint.")
    heads = Heads(value["keys"], [(value["checkpoint"].encode("utf-8"), [])], held)
    entry, place = _receipted(value, heads)
    chain, number = entry["chain"], entry["number"]
    openings = _receipt_openings(value["openings"])
    closed = check_openings(entry, openings)
    offices, opening, moved = Offices(), None, False
    sign_offs = SignOffs(offices, heads.newest.origin)
    first = [entry] if number == 1 else []
    for ground, at in _grounds(value["grounds"], heads):
        if ground["chain"].startswith(PARTY) and ground["kind"] in OFFICES:
            offices.take(ground, at)
        elif ground["chain"] == chain and not moved and _opens(ground) and at < place:
            # The first entry tells the parties, and is the opening where no transition is.
            opening = {"number": ground["number"], "hash": entry_hash(encode(ground))}
            first += [ground] if ground["number"] == 1 else []
            moved = ground["number"] != 1
        else:
            raise TrailError(
                "En oppføring hører ikke til i kvitteringen.", "An entry is no part of the receipt."
            )
    if chain.startswith(AGREEMENT):
        if not first:
            raise TrailError(
                "Kvitteringen viser ikke hvem partene er.", "The receipt does not show who the parties are."
            )
        sign_offs.begin(first[0])
    if chain.startswith(AGREEMENT) and entry["kind"] in APPROVALS:
        sign_offs.take(entry, place, opening or {})
    checked.append(_said_entry(entry))
    if openings or closed:
        checked.append(said_openings(len(openings), closed))
    heads.tell(checked, unchecked)
    head = heads.final(offices, sign_offs.parties)
    if CAN_CHECK_SIGNATURES:
        checked.append(heads.said_final(head, 1 if head else 0, 1))
        checked.extend(heads.said_witnesses(head, offices) if head else ())
    sign_offs.tell(checked, unchecked)
    if head is not None:
        unchecked.append(
            Said(
                "At vitnene ikke var tatt ut av bruk da, og at ingen part har et vitne som mangler her, "
                "viser bare hele pakken, trail.zip.",
                "That the witnesses were not retired then, and that no party has a witness missing here, the "
                "whole bundle alone shows: trail.zip.",
            )
        )
    if any(sign_offs.ways.values()):
        unchecked.append(
            Said(
                f"At rollen og nøkkelen ikke var tatt tilbake før oppføring {number}, viser bare hele "
                "pakken, trail.zip.",
                f"That role and key were not taken back before entry {number}, the whole bundle alone shows: "
                "trail.zip.",
            )
        )


def _receipted(value: Any, heads: Heads) -> tuple[dict[str, Any], int]:
    """An entry and its place, where its path leads to the root."""
    entry, index = value["entry"], value["index"]
    raw = encode(entry)
    if type(index) is not int:
        raise TrailError("En plass i loggen er ikke et tall.", "A place in the log is not a number.")
    path = _hashes(value["path"], RECEIPT_KIND)
    verify_inclusion(leaf_hash(raw), index, heads.newest.size, path, heads.newest.root)
    return entry, index


def _grounds(rows: Any, heads: Heads) -> Iterator[tuple[dict[str, Any], int]]:
    if not isinstance(rows, list) or len(rows) > MAX_MEMBERS:
        raise TrailError("Grunnlaget er ikke slik det skal være.", "The grounds are not as they should be.")
    before = -1
    for row in rows:
        if not isinstance(row, dict) or row.keys() != _GROUND:
            raise TrailError(
                "Grunnlaget er ikke slik det skal være.", "The grounds are not as they should be."
            )
        entry, index = _receipted(row, heads)
        if index <= before:
            raise TrailError("Grunnlaget står ikke i rekkefølge.", "The grounds are not in order.")
        before = index
        yield entry, index


def _opens(entry: dict[str, Any]) -> bool:
    return bool(entry["kind"] == "transition" or entry["number"] == 1)


def _receipt_openings(rows: Any) -> dict[str, Opening]:
    shape: dict[str, type] = {"field": str, "salt": str, "value": str}
    found = _rows({"v": VERSION, "openings": rows}, "openings", shape, RECEIPT_KIND)
    fields = [row["field"] for row in found]
    if fields != sorted(set(fields)) or not all(_is(_HASH, row["salt"]) for row in found):
        raise TrailError(
            "Klarteksten er ikke slik den skal være.", "The clear values are not as they should be."
        )
    return {row["field"]: Opening(bytes.fromhex(row["salt"]), row["value"]) for row in found}


def _said_entry(entry: dict[str, Any]) -> Said:
    actor = entry["actor"] or {}
    what = _q(entry.get("transition", entry["kind"]))
    nb, en = (
        f"Oppføring {entry['number']} i kjeden {_q(entry['chain'])}: {entry['kind']} {what}, {entry['at']}",
        "",
    )
    en = f"Entry {entry['number']} of the chain {_q(entry['chain'])}: {entry['kind']} {what}, {entry['at']}"
    if "person" in actor:
        nb, en = f"{nb}, av {_q(actor['person'])}", f"{en}, by {_q(actor['person'])}"
    if {"role", "party"} <= actor.keys():
        role, party = said_role(actor["role"]), _q(actor["party"])
        nb, en = f"{nb} som {role.nb} for {party}", f"{en} as {role.en} for {party}"
    return Said(f"{nb}.", f"{en}.")


# For people

UNREADABLE = Verdict(
    False,
    (),
    Said("Filen finnes ikke eller kan ikke åpnes.", "The file is not there or cannot be opened."),
    True,
)


def verify(source: bytes | str | os.PathLike[str], held: Held | None = None) -> Verdict:
    """Check a bundle or a receipt, given as bytes or by its path; which it is, its first byte tells."""
    try:
        if isinstance(source, bytes):
            raw = source
        elif not os.path.isfile(source):
            return UNREADABLE
        else:
            with open(source, "rb") as file:
                raw = file.read(1)
                if raw == b"{":
                    raw += file.read(MAX_RECEIPT)
    except (OSError, TypeError, ValueError):
        return UNREADABLE
    return verify_receipt(raw, held) if raw[:1] == b"{" else verify_bundle(source, held)


def report(verdict: Verdict) -> str:
    """The verdict as a person reads it, in Norwegian and then in English."""
    lines: list[str] = []
    unsigned = NO_SIGNATURES in verdict.unchecked
    for index, checked, unchecked, result, wrong, but in (
        (
            0,
            "Kontrollert:",
            "Ikke kontrollert, eller bare noens ord:",
            "RESULTAT: ",
            "FEIL. ",
            "men ingen signatur er prøvd",
        ),
        (
            1,
            "Checked:",
            "Not checked, or somebody's word alone:",
            "RESULT: ",
            "FAULT. ",
            "but no signature was checked",
        ),
    ):
        if verdict.checked:
            lines += [checked, *(f"  - {said[index]}" for said in verdict.checked)]
        if verdict.unchecked:
            lines += [unchecked, *(f"  - {said[index]}" for said in verdict.unchecked)]
        fault = verdict.first_fault
        if fault is not None:
            lines += [f"{result}{wrong}{fault[index][:1].upper()}{fault[index][1:].rstrip('.')}."]
        else:
            lines += [f"{result}{verdict.result[index]}{', ' + but if unsigned else ''}.", LIMITS[index]]
        lines += [""]
    return "\n".join(lines)


def show(verdict: Verdict) -> int:
    """Print the report and return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Not every console can write æ, ø and å; a verdict must come out all the same.
        sys.stdout.reconfigure(errors="replace")
    print(report(verdict), end="")
    return verdict.exit_code


def read_held(path: str | os.PathLike[str]) -> Held:
    """What :func:`parse_held` reads of the file ``path``; raises :class:`TrailError`."""
    try:
        with open(path, encoding="utf-8-sig") as file:
            return parse_held(file.read(MAX_READ))
    except (OSError, ValueError) as error:
        if isinstance(error, TrailError):
            raise
        raise TrailError("nøkkelfilen kan ikke leses", "the key file cannot be read") from error


def main(words: list[str]) -> int:
    """``python verify.py PATH [--key FILE]``: print the verdict and return its exit code."""
    paths = [word for word in words if word != "--key"]
    with_key = len(words) == 3 and "--key" in words[:2]
    if (
        len(paths) != (2 if with_key else 1)
        or len(words) != len(paths) + with_key
        or paths[0].startswith("-")
    ):
        print("Bruk / usage: python verify.py trail.zip|kvittering.json [--key FILE]", file=sys.stderr)
        return 2
    key, path = paths if words[0] == "--key" else reversed(paths) if with_key else (None, paths[0])
    try:
        held = None if key is None else read_held(key)
    except TrailError as fault:
        print(f"{key}: {fault.said.nb} / {fault.said.en}", file=sys.stderr)
        return 2
    return show(verify(path, held))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
