"""Texts of so many pages, for the reader and the import: real wordings with prose between them."""

from __future__ import annotations

PAGE = 2_400
"""Characters of a page: about what an A4 sheet in 11 points holds, with its headings and lists."""

CLAUSES = """## {n}. Møter
Politirådet møtes minst fire ganger i året. Sakslisten sendes ut senest én uke før møtet. Referat fra
politirådets møter er offentlig og arkiveres hos kommunen.

## {n}. Varighet og oppsigelse
Avtalen gjelder fra 1. januar 2025 til og med 31. desember 2028. Avtalen revideres hvert annet år. Avtalen
kan sies opp av hver av partene med seks måneders skriftlig varsel.
"""
PROSE = """## {n}. Samarbeid i hverdagen
Kommunen og politiet skal sammen forebygge kriminalitet og skape trygghet for dem som bor, arbeider og går på
skole her. Partene deler kunnskap om utviklingen i nærmiljøene, blir enige om hva som haster mest, og følger
opp det de har bestemt. Arbeidet bygger på åpenhet og respekt for hverandres oppgaver.

- Barn og unge: tidlig innsats ved uro i skolemiljøet, og samtaler med foresatte før vanskene vokser.
- Uteliv: felles rutiner for skjenkekontroll, vakthold og de store arrangementene om sommeren.
- Vold i nære relasjoner: klare ansvarsforhold når noen trenger vern, også utenom kontortid.
- Trafikk: råd om skoleveier, fartsdempende tiltak og merking der kommunen er veieier.

Politikontakten holder kommunen orientert om saker som angår den, og kommunens koordinator melder fra om
forhold politiet bør kjenne til. Ingen av dem deler opplysninger ut over det taushetsplikten tillater.
Handlingsplanen som følger avtalen, gjelder for perioden 2023-2026 og rulleres av kommunen.

"""


def agreement(pages: float, kommune: str = "Moss", police: str = "Øst politidistrikt") -> str:
    """An agreement of about so many pages, its clauses spread among prose."""
    head = f"# Samarbeidsavtale mellom {kommune} kommune og {police}\n\n"
    end = "\nDato: 3. februar 2025\n\nOrdfører\t\tPolitistasjonssjef\n"
    parts, number = [head], 1
    while sum(map(len, parts)) + len(end) < pages * PAGE:
        for block in (CLAUSES, PROSE) if number == 1 else (PROSE,):
            parts.append(block.replace("{n}", str(number)))
            number += 1
    return "".join(parts) + end
