"""The catalogue values are those of the code lists and of eFormidling's enumerations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from workflow_app.services.archive import codes

LISTS: dict[str, type[codes.Code]] = {
    "journalposttype": codes.JournalType,
    "journalstatus": codes.JournalStatus,
    "saksstatus": codes.CaseStatus,
    "dokumenttype": codes.DocumentType,
    "dokumentstatus": codes.DocumentStatus,
    "tilknyttetregistreringsom": codes.Place,
    "variantformat": codes.Variant,
    "dokumentmedium": codes.Medium,
    "korrespondanseparttype": codes.Correspondence,
    "moetesakstype": codes.CouncilCase,
    "tekstformat": codes.TextFormat,
}
# What is written to eFormidling of those it enumerates.
ENUMERATED: dict[str, set[str]] = {
    "journalposttype": {c.words for c in codes.JournalType},
    "journalstatus": {"Journalført", "Ferdigstilt fra saksbehandler"},
    "saksstatus": {c.words for c in codes.CaseStatus},
    "dokumentstatus": {c.words for c in codes.DocumentStatus},
    "tilknyttetRegistreringSom": {c.words for c in codes.Place},
    "variantformat": {codes.Variant.ARCHIVE.words, codes.Variant.PRODUCTION.words},
    "dokumentmedium": {c.words for c in codes.Medium},
    "korrespondanseparttype": {c.words for c in codes.Correspondence},
    "skjermingDokument": {codes.SHIELDED_DOCUMENT},
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_ks_fiks_knows_every_code_by_these_words(noark: Path, name: str) -> None:
    path = noark / "ks-fiks-arkiv-V1" / "kodelister" / f"no.ks.fiks.arkiv.v1.kodelister.{name}.json"
    listed = {
        row["kodeverdi"]: row["kodebeskrivelse"]
        for row in json.loads(path.read_text(encoding="utf-8-sig"))["kodeliste"]
    }
    assert {c.short: c.words for c in LISTS[name]}.items() <= listed.items()


@pytest.mark.parametrize("name", sorted(ENUMERATED))
def test_eformidling_knows_every_word(noark: Path, name: str) -> None:
    tree = etree.parse(noark / "efm-arkivmelding" / "metadatakatalog.xsd")
    found = tree.xpath(
        f"//*[local-name()='simpleType'][@name='{name}']//*[local-name()='enumeration']/@value"
    )
    assert ENUMERATED[name] <= set(found)
