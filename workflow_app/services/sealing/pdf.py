"""Setting a seal on a PDF: PAdES B-B or B-T, without taking from it what an archive needs.

The seal is appended, so the sealed file begins with the very bytes that were
frozen. Three things pyHanko does by itself are kept from happening, since each
would cost the paper its PDF/A-3a or UA-1: the XMP and the Info dictionary are
not touched, the version stays 1.7 (an EC key makes it 2.0, and PDF/A-3 is built
on 1.7), and the invisible field lies outside the page, where UA-1 asks no
structure of it (ISO 14289-1, 7.18.1), with a name for those who list fields.
"""

from __future__ import annotations

import asyncio
import io
from datetime import datetime
from typing import Any

from asn1crypto import keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workflow_app.services.sealing.certificate import DER, Certificate
from workflow_app.services.sealing.timestamps import Timestamps

FIELD = "Segl"
"""The name of the seal's field; a number is put after it where there is one already."""

_ROOM = 4096
_ROOM_FOR_TOKEN = 16384
"""Bytes kept for the signature beside its certificates, and for a timestamp token."""


class _Appending(IncrementalPdfFileWriter):
    """A writer that appends the seal and nothing else."""

    def _update_meta(self) -> None:
        # XMP and Info stay the bytes they were: ISO 19005-3, 6.6.3 wants them to agree.
        return

    def ensure_output_version(self, version: Any) -> None:
        # ISO 19005-3 is built on ISO 32000-1; a catalog that says 2.0 contradicts the header's 1.7.
        return

    def register_extension(self, ext: Any) -> None:
        if ext.prefix_name == "/ESIC":
            super().register_extension(ext)


def seal_pdf(
    content: bytes,
    certificate: Certificate,
    *,
    now: datetime,
    label: str,
    timestamps: Timestamps | None = None,
) -> bytes:
    """The PDF with a seal appended that covers all of it; ``content`` is its beginning.

    ``now`` (aware) is the time the seal claims, ``label`` what the field is
    called to people. With ``timestamps`` it is a B-T, whose token is checked
    before it is kept. Raises :class:`~.timestamps.NoTimestamp`, and pyHanko's
    errors for bytes that are no PDF.
    """
    return asyncio.run(_sealed(content, certificate, now, label, timestamps))


async def _sealed(
    content: bytes, held: Certificate, now: datetime, label: str, timestamps: Timestamps | None
) -> bytes:
    writer = _Appending(io.BytesIO(content))
    taken = len(writer.prev.embedded_regular_signatures)
    field = FIELD if not taken else f"{FIELD}{taken + 1}"
    signer = PdfSigner(
        # A seal with a name in it would tell twice what its certificate tells.
        PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES),
        signer=_signer(held),
        timestamper=timestamps,
        new_field_spec=SigFieldSpec(
            field,
            on_page=0,
            invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
            readable_field_name=label,
        ),
    )
    session = signer.init_signing_session(writer)
    session.system_time = now
    room = _ROOM + sum(len(c.public_bytes(DER)) for c in (held.certificate, *held.issuers))
    prepared = session.prepare_tbs_document(
        validation_info=None,
        # Counted in hexadecimal digits. A fixed room asks the timestamp server once and not twice.
        bytes_reserved=2 * (room + (_ROOM_FOR_TOKEN if timestamps else 0)),
        appearance_text_params=None,
    )
    output = io.BytesIO()
    digest, _ = prepared.digest_tbs_document(in_place=False, output=output)
    attributes = PdfCMSSignedAttributes(signing_time=now)
    done = await prepared.perform_signature(digest.document_digest, attributes)
    await done.post_signature_processing(output)
    return output.getvalue()


def _signer(held: Certificate) -> Any:
    private = held.key.private_bytes(DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko types parts of itself
    known.register_multiple([asn1_x509.Certificate.load(c.public_bytes(DER)) for c in held.issuers])
    return SimpleSigner(
        asn1_x509.Certificate.load(held.certificate.public_bytes(DER)),
        keys.PrivateKeyInfo.load(private),
        known,
    )
