"""``trail.zip``: a chain with all that is needed to check it, without us and without a network.

The same trail gives the same bytes: nothing in the archive is a time or the
work of a compressor, so two people can compare what they hold by its hash. The
verifier in it is the file the server itself uses, copied, not a second one.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.domain.definitions import Registry
from workflow_app.models.trail import TrailEntry
from workflow_app.services.bundle_log import log_members
from workflow_app.services.bundle_readme import README
from workflow_app.services.log.signer import Signer
from workflow_app.services.trail_reading import BATCH, entries, openings

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


def export(
    session: Session,
    chain: str,
    files: Mapping[str, bytes],
    readme_language: str = "nb",
    *,
    extra_chains: Sequence[str] = (),
    signer: Signer | None = None,
    registry: Registry | None = None,
) -> bytes:
    """The bundle of ``chain``, as the bytes of a zip archive.

    ``files`` are texts, attachments and PDFs by the names people know them by.
    ``extra_chains`` are taken along whole, since a chain with holes cannot be
    checked: those of the parties, which tell who gave the signers their roles
    and passkeys; the chain of every party that ever acted is taken unasked.
    Of their names and free texts only those are handed out that stand in an
    entry about a person of ``chain``: one who acted there, or was acted for,
    and whose id is the entry's ``data.person``.

    ``registry`` has the workflows that the entries name by their hash, so that whoever checks
    sees which approvals a step needed. Without it, or where the file of one is gone, none is
    taken along, and the verdict says so.

    ``signer`` is the log's; without one there are no heads and no proofs, and
    the verdict says so. ``readme_language`` is nb, nn or en; any other gives nb.
    Raises :class:`~workflow_app.domain.trail.TrailError` where there is nothing
    to export, or more than a verifier accepts.
    """
    main = _read(session, chain, None)
    if not main.rows:
        raise trail.TrailError(f"kjeden {chain} er tom", f"the chain {chain} is empty")
    extra = sorted({*extra_chains, *(trail.PARTY + party for party in main.parties)} - {chain})
    # The parties' chains first: whoever reads meets a role before it is used.
    parts = [part for part in (_read(session, name, main.people) for name in extra) if part.rows]
    parts.append(main)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {
        "v": trail.BUNDLE_VERSION,
        "chains": [
            {"chain": part.chain, "size": part.rows[-1].number, "head": part.rows[-1].hash} for part in parts
        ],
        "files": [{"name": name, "sha256": digests[name]} for name in sorted(files)],
    }
    rows = [row for part in parts for row in part.rows]
    members = {
        trail.README: README.get(readme_language, README["nb"]).encode("utf-8"),
        trail.MANIFEST: trail.canonical(manifest),
        trail.ENTRIES: b"".join(row.body + b"\n" for row in rows),
        trail.CLEAR: trail.canonical(
            {"v": trail.VERSION, "values": [value for part in parts for value in part.values]}
        ),
        trail.VERIFIER: resources.files("workflow_app.domain").joinpath("trail.py").read_bytes(),
    }
    if signer is not None:
        parties = [
            part.chain.removeprefix(trail.PARTY) for part in parts if part.chain.startswith(trail.PARTY)
        ]
        members |= log_members(session, signer, chain, parties, [row.id for row in rows])
    members |= _workflows(registry, {told for part in parts for told in part.definitions})
    members |= {trail.FILES + digests[name]: files[name] for name in sorted(files)}
    return _pack(members)


class _Row(NamedTuple):
    id: int
    number: int
    hash: str
    body: bytes


class _Part(NamedTuple):
    """One chain of the bundle: its rows, clear values, and who acted in it for whom."""

    chain: str
    rows: list[_Row]
    values: list[dict[str, Any]]
    people: set[str]
    parties: set[str]
    definitions: set[str]


def _read(session: Session, chain: str, people: set[str] | None) -> _Part:
    """A chain whole; with ``people``, clear values of entries about them alone."""
    part = _Part(chain, [], [], set(), set(), set())
    for batch in _batches(session, chain):
        decoded = [trail.decode(entry.body) for entry in batch]
        for told in decoded:
            actor = told["actor"] or {}
            part.people.update(actor[key] for key in ("person", "acting_for") if key in actor)
            part.parties.update({actor["party"]} if "party" in actor else ())
            part.definitions.update({told["definition"]} if "definition" in told else ())
        wanted = [
            entry.id
            for entry, told in zip(batch, decoded, strict=True)
            if people is None or told.get("data", {}).get("person") in people
        ]
        clear = openings(session, wanted)
        for entry in batch:
            part.rows.append(_Row(entry.id, entry.number, entry.hash, entry.body))
            part.values.extend(
                {
                    "chain": chain,
                    "number": entry.number,
                    "field": field,
                    "salt": opening.salt.hex(),
                    "value": opening.value,
                }
                for field, opening in clear.get(entry.id, {}).items()
            )
    return part


def _workflows(registry: Registry | None, digests: set[str]) -> dict[str, bytes]:
    """The workflows with these hashes, or none where one is not there: half a measure would be no measure."""
    try:
        found = {digest: registry.by_digest(digest).written for digest in digests} if registry else {}
    except KeyError:
        return {}
    return {trail.DEFINITIONS + digest: written for digest, written in sorted(found.items())}


def _batches(session: Session, chain: str) -> Iterator[list[TrailEntry]]:
    after = 0
    while batch := entries(session, chain, after=after, limit=BATCH):
        yield batch
        after = batch[-1].number


def _pack(members: Mapping[str, bytes]) -> bytes:
    too_long = (
        len(members) > trail.MAX_MEMBERS
        or sum(map(len, members.values())) > trail.MAX_TOTAL
        or len(members[trail.CLEAR]) > trail.MAX_CLEAR
        or len(members[trail.MANIFEST]) > trail.MAX_READ
    )
    if too_long:
        raise trail.TrailError("sporet er for stort for én pakke", "the trail is too large for one bundle")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.create_system = 3
            info.external_attr = _READABLE
            archive.writestr(info, content, zipfile.ZIP_STORED)
    return out.getvalue()
