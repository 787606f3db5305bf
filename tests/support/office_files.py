"""Agreements as the files people have: Word by python-docx, OpenDocument and odd Word by hand, PDF by typst.

A twin in plain text is laid out once (:func:`laid_out`) and written in each
kind, so that a test can ask whether the reading is the same. What no library
writes (tracked changes, hidden text, macros) is written as XML by hand.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
import typst

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table", "draw", "manifest")
    )
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_HEADING = re.compile(r"(?:\d{1,2}\.\d?\.?|\[bookmark:[^\]]*\])\s*\S")
_COLUMNS = re.compile(r"\s{3,}|\t")
_SENTENCE_END = re.compile(r"[.:;]$")


@dataclass(frozen=True)
class Para:
    """A paragraph of a laid-out text: kind is heading, bullet or text."""

    text: str
    kind: str = "text"


def laid_out(text: str) -> list[Para]:
    """A plain text as paragraphs: wrapped lines joined, bullets and headings told."""
    out: list[Para] = []
    blank = True
    lines = text.replace("\r\n", "\n").split("\n")
    for n, line in enumerate(lines):
        words = line.strip()
        if not words:
            blank = True
            continue
        alone = blank and (n + 1 == len(lines) or not lines[n + 1].strip())
        if words.startswith("[bookmark:") or (
            _HEADING.match(words) and not _SENTENCE_END.search(words.rstrip(":")) and alone
        ):
            out.append(Para(re.sub(r"\[bookmark:[^\]]*\]\s*", "", words), "heading"))
        elif words[0] in "-•–" and (len(words) == 1 or words[1].isspace()):
            out.append(Para(words[1:].strip(), "bullet"))
        elif not blank and out and out[-1].kind == "text" and _wrapped(lines[n - 1].strip(), words):
            out[-1] = Para(f"{out[-1].text} {words}")
        else:
            # What stands in columns keeps its place in them.
            out.append(Para(line.rstrip() if _COLUMNS.search(words) else words))
        blank = False
    return out


def _wrapped(before: str, words: str) -> bool:
    if _COLUMNS.search(before) or _COLUMNS.search(words):
        return False
    return words[0].islower() or (len(before) > 60 and not _SENTENCE_END.search(before))


# --- Word ------------------------------------------------------------------------------------


def docx_of(paras: list[Para]) -> bytes:
    """A Word file as Word's own default template gives it: styled headings, a bullet list, paragraphs."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Et topphode som ikke er avtaletekst"
    for para in paras:
        if para.kind == "heading":
            document.add_heading(para.text, 1)
        elif para.kind == "bullet":
            document.add_paragraph(para.text, style="List Bullet")
        else:
            document.add_paragraph(_COLUMNS.sub("\t", para.text))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def raw_docx(body: str, *, main: str = "word/document.xml", **parts: str | bytes) -> bytes:
    """A Word file with this body; ``styles``, ``numbering``, ``footnotes``, ``comments`` are parts of it."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="{kind}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="http://x/officeDocument" Target="{main}"/></Relationships>',
        main: f'<w:document {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        if name in ("styles", "numbering", "footnotes", "endnotes", "comments") and isinstance(content, str):
            root = "comments" if name == "comments" else name
            files[f"word/{name}.xml"] = f"<w:{root} {W}>{content}</w:{root}>"
        else:
            files[name] = content
    return zipped(files)


def p(text: str, props: str = "") -> str:
    """A Word paragraph with plain words."""
    return f"<w:p><w:pPr>{props}</w:pPr>{r(text)}</w:p>"


def r(text: str, props: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def zipped(files: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            # A time of its own would make another file of the same seed.
            package.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, compress_type=kind)
    return out.getvalue()


# --- OpenDocument ----------------------------------------------------------------------------


def odt_of(paras: list[Para]) -> bytes:
    """An OpenDocument text with headings, bullets in a list, paragraphs."""
    body, bullets = "", ""
    for para in [*paras, Para("", "end")]:
        if para.kind == "bullet":
            bullets += f"<text:list-item><text:p>{escape(para.text)}</text:p></text:list-item>"
            continue
        if bullets:
            body, bullets = f'{body}<text:list text:style-name="L1">{bullets}</text:list>', ""
        if para.kind == "heading":
            body += f'<text:h text:outline-level="1">{escape(para.text)}</text:h>'
        elif para.kind == "text":
            body += f"<text:p>{_COLUMNS.sub('<text:tab/>', escape(para.text))}</text:p>"
    styles = (
        '<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"/></text:list-style>'
    )
    return raw_odt(body, automatic=styles)


def raw_odt(body: str, *, automatic: str = "", styles: str = "", **parts: str | bytes) -> bytes:
    """An OpenDocument text with this body, these automatic styles and these parts beside it."""
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}/>",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
        "<office:master-styles><text:p>Et topphode</text:p></office:master-styles></office:document-styles>",
    }
    return zipped(files | dict(parts), stored=("mimetype",))


# --- PDF -------------------------------------------------------------------------------------

_PLAIN_PAGE = '#set page(paper: "a4")\n#set text(lang: "nb", size: 11pt)\n#set par(justify: false)\n'
_DENSE_PAGE = (
    "#set page(width: 21cm, height: 14cm, columns: 2, margin: 2cm, "
    "header: [POLITIET #h(1fr) Samarbeidsavtale], footer: context [Side #counter(page).display() av 9])\n"
    '#set text(lang: "nb", size: 10pt, hyphenate: true)\n#set par(justify: true)\n'
)


def pdf_of(paras: list[Para], *, dense: bool = False, page: str = _PLAIN_PAGE) -> bytes:
    """A PDF on one column, or ``dense``: two columns, justified, hyphenated, with header and footer.

    ``page`` is typst source that lays out the page in another way.
    """
    lines = [_DENSE_PAGE if dense else page]
    bullets: list[str] = []
    for para in [*paras, Para("", "end")]:
        if para.kind == "bullet":
            bullets.append(_quoted(para.text))
            continue
        if bullets:
            lines.append(f"#list({', '.join(bullets)})\n")
            bullets = []
        parts = _COLUMNS.split(para.text)
        words = f"#{_quoted(para.text)}"
        if len(parts) > 1 and parts[-1].isdecimal():
            words = " #box(width: 1fr, repeat[.]) ".join(f"#{_quoted(part)}" for part in parts)
        elif len(parts) > 1:
            cells = ", ".join(map(_quoted, parts))
            words = f"#grid(columns: (1fr, 1fr), {cells})"
        if para.kind == "heading":
            lines.append(f"#block(above: 1.6em, strong({_quoted(para.text)}))")
        else:
            lines.append(words)
        lines.append("")
    return pdf("\n".join(lines))


def pdf(source: str) -> bytes:
    """A PDF of typst source."""
    return typst.compile(source.encode(), ignore_system_fonts=True)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scanned_pdf(pages_of_text: int = 0) -> bytes:
    """A PDF whose pages are pictures, after some pages that are text."""
    picture = ", ".join(map(str, png()))
    text = "".join(
        f"Side {n} er tekst. Avtalen revideres årlig.\n#pagebreak()\n" for n in range(pages_of_text)
    )
    return pdf(f"{text}#image(bytes(({picture})), width: 80%)")


def png() -> bytes:
    """A picture of eight by eight grey points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes(range(0, 256, 32)) for _ in range(8))
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


# --- mangled files ---------------------------------------------------------------------------

_SAMPLE = [
    Para("Samarbeidsavtale mellom Moss kommune og Øst politidistrikt"),
    Para("1. Møter", "heading"),
    Para("Politirådet møtes fire ganger i året."),
    Para("Ordfører", "bullet"),
    Para("2. Varighet", "heading"),
    Para("Avtalen gjelder til 31.12.2027 og revideres årlig."),
]
_made: dict[str, bytes] = {}


def _samples() -> dict[str, bytes]:
    if not _made:
        _made.update(
            {
                "avtale.docx": _timeless(docx_of(_SAMPLE)),
                "avtale.odt": odt_of(_SAMPLE),
                "avtale.pdf": pdf_of(_SAMPLE),
            }
        )
    return _made


def _timeless(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return zipped({name: package.read(name) for name in package.namelist()})


def mutated_files(seed: int) -> tuple[str, bytes]:
    """A name and an office file or PDF with something wrong in it; the same ``seed`` gives the same file.

    Half are damaged as bytes (flipped, cut, doubled), half inside: a part of the
    zip, or a stream's surroundings, with its own bytes changed and the rest whole.
    """
    chance = random.Random(seed)
    name = chance.choice(sorted(_samples()))
    content = _samples()[name]
    if name != "avtale.pdf" and chance.random() < 0.6:
        return name, _mangled_zip(content, chance)
    mangled = _mangled(content, chance)
    if chance.random() < 0.1:
        name = chance.choice(["avtale.docx", "avtale.odt", "avtale.pdf", "avtale.txt", "avtale"])
    return name, mangled


def _mangled_zip(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        files: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    victim = chance.choice([name for name in sorted(files) if name.endswith((".xml", ".rels"))])
    whole = files[victim]
    assert isinstance(whole, bytes)
    if chance.random() < 0.1:
        del files[victim]
    elif chance.random() < 0.6:
        files[victim] = _mangled_tags(whole, chance)
    else:
        files[victim] = _mangled(whole, chance)
    return zipped(files)


_ELEMENT = re.compile(r"<w:p[ >].*?</w:p>|<text:p.*?</text:p>|<w:\w+ [^>]*/>", re.DOTALL)


def _mangled_tags(xml: bytes, chance: random.Random) -> bytes:
    """The XML with elements doubled, taken out or swapped, and numbers made absurd."""
    text = xml.decode("utf-8", "replace")
    for _ in range(chance.randint(1, 6)):
        spans = [
            m.span() for m in re.finditer(r"<w:p[ >].*?</w:p>|<text:p.*?</text:p>|<w:\w+ [^>]*/>", text, re.S)
        ]
        if not spans:
            break
        start, end = chance.choice(spans)
        piece = text[start:end]
        other = chance.choice(spans)
        change = chance.choice(["double", "drop", "swap", "nest", "number"])
        if change == "double":
            piece *= chance.randint(2, 50)
        elif change == "drop":
            piece = ""
        elif change == "swap":
            piece = text[other[0] : other[1]]
        elif change == "nest":
            piece = piece.replace(">", ">" + piece, 1)
        else:
            piece = re.sub(r"\d+", lambda _: str(chance.choice([-1, 0, 99999999999, 7])), piece)
        text = text[:start] + piece + text[end:]
    return text.encode()


def _mangled(content: bytes, chance: random.Random) -> bytes:
    out = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not out:
            break
        at = chance.randrange(len(out))
        change = chance.choice(["flip", "cut", "end", "double", "noise", "digits"])
        if change == "flip":
            out[at] ^= 1 << chance.randrange(8)
        elif change == "cut":
            del out[at : at + chance.randint(1, 400)]
        elif change == "end" and chance.random() < 0.3:
            del out[at:]
        elif change == "double":
            out[at:at] = out[at : at + chance.randint(1, 400)]
        elif change == "noise":
            out[at:at] = chance.randbytes(chance.randint(1, 40))
        else:
            found = [m.span() for m in re.finditer(rb"\d+", bytes(out[at : at + 2000]))]
            if found:
                first, last = chance.choice(found)
                out[at + first : at + last] = str(chance.choice([0, 1, -1, 65536, 2**31, 10**12])).encode()
    return bytes(out)
