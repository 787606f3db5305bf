"""What was evaluated and laid before a kommunestyre before the upgrade reads as it did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from workflow_app.migrations import upgrade
from workflow_app.models.database import make_engine
from workflow_app.models.people import HouseRule
from workflow_app.models.proceedings import EvaluationVersion, Matter

BEFORE = (
    """INSERT INTO agreement (id, title, language, definition_id, definition_version, definition_digest,
 state, version, text_number, rules_number, digest, council_clause, created_at, moved_at, signed_on)
 VALUES ('abcdefghjk', 'Avtale', 'nb', 'politiradsavtale', 1, 'x', 'signed', 7, 1, 1, 'y', 0,
 '2025-01-01 00:00:00', '2025-01-01 00:00:00', '2018-12-03')""",
    """INSERT INTO party (id, key, side, name, language, kommune_number, created_at)
 VALUES (1, '3103', 'municipal', 'Moss kommune', 'nb', '3103', '2025-01-01 00:00:00')""",
    """INSERT INTO evaluation_version (agreement_id, year, number, body, learning_points, outcome, sha256,
 created_at) VALUES ('abcdefghjk', 2024, 1, 'Bra.', '', 'continues', 'h', '2025-01-01 00:00:00')""",
    """INSERT INTO matter (agreement_id, number, party_id, kind, created_at)
 VALUES ('abcdefghjk', 1, 1, 'referatsak', '2025-01-01 00:00:00')""",
    "INSERT INTO house_rule (party_id, kind, number) VALUES (1, 'report', 60)",
)


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Engine]:
    """A database of the version before, with an evaluation, a matter and a house rule."""
    engine = make_engine(f"sqlite:///{tmp_path / 'before.sqlite'}")
    upgrade(engine, "0007")
    with engine.begin() as connection:
        for statement in BEFORE:
            connection.execute(text(statement))
    yield engine
    engine.dispose()


def test_the_newest_models_read_it_as_it_was(before: Engine) -> None:
    upgrade(before)
    with Session(before) as session:
        evaluation = session.scalars(select(EvaluationVersion)).one()
        assert (evaluation.complete, evaluation.answers, evaluation.outcome) == (True, None, "continues")
        matter = session.scalars(select(Matter)).one()
        assert (matter.occasion, matter.year) == ("agreement", None)
        assert (matter.handlings, matter.files) == ([], [])
        assert session.scalars(select(HouseRule.since)).one() is None
