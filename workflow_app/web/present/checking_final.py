"""How far a bundle or receipt is final, in plain words, on the page where anybody checks one."""

from __future__ import annotations

from collections.abc import Iterator

from pyramid.request import Request

from workflow_app.domain.messages import Message, msg
from workflow_app.services.checking.final_count import FinalCount
from workflow_app.web.pagemodels import CheckLine


def final_lines(request: Request, count: FinalCount | None) -> Iterator[CheckLine]:
    """One line; none where the verifier could not tell."""
    if count is not None:
        yield CheckLine(request.say(_sentence(count)), True if count.final == count.total else None)


def _sentence(count: FinalCount) -> Message:
    if count.total == 1:
        if count.final:
            return msg("The entry is final: witnesses of both sides have signed a checkpoint that covers it.")
        return msg("The entry is not final yet: a checkpoint signed by witnesses of both sides is missing.")
    if count.final == count.total:
        return msg(
            "All ${total} entries are final: witnesses of both sides have signed a checkpoint that covers"
            " them.",
            total=count.total,
        )
    if not count.final:
        return msg(
            "None of the ${total} entries is final yet: a checkpoint signed by witnesses of both sides is"
            " missing.",
            total=count.total,
        )
    return msg(
        "${final} of ${total} entries are final: witnesses of both sides have signed a checkpoint that"
        " covers them. The newest ${rest} wait for that.",
        final=count.final,
        total=count.total,
        rest=count.total - count.final,
    )
