"""The særutskrift as it comes back from the case system: a file bound to its matter.

The paper that was frozen tells what the councillors read; the særutskrift tells
what they did, in the kommune's own words. A better one is added beside it, and
both are kept with their hashes.
"""

from __future__ import annotations

import mimetypes
from datetime import datetime

from sqlalchemy.orm import Session

from workflow_app.domain.case import Holding
from workflow_app.domain.messages import msg
from workflow_app.models.agreements import Agreement
from workflow_app.models.proceedings import Matter, MatterFile
from workflow_app.services import blobs, matters_entries, trail
from workflow_app.services.actors import Who
from workflow_app.services.attachments import clean_name
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.matters_days import has_met
from workflow_app.services.texts import MAX_FILE, TooLarge


def add(
    session: Session,
    agreement: Agreement,
    matter: Matter,
    filename: str,
    content: bytes,
    *,
    who: Who,
    holding: Holding | None,
    now: datetime,
    limit: int = MAX_FILE,
) -> MatterFile:
    """Keep the file as the matter's newest særutskrift. ``limit`` is the largest taken in, in bytes.

    Raises ``FieldErrors`` for one that is empty, is the newest already or comes before the
    kommunestyre has met, ``TooLarge`` for one too large.
    """
    has_met(matter, now.date())
    name = clean_name(filename)
    if not content:
        raise FieldErrors({"file": msg("«${name}» is empty; choose a file with something in it.", name=name)})
    if len(content) > limit:
        raise TooLarge({"file": msg("«${name}» is larger than ${limit} MB.", name=name, limit=limit >> 20)})
    sha256 = blobs.store(session, content)
    if matter.files and matter.files[-1].sha256 == sha256:
        raise FieldErrors({"file": msg("This very file is the matter's excerpt already.")})
    kept = MatterFile(
        name=name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        sha256=sha256,
        size=len(content),
        person_id=who.person_id,
        added_at=now,
    )
    matter.files.append(kept)
    session.flush()
    trail.append(
        session,
        trail.agreement_chain(agreement.id),
        kind="matter_excerpt",
        now=now,
        actor=who.entry(holding),
        agreement=agreement.digest,
        data={**matters_entries.public_fields(matter), "sha256": sha256, "size": kept.size},
        private={"name": name},
    )
    return kept


def find(matter: Matter, number: int | None) -> MatterFile:
    """The matter's newest file, or an older one by its place from 1. Raises ``NotThere``."""
    files = matter.files
    if number is None and files:
        return files[-1]
    if number is not None and 1 <= number <= len(files):
        return files[number - 1]
    raise NotThere("not_there", msg("There is no such file."))
