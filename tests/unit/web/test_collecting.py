"""What a server sets aside when it has started is searched no more."""

from __future__ import annotations

import gc

from workflow_app.web.collecting import YOUNG, settle


def test_what_is_there_is_set_aside_and_the_young_are_searched_less_often() -> None:
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    try:
        settle()
        assert gc.get_freeze_count() > frozen
        assert gc.get_threshold() == (YOUNG, *before[1:])
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
