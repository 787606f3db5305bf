"""The file: as a Norwegian Excel opens it, and no cell of it runs."""

from __future__ import annotations

import csv
import io
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflow_app.services.overview.sheet import sheet


def opened(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_byte_order_mark_semicolons_and_windows_lines() -> None:
    content = sheet(["Kommune", "Frist"], [["Sør-Varanger", date(2026, 12, 31)], [None, 7]])
    assert content.startswith(b"\xef\xbb\xbfKommune;Frist\r\n")
    assert opened(content) == [["Kommune", "Frist"], ["Sør-Varanger", "2026-12-31"], ["", "7"]]


def test_a_number_below_zero_stays_a_number() -> None:
    assert opened(sheet(["a"], [[-12]]))[1] == ["-12"]


def test_a_semicolon_a_quote_and_a_line_break_stay_in_their_cell() -> None:
    assert opened(sheet(["a", "b"], [['x;y"z', "to\r\nlinjer"]]))[1] == ['x;y"z', "to linjer"]


def test_a_formula_is_words() -> None:
    for words in (
        "=HYPERLINK(0)",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "|calc",
        "%x",
        "＝1+1",
        " =1",
        "'=1",
        '"=1',
        "\ufeff=1",
    ):
        (cell,) = opened(sheet(["a"], [[words]]))[1]
        assert cell.startswith("'"), words


@given(st.lists(st.text(max_size=20), min_size=2, max_size=5))
def test_no_cell_begins_a_formula_and_no_row_is_torn(texts: list[str]) -> None:
    texts = [t.encode("utf-8", "replace").decode() for t in texts]
    rows = opened(sheet(texts, [texts]))
    assert [len(row) for row in rows] == [len(texts)] * 2
    for cell in rows[0]:
        assert cell[:1] not in tuple("=+-@|%＝＋－＠\t\r")
