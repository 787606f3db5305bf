"""Files handed out: always to be saved, never shown, whatever they claim to be.

What people upload may be a page with a script in it; shown from our address it
would act in the reader's name.
"""

from __future__ import annotations

from urllib.parse import quote

from pyramid.response import Response


def download(content: bytes, name: str, media_type: str, sha256: str | None = None) -> Response:
    """The bytes as an attachment with its name (RFC 6266, RFC 8187) and, where known, its hash as ETag."""
    response = Response(body=content, content_type=media_type, charset=None)
    plain = "".join(c if 32 <= ord(c) < 127 and c not in '"\\' else "_" for c in name)
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    if sha256 is not None:
        response.etag = sha256
    return response
