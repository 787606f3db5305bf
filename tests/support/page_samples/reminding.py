"""Samples of reminders: a kommune's own ladder to change and to read, wrong ones, a police unit's."""

from __future__ import annotations

from tests.support.page_samples.people import EVALUATION, day
from workflow_app.web.pagemodels.common import DeadlineRow, Problem, Reminded, ReminderLine
from workflow_app.web.pagemodels.reminders import KindBox, RemindersPage

KINDS = (
    KindBox("revision", "Revisjon", "90, 30 dager før, på dagen, hver uke i 8 uker etter"),
    KindBox("agenda", "Saksliste", "7 dager før, på dagen"),
    KindBox("task", "Oppgave", "90, 30 dager før, én gang uken etter", wanted=False),
)
OWN = RemindersPage(
    "Lillevik kommune", "/parties/3999/reminders", "/parties/3999",
    before="90, 30", weeks="8", escalate_after="14", kinds=KINDS, own=True, may_change=True,
)  # fmt: skip
WRONG = RemindersPage(
    "Lillevik kommune", "/parties/3999/reminders", "/parties/3999",
    before="en uke", weeks="-1", escalate_after="0", kinds=KINDS, may_change=True,
    problems=(
        Problem("before", "Skriv hele dager med komma mellom, for eksempel 90, 30, 7."),
        Problem("weeks", "Skriv et helt antall uker."),
        Problem("escalate_after", "0 går ikke. Oppgi 1 til 90."),
    ),
)  # fmt: skip
READ = RemindersPage(
    "Lillevik kommune", "/parties/3999/reminders", "/parties/3999", before="90, 30", weeks="8",
    kinds=KINDS, closed="Påminnelsene bestemmes av kommunens administrator.",
)  # fmt: skip
POLICE = RemindersPage(
    "Lillevik lensmannsdistrikt", "/parties/ost-lillevik/reminders", "/parties/ost-lillevik",
    follows="Påminnelsene til en politienhet følger kommunen i hver avtale.",
)  # fmt: skip
REMINDED = DeadlineRow(
    **{
        **vars(EVALUATION),
        "reminded": Reminded(
            (
                ReminderLine(day("2020-10-02"), "Sendt til SLT-koordinator (Lillevik kommune)."),
                ReminderLine(day("2020-12-01"), "Sendt til SLT-koordinator (Lillevik kommune)."),
            ),
            day("2020-12-23"),
        ),
    }
)
