"""The tree of resources, with every right in the house.

A URL is walked through this tree, and each node says in ``__acl__`` who may do
what there; what is not said is refused. An agreement's list is drawn from its
workflow definition: the rights of its state, for the roles of its own parties.
One that is not yours to see is not there at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pyramid.authorization import DENY_ALL, ACLHelper, Allow, Authenticated, Everyone
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPForbidden
from pyramid.request import Request
from sqlalchemy.orm import Session

from workflow_app.domain.definitions import Definition, Permission
from workflow_app.models.agreements import WITH_PARTIES, Agreement
from workflow_app.models.contents import Attachment
from workflow_app.models.meetings import Meeting
from workflow_app.models.proceedings import Matter
from workflow_app.services import attachments, matters
from workflow_app.services.errors import NotThere
from workflow_app.services.meetings import finding
from workflow_app.web.log_resources import PUBLIC_LOG
from workflow_app.web.mail_resource import ROOMS
from workflow_app.web.nodes import Acl, Node
from workflow_app.web.party_resources import Parties
from workflow_app.web.permissions import Right
from workflow_app.web.trail_resources import TrailRoom


class Root(Node):
    """The front door: the worklist, signing in and out, the health of the house."""

    __acl__: ClassVar[Acl] = [
        (Allow, Everyone, Right.ENTER),
        (Allow, Authenticated, Right.SEE_OWN),
        DENY_ALL,
    ]

    def __getitem__(self, name: str) -> Node:
        ours = {"agreements": Agreements, "parties": Parties, "overview": Overview}
        children: dict[str, type[Node]] = {**ours, **ROOMS, **PUBLIC_LOG}
        return children[name](self.request, name, self)


class Overview(Node):
    """The whole picture of what a signed-in person may see."""

    __acl__: ClassVar[Acl] = [(Allow, Authenticated, Right.SEE_OWN), DENY_ALL]


class Agreements(Node):
    """All agreements; each person sees her own."""

    __acl__: ClassVar[Acl] = [
        (Allow, Authenticated, Right.SEE_OWN),
        (Allow, Authenticated, Right.START),
        DENY_ALL,
    ]

    def __getitem__(self, name: str) -> Node:
        if name in ("add",):
            raise KeyError(name)  # a view, not an agreement
        if self.request.me is None:
            # Before anybody has said who they are, every agreement gives the same answer.
            raise HTTPForbidden()
        db: Session = self.request.reading
        agreement = db.get(Agreement, name, options=[WITH_PARTIES])
        if agreement is None:
            raise KeyError(name)
        found = AgreementResource(self.request, agreement, self)
        # Whether it is there at all does not depend on what is asked of it, nor on a token's scope.
        if not ACLHelper().permits(found, self.request.me.principals, Permission.VIEW):
            raise KeyError(name)
        return found


class AgreementResource(Node):
    """One agreement, in its state, with the rights its definition gives there."""

    def __init__(self, request: Request, agreement: Agreement, parent: Node) -> None:
        super().__init__(request, agreement.id, parent)
        self.parent = parent
        self.agreement = agreement
        self.definition: Definition = request.definitions.by_digest(agreement.definition_digest)

    @property
    def language(self) -> str:
        """The language of the agreement's first kommune; pages about it speak it."""
        return self.agreement.language

    @property
    def party_keys(self) -> frozenset[str]:
        """The keys of the parties."""
        return frozenset(p.party.key for p in self.agreement.parties)

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # derived, never stored
        return [*self._granted(), DENY_ALL]

    def _granted(self) -> Iterator[tuple[str, str, str]]:
        for permission, roles in self.definition.states[self.agreement.state].may.items():
            for role in sorted(roles):
                for key in sorted(self.party_keys):
                    yield Allow, f"role:{role}:{key}", permission

    def __getitem__(self, name: str) -> Node:
        children = {
            "transitions": Transitions,
            "matters": Matters,
            "attachments": Attachments,
            "meetings": Meetings,
            "trail": TrailRoom,
        }
        return children[name](self.request, name, self)


class Below(Node):
    """A part of one agreement; its rights are the agreement's."""

    @property
    def owner(self) -> AgreementResource:
        """The agreement this is part of."""
        parent = self.__parent__
        while not isinstance(parent, AgreementResource):
            assert parent is not None, "a part of no agreement"
            parent = parent.__parent__
        return parent

    @property
    def agreement(self) -> Agreement:
        """The agreement itself."""
        return self.owner.agreement

    @property
    def definition(self) -> Definition:
        """Its workflow definition."""
        return self.owner.definition

    @property
    def language(self) -> str:
        """The agreement's language."""
        return self.owner.language

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # the agreement's own
        return self.owner.__acl__


class Transitions(Below):
    """What can be done with the agreement now."""

    def __getitem__(self, name: str) -> Node:
        if name not in self.definition.transitions:
            raise KeyError(name)
        return TransitionResource(self.request, name, self)


class TransitionResource(Below):
    """One transition of the agreement's definition; who may do it is the engine's to say."""


PAPERS = frozenset({"pdf", "docx", "txt"})
"""The forms a matter's paper comes in."""


class Matters(Below):
    """The matters before each kommunestyre."""

    def __getitem__(self, name: str) -> Node:
        number, dot, suffix = name.partition(".")
        if not (number.isascii() and number.isdecimal()) or (dot and suffix not in PAPERS) or len(number) > 6:
            raise KeyError(name)
        try:
            matter = matters.find(self.request.reading, self.agreement, int(number))
        except NotThere as missing:
            raise KeyError(name) from missing
        if dot:
            return MatterPaper(self.request, matter, suffix, self)
        return MatterResource(self.request, matter, name, self)


class MatterResource(Below):
    """One matter: what was prepared, who had it before the kommunestyre, what came back."""

    def __init__(self, request: Request, matter: Matter, name: str, parent: Node) -> None:
        super().__init__(request, name, parent)
        self.matter = matter


class MatterPaper(Below):
    """One matter as a paper, by its suffix: to archive, to work on in the case system, or to paste there."""

    def __init__(self, request: Request, matter: Matter, suffix: str, parent: Node) -> None:
        super().__init__(request, f"{matter.number}.{suffix}", parent)
        self.matter = matter
        self.suffix = suffix


class Attachments(Below):
    """The attachments."""

    def __getitem__(self, name: str) -> Node:
        if not (name.isascii() and name.isdecimal()) or len(name) > 9:
            raise KeyError(name)
        try:
            found = attachments.find(self.request.reading, self.agreement, int(name))
        except NotThere as missing:
            raise KeyError(name) from missing
        return AttachmentResource(self.request, found, self)


class AttachmentResource(Below):
    """One attachment, as its file."""

    def __init__(self, request: Request, attachment: Attachment, parent: Node) -> None:
        super().__init__(request, str(attachment.id), parent)
        self.attachment = attachment


class Meetings(Below):
    """The politiråd's meetings under the agreement."""

    def __getitem__(self, name: str) -> Node:
        if not (name.isascii() and name.isdecimal()) or len(name) > 6:
            raise KeyError(name)
        try:
            meeting = finding.find(self.request.reading, self.agreement, int(name))
        except NotThere as missing:
            raise KeyError(name) from missing
        return MeetingResource(self.request, meeting, self)


class MeetingResource(Below):
    """One meeting: its agenda, who is called, and afterwards its minutes."""

    def __init__(self, request: Request, meeting: Meeting, parent: Node) -> None:
        super().__init__(request, str(meeting.number), parent)
        self.meeting = meeting


def includeme(config: Configurator) -> None:
    """The tree grows anew for each request."""
    config.set_root_factory(Root)
