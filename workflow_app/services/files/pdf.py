"""A PDF's text in the order a person reads it, without what the pages print around it."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from workflow_app.domain.messages import msg
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files import notes
from workflow_app.services.files.extracted import Extracted, joined
from workflow_app.services.files.pdf_columns import document_flows
from workflow_app.services.files.pdf_furniture import without_furniture
from workflow_app.services.files.pdf_page import Sheet, read_sheet
from workflow_app.services.files.pdf_paragraphs import blocks
from workflow_app.services.files.refusals import broken, encrypted

MOST_PAGES = 500
_FEWEST_LETTERS = 3
_MOST_UNKNOWN = 0.3


def read_pdf(content: bytes) -> Extracted:
    """The text of a PDF. Raises :class:`UnreadableFile` with one sentence.

    One that opens without a password is read, whatever its owner allows to do
    with it: whoever uploads it holds the agreement.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise encrypted() from error
        raise broken() from error
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> Extracted:
    count = len(document)
    if count > MOST_PAGES:
        raise UnreadableFile(
            msg("The file has ${count} pages; choose the agreement alone (at most ${most}).",
                count=count, most=MOST_PAGES)
        )  # fmt: skip
    filled_in = document.get_formtype() == raw.FORMTYPE_ACRO_FORM
    if filled_in:
        document.init_forms()
    sheets = [_sheet(document, n, filled_in) for n in range(count)]
    letters = sum(sheet.letters for sheet in sheets)
    if letters < _FEWEST_LETTERS:
        raise UnreadableFile(msg("This PDF has no text; run it through OCR first."))
    if sum(sheet.unknown for sheet in sheets) > _MOST_UNKNOWN * letters:
        raise UnreadableFile(
            msg("This PDF does not say which letters its text has; run it through OCR first.")
        )
    text = joined(blocks(document_flows(without_furniture(sheets))))
    if not text.strip():
        raise UnreadableFile(msg("This PDF has no text; run it through OCR first."))
    bare = [n for n, sheet in enumerate(sheets, 1) if sheet.letters < _FEWEST_LETTERS and sheet.drawn]
    return Extracted(text, tuple(notes.of_pages(bare, count)), "pdf")


def _sheet(document: pdfium.PdfDocument, number: int, filled_in: bool) -> Sheet:
    try:
        page = document[number]
        if filled_in:
            # A date written into a form's field becomes text of the page, as when it is printed.
            page.flatten()
            page.close()
            page = document[number]
    except pdfium.PdfiumError as error:
        raise broken() from error
    try:
        return read_sheet(page)
    finally:
        page.close()
