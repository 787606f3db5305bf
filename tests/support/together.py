"""Tests of one ``xdist_group`` go to one process.

pytest-xdist 3.8 marks them by adding the group's name to their ids, and pytest 9.2
no longer lets it: every test then goes wherever there is room, and what a group
makes once is made in every process. So the group is read here from where it stands,
the module's ``pytestmark``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[2]
_GROUP = re.compile(r"^pytestmark = pytest\.mark\.xdist_group\(\"([^\"]+)\"\)$", re.MULTILINE)


class Together(LoadScopeScheduling):
    """Each test by itself to whoever is free, but those of a group to the same process."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@cache
def group_of(module: str) -> str | None:
    """The group that a module's tests belong to; None where each is by itself."""
    found = _GROUP.search((ROOT / module).read_text(encoding="utf-8"))
    return None if found is None else found[1]
