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
from typing import Any

from sqlalchemy.orm import Session

from workflow_app.domain import trail
from workflow_app.models.trail import TrailEntry
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
) -> bytes:
    """The bundle of ``chain``, as the bytes of a zip archive.

    ``files`` are texts, attachments and PDFs by the names people know them by.
    ``extra_chains`` are taken along whole, since a chain with holes cannot be
    checked: those of the parties, which tell who gave the signers their roles.
    Of their names and free texts only those are handed out that stand in an
    entry about a person of ``chain``: one who acted there, or was acted for,
    and whose id is the entry's ``data.person``.

    ``readme_language`` is nb, nn or en; any other gives nb. Raises
    :class:`~workflow_app.domain.trail.TrailError` where there is nothing to
    export, or more than a verifier accepts.
    """
    people: set[str] = set()
    lines: list[bytes] = []
    values: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    for name in (chain, *sorted(set(extra_chains) - {chain})):
        size, last = 0, ""
        for batch in _batches(session, name):
            decoded = [trail.decode(entry.body) for entry in batch]
            if name == chain:
                people.update(*map(_people, decoded))
            wanted = [
                entry.id
                for entry, told in zip(batch, decoded, strict=True)
                if name == chain or told.get("data", {}).get("person") in people
            ]
            clear = openings(session, wanted)
            for entry in batch:
                values.extend(
                    {
                        "chain": name,
                        "number": entry.number,
                        "field": field,
                        "salt": opening.salt.hex(),
                        "value": opening.value,
                    }
                    for field, opening in clear.get(entry.id, {}).items()
                )
            lines.extend(entry.body for entry in batch)
            size, last = batch[-1].number, batch[-1].hash
        if size:
            heads.append({"chain": name, "size": size, "head": last})
        elif name == chain:
            raise trail.TrailError(f"kjeden {name} er tom", f"the chain {name} is empty")
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = {
        "v": trail.VERSION,
        "chains": heads,
        "files": [{"name": name, "sha256": digests[name]} for name in sorted(files)],
    }
    members = {
        trail.README: _README.get(readme_language, _README["nb"]).encode("utf-8"),
        trail.MANIFEST: trail.canonical(manifest),
        trail.ENTRIES: b"".join(line + b"\n" for line in lines),
        trail.CLEAR: trail.canonical({"v": trail.VERSION, "values": values}),
        trail.VERIFIER: resources.files("workflow_app.domain").joinpath("trail.py").read_bytes(),
    }
    members |= {trail.FILES + digests[name]: files[name] for name in sorted(files)}
    return _pack(members)


def _batches(session: Session, chain: str) -> Iterator[list[TrailEntry]]:
    after = 0
    while batch := entries(session, chain, after=after, limit=BATCH):
        yield batch
        after = batch[-1].number


def _people(entry: dict[str, Any]) -> set[str]:
    actor = entry["actor"] or {}
    return {actor[key] for key in ("person", "acting_for") if key in actor}


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


_README = {
    "nb": """\
DETTE ER SPORET TIL EN AVTALE

Slik kontrollerer du det, uten nett og uten Avtaleflyt (Python 3.9 eller nyere):

    python verify.py trail.zip

Svaret kommer på norsk og engelsk. Avslutningskoden er 0 når sporet er helt,
1 når noe er galt, og 2 når filen ikke kan åpnes. Stoler du ikke på den som ga
deg pakken, så hent verify.py et annet sted fra: den er filen
workflow_app/domain/trail.py i programmet.

Innhold
  entries.jsonl  én oppføring per linje. Hver har hashen til den forrige i kjeden
  clear.json     navn og fritekst, med saltet de ble forseglet med
  manifest.json  kjedene med lengde og siste hash, og hva filene heter
  files/         tekster og dokumenter; navnet er filens SHA-256

Det som er slettet, står fortsatt som en forsegling i sporet, uten klartekst.

Hva dette ikke viser
  - at alt som hendte, ble ført inn
  - at ingen oppføring er tatt bort etter den siste i pakken
  - at ikke en hel kjede er skrevet på nytt av den som driver systemet; sammenlign
    siste hash med den du eller den andre parten har fra før
  - hvem som satt bak en innlogging
""",
    "nn": """\
DETTE ER SPORET TIL EIN AVTALE

Slik kontrollerer du det, utan nett og utan Avtaleflyt (Python 3.9 eller nyare):

    python verify.py trail.zip

Svaret kjem på norsk og engelsk. Avslutningskoden er 0 når sporet er heilt,
1 når noko er gale, og 2 når fila ikkje kan opnast. Stoler du ikkje på den som
gav deg pakken, så hent verify.py ein annan stad frå: ho er fila
workflow_app/domain/trail.py i programmet.

Innhald
  entries.jsonl  éi oppføring per linje. Kvar har hashen til den førre i kjeda
  clear.json     namn og fritekst, med saltet dei vart forsegla med
  manifest.json  kjedene med lengd og siste hash, og kva filene heiter
  files/         tekstar og dokument; namnet er SHA-256 av fila

Det som er sletta, står framleis som ei forsegling i sporet, utan klartekst.

Kva dette ikkje viser
  - at alt som hende, vart ført inn
  - at inga oppføring er teken bort etter den siste i pakken
  - at ikkje ei heil kjede er skriven på nytt av den som driv systemet; jamfør
    siste hash med den du eller den andre parten har frå før
  - kven som sat bak ei innlogging
""",
    "en": """\
THIS IS THE TRAIL OF AN AGREEMENT

To check it, without a network and without Avtaleflyt (Python 3.9 or later):

    python verify.py trail.zip

The verdict is in Norwegian and English. The exit code is 0 when the trail is
whole, 1 when something is wrong, 2 when the file cannot be opened. If you do not
trust whoever gave you the bundle, get verify.py elsewhere: it is the file
workflow_app/domain/trail.py of the program.

Contents
  entries.jsonl  one entry a line, each with the hash of the one before in its chain
  clear.json     names and free text, with the salt they were sealed with
  manifest.json  the chains with size and last hash, and the names of the files
  files/         texts and documents, each named by its SHA-256

What was erased still stands in the trail as a seal, without its clear value.

What this does not show
  - that everything that happened was entered
  - that no entry was taken off after the last one in the bundle
  - that a whole chain was not written anew by whoever runs the system; compare the
    last hash with the one you or the other party have from before
  - who sat behind a login
""",
}
"""What lies on top in the bundle, for a person who has never seen one."""
