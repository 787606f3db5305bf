"""Forms for transitions, made by deform from the fields a definition names.

One schema serves the page and keeps what a person wrote when something is
wrong. Deform draws; the domain's own ``clean`` says what is right, so that a
page and a program are told the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import colander
import deform
from deform.template import ZPTRendererFactory
from pyramid.csrf import get_csrf_token
from pyramid.request import Request
from translationstring import TranslationString

from workflow_app.domain.dates import MONTHS
from workflow_app.domain.fields import Field, FieldType
from workflow_app.domain.messages import Message, msg
from workflow_app.web.pagemodels.common import Problem


def field_json(request: Request, field: Field) -> dict[str, Any]:
    """A field as the contract has it."""
    return {
        "name": field.name,
        "type": str(field.type),
        "required": field.required,
        "choices": [c.value for c in field.choices],
        "label": request.say(field.label),
        **({"half_known": True} if field.half_known else {}),
    }


def whole_or_half_days(sent: Mapping[str, Any]) -> dict[str, Any]:
    """What a form sent, with a day that was given as a month or a year written as one value.

    A whole day stands before what may be left in the fields for the other.
    """
    out = {name: value for name, value in sent.items() if not name.endswith((".month", ".year"))}
    for name in sent:
        field = name.removesuffix(".year")
        if field != name and not str(out.get(field, "")).strip():
            year, month = (str(sent.get(f"{field}.{part}", "")).strip() for part in ("year", "month"))
            out[field] = f"{year}-{month}" if year and month else year or month
    return out


def render_form(
    request: Request,
    *,
    action: str,
    version: int,
    fields: tuple[Field, ...],
    button: Message,
    given: Mapping[str, Any] | None = None,
    errors: Mapping[str, Message] | None = None,
    extra: Mapping[str, str] | None = None,
    choices: tuple[tuple[str, str], ...] = (),
    files: tuple[tuple[str, str], ...] = (),
    number: int = 0,
) -> str:
    """The form as markup that may be trusted: deform escapes what people wrote.

    ``given`` is what was sent before, kept; a password never is. ``errors`` are
    sentences by field name. ``extra`` are hidden fields; ``choices`` the slots
    somebody with several roles chooses between; ``files`` the stored files (SHA-256,
    name) that a file field is chosen from. ``number`` tells forms of one
    page apart: ids are unique on a page.
    """
    schema = colander.SchemaNode(colander.Mapping())
    hidden = {"version": str(version), **(extra or {})}
    for name, value in hidden.items():
        schema.add(
            colander.SchemaNode(
                colander.String(), name=name, widget=deform.widget.HiddenWidget(), default=value
            )
        )
    if choices:
        schema.add(
            colander.SchemaNode(
                colander.String(), name="slot", title=request.say(msg("In what capacity")),
                widget=deform.widget.RadioChoiceWidget(values=choices),
                default=(given or {}).get("slot", choices[0][0]),
            )
        )  # fmt: skip
    for field in fields:
        schema.add(_node(request, field, (given or {}).get(field.name), files))
    form = deform.Form(
        schema,
        action=action,
        buttons=(deform.Button(name="submit", title=request.say(button)),),
        renderer=_renderer(request),
        formid=f"step-{number}" if number else "step",
        counter=count(number * 100),
    )
    for name, message in (errors or {}).items():
        _mark(form, name, request.say(message))
    markup: str = form.render(csrf_token=get_csrf_token(request))
    return markup


def problems_in(form: deform.Form) -> tuple[Problem, ...]:
    """What is wrong with a form, for its summary: the whole of it first, then field by field."""
    if form.error is None:
        return ()
    own = [Problem("", str(sentence)) for sentence in (form.error.messages() if form.error.msg else ())]
    fields = [
        Problem(child.oid, f"{child.title}: {sentence}")
        for child in form.children
        if child.error is not None
        for sentence in child.error.messages()
    ]
    return (*own, *fields)


def _mark(form: deform.Form, name: str, sentence: str) -> None:
    node = next((c for c in form.children if c.name == name), None)
    if node is None:
        form.error = form.error or colander.Invalid(form.schema)
        form.error.msg = [*(form.error.msg or []), sentence]
        return
    node.error = colander.Invalid(node.schema, sentence)
    form.error = form.error or colander.Invalid(form.schema)


def _node(
    request: Request, field: Field, value: Any, files: tuple[tuple[str, str], ...]
) -> colander.SchemaNode:
    return colander.SchemaNode(
        colander.String(),
        name=field.name,
        title=request.say(field.label),
        description=_hint(request, field),
        widget=_file_widget(request, files) if field.type is FieldType.FILE else _widget(request, field),
        default=colander.null if value in (None, "") or field.type is FieldType.PASSWORD else str(value),
        missing=colander.required if field.required else "",
    )


def _hint(request: Request, field: Field) -> str:
    if field.type is FieldType.FILE:
        return str(request.say(msg("Add the file under Attachments first; then choose it here.")))
    if field.example:
        return str(request.say(msg("For example ${example}", example=field.example)))
    # That a field is optional stands beside its label already.
    return ""


def _file_widget(request: Request, files: tuple[tuple[str, str], ...]) -> deform.widget.Widget:
    return deform.widget.SelectWidget(values=[("", request.say(msg("No file chosen"))), *files])


def _widget(request: Request, field: Field) -> deform.widget.Widget:
    if field.type is FieldType.CHOICE:
        values = [(c.value, request.say(c.label)) for c in field.choices]
        return deform.widget.RadioChoiceWidget(values=values)
    if field.half_known:
        # The browser's own "fill this in" would ask for the day of one who knows the month.
        return deform.widget.TextInputWidget(
            template="halfdateinput",
            css_class="half-date",
            item_css_class="half-date",
            months=[(f"{n:02}", name) for n, name in enumerate(MONTHS[request.locale_name], 1)],
        )
    if field.type is FieldType.FLAG:
        return deform.widget.CheckboxWidget(true_val="true", false_val="false")
    kinds = {
        FieldType.LONGTEXT: lambda: deform.widget.TextAreaWidget(rows=5),
        FieldType.PASSWORD: lambda: deform.widget.PasswordWidget(autocomplete="current-password"),
        FieldType.DATE: lambda: deform.widget.TextInputWidget(type="date", template="dateinput"),
        FieldType.YEAR: lambda: deform.widget.TextInputWidget(type="number", inputmode="numeric"),
        FieldType.INTEGER: lambda: deform.widget.TextInputWidget(type="number", inputmode="numeric"),
    }
    return kinds.get(field.type, lambda: deform.widget.TextInputWidget())()


@cache
def _directories() -> tuple[str, ...]:
    own = str(files("workflow_app.templates").joinpath("forms"))
    return (own, str(files("deform").joinpath("templates")))


def _renderer(request: Request) -> ZPTRendererFactory:
    factories = request.registry.setdefault("form_renderers", {})
    language = request.locale_name
    if language not in factories:
        localizer = request.localizer

        def translate(term: object) -> str:
            return str(localizer.translate(term) if isinstance(term, TranslationString) else term)

        factories[language] = ZPTRendererFactory(_directories(), translator=translate)
    return factories[language]
