"""Every kind of mail has its writer, and its word on the page of the mail."""

from __future__ import annotations

import inspect

import pytest

from workflow_app.services.mail.kinds import KINDS, UnknownKind, writer
from workflow_app.web.present.mail import KIND


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_is_written_by_a_function_of_session_mail_and_day(kind: str) -> None:
    assert len(inspect.signature(writer(kind)).parameters) == 3


def test_a_kind_that_nobody_writes_is_a_defect() -> None:
    with pytest.raises(UnknownKind, match="tomorrow"):
        writer("tomorrow")


def test_every_kind_has_a_word_for_whoever_minds_the_mail() -> None:
    assert set(KIND) == set(KINDS)
