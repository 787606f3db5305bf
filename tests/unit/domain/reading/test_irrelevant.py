"""A sentence about something else changes no rule, wherever it stands and whatever time it speaks of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.reading_checks import said
from workflow_app.domain.reading import read

ROOT = Path(__file__).resolve().parents[4]
TEXTS = sorted((ROOT / "tests" / "data" / "agreements").rglob("*.txt")) + sorted(
    (ROOT / "workflow_app" / "services" / "demonstration" / "texts").glob("*.txt")
)

CHATTER = (
    # Without a word of time.
    "Skolen har en fin fotballbane.",
    "Biblioteket låner ut ski.",
    "Folk i bygda ønskjer trygge gater.",
    # Of another subject's time.
    "Skolen har sommerferie i juli.",
    "PST møtes hver måned internt.",
    "Kommuneplanen revideres hvert fjerde år.",
    "SLT-forumet møtes fire ganger i året.",
    "Svømmehallen er stengt fra 1. juli til 15. august 2024.",
    "Festivalen ble arrangert første gang i 1998.",
    "Formannskapet møtes annenhver uke.",
    "Handlingsplanen mot rus gjelder for perioden 2019-2023.",
    "Barnehagen evaluerer foreldremøtene hvert år.",
    "Kommunen har 15 000 innbyggere per 1.1.2024.",
    "Idrettslaget held årsmøte kvart år i mars.",
    "Rutinene ved skolen oppdateres årlig.",
    "Telefonen er betjent kl. 8-15 alle hverdager.",
    "Leiekontrakten for idrettshallen kan sies opp med tre måneders varsel.",
    "Busselskapets kontrakt løper til 31. desember 2027.",
    "Ordføreren ble valgt i oktober 2023.",
    "Brannvesenet øver to ganger i året.",
    "Ungdomsrådet har møte kvar månad.",
)
# Whose meetings another body holds is a rule, and rightly so; it is none of the agreement's own.
OTHERS = frozenset({"attendance"})
# Between two paragraphs; inside a list or the signature block it would be no paragraph.
_BETWEEN = re.compile(r"(?<=[.:;!?])\r?\n[ \t]*\r?\n")


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("chatter", CHATTER)
def test_an_irrelevant_paragraph_changes_no_rule_wherever_it_stands(path: Path, chatter: str) -> None:
    text = path.read_text("utf-8")
    before = said(read(text), without=OTHERS)
    places = [found.start() for found in _BETWEEN.finditer(text)]
    # The places are dealt out among the sentences, so that all are tried, each by some of them.
    for at in places[CHATTER.index(chatter) % 3 :: 3]:
        changed = read(f"{text[:at]}\n\n{chatter}{text[at:]}")
        assert said(changed, without=OTHERS) == before, text[max(0, at - 60) : at]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_all_of_them_at_once_change_no_rule(path: Path) -> None:
    text = path.read_text("utf-8")
    before = said(read(text), without=OTHERS)
    told = iter(CHATTER * len(text))
    busy = _BETWEEN.sub(lambda found: f"\n\n{next(told)}{found[0]}", text)
    assert said(read(busy), without=OTHERS) == before


def test_a_sentence_of_the_agreement_does_change_them() -> None:
    """Else the tests above could not fail."""
    text = TEXTS[0].read_text("utf-8")
    at = next(_BETWEEN.finditer(text)).start()
    changed = read(f"{text[:at]}\n\nAvtalen kan sies opp med fem måneders varsel.{text[at:]}")
    assert said(changed) != said(read(text))
