"""The log as anybody may read it: signed heads, tiles and proofs. Hashes and nothing else, so no login.

A witness on another machine, a journalist with a paper in hand and a program
nobody has told us of all come this way, and none of them has an account here.
"""

from __future__ import annotations

from typing import ClassVar

from pyramid.authorization import DENY_ALL, Allow, Everyone
from pyramid.request import Request

from workflow_app.web.nodes import Acl, Node
from workflow_app.web.permissions import Right

LONGEST_NUMBER = 18
"""Digits in a size or an index, at most; more than any database counts to."""
DEEPEST = 9
"""Parts of a tile's name, at most; a longer one is none."""


class PublicNode(Node):
    """A place that is open to everybody."""

    __acl__: ClassVar[Acl] = [(Allow, Everyone, Right.READ_LOG), DENY_ALL]


class Checkpoints(PublicNode):
    """``/checkpoint``: the head that is now, and below it those that were kept."""

    def __getitem__(self, name: str) -> Node:
        if not (name.isascii() and name.isdecimal()) or len(name) > LONGEST_NUMBER or name != str(int(name)):
            raise KeyError(name)
        return CheckpointResource(self.request, int(name), self)


class CheckpointResource(PublicNode):
    """``/checkpoint/{size}``: one head that was kept."""

    def __init__(self, request: Request, size: int, parent: Node) -> None:
        super().__init__(request, str(size), parent)
        self.size = size


class KeptCheckpoints(PublicNode):
    """``/checkpoints``: which heads were kept."""


class TileResource(PublicNode):
    """``/tile/…``: a tile by the parts of its name, however many they are."""

    def __init__(
        self,
        request: Request,
        name: str | None = None,
        parent: Node | None = None,
        words: tuple[str, ...] = (),
    ) -> None:
        super().__init__(request, name, parent)
        self.words = words

    def __getitem__(self, name: str) -> Node:
        if len(self.words) >= DEEPEST:
            raise KeyError(name)
        return TileResource(self.request, name, self, (*self.words, name))


class Log(PublicNode):
    """``/log``: proofs and keys; heads and tiles as well, since the log's name says that it is found here."""

    def __getitem__(self, name: str) -> Node:
        children: dict[str, type[Node]] = {"proof": Proofs, "checkpoint": Checkpoints, "tile": TileResource}
        return children[name](self.request, name, self)


class Proofs(PublicNode):
    """``/log/proof``: proofs made on demand, for those who would not fetch tiles."""


PUBLIC_LOG: dict[str, type[Node]] = {
    "checkpoint": Checkpoints,
    "checkpoints": KeptCheckpoints,
    "tile": TileResource,
    "log": Log,
}
"""What stands at the root of the site, by name."""
