"""Clauses written to try the reader, not to build it; the form is that of ``examples``.

Of these it read five in six right at first sight; what they showed has been
mended since, so they guard the grammar now and no longer measure it.
"""

from __future__ import annotations

VALIDITY = [
    ("Avtaleperioden er 01.01.2022 - 31.12.2025.", ["validity.period from=2022-01-01 to=2025-12-31"]),
    (
        "§ 9 Varighet\n\nAvtalen trer i kraft fra det tidspunkt den er undertegnet av begge parter "
        "og gjelder i 3 år.",
        ["validity.duration months=36 from=signing"],
    ),
    (
        "Avtalen trår i kraft 1. juli 2019 og gjeld inntil ein av partane seier han opp.",
        ["validity.until_terminated from=2019-07-01"],
    ),
    (
        "Denne samarbeidsavtalen gjelder for kommunestyreperioden 2019-2023.",
        ["validity.period from=2019-01-01 to=2023-12-31"],
    ),
    ("Avtalen har virkning fra 1. september 2021.", ["validity.open from=2021-09-01"]),
    (
        "Avtalen gjelder fra den dato den er signert og frem til 31.12.2025.",
        "? validity.period from=signing to=2025-12-31",
    ),
    ("Avtala er gyldig til 31. desember 2024.", ["validity.period from=signing to=2024-12-31"]),
    (
        "Avtalen har en løpetid på fire (4) år regnet fra signering.",
        ["validity.duration months=48 from=signing"],
    ),
    ("Avtalens varighet er satt til fire år.", ["validity.duration months=48"]),
    ("Avtalen er gyldig i 2 år fra underskriftsdato.", ["validity.duration months=24 from=signing"]),
    (
        "Avtalen er inngått for perioden 1. januar 2018 – 31. desember 2021.",
        ["validity.period from=2018-01-01 to=2021-12-31"],
    ),
    (
        "Avtalen løper fra 1. januar 2017 med en gjensidig oppsigelsestid på seks måneder.",
        ["validity.until_terminated from=2017-01-01", "termination.notice months=6"],
    ),
    (
        "Avtalen er tidsubegrenset, men kan sies opp med ett års varsel.",
        ["validity.until_terminated", "termination.notice months=12"],
    ),
    ("Avtala vert gjort gjeldande frå 1. august 2022.", ["validity.open from=2022-08-01"]),
    (
        "Avtalen opphører 31.12.2024 uten oppsigelse.",
        ["validity.period from=signing to=2024-12-31", "renewal.not_automatic"],
    ),
    ("Avtala gjeld i eitt år frå dagsett underskrift.", ["validity.duration months=12 from=signing"]),
    ("Avtalen gjelder i valgperioden.", "?"),
    ("Avtalen gjelder for alle ansatte i kommunen.", []),
    ("Avtalen gjelder ikke for vakt utenfor kontortid kl 16-08.", []),
    ("Kommunens beredskapsplan av 2019 legges til grunn, og gjelder til 2023.", []),
    ("I perioden 2015-2018 hadde kommunene et prosjekt om ungdom.", []),
    ("Prosjektperioden er 2020–2022.", []),
    ("Avtalen bygger på avtale av 4. april 2012 mellom samme parter.", []),
    ("Avtalen erstatter avtale datert 12.12.2012.", []),
    ("Avtalen skal fungere i minst 2 år før ny vurdering.", []),
]
REVIEW = [
    ("Det skal gjennomføres en årlig evaluering av avtalen.", ["evaluation.yearly"]),
    (
        "Avtalen gjennomgås og evalueres av partene innen 1. desember hvert år.",
        ["evaluation.yearly month=12 day=1"],
    ),
    ("Avtalen evalueres i politirådets siste møte hvert år.", ["evaluation.yearly"]),
    ("Politirådet evaluerer sitt arbeid ved hvert årsskifte.", ["evaluation.yearly month=12 day=31"]),
    ("Innan årets utgang skal politirådet evaluere tiltaka.", ["evaluation.yearly month=12 day=31"]),
    ("Samarbeidet evalueres årlig i januar.", ["evaluation.yearly month=1 day=31"]),
    (
        "Evaluering av avtala skal skje skriftleg kvar haust.",
        ["evaluation.yearly season=autumn written=true"],
    ),
    ("Avtalen evalueres halvveis i perioden.", ["evaluation.event"]),
    ("Avtalen evalueres ved behov.", ["evaluation.event"]),
    ("Partene evaluerer avtalen løpende.", ["evaluation.continuous"]),
    ("Samarbeidet skal evalueres etter ett års drift.", ["evaluation.event"]),
    ("Avtalen skal evalueres hvert andre år.", "?"),
    (
        "Avtalen skal gjennomgås og revideres hvert andre år, første gang innen 1. juni 2022.",
        ["revision.every months=24 anchor=2022-06-01"],
    ),
    ("Avtalen kan revideres når partene er enige om det.", ["revision.by_agreement"]),
    ("Endringer i avtalen skal gjøres skriftlig og godkjennes av begge parter.", ["revision.by_agreement"]),
    ("Avtalen tas opp til revisjon ved behov.", ["revision.on_request"]),
    ("Hver av partene kan kreve avtalen revidert.", ["revision.on_request"]),
    ("Partane kan krevje revisjon av avtala dersom føresetnadene endrar seg.", ["revision.on_request"]),
    ("Avtalen skal fornyes etter hvert kommunestyrevalg.", ["revision.after_election"]),
    ("Avtalen revideres én gang per kommunestyreperiode.", []),
    ("Ved årets slutt revideres avtalen.", ["revision.every months=12 anchor=year_end"]),
    ("Avtalen revideres hver vår.", ["revision.every months=12"]),
    ("Årsplanen revideres i mars hvert år.", []),
    ("Planen ble sist revidert i 2018.", []),
    ("Regnskapet revideres årlig.", []),
    ("Resultatene fra evalueringen legges frem i januar hvert år.", []),
]
ENDING = [
    (
        "Begge parter kan si opp avtalen skriftlig med 9 måneders varsel.",
        ["termination.notice months=9 written=true by=one"],
    ),
    ("Oppsigelsesfrist: 6 måneder.", ["termination.notice months=6"]),
    (
        "Oppsigelse av avtalen skal skje skriftlig, med minst 6 måneders varsel.",
        ["termination.notice months=6 written=true"],
    ),
    ("Avtala kan seiast opp med eit halvt års varsel.", ["termination.notice months=6"]),
    ("Avtalen kan sies opp av partene.", []),
    (
        "Dersom ingen av partene har sagt opp avtalen innen 3 måneder før utløp, forlenges den "
        "automatisk med 12 måneder.",
        ["renewal.automatic months=12", "termination.notice months=3"],
    ),
    ("Avtalen kan forlenges med ett år av gangen, maksimalt to ganger.", ["renewal.option months=[12,12]"]),
    ("Kommunen kan forlenge avtalen med 1 år + 1 år.", ["renewal.option months=[12,12]"]),
    ("Ved utløp fornyast avtala automatisk for eitt år.", ["renewal.automatic months=12"]),
    ("Avtalen kan etter dette forlenges med inntil 12 måneder.", ["renewal.option months=[12] up_to=true"]),
    ("Avtalen skal reforhandles senest seks måneder før utløp.", []),
    ("Leieforholdet har tre måneders oppsigelse.", []),
    ("Ansatte har oppsigelsestid på tre måneder.", []),
]
MEETINGS = [
    ("Ordfører innkaller til politiråd 2 ganger pr. år.", ["meetings.council per_year=2"]),
    ("Politirådet skal møtes jevnlig, og minst to ganger per halvår.", ["meetings.council per_year_min=4"]),
    (
        "Det blir halde fire møte i året, to om våren og to om hausten.",
        ["meetings.council per_year=4 spring=2 autumn=2"],
    ),
    ("Møtefrekvens: 4 ganger i året.", ["meetings.council per_year=4"]),
    (
        "Politirådet gjennomfører 4 faste møter i året og ellers ved behov.",
        ["meetings.council per_year_min=4"],
    ),
    ("Faste møter avholdes kvartalsvis.", ["meetings.council per_year=4"]),
    ("Politiråd skal avholdes to ganger årlig.", ["meetings.council per_year=2"]),
    (
        "Rådet skal ha minimum 3 og maksimum 5 møter i året.",
        ["meetings.council per_year_min=3 per_year_max=5"],
    ),
    ("Politirådet møtest vår og haust.", ["meetings.council per_year=2"]),
    ("Politirådet møtes annenhver måned.", ["meetings.council per_year=6"]),
    ("Politirådet møtes hver 3. måned.", ["meetings.council per_year=4"]),
    ("Kommunedirektøren og stasjonssjefen har faste møter en gang i måneden.", "?"),
    ("Det gjennomføres årlige dialogmøter mellom kommunen og politiet.", ["meetings.council per_year=1"]),
    ("Styringsgruppa for SLT møtes fire ganger i året.", ["attendance.yearly per_year=4"]),
    ("Koordineringsgruppa har møte kvar månad.", ["attendance.yearly per_year=12"]),
    ("Politistasjonssjefen orienterer kommunestyret to ganger i året.", ["attendance.yearly per_year=2"]),
    ("Ungdomsrådet inviteres til politirådet minst én gang i året.", ["attendance.yearly per_year_min=1"]),
    ("Representant fra Fylkesmannen deltar i ett møte per år.", ["attendance.yearly per_year=1"]),
    ("Politirådet rapporterer til kommunestyret hvert år.", []),
    ("Politirådet har møter etter behov.", []),
    ("Ordføreren og politimesteren treffes 3. mai 2020.", []),
    ("Felles beredskapsøvelse gjennomføres minst hvert andre år.", []),
    ("Vervet som sekretær går på omgang for to år om gangen.", ["rotation.every months=24"]),
    ("Møteledelsen veksler mellom partene.", ["rotation.every"]),
    ("Innkallingen skjer vekselvis fra kommunen og politiet.", ["rotation.every"]),
    ("Medlemmene kan møte med vara.", ["deputies.allowed"]),
    ("Trafikksikkerhetsdag arrangeres to ganger i året.", ["task.yearly per_year_min=2"]),
]
HANDLING = [
    ("Sakspapirer sendes ut minst én uke i forkant.", ["agenda.lead days=7"]),
    ("Møteinnkalling skal være medlemmene i hende senest 14 dager før møtet.", ["agenda.lead days=14"]),
    ("Innkalling og saksliste blir sendt ut 2 uker før møtene.", ["agenda.lead days=14"]),
    ("Frist for å melde saker er 3 uker før møtet.", ["agenda.submission days=21"]),
    ("Forslag til saker sendes koordinator senest 8 dager før møtet.", ["agenda.submission days=8"]),
    ("Referat sendes ut senest en uke etter møtet.", []),
    ("Møtene holdes for lukkede dører.", ["minutes.minutes public=false"]),
    ("Referatene er ikke offentlige.", ["minutes.minutes public=false"]),
    ("Referat frå møta skal arkiverast og er offentlege.", ["minutes.minutes public=true archived=true"]),
    ("Avtalen trer i kraft når den er godkjent av kommunestyret.", ["council.adoption"]),
    ("Avtalen forutsetter godkjenning i kommunestyret.", ["council.adoption"]),
    ("Kommunestyret skal orienteres om avtalen.", ["council.orientation"]),
    ("Avtala vert lagd fram for kommunestyret som meldingssak.", ["council.referatsak"]),
    ("Avtalen tas opp som referatsak i bystyret.", ["council.referatsak"]),
    ("Kommunestyret vedtar handlingsplanen hvert fjerde år.", []),
    ("Kommunestyret har vedtatt at avtalen inngås.", []),
    ("Avtalen supplerer samarbeidsavtale av 3. mai 2015.", ["supplement.to date=2015-05-03"]),
]
SIGNING = [
    ("Avtalen er signert i to eksemplarer.", []),
    ("Avtalen ble undertegnet i februar 2021.", ["signed.date date=2021-02 precision=month"]),
    ("Fredag signerte ordføreren og politistasjonssjefen avtalen.", ["signed.partial weekday=friday"]),
    ("Avtala blei underskriven den 7. oktober 2022.", ["signed.date date=2022-10-07"]),
    (
        "Avtalen revideres årlig.\n\nSignert 4.5.2022\n\nOrdfører    Politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2022-05-04",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nNes, dato: 12.09.2023\n\nOrdfører",
        ["revision.every months=12", "signed.date date=2023-09-12", 'signatories.roles roles=["mayor"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nBø i Telemark, 05.06.2018\n\nFor kommunen\n\nOrdfører",
        ["revision.every months=12", "signed.date date=2018-06-05", 'signatories.roles roles=["mayor"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nNes 12/9 2023            Nes 12/9 2023\n\nOrdfører     Lensmann",
        ["revision.every months=12", "signed.date date=2023-09-12", "signatories.roles"],
    ),
    (
        "Avtalen revideres årlig.\n\nNes 12.9.2023            Nes 14.9.2023\n\nOrdfører     Lensmann",
        "? revision.every months=12 ; signatories.roles",
    ),
]
MIXED = [
    (
        "Avtala gjeld i perioden frå 1. januar 2021 til og med 31. desember 2024.",
        ["validity.period from=2021-01-01 to=2024-12-31"],
    ),
    (
        "Denne avtale er gyldig i tidsrommet 2019 – 2022 og revideres deretter.",
        ["validity.period from=2019-01-01 to=2022-12-31"],
    ),
    ("Avtalen gjelder fra signering og ut inneværende kommunestyreperiode.", "?"),
    (
        "Avtalen fornyes automatisk hvert år dersom den ikke er sagt opp innen 1. oktober.",
        "? renewal.automatic months=12",
    ),
    (
        "Avtalen løper til den blir sagt opp skriftlig av en av partene med 3 måneders varsel.",
        ["validity.until_terminated", "termination.notice months=3 written=true by=one"],
    ),
    (
        "Partene kan med 6 måneders skriftlig varsel si opp avtalen.",
        ["termination.notice months=6 written=true by=one"],
    ),
    ("Evaluering skjer årlig innen utgangen av mars.", ["evaluation.yearly month=3 day=31"]),
    ("Ordninga skal evaluerast etter to år.", ["evaluation.event"]),
    ("Avtalen skal opp til ny vurdering etter hvert kommunevalg.", ["revision.after_election"]),
    ("Det skal gjennomføres minimum 2 møter i halvåret i politirådet.", ["meetings.council per_year_min=4"]),
    ("Politirådet møtes en gang hvert kvartal.", ["meetings.council per_year=4"]),
    ("Politirådet skal normalt ha fire møter i året.", ["meetings.council per_year=4"]),
    ("Møter i politirådet holdes minst én gang hvert halvår.", ["meetings.council per_year_min=2"]),
    ("Politiråd vert avvikla to gonger årleg.", ["meetings.council per_year=2"]),
    ("Det avholdes politiråd hvert kvartal.", ["meetings.council per_year=4"]),
    (
        "SLT-koordinator kaller inn til møte i politirådet fire ganger i året.",
        ["meetings.council per_year=4"],
    ),
    ("Kommunestyret orienteres årlig om politirådets arbeid.", []),
    ("Lensmannen orienterer formannskapet to ganger i året.", ["attendance.yearly per_year=2"]),
    ("Kommunestyret har møte åtte ganger i året.", ["attendance.yearly per_year=8"]),
    ("Sekretæren skiftes ut hvert andre år.", []),
    ("Leder og nestleder velges for to år om gangen.", []),
    ("Saksliste og innkalling sendes ut en uke før møtet.", ["agenda.lead days=7"]),
    ("Referat føres av SLT-koordinator og sendes medlemmene innen 14 dager.", []),
    ("Referatet er offentlig med mindre innholdet er unntatt offentlighet.", ["minutes.minutes public=true"]),
    ("Avtalen meldes kommunestyret som referatsak.", ["council.referatsak"]),
    ("Avtalen er vedtatt av kommunestyret 12.3.2020.", []),
    ("Avtalen krever kommunestyrets godkjenning.", ["council.adoption"]),
    ("Tiltaksplanen vedtas av kommunestyret og gjelder 2020-2023.", []),
    ("Kommunen revurderer bemanningen hvert år.", []),
    ("Politidistriktets virksomhetsplan for 2021 ligger til grunn for avtalen.", []),
    ("Avtalen erstatter avtalen av 2. mai 2014, som gjaldt til 31.12.2018.", []),
    (
        "Denne avtalen trer i kraft 1. januar 2022 og erstatter tidligere avtale fra 2015.",
        ["validity.open from=2022-01-01"],
    ),
    ("Kommuneplanens samfunnsdel 2018–2030 og avtalen skal ses i sammenheng.", []),
    ("Straffesaker skal behandles innen 120 dager.", []),
    ("Responstiden er 11 minutter i tettsteder, og måles to ganger i året.", []),
    (
        "Avtalen ble underskrevet i Vika 5. mai 2021 og gjelder i fire år.",
        ["signed.date date=2021-05-05", "validity.duration months=48"],
    ),
    ("Brukerundersøkelse gjennomføres hvert annet år.", []),
    ("Øvelse i kommunens kriseledelse gjennomføres minst én gang i året.", ["task.yearly per_year_min=1"]),
]

ALL = {
    "more-validity": VALIDITY,
    "more-review": REVIEW,
    "more-ending": ENDING,
    "more-meetings": MEETINGS,
    "more-handling": HANDLING,
    "more-signing": SIGNING,
    "mixed": MIXED,
}
