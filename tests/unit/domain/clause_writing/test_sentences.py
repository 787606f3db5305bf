"""What is written is read: every form as a clause, in both languages, gives its rule back and no other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.written_rules import UNWRITTEN, VALUES, plain, written
from workflow_app.domain.clause_writing import as_clause
from workflow_app.domain.reading import read
from workflow_app.domain.rule_checking import checked
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rules import Rule

LANGUAGES = ("nb", "nn")


def found(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    reading = read(text)
    return [plain(rule.kind, rule.form, rule.values) for rule in (*reading.rules, *reading.undated)]


def test_every_form_of_the_contract_is_written() -> None:
    assert set(VALUES) | UNWRITTEN == set(FORMS)


@pytest.mark.parametrize(("kind", "form"), sorted(VALUES))
@given(data=st.data())
def test_a_written_rule_is_read_as_itself_in_both_languages(
    kind: str, form: str, data: st.DataObject
) -> None:
    held = data.draw(written(kind, form))
    checked(kind, form, held)
    for language in LANGUAGES:
        clause = as_clause(Rule(kind, form, "", 0, 0, held), language)
        assert found(clause) == [plain(kind, form, held)], clause


def test_a_clause_begins_with_a_capital_and_ends_with_a_stop() -> None:
    task = Rule("task", "yearly", "", 0, 0, {"what": "trygghetsvandring", "per_year_min": 1})
    assert as_clause(task, "nb") == "Trygghetsvandring gjennomføres minst én gang i året."
    assert as_clause(task, "nn") == "Trygghetsvandring skal gjennomførast minst éin gong i året."


@pytest.mark.parametrize(
    ("kind", "form", "values", "language"),
    [
        ("signed", "blank", {}, "nb"),
        ("signed", "partial", {"missing": ["year"]}, "nb"),
        ("revision", "every", {}, "nb"),
        ("revision", "on_request", {}, "en"),
    ],
)
def test_what_no_clause_says_is_not_written(
    kind: str, form: str, values: dict[str, Any], language: str
) -> None:
    with pytest.raises(KeyError):
        as_clause(Rule(kind, form, "", 0, 0, values), language)
