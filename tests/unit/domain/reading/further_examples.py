"""A second lot of clauses in new wordings: the reader met them when the first lot already read.

The form is that of ``examples``. Five in six read at first sight; the rest have been mended since.
"""

from __future__ import annotations

MEETINGS = [
    ("Politirådet trer sammen minst to ganger per halvår.", ["meetings.council per_year_min=4"]),
    ("Politirådet skal møtes regelmessig, og minst fire ganger pr år.", ["meetings.council per_year_min=4"]),
    (
        "Møtene i politirådet avholdes fire ganger årlig, i mars, juni, september og desember.",
        ["meetings.council per_year=4"],
    ),
    ("Det legges opp til fire møter i året.", ["meetings.council per_year=4"]),
    ("Det er semje om å ha tre møte årleg.", ["meetings.council per_year=3"]),
    ("Rådet samles som hovedregel hver annen måned.", ["meetings.council per_year=6"]),
    ("Rådet har normalt fem møter i året.", ["meetings.council per_year=5"]),
    (
        "Politirådet konstituerer seg selv og møtes når det er behov, men ikke mindre enn to ganger i året.",
        ["meetings.council per_year_min=2"],
    ),
    ("Ordføreren innkaller politirådet til møte to ganger i året.", ["meetings.council per_year=2"]),
    ("Politirådet kallast saman av ordføraren minst tre gonger i året.", ["meetings.council per_year_min=3"]),
    ("Partene tar sikte på å møtes kvartalsvis.", ["meetings.council per_year=4"]),
    ("Målet er at politirådet møtes fire ganger i året.", ["meetings.council per_year=4 strength=should"]),
    ("Politirådet bør ha møte kvart kvartal.", ["meetings.council per_year=4 strength=should"]),
    ("Politirådet møtes inntil fire ganger per kalenderår.", ["meetings.council per_year_max=4"]),
    ("Møtehyppigheten er tre ganger i året.", ["meetings.council per_year=3"]),
    (
        "Politirådsmøter skal avholdes minimum to ganger årlig, og ellers ved behov.",
        ["meetings.council per_year_min=2"],
    ),
    ("Det blir avholdt to møter hvert halvår.", ["meetings.council per_year=4"]),
    (
        "Kommunen og politidistriktet møtes to ganger i året for å drøfte samarbeidet.",
        ["meetings.council per_year=2"],
    ),
    ("Ordførarane og politimeisteren møtest ein gong i året.", ["meetings.council per_year=1"]),
    (
        "Politirådet skal ha eitt møte om våren og eitt om hausten.",
        ["meetings.council per_year=2 spring=1 autumn=1"],
    ),
    ("Minst én gang hvert halvår møtes politirådet.", ["meetings.council per_year_min=2"]),
    ("Kvart halvår har politirådet eit møte.", ["meetings.council per_year=2"]),
    ("Frekvensen for møtene i politirådet er hver tredje måned.", ["meetings.council per_year=4"]),
    ("Politirådet avholder ordinært møte annenhver måned.", ["meetings.council per_year=6"]),
    ("Politirådet held møte fire til fem gonger i året.", ["meetings.council per_year_min=4 per_year_max=5"]),
    ("Møte i politirådet vert haldne to gonger om året.", ["meetings.council per_year=2"]),
    (
        "Partane har årlege møte, eitt på våren og eitt på hausten.",
        ["meetings.council per_year=2 spring=1 autumn=1"],
    ),
    ("Styringsgruppa møtes månedlig.", ["attendance.yearly per_year=12"]),
    ("Ungdomsrådet møtes seks ganger i året.", ["attendance.yearly per_year=6"]),
    ("Fylkesmannen inviterast til politirådet ein gong i året.", ["attendance.yearly per_year=1"]),
    ("Barnevernsleiar deltek i politirådet to gonger i året.", ["attendance.yearly per_year=2"]),
    (
        "Rektorene ved ungdomsskolene innkalles til ett politirådsmøte i året.",
        ["attendance.yearly per_year=1"],
    ),
    (
        "Politiet informerer bystyret om kriminalitetsutviklingen én gang per år.",
        ["attendance.yearly per_year=1"],
    ),
    ("Én gang i året møter politimesteren i kommunestyret.", ["attendance.yearly per_year=1"]),
    (
        "Lensmannen skal ein gong i året gje kommunestyret ei orientering om stoda.",
        ["attendance.yearly per_year=1"],
    ),
    ("Politiet stiller i formannskapet to ganger årlig for å orientere.", ["attendance.yearly per_year=2"]),
    ("Representanter for næringslivet bes om å delta på ett møte i året.", ["attendance.yearly per_year=1"]),
    ("Politirådet møttes fire ganger i 2021.", []),
    ("Det er avholdt fire møter i politirådet i 2020.", []),
    ("Møteplanen vedtas for ett år av gangen.", []),
    ("Politirådet får saker fra SLT-koordinator, som også deltar i møtene.", []),
    ("SLT-koordinator har kontortid to dager i uken.", []),
    ("Politiet gjennomfører to trafikkontroller hver måned.", []),
]
AGENDA = [
    ("Saksliste med vedlegg distribueres elektronisk senest én uke før møtet.", ["agenda.lead days=7"]),
    ("Møteinnkallelse med agenda skal sendes ut minst 14 dager før møtet.", ["agenda.lead days=14"]),
    ("Innkallinga skal vere ute minst 10 dagar før møtet.", ["agenda.lead days=10"]),
    ("Innkalling til møte skjer med minst ti dagers varsel.", ["agenda.lead days=10"]),
    (
        "Koordinatoren sørger for at dagsorden er deltakerne i hende fem dager før møtet.",
        ["agenda.lead days=5"],
    ),
    ("Senest en uke før møtet sendes saksliste til medlemmene.", ["agenda.lead days=7"]),
    ("Seinast 14 dagar før møtet skal sakene vere melde inn til sekretæren.", ["agenda.submission days=14"]),
    ("Frist for innmelding av saker er 14 dager før møtet.", ["agenda.submission days=14"]),
    (
        "Saker som ønskes behandlet, må være sekretæren i hende senest tre uker før møtet.",
        ["agenda.submission days=21"],
    ),
    (
        "Innspill til dagsorden sendes SLT-koordinator senest ti dager før møtet.",
        ["agenda.submission days=10"],
    ),
    ("Medlemene kan melde saker til politirådet inntil to veker før møtet.", ["agenda.submission days=14"]),
    (
        "Alle medlemmer kan foreslå saker. Forslagene må foreligge senest en uke før møtet.",
        ["agenda.submission days=7"],
    ),
    ("Saksframlegg sendes ut sammen med innkallingen, senest 8 dager før møtet.", ["agenda.lead days=8"]),
    ("Saklista vert send ut ei veke før kvart møte.", ["agenda.lead days=7"]),
    ("Politirådets medlemmer mottar saksliste en uke før møtet.", ["agenda.lead days=7"]),
    (
        "Dagsorden og sakspapirer legges ut på samhandlingsportalen fem dager før møtet.",
        ["agenda.lead days=5"],
    ),
    ("Møtene innkalles skriftlig av sekretæren med 3 ukers frist.", ["agenda.lead days=21"]),
    (
        "Sakslisten utarbeides av SLT-koordinator i samråd med politikontakten og sendes ut to "
        "uker før møtet.",
        ["agenda.lead days=14"],
    ),
    ("Saker meldes til ordføreren senest 1 måned før møtet.", "?"),
    ("Referat sendes ut senest 14 dager etter møtet.", []),
    ("Dagsorden fastsettes i møtet.", []),
    ("Klage må sendes kommunen senest tre uker etter vedtaket.", []),
    ("Kommunestyret får sakspapirene en uke før sitt møte.", []),
    ("Formannskapet behandler saksliste for kommunestyret sju dager før møtet.", []),
]
MINUTES = [
    ("Referatene er offentlig tilgjengelige på kommunens nettside.", ["minutes.minutes public=true"]),
    ("Referat frå møta er offentlege dokument.", ["minutes.minutes public=true"]),
    ("Referatene er som hovedregel offentlige.", ["minutes.minutes public=true"]),
    ("Møtereferatet legges ut på kommunens hjemmesider.", ["minutes.minutes public=true"]),
    ("Møteboka er offentleg.", ["minutes.minutes public=true"]),
    ("Referat fra politirådet er ikke offentlig, jf. offentleglova § 14.", ["minutes.minutes public=false"]),
    ("Referata er unntatt frå offentleg innsyn.", ["minutes.minutes public=false"]),
    ("Møtene er lukket.", ["minutes.minutes public=false"]),
    ("Politirådets møter er lukkede.", ["minutes.minutes public=false"]),
    ("Møta er ikkje offentlege.", ["minutes.minutes public=false"]),
    ("Møtene holdes for lukkede dører, og referatene unntas offentlighet.", ["minutes.minutes public=false"]),
    (
        "Det skal føres referat fra møtene. Referatene arkiveres i kommunens sak- og arkivsystem.",
        ["minutes.minutes archived=true"],
    ),
    ("Sekretæren fører protokoll, som arkiveres hos kommunen.", ["minutes.minutes archived=true"]),
    ("Referat vert journalført i kommunen sitt arkiv.", ["minutes.minutes archived=true"]),
    ("Referatene oppbevares i kommunens arkiv.", ["minutes.minutes archived=true"]),
    ("Møtene i politirådet er åpne for publikum.", ["minutes.minutes public=true"]),
    ("Møta i politirådet er opne.", ["minutes.minutes public=true"]),
    ("Møtene er åpne med mindre rådet bestemmer noe annet.", ["minutes.minutes public=true"]),
    ("Referatet er offentleg, og vert arkivert av kommunen.", ["minutes.minutes public=true archived=true"]),
    ("Referat sendes medlemmene og arkiveres.", ["minutes.minutes archived=true"]),
    ("Det skal skrives referat fra møtene som sendes kommunestyret.", []),
    ("Partene skal verne om opplysninger som er unntatt offentlighet.", []),
    ("Offentlige møter om trygghet holdes hvert år.", []),
    ("Avtalen er offentlig og legges ut på kommunens nettside.", []),
    ("Arkivet skal ha kopi av avtalen.", []),
]
COUNCIL = [
    ("Avtalen legges fram som referatsak i kommunestyret.", ["council.referatsak"]),
    ("Denne avtala skal refererast i kommunestyret.", ["council.referatsak"]),
    ("Avtalen fremmes som sak for kommunestyret til endelig godkjenning.", ["council.adoption"]),
    ("Avtalen er gjensidig bindende når den er vedtatt i kommunestyret.", ["council.adoption"]),
    ("Avtalen trer i kraft når kommunestyret har godkjent den.", ["council.adoption"]),
    ("Det tas forbehold om kommunestyrets godkjenning av avtalen.", ["council.adoption"]),
    ("Avtalen inngås med forbehold om kommunestyrets godkjenning.", ["council.adoption"]),
    ("Avtala må handsamast og vedtakast i kommunestyret.", ["council.adoption"]),
    ("Avtalen skal behandles politisk i kommunestyret.", []),
    ("Kommunestyret skal gjøres kjent med avtalen.", ["council.orientation"]),
    ("Avtalen meldes til kommunestyret.", []),
    ("Avtala vert lagd fram for kommunestyret til vitande.", ["council.orientation"]),
    ("Avtalen forelegges kommunestyret til etterretning.", ["council.orientation"]),
    ("Ordføraren legg avtala fram for kommunestyret som orienteringssak.", ["council.orientation"]),
    ("Avtalen oversendes kommunestyret til orientering.", ["council.orientation"]),
    ("Kommunestyret godkjenner avtalen.", ["council.adoption"]),
    ("Avtalen skal til politisk behandling i kommunestyret for vedtak.", ["council.adoption"]),
    ("Avtala vert teken opp i kommunestyret som referatsak.", ["council.referatsak"]),
    ("Kommunestyret ble orientert om avtalen 4. mai 2021.", []),
    ("Avtalen ble lagt fram for kommunestyret som referatsak i sak 12/20.", []),
    ("Kommunestyret vedtok avtalen 14. juni 2018.", []),
    ("Årsrapporten legges fram for kommunestyret som referatsak.", []),
    ("Kommunestyret fastsetter budsjettet som avtalen bygger på.", []),
    ("Referatene legges fram for kommunestyret som referatsaker.", []),
]
DUTIES = [
    ("Det oppnevnes personlige vararepresentanter for medlemmene.", ["deputies.allowed"]),
    ("Medlemmer som ikke kan møte, kan sende stedfortreder.", ["deputies.allowed"]),
    ("Ved forfall møter varamedlem.", ["deputies.allowed"]),
    ("Kvar av partane peikar ut ein stadfortredar.", ["deputies.allowed"]),
    ("Medlemene har rett til å sende stadfortredar.", ["deputies.allowed"]),
    ("Hvert medlem skal ha en personlig vara.", ["deputies.allowed"]),
    ("Ved fravær kan medlemmene stille med vara.", ["deputies.allowed"]),
    ("Faste medlemmer oppnevner selv sin stedfortreder.", ["deputies.allowed"]),
    ("Ledelsen roterer mellom kommunene hvert andre år.", ["rotation.every months=24"]),
    ("Møteleiinga går på omgang mellom ordførarane.", ["rotation.every"]),
    ("Partene veksler på å være sekretær, med ett år av gangen.", ["rotation.every months=12"]),
    ("Sekretariatsansvaret veksler hvert halvår.", ["rotation.every months=6"]),
    ("Ordføreren og politistasjonssjefen bytter på å lede møtene.", ["rotation.every"]),
    ("Vervet som leiar rullerer mellom kommunane for to år om gongen.", ["rotation.every months=24"]),
    ("Møtene holdes vekselvis i kommunene.", ["rotation.every"]),
    ("Det arrangeres en felles fagdag hvert år.", ["task.yearly per_year_min=1"]),
    ("Partene gjennomfører årlig en felles øvelse.", ["task.yearly per_year_min=1"]),
    ("Trygghetsvandring gjennomføres to ganger i året.", ["task.yearly per_year_min=2"]),
    (
        "Minst en gang i året skal det gjennomføres en felles beredskapsøvelse.",
        ["task.yearly per_year_min=1"],
    ),
    ("Partane skal ha ei felles øving kvart år.", ["task.yearly per_year_min=1"]),
    ("Politiet skal ha fokus på ungdom gjennom hele året.", []),
    ("Skiftplanen rulleres hver sjette uke.", []),
    ("Kommunen har satt inn vikar som stedfortreder for SLT-koordinator.", []),
    ("Politiet bytter ut kjøretøyene hvert fjerde år.", []),
]
SIGNING = [
    ("Avtalen er undertegnet i Lia den 5. mai 2020.", ["signed.date date=2020-05-05"]),
    ("Partene undertegnet avtalen 5. mai 2020.", ["signed.date date=2020-05-05"]),
    ("Avtalen ble inngått og undertegnet 5. mai 2020.", ["signed.date date=2020-05-05"]),
    ("Ordfører og lensmann undertegnet avtalen den 5.5.2020.", ["signed.date date=2020-05-05"]),
    ("Avtala vart underskriven måndag 4. mai.", ["signed.partial date=--05-04"]),
    ("Samarbeidsavtalen blei signert i mai 2020.", ["signed.date date=2020-05"]),
    (
        "Denne avtalen underskrives av ordføreren og politimesteren.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen signeres av ordfører på vegne av kommunen og stasjonssjef på vegne av politiet.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    ("Avtala skal underskrivast av begge partar.", []),
    (
        "Avtalen revideres årlig.\n\nLia, 5. mai 2020\n\nFor kommunen\t\t\tFor politiet\n\nOla "
        "Dal\t\t\tKari Li\nOrdfører\t\t\tPolitistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia 05.05.20\n\n________________\nOrdfører i Lia kommune\n"
        "\n________________\nPolitistasjonssjef Lia politistasjonsdistrikt",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia den 5. mai 2020\n\nOrdfører: ____________\nLensmann: ____________",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nSted: Lia    Dato: 5. mai 2020\n\nOrdfører    Lensmann",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, dato 5. mai 2020\n\nOrdførar    Lensmann",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia rådhus, 5. mai 2020\n\nOrdførar    Lensmann",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nUnderskrift\n\nLia, 5.5.2020\n\nFor Lia kommune v/ "
        "ordfører\n\nFor Øst politidistrikt v/ politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nDato: 5.5.2020        Dato: 5.5.2020\n\nordfører        "
        "politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nDato og sted: ____________\n\nOrdfører        Politistasjonssjef",
        ["revision.every months=12", "signed.blank", 'signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, ___/___ 20___\n\nOrdfører        Politistasjonssjef",
        ["revision.every months=12", "signed.blank", 'signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, 5. mai 2020\n\nRådmann        Politikontakt",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["politikontakt"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, 5. mai 2020\n\nSignatur ordfører:\n\nSignatur politistasjonssjef:",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, 5. mai 2020\n\nOla Dal, ordfører\nKari Li, politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, 5. mai 2020\n\n(sign.) Ola Dal, ordfører (sign.) Kari Li, lensmann",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nElektronisk signert 5. mai 2020\n\nOrdfører        Politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nSignert: 5. mai 2020\n\nOrdfører        Politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2020-05-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nLia, mai 2020\n\nOrdfører        Leiar av Lia tenesteeining",
        [
            "revision.every months=12",
            "signed.date date=2020-05",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    ("Forrige avtale ble undertegnet 5. mai 2010.", []),
    ("Ordføreren undertegnet skjøtet 5. mai 2020.", []),
    ("Avtalen skal undertegnes innen 1. juni 2021.", []),
    ("Avtalen ble sendt på høring 5. mai 2020.", []),
    ("Avtalen er et tillegg til rammeavtale undertegnet 3. mars 2015.", ["supplement.to date=2015-03-03"]),
    (
        "Avtalen kommer i tillegg til avtale av 3. mars 2015 mellom partene.",
        ["supplement.to date=2015-03-03"],
    ),
    ("Avtala er eit vedlegg til samarbeidsavtala datert 3. mars 2015.", ["supplement.to date=2015-03-03"]),
    ("Denne avtalen utfyller hovedavtalen inngått 3.3.2015.", ["supplement.to date=2015-03-03"]),
    ("Tilleggsavtale til samarbeidsavtalen av 3. mars 2015.", ["supplement.to date=2015-03-03"]),
    ("Møtet 3. mars 2015 ga tilslutning til avtalen.", []),
]

MIXED = [
    (
        "Politirådet skal ha møte kvar tredje månad, eller oftare om det trengst.",
        ["meetings.council per_year_min=4"],
    ),
    ("Rådet møtest til vanleg to gonger i halvåret.", ["meetings.council per_year=4"]),
    ("Minimum fire møter avholdes hvert år.", ["meetings.council per_year_min=4"]),
    (
        "Det gjennomføres fire politirådsmøter i året, hvorav ett med ungdomsrådet.",
        ["meetings.council per_year=4"],
    ),
    (
        "Politirådet skal ha møter så ofte det finner det nødvendig, minst halvårlig.",
        ["meetings.council per_year_min=2"],
    ),
    ("Møteplan: fire møter i året.", ["meetings.council per_year=4"]),
    ("Talet på møte er minst to i året.", ["meetings.council per_year_min=2"]),
    ("Partene møtes én gang hvert halvår for gjensidig orientering.", ["meetings.council per_year=2"]),
    ("To av møtene i året holdes sammen med nabokommunen.", []),
    ("Ordføreren og lensmannen har månedlige samtaler.", []),
    (
        "Politirådet har faste møter siste tirsdag i mars, juni, september og november hvert år.",
        ["meetings.council per_year=4"],
    ),
    ("Barneverntenesta møter i rådet ein gong i halvåret.", ["attendance.yearly per_year=2"]),
    ("Leder av ungdomsrådet inviteres til å delta på to møter årlig.", ["attendance.yearly per_year=2"]),
    ("Politimesteren stiller på minst ett møte i politirådet per år.", ["attendance.yearly per_year_min=1"]),
    ("En gang i året inviteres frivillige lag til møte i politirådet.", ["attendance.yearly per_year=1"]),
    ("Kommunestyret møter politiledelsen én gang i året.", ["attendance.yearly per_year=1"]),
    ("Sakliste og sakspapir skal ligge føre seinast åtte dagar før møtet.", ["agenda.lead days=8"]),
    ("Møteinnkalling og saksliste går ut ti dager i forveien.", ["agenda.lead days=10"]),
    ("Innmelding av saker skjer til sekretæren innen to uker før møtet.", ["agenda.submission days=14"]),
    (
        "Saker til møtet skal være sekretæren i hende senest ti dager før møtedato.",
        ["agenda.submission days=10"],
    ),
    ("Det sendes ut innkalling med saksliste minimum 14 dager før møtet.", ["agenda.lead days=14"]),
    ("Møtepapira vert lagde ut i portalen seinast fem dagar før møtet.", ["agenda.lead days=5"]),
    ("Møteinnkalling sendes ut med minst fire ukers varsel.", ["agenda.lead days=28"]),
    ("Referatene fra politirådet publiseres på kommunens nettsider.", ["minutes.minutes public=true"]),
    ("Møta er ikkje opne for publikum, men referata er offentlege.", ["minutes.minutes"]),
    ("Referat frå møta skal sendast til postmottaket for arkivering.", ["minutes.minutes archived=true"]),
    ("Alle referater skal lagres i kommunens sakssystem.", ["minutes.minutes archived=true"]),
    ("Møtereferat er interne dokument og unntekne offentlegheit.", ["minutes.minutes public=false"]),
    ("Referatene kan ikke offentliggjøres.", ["minutes.minutes public=false"]),
    ("Rådets møter er i utgangspunktet lukket for publikum.", ["minutes.minutes public=false"]),
    ("Møtebok føres og arkiveres av kommunen.", ["minutes.minutes archived=true"]),
    ("Avtalen presenteres for kommunestyret som orienteringssak.", ["council.orientation"]),
    ("Kommunestyra skal godkjenne avtala før ho vert underskriven.", ["council.adoption"]),
    ("Avtalen gjelder under forutsetning av at kommunestyret godkjenner den.", ["council.adoption"]),
    ("Etter signering legges avtalen frem for kommunestyret til orientering.", ["council.orientation"]),
    ("Signert avtale blir lagt fram for kommunestyret som referatsak.", ["council.referatsak"]),
    ("Avtalen skal framleggast for kommunestyret som referatsak.", ["council.referatsak"]),
    ("Avtalen skal opp i kommunestyret til godkjenning før den trer i kraft.", ["council.adoption"]),
    ("Avtala skal kunngjerast for kommunestyret.", []),
    ("Hver part oppnevner vararepresentanter.", ["deputies.allowed"]),
    ("Ved forfall innkalles vararepresentant.", ["deputies.allowed"]),
    ("Medlemmene kan la seg representere.", []),
    ("Varamedlemmer møter når faste medlemmer har forfall.", ["deputies.allowed"]),
    ("Dersom eit medlem ikkje kan møte, møter stadfortredaren.", ["deputies.allowed"]),
    (
        "Leiarfunksjonen vekslar mellom ordføraren og politistasjonssjefen kvart år.",
        ["rotation.every months=12"],
    ),
    ("Partene bytter på vertskapet.", ["rotation.every"]),
    ("Ansvaret for sekretariatet går på omgang, to år til hver kommune.", ["rotation.every months=24"]),
    ("Kommunen og politiet byter på å kalle inn til møta.", ["rotation.every"]),
    ("Det skal holdes minst to øvelser i året.", ["task.yearly per_year_min=2"]),
    ("Felles øvelser gjennomføres minst én gang per år.", ["task.yearly per_year_min=1"]),
    ("Partene gjennomfører trygghetsvandringer to ganger årlig.", ["task.yearly per_year_min=2"]),
    (
        "Avtalen signeres elektronisk av ordfører og politistasjonssjef.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtala vert signert av ordføraren og leiaren av tenesteeininga.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Ordføreren undertegner avtalen for kommunen, og politimesteren for distriktet.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nVik, 3. juni 2022\n\nfor Vik kommune            for "
        "politiet\nOla Moe                    Liv Bø\nordførar                   "
        "politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nVIK, DEN 3. JUNI 2022\n\nORDFØRER            POLITISTASJONSSJEF",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nVik 3/6-22\n\nOrdfører Ola Moe            Lensmann Liv Bø",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nVik kommune                Politidistriktet\n3. juni 2022 "
        "              3. juni 2022\nOrdfører                   Politistasjonssjef",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\n| Vik kommune | Politiet |\n| 3. juni 2022 | 3. juni 2022 "
        "|\n| Ordfører | Lensmann |",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nSignaturar\n\nDato: 03.06.2022\n\nOrdførar: Ola Moe\n\n"
        "Politistasjonssjef: Liv Bø",
        [
            "revision.every months=12",
            "signed.date date=2022-06-03",
            'signatories.roles roles=["mayor","station_chief"]',
        ],
    ),
    (
        "Avtalen revideres årlig.\n\nDato ........ 2022\n\nOrdfører            Politistasjonssjef",
        ["revision.every months=12", "signed.blank", 'signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Avtalen revideres årlig.\n\nVik, dato\n\nOrdfører            Politistasjonssjef",
        ["revision.every months=12", "signed.blank", 'signatories.roles roles=["mayor","station_chief"]'],
    ),
    (
        "Det avholdes inntil fem møter i året, men ikke færre enn to.",
        ["meetings.council per_year_min=2 per_year_max=5"],
    ),
    (
        "Politirådet møtes minst to ganger i året, og maksimalt seks.",
        ["meetings.council per_year_min=2 per_year_max=6"],
    ),
    ("Sametinget og kommunen har tre samarbeidsmøter i året.", ["meetings.council per_year=3"]),
    ("Det skal holdes minst2 møter i politirådet pr.år.", ["meetings.council per_year_min=2"]),
    (
        "Den som ønsker en sak drøftet, må melde den til sekretæren senest ni dager før møtet.",
        ["agenda.submission days=9"],
    ),
    ("Saklista vert send medlemene seinast seks dagar føre møtet.", ["agenda.lead days=6"]),
    (
        "Hovedutvalget har møte ti ganger i året, og saker meldes senest to uker før.",
        ["attendance.yearly per_year=10"],
    ),
    ("SLT-koordinator skriver referat. Dette er unntatt offentlighet.", ["minutes.minutes public=false"]),
    ("SLT-koordinator skriv referat. Det vert arkivert i sakssystemet.", ["minutes.minutes archived=true"]),
    ("Planen er utarbeidet av kommunen. Den er unntatt offentlighet.", []),
    ("Avtalen skal stadfestes av bystyret.", ["council.adoption"]),
    ("Rådmannen melder avtalen til kommunestyret som referatsak.", ["council.referatsak"]),
    ("Evalueringen av avtalen legges fram for kommunestyret som referatsak.", []),
    ("Det kan veljast vara for dei faste medlemene.", ["deputies.allowed"]),
    ("Leiinga går på omgang mellom kommunane, med eitt år på kvar.", ["rotation.every months=12"]),
    (
        "Avtala vert skriven under av ordførar og politistasjonssjef.",
        ['signatories.roles roles=["mayor","station_chief"]'],
    ),
    ("Underskrifter: ordfører og lensmann.", ["signatories.roles"]),
    ("Godkjend av partane og underskriven i juni 2021.", ["signed.date date=2021-06 precision=month"]),
    (
        "Politiråd avholdes to ganger i året, og felles øvelse gjennomføres én gang årlig.",
        ["meetings.council per_year=2", "task.yearly per_year_min=1"],
    ),
]

ALL = {
    "further-meetings": MEETINGS,
    "further-agenda": AGENDA,
    "further-minutes": MINUTES,
    "further-council": COUNCIL,
    "further-duties": DUTIES,
    "further-signing": SIGNING,
    "further-mixed": MIXED,
}
