"""The catalogues of locale/: from the sentences in the code to what the server reads.

    python tools/catalogues.py extract   write locale/*.pot from the code and the libraries
    python tools/catalogues.py update    bring every .po in line with them, losing no translation
    python tools/catalogues.py compile   write the .mo files (not in git; done by make setup)
    python tools/catalogues.py check     fail when a sentence lacks its Norwegian, or names other values

The English sentence is the key, so the English catalogue stays empty and exists
only for the sentences that a library words badly. Our own sentences are the
domain ``avtaleflyt``; deform and colander ship no Norwegian, so their sentences
are domains of ours too, taken from the templates of the installed versions.
"""

from __future__ import annotations

import importlib.util
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

sys.path.insert(0, str(Path(__file__).resolve().parent))
from sentences import DOMAIN, SentenceError, collect

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "workflow_app" / "locale"
LANGUAGES = ("nb", "nn", "en")
MUST_BE_WHOLE = ("nb", "nn")
LIBRARIES = ("colander", "deform")
DOMAINS = (DOMAIN, *LIBRARIES)
WIDTH = 100
# Headers that would make every run a change, or that name nobody.
UNWANTED = tuple(
    f'"{name}:'
    for name in (
        "Generated-By",
        "Language-Team",
        "Last-Translator",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Report-Msgid-Bugs-To",
    )
)

_NAMED = re.compile(r"\$\{(\w+)\}")


def template(domain: str) -> Path:
    """The .pot of a domain."""
    return LOCALE / f"{domain}.pot"


def catalogue(language: str, domain: str) -> Path:
    """The .po of a language and a domain; it may not exist yet."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def extracted(domain: str) -> Catalog:
    """What a domain has to say now, from the code or from the library's own template."""
    found = Catalog(project="avtaleflyt", version="1", domain=domain, charset="utf-8", fuzzy=False)
    if domain == DOMAIN:
        for sentence in collect(ROOT):
            # No line numbers: each edit above a sentence would change the catalogue.
            found.add(sentence.text, locations=[(sentence.file, None)])
        return found
    spec = importlib.util.find_spec(domain)
    if spec is None or spec.origin is None:
        raise SentenceError(f"the package {domain} is not installed; run make setup")
    pot = Path(spec.origin).parent / "locale" / f"{domain}.pot"
    for message in _read(pot):
        found.add(message.id, locations=[(domain, None)], flags=message.flags - {"fuzzy"})
    return found


def extract() -> int:
    """Write the templates."""
    for domain in DOMAINS:
        _write(template(domain), extracted(domain))
    return 0


def update() -> int:
    """Bring the catalogues in line with the templates; what is no longer said is dropped."""
    for domain in DOMAINS:
        wanted = extracted(domain)
        for language in LANGUAGES:
            path = catalogue(language, domain)
            old = _read(path, language) if path.exists() else Catalog(locale=language)
            new = Catalog(
                locale=language,
                project="avtaleflyt",
                version="1",
                domain=domain,
                charset="utf-8",
                fuzzy=False,
            )
            for message in wanted:
                if message.id:
                    kept = old.get(message.id)
                    string = kept.string if kept is not None else ""
                    new.add(message.id, string, locations=message.locations, flags=message.flags)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, new)
    return 0


def compile_() -> int:
    """Write a .mo beside each .po, and take away those whose .po is gone."""
    for old in LOCALE.glob("*/LC_MESSAGES/*.mo"):
        old.unlink()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.with_suffix(".mo").open("wb") as out:
            write_mo(out, _read(path, path.parts[-3]))
    return 0


def problems() -> Iterator[str]:
    """Each sentence that a Norwegian reader would meet in English, or with a value lost."""
    for domain in DOMAINS:
        wanted = [message.id for message in extracted(domain) if message.id]
        for language in MUST_BE_WHOLE:
            path = catalogue(language, domain)
            have = _read(path, language) if path.exists() else Catalog(locale=language)
            for key in wanted:
                message = have.get(key)
                translated = str(message.string) if message is not None and message.string else ""
                where = path.relative_to(ROOT)
                if not translated:
                    yield f"{where}: not translated: {key!r}"
                elif set(_NAMED.findall(key)) != set(_NAMED.findall(translated)):
                    yield f"{where}: other values than the English: {key!r} has {translated!r}"


def check() -> int:
    """Print the problems; 1 if there are any."""
    found = list(problems())
    print("\n".join(found[:50]) or "catalogues: whole", file=sys.stderr if found else sys.stdout)
    if found[50:]:
        print(f"… and {len(found) - 50} more; make catalogues brings the files in line", file=sys.stderr)
    return 1 if found else 0


def _read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=language)


def _write(path: Path, made: Catalog) -> None:
    made.header_comment = f"# {path.stem}: {'template' if path.suffix == '.pot' else made.locale}"
    for message in made:
        # Babel takes ${name} for Python's braces and would check them by that rule.
        message.flags.discard("python-brace-format")
    out = io.BytesIO()
    write_po(out, made, width=WIDTH, sort_output=True, include_lineno=False)
    text = out.getvalue().decode()
    path.write_text(
        "".join(line for line in text.splitlines(True) if not line.startswith(UNWANTED)), encoding="utf-8"
    )


def main(arguments: list[str]) -> int:
    """Do the one thing asked for."""
    steps = {"extract": extract, "update": update, "compile": compile_, "check": check}
    if len(arguments) != 1 or arguments[0] not in steps:
        print(f"use: python tools/catalogues.py {'|'.join(steps)}", file=sys.stderr)
        return 2
    try:
        return steps[arguments[0]]()
    except SentenceError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
