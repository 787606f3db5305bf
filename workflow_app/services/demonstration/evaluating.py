"""An evaluation of Moss's agreement, goal by goal, in our own words and made up throughout."""

from __future__ import annotations

from workflow_app.domain.evaluation_form import Answers, GoalAnswer
from workflow_app.domain.evaluation_form.goals import Goal, find_goals

_SAID: tuple[tuple[str, str, str, str], ...] = (
    (
        "Åpen hall fredag og lørdag kveld fra februar. Politikontakten og SLT-koordinatoren besøkte alle"
        " åttende trinn.",
        "Det ble registrert færre unge lovbrytere enn året før, men de som går igjen, er de samme. Tallene"
        " er fra politiets halvårsrapport.",
        "partly",
        "Tiltakene når mange, men ikke dem som går igjen. Neste år får hver av dem en fast voksen.",
    ),
    (
        "Foreldremøter om rus på tre skoler, og felles rutine for den som blir tatt med cannabis for første"
        " gang.",
        "Ungdomsundersøkelsen viser samme nivå som før. Elleve familier har fått hjelp etter rutinen.",
        "partly",
        "Rutinen virker og fortsetter. Foreldremøtene bør holdes før sommeren.",
    ),
    (
        "Krisesenteret og barnevernet underviste ansatte i barnehagene.",
        "Barnehagene melder tidligere enn før, og flere meldinger førte til hjelp samme uke.",
        "reached",
        "Undervisningen gjentas for nyansatte hver høst.",
    ),
)
"""Measures, effect, assessment and learning of each goal, in the order of the text."""

_GENERAL = {
    "situation": "Sentrum er roligere om kvelden. Svindel på nett rammer flere eldre enn før.",
    "meetings": "Tre møter ble holdt. Det fjerde falt bort da budsjettet tok hele desember.",
    "tasks": "Trygghetsvandringen ble gått i mai. To mørke overganger har fått lys.",
    "cooperation": "Ledelsen møter forberedt, og det rådet blir enige om, blir gjort. Sakslisten kom to"
    " ganger senere enn en uke før.",
    "conclusion": "Samarbeidet virker og fortsetter. Sakslisten skal ut i tide, og arbeidet rettes mer mot"
    " de få som går igjen.",
}


def moss_answers(text: str, tasks: list[tuple[int, int]]) -> Answers:
    """What the coordinators of Moss found, for the goals that their agreement names."""
    goals = tuple(_goal(goal, said) for goal, said in zip(find_goals(text, tasks), _SAID, strict=True))
    return Answers(goals, _GENERAL, "continues")


def _goal(goal: Goal, said: tuple[str, str, str, str]) -> GoalAnswer:
    measures, effect, assessment, learning = said
    return GoalAnswer(goal.words, measures, effect, assessment, learning, goal.start, goal.end)
