"""LES-MEG.txt: what lies on top in a bundle, for a person who has never seen one."""

from __future__ import annotations

README = {
    "nb": """\
DETTE ER SPORET TIL EN AVTALE

Sporet er listen over alt som er gjort med avtalen: hvert steg, hver godkjenning og
hvert avslag. Med filene her kan du kontrollere at ingenting er endret etterpå.

Enklest: Velg «Kontroller et spor eller et dokument» nederst på sidene i Avtaleflyt,
og last opp denne zip-filen. Du trenger ikke å logge inn.

Uten nett og uten Avtaleflyt (Python 3.9 eller nyere):

    python verify.py trail.zip

Svaret kommer på norsk og engelsk. Avslutningskoden er 0 når sporet er helt,
1 når noe er galt, og 2 når filen ikke kan åpnes. Signaturene blir bare prøvd der
pakken cryptography er installert (pip install cryptography); uten den blir alt
annet kontrollert, og svaret sier fra.

Har du nøklene til loggen og vitnene fra før, legg dem i en tekstfil, én på hver
linje, og bruk dem:

    python verify.py trail.zip --key nokler.txt

Samme fil kan ha linjer med antall oppføringer og fingeravtrykk slik de er trykt i
en referatsak; da blir de sammenlignet med loggen. Stoler du ikke på den som ga deg
pakken, så hent verify.py et annet sted fra: den er filen
workflow_app/domain/trail.py i programmet.

Innhold
  entries.jsonl  én oppføring per linje. Hver har hashen til den forrige i kjeden
  clear.json     navn og fritekst, med saltet som knytter dem til hashen i sporet
  manifest.json  kjedene med lengde og siste hash, og hva filene heter
  checkpoint     loggens sjekkpunkt: hvor mange oppføringer den har, roten, loggens
                 signatur og vitnenes medsignaturer (C2SP tlog-checkpoint)
  proofs.jsonl   plassen til hver oppføring i loggen, med bevis (RFC 9162). Er den
                 øvre delen av et bevis den samme som på linjen over, står bare
                 antallet, «shared»
  cosigned.json  eldre sjekkpunkter som vitner har medsignert, med bevis for at
                 loggen begynner med dem
  keys.json      de offentlige nøklene til loggen og vitnene
  definitions/   fremgangsmåten avtalen følger: hvilke steg som finnes, og hvem som må
                 godkjenne hva. Navnet er hashen som oppføringene nevner
  files/         tekster og dokumenter; navnet er filens SHA-256

En oppføring er endelig når et vitne for kommunen og et for politiet har medsignert
samme rot. Resten venter. En pakke uten checkpoint er fra et system som ikke
signerer sjekkpunkter; da er ingenting endelig.

Det som er slettet, står fortsatt som en hash i sporet, men kan ikke leses.

Hva dette ikke beviser
  - at alt som hendte, ble ført inn
  - at pakken har de siste oppføringene: en eldre pakke holder like godt
  - noe om det som kom etter det siste sjekkpunktet begge parters vitner har
    medsignert
  - hvem som satt bak en innlogging
  - at noen har gitt en kvalifisert elektronisk signatur
""",
    "nn": """\
DETTE ER SPORET TIL EIN AVTALE

Sporet er lista over alt som er gjort med avtalen: kvart steg, kvar godkjenning og
kvart avslag. Med filene her kan du kontrollere at ingenting er endra etterpå.

Enklast: Vel «Kontroller eit spor eller eit dokument» nedst på sidene i Avtaleflyt,
og last opp denne zip-fila. Du treng ikkje å logge inn.

Utan nett og utan Avtaleflyt (Python 3.9 eller nyare):

    python verify.py trail.zip

Svaret kjem på norsk og engelsk. Avslutningskoden er 0 når sporet er heilt,
1 når noko er gale, og 2 når fila ikkje kan opnast. Signaturane blir berre prøvde
der pakken cryptography er installert (pip install cryptography); utan han blir alt
anna kontrollert, og svaret seier frå.

Har du nøklane til loggen og vitna frå før, legg dei i ei tekstfil, éin på kvar
linje, og bruk dei:

    python verify.py trail.zip --key noklar.txt

Same fila kan ha linjer med talet på oppføringar og fingeravtrykk slik dei er
trykte i ei referatsak; då blir dei samanlikna med loggen. Stoler du ikkje på den som
gav deg pakken, så hent verify.py ein annan stad frå: ho er fila
workflow_app/domain/trail.py i programmet.

Innhald
  entries.jsonl  éi oppføring per linje. Kvar har hashen til den førre i kjeda
  clear.json     namn og fritekst, med saltet som knyter dei til hashen i sporet
  manifest.json  kjedene med lengda og siste hash, og kva filene heiter
  checkpoint     sjekkpunktet til loggen: kor mange oppføringar han har, rota,
                 signaturen til loggen og medsignaturane til vitna (C2SP
                 tlog-checkpoint)
  proofs.jsonl   plassen til kvar oppføring i loggen, med bevis (RFC 9162). Er den
                 øvre delen av eit bevis den same som på linja over, står berre
                 talet, «shared»
  cosigned.json  eldre sjekkpunkt som vitne har medsignert, med bevis for at loggen
                 byrjar med dei
  keys.json      dei offentlege nøklane til loggen og vitna
  definitions/   framgangsmåten avtalen følgjer: kva steg som finst, og kven som må
                 godkjenne kva. Namnet er hashen som oppføringane nemner
  files/         tekstar og dokument; namnet er SHA-256 av fila

Ei oppføring er endeleg når eit vitne for kommunen og eit for politiet har
medsignert same rota. Resten ventar. Ein pakke utan checkpoint er frå eit system
som ikkje signerer sjekkpunkt; då er ingenting endeleg.

Det som er sletta, står framleis som ein hash i sporet, men kan ikkje lesast.

Kva dette ikkje beviser
  - at alt som hende, vart ført inn
  - at pakken har dei siste oppføringane: ein eldre pakke held like godt
  - noko om det som kom etter det siste sjekkpunktet vitna til begge partane har
    medsignert
  - kven som sat bak ei innlogging
  - at nokon har gitt ein kvalifisert elektronisk signatur
""",
    "en": """\
THIS IS THE TRAIL OF AN AGREEMENT

The trail is the list of all that was done with the agreement: every step, every
approval and every refusal. With the files here you can see that nothing was changed
afterwards.

Simplest: choose “Check a trail or a paper” at the foot of any page of Avtaleflyt and
upload this zip file. You need not log in.

To check it without a network and without Avtaleflyt (Python 3.9 or later):

    python verify.py trail.zip

The verdict is in Norwegian and English. The exit code is 0 when the trail is
whole, 1 when something is wrong, 2 when the file cannot be opened. Signatures are
checked only where the package cryptography is installed (pip install
cryptography); without it everything else is checked, and the verdict says so.

If you hold the keys of the log and the witnesses already, put them in a text
file, one a line, and use them:

    python verify.py trail.zip --key keys.txt

The same file may have lines with the number of entries and the fingerprint as a
paper of the council prints them; they are then compared with the log. If you do
not trust whoever gave you the bundle, get verify.py elsewhere: it is the file
workflow_app/domain/trail.py of the program.

Contents
  entries.jsonl  one entry a line, each with the hash of the one before in its chain
  clear.json     names and free text, with the salt that ties them to the trail
  manifest.json  the chains with size and last hash, and the names of the files
  checkpoint     the log's head: how many entries it has, the root, the log's
                 signature and the witnesses' cosignatures (C2SP tlog-checkpoint)
  proofs.jsonl   the place of each entry in the log, with a proof (RFC 9162). Where
                 the upper part of a proof is that of the line before, only how
                 many nodes it is stands there, as "shared"
  cosigned.json  earlier heads that witnesses cosigned, with proofs that the log
                 begins with them
  keys.json      the public keys of the log and the witnesses
  definitions/   the workflow that the agreement follows: which steps there are, and
                 who must approve what. Its name is the hash that the entries name
  files/         texts and documents, each named by its SHA-256

An entry is final when a witness of the municipality and one of the police have
cosigned the same root. The rest wait. A bundle without a checkpoint is from a
system that does not sign its head; nothing is final then.

What was erased still stands in the trail as a hash, but cannot be read.

What this does not prove
  - that everything that happened was entered
  - that the newest entries are here: an older bundle holds just as well
  - anything about what came after the last head that both parties' witnesses cosigned
  - who sat behind a login
  - that anybody gave a qualified electronic signature
""",
}
"""By language."""
