"""A text as a QR code, as SVG or PNG: what a phone reads from a printed paper.

The code holds the checkpoint itself as a signed note, not an address: a paper
in an archive outlives the server, and whoever reads the code has all that is
needed to check the signatures with any program that knows the format.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

MOST = 1_600
"""The longest text, in bytes of UTF-8: beyond it the squares get too small for a phone at 5 cm."""


@lru_cache(maxsize=32)
def qr_svg(text: str) -> str:
    """``text`` as a QR code in SVG, with four modules of quiet zone; the same text, the same drawing.

    Raises ``ValueError`` for more than :data:`MOST` bytes.
    """
    out = BytesIO()
    _made(text).save(out, kind="svg", xmldecl=False, border=4, light="#fff")
    return out.getvalue().decode("ascii")


def qr_png(text: str) -> bytes:
    """The same as PNG, six pixels a module, for a file that holds no SVG."""
    out = BytesIO()
    _made(text).save(out, kind="png", scale=6, border=4)
    return out.getvalue()


def _made(text: str) -> segno.QRCode:
    # Loaded by the first paper that has a code.
    import segno

    size = len(text.encode("utf-8"))
    if size > MOST:
        raise ValueError(f"{size} bytes are too many for a QR code that a phone reads; {MOST} is the most")
    # ISO/IEC 18004, error correction M: a fold or a stamp may cover a seventh of it.
    return segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8")
