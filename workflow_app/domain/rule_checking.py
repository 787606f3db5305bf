"""A corrected rule, checked against the table of forms; every fault with its sentence.

What passes here can be counted from: the deadline function never meets a rule
without its form's values, a month thirteen or a period that ends before it begins.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow_app.domain.dates import Interval
from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rule_names import kind_word
from workflow_app.domain.rule_readers import READERS, WrongValue, is_day
from workflow_app.domain.rule_values import Form, ValueType


class WrongRule(Exception):
    """Raised by :func:`checked` with every wrong value and what would be right."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {message}" for name, message in errors.items()))
        self.errors = dict(errors)


def checked(kind: str, form: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The values of a rule of that kind and form, and whether it gives a date.

    Raises :class:`WrongRule` for an unknown form, a value that is missing,
    wrong or not of this form, and for values that contradict one another.
    """
    shape = FORMS.get((kind, form))
    if shape is None:
        raise WrongRule({"form" if _known_kind(kind) else "kind": _no_such_form(kind, form)})
    errors: dict[str, Message] = {}
    known = {v.name: v for v in shape.values}
    for name in values:
        if name not in known:
            errors[str(name)[:60]] = _no_such_value(str(name), shape)
    out: dict[str, Any] = {}
    for value in shape.values:
        raw = values.get(value.name)
        if raw is None or raw == "" or raw == []:
            if value.required:
                errors[value.name] = msg("${value} is missing; fill it in.", value=value.label)
            elif value.name in values and raw is None and value.type is ValueType.START:
                out[value.name] = None
            continue
        try:
            out[value.name] = READERS[value.type](value, raw)
        except WrongValue as wrong:
            errors[value.name] = wrong.message
    if not errors:
        errors = dict(_contradictions(shape, out))
    if errors:
        raise WrongRule(errors)
    dated = shape.dated and (not shape.undated_without or any(n in out for n in shape.undated_without))
    return out, dated


def _known_kind(kind: str) -> bool:
    return any(k == kind for k, _ in FORMS)


def _no_such_form(kind: str, form: str) -> Message:
    forms = [f for k, f in FORMS if k == kind]
    if not forms:
        kinds = ", ".join(dict.fromkeys(k for k, _ in FORMS))
        return msg(
            "There is no kind of rule called “${kind}”; the kinds are ${kinds}.", kind=kind[:60], kinds=kinds
        )
    return msg(
        "“${form}” is no form of a rule of the kind ${kind}; its forms are ${forms}.",
        form=form[:60], kind=kind, forms=", ".join(forms),
    )  # fmt: skip


def _no_such_value(name: str, shape: Form) -> Message:
    if not shape.values:
        return msg("A rule of this kind holds no values; leave “${name}” out.", name=name[:60])
    return msg(
        "A rule of this kind holds no “${name}”; it holds ${names}.",
        name=name[:60], names=", ".join(v.name for v in shape.values),
    )  # fmt: skip


def _contradictions(shape: Form, v: Mapping[str, Any]) -> Mapping[str, Message]:
    labels = {value.name: value.label for value in shape.values}
    if shape.any_of and not any(name in v for name in shape.any_of):
        return {shape.any_of[0]: msg("A ${kind} rule says how many or which; fill in at least one value.",
                                     kind=kind_word(shape.kind))}  # fmt: skip
    for group in shape.together:
        missing = [name for name in group if name not in v]
        if missing and len(missing) < len(group):
            return {missing[0]: msg("${value} is missing; fill it in.", value=labels[missing[0]])}
    filled = [group for group in shape.one_of if any(name in v for name in group)]
    if len(filled) > 1:
        return {filled[1][0]: msg("Give a day or a season, not both.")}
    return _misfits(shape, v)


def _misfits(shape: Form, v: Mapping[str, Any]) -> Mapping[str, Message]:
    """Values that are right each by itself and wrong beside one another."""
    if "month" in v and "day" in v and not is_day(v["month"], v["day"]):
        return {"day": msg("There is no day ${day} in month ${month}.", day=v["day"], month=v["month"])}
    # The reader leaves the anchor out where the clause names a day of the year.
    on_a_day, anchor = "month" in v, v.get("anchor")
    if shape.kind == "revision" and on_a_day != (anchor == "month_day" or (on_a_day and anchor is None)):
        return {
            "anchor": msg(
                "A revision on a day of the year needs the anchor “month_day”, its month and its day."
            )
        }
    if shape.form == "period" and v["from"] is not None and v["from"] != "signing":
        first, last = Interval.parse(v["from"]), Interval.parse(v["to"])
        if last.latest < first.earliest:
            return {"to": msg("The period ends (${to}) before it begins (${first}).", to=last, first=first)}
    if (
        shape.kind == "signed"
        and "precision" in v
        and (v["precision"] == "day") != Interval.parse(v["date"]).exact
    ):
        return {"precision": msg("The precision is day where the whole date is known, else month.")}
    if "per_year_min" in v and "per_year_max" in v and v["per_year_min"] > v["per_year_max"]:
        return {"per_year_min": msg("The least number is greater than the greatest.")}
    return {}
