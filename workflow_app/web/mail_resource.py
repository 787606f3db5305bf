"""Where administrators and the operator look after the mail; to anybody else it is closed."""

from __future__ import annotations

from pyramid.authorization import DENY_ALL, Allow

from workflow_app.services.mail.listing import minds_mail
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
