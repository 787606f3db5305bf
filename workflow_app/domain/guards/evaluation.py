"""Guards on the yearly evaluation: which year, and which way its outcome points."""

from __future__ import annotations

from workflow_app.domain.guards.base import Data, Facts, guard
from workflow_app.domain.messages import Message, msg


@guard("year")
def evaluation_year_possible(facts: Facts, data: Data) -> Message | None:
    """The year is one the agreement lives in, and not evaluated yet.

    From the signing to next year at most (early is allowed). An evaluation that
    is approved has met its year, and is never approved a second time.
    """
    year = data.get("year")
    if year is None:
        return None
    if facts.signed_on is not None and year < facts.signed_on.year:
        return msg(
            "The agreement was signed in ${signed}, so ${year} cannot be evaluated;"
            " name ${signed} or a later year.",
            signed=facts.signed_on.year,
            year=year,
        )
    if year > facts.today.year + 1:
        return msg(
            "${year} is too far ahead; name ${next} or an earlier year.", year=year, next=facts.today.year + 1
        )
    if year in facts.evaluated_years:
        return msg("The evaluation for ${year} is approved already; name another year.", year=year)
    return None


@guard()
def evaluation_written(facts: Facts, data: Data) -> Message | None:
    """There is an evaluation with an outcome to approve; unfinished work has none yet."""
    if facts.evaluation_version is None or facts.evaluation_outcome is None:
        return msg("The evaluation is not written; write it with its outcome before approving it.")
    if not facts.evaluation_outcome:
        return msg("The evaluation is not finished; its page says what is lacking before it can be approved.")
    return None


def _differs(facts: Facts, data: Data) -> Message | None:
    named = data.get("outcome")
    if named is None or named == facts.evaluation_outcome:
        return None
    return msg(
        "The evaluation's outcome is not the one you name; read its newest version and approve what it says."
    )


@guard()
def evaluation_continues(facts: Facts, data: Data) -> Message | None:
    """The evaluation says that the agreement goes on."""
    if facts.evaluation_outcome and facts.evaluation_outcome not in ("continues", "reviewed_unchanged"):
        return msg(
            "The evaluation says that the agreement is to be revised;"
            " approve “revise”, or write a new version."
        )
    return _differs(facts, data)


@guard()
def evaluation_to_be_revised(facts: Facts, data: Data) -> Message | None:
    """The evaluation says that the agreement is to be revised."""
    if facts.evaluation_outcome and facts.evaluation_outcome != "to_be_revised":
        return msg(
            "The evaluation says that the agreement continues; approve “continue”, or write a new version."
        )
    return _differs(facts, data)
