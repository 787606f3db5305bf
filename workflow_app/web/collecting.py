"""How often Python looks for garbage, in a process that serves for months.

Everything that was made at the start (templates, mappings, the library itself)
stays for good, and a full search through it takes a tenth of a second, in the
middle of somebody's page. Those objects are set aside once, and the search for
what a request left behind comes less often: a list of thirty agreements makes
several thousand objects, nearly all of which go by themselves.
"""

from __future__ import annotations

import gc

YOUNG = 10_000
"""Objects made and not yet gone before the young ones are searched; Python's own number is 700."""


def settle() -> None:
    """Set aside what is there now; called once, when a server has started."""
    gc.collect()
    gc.freeze()
    _, *older = gc.get_threshold()
    gc.set_threshold(YOUNG, *older)
