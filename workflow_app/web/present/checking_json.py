"""The answer of ``/verify`` for a program: codes and numbers, and the same sentences as on the page."""

from __future__ import annotations

from typing import Any

from pyramid.request import Request

from workflow_app.domain import trail
from workflow_app.services.checking.files import Checked
from workflow_app.services.checking.final_count import final_count
from workflow_app.services.checking.heads import HeadFound
from workflow_app.web.pagemodels import CheckResult
from workflow_app.web.present.checking_heads import verdict_of


def checked_json(request: Request, found: Checked | None, result: CheckResult | None) -> dict[str, Any]:
    """What was found; with nothing asked, what can be asked."""
    limits = {"nb": trail.LIMITS.nb, "en": trail.LIMITS.en}
    if found is None or result is None:
        return {"fields": ["file", "checkpoint", "size", "root"], "limits": limits}
    return {
        "kind": found.kind,
        "verdict": _code(found),
        "message": result.verdict,
        "about": list(result.about),
        "final": _final(found),
        "checked": [{"ok": line.ok, "text": line.text} for line in (*result.checked, *result.steps)],
        "compared": [{"ok": line.ok, "text": line.text} for line in result.compared],
        "head": _head(found.head) if found.head else None,
        "sha256": found.known[0].sha256 if found.known else None,
        "signatures": list(found.signed.signatures) if found.signed else [],
        "links": [{"href": link.href, "text": link.text} for link in result.links],
        "limits": limits,
    }


def _code(found: Checked) -> str:
    """holds, wrong or unreadable for what the verifier reads; else what the log or the trail says of it."""
    if found.verdict is not None:
        if not found.verdict.ok:
            return "unreadable" if found.verdict.unreadable else "wrong"
        return "holds" if found.head is None or not found.head.alarming else verdict_of(found.head)
    if found.head is not None:
        return "wrong" if found.head.forged else verdict_of(found.head)
    if found.known:
        return "extended" if found.known[0].appended else "known"
    return "unknown"


def _final(found: Checked) -> dict[str, int] | None:
    """How many entries are final; None of what is not a trail of this log that holds."""
    ours = found.verdict is not None and _code(found) == "holds"
    count = final_count(found.verdict) if found.verdict is not None and ours else None
    return None if count is None else {"entries": count.final, "of": count.total}


def _head(found: HeadFound) -> dict[str, Any]:
    return {
        "origin": found.asked.origin,
        "size": found.asked.size,
        "root": found.asked.root.hex(),
        "standing": verdict_of(found),
        "here": found.here,
        "final": found.final,
        "signatures": [
            {"name": one.name, "by": one.by, "valid": one.valid, "at": one.at.isoformat() if one.at else None}
            for one in found.signatures
        ],
        "cosigned": [
            {"witness": one.name, "side": one.side, "size": one.size, "at": one.at.isoformat()}
            for one in found.seen
        ],
    }
