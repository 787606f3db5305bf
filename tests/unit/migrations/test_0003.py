"""An agreement signed before there were links keeps its day, and hangs together with nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from workflow_app.domain.dates import Interval
from workflow_app.migrations import upgrade
from workflow_app.models.agreements import Agreement
from workflow_app.models.database import make_engine
from workflow_app.models.links import AgreementLink

SIGNED = """INSERT INTO agreement (id, title, language, definition_id, definition_version, definition_digest,
 state, version, text_number, rules_number, digest, council_clause, created_at, moved_at, signed_on)
 VALUES ('abcdefghjk', 'Avtale', 'nb', 'politiradsavtale', 1, 'x', 'signed', 7, 1, 1, 'y', 0,
 '2025-01-01 00:00:00', '2025-01-01 00:00:00', '2018-12-03')"""


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Engine]:
    """A database of the version before, with one signed agreement."""
    engine = make_engine(f"sqlite:///{tmp_path / 'before.sqlite'}")
    upgrade(engine, "0002")
    with engine.begin() as connection:
        connection.execute(text(SIGNED))
    yield engine
    engine.dispose()


def test_what_was_signed_keeps_its_whole_day_and_is_not_replaced(before: Engine) -> None:
    assert upgrade(before, "0003") == ("0002", "0003")
    with before.connect() as connection:
        columns = "signed_on, signed_earliest, replaced_on, version"
        row = connection.execute(text(f"SELECT {columns} FROM agreement")).one()
    assert tuple(row) == ("2018-12-03", None, None, 7)


def test_the_newest_models_read_it(before: Engine) -> None:
    upgrade(before)
    with Session(before) as session:
        found = session.scalars(select(Agreement)).one()
        assert found.signing == Interval.on(date(2018, 12, 3))
        assert session.scalars(select(AgreementLink)).all() == []
