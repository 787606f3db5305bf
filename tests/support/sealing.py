"""Whoever vouches for a seal and whoever knows the time: certificates, and a real RFC 3161 server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import typst
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from workflow_app.services.sealing.certificate import Certificate

DER, PEM = serialization.Encoding.DER, serialization.Encoding.PEM
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def issue(
    name: str,
    key: Private,
    *,
    by: tuple[str, Private] | None = None,
    ca: bool = False,
    extended: x509.ObjectIdentifier | None = None,
    signing: bool = True,
    start: datetime = NOW - timedelta(days=30),
    end: datetime = NOW + timedelta(days=3650),
) -> x509.Certificate:
    """A certificate for ``name``, by another's name and key or its own."""
    issuer, signer = by or (name, key)
    usage = x509.KeyUsage(
        digital_signature=signing, content_commitment=signing and not ca, key_encipherment=not signing,
        data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip
    built = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if extended is not None:
        built = built.add_extension(x509.ExtendedKeyUsage([extended]), critical=True)
    return built.sign(signer, hashes.SHA256())


def ec_key() -> ec.EllipticCurvePrivateKey:
    """A key of the kind the installation makes."""
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Authority:
    """A root that vouches for others."""

    name: str = "Prøverot"
    key: Private = field(default_factory=ec_key)

    @property
    def certificate(self) -> x509.Certificate:
        return issue(self.name, self.key, ca=True)

    def holder(self, name: str, **more: Any) -> Certificate:
        """Somebody with a certificate of this root's."""
        key = ec_key()
        made = issue(name, key, by=(self.name, self.key), **more)
        return Certificate(key, made, (self.certificate,))


def pem(certificate: x509.Certificate) -> bytes:
    """As it lies in a file."""
    return certificate.public_bytes(PEM)


def private_pem(key: Private) -> bytes:
    """As it lies in a file, without a password."""
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def write(folder: Path, held: Certificate) -> tuple[Path, Path]:
    """The pair of files that a setting names."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    key.touch(0o600)
    key.write_bytes(private_pem(held.key))
    certificate.write_bytes(b"".join(pem(c) for c in (held.certificate, *held.issuers)))
    return key, certificate


@cache
def _time_authority() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    key = rsa.generate_private_key(65537, 2048)
    return issue("Prøvetid", key, extended=ExtendedKeyUsageOID.TIME_STAMPING), key


@dataclass
class TimeServer:
    """Where it is, how often it was asked, and how it is to misbehave.

    ``mood``: None answers as it should; "refuse", "other" (a token of something else), "forged"
    (a token whose signature is another's), "html", "error", "huge".
    """

    url: str = ""
    asked: int = 0
    mood: str | None = None
    at: datetime = NOW

    @property
    def certificate(self) -> x509.Certificate:
        return _time_authority()[0]

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to one request."""
        self.asked += 1
        if self.mood == "error":
            return 503, b"down"
        if self.mood == "html":
            return 200, b"<html>Velkommen</html>"
        if self.mood == "huge":
            return 200, b"0" * (1 << 20)
        asked = tsp.TimeStampReq.load(body)
        if self.mood == "refuse":
            return 200, tsp.TimeStampResp({"status": {"status": "rejection"}}).dump()
        if self.mood == "other":
            asked["message_imprint"]["hashed_message"] = b"\0" * 32
        made, key = _time_authority()
        if self.mood == "forged":
            key = rsa.generate_private_key(65537, 2048)
        raw = key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(made.public_bytes(DER)),
            keys.PrivateKeyInfo.load(raw),
            fixed_dt=self.at,
        )
        return 200, asyncio.run(stamper.async_request_tsa_response(asked)).dump()


@contextmanager
def time_server() -> Iterator[TimeServer]:
    """A timestamp server on a port of its own, for as long as the block lasts."""
    told = TimeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, body = told.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    told.url = f"http://127.0.0.1:{server.server_port}/tsa"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


SOURCE = rb"""#set document(title: "Avtale", date: auto)
#set text(lang: "nb")
= Avtale
#for line in sys.inputs.words.split("\n") [#par(line)]
#pdf.attach("avtale.json", bytes("{}"), relationship: "source",
  mime-type: "application/json", description: "d")
"""


@cache
def paper(words: str = "Partene er enige.") -> bytes:
    """A PDF of the kinds every paper of ours is, with these words in it."""
    compiler = typst.Compiler(
        {"main": SOURCE},  # type: ignore[type-var]  # files by name are documented, and left out of the stub
        font_paths=typst.Fonts(include_system_fonts=False),
        ignore_system_fonts=True,
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"words": words},
        pdf_standards=["a-3a", "ua-1"],
        timestamp=datetime(2026, 11, 21, tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made
