"""Places in a clause where somebody was to write a date or a number and has not: each is asked about."""

from __future__ import annotations

from collections.abc import Iterator

from workflow_app.domain.messages import msg
from workflow_app.domain.reading.clauses.only_where import only_where
from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.phrases import phrase
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.reading.stems import BLANK, mentions

BLANK_DATE = phrase(
    r"<day_month> ?(?:<blank>|d\.å)|<year> ?[-–] ?<blank>|\b20(?:xx|__|\.\.|…)|(?:[xX]{2,8}"
    r"|_{2,12}) ?[./] ?(?:[xX_]{2}|\d)"
    r"|(?:<from>|<until>|\bog med|\bden|\bper|\binnen|\binnan|\bår|\bi kraft) <blank>"
)
BLANK_NUMBER = phrase(
    r"<blank> ?(?:\([^)]{0,12}\) ?)?(?:kalender|virke|arbeids)?"
    r"(?:år|måned|månad|mnd|uke|veke|dag|gang|gong|møte)"
)
# What the number is of, by the stems around it; the first row that fits.
_FORM_BY_STEMS = (
    ("termination:notice", ("sies opp", "sei", "oppsi", "opp med", "varsel")),
    ("renewal:automatic", ("forny", "forleng", "opsjon")),
    ("agenda:lead", ("agenda", "dagsord", "sakliste", "saksliste", "innkalling")),
    ("revision:every", ("revi",)),
    ("meetings:council", ("møt", "samles", "samlast")),
    ("validity:duration", ("gjeld", "varig", "vare", "varar", "løp", "periode", "inngå")),
)


@only_where(BLANK, ("år", "måned", "månad", "mnd", "uke", "veke", "dag", "gang", "gong", "møte"))
def read_blanks(page: Page, s: Sentence) -> Iterator[Question]:
    """A question for a number that nobody has filled in."""
    if BLANK_NUMBER.search(s.flat) is None:
        return
    form = next((form for form, stems in _FORM_BY_STEMS if mentions(s.folded, stems)), None)
    if form is not None:
        sentence = msg("A number in the clause is not filled in. Which number is meant?")
        yield page.question(s, "blank_number", sentence, form)
