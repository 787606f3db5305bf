"""A word divided at the end of a line is one word to the reader, and every place still counts in the text."""

from __future__ import annotations

import pytest

from workflow_app.domain.reading import read
from workflow_app.domain.reading.lines import split_lines
from workflow_app.domain.reading.sentences import flatten


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("Avtalen skal revi-\nderes årlig.", "Avtalen skal revideres   årlig."),
        ("Barne-\nog ungdom", "Barne- og ungdom"),
        ("Barne- og ungdom", "Barne- og ungdom"),
        ("SLT-\nkoordinator", "SLT-koordinator "),
        ("2020-\n2024", "2020- 2024"),
        ("avta-\n\nlen", "avta-  len"),
        ("av\u00adta\u00adlen står", "avtalen   står"),
        ("kommune\u00ad\nstyret", "kommunestyret  "),
        ("-\nord", "- ord"),
    ],
)
def test_divided_words(text: str, flat: str) -> None:
    assert flatten(text, split_lines(text)) == flat


def test_a_clause_over_divided_lines_is_read_and_quoted_as_it_stands() -> None:
    text = (
        "Vi hjelper.\n\nAvtalen kan sies opp av part-\nene med tre måne-\nders skrift-\nlig varsel.\n\nSlutt."
    )
    (rule,) = read(text).rules
    assert dict(rule.values) == {"months": 3, "written": True}
    assert rule.quote == text[13:-8]
    assert text[rule.start : rule.end] == rule.quote
