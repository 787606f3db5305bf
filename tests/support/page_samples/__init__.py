"""One filled page model, or several, for every template: name → (template, layout, page)."""

from __future__ import annotations

from tests.support.page_samples import (
    agreement,
    archiving,
    evaluating,
    leading,
    links,
    mailing,
    meeting,
    minutes,
    overviews,
    parties,
    passkeys,
    people,
    proof,
    records,
    reminding,
    ruling,
    sealing,
    witnessing,
    wording,
    working,
    years,
)
from workflow_app.web.pagemodels import Layout


def samples() -> dict[str, tuple[str, Layout, object]]:
    """Every sample. Must be called while a request is current, since some hold rendered forms."""
    out: dict[str, tuple[str, Layout, object]] = {
        "login": ("login", people.layout("", signed_in=False), leading.LOGIN),
        "login_refused": ("login", people.layout("", signed_in=False), leading.LOGIN_REFUSED),
        "worklist": (
            "worklist",
            people.layout("worklist", clock="Klokken er stilt til 9. desember 2020."),
            leading.WORKLIST,
        ),
        "worklist_empty": ("worklist", people.layout("worklist"), type(leading.WORKLIST)()),
        "parties": ("parties", people.layout("parties"), leading.PARTIES),
        "error_409": ("error", people.layout(), leading.CONFLICT),
    }
    for page in leading.ERRORS:
        out[f"error_{page.status}"] = ("error", people.layout(signed_in=page.status != 401), page)
    plain: tuple[tuple[str, str, object], ...] = (
        ("agreements", "agreements", leading.AGREEMENTS),
        ("agreements_none", "agreements", leading.AGREEMENTS_NONE),
        ("agreements_first", "agreements", type(leading.AGREEMENTS)()),
        ("add", "add", leading.ADD),
        ("add_refused", "add", leading.ADD_REFUSED),
        ("accessibility", "accessibility", leading.ACCESSIBILITY),
        ("accessibility_set", "accessibility", leading.ACCESSIBILITY_SET),
        ("agreement_in_force", "agreement", agreement.IN_FORCE),
        ("attachments", "attachments", records.ATTACHMENTS_OPEN),
        ("attachments_none", "attachments", records.ATTACHMENTS_NONE),
        ("deputies", "deputies", parties.DEPUTIES),
        ("deputies_closed", "deputies", parties.DEPUTIES_CLOSED),
        ("archive", "archive", archiving.ARCHIVE),
        ("seals", "seals", sealing.SEALS),
        ("seals_none", "seals", sealing.SEALS_NONE),
        ("seals_issued", "seals", sealing.SEALS_ISSUED),
        ("archive_closed", "archive", archiving.ARCHIVE_CLOSED),
        ("witnesses", "witnesses", witnessing.WITNESSES),
        ("witnesses_wrong", "witnesses", witnessing.WITNESSES_WRONG),
        ("witnesses_retiring", "witnesses", witnessing.WITNESSES_RETIRING),
        ("witnesses_none", "witnesses", witnessing.WITNESSES_NONE),
        ("links", "links", links.LINKS),
        ("links_closed", "links", links.LINKS_CLOSED),
        ("deadlines", "deadlines", records.DEADLINES),
        ("deadlines_none", "deadlines", records.DEADLINES_NONE),
        ("trail", "trail", records.TRAIL),
        ("text", "text", wording.TEXT),
        ("text_closed", "text", wording.TEXT_CLOSED),
        ("text_compared", "text", wording.TEXT_COMPARED),
        ("text_edited", "text", wording.TEXT_EDITED),
        ("rules", "rules", ruling.RULES),
        ("rules_picking", "rules", ruling.RULES_PICKING),
        ("rules_previewed", "rules", ruling.RULES_PREVIEWED),
        ("rules_agreed", "rules", ruling.RULES_AGREED),
        ("rules_none", "rules", ruling.RULES_NONE),
        ("transitions", "transitions", working.TRANSITIONS),
        ("transitions_none", "transitions", working.TRANSITIONS_NONE),
        ("passkeys", "passkeys", passkeys.PASSKEYS),
        ("passkeys_none", "passkeys", passkeys.PASSKEYS_NONE),
        ("passkeys_nowhere", "passkeys", passkeys.PASSKEYS_NOWHERE),
        ("passkeys_wrong", "passkeys", passkeys.PASSKEYS_WRONG),
        ("year", "year", years.YEAR),
        ("year_party", "year", years.YEAR_PARTY),
        ("year_empty", "year", years.YEAR_EMPTY),
        ("calendar", "calendar", years.CALENDAR),
        ("calendar_wrong", "calendar", years.CALENDAR_WRONG),
    )
    for name, template, model in plain:
        out[name] = (template, people.layout(), model)
    for name, template, model in (
        ("party", "party", parties.PARTY),
        ("party_seen", "party", parties.PARTY_SEEN),
        ("erase_whom", "erase", parties.ERASE_WHOM),
        ("erase", "erase", parties.ERASE),
        ("erase_not_yet", "erase", parties.ERASE_NOT_YET),
        ("party_passkeys", "party_passkeys", passkeys.OF_PARTY),
        ("party_passkeys_wrong", "party_passkeys", passkeys.OF_PARTY_WRONG),
        ("party_passkeys_none", "party_passkeys", passkeys.OF_NOBODY),
        ("handover", "handover", parties.HANDOVER),
        ("handover_choosing", "handover", parties.CHOOSING),
        ("handover_previewed", "handover", parties.PREVIEWED),
        ("handover_done", "handover", parties.DONE),
        ("overview", "overview", overviews.OVERVIEW),
        ("overview_none", "overview", overviews.OVERVIEW_NONE),
        ("timeline", "timeline", overviews.TIMELINE),
        ("timeline_none", "timeline", overviews.TIMELINE_NONE),
        ("reminders", "reminders", reminding.OWN),
        ("reminders_wrong", "reminders", reminding.WRONG),
        ("reminders_read", "reminders", reminding.READ),
        ("reminders_police", "reminders", reminding.POLICE),
    ):
        out[name] = (template, people.layout("parties"), model)
    for name, model in (("password", parties.PASSWORD), ("password_wrong", parties.PASSWORD_WRONG)):
        out[name] = ("password", people.layout("", signed_in=False), model)
    out["agreement"] = ("agreement", people.layout(flashes=people.FLASH), agreement.AGREEMENT)
    for name, page_of_mail in (
        ("mail", mailing.MAIL), ("mail_none", mailing.MAIL_NONE), ("mail_wrong", mailing.MAIL_WRONG),
    ):  # fmt: skip
        out[name] = ("mail", people.layout("mail"), page_of_mail)
    for name, (template, model) in proof.build().items():
        out[name] = (template, people.layout("", signed_in=False), model)
    built = working.build() | evaluating.build() | meeting.build() | minutes.build()
    for name, (template, model) in built.items():
        out[name] = (template, people.layout(), model)
    return out
