"""A site whose people have addresses, a mail server beside it, and a postman who goes when told to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from sqlalchemy import select, update

from tests.functional.conftest import PASSWORD, TEXT, Program, Site, make_site
from tests.functional.pages_support import encoded, fresh
from tests.support.smtp import Received, SmtpServer
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person
from workflow_app.services.mail.sending import Drained, drain
from workflow_app.services.mail.settings import mail_settings
from workflow_app.services.norway import OSLO
from workflow_app.web.scheduler import clock

FIRST = ("slt", "politikontakt", "ordforer", "stasjonssjef", "sekretaer")


@dataclass
class Postal:
    """The site, its mail server, and what a test asks of both."""

    site: Site
    server: SmtpServer

    def go(self, hour: int | None = None) -> Drained:
        """Empty the outbox on the site's day, at an hour of it, else after all that was done."""
        settings = mail_settings(self.site.app.registry.settings)
        # Requests keep the real time of day, and the tests may be run in the evening.
        moment = max(self.at(12), clock(self.site.app.registry)) if hour is None else self.at(hour)
        return drain(self.site.app.registry["engine"], settings, lambda: moment)

    def at(self, hour: int = 12) -> datetime:
        """An hour of the site's day."""
        return datetime.combine(self.site.today, time(hour), OSLO)

    def came(self, hour: int | None = None) -> dict[str, Received]:
        """What came since the last time, by the first part of the address; a second to one is a defect."""
        self.go(hour)
        taken = self.server.clear()
        found = {m.recipients[0].split("@")[0]: m for m in taken}
        assert len(found) == len(taken), sorted(m.recipients for m in taken)
        return found

    def program(self, first: str, kommune: str = "moss") -> Program:
        """A program of this person's."""
        return self.site.program(f"{first}.{kommune}")

    def rows(self) -> list[Mail]:
        """The outbox."""
        with self.site.session() as db:
            return list(db.scalars(select(Mail).order_by(Mail.id)))

    def draft(self, text: str = TEXT, **more: str) -> str:
        """A draft of Moss whose rules are confirmed."""
        slt = self.program("slt")
        ident = fresh(self.site, slt, content_base64=encoded(text), **more)
        version = slt.get(f"/agreements/{ident}")["version"]
        slt.post(f"/agreements/{ident}/rules", {"version": version, "confirm": True})
        return ident

    def agreed(self, **more: str) -> str:
        """An agreement both have agreed on; whoever was told of it has been."""
        ident = self.draft(**more)
        self.program("slt").do(ident, "agree")
        self.program("politikontakt").do(ident, "agree")
        self.came()
        return ident

    def signed(self, **more: str) -> str:
        """One that mayor and station chief have signed, with everybody told."""
        ident = self.agreed(**more)
        self.program("ordforer").do(ident, "sign", password=PASSWORD)
        self.program("stasjonssjef").do(ident, "sign", password=PASSWORD)
        self.came()
        return ident


@contextmanager
def postal_site(folder: Path, server: SmtpServer, **settings: str) -> Iterator[Postal]:
    """A site that sends to ``server``; everybody's address is their user name at kommune.example."""
    site = make_site(folder, **server.settings(folder), **settings)
    with site.session() as db, db.begin():
        db.execute(update(Person).values(email=Person.username + "@kommune.example"))
    yield Postal(site, server)
    site.app.registry["engine"].dispose()
