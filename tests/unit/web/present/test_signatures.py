"""What is said of a signature is what was found of it, and never more."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from workflow_app.domain.messages import Message
from workflow_app.services.sealing.foreign import Known
from workflow_app.web.pagemodels.seals import SignatureView
from workflow_app.web.present.signatures import signed_file

GOOD = {
    "kind": "signature", "issuer": "Posten", "certificate": "0" * 64, "at": "2026-11-20T10:00:00+00:00",
    "intact": True, "valid": True, "whole": True, "changed": False, "trust": "now",
}  # fmt: skip
STAMPED = {"timestamp": "2026-11-20T10:00:03+00:00", "timestamp_trusted": True}


def request() -> Any:
    return SimpleNamespace(locale_name="en", say=lambda one: str(one) if isinstance(one, Message) else one)


def told(name: str | None = "Kari", without: tuple[str, ...] = (), **found: Any) -> SignatureView:
    what = {k: v for k, v in (GOOD | found).items() if k not in without}
    known = Known(((what, name),), None, datetime(2026, 11, 22, tzinfo=UTC))
    shown = signed_file(request(), known)
    assert shown is not None
    (one,) = shown.signatures
    return one


def test_one_that_holds_in_every_way_is_said_to_hold() -> None:
    one = told(**STAMPED)
    assert one.good
    assert one.who == "Kari"
    assert one.when is not None
    assert one.when.iso.startswith("2026-11-20T11:00:03")
    assert "covers the whole file" in one.sentences[0]
    assert "trusts Posten" in one.sentences[2]


@pytest.mark.parametrize(
    ("found", "place", "words"),
    [
        ({"intact": False}, 0, "has been changed"),
        ({"valid": False}, 0, "proves nothing"),
        ({"changed": True, "whole": False}, 0, "more was added"),
        ({"trust": "no"}, 2, "does not know Posten"),
    ],
)
def test_one_that_lacks_anything_is_not_confirmed(found: dict[str, Any], place: int, words: str) -> None:
    one = told(**found)
    assert not one.good
    assert words in one.sentences[place]


@pytest.mark.parametrize(
    ("found", "place", "words"),
    [
        ({"whole": False}, 0, "only further signatures"),
        ({"trust": "then"}, 2, "has run out since"),
        ({}, 1, "signer's own word"),
        (STAMPED | {"timestamp_trusted": False}, 1, "does not know"),
        ({"kind": "timestamp"}, 1, "not a person's signature"),
    ],
)
def test_what_has_to_be_known_of_one_that_holds_is_said(
    found: dict[str, Any], place: int, words: str
) -> None:
    one = told(**found)
    assert one.good
    assert words in one.sentences[place]


@pytest.mark.parametrize(("trust", "good"), [("no", False), ("now", True)])
def test_a_certificate_somebody_made_himself_is_said_to_be_one(trust: str, good: bool) -> None:
    one = told(without=("issuer",), trust=trust)
    assert one.good is good
    assert "signer's own" in one.sentences[2]


def test_an_erased_name_and_a_time_nobody_gave() -> None:
    one = told(None, without=("at",))
    assert one.who == "(erased)"
    assert one.when is None


def test_what_nobody_can_make_sense_of_is_said_so() -> None:
    known = Known((({"problem": "ValueError"}, None),), None, datetime(2026, 11, 22, tzinfo=UTC))
    shown = signed_file(request(), known)
    assert shown is not None
    assert not shown.signatures[0].good
    unread = signed_file(request(), Known((), "unreadable", datetime(2026, 11, 22, tzinfo=UTC)))
    assert unread is not None
    assert unread.problem is not None
    assert signed_file(request(), None) is None
