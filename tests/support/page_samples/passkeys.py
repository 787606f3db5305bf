"""Passkeys on their pages: one's own, a party's, and what one is about to sign."""

from __future__ import annotations

from tests.support.page_samples.parties import LILLEVIK as PARTY_HEAD
from tests.support.page_samples.people import EVA, HEAD, at, digest
from workflow_app.web.pagemodels import Problem
from workflow_app.web.pagemodels.passkeys import (
    OwnerRow,
    PartyPasskeysPage,
    PasskeyRow,
    PasskeysPage,
    SigningView,
)

PHONE = PasskeyRow(
    1, "Jobbtelefon", digest("phone"), at("2025-02-03", "10:14"), at("2025-03-09", "08:01"), 12
)
KEY = PasskeyRow(2, "Nøkkel på knippet", digest("key"), at("2025-02-04", "11:00"), None, 0)

PASSKEYS = PasskeysPage((PHONE, KEY), origin="https://avtale.lillevik.example")
PASSKEYS_NONE = PasskeysPage(origin="http://localhost:6543")
PASSKEYS_NOWHERE = PasskeysPage((PHONE,), reason="Passnøkler krever HTTPS.")
PASSKEYS_WRONG = PasskeysPage(
    (PHONE, KEY),
    origin="https://avtale.lillevik.example",
    problems=(Problem("name-2", "Gi passnøkkelen et navn."),),
    renaming=2,
)
OF_PARTY = PartyPasskeysPage(
    PARTY_HEAD,
    (
        OwnerRow("Eva Eksempel", "ordforer.lillevik", ("Ordfører",), (PHONE, KEY)),
        OwnerRow("Kari Eksempel", "slt.lillevik", ("SLT-koordinator",), ()),
    ),
)
OF_PARTY_WRONG = PartyPasskeysPage(
    PARTY_HEAD,
    OF_PARTY.owners,
    problems=(Problem("reason-1", "Si hvorfor passnøkkelen fjernes."),),
    removing=1,
)
OF_NOBODY = PartyPasskeysPage(PARTY_HEAD)
SIGNING = SigningView(
    agreement=HEAD.id,
    title=HEAD.title,
    step="Signer",
    step_name="sign",
    digest=digest("agreement"),
    capacities=(EVA,),
    opening_number=14,
    opening_hash=digest("entry 14"),
    log="avtale.lillevik.example/log",
    url="/agreements/17/transitions/sign/challenge",
    keys=1,
    origin="https://avtale.lillevik.example",
)
