"""Files by their hash: the same bytes are stored once and can never be exchanged."""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session, undefer

from workflow_app.models.contents import Blob


def store(session: Session, content: bytes) -> str:
    """Keep ``content`` and return its SHA-256 in hex; known bytes are not stored again."""
    digest = hashlib.sha256(content).hexdigest()
    if session.get(Blob, digest) is None:
        session.add(Blob(sha256=digest, size=len(content), content=content))
        session.flush()
    return digest


def fetch(session: Session, sha256: str) -> bytes:
    """The bytes stored under ``sha256``; raises ``KeyError`` where there are none."""
    blob = session.get(Blob, sha256, options=[undefer(Blob.content)])
    if blob is None:
        raise KeyError(sha256)
    return blob.content
