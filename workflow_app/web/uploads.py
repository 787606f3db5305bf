"""Files as they come in: a multipart part from a page, or base64 in a program's JSON.

How large one may be is a setting (``avtaleflyt.max_file_mb``), read once when
the server starts.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from pyramid.config import Configurator
from pyramid.request import Request

from workflow_app.domain.messages import msg
from workflow_app.services.errors import FieldErrors
from workflow_app.services.files import SUFFIXES
from workflow_app.services.texts import Source, TooLarge
from workflow_app.settings import max_file
from workflow_app.web.body import refuse_nul

ACCEPTS = ",".join(SUFFIXES)
"""The kinds of file an agreement is read from, as a file field names them."""

_BASE64 = 4 / 3


def includeme(config: Configurator) -> None:
    """Read the limit; raises ``SettingsError`` when it is no number."""
    config.registry["max_file"] = max_file(config.registry.settings)


def limit_of(request: Request) -> int:
    """The largest file taken in here, in bytes."""
    limit: int = request.registry["max_file"]
    return limit


def as_source(request: Request, file: tuple[str, bytes]) -> Source:
    """An uploaded file as the services take it in."""
    return Source(*file, limit=limit_of(request))


def refuse_flood(request: Request) -> None:
    """Raise ``TooLarge`` before a body is read that can hold no file we take."""
    limit, length = limit_of(request), request.content_length or 0
    # A file in base64, and the fields beside it.
    if length > limit * _BASE64 + (1 << 20):
        # What is told is the file's size, not that of the body it came in.
        body = length / _BASE64 if request.content_type == "application/json" else length
        size = max(round(body / (1 << 20)), (limit >> 20) + 1)
        raise TooLarge(
            {"file": msg("The file is ${size} MB; the largest that can be taken in is ${limit} MB.",
                         size=size, limit=limit >> 20)}
        )  # fmt: skip


def _name(sent: str) -> str:
    """A file's own name: some programs send the folders it lay in too."""
    return sent.replace("\\", "/").rpartition("/")[2]


def form_file(request: Request, name: str = "file", *, most: int | None = None) -> tuple[str, bytes] | None:
    """File name and bytes of a form's file field; None where nothing was chosen.

    One byte more than ``most`` (the largest file taken in, where nothing is said) is read, to be refused.
    """
    part = request.POST.get(name)
    if part is None or not hasattr(part, "file"):
        return None
    filename = _name(str(part.filename or ""))
    refuse_nul([(name, filename)])
    # A large part lies in a temporary file, which nobody else closes.
    with part.file as file:
        content = file.read((limit_of(request) if most is None else most) + 1)
    return (filename, content) if filename or content else None


def json_file(data: dict[str, Any]) -> tuple[str, bytes]:
    """``filename`` and ``content_base64`` of a JSON object. Raises ``FieldErrors``."""
    filename, encoded = data.get("filename"), data.get("content_base64")
    if not isinstance(filename, str) or not filename.strip():
        raise FieldErrors({"filename": msg("filename is missing; name the file, such as avtale.docx.")})
    if not isinstance(encoded, str):
        raise FieldErrors(
            {"content_base64": msg("content_base64 is missing; send the file's bytes in base64.")}
        )
    try:
        return _name(filename), base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise FieldErrors({"content_base64": msg("content_base64 is not base64 (RFC 4648).")}) from error


def json_text(data: dict[str, Any], name: str) -> str | None:
    """An optional text of a JSON object or a form. Raises ``FieldErrors`` for what is no text."""
    value = data.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise FieldErrors({name: msg("${name} must be text.", name=name)})
    return value


def json_texts(data: dict[str, Any], name: str) -> list[str]:
    """A list of texts of a JSON object. Raises ``FieldErrors``."""
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise FieldErrors({name: msg('${name} must be a list of keys, such as ["3103"].', name=name)})
    return value
