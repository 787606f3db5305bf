"""Samples of the evaluation goal by goal, of one matter, and of a kommune's house rules."""

from __future__ import annotations

from tests.support.page_samples.agreement import ALLOWED
from tests.support.page_samples.forms import Evaluation, Matter, rendered
from tests.support.page_samples.people import HEAD, at, day, digest
from tests.support.page_samples.records import SEAL, VERSIONS
from workflow_app.web.pagemodels import Choice, Clause, DiffRow, EvaluationPage, EvaluationView, Link, Problem
from workflow_app.web.pagemodels.evaluation import AnswerField, Changed, GoalFields, GuidedForm, ToldPart
from workflow_app.web.pagemodels.house_rules import HouseRuleRow, HouseRulesPage
from workflow_app.web.pagemodels.matters import ExcerptRow, HandlingRow, MatterPage, MatterView

CLAUSE = Clause("Mindre rus blant unge", f"{HEAD.url}/text#s4", "4. Mål")
EVALUATED = Clause("Ved årets slutt evalueres tiltakene.", f"{HEAD.url}/text#s4", "4. Mål")
ROWS = (
    DiffRow("same", "Mål 1", "Mål 1"),
    DiffRow("changed", "Færre.", "Flere."),
    DiffRow("added", None, "Ny."),
)
RULES = (
    HouseRuleRow("report", "Avtalen i kommunestyret", "Dager fra signeringen.", "dager", "90", "90"),
    HouseRuleRow(
        "council_lapse",
        "En avtale som er gått ut",
        "Dager.",
        "dager",
        "x",
        None,
        day("2020-05-01"),
        "Et tall.",
    ),
)


def goal(number: int, *, blank: bool = False, wrong: bool = False) -> GoalFields:
    """A goal of the form: found in the text where it is the first."""
    at_ = f"goals.{number}"
    sentence = "Skriv hvilket mål dette gjelder." if wrong else None
    return GoalFields(
        number,
        AnswerField(f"{at_}.goal", "Målet", "" if blank else "Mindre rus blant unge", error=sentence),
        (
            AnswerField(f"{at_}.measures", "Hva som er gjort", "Åpen hall."),
            AnswerField(f"{at_}.effect", "Hva som har endret seg", before="Uendret i fjor.", required=True),
            AnswerField(f"{at_}.learning", "Hva vi har lært", error=sentence),
        ),
        (Choice("reached", "Nådd", True), Choice("partly", "Delvis nådd")),
        sentence,
        CLAUSE if number == 1 else None,
        ("Åpen hall i helgene",) if number == 1 else (),
        ("10", "30") if number == 1 else None,
        blank,
    )


def build() -> dict[str, tuple[str, object]]:
    """Samples with forms, which deform must render while a request is there."""
    guided = GuidedForm(
        (goal(1), goal(2, wrong=True), goal(3, blank=True)),
        (
            AnswerField(
                "general.conclusion", "Konklusjon", "Videre.", "Hva blir summen?", None, None, True, 5
            ),
        ),
        (Choice("continues", "Avtalen fortsetter", True), Choice("to_be_revised", "Skal revideres")),
        "Velg et utfall.",
        (EVALUATED,),
        (("Møter", ("Møter i 2020: 2 av 4",)),),
        True,
        Clause("Mer står i vedlegg 1.", f"{HEAD.url}/text"),
    )
    view = EvaluationView(
        2020,
        VERSIONS[0],
        "",
        "",
        "",
        None,
        (
            ToldPart(
                "Mindre rus blant unge",
                "",
                True,
                "Delvis nådd",
                (ToldPart("Hva som er gjort", "Åpen hall."),),
            ),
            ToldPart("Tryggere sentrum", "", True),
            ToldPart("Konklusjon", "Videre."),
        ),
        (Problem("outcome", "Utfallet er ikke valgt."),),
    )
    forms = [
        rendered(Evaluation(), "Lagre teksten", {"version": 7}),
        rendered(Matter(), "Registrer", {}, nth=1),
    ]
    changed = Changed("Versjon 1", "Versjon 2", ROWS)
    writing = EvaluationPage(
        HEAD,
        2020,
        (Link("", "2020"), Link(f"{HEAD.url}/evaluation?year=2019", "2019")),
        guided,
        forms[0],
        current=view,
        versions=VERSIONS[:2],
        approve=ALLOWED[:1],
        pdf=Link(f"{HEAD.url}/evaluation.pdf?year=2020", "Evalueringen (PDF)"),
        since_approved=Link(f"{HEAD.url}/evaluation?old=1&new=2#comparison", "Endret etter at du godkjente"),
        comparison=changed,
        meanwhile=changed,
        problems=(
            Problem("goals.2.goal", "Skriv hvilket mål dette gjelder."),
            Problem("outcome", "Velg et utfall."),
        ),
    )
    own = f"{HEAD.url}/matters/2"
    card = MatterView(
        2,
        "Referatsak",
        "Evalueringen for 2020",
        own,
        "20/1234",
        "RS 3/21",
        "Kommunestyret",
        day("2021-02-10"),
        "Siri Sekretær",
        "Tas til orientering.",
        sha256=digest("m"),
        frozen=at("2021-02-01", "13:00"),
        outcome="Tatt til orientering",
        seal=SEAL,
    )
    papers = (Link(f"{own}.pdf", "Saken (PDF)", "låst"), Link(f"{own}.docx", "Word-fil", "til å arbeide med"))
    handled = HandlingRow(1, "Formannskapet", "2021-01-28", "PS 4/21", "Enstemmig.", day("2021-01-28"))
    excerpt = ExcerptRow(
        Link(f"{own}/excerpt?file=1", "utskrift.pdf"),
        "21 kB",
        digest("u"),
        at("2021-02-11", "09:00"),
        "Siri",
        True,
    )
    matter = MatterPage(
        HEAD,
        "Lillevik kommune",
        card,
        papers,
        (handled,),
        (handled, HandlingRow(2)),
        (excerpt, ExcerptRow(excerpt.link, "20 kB", digest("v"), excerpt.when)),
        True,
        "20 MB",
        "SAK\n\nTekst.\n",
        outcome_form=forms[1],
        problems=(
            Problem("handling.1.meeting_date", "Datoen er etter møtet."),
            Problem("file", "Filen er tom."),
        ),
    )
    rules = HouseRulesPage(
        "Lillevik kommune",
        "/parties/0001/rules",
        "/parties/0001",
        RULES,
        True,
        problems=(Problem("council_lapse", "Et tall."),),
    )
    closed = HouseRulesPage(
        "Lillevik kommune", "/parties/0001/rules", "/parties/0001", RULES[:1], closed="Ikke din."
    )
    return {
        "evaluation_guided": ("evaluation", writing),
        "matter": ("matter", matter),
        "matter_bare": (
            "matter",
            MatterPage(
                HEAD,
                "Lillevik kommune",
                MatterView(1, "Referatsak", "Avtalen", own),
                closed="Bare kommunens egne.",
            ),
        ),
        "house_rules": ("house_rules", rules),
        "house_rules_closed": ("house_rules", closed),
    }
