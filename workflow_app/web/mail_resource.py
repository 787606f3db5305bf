"""Where administrators and the operator look after mail and seals; to anybody else it is closed."""

from __future__ import annotations

from pyramid.authorization import DENY_ALL, Allow

from workflow_app.services.mail.listing import minds_mail
from workflow_app.services.sealing.minding import minds_seals
from workflow_app.web.nodes import Acl, Node
from workflow_app.web.permissions import Right


class MailRoom(Node):
    """The outbox, as far as one's own parties' people go; the operator's goes all the way."""

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # derived, never stored
        me = self.request.me
        if me is None or not minds_mail(me.who):
            return [DENY_ALL]
        return [(Allow, f"person:{me.who.person_id}", Right.MIND_MAIL), DENY_ALL]


class SealRoom(Node):
    """What waits for its seal: of the agreements of one's own parties; the operator's are all."""

    @property
    def __acl__(self) -> Acl:  # type: ignore[override]  # derived, never stored
        me = self.request.me
        if me is None or not minds_seals(me.who):
            return [DENY_ALL]
        return [(Allow, f"person:{me.who.person_id}", Right.MIND_SEALS), DENY_ALL]


ROOMS: dict[str, type[Node]] = {"mail": MailRoom, "seals": SealRoom}
"""What those look after who run the installation, by their names below the root."""
