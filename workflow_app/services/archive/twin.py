"""The JSON that lies inside the papers made for the archive: what they are of, for a program.

A paper may be made by a command as well as by the server, so what goes into it is
drawn here and from no request.
"""

from __future__ import annotations

import json
from typing import Any

from workflow_app.services import trail
from workflow_app.services.archive.source import Source
from workflow_app.services.material import text_of


def twin(source: Source, **more: Any) -> bytes:
    """The agreement's facts and ``more`` about the paper, as UTF-8."""
    agreement, definition = source.agreement, source.definition
    size, head = trail.head(source.session, trail.agreement_chain(agreement.id))
    told = {
        "id": agreement.id,
        "title": agreement.title,
        "language": agreement.language,
        "state": agreement.state,
        "version": agreement.version,
        "definition": {"id": definition.id, "version": definition.version, "digest": definition.digest},
        "parties": [
            {"key": p.party.key, "side": p.party.side, "name": p.party.name, "number": p.party.kommune_number}
            for p in agreement.parties
        ],
        "text_sha256": text_of(source.session, agreement).sha256,
        "text_version": agreement.text_number,
        "digest": agreement.digest,
        "signed_on": agreement.signing.written if agreement.signing else None,
        "trail": {"size": size, "head": head},
        **more,
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=str).encode("utf-8")
