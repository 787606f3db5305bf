"""Who is signed in: a few roles are shown, many are folded under their names."""

from __future__ import annotations

from workflow_app.web.pagemodels.common import Capacity
from workflow_app.web.pagemodels.layout import SignedIn


def test_a_few_capacities_stand_open() -> None:
    few = tuple(Capacity("politikontakt", f"Kommune {n}") for n in range(3))
    assert SignedIn("Kari", few).folded == ""
    assert SignedIn("Kari").folded == ""


def test_many_are_folded_under_each_role_once() -> None:
    many = (*(Capacity("politikontakt", f"Kommune {n}") for n in range(8)), Capacity("revisor", "Kommune 0"))
    assert SignedIn("Kari", many).folded == "politikontakt, revisor"
