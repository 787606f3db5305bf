"""Whose kind of file it is, and whether all of it came: asked before anything in it is trusted or distrusted.

A file that is no receipt of ours, or only half of a bundle, is nothing that was
changed, and "do not rely on it" would frighten an honest reader. The other way
round nothing is softened: what can be read, and says by its own marks that it
is ours, goes to the verifier, and what that refuses stays refused.
"""

from __future__ import annotations

import io
import json
import zipfile

from workflow_app.domain import trail

OURS = frozenset({"entries.jsonl", "manifest.json", "verify.py"})
"""Members that tell a bundle, whole or not, from any other zip."""

CUT = trail.Verdict(
    False,
    (),
    trail.Said(
        "filen er ikke hel, for slutten mangler; last den ned på nytt",
        "the file is not whole, since its end is missing; download it again",
    ),
    unreadable=True,
)
NOT_JSON = trail.Verdict(
    False,
    (),
    trail.Said(
        "filen begynner som en kvittering, men er ikke hel JSON; last den ned på nytt",
        "the file begins as a receipt does, but is not whole JSON; download it again",
    ),
    unreadable=True,
)

# A local file, an archive without members, one in parts (PKWARE APPNOTE, 4.3.7, 4.3.16 and 8.5.3).
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_MARKS = ("entry", "checkpoint", "grounds", "openings", "limits")
"""Fields of a receipt that hardly any other JSON has two of."""


def is_zip(content: bytes) -> bool:
    """Whether it begins as a zip archive does, whole or not."""
    return content.startswith(_ZIP)


def is_cut(content: bytes) -> bool:
    """Whether a zip archive lacks the end of its central directory, where reading it begins."""
    return not zipfile.is_zipfile(io.BytesIO(content))


def is_another_zip(content: bytes) -> bool:
    """Whether it is a zip of somebody else's, as a Word document is: there is nothing in it to distrust."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not OURS & set(archive.namelist())
    except Exception:
        # A damaged one may be ours; the verifier finds words for it.
        return False


def begins_as_json(content: bytes) -> bool:
    """Whether it begins as a JSON object does, a byte order mark before it or not."""
    return content[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def is_json(content: bytes) -> bool:
    """Whether it is JSON that can be read at all, however it is written."""
    return _loaded(content) is not None


def is_another_json(content: bytes) -> bool:
    """Whether it is whole JSON that neither says it is a receipt nor has the fields of one."""
    found = _loaded(content)
    if found is None or found is _TOO_DEEP:
        return False
    if not isinstance(found, dict):
        return True
    says = found.get("kind") == trail.RECEIPT_KIND
    return not says and sum(mark in found for mark in _MARKS) < 2


_TOO_DEEP = object()


def _loaded(content: bytes) -> object:
    """What the JSON is, by a reader that forgives what the verifier does not; None where it is none."""
    text = content.decode(json.detect_encoding(content), "replace")
    try:
        found: object = json.loads(text, strict=False, parse_int=str, parse_float=str)
    except ValueError:
        return None
    except RecursionError:
        return _TOO_DEEP
    return found
