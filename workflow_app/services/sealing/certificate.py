"""The installation's certificate: opened, looked at, and found fit to seal with or not.

The key lies in a file that the server alone may read, never in the database: a
copy of the database must not be able to seal. It is opened for every batch of
papers, so that a renewed certificate needs no restart.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from workflow_app.domain.messages import msg
from workflow_app.services.norway import OSLO
from workflow_app.services.sealing.errors import CannotSeal
from workflow_app.services.sealing.settings import SealSettings

DER = serialization.Encoding.DER


@dataclass(frozen=True)
class Certificate:
    """A key with its certificate and the issuers that came with it."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def name(self) -> str:
        """Whom the certificate names."""
        return name_of(self.certificate)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hex."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    @property
    def self_signed(self) -> bool:
        """Whether nobody but its holder vouches for it."""
        return self.certificate.issuer == self.certificate.subject

    def __repr__(self) -> str:
        """Without the key."""
        return f"Certificate({self.name!r}, {self.fingerprint})"


def name_of(certificate: x509.Certificate) -> str:
    """The common name, else the organisation, else the whole subject."""
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        found = certificate.subject.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)
    return certificate.subject.rfc4514_string()


def open_certificate(settings: SealSettings, now: datetime) -> Certificate:
    """The certificate to seal with at ``now`` (aware). Raises :class:`CannotSeal` with the reason."""
    if settings.key is None:
        raise CannotSeal("no_certificate", msg("the installation has no certificate to seal with"))
    found = read_certificate(settings.key, settings.certificate, settings.password)
    held = found.certificate
    if now < held.not_valid_before_utc:
        day = held.not_valid_before_utc.astimezone(OSLO).date()
        raise CannotSeal("not_yet", msg("the certificate is not valid before ${day}", day=day))
    if now > held.not_valid_after_utc:
        day = held.not_valid_after_utc.astimezone(OSLO).date()
        raise CannotSeal("expired", msg("the certificate ran out on ${day}", day=day))
    _fit(held)
    return found


def read_certificate(key: Path, certificate: Path | None, password: str | None) -> Certificate:
    """Key and certificate as they lie in the files. Raises :class:`CannotSeal` with the reason."""
    raw = _private(key)
    secret = password.encode() if password else None
    try:
        if certificate is None:
            return _from_pkcs12(raw, secret)
        loaded: Any = serialization.load_pem_private_key(raw, secret)
        chain = x509.load_pem_x509_certificates(_readable(certificate))
    except (ValueError, TypeError) as error:
        raise CannotSeal(
            "unreadable", msg("the files with the key and the certificate cannot be read as such")
        ) from error
    return _belonging(loaded, chain[0], chain[1:])


def _from_pkcs12(raw: bytes, secret: bytes | None) -> Certificate:
    loaded = pkcs12.load_key_and_certificates(raw, secret)
    if loaded[0] is None or loaded[1] is None:
        raise ValueError("no key or no certificate in it")
    return _belonging(loaded[0], loaded[1], loaded[2])


def _belonging(key: Any, held: x509.Certificate, issuers: list[x509.Certificate]) -> Certificate:
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise CannotSeal(
            "unfit", msg("the key is of a kind that PDF readers do not know; use EC P-256 or RSA")
        )
    if key.public_key() != held.public_key():
        raise CannotSeal("mismatch", msg("the key and the certificate do not belong together"))
    return Certificate(key, held, tuple(issuers))


def _private(path: Path) -> bytes:
    """The file's bytes, where nobody but its owner may read it."""
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & 0o077:
                raise CannotSeal(
                    "open_to_others",
                    msg("others on the server may read the file with the key; give it mode 0600"),
                )
            return file.read(1 << 20)
    except OSError as error:
        raise CannotSeal("missing", msg("the file with the key is not there or cannot be opened")) from error


def _readable(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1 << 20)
    except OSError as error:
        raise CannotSeal(
            "missing", msg("the file with the certificate is not there or cannot be opened")
        ) from error


def _fit(held: x509.Certificate) -> None:
    try:
        usage = held.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise CannotSeal("unfit", msg("the certificate was not issued for signing"))
