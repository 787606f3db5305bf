"""A TOML table asked for its keys one by one, noting every fault and never stopping at it.

Reading with faults noted, instead of raised, is what lets ``avtaleflyt check``
show an editor all of them at once. A wrong value is replaced by an empty one of
the right type, so that reading goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from workflow_app.domain.definitions.findings import Finding
from workflow_app.domain.messages import Message, msg

NAME = re.compile(r"[a-z][a-z0-9_]*")


class Findings:
    """The list of faults of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def add(self, key: str, sentence: Message) -> None:
        """Note a fault, once."""
        finding = Finding(self.file, key, sentence)
        if finding not in self.found:
            self.found.append(finding)


class Table:
    """One TOML table under its dotted ``path``; every getter ticks its key off as known."""

    def __init__(self, raw: object, path: str, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self.raw: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        self._known: set[str] = set()
        if not isinstance(raw, dict):
            findings.add(path, msg("must be a table of keys and values"))

    def key(self, name: str) -> str:
        """The dotted path of a key of this table; of the table itself when ``name`` is empty."""
        return ".".join(part for part in (self.path, name) if part) or "(file)"

    def has(self, name: str) -> bool:
        """Whether the key is there; does not tick it off."""
        return name in self.raw

    def fault(self, name: str, sentence: Message) -> None:
        """Note a fault at a key of this table."""
        self.findings.add(self.key(name), sentence)

    def _get(self, name: str, required: bool) -> Any:
        self._known.add(name)
        if required and name not in self.raw:
            self.fault(name, msg("is missing"))
        return self.raw.get(name)

    def text(self, name: str, *, required: bool = True) -> str:
        """A non-empty text on one line, or ''."""
        value = self._get(name, required)
        if name not in self.raw:
            return ""
        if not isinstance(value, str) or not value.strip() or "\n" in value:
            self.fault(name, msg("must be a text on one line"))
            return ""
        return value

    def whole(self, name: str) -> int:
        """A whole number from 1 up, or 0."""
        value = self._get(name, True)
        if name not in self.raw:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value < 2**53:
            self.fault(name, msg("must be a whole number from 1 up"))
            return 0
        return value

    def flag(self, name: str) -> bool:
        """true or false; false when absent."""
        value = self._get(name, False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(name, msg("must be true or false"))
        return False

    def names(self, name: str, *, required: bool = False, empty: bool = False) -> tuple[str, ...]:
        """A list of different texts, or (). An empty list is a fault unless ``empty``."""
        value = self._get(name, required)
        if name not in self.raw:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(name, msg("must be a list of names"))
            return ()
        if not value and not empty:
            self.fault(name, msg("is an empty list; name at least one, or leave the key out"))
        for twice in sorted({item for item in value if value.count(item) > 1}):
            self.fault(name, msg("“${name}” is listed twice", name=twice))
        return tuple(dict.fromkeys(value))

    def choice(self, name: str, choices: Iterable[str], default: str) -> str:
        """One of ``choices``; ``default`` when absent or wrong."""
        value = self._get(name, False)
        allowed = tuple(choices)
        if value is None:
            return default
        if isinstance(value, str) and value in allowed:
            return value
        shown = value if isinstance(value, str) else type(value).__name__
        self.fault(
            name,
            msg("“${value}” is unknown; choose one of ${choices}", value=shown, choices=", ".join(allowed)),
        )
        return default

    def table(self, name: str, *, required: bool = True) -> Table:
        """A table, or an empty one."""
        value = self._get(name, required)
        return Table({} if name not in self.raw else value, self.key(name), self.findings)

    def tables(self, name: str) -> dict[str, Table]:
        """A table of tables by name, such as ``states``; names are checked."""
        outer = self.table(name)
        if name in self.raw and not outer.raw:
            self.fault(name, msg("is empty; there must be at least one"))
        return {inner: outer.table(inner) for inner in outer.checked_names()}

    def checked_names(self) -> list[str]:
        """This table's keys that are names; the others are noted."""
        good = []
        for name in self.raw:
            self._known.add(name)
            if NAME.fullmatch(name):
                good.append(name)
            else:
                self.fault(name, msg("is not a name; use small letters a to z, digits and underscores"))
        return good

    def known(self, name: str, values: Iterable[str], among: Iterable[str], what: str) -> tuple[str, ...]:
        """Those of ``values`` that are ``among`` the known; the others are noted as unknown ``what``."""
        allowed = tuple(among)
        good = []
        for value in values:
            if value in allowed:
                good.append(value)
            else:
                known = ", ".join(sorted(allowed)) or "–"
                sentence = msg(
                    "unknown ${what} “${value}”; known are ${known}", what=what, value=value, known=known
                )
                self.fault(name, sentence)
        return tuple(good)

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for name in self.raw:
            if name not in self._known:
                self.fault(name, msg("is not a key of a definition here; known are ${known}",
                                     known=", ".join(sorted(self._known))))  # fmt: skip
