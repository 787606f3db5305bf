"""The reader: a text of five pages beside its limit, and the cost of a page as the text grows."""

from __future__ import annotations

from typing import Any

from tests.bench.pages import agreement
from tests.bench.stage import seconds
from workflow_app.domain.reading import read


def measure() -> dict[str, Any]:
    """Milliseconds of a reading, medians, with the size of the text."""
    five = agreement(5)
    read(five)  # compiles the patterns, once in the life of a process
    found: dict[str, Any] = {
        "five_pages_characters": len(five),
        "five_pages_rules": len(read(five).rules),
        "five_pages_ms": round(1000 * seconds(lambda: read(five), 31), 1),
        "limit_five_pages_ms": 50,
    }
    for pages, times in ((1, 31), (10, 15), (100, 5)):
        text = agreement(pages)
        spent = 1000 * seconds(lambda text=text: read(text), times)
        found[f"ms_a_page_of_{pages}"] = round(spent / (len(text) / len(five) * 5), 2)
    return found
