"""Reading signatures: what is said to be whole and intact is byte for byte what was signed."""

from __future__ import annotations

import random
import re
from functools import cache
from typing import Any

import pytest

from tests.support.sealing import NOW, Authority, paper
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files.pdf_signatures import read_signatures
from workflow_app.services.sealing.pdf import seal_pdf

HELD = Authority().holder("Kari Ordfører")


@cache
def signed() -> bytes:
    return seal_pdf(paper(), HELD, now=NOW, label="Signatur")


def read(content: bytes) -> list[dict[str, Any]]:
    return read_signatures(content, [], NOW.isoformat())


def covered(content: bytes) -> bytes:
    """The bytes that the last signature's range names."""
    a, b, c, d = map(int, re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", content)[-1])
    return content[a : a + b] + content[c : c + d]


def mangled(lots: random.Random) -> bytes:
    """The signed file with a few places written over, cut out, moved or put in."""
    content = bytearray(signed())
    for _ in range(lots.randrange(1, 4)):
        at, size = lots.randrange(len(content)), lots.randrange(1, 60)
        match lots.randrange(5):
            case 0:
                content[at] ^= 1 << lots.randrange(8)
            case 1:
                del content[at : at + size]
            case 2:
                content[at:at] = content[at // 2 : at // 2 + size]
            case 3:
                content += content[at : at + size]
            case _:
                numbers = [m.span() for m in re.finditer(rb"\d+", bytes(content))]
                start, end = numbers[lots.randrange(len(numbers))]
                content[start:end] = str(lots.choice([0, 1, 2**31, 10**12, -1])).encode()
    return bytes(content)


def test_the_signed_file_itself_is_whole() -> None:
    (found,) = read(signed())
    assert (found["intact"], found["valid"], found["whole"], found["changed"]) == (True, True, True, False)


def test_no_mangled_file_passes_for_the_one_that_was_signed() -> None:
    lots, kept = random.Random(1711), 0
    for _ in range(150):
        content = mangled(lots)
        try:
            found = read(content)
        except ValueError:
            # UnreadableFile, or what pyHanko says of a broken signature.
            continue
        for one in found:
            if one.get("intact") and one["valid"] and one["whole"]:
                # Nothing but the hexadecimal room of the signature itself may differ.
                assert covered(content) == covered(signed())
                kept += 1
            if one.get("intact") and one["valid"] and not one["changed"]:
                # There is no second signature, so nothing may stand behind the first.
                assert one["whole"]
    assert 0 < kept < 100


@pytest.mark.parametrize(
    "behind",
    [
        b"\n9 0 obj\n<< /Type /Page >>\nendobj\n",
        b"garbage",
        b"\n9 0 obj\n<< >>\nendobj\nstartxref\n%d\n%%%%EOF\n",
    ],
)
def test_what_stands_behind_the_end_shows_although_no_table_names_it(behind: bytes) -> None:
    xref = int(signed()[signed().rindex(b"startxref") :].split()[1])
    for one in read(signed() + (behind % xref if b"%d" in behind else behind)):
        assert one["changed"]
        assert not one["whole"]


def test_of_two_signatures_the_first_is_not_called_changed() -> None:
    twice = seal_pdf(signed(), HELD, now=NOW, label="Signatur")
    assert [(one["whole"], one["changed"]) for one in read(twice)] == [(False, False), (True, False)]


def test_a_locked_or_broken_file_is_a_sentence() -> None:
    for content in (b"", b"%PDF-1.7\n", signed()[:200]):
        with pytest.raises(UnreadableFile):
            read(content)
