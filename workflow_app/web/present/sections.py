"""A text for reading: sections with anchors, paragraphs and lists; the debris of PDFs left out."""

from __future__ import annotations

from workflow_app.domain.reading.parts import parts
from workflow_app.services.papers.text import sections as divided
from workflow_app.web.pagemodels import TextBlock, TextSection


def text_sections(text: str, incomplete: frozenset[str] = frozenset()) -> tuple[TextSection, ...]:
    """The sections of ``text``; ``incomplete`` are headings with nothing but placeholders under them."""
    out = []
    for number, section in enumerate(divided(parts(text))):
        blocks: list[TextBlock] = []
        for block in section.blocks:
            if block.kind == "list":
                blocks += [TextBlock(words, item=True) for _, words in block.items]
            else:
                blocks.append(TextBlock("\n".join(block.lines)))
        out.append(
            TextSection(
                anchor=f"s-{number}",
                heading=section.heading,
                blocks=tuple(blocks),
                level=min(section.level, 2),
                incomplete=section.heading in incomplete,
            )
        )
    return tuple(out)
