"""Clauses of fourteen kinds in wordings written down before the tables were looked at; a third give nothing.

The form is that of ``examples``.
They vary the noun (avtalen, ordningen, kontrakten), the verb's voice, the order of the words and the label.
"""

from __future__ import annotations

TERMINATION: list[tuple[str, list[str]]] = [
    ("Oppsigelse | 3 mnd. | skriftlig", ["termination.notice months=3 written=true"]),
    (
        "Partene kan med to måneders skriftlig varsel bringe avtalen til opphør.",
        ["termination.notice months=2 written=true"],
    ),
    (
        "Avtalen opphører seks måneder etter at en av partene skriftlig har sagt den opp.",
        ["termination.notice months=6 written=true"],
    ),
    (
        "Avtalen fell bort tre månader etter at ein av partane har sagt han opp skriftleg.",
        ["termination.notice months=3 written=true"],
    ),
    ("Fristen for å si opp avtalen er satt til atten måneder.", ["termination.notice months=18"]),
    ("Fristen for å seia opp avtalen er halvtanna år.", ["termination.notice months=18"]),
    ("Ved oppsigelse av avtalen gjelder en frist på 3 mndr.", ["termination.notice months=3"]),
    ("Samarbeidet kan avvikles av hver av partene med ett års frist.", ["termination.notice months=12"]),
    (
        "§ 8 Oppsigelse\n\nHver av partene kan skriftlig si opp avtalen. Oppsigelsesfristen er tre måneder.",
        ["termination.notice months=3 written=true"],
    ),
    (
        "Vil nokon av partane ut av avtalen, skal dei varsle om det minst eitt år på førehand.",
        ["termination.notice months=12"],
    ),
    (
        "Hvis en av partene ønsker å avslutte samarbeidet, må det gis 3 måneders varsel.",
        ["termination.notice months=3"],
    ),
    ("Avtalen kan ikke sies opp med kortere varsel enn seks måneder.", ["termination.notice months=6"]),
    (
        "Oppsigelse må skje skriftlig. Fristen er tre måneder regnet fra mottak.",
        ["termination.notice months=3 written=true"],
    ),
    ("Oppsigelsesvarsel: 12 måneder", ["termination.notice months=12"]),
    ("Avtalen med vekterselskapet kan sies opp med en måneds varsel.", []),
    ("Driftsavtalen med fysioterapeuten har seks månaders oppseiingstid.", []),
    ("Medlemmer som vil tre ut av nettverket, gir tre måneders varsel til sekretariatet.", []),
    ("Avtalen kan ikke sies opp i perioden.", []),
    ("Etter arbeidsmiljøloven § 15-3 er oppsigelsesfristen en måned.", []),
    ("Partene har drøftet om oppsigelsestiden burde være lengre enn i dag, men har ikke konkludert.", []),
    ("Ved vesentlig mislighold kan avtalen heves med øyeblikkelig virkning.", []),
]
RENEWAL: list[tuple[str, list[str]]] = [
    ("Er avtalen ikke sagt opp innen utløpet, forlenges den med to år.", ["renewal.automatic months=24"]),
    (
        "Dersom ingen av partane seier opp avtalen, held han fram i fire nye år.",
        ["renewal.automatic months=48"],
    ),
    ("Fornyelse: automatisk, 12 mnd. om gangen", ["renewal.automatic months=12"]),
    ("Forlengelse | automatisk | 1 år av gangen", ["renewal.automatic months=12"]),
    (
        "Rammeavtalen blir automatisk prolongert med tre år hvis ikke annet avtales.",
        ["renewal.automatic months=36"],
    ),
    ("Utan oppseiing vert avtalen forlengd med to år.", ["renewal.automatic months=24"]),
    ("Automatisk forlengelse: nei", ["renewal.not_automatic"]),
    ("Hvis ingen sier opp, videreføres avtalen for ny fireårsperiode.", ["renewal.automatic months=48"]),
    (
        "Avtalen går automatisk vidare for eitt år om ingen av partane har sagt han opp.",
        ["renewal.automatic months=12"],
    ),
    ("Avtalen er selvfornyende med ett år av gangen.", ["renewal.automatic months=12"]),
    ("Avtalen bortfaller uten oppsigelse ved utløpet av avtaleperioden.", ["renewal.not_automatic"]),
    ("Medlemskapet i Norsk Folkehjelp fornyes automatisk for ett år om gangen.", []),
    ("Tariffavtalen fornyes for to år dersom den ikke sies opp.", []),
    ("Automatisk fornyelse av våpenkort skjer ikke.", []),
    ("Tillatelsen forlenges automatisk med ett år om gangen.", []),
    ("Leieavtalen for kontoret på rådhuset forlenges automatisk med ett år.", []),
    ("Førerkortet må fornyast kvart femte år.", []),
]
OPTION: list[tuple[str, list[str]]] = [
    ("Det kan avtales forlengelse med inntil 24 måneder.", ["renewal.option months=[24] up_to=true"]),
    (
        "Samarbeidet kan etter avtale mellom partene videreføres i ytterligere to år.",
        ["renewal.option months=[24]"],
    ),
    ("Ved enighet mellom partene kan avtaleperioden utvides med et halvt år.", ["renewal.option months=[6]"]),
    ("Rammeavtalen har mulighet for ett års forlengelse tre ganger.", ["renewal.option months=[12,12,12]"]),
    ("Avtalen kan på like vilkår forlenges opptil to år.", ["renewal.option months=[24] up_to=true"]),
    ("Det kan søkes forlengelse av avtalen med inntil ett år.", ["renewal.option months=[12] up_to=true"]),
    ("Avtalens varighet kan utvides med opptil tolv måneder.", ["renewal.option months=[12] up_to=true"]),
    ("Dersom partene er enige, forlenges avtalen med ytterligere to år.", ["renewal.option months=[24]"]),
    ("Partene kan bli enige om å videreføre avtalen i to år.", ["renewal.option months=[24]"]),
    ("Opsjonen på ett år ble ikke utløst.", []),
    ("Svarfristen kan ved behov forlenges med inntil tre måneder.", []),
    ("Tilskuddet kan forlenges med ett år etter søknad til direktoratet.", []),
    ("Vikariatet kan forlengast med seks månader.", []),
    ("Bruktbilløyvet kan fornyes for fem år.", []),
    ("Oppdraget til konsulenten kan forlenges med tre måneder.", []),
]
MEETINGS: list[tuple[str, list[str]]] = [
    ("Møter: 4 pr. år", ["meetings.council per_year=4"]),
    ("I løpet av året skal det avvikles minst fire rådsmøter.", ["meetings.council per_year_min=4"]),
    ("Det tas sikte på fire møter i året i politirådet.", ["meetings.council per_year=4 strength=should"]),
    ("Politirådet skal ha jamlege møte, minst to i året.", ["meetings.council per_year_min=2"]),
    ("Møter i rådet: 2–4 per år.", ["meetings.council per_year_min=2 per_year_max=4"]),
    ("Møtefrekvens | 2 ganger i halvåret", ["meetings.council per_year=4"]),
    ("Årlig avholdes to til fire møter i rådet.", ["meetings.council per_year_min=2 per_year_max=4"]),
    ("Kommunen og politiet skal ha minst to samarbeidsmøte i året.", ["meetings.council per_year_min=2"]),
    (
        "Ordinære møter avholdes i mars, juni, september og desember hvert år.",
        ["meetings.council per_year=4"],
    ),
    ("Det har vært holdt to møter i året siden 2010.", []),
    ("I fjor hadde politirådet fire møter.", []),
    ("Rådet kunne ha møttes oftere enn fire ganger i året.", []),
    ("Antall møter ble redusert fra seks til fire i 2019.", []),
    ("Det var fire møte i politirådet i 2018.", []),
]
AGENDA: list[tuple[str, list[str]]] = [
    ("Partene spiller inn saker senest 14 dager før møtet.", ["agenda.submission days=14"]),
    ("Senest to uker før møtet skal medlemmene ha meldt inn sine saker.", ["agenda.submission days=14"]),
    ("Dokumenta til møtet skal vera tilgjengelege ei veke før.", ["agenda.lead days=7"]),
    ("Ordfører innkaller til møtene med to ukers frist.", ["agenda.lead days=14"]),
    ("Alle kan foreslå saker inntil en uke før møtet.", ["agenda.submission days=7"]),
    ("Innkalling med saksliste sendes ut senest to uker før møtet.", ["agenda.lead days=14"]),
    ("Frist for å melde inn saker er 14 dager før møtet.", ["agenda.submission days=14"]),
    ("Innkallingen til siste møte ble sendt to uker før.", []),
    ("Sakslisten til kommunestyret sendes ut en uke før møtet.", []),
    ("Søknad om skjenkeløyve må sendast seinast tre veker før arrangementet.", []),
    ("Referatet vert sendt ut seinast to veker etter møtet.", []),
]
MINUTES: list[tuple[str, list[str]]] = [
    ("Møtebøkene journalføres og arkiveres i kommunens arkiv.", ["minutes.minutes archived=true"]),
    ("Som hovedregel er møtene lukket.", ["minutes.minutes public=false"]),
    ("Allmennheten har ikke adgang til møtene.", ["minutes.minutes public=false"]),
    ("Ålmenta har ikkje tilgjenge til møta i rådet.", ["minutes.minutes public=false"]),
    ("Politirådet holder sine møter for lukkede dører.", ["minutes.minutes public=false"]),
    ("Politirådet held møta sine for stengde dører.", ["minutes.minutes public=false"]),
    ("Det føres referat fra møtene, og referatene er offentlige.", ["minutes.minutes public=true"]),
    ("Det skrives referat fra møtene.", []),
    ("Offentleglova gjelder for kommunens dokumenter.", []),
    ("Møtene i formannskapet går for lukkede dører ved behandling av personalsaker.", []),
    ("Referat fra forrige møte godkjennes.", []),
]
COUNCIL: list[tuple[str, list[str]]] = [
    ("Når avtalen er undertegnet, refereres den i kommunestyret.", ["council.referatsak"]),
    ("Underskrevet avtale tas inn som referatsak i første kommunestyremøte.", ["council.referatsak"]),
    ("Ordføreren refererer avtalen i førstkommende kommunestyre.", ["council.referatsak"]),
    ("Behandling i kommunestyret: referatsak", ["council.referatsak"]),
    ("Heradsstyret får avtalen til referat.", ["council.referatsak"]),
    ("Det tas forbehold om godkjenning i kommunestyret.", ["council.adoption"]),
    ("Politisk behandling: vedtas av kommunestyret", ["council.adoption"]),
    ("Godkjenning av avtalen gjøres av kommunestyret.", ["council.adoption"]),
    ("Det gis en orientering om avtalen i kommunestyret.", ["council.orientation"]),
    ("Avtalen trer ikke i kraft før den er godkjent av kommunestyret.", ["council.adoption"]),
    ("Kommunestyret vedtok avtalen 14. mars 2018.", []),
    ("Kommunestyret vedtar budsjettet hvert år.", []),
    ("Avtalen skal ikke behandles av kommunestyret.", []),
    ("Lokal politivedtekt vedtas av kommunestyret.", []),
]
ATTENDANCE: list[tuple[str, list[str]]] = [
    ("Politiet orienterer kommunestyret årleg om kriminalitetsbiletet.", ["attendance.yearly per_year=1"]),
    ("Ungdomsrådet blir invitert til politirådet ein gong i året.", ["attendance.yearly per_year=1"]),
    (
        "Politikontakt stiller i levekårsutvalget minst to ganger per år.",
        ["attendance.yearly per_year_min=2"],
    ),
    ("Politistasjonssjefen gir kommunestyret en årlig orientering.", ["attendance.yearly per_year=1"]),
    ("Stasjonssjefen møter i kommunestyret en gang i året.", ["attendance.yearly per_year=1"]),
    ("Politiet kan delta i kommunestyret ved behov.", []),
    ("Lensmannen har møterett i beredskapsrådet.", []),
]
TASK: list[tuple[str, list[str]]] = [
    ("Det skal årleg gjennomførast ei felles øving.", ["task.yearly per_year_min=1"]),
    ("Partene arrangerer en felles fagdag minst en gang i året.", ["task.yearly per_year_min=1"]),
    ("Partane gjennomfører minst to felles kontrollar i året.", ["task.yearly per_year_min=2"]),
    ("Skolen arrangerer leirskole hvert år.", []),
    ("Det ble gjennomført to øvelser i 2018.", []),
]
ROTATION: list[tuple[str, list[str]]] = [
    ("Leiarvervet går på omgang mellom kommunane, med to års periodar.", ["rotation.every months=24"]),
    ("Vervet som leder rullerer med to års intervall.", ["rotation.every months=24"]),
    ("Kvart år byter leiarvervet mellom partane.", ["rotation.every months=12"]),
    ("Ordfører og stasjonssjef leder rådet annethvert år.", ["rotation.every months=24"]),
    ("Partene har vertskapet annenhver gang.", ["rotation.every"]),
    ("Tjenestemenn roterer mellom avdelingene hvert halvår.", []),
    ("Vaktordninga går på omgang mellom lensmannskontora.", []),
]
DEPUTIES: list[tuple[str, list[str]]] = [
    ("Ved forfall skal vara kallast inn.", ["deputies.allowed"]),
    ("Varaordfører møter for ordfører ved forfall.", ["deputies.allowed"]),
    ("Dersom ordfører er forhindret, møter varaordfører.", ["deputies.allowed"]),
    ("Medlemmene kan møte med stedfortreder.", ["deputies.allowed"]),
    ("Kommunestyret vel varamedlemer til formannskapet.", []),
    ("Medlemmene kan ikke møte med stedfortreder.", []),
]
SIGNATORIES: list[tuple[str, list[str]]] = [
    (
        "For politiet underskriver stasjonssjefen, mens ordføreren underskriver for kommunen.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalens signatarer er ordfører og leder for tjenesteenheten.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    ("Undertegnes av: ordfører og stasjonssjef", ['signatories.roles roles=["mayor","station_chief"]']),
    (
        "Underskrift av avtalen skjer ved ordfører og politistasjonssjef.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Denne avtalen er undertegnet av ordfører og stasjonssjef i to eksemplarer.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    ("Ordføreren undertegner kommunens skjøter.", []),
    ("Tenestebevis skal vere underskrivne av politimeisteren.", []),
]
SIGNED: list[tuple[str, list[str]]] = [
    ("Avtalen er inngått 12. juni 2017.", ["signed.date date=2017-06-12"]),
    ("Dato for undertegning: 30.6.2020", ["signed.date date=2020-06-30"]),
    ("Avtalen er datert 5. april 2016.", ["signed.date date=2016-04-05"]),
    ("Datert: 5.4.16", ["signed.date date=2016-04-05"]),
    ("Elektronisk signert 2023-05-11.", ["signed.date date=2023-05-11"]),
    ("Dokumentet er elektronisk signert 11.05.2023 kl. 14.32.", ["signed.date date=2023-05-11"]),
    ("I dag, 9. mars 2020, er følgende avtale inngått mellom partene.", ["signed.date date=2020-03-09"]),
    (
        "I dag, den 9. mars 2020, er det inngått følgjande avtale mellom partane.",
        ["signed.date date=2020-03-09"],
    ),
    ("Avtalen skulle vært undertegnet 1. juni 2020, men ble utsatt.", []),
    ("Avtalen med departementet ble undertegnet 4. mai 2016.", []),
    ("Brevet er datert 14. mars 2018.", []),
]
SUPPLEMENT: list[tuple[str, list[str]]] = [
    ("Tilleggsprotokoll til samarbeidsavtale av 30. august 2010.", ["supplement.to date=2010-08-30"]),
    ("Addendum til avtale av 7. mai 2019.", ["supplement.to date=2019-05-07"]),
    ("Tillegg nr. 1 til samarbeidsavtale av 12. mai 2016.", ["supplement.to date=2016-05-12"]),
    ("Denne avtalen er et tillegg til samarbeidsavtalen av 12. mai 2016.", ["supplement.to date=2016-05-12"]),
    ("Denne avtalen erstatter avtalen av 12. mai 2016.", []),
    ("Avtalen supplerer ikke tidligere avtaler.", []),
]

ALL = {
    "breadth-termination": TERMINATION,
    "breadth-renewal": RENEWAL,
    "breadth-option": OPTION,
    "breadth-meetings": MEETINGS,
    "breadth-agenda": AGENDA,
    "breadth-minutes": MINUTES,
    "breadth-council": COUNCIL,
    "breadth-attendance": ATTENDANCE,
    "breadth-task": TASK,
    "breadth-rotation": ROTATION,
    "breadth-deputies": DEPUTIES,
    "breadth-signatories": SIGNATORIES,
    "breadth-signed": SIGNED,
    "breadth-supplement": SUPPLEMENT,
}
