"""Attack × detector, written by hand: what is caught by whom, and where it cannot be, why not.

The attacker is the operator, with full power over database, server and the log's true key.
The world has four moments: at the *receipt* both witnesses have cosigned, a referatsak is
printed and somebody takes a receipt home; then more happens, which both *cosign* too; then
more, which *nobody* has cosigned; then the attack. ``test_table`` does each attack and asks
each detector, and compares this table with the one in README, which is made of it.
"""

from __future__ import annotations

from typing import NamedTuple

KOMMUNE, POLICE, BOTH = "kommunens vitne", "politiets vitne", "begge (endelig)"
RECEIPT, PAPER = "gammel kvittering", "trykt referatsak"
DETECTORS = (KOMMUNE, POLICE, BOTH, RECEIPT, PAPER)


class Row(NamedTuple):
    """One attack: what it is called here and in README, who catches it, and why the others do not."""

    name: str
    attack: str
    caught: frozenset[str]
    why: str = ""


def _row(name: str, attack: str, *caught: str, why: str = "") -> Row:
    return Row(name, attack, frozenset(caught), why)


TABLE = (
    _row("edit", "endre en oppføring", *DETECTORS),
    _row("delete", "slette en oppføring", *DETECTORS),
    _row("reorder", "bytte om to oppføringer", *DETECTORS),
    _row(
        "truncate", "kutte halen", KOMMUNE, POLICE, BOTH,
        why="kvittering og papir er eldre enn det som ble kuttet, og passer fortsatt",
    ),
    _row("delete_all", "slette alt", *DETECTORS),
    _row("rewrite", "skrive alt om, lenke og signere på nytt", *DETECTORS),
    _row(
        "split", "to historier for to parter", BOTH,
        why="hvert vitne ser én hel historie, og kvittering og papir er fra før de skilte lag; ingen av dem "
        "blir endelig, og et papir trykt etterpå avslører det hos den andre parten",
    ),
    _row(
        "role", "gi seg selv en rolle",
        why="loggen hindrer det ikke, men oppføringen står der for alltid og sier hvem som ga rollen",
    ),
    _row(
        "key", "gi seg selv en passnøkkel i en annens navn",
        why="som over: nøkkelen og hvem den ble lagt til av, står i begge parters bevispakker",
    ),
    _row(
        "witness", "bytte ut kommunens vitne med sitt eget", KOMMUNE, BOTH,
        why="kommunens vitne blir avvist og sier fra; loggen er ellers hel, og byttet står i begge parters "
        "bevispakker. Den som prøver med nøklene hun fikk selv (--key), får ikke noe nytt som endelig",
    ),
    _row(
        "step", "sette inn et steg uten godkjenningene det krever",
        why="for loggen er det en oppføring som andre; men fra da av feiler enhver bevispakke av avtalen, og "
        "`verify.py` nevner steget og hvem som ikke har godkjent det",
    ),
    _row(
        "uncosigned", "endre det ingen har medsignert ennå",
        why="ingen utenfor hadde sett det; derfor er det ikke endelig, og sidene sier at det venter",
    ),
)  # fmt: skip


def markdown() -> str:
    """The table as README has it."""
    lines = [
        "| angrep | " + " | ".join(DETECTORS) + " | hvorfor ikke |",
        "|---|" + "---|" * (len(DETECTORS) + 1),
    ]
    for row in TABLE:
        cells = ("oppdages" if detector in row.caught else "–" for detector in DETECTORS)
        lines.append(f"| {row.attack} | " + " | ".join(cells) + f" | {row.why} |")
    return "\n".join(lines)
