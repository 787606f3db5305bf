"""What the catalogues say: whole in both Norwegian languages, and really in each of them.

The completeness alone is what ``make lint`` checks too. Here stand the mistakes
that a complete catalogue can still have: English left standing, bokmål in the
nynorsk file, a value lost on the way, two states that read the same.
"""

from __future__ import annotations

import gettext
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Template

import pytest

from tools import catalogues

NORWEGIAN = ("nb", "nn")
# Norwegian as they stand: patterns with nothing but values, loan words, titles of the field itself
# ("Open" is what nynorsk says too).
THE_SAME_IN_ENGLISH: dict[str, set[str]] = {
    "avtaleflyt": {
        "Avtaleflyt: ${of}",
        "Kommune",
        "Kommune ${number}",
        "Kommuner",
        "Status",
        "Open",
        "administrator",
        "for ${name}",
        "for ${role}",
        "Referatsak",
        "Vedtakssak",
        "kommune",
        "politikontakt",
    },
    "colander": set(),
    "deform": set(),
}
# Words of one language that the other never writes: one of them tells that a sentence is in the wrong file.
BOKMAL = frozenset(
    "ikke hva hvem hvor hvordan hvorfor hvis hver hvert hvilken hvilke fra bare også noe noen ble være vært"
    " måned måneder dager nå én selv flere disse dem gjøre saken filen rollen rettingen evalueringen"
    " signeringen regler avtaler parter frister lagret endret".split()
)
NYNORSK = frozenset(
    "ikkje kva kven kor korleis kvifor dersom kvar kvart frå berre òg noko nokon vart vere vore månad månader"
    " dagar no éin sjølv fleire desse dei gjere saka fila rolla rettinga evalueringa signeringa"
    " reglar avtalar partar fristar lagra endra".split()
)
ENGLISH = frozenset(
    "the and is are not of this that with been has have must which you your nobody already".split()
)
_VALUE = re.compile(r"\$\{(\w+)\}")
_WORD = re.compile(r"[^\W\d_]+")


def said(language: str, domain: str) -> dict[str, str]:
    """The translations of one catalogue by their English sentence."""
    read = catalogues._read(catalogues.catalogue(language, domain), language)
    return {str(m.id): str(m.string) for m in read if m.id}


def pairs(language: str) -> Iterator[tuple[str, str, str]]:
    """Domain, English and translation of all a language says; what is missing has a test of its own."""
    for domain in catalogues.DOMAINS:
        for key, text in said(language, domain).items():
            if text:
                yield domain, key, text


def words(text: str) -> set[str]:
    """The words of a sentence in small letters, without the names of its values."""
    return {word.lower() for word in _WORD.findall(_VALUE.sub(" ", text))}


def prose(text: str) -> str:
    """The sentence without what it quotes or shows as an example."""
    return re.sub(r"«[^»]*»|\S+[@./]\S+|\{.*?\}|\[.*?\]|\w+_\w+", " ", text)


def test_every_sentence_has_its_bokmal_and_its_nynorsk() -> None:
    assert list(catalogues.problems()) == []


def test_the_files_hold_what_is_said_and_nothing_else() -> None:
    for domain in catalogues.DOMAINS:
        wanted = {str(m.id) for m in catalogues.extracted(domain) if m.id}
        for language in catalogues.LANGUAGES:
            assert set(said(language, domain)) == wanted, f"{language}/{domain}: run make catalogues"


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_a_translation_names_the_values_of_its_sentence_and_no_others(language: str) -> None:
    for _, key, text in pairs(language):
        assert set(_VALUE.findall(text)) == set(_VALUE.findall(key)), text
        left = Template(text).safe_substitute(dict.fromkeys(_VALUE.findall(key), "x"))
        assert "$" not in left, text


@pytest.mark.parametrize("language", NORWEGIAN)
def test_no_english_is_left_standing(language: str) -> None:
    # What is put together of values alone has no words to translate.
    same = [
        (d, k) for d, k, text in pairs(language) if text == k and words(k) and k not in THE_SAME_IN_ENGLISH[d]
    ]
    assert same == []
    assert [text for _, _, text in pairs(language) if words(prose(text)) & ENGLISH] == []


def test_english_is_the_key_itself() -> None:
    for domain in catalogues.DOMAINS:
        for key, text in said("en", domain).items():
            assert text in ("", key), f"{domain}: the English of {key!r} is the sentence in the code"


@pytest.mark.parametrize(("language", "other"), [("nb", NYNORSK), ("nn", BOKMAL)])
def test_neither_language_uses_the_words_of_the_other(language: str, other: frozenset[str]) -> None:
    wrong = {text: found for _, _, text in pairs(language) if (found := words(prose(text)) & other)}
    assert wrong == {}


def test_bokmal_and_nynorsk_are_two_languages() -> None:
    """Short labels are often alike; of the sentences few can be."""
    nynorsk = {(d, k): text for d, k, text in pairs("nn")}
    sentences = [
        (text, nynorsk[d, k]) for d, k, text in pairs("nb") if len(words(text)) >= 4 and text.endswith(".")
    ]
    differing = sum(nb != nn for nb, nn in sentences)
    assert len(sentences) > 100
    assert differing / len(sentences) > 0.9


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_whole_sentence_stays_one(language: str) -> None:
    """A full stop lost or gained shows where sentences are put together."""
    labels = {"Case number", "Begins at", "Ends at"}  # "Utvalgssaksnr." and "kl." are abbreviations, not ends
    for _, key, text in pairs(language):
        if key not in labels and key[-1] in ".?:" and not key.endswith("No."):
            assert text[-1] == key[-1], f"{key!r} → {text!r}"
        if key not in labels and key[-1] not in ".?!:":
            assert text[-1] not in ".?!:", f"{key!r} → {text!r}"


@pytest.mark.parametrize("language", NORWEGIAN)
def test_quotation_marks_are_norwegian(language: str) -> None:
    for _, _, text in pairs(language):
        assert not set("“”„‘’") & set(text), text
        assert text.count("«") == text.count("»"), text


@pytest.mark.parametrize("language", NORWEGIAN)
def test_states_and_steps_of_a_definition_can_be_told_apart(language: str, root: Path) -> None:
    text = said(language, "avtaleflyt")
    for path in sorted((root / "states").glob("*.toml")):
        definition = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind in ("states", "transitions"):
            labels = [text[one["label"]] for one in definition[kind].values()]
            assert len(labels) == len(set(labels)), f"{path.name}, {language}: {sorted(labels)}"


def test_what_is_compiled_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled into a copy, so that a running server keeps its files."""
    shutil.copytree(catalogues.LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path / "locale")
    assert catalogues.main(["compile"]) == 0
    for language in NORWEGIAN:
        for domain in catalogues.DOMAINS:
            read = gettext.translation(domain, tmp_path / "locale", languages=[language])
            for key, text in said(language, domain).items():
                assert read.gettext(key) == (text or key)
