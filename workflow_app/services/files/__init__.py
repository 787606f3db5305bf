"""Files as people have them: Word, OpenDocument and PDF, besides plain text.

Agreements lie in the shelves as .docx and .pdf, and what is read is their text.
Such a file is a program's data written by a stranger, so it is taken apart in a
process of its own (:mod:`.pool`) that may use only so much time and memory,
holds no secret and can be killed without harm; this process only looks at the
first bytes. Plain text is decoded here: there is nothing in it to take apart.
"""

from __future__ import annotations

from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files.extracted import Extracted
from workflow_app.services.files.reading import LIMIT, SUFFIXES, extract

__all__ = ["LIMIT", "SUFFIXES", "Extracted", "UnreadableFile", "extract"]
