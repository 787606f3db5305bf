"""Clauses in our own words, each with all the rules it gives: what the reader is held to.

A row is the text and its rules as ``kind.form key=value …``; an empty list says
that the text, however much it speaks of time, gives none. ``?`` before a row's
rule list means a question must be asked. Values are JSON where they are no words.
"""

from __future__ import annotations

VALIDITY = [
    ("Avtalen gjelder i perioden 2021–2024.", ["validity.period from=2021-01-01 to=2024-12-31"]),
    ("Avtala gjeld for perioden 2022 til 2025.", ["validity.period from=2022-01-01 to=2025-12-31"]),
    (
        "Denne avtalen er gyldig fra 1. februar 2022 til og med 31. januar 2026.",
        ["validity.period from=2022-02-01 to=2026-01-31"],
    ),
    ("Avtala gjeld frå 01.03.21 til 28.02.25.", ["validity.period from=2021-03-01 to=2025-02-28"]),
    (
        "Avtalen trer i kraft 1.1.2023 og varer til 31.12.2026.",
        ["validity.period from=2023-01-01 to=2026-12-31"],
    ),
    ("Avtalen løper t.o.m. 30. juni 2027.", ["validity.period from=signing to=2027-06-30"]),
    ("Avtalen gjelder ut 2028.", ["validity.period from=signing to=2028-12-31"]),
    ("Avtalen gjelder til utgangen av 2026.", ["validity.period from=signing to=2026-12-31"]),
    ("Avtalen har en varighet på tre år.", ["validity.duration months=36 from=null"]),
    ("Avtala varer i 4 – fire – år frå underskrift.", ["validity.duration months=48 from=signing"]),
    ("Avtalen gjelder fra 1. mai 2020 og i to år.", ["validity.duration months=24 from=2020-05-01"]),
    (
        "Avtalen inngås for en periode på 18 måneder fra signeringsdato.",
        ["validity.duration months=18 from=signing"],
    ),
    ("Avtalen er toårig.", ["validity.duration months=24 from=null"]),
    ("Avtalen gjelder fra 15. august 2019.", ["validity.open from=2019-08-15"]),
    ("Avtala trer i kraft når ho er underskriven av begge partar.", ["validity.open from=signing"]),
    ("Avtalen trer i kraft ved signering.", ["validity.open from=signing"]),
    ("Avtalen gjelder inntil den sies opp av en av partene.", ["validity.until_terminated"]),
    (
        "Avtala gjeld frå 1. januar 2020 og til ho vert sagt opp.",
        ["validity.until_terminated from=2020-01-01"],
    ),
    ("Avtalen løper inntil videre.", ["validity.until_terminated"]),
    (
        "Avtalen gjelder til den sies opp, men minst i 24 måneder.",
        ["validity.until_terminated min_months=24"],
    ),
    ("Avtalen gjelder like lenge som den overordnede samarbeidsavtalen.", ["validity.as_parent"]),
    ("Denne delavtala følgjer same gyldigheit som hovudavtala.", ["validity.as_parent"]),
    (
        "Avtalen trer i kraft ved signering. Den har en varighet på fire år.",
        ["validity.duration months=48 from=signing"],
    ),
    (
        "Vedlegg 2 gjelder for perioden 2023-2024.",
        ['validity.period from=2023-01-01 to=2024-12-31 scope="Vedlegg 2"'],
    ),
    ("Avtalen gjelder frem til 30. april 2026.", "? validity.period from=signing to=2026-04-30"),
    # decoys
    ("Handlingsplanen gjelder for perioden 2021–2024.", []),
    ("Tidligere avtale gjaldt fra 1.1.2010 til 31.12.2014.", []),
    ("Satsingsområdene for 2020-2023 er beskrevet i kommunens SLT-plan.", []),
    ("Rundskriv 2009/4 av 12. mars 2009 ligger til grunn for samarbeidet.", []),
    ("Ordningen ble innført i første halvår 2017.", []),
    ("Kontoret er åpent tirsdag og torsdag kl 9-15.", []),
    ("Avtalen gjelder fra signering og ut inneværende kommunestyreperiode.", "?"),
    (
        "Denne avtalen trer i kraft 1. januar 2022 og erstatter avtale fra 2015.",
        ["validity.open from=2022-01-01"],
    ),
    ("Kommuneplanens samfunnsdel 2018–2030 og avtalen skal ses i sammenheng.", []),
    (
        "Avtalen gjelder fra 1.1.2019 og erstatter tidligere avtale, som gjaldt til 31.12.2018.",
        ["validity.open from=2019-01-01"],
    ),
    ("Tiltaksplanen vedtas av kommunestyret og gjelder 2020-2023.", []),
    ("Avtalen gjelder fra 31.02.2020.", "?"),
    ("Avtalen gjelder fra 1. januar xxxx.", "?"),
]

REVIEW = [
    ("Avtalen revideres annethvert år.", ["revision.every months=24 anchor=signing"]),
    ("Avtala skal reviderast kvart år.", ["revision.every months=12 anchor=signing"]),
    ("Avtalen skal revideres hvert fjerde år.", ["revision.every months=48 anchor=signing"]),
    ("Samarbeidsavtalen rulleres årlig.", ["revision.every months=12 anchor=signing"]),
    ("Revisjon av avtalen skjer hvert 3. år.", ["revision.every months=36 anchor=signing"]),
    ("Avtalen revideres årlig innen 1. mars.", ["revision.every months=12 month=3 day=1"]),
    ("Avtalen revideres innen utgangen av hvert år.", ["revision.every months=12 anchor=year_end"]),
    ("Avtalen revideres ved behov.", ["revision.on_request"]),
    ("Avtala kan reviderast når ein av partane ber om det.", ["revision.on_request"]),
    ("Avtalen kan når som helst revideres dersom en part krever det.", ["revision.on_request"]),
    ("Avtalen kan bare endres når begge parter er enige.", ["revision.by_agreement"]),
    ("Endringar i avtala krev semje mellom partane.", ["revision.by_agreement"]),
    ("Avtalen skal revideres etter hvert kommunevalg.", ["revision.after_election"]),
    (
        "Etter kvart kommuneval skal avtala leggjast fram for det nye kommunestyret.",
        ["revision.after_election"],
    ),
    ("Avtalen evalueres årlig i november.", ["evaluation.yearly month=11 day=30"]),
    ("Avtala skal evaluerast innan 15. mai kvart år.", ["evaluation.yearly month=5 day=15"]),
    ("Samarbeidet evalueres hver høst.", ["evaluation.yearly season=autumn"]),
    ("Samarbeidet vert evaluert kvar vår.", ["evaluation.yearly season=spring"]),
    ("Ved årets slutt evaluerer politirådet arbeidet sitt.", ["evaluation.yearly month=12 day=31"]),
    (
        "Partene skal ved utgangen av hvert år evaluere samarbeidet skriftlig.",
        ["evaluation.yearly month=12 day=31 written=true"],
    ),
    ("Avtalen skal evalueres årlig.", ["evaluation.yearly"]),
    (
        "Avtalen skal evalueres årlig. Evalueringen gjøres innen 1. februar hvert år.",
        ["evaluation.yearly month=2 day=1"],
    ),
    ("Avtalen skal evalueres innen 31. mars 2024.", ["evaluation.once by=2024-03-31"]),
    ("Avtala skal evaluerast innan utgangen av 2025.", ["evaluation.once by=2025-12-31"]),
    ("Samarbeidet skal evaluerast fortløpande.", ["evaluation.continuous"]),
    ("Tiltakene evalueres jevnlig.", ["evaluation.continuous"]),
    ("Avtalen evalueres før utløpet av avtaleperioden.", ["evaluation.event"]),
    # decoys
    ("Jevnlig revisjon av politivedtektene hører til rådets oppgaver.", []),
    ("Beredskapsplanen revideres årlig.", []),
    ("Revidert mars 2019.", []),
    ("Politidirektoratet har laget en veileder for evaluering av politiråd.", []),
    ("Evalueringen drøftes på det halvårlige møtet.", []),
    ("Handlingsplanen evalueres hvert år.", []),
    ("Læring fra fjoråret tas med videre.", []),
    ("Ved behov kan fagfolk hentes inn.", []),
]

ENDING = [
    ("Avtalen kan sies opp med tre måneders skriftlig varsel.", ["termination.notice months=3 written=true"]),
    (
        "Avtala kan seiast opp av kvar av partane med 6 – seks – månaders varsel.",
        ["termination.notice months=6 by=one"],
    ),
    ("Gjensidig oppsigelsestid er 12 måneder.", ["termination.notice months=12 by=one"]),
    (
        "Partane kan seie opp avtala skriftleg med eitt års varsel.",
        ["termination.notice months=12 written=true by=one"],
    ),
    ("Oppseiingstida er seks månader.", ["termination.notice months=6"]),
    ("Hver part kan si opp avtalen med 6 (seks) måneders frist.", ["termination.notice months=6 by=one"]),
    ("Avtala er oppseieleg med 3 månaders frist.", ["termination.notice months=3"]),
    ("Avtalen kan sies opp med 60 dagers varsel.", "?"),
    ("Avtalen kan sies opp med 3 – fire – måneders varsel.", "?"),
    ("Avtalen fornyes automatisk for ett år av gangen.", ["renewal.automatic months=12"]),
    ("Avtala vert automatisk forlengd med to år om gongen.", ["renewal.automatic months=24"]),
    ("Avtalen fornyes ikke automatisk.", ["renewal.not_automatic"]),
    ("Avtalen kan forlenges med inntil to år.", ["renewal.option months=[24] up_to=true"]),
    ("Avtalen har opsjon på forlengelse i 1 + 1 + 1 år.", ["renewal.option months=[12,12,12]"]),
    ("Kommunen har opsjon på å forlenge avtalen med 2 ganger 6 måneder.", ["renewal.option months=[6,6]"]),
    (
        "Det er opsjon på forlenging i 2 + 1 år. Varsel om forlenging skal gis seinast 4 månader før utløp.",
        ["renewal.option months=[24,12] notice_months=4"],
    ),
    (
        "Avtalen gjelder i tre år fra 1.8.2021, og fornyes automatisk med ett år om gangen dersom den "
        "ikke sies opp senest seks måneder før utløp.",
        [
            "validity.duration months=36 from=2021-08-01",
            "renewal.automatic months=12",
            "termination.notice months=6",
        ],
    ),
    # decoys
    ("Det lages møteplan for ett år om gangen.", []),
    ("Abonnementet kan sies opp med én måneds varsel.", []),
]

MEETINGS = [
    ("Politirådet møtes fire ganger i året.", ["meetings.council per_year=4 strength=must"]),
    ("Politirådet skal ha minst tre møte i året.", ["meetings.council per_year_min=3 strength=must"]),
    ("Politirådet bør møtes to ganger årlig.", ["meetings.council per_year=2 strength=should"]),
    ("Det skal haldast politirådsmøte kvart halvår.", ["meetings.council per_year=2"]),
    ("Det avholdes 6 møter pr. år, minimum 4.", ["meetings.council per_year=6 per_year_min=4"]),
    ("Politiråd vert avvikla to gonger årleg.", ["meetings.council per_year=2"]),
    ("Det avholdes politiråd hvert kvartal.", ["meetings.council per_year=4"]),
    ("Lensmannen orienterer formannskapet to ganger i året.", ["attendance.yearly per_year=2"]),
    ("Kommunestyret orienteres årlig om politirådets arbeid.", []),
    ("Det avholdes møter i politirådet kvartalsvis.", ["meetings.council per_year=4"]),
    ("Rådet møtes tre til fire ganger per år.", ["meetings.council per_year_min=3 per_year_max=4"]),
    ("Partene møtes halvårlig.", ["meetings.council per_year=2"]),
    ("Politirådet har inntil fem møter i året.", ["meetings.council per_year_max=5"]),
    ("Politirådet møtes to ganger i året, eller oftere ved behov.", ["meetings.council per_year_min=2"]),
    (
        "Det holdes 3 møter i året, 1 om våren og 2 om høsten.",
        ["meetings.council per_year=3 spring=1 autumn=2"],
    ),
    ("Politirådet kjem saman minst ein gong i kvartalet.", ["meetings.council per_year_min=4"]),
    ("Politirådet møtes månedlig.", ["meetings.council per_year=12"]),
    ("Partane skal møtast ein gong i året.", ["meetings.council per_year=1"]),
    ("PST deltar på ett møte i året.", ["attendance.yearly per_year=1"]),
    ("SLT-forumet møtes seks ganger i året.", ["attendance.yearly per_year=6"]),
    ("Politiet orienterer kommunestyret minst én gang i året.", ["attendance.yearly per_year_min=1"]),
    ("Stasjonssjefen møter i kommunestyret to ganger årlig.", ["attendance.yearly per_year=2"]),
    ("Leder for barnevernet møter i politirådet 2 ganger per år.", ["attendance.yearly per_year=2"]),
    ("Arbeidsgruppa skal ha møter hver måned.", ["attendance.yearly per_year=12"]),
    ("Natteravnvandring skal gjennomføres minimum 3 ganger i året.", ["task.yearly per_year_min=3"]),
    ("Sekretærvervet veksler hvert år mellom partene.", ["rotation.every months=12"]),
    ("Leiinga går på omgang mellom kommunane.", ["rotation.every"]),
    ("Det kan oppnevnes vararepresentanter for medlemmene.", ["deputies.allowed"]),
    ("Medlemene kan la ein fast stadfortredar møte for seg.", ["deputies.allowed"]),
    # decoys
    ("Politirådet hadde sitt første møte 3. mai 2011.", []),
    ("Det settes opp en møteplan for et halvt år av gangen.", []),
    ("Evalueringa vert drøfta på halvårleg møte.", []),
    ("Politikontakten er til stede på servicetorget to dager i uka.", []),
    ("SLT-koordinatoren møter fast i politirådet.", []),
    ("Varaordføreren leder møtene når ordføreren er borte.", []),
]

HANDLING = [
    ("Saksliste sendes ut senest ti dager før møtet.", ["agenda.lead days=10"]),
    ("Innkalling med sakliste skal sendast ut seinast to veker før møtet.", ["agenda.lead days=14"]),
    ("Agendaen sendes medlemmene minst 5 dager i forkant av møtet.", ["agenda.lead days=5"]),
    ("Dagsorden sendes ut senest 1 – en – uke før rådet møtes.", ["agenda.lead days=7"]),
    ("Saker må meldes inn senest tre uker før møtet.", ["agenda.submission days=21"]),
    ("Saker som skal opp, meldast til sekretæren seinast 10 dagar før møtet.", ["agenda.submission days=10"]),
    ("Saksliste sendes ut senest fem virkedager før møtet.", "?"),
    ("Referatet fra møtene er offentlig.", ["minutes.minutes public=true"]),
    ("Det skrives referat som arkiveres i kommunens arkivsystem.", ["minutes.minutes archived=true"]),
    ("Referata er unnatekne offentlegheit.", ["minutes.minutes public=false"]),
    ("Møta i politirådet er lukka.", ["minutes.minutes public=false"]),
    ("Referatet er offentlig med mindre innholdet er unntatt offentlighet.", ["minutes.minutes public=true"]),
    ("Det skrives referat fra hvert møte.", []),
    ("Avtalen legges frem for kommunestyret som referatsak.", ["council.referatsak"]),
    ("Avtala skal leggjast fram for kommunestyret til orientering.", ["council.orientation"]),
    ("Avtalen skal godkjennes av kommunestyret.", ["council.adoption"]),
    ("Avtala vert vedteken av kommunestyra.", ["council.adoption"]),
    ("Avtalen ble vedtatt av kommunestyret 3. mars 2019.", []),
    ("Avtalen er vedtatt av kommunestyret 12.3.2020.", []),
    ("Avtalen krever kommunestyrets godkjenning.", ["council.adoption"]),
    ("Kommunestyret vedtok i fjor å opprette politiråd.", []),
    ("Politivedtektene vedtas av kommunestyret.", []),
    ("Avtalen behandles av formannskapet.", []),
    ("Referatsaker fra forrige møte.", []),
    ("Avtalen er et tillegg til avtalen om politiråd av 14.09.2011.", ["supplement.to date=2011-09-14"]),
]

SIGNING = [
    ("Avtalen ble underskrevet 12. juni 2019.", ["signed.date date=2019-06-12 precision=day"]),
    ("Avtala vart signert 01.02.2023.", ["signed.date date=2023-02-01 precision=day"]),
    ("Onsdag 25. juni ble avtalen undertegnet.", ["signed.partial date=--06-25 weekday=wednesday"]),
    ("Avtalen ble ikke signert 1. mars 2020.", []),
    ("Politiet returnerte avtalen usignert 4. mai 2021.", []),
    ("Avtalen skal signeres innen 1. juni 2022.", []),
    ("Avtalen undertegnes av ordfører og lensmann.", ['signatories.roles roles=["mayor","station_chief"]']),
    (
        "Avtalen gjelder fra 1.1.2020.\n\nVika, 14/2-2020\n\nOrdfører\n\nPolitistasjonssjef",
        [
            "validity.open from=2020-01-01",
            "signed.date date=2020-02-14",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nVika, den 3. mars 2021\n\nOrdfører\n\nLensmann",
        [
            "revision.every months=12",
            "signed.date date=2021-03-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nSted/dato: ____________\n\nOrdfører\n\nPolitistasjonssjef",
        ["revision.every months=12", "signed.blank", 'signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nVika, 31/2 - 2020\n\nOrdfører",
        '? revision.every months=12 ; signatories.roles roles=["mayor"]',
    ),
]

ALL = {
    "validity": VALIDITY, "review": REVIEW, "ending": ENDING, "meetings": MEETINGS, "handling": HANDLING,
    "signing": SIGNING,
}  # fmt: skip
