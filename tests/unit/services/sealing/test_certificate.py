"""Which certificates the installation seals with, and the words for each that it does not."""

from __future__ import annotations

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from tests.support.sealing import NOW, Authority, Certificate, ec_key, issue, pem, private_pem, write
from workflow_app.services.sealing import new_key
from workflow_app.services.sealing.certificate import open_certificate
from workflow_app.services.sealing.errors import CannotSeal
from workflow_app.services.sealing.settings import SealSettings, seal_settings


def alone(**more: object) -> Certificate:
    key = ec_key()
    return Certificate(key, issue("Moss kommune", key, **more))  # type: ignore[arg-type]  # passed on


def refused(settings: SealSettings) -> str:
    with pytest.raises(CannotSeal) as no:
        open_certificate(settings, NOW)
    assert str(no.value.reason)
    return no.value.code


def test_a_pair_of_pem_files_with_the_issuers_after_it(tmp_path: Path) -> None:
    held = Authority().holder("Moss kommune")
    found = open_certificate(SealSettings(*write(tmp_path, held)), NOW)
    assert (found.name, found.fingerprint) == ("Moss kommune", held.fingerprint)
    assert not found.self_signed
    assert len(found.issuers) == 1


def test_a_pkcs12_file_has_both(tmp_path: Path) -> None:
    held = Authority().holder("Moss kommune")
    file = tmp_path / "seal.p12"
    file.touch(0o600)
    locked = BestAvailableEncryption(b"hemmelig")
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"segl", held.key, held.certificate, held.issuers, locked)
    )
    found = open_certificate(SealSettings(file, password="hemmelig"), NOW)
    assert (found.fingerprint, len(found.issuers)) == (held.fingerprint, 1)
    assert refused(SealSettings(file, password="gjettet")) == "unreadable"
    assert refused(SealSettings(file)) == "unreadable"


def test_without_a_key_nothing_is_sealed() -> None:
    assert refused(SealSettings()) == "no_certificate"


def test_a_key_that_others_may_read_is_not_used(tmp_path: Path) -> None:
    key, certificate = write(tmp_path, alone())
    for mode in (0o640, 0o604, 0o620):
        key.chmod(mode)
        assert refused(SealSettings(key, certificate)) == "open_to_others"


def test_files_that_are_not_there_or_no_such_thing(tmp_path: Path) -> None:
    key, certificate = write(tmp_path, alone())
    assert refused(SealSettings(tmp_path / "none", certificate)) == "missing"
    assert refused(SealSettings(key, tmp_path / "none")) == "missing"
    assert refused(SealSettings(key, key)) == "unreadable"
    certificate.write_bytes(b"")
    assert refused(SealSettings(key, certificate)) == "unreadable"


def test_a_key_and_a_certificate_of_two_pairs(tmp_path: Path) -> None:
    key, certificate = write(tmp_path, alone())
    certificate.write_bytes(pem(alone().certificate))
    assert refused(SealSettings(key, certificate)) == "mismatch"


def test_the_certificates_days(tmp_path: Path) -> None:
    key, certificate = write(tmp_path, alone(end=NOW - timedelta(days=1)))
    assert refused(SealSettings(key, certificate)) == "expired"
    key, certificate = write(tmp_path, alone(start=NOW + timedelta(days=1)))
    assert refused(SealSettings(key, certificate)) == "not_yet"


def test_a_certificate_that_is_not_for_signing(tmp_path: Path) -> None:
    assert refused(SealSettings(*write(tmp_path, alone(signing=False)))) == "unfit"


def test_a_key_that_pdf_readers_do_not_know(tmp_path: Path) -> None:
    key, certificate = write(tmp_path, alone())
    key.write_bytes(private_pem(ed25519.Ed25519PrivateKey.generate()))  # type: ignore[arg-type]  # meant
    assert refused(SealSettings(key, certificate)) == "unfit"


def test_a_certificate_made_here_seals_at_once_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    key, certificate = tmp_path / "seal" / "key.pem", tmp_path / "seal" / "certificate.pem"
    made = new_key.make("Ås kommune", key, certificate, NOW)
    found = open_certificate(SealSettings(key, certificate), NOW)
    assert found.certificate == made
    assert found.self_signed
    assert found.name == "Ås kommune"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert NOW + timedelta(days=3650) < made.not_valid_after_utc


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    new_key.make("Moss kommune", key, certificate, NOW)
    before = key.read_bytes()
    with pytest.raises(FileExistsError):
        new_key.make("Moss kommune", key, tmp_path / "another.pem", NOW)
    with pytest.raises(FileExistsError):
        new_key.make("Moss kommune", tmp_path / "another", certificate, NOW)
    assert key.read_bytes() == before


@pytest.mark.parametrize("name", ["", "M" * 65])
def test_a_name_that_no_certificate_holds(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        new_key.make(name, tmp_path / "key.pem", tmp_path / "certificate.pem", NOW)
    assert not (tmp_path / "key.pem").exists()


def test_the_settings_are_read_and_never_told() -> None:
    found = seal_settings(
        {
            "avtaleflyt.seal_key": "/etc/avtaleflyt/seal.p12",
            "avtaleflyt.seal_password": "hemmelig",
            "avtaleflyt.seal_timestamp_url": "https://tid.example/tsa",
            "avtaleflyt.seal_trust": "/etc/avtaleflyt/trust",
        }
    )
    assert found.key == Path("/etc/avtaleflyt/seal.p12")
    assert found.trust == Path("/etc/avtaleflyt/trust")
    assert found.timestamp == "https://tid.example/tsa"
    assert not found.make
    assert "hemmelig" not in repr(found)
    assert seal_settings({"avtaleflyt.demonstration": "true"}).make
    assert seal_settings({}) == SealSettings()


@pytest.mark.parametrize(
    "url", ["tid.example", "ftp://tid.example", "https://", "http://a:b:c", "file:///etc"]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(CannotSeal) as no:
        _ = SealSettings(timestamp_url=url).timestamp
    assert no.value.code == "timestamp_address"
