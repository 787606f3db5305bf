"""A key and a self-signed certificate, for a kommune that has no other.

Whoever holds the kommune's certificate from another channel (its web page, a
letter) can tell its seals from anybody else's. Nobody else vouches for the name
in it, so a PDF reader says "unknown issuer", and it shall.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = 10
"""How long a certificate made here is valid: a seal is checked long after it was made."""


def make(name: str, key: Path, certificate: Path, now: datetime, *, years: int = YEARS) -> x509.Certificate:
    """Write a new EC P-256 key (mode 0600) and its certificate for ``name``, valid from ``now`` (aware).

    Nothing is overwritten: raises ``FileExistsError`` where one of the two files is there, and
    ``ValueError`` for a name that no certificate can hold (RFC 5280: 1 to 64 characters).
    """
    secret = ec.generate_private_key(ec.SECP256R1())
    made = _certificate(name, secret, now, years)
    private = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    if certificate.exists():
        raise FileExistsError(str(certificate))
    _write(key, private, 0o600)
    _write(certificate, made.public_bytes(serialization.Encoding.PEM), 0o644)
    return made


def _certificate(
    name: str, secret: ec.EllipticCurvePrivateKey, now: datetime, years: int
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    public = secret.public_key()
    # RFC 5280, 4.2.1.3: a seal is a digital signature that its holder answers for.
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        # A clock that is a little slow elsewhere must not find it invalid on its first day.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=round(365.25 * years)))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )
    return builder.sign(secret, hashes.SHA256())


def _write(path: Path, content: bytes, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        # The process's umask may have taken something from it, never added.
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
