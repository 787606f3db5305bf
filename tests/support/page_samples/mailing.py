"""Samples of the page of the mail: what was refused, came back, is uncertain; nothing; no mail at all."""

from __future__ import annotations

from dataclasses import replace

from tests.support.page_samples.people import at
from workflow_app.web.pagemodels.common import Link, Problem
from workflow_app.web.pagemodels.mail import AddressForm, MailPage, MailRow

WHEN = at("2026-03-02", "12:00")
AGREEMENT = Link("/agreements/abc", "Samarbeidsavtale mellom Lillevik kommune og Øst politidistrikt")


def row(number: int, status: str, label: str, answer: str | None) -> MailRow:
    """One mail to somebody."""
    return MailRow(
        number, f"Prøve Prøvesen {number}", "et.langt.navn.med.mange.ledd@en.lang.underdel.kommune.example",
        "En påminnelse", status, label, WHEN, "Rett adressen og send den på nytt.", answer, AGREEMENT,
    )  # fmt: skip


MAIL = MailPage(
    "/mail",
    stopped=(
        row(1, "refused", "Avvist", "550 5.1.1 (…): Recipient address rejected: " + "x" * 60),
        row(2, "uncertain", "Usikker", None),
        row(3, "bounced", "Kom i retur", "550 5.4.1 Access denied"),
    ),
    waiting=(row(4, "waiting", "Venter", "452 4.2.2 mailbox full"), row(5, "sending", "Sendes", None)),
    more_stopped=7, more_waiting=2, sent=1200, trial=True,
)  # fmt: skip
MAIL_NONE = MailPage("/mail", notice="Ingen e-posttjener er satt opp, så ingen e-post går ut.")
MAIL_WRONG = MailPage(
    "/mail",
    stopped=(
        replace(
            row(1, "refused", "Avvist", None),
            correct=AddressForm("email-1", "ingen", "«ingen» er ingen e-postadresse."),
        ),
        replace(row(2, "bounced", "Kom i retur", None), correct=AddressForm("email-2")),
        replace(row(3, "bounced", "Kom i retur", None), others="Bare driften retter denne adressen."),
        replace(row(4, "refused", "Avvist", None), meeting=Link("/agreements/abc/meetings/2", "Møte 2")),
    ),
    problems=(Problem("email-1", "«ingen» er ingen e-postadresse."),),
)
