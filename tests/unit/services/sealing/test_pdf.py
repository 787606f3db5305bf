"""The seal itself: valid in others' eyes, and the paper under it still what an archive asked for."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from tests.support.sealing import DER, NOW, Authority, paper, pem, time_server
from workflow_app.services.sealing.pdf import seal_pdf
from workflow_app.services.sealing.timestamps import NoTimestamp, Timestamps

ROOT = Authority()
HELD = ROOT.holder("Moss kommune")


@cache
def sealed() -> bytes:
    return seal_pdf(paper(), HELD, now=NOW, label="Segl fra Moss kommune")


def checked(content: bytes, *, trusts: bool = True) -> list[PdfSignatureStatus]:
    """Every signature in it, as pyHanko's validation finds it on the day."""
    roots = [asn1_x509.Certificate.load(ROOT.certificate.public_bytes(DER))] if trusts else []
    reader = PdfFileReader(io.BytesIO(content))
    return [
        validate_pdf_signature(found, ValidationContext(trust_roots=roots, moment=NOW))
        for found in reader.embedded_signatures
    ]


def catalog(content: bytes) -> Any:
    return PdfReader(io.BytesIO(content)).trailer["/Root"]


def test_the_seal_is_appended_to_the_very_bytes_that_were_frozen() -> None:
    assert sealed().startswith(paper())
    assert sealed() != paper()


def test_the_seal_is_valid_and_covers_the_whole_file() -> None:
    (found,) = checked(sealed())
    assert found.bottom_line
    assert found.coverage.name == "ENTIRE_FILE"
    assert found.signer_reported_dt == NOW


def test_it_is_valid_whether_or_not_its_issuer_is_known() -> None:
    (found,) = checked(sealed(), trusts=False)
    assert (found.intact, found.valid, found.trusted) == (True, True, False)


@pytest.mark.parametrize("place", [b"/Lang (nb", b"/TU (Segl", b"/M (D\\0722026", b"stream\n"])
def test_a_changed_byte_breaks_it(place: bytes) -> None:
    changed = bytearray(sealed())
    changed[changed.index(place) + len(place) - 1] ^= 1
    found = checked(bytes(changed))
    assert found
    assert not any(one.bottom_line for one in found)


def test_it_is_the_kind_of_signature_that_pades_asks_for() -> None:
    (field,) = PdfReader(io.BytesIO(sealed())).get_fields().values()  # type: ignore[union-attr]  # there is one
    value = field["/V"]
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"
    assert value["/M"] == "D:20261122090000Z"
    # ETSI EN 319 142-1, 6.3: the time stands in /M and not in the CMS, and nobody gives a reason.
    assert not {"/Reason", "/Cert", "/Name"} & set(value)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl on this machine")
def test_openssl_finds_it_valid_over_the_byte_range(tmp_path: Path) -> None:
    content = sealed()
    a, b, c, d = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]", content).groups())  # type: ignore[union-attr]  # it is there
    assert (a, c + d) == (0, len(content))
    raw = bytes.fromhex(content[b + 1 : c - 1].decode())
    length = 4 + int.from_bytes(raw[2:4], "big")
    (tmp_path / "cms").write_bytes(raw[:length])
    (tmp_path / "data").write_bytes(content[a : a + b] + content[c : c + d])
    (tmp_path / "root").write_bytes(pem(ROOT.certificate))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"]
    files = ["-in", "cms", "-content", "data", "-CAfile", "root", "-out", "out"]
    done = subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "data").write_bytes(content[a : a + b - 1] + b"?" + content[c : c + d])
    assert subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, check=False).returncode


def test_what_the_paper_said_of_itself_is_untouched() -> None:
    before, after = catalog(paper()), catalog(sealed())
    for key in ("/Metadata", "/StructTreeRoot", "/OutputIntents", "/Outlines"):
        assert before.raw_get(key).idnum == after.raw_get(key).idnum, key
    assert [f.get_object()["/F"] for f in after["/AF"]] == ["avtale.json"]
    assert before["/Metadata"].get_data() == after["/Metadata"].get_data()
    for key in ("/Lang", "/MarkInfo", "/ViewerPreferences"):
        assert before[key] == after[key], key
    assert after["/MarkInfo"]["/Marked"]
    one, two = (PdfReader(io.BytesIO(x)).trailer for x in (paper(), sealed()))
    assert one.raw_get("/Info").idnum == two.raw_get("/Info").idnum
    assert one["/ID"][0] == two["/ID"][0]


def test_neither_the_metadata_nor_the_structure_is_written_again() -> None:
    appended = sealed()[len(paper()) :]
    numbers = {int(n) for n in re.findall(rb"^(\d+) 0 obj", appended, re.MULTILINE)}
    before = catalog(paper())
    kept = [before.raw_get(k).idnum for k in ("/Metadata", "/StructTreeRoot")]
    kept.append(PdfReader(io.BytesIO(paper())).trailer.raw_get("/Info").idnum)
    assert not numbers & set(kept)


def test_the_version_stays_the_one_that_pdf_a_3_is_built_on() -> None:
    root = catalog(sealed())
    assert sealed().startswith(b"%PDF-1.7")
    assert "/Version" not in root
    assert set(root["/Extensions"]) == {"/ESIC"}


def test_the_field_is_outside_the_page_with_a_name_and_can_be_printed() -> None:
    page = PdfReader(io.BytesIO(sealed())).pages[0]
    (widget,) = [a.get_object() for a in page["/Annots"]]
    left, bottom, right, top = map(float, widget["/Rect"])
    assert (right - left, top - bottom) == (0, 0)
    assert right < float(page["/MediaBox"][0])
    assert top < float(page["/MediaBox"][1])
    assert widget["/TU"] == "Segl fra Moss kommune"
    # ISO 19005-3, 6.3.2: printed, and neither hidden, invisible nor out of view.
    assert widget["/F"] & 4
    assert not widget["/F"] & (1 | 2 | 32)
    # ISO 14289-1, 7.18.3: a page with annotations is gone through in the order of the structure.
    assert page["/Tabs"] == "/S"
    form = catalog(sealed())["/AcroForm"]
    assert form["/SigFlags"] == 3
    assert "/NeedAppearances" not in form


def test_nothing_is_seen_of_it() -> None:
    def drawn(content: bytes) -> str:
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[0]
            image = page.render(scale=1, may_draw_forms=True)
            found = hashlib.sha256(bytes(image.buffer)).hexdigest()
            page.close()
            return found
        finally:
            document.close()

    assert drawn(sealed()) == drawn(paper())


def test_a_second_signature_leaves_the_first_one_valid() -> None:
    other = Authority("Politiets rot").holder("Øst politidistrikt")
    twice = seal_pdf(sealed(), other, now=NOW, label="Segl fra politiet")
    first, second = checked(twice)
    assert (first.intact, first.valid, first.trusted, first.docmdp_ok) == (True, True, True, True)
    assert first.modification_level is not None
    assert first.modification_level.name == "FORM_FILLING"
    assert (second.intact, second.valid, second.coverage.name) == (True, True, "ENTIRE_FILE")
    assert catalog(twice)["/Metadata"].get_data() == catalog(paper())["/Metadata"].get_data()


def test_a_timestamp_is_set_by_whoever_knows_the_time() -> None:
    with time_server() as server:
        made = seal_pdf(paper(), HELD, now=NOW, label="Segl", timestamps=Timestamps(server.url))
        assert server.asked == 1
    (found,) = checked(made)
    assert (found.intact, found.valid, found.coverage.name) == (True, True, "ENTIRE_FILE")
    assert found.timestamp_validity is not None
    assert (found.timestamp_validity.intact, found.timestamp_validity.valid) == (True, True)
    assert found.timestamp_validity.timestamp == NOW


@pytest.mark.parametrize("mood", ["refuse", "other", "forged", "html", "error", "huge"])
def test_a_server_that_does_not_answer_the_question_is_not_believed(mood: str) -> None:
    with time_server() as server:
        server.mood = mood
        with pytest.raises(NoTimestamp):
            seal_pdf(paper(), HELD, now=NOW, label="Segl", timestamps=Timestamps(server.url))


def test_a_server_that_is_not_there_is_told() -> None:
    with time_server() as server:
        url = server.url
    with pytest.raises(NoTimestamp):
        seal_pdf(paper(), HELD, now=NOW, label="Segl", timestamps=Timestamps(url, seconds=2))
