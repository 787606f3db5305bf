"""The night's share: erase again what a restored backup brought back, and let old security events go.

The security log counts failed logins to slow down those who guess, which takes a quarter
of an hour; it is kept longer so that an operator can look into an attack, and not for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Engine, delete
from sqlalchemy.orm import Session

from workflow_app.domain.messages import msg
from workflow_app.models.people import SecurityEvent
from workflow_app.services.daily.jobs import Work
from workflow_app.services.erasing import doing, register
from workflow_app.services.errors import ServiceError
from workflow_app.services.throttle import Throttle

DAYS = 365
"""How long the security log is kept where the settings say nothing, in days."""

RETENTION = "avtaleflyt.security_log_days"


def throttle_in(settings: Mapping[str, Any]) -> Throttle:
    """The key of the security log's hashes, as the server has it."""
    secret = settings.get("avtaleflyt.secret")
    return Throttle(key=str(secret).encode()) if secret else Throttle()


def days_in(settings: Mapping[str, Any]) -> int:
    """``avtaleflyt.security_log_days``, 1 to 3650; raises ``ServiceError`` for anything else."""
    text = str(settings.get(RETENTION) or DAYS).strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and 1 <= int(text) <= 3650):
        raise ServiceError(
            "settings", msg("${setting} = ${value}: write a whole number of days from 1 to 3650.",
                            setting=RETENTION, value=text[:40])
        )  # fmt: skip
    return int(text)


def tidy(work: Work) -> str:
    """The job: reapply, remember, forget old security events, and clear what is left of deleted words."""
    path = register.path_in(work.settings)
    with work.sessions.begin() as session:
        count = 0
        if path is not None:
            throttle = throttle_in(work.settings)
            count = doing.again(session, register.read_file(path), now=work.clock(), throttle=throttle)
        gone = forget(session, work.real_clock() - timedelta(days=days_in(work.settings)))
        keys = [ident for ident, _ in doing.erased(session)]
    if path is not None:
        register.remember(path, keys)
    flush_journal(work.engine)
    return f"{count} erased again, {gone} security events deleted"


def forget(session: Session, before: datetime) -> int:
    """Delete the security events from before this instant; how many."""
    result = session.execute(
        delete(SecurityEvent).where(SecurityEvent.at < before).execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    return result.rowcount


def flush_journal(engine: Engine) -> None:
    """Empty SQLite's write-ahead log, in which deleted words stand until they are written over.

    Where somebody reads just then it stays until the next night. PostgreSQL minds its own.
    """
    if engine.dialect.name == "sqlite":
        # Past the engine's own BEGIN: it cannot be done within a transaction.
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
