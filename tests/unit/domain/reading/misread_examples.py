"""Clauses the reader once got wrong, or fell over; the form is that of ``examples``."""

from __future__ import annotations

DATES = [
    ("Revidert3november 26 8. Avtalen erstattar avtale frå 2012.", []),
    ("Avtalen gjelder fra 3november 2026.", ["validity.open from=2026-11-03"]),
    ("Avtalen evalueres innen 3november hvert år.", ["evaluation.yearly month=11 day=3"]),
    # Letters that are i and s to whoever ignores case.
    ("Avtalen er signert 3. JULİ 2020.", ["signed.date date=2020-07-03"]),
    ("Avtalen er signert onſdag.", ["signed.partial weekday=wednesday"]),
    ("Avtalen evalueres hver ſommer.", ["evaluation.yearly season=summer"]),
]

COUNCIL = [
    (
        "Når avtalen er undertegnet, legges den fram for kommunestyret som referatsak.",
        ["council.referatsak"],
    ),
    (
        "Når avtala er underskriven, blir ho lagd fram for kommunestyret som referatsak.",
        ["council.referatsak"],
    ),
    ("Så snart avtala ligg føre, legg kommunen ho straks fram for heradsstyret som referatsak.",
        ["council.referatsak"]),
    ("Når rapporten om avtalen er ferdig, legges den fram for utvalget.", []),
]  # fmt: skip

GUESTS = [
    (
        "Er det ønsket, møter politiet i kommunestyret én gang i året.",
        ['attendance.yearly who="politiet" where="kommunestyret" per_year=1'],
    ),
    (
        "Er det ønsket, møter politiet to ganger i året i kommunestyret.",
        ['attendance.yearly who="politiet" where="kommunestyret" per_year=2'],
    ),
    (
        "Dersom kommunen ber om det, deltar stasjonssjefen i formannskapet minst to ganger i året.",
        ['attendance.yearly who="stasjonssjefen" where="formannskapet" per_year_min=2'],
    ),
    (
        "Når det trengs, skal politiet delta på rådets møter to ganger i året.",
        ['attendance.yearly who="politiet" per_year=2'],
    ),
    (
        "Lederen, som også er kontakt, møter i formannskapet fire ganger i året.",
        ['attendance.yearly who="Lederen, som også er kontakt" where="formannskapet" per_year=4'],
    ),
]

SIGNATORIES = [
    ("Ordfører og politistasjonssjef undertegner.", ['signatories.roles roles=["mayor","station_chief"]']),
    ("Ordførar og lensmann underteiknar.", ['signatories.roles roles=["mayor","station_chief"]']),
    ("Ordføreren undertegner.", []),
    ("Ordfører og politistasjonssjef signerer referatene.", []),
    ("Referatet godkjennes på neste møte. Ordfører og politistasjonssjef undertegner.", []),
    ("# Referat\n\nVi skriver kort.\n\nOrdfører og politistasjonssjef undertegner.\n\n# Mål\n\nVi vil.", []),
]

ALL = {"dates": DATES, "council": COUNCIL, "guests": GUESTS, "signatories": SIGNATORIES}
