"""Clauses on meetings, papers, duties and signing, in wordings that were new to the reader.

The form is that of ``examples``.
Each row stands for a family that texts written by others brought up; none is copied from them.
"""

from __future__ import annotations

MEETINGS = [
    (
        "Faste møter i politirådet: to i vårhalvåret og to i høsthalvåret.",
        ["meetings.council per_year=4 spring=2 autumn=2"],
    ),
    (
        "Politirådet møtes én gang på våren og to ganger på høsten.",
        ["meetings.council per_year=3 spring=1 autumn=2"],
    ),
    (
        "Det vert halde eitt møte om våren og eitt om hausten.",
        ["meetings.council per_year=2 spring=1 autumn=1"],
    ),
    (
        "Antall møter i politirådet settes til minst tre og høyst seks per år.",
        ["meetings.council per_year_min=3 per_year_max=6"],
    ),
    ("Talet på møte i politirådet er fire i året.", ["meetings.council per_year=4"]),
    (
        "Ledelsen går på omgang annethvert år, og politirådet møtes fire ganger i året.",
        ["rotation.every months=24", "meetings.council per_year=4"],
    ),
    (
        "Politirådet møtest fire gonger i året, og leiinga går på omgang mellom partane.",
        ["meetings.council per_year=4", "rotation.every"],
    ),
    (
        "Arbeidsgruppa møtest kvar månad, medan politirådet møtest tre gonger i året.",
        ["attendance.yearly per_year=12", "meetings.council per_year=3"],
    ),
    ("Politirådet held to møte i kvart halvår.", ["meetings.council per_year=4"]),
    ("Politirådet møtes ikke sjeldnere enn tre ganger i året.", ["meetings.council per_year_min=3"]),
    ("Politirådet skal samlast to gonger i året som eit minimum.", ["meetings.council per_year_min=2"]),
    ("Det skal holdes et minimum av to møter i politirådet i året.", ["meetings.council per_year_min=2"]),
    ("Politirådet møtes én gang i tertialet.", ["meetings.council per_year=3"]),
    ("Politirådet skal møtast kvar tredje månad.", ["meetings.council per_year=4"]),
    ("Politirådet møtes i februar, mai, september og november hvert år.", ["meetings.council per_year=4"]),
    ("Partane møtest kvart år i januar og august.", ["meetings.council per_year=2"]),
    (
        "Samarbeidskommunene holder fire samarbeidsmøter i året.",
        ["meetings.council per_year=4"],
    ),
    (
        "Kommunestyregruppene og politiet har ett felles møte i året.",
        ["meetings.council per_year=1"],
    ),
    ("Kommunane møtest kvart halvår.", ["meetings.council per_year=2"]),
    ("Vertskommunen kaller deltakerkommunene inn til møte to ganger årlig.", ["meetings.council per_year=2"]),
    (
        "Politirådet skal komme sammen til møter minst to ganger i løpet av året.",
        ["meetings.council per_year_min=2"],
    ),
    ("Politirådet møtes ..... ganger i året.", "?"),
    ("Politirådet skal ha xx møter per år.", "?"),
    ("Rådet møtest ___ gonger i året.", "?"),
    # decoys
    ("Politirådet hadde fire møter i året fram til 2018.", []),
    ("Politirådet møttes to ganger i fjor.", []),
    ("Møtene i politirådet kan holdes digitalt ett år om gangen.", []),
    ("Politirådet får hvert år en oversikt over møtene i kommunens utvalg.", []),
    ("Antall møter i politirådet vurderes årlig.", []),
]

GUESTS = [
    ("Handelsstandsforeningen inviteres til ett av møtene hvert år.", ["attendance.yearly per_year=1"]),
    (
        "Politikontakten møter på rektorsamlingen minst én gang hvert skoleår.",
        ["attendance.yearly per_year_min=1"],
    ),
    (
        "# Oppgåvene til politiet\n\n1. Ha ein politikontakt.\n2. Møte i kommunestyret to gonger i året.\n\n"
        "# Mål\n\nVi vil.",
        ["attendance.yearly per_year=2"],
    ),
    (
        "Politistasjonssjefen gir kommunestyret en orientering én gang i året.",
        ["attendance.yearly per_year=1"],
    ),
    (
        "Ein gong i året orienterer lensmannen kommunestyret om kriminalbiletet.",
        ["attendance.yearly per_year=1"],
    ),
    ("Elevrådene får delta på ett møte i politirådet hvert år.", ["attendance.yearly per_year=1"]),
    ("Ungdomsrådet har møterett på to av møtene i året.", ["attendance.yearly per_year=2"]),
    # decoys
    ("Næringsforeningen inviteres til møtene ved behov.", []),
    ("Kommunestyret får hvert år en årsmelding fra politirådet.", []),
]

AGENDA = [
    (
        "Medlemmene melder saker senest tre uker i forkant av møtene, og sakslisten sendes ut 10 dager før.",
        ["agenda.submission days=21", "agenda.lead days=10"],
    ),
    (
        "Til hvert møte skal sakslisten, med vedlegg, foreligge hos medlemmene én uke i forveien.",
        ["agenda.lead days=7"],
    ),
    ("Innkalling til møtene sendes ut to uker i forveien.", ["agenda.lead days=14"]),
    ("Rådet får tilsendt saksliste seinast ei veke i førevegen.", ["agenda.lead days=7"]),
    (
        "Ordføraren set opp saklista, og ho skal sendast ut seinast ei veke i førevegen.",
        ["agenda.lead days=7"],
    ),
    ("Sekretæren sender ut agenda minst ti dager før hvert møte.", ["agenda.lead days=10"]),
    ("Fristen for utsending av saksliste er sju dager før møtet.", ["agenda.lead days=7"]),
    ("Politirådet kalles inn med 14 dagers varsel.", ["agenda.lead days=14"]),
    ("Innkalling skjer skriftlig med minst to ukers varsel.", ["agenda.lead days=14"]),
    ("Saker meldes vertskommunen senest tre uker i forveien av møtet.", ["agenda.submission days=21"]),
    (
        "Den som vil ha en sak på dagsordenen, sier fra til sekretæren senest to uker før møtet.",
        ["agenda.submission days=14"],
    ),
    ("Saker må vere sekretæren i hende seinast 12 dagar før møtet.", ["agenda.submission days=12"]),
    ("Fristen for å melde inn saker er satt til 15 dager før møtet.", ["agenda.submission days=15"]),
    (
        "Partane melder inn saker. Saksdokumenta vert sende ut seinast åtte dagar før møtedagen.",
        ["agenda.lead days=8"],
    ),
    # decoys
    ("Sakspapirene til formannskapet sendes ut en uke før møtet.", []),
    ("Innkalling til SLT-forumet med saksliste går ut fem dager før møtet.", []),
    ("Kommunestyrets saksliste kunngjøres senest sju dager før møtet.", []),
    ("Representantskapet kalles inn med fire ukers varsel.", []),
    ("Saker til kommunestyret må meldes senest tre uker før møtet.", []),
    ("Referatet sendes ut innen to uker, før neste møte.", []),
]

MINUTES = [
    ("Møtereferatene er åpne for alle.", ["minutes.minutes public=true"]),
    ("Referat gjøres tilgjengelig for innbyggerne på kommunens hjemmeside.", ["minutes.minutes public=true"]),
    ("Referatet vert lagt ut på heimesida til kommunen.", ["minutes.minutes public=true"]),
    ("Møtene i politirådet er ikke åpne for allmennheten.", ["minutes.minutes public=false"]),
    ("Referatene unntas ikke offentlighet.", ["minutes.minutes public=true"]),
    ("Referatene unntas fra offentlighet.", ["minutes.minutes public=false"]),
    ("Politirådet møtes for lukkede dører.", ["minutes.minutes public=false"]),
    ("Møta i politirådet går for stengde dører.", ["minutes.minutes public=false"]),
    ("Referata skal skjermast for innsyn.", ["minutes.minutes public=false"]),
    (
        "Referatene er offentlige så langt taushetsplikten ikke er til hinder, og journalføres.",
        ["minutes.minutes public=true archived=true"],
    ),
    ("Det skal førast protokoll, som blir lagra i arkivet til kommunen.", ["minutes.minutes archived=true"]),
    ("Referat lagres i kommunens saksbehandlingssystem.", ["minutes.minutes archived=true"]),
    # decoys
    ("Møtene i kommunestyret er åpne for alle.", []),
    ("Referater fra formannskapets møter er offentlige.", []),
    ("Referat frå SLT-forumet vert arkivert i saksystemet.", []),
    ("Referatet godkjennes på neste møte og sendes partene.", []),
    ("Den offentlige debatten om møtene i politirådet følges opp.", []),
]

COUNCIL = [
    (
        "Så snart avtalen er undertegnet, settes den opp blant referatsakene i bystyrets første møte.",
        ["council.referatsak"],
    ),
    ("Kommunestyret får avtala førelagd som referatsak.", ["council.referatsak"]),
    ("Avtala vert referert i kommunestyret.", ["council.referatsak"]),
    ("Avtalen binder ikke kommunen før kommunestyret har godkjent den.", ["council.adoption"]),
    ("Avtala gjeld først når kommunestyret har vedteke ho.", ["council.adoption"]),
    ("Inngåing av avtala krev vedtak i kommunestyret.", ["council.adoption"]),
    ("Avtalen sendes kommunestyret for godkjenning.", ["council.adoption"]),
    ("Avtala skal opp til vedtak i heradsstyret.", ["council.adoption"]),
    ("Kommunestyret skal gjere vedtak om avtala.", ["council.adoption"]),
    ("Avtalen trenger godkjenning fra kommunestyret.", ["council.adoption"]),
    ("Ordføraren orienterer kommunestyret om avtala.", ["council.orientation"]),
    ("Kommunestyret får orientering om avtalen.", ["council.orientation"]),
    ("Rådmannen informerer bystyret om at avtalen er inngått.", ["council.orientation"]),
    # decoys
    ("Avtalen ble godkjent av kommunestyret før den ble sendt politiet.", []),
    ("Kommunestyret har godkjent avtalen.", []),
    ("Kommunestyret orienteres om arbeidet i politirådet.", []),
    ("Formannskapet orienterer om avtalen.", []),
    ("Ordføreren orienterte kommunestyret om avtalen i mai.", []),
]

DUTIES = [
    ("Det er høve til å nemne opp vararepresentantar for medlemene i rådet.", ["deputies.allowed"]),
    ("Vara møter ved forfall.", ["deputies.allowed"]),
    ("Medlemmene kan møte med vara.", ["deputies.allowed"]),
    ("Kvar medlem har ein fast vara.", ["deputies.allowed"]),
    ("Ved forfall stiller medlemmet med stedfortreder.", ["deputies.allowed"]),
    ("Medlemmene kan ved forfall la seg representere av stedfortreder.", ["deputies.allowed"]),
    ("Det kan veljast varamedlemer til rådet.", ["deputies.allowed"]),
    ("Etter to år skiftar leiarvervet mellom kommunen og politiet.", ["rotation.every"]),
    ("Leiarvervet skiftar mellom partane kvart andre år.", ["rotation.every months=24"]),
    ("Sekretariatet går på skift mellom kommunane kvart år.", ["rotation.every months=12"]),
    ("Kommunene og politiet deler møteledelsen etter tur.", ["rotation.every"]),
    ("Partene skal sammen arrangere natteravnkurs minst to ganger i året.", ["task.yearly per_year_min=2"]),
    ("Minst ein gong i året vert det skipa til øving for kriseleiinga.", ["task.yearly per_year_min=1"]),
    ("Det skal øves på alvorlige hendelser i skolene minst én gang i året.", ["task.yearly per_year_min=1"]),
    ("Det vert arrangert foreldrekveld to gonger i året.", ["task.yearly per_year_min=2"]),
    # decoys
    ("Vara for ordføreren er varaordføreren.", []),
    ("Avtala skal vara i fire år frå underskrift.", ["validity.duration months=48 from=signing"]),
    ("Nestleiaren i barnevernet er stadfortredar for leiaren.", []),
    ("Fra politiet møter stasjonssjefen og hans stedfortreder fast.", []),
    ("Vararepresentanter møter ikke.", []),
    ("Avtalen rullerer og revideres hvert år.", ["revision.every months=12"]),
    ("Kommunen rullerer trafikksikkerhetsplanen hvert fjerde år.", []),
    ("Vinteren er på retur, og skiftet av leder skjedde i mai.", []),
]

SIGNING = [
    (
        "For kommunen signerer ordføreren, for politiet politistasjonssjefen.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtala blir underteikna av ordførar og lensmann.",
        ['signatories.roles roles=["mayor","station_chief"] titles={"station_chief":"lensmann"}'],
    ),
    (
        "Avtalen blir signert av ordfører og stasjonssjef.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtala trer i kraft når ho er underskriven av ordførar og lensmann.",
        ["validity.open from=signing", "signatories.roles"],
    ),
    ("Ordførerens og lensmannens underskrift gjør avtalen bindende.", ["signatories.roles"]),
    (
        "Partane sette underskriftene sine på avtala laurdag 4. mai.",
        ["signed.partial date=--05-04 weekday=saturday"],
    ),
    ("Avtalen ble signert av begge parter i Vika 3. juni 2021.", ["signed.date date=2021-06-03"]),
    (
        "Avtalen revideres årlig.\n\nVika, 14.2.2020\n\nFor Vika kommune: ordfører\nFor politiet: lensmann",
        [
            "revision.every months=12",
            "signed.date date=2020-02-14",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtala skal reviderast kvart år.\n\nVika kommune, den 2. febr. 2020\n\n_________\nOrdførar\n\n"
        "_________\nPolitistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-02-02",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\n| For kommunen | For politiet |\n|---|---|\n| ________ | ________ |\n"
        "| Ordfører | Politistasjonssjef |\n| Dato: 1.2.2022 | Dato: 1.2.2022 |",
        [
            "revision.every months=12",
            "signed.date date=2022-02-01",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nVika, 1.2.2022\n\nKari Holm          Per Dal\n"
        "Ordfører i Vika    Leder Vika politistasjon",
        ["revision.every months=12", "signed.date date=2022-02-01", "signatories.roles"],
    ),
    (
        "Avtalen revideres årlig.\n\nVika, 1.2.2022\n\nKommunedirektør          Ordfører",
        ["revision.every months=12", "signed.date date=2022-02-01", 'signatories.roles roles=["mayor"]'],
    ),
    # decoys
    ("Den første avtalen, undertegnet 2. mai 2004, ble fornyet i 2009.", []),
    ("Avtalen erstatter avtale signert 12. desember 2012.", []),
    ("Avtala avløyser avtale underskriven 4.4.2010.", []),
    ("Innkallingen signeres av ordfører og lensmann.", []),
    ("Taushetserklæringen undertegnes av ordfører og stasjonssjef.", []),
]

ALL = {
    "unseen-meetings": MEETINGS, "unseen-guests": GUESTS, "unseen-agenda": AGENDA,
    "unseen-minutes": MINUTES, "unseen-council": COUNCIL, "unseen-duties": DUTIES, "unseen-signing": SIGNING,
}  # fmt: skip
