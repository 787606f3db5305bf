"""Sample forms, rendered by deform with the project's own widgets, as the views will render them."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import colander
import deform
from deform.template import ZPTRendererFactory, default_dir
from pyramid.i18n import get_localizer
from pyramid.threadlocal import get_current_request

FORMS = Path(__file__).parents[3] / "templates" / "forms"


def translate(term: object) -> str:
    """In the language of the request at hand, as the views do it."""
    return str(get_localizer(get_current_request()).translate(term))


RENDERER = ZPTRendererFactory((str(FORMS), default_dir), translator=translate)


class Matter(colander.MappingSchema):  # type: ignore[misc]  # colander has no types
    """A form with one widget of each kind."""

    party = colander.SchemaNode(
        colander.String(),
        title="Kommune",
        widget=deform.widget.SelectWidget(values=(("", "Velg"), ("0001", "Lillevik kommune"))),
    )
    kind = colander.SchemaNode(
        colander.String(),
        title="Slags sak",
        widget=deform.widget.RadioChoiceWidget(
            values=(("referatsak", "Referatsak"), ("vedtak", "Vedtakssak"))
        ),
    )
    archive_case = colander.SchemaNode(
        colander.String(),
        title="Arkivsak",
        description="År og nummer, for eksempel 20/1234",
        validator=colander.Regex(r"\d\d/\d+$", msg="Skriv år og nummer, for eksempel 20/1234."),
    )
    meeting_date = colander.SchemaNode(
        colander.Date(), title="Møtedag", widget=deform.widget.DateInputWidget()
    )
    proposal = colander.SchemaNode(
        colander.String(), title="Innstilling", missing="", widget=deform.widget.TextAreaWidget(rows=4)
    )
    legal_basis = colander.SchemaNode(colander.String(), title="Hjemmel, hvis lukket", missing="")
    closed = colander.SchemaNode(
        colander.Boolean(), title="Saken er lukket", missing=False, widget=deform.widget.CheckboxWidget()
    )
    version = colander.SchemaNode(colander.Integer(), widget=deform.widget.HiddenWidget())


class Sign(colander.MappingSchema):  # type: ignore[misc]  # colander has no types
    """The form that signs: a password and one button."""

    version = colander.SchemaNode(colander.Integer(), widget=deform.widget.HiddenWidget())
    password = colander.SchemaNode(
        colander.String(),
        title="Passordet ditt",
        description="Skriv det en gang til for å bekrefte at det er deg.",
        widget=deform.widget.PasswordWidget(),
    )


class Evaluation(colander.MappingSchema):  # type: ignore[misc]  # colander has no types
    """The evaluation of a year."""

    body = colander.SchemaNode(
        colander.String(), title="Hva samarbeidet har ført til", widget=deform.widget.TextAreaWidget(rows=8)
    )
    learning_points = colander.SchemaNode(
        colander.String(), title="Læringspunkter", missing="", widget=deform.widget.TextAreaWidget(rows=4)
    )
    outcome = colander.SchemaNode(
        colander.String(),
        title="Utfall",
        widget=deform.widget.RadioChoiceWidget(
            values=(
                ("continues", "Avtalen fortsetter"),
                ("reviewed_unchanged", "Gjennomgått, uendret"),
                ("to_be_revised", "Avtalen skal revideres"),
            )
        ),
    )


def rendered(
    schema: colander.MappingSchema,
    button: str,
    values: dict[str, object],
    *,
    wrong: bool = False,
    nth: int = 1,
    formid: str | None = None,
) -> str:
    """The form as markup; ``wrong`` sends it in empty first, so that it shows its errors.

    ``nth`` keeps the ids of several forms on one page apart; ``formid`` is that of the form of a step.
    """
    form = deform.Form(
        schema,
        action="/here",
        formid=formid or f"{type(schema).__name__.lower()}{nth}",
        renderer=RENDERER,
        buttons=(deform.Button("do", button),),
        counter=count(100 * nth),
    )
    if wrong:
        try:
            form.validate([("archive_case", "tull"), ("version", "7")])
        except deform.ValidationFailure as failure:
            return str(failure.render(csrf_token="prøve"))
        raise AssertionError("the sample was to fail")
    return str(form.render(values, csrf_token="prøve"))
