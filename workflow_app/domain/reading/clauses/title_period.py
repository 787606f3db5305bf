"""The period in the title ("Politirådsavtale 2020-2023"), for a text where no clause gives one."""

from __future__ import annotations

from collections.abc import Iterator

from workflow_app.domain.reading import wording
from workflow_app.domain.reading.clauses.spans import YEARS
from workflow_app.domain.reading.clauses.validity import VALID
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.subjects import first
from workflow_app.domain.rules import Rule

_VERB = phrase(
    r"\b(?:er|skal|kan|må|har|ble|blir|vert|bør|vil|gjaldt|galdt|gjeldt|var|vart|legger|viser|ligger|ses"
    r"|hadde|varte|dekker|dekkjer|gjelder|gjeld|bygger|bygg|inngår|inngikk|inngjekk|følger|følgjer"
    r"|fylgjer|omfatter|omfattar|gikk|gjekk"
    r"|erstatter|erstattar|avløser|avløyser|støtter|støttar|vises|jf)\b"
)


def title_period(page: Page) -> Iterator[Rule]:
    """The period in the agreement's title, for a text where no clause gives one."""
    # Sought once: a search from the top for every sentence would cost the square of the text.
    named = first(phrase(r"<agreement>"), page.flat)
    for s in page.sentences:
        if not s.titled:
            return
        years = YEARS.search(s.flat)
        if not years or int(years["a"]) > int(years["b"]):
            continue
        # A prose sentence that happens to name two years is no title.
        titled = (
            phrase(r"<agreement>").search(s.flat)
            and len(s.flat) < 120
            and not VALID.search(s.flat)
            and not _VERB.search(s.flat)
        )
        if titled or (years[0] == s.flat.strip(" .") and named <= s.start):
            values = {"from": f"{years['a']}-01-01", "to": f"{years['b']}-12-31"}
            yield page.rule(
                s, "validity", "period", values, assumptions=(wording.TITLE_PERIOD, wording.WHOLE_YEARS)
            )
            return
