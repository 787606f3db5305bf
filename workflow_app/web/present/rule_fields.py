"""A rule as a form, and a form as a rule: the table of forms drawn with plain inputs.

A page without scripts can't show a date field only where "a date" was chosen;
so a value that is a word or a date becomes two fields, and is put together again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_forms import FORMS
from workflow_app.domain.rule_names import ROLE_NAMES, kind_word
from workflow_app.domain.rule_values import Form, Value, ValueType
from workflow_app.web.pagemodels import Choice, RuleField

_DATE = "date"
_WORDS: dict[ValueType, tuple[tuple[str, Message], ...]] = {
    ValueType.START: (("signing", msg("the signing")), (_DATE, msg("a date, written below"))),
    ValueType.ANCHOR: (
        ("signing", msg("the signing; the clause says so")),
        ("year_end", msg("the end of the year")),
        ("month_day", msg("the day of the year given below")),
        (_DATE, msg("a date, written below")),
    ),
}
"""What stands for a date in values that may be either."""

_HINTS: dict[ValueType, Message] = {
    ValueType.DATE: msg("2025-02-28, or 2025-02 where the day is not known"),
    ValueType.NUMBERS: msg("One number for each, with commas: 12, 12"),
    ValueType.NAMES: msg("Several with commas between"),
    ValueType.PARTIAL: msg("Month and day as --06-25"),
}


def form_choices(request: Request, chosen: tuple[str, str] | None = None) -> tuple[Choice, ...]:
    """Every kind and form, in words, for a select."""
    return tuple(
        Choice(
            f"{kind}:{form}",
            f"{request.say(kind_word(kind))}: {request.say(shape.label)}",
            (kind, form) == chosen,
        )
        for (kind, form), shape in FORMS.items()
    )


def fields(
    request: Request,
    kind: str,
    form: str,
    values: Mapping[str, Any],
    errors: Mapping[str, Message] | None = None,
    given: Mapping[str, str] | None = None,
) -> tuple[RuleField, ...]:
    """The inputs for the values of a rule; ``given`` is what was sent before something was wrong."""
    shape = FORMS.get((kind, form))
    if shape is None:
        return ()
    wrong = {name: request.say(message) for name, message in (errors or {}).items()}
    out = []
    for value in shape.values:
        for field in _drawn(request, value, values.get(value.name)):
            out.append(_again(field, given, wrong.get(field.name)))
    return tuple(out)


def _again(field: RuleField, given: Mapping[str, str] | None, error: str | None) -> RuleField:
    """The field with what was sent, and with its fault."""
    value = field.value if given is None else given.get(f"value.{field.name}", "")
    choices = tuple(Choice(c.value, c.label, c.value == value) for c in field.choices)
    kind = "text" if field.type == "date" and value and len(value) != 10 else field.type
    return RuleField(field.name, field.label, value, kind, choices, field.hint, error)


def _drawn(request: Request, value: Value, now: Any) -> Iterator[RuleField]:
    label = request.say(value.label)
    hint = request.say(_HINTS[value.type]) if value.type in _HINTS else None
    if value.type in (ValueType.START, ValueType.ANCHOR):
        yield from _word_or_date(request, value, label, now)
    elif value.type is ValueType.ROLES:
        held = now if isinstance(now, list) else []
        for role, words in ROLE_NAMES.items():
            yield RuleField(
                f"{value.name}.{role}", request.say(words), "1" if role in held else "", "checkbox"
            )
    elif value.type is ValueType.TITLES:
        titles = now if isinstance(now, Mapping) else {}
        for role, words in ROLE_NAMES.items():
            said = request.say(msg("Local title of the ${role}", role=words))
            yield RuleField(f"{value.name}.{role}", said, str(titles.get(role, "")))
    elif value.type is ValueType.FLAG:
        answers = (("", msg("the clause does not say")), ("yes", msg("yes")), ("no", msg("no")))
        shown = "" if now is None else "yes" if now else "no"
        yield RuleField(value.name, label, shown, "select", _choices(request, answers))
    elif value.type is ValueType.CHOICE:
        if value.name != "precision":  # it follows from the date
            none = () if value.required else (("", msg("the clause does not say")),)
            yield RuleField(
                value.name, label, str(now or ""), "select", _choices(request, (*none, *value.choices))
            )
    elif value.type is ValueType.NUMBER:
        yield RuleField(value.name, label, "" if now is None else str(now), "number")
    else:
        words_now = ", ".join(map(str, now)) if isinstance(now, list) else "" if now is None else str(now)
        yield RuleField(value.name, label, words_now, "text", hint=hint)


def _word_or_date(request: Request, value: Value, label: str, now: Any) -> Iterator[RuleField]:
    words = _WORDS[value.type]
    codes = {code for code, _ in words}
    silent = () if value.required else (("", msg("the clause does not say")),)
    shown = "" if now is None else now if now in codes else _DATE
    yield RuleField(value.name, label, shown, "select", _choices(request, (*silent, *words)))
    dated = "" if now is None or now in codes else str(now)
    hint = request.say(_HINTS[ValueType.DATE])
    yield RuleField(
        f"{value.name}.date", request.say(msg("${value}: the date", value=value.label)), dated, hint=hint
    )


def _choices(request: Request, pairs: tuple[tuple[str, Message], ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, request.say(words)) for code, words in pairs)


def values_sent(kind: str, form: str, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a rule as a form sent them (``value.NAME``); None for what was left empty."""
    shape = FORMS.get((kind, form)) or Form(kind, form, msg("another form"))
    said = {
        name.removeprefix("value."): str(v).strip() for name, v in sent.items() if name.startswith("value.")
    }
    out: dict[str, Any] = {}
    for value in shape.values:
        out[value.name] = _value_sent(value, said)
    if "precision" in out:
        out["precision"] = "day" if len(said.get("date", "")) == 10 else "month"
    return out


def _value_sent(value: Value, said: Mapping[str, str]) -> Any:
    raw = said.get(value.name, "")
    if value.type in (ValueType.START, ValueType.ANCHOR):
        return (said.get(f"{value.name}.date", "") or _DATE) if raw == _DATE else raw or None
    if value.type is ValueType.ROLES:
        return [role for role in ROLE_NAMES if said.get(f"{value.name}.{role}")] or None
    if value.type is ValueType.TITLES:
        return {role: t for role in ROLE_NAMES if (t := said.get(f"{value.name}.{role}", ""))} or None
    if value.type is ValueType.FLAG:
        return {"yes": True, "no": False}.get(raw)
    if value.type is ValueType.NAMES:
        return [part.strip() for part in raw.split(",") if part.strip()] or None
    return raw or None
