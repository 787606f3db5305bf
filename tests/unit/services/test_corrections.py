"""Corrections, pure: what a corrected rule keeps, what it drops, and what it is refused for."""

from __future__ import annotations

from typing import Any

import pytest

from workflow_app.domain.reading import read, wording
from workflow_app.services.corrections import corrected
from workflow_app.services.errors import FieldErrors, ServiceError

TEXT = """Avtalen revideres årlig. Samarbeidet evalueres løpende.
Ved årets slutt skal politirådet evaluere tiltakene. Avtalen gjelder i perioden 2025-2027.
Avtalen gjelder i to år."""


def rules() -> list[dict[str, Any]]:
    reading = read(TEXT)
    return sorted(
        (r.to_json() for r in (*reading.rules, *reading.undated)), key=lambda r: (r["start"], r["kind"])
    )


def at(kind: str, form: str | None = None) -> int:
    return next(n for n, r in enumerate(rules()) if r["kind"] == kind and form in (None, r["form"]))


def change(index: int | None, rule: dict[str, Any]) -> dict[str, Any]:
    """The rule that comes of changing ``index`` (or of adding)."""
    correction = {"rule": rule} if index is None else {"index": index, "rule": rule}
    after = corrected(rules(), [correction], TEXT)
    [new] = [r for r in after if r.get("corrected")]
    return new


def test_values_that_are_not_named_are_kept_and_so_is_the_clause() -> None:
    new = change(at("evaluation", "yearly"), {"month": 6, "day": 1})
    assert (new["month"], new["day"], new["by"]) == (6, 1, ["politiråd"])
    assert TEXT[new["start"] : new["end"]] == new["quote"]
    assert "tiltakene" in new["quote"]


def test_an_assumption_goes_when_a_person_settles_what_it_was_about() -> None:
    index = at("revision")
    assert change(index, {"months": 24})["assumptions"] == [wording.FROM_SIGNING]
    assert "assumptions" not in change(index, {"anchor": "year_end"})
    period = at("validity", "period")
    assert change(period, {"scope": "vedlegget"})["assumptions"] == [wording.WHOLE_YEARS]
    assert "assumptions" not in change(period, {"to": "2028-06-30"})


def test_a_silent_clause_is_counted_from_signing_and_says_so() -> None:
    new = change(
        None, {"kind": "revision", "form": "every", "months": 36, "quote": "Samarbeidet evalueres løpende."}
    )
    assert (new["anchor"], new["assumptions"]) == ("signing", [wording.FROM_SIGNING])


def test_another_form_begins_without_the_old_values_and_has_its_own_reason() -> None:
    new = change(at("revision"), {"form": "on_request"})
    assert "months" not in new
    assert new["reason"] == wording.ON_REQUEST
    assert "assumptions" not in new


def test_a_reason_goes_when_a_date_comes_and_comes_when_it_goes() -> None:
    dated = change(at("evaluation", "continuous"), {"form": "yearly", "season": "autumn"})
    assert "reason" not in dated
    bare = change(at("evaluation", "yearly"), {"month": None, "day": None})
    assert bare["reason"] == wording.YEARLY_UNDATED
    assert "month" not in bare


def test_several_corrections_name_the_rules_as_they_stood() -> None:
    before = rules()
    first, last = 0, len(before) - 1
    after = corrected(before, [{"index": first, "remove": True}, {"index": last, "remove": True}], TEXT)
    assert after == before[1:-1]


def test_a_quote_copied_with_other_line_breaks_is_found() -> None:
    quote = "evalueres løpende.\r\n Ved årets slutt"
    new = change(None, {"kind": "revision", "form": "on_request", "quote": quote})
    assert new["quote"] == "evalueres løpende.\nVed årets slutt"
    assert TEXT[new["start"] : new["end"]] == new["quote"]


def test_a_quote_that_stands_twice_may_name_its_place() -> None:
    second = TEXT.rindex("Avtalen gjelder i")
    rule = {"kind": "deputies", "form": "allowed", "quote": "Avtalen gjelder i"}
    assert change(None, rule)["start"] == TEXT.index("Avtalen gjelder i")
    assert change(None, rule | {"start": second, "end": second + 17})["start"] == second


@pytest.mark.parametrize(
    ("correction", "field"),
    [
        ({"index": 99, "remove": True}, "index"),
        ({"index": -1, "remove": True}, "index"),
        ({"index": True, "remove": True}, "index"),
        ({"index": "0", "remove": True}, "index"),
        ({"remove": True}, "index"),
        ({"index": 0}, "rule"),
        ({"index": 0, "rule": "months"}, "rule"),
        ("months", "corrections"),
        ({"rule": {"kind": "revision", "form": "every", "months": 12}}, "quote"),
        ({"rule": {"kind": "revision", "form": "every", "months": 12, "quote": "Oppdiktet."}}, "quote"),
        ({"rule": {"kind": "revision", "form": "every", "months": 12, "quote": "\ud800"}}, "quote"),
        ({"rule": {"kind": "revision", "form": "every", "months": 12, "quote": 7}}, "quote"),
        ({"rule": {"kind": "revision", "form": "every", "months": 0, "quote": "Avtalen"}}, "months"),
        ({"rule": {"kind": "revision", "form": "every", "months": 1.5, "quote": "Avtalen"}}, "months"),
        ({"rule": {"kind": ["x"], "form": "every", "quote": "Avtalen"}}, "kind"),
    ],
)
def test_what_is_wrong_is_named(correction: Any, field: str) -> None:
    with pytest.raises(FieldErrors) as caught:
        corrected(rules(), [correction], TEXT)
    assert field in caught.value.fields


def test_one_rule_is_not_corrected_twice_in_one_breath() -> None:
    with pytest.raises(FieldErrors, match="corrected twice"):
        corrected(rules(), [{"index": 0, "remove": True}, {"index": 0, "rule": {"months": 6}}], TEXT)


@pytest.mark.parametrize(
    "corrections", [[], [{"index": 0, "rule": {}}], [{"index": 0, "rule": {"kind": "revision"}}]]
)
def test_what_says_the_same_changes_nothing(corrections: list[dict[str, Any]]) -> None:
    with pytest.raises(ServiceError) as caught:
        corrected(rules(), corrections, TEXT)
    assert caught.value.code == "nothing_changed"
