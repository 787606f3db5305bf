"""What every place in the tree of resources is: a name, a parent, children, and who may do what."""

from __future__ import annotations

from typing import Any, ClassVar

from pyramid.authorization import DENY_ALL
from pyramid.request import Request

Acl = list[Any]


class Node:
    """A place in the tree: its name, its parent, and its children by name."""

    __acl__: ClassVar[Acl] = [DENY_ALL]

    def __init__(self, request: Request, name: str | None = None, parent: Node | None = None) -> None:
        self.request = request
        self.__name__ = name or ""
        self.__parent__ = parent

    def __getitem__(self, name: str) -> Node:
        raise KeyError(name)
