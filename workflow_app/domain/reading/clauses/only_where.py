"""A clause table and the stems without which it need not look; see ``reading.stems`` for why.

The stems stand on top of each table's reader, so that who adds a spelling sees them::

    @only_where(("evaluer",))
    def read_evaluation(page, sentence): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflow_app.domain.reading.model import Question
from workflow_app.domain.reading.page import Page
from workflow_app.domain.reading.sentences import Sentence
from workflow_app.domain.rules import Rule

Read = Callable[[Page, Sentence], Iterator[Rule | Question]]


@dataclass(frozen=True)
class ClauseTable:
    """``read`` gives what one sentence says; of each row of ``needs`` it must hold a stem to say anything."""

    read: Read
    needs: tuple[tuple[str, ...], ...]

    def may_speak(self, sentence: Sentence) -> bool:
        """Whether the sentence or its heading holds a stem of every row."""
        folded = sentence.folded
        # Loops without a call, since this is asked for every table of every sentence.
        for stems in self.needs:
            for stem in stems:
                if stem in folded:
                    break
            else:
                return False
        return True


def only_where(*needs: tuple[str, ...]) -> Callable[[Read], ClauseTable]:
    """Declare the rows of stems of a clause table."""
    return lambda read: ClauseTable(read, needs)
