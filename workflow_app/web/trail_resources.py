"""The trail of one agreement in the tree of resources, and each of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow_app.web.nodes import Acl, Node

if TYPE_CHECKING:
    from workflow_app.web.resources import AgreementResource

LONGEST_NUMBER = 12
"""Digits of an entry's number, at most; no chain comes near."""


class TrailRoom(Node):
    """The trail; its rights are the agreement's."""

    @property
    def owner(self) -> AgreementResource:
        """The agreement whose trail it is."""
        parent: AgreementResource = self.__parent__  # type: ignore[assignment]  # see its __getitem__
        return parent

    @property
    def language(self) -> str:
        """The agreement's language."""
        return self.owner.language

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # the agreement's own
        return self.owner.__acl__

    def __getitem__(self, name: str) -> Node:
        if not (name.isascii() and name.isdecimal()) or len(name) > LONGEST_NUMBER:
            raise KeyError(name)
        return EntryResource(self.request, name, self)


class EntryResource(Node):
    """One entry, by its number in the agreement's chain; whether it is there, the view finds out."""

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.__name__)

    @property
    def owner(self) -> AgreementResource:
        """The agreement."""
        room: TrailRoom = self.__parent__  # type: ignore[assignment]  # see TrailRoom
        return room.owner

    @property
    def language(self) -> str:
        """The agreement's language."""
        return self.owner.language

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # the agreement's own
        return self.owner.__acl__
