"""The world the attacks are done to: an installation, two witnesses, a paper, a receipt; made once."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from tests.functional.attacks.detecting import Paper, copied
from tests.functional.attacks.forging import Target
from tests.functional.conftest import PASSWORD, Site, make_site
from tests.functional.door_support import furnish
from tests.support.witnessing import Watcher, known_to, log_key, served
from workflow_app.models.database import make_engine
from workflow_app.models.trail import TrailEntry
from workflow_app.services import parties, trail
from workflow_app.services.log import tree, witnesses
from workflow_app.services.log.signer import Signer
from workflow_app.web.database import bind

ORIGIN = "avtaler.example/log"
FILLER = 300
"""Entries of another kind before all else, so that the tree has a full tile (256) to rewrite."""


@dataclass
class World:
    """What there is when the operator goes to work. ``file`` is the database as it then stands."""

    site: Site
    url: str
    signer: Signer
    file: Path
    kommune: Watcher
    police: Watcher
    agreement: str
    bundle: Path
    receipt: Path
    keys: Path
    paper: Paper
    target: Target

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Scene]:
        """The same world once more, for one attack: the server serves the copy while it lasts."""
        file = folder / "attacked.sqlite"
        shutil.copy(self.file, file)
        with self.serving(file):
            yield Scene(
                self, file, copied(self.kommune, folder / "kommune"), copied(self.police, folder / "police")
            )

    @contextmanager
    def serving(self, file: Path) -> Iterator[Session]:
        """Let the server answer from this file; a session on it."""
        engine = make_engine(f"sqlite:///{file}")
        bind(self.site.app, engine)
        try:
            with Session(engine) as session:
                yield session
        finally:
            engine.dispose()


@dataclass
class Scene:
    """One copy of the world, with witnesses that remember what they did before the attack."""

    world: World
    file: Path
    kommune: Watcher
    police: Watcher

    @property
    def other(self) -> Path:
        """Where the other history of a split lies; there is none else."""
        return self.file.with_name("shown-to-the-police.sqlite")


@contextmanager
def made(folder: Path) -> Iterator[World]:
    """Live the world's four moments, and serve it; see ``table``."""
    signer, settings = log_key(folder, ORIGIN)
    site = make_site(folder, **settings)
    with site.session() as db, db.begin():
        known_to(db, signer, site.now)
        for number in range(FILLER):
            trail.append(db, trail.INSTALLATION, kind="filler", now=site.now, data={"number": number})
    agreement = furnish(site, "negotiated")
    with served(site.app) as url:
        kommune, police = (
            Watcher.new(folder / name, f"{name}.example/1", signer.vkey, url)
            for name in ("kommune", "police")
        )
        with site.session() as db, db.begin():
            for nick, watcher in (("moss", kommune), ("politi.moss", police)):
                party = parties.find(db, site.party[nick])
                witnesses.register(db, party, watcher.vkey, now=site.now, real_now=site.now)
        both_sign(kommune, police)
        receipt_size, victim, number = sizes(site, agreement.id)
        browser = site.browser("slt.moss")
        paper = printed(browser, f"{agreement.path}/matters/{agreement.matter}.pdf")
        bundle, receipt = taken_home(browser, agreement.path, number, folder)
        assert paper.size == receipt_size
        site.program("ordforer.moss").do(agreement.id, "sign", password=PASSWORD)
        both_sign(kommune, police)
        cosigned, _, _ = sizes(site, agreement.id)
        site.program("stasjonssjef.moss").do(agreement.id, "sign", password=PASSWORD)
        keys = folder / "own.keys"
        keys.write_text("".join(f"{key}\n" for key in (signer.vkey, kommune.vkey, police.vkey)))
        site.app.registry["engine"].dispose()
        yield World(
            site, url, signer, folder / "site.sqlite", kommune, police, agreement.id, bundle, receipt, keys,
            paper, Target(victim, receipt_size, cosigned),
        )  # fmt: skip
        site.app.registry["engine"].dispose()


def both_sign(kommune: Watcher, police: Watcher) -> None:
    """Both come by, and what is there is final."""
    for witness in (kommune, police):
        assert witness.do("once") == 0, witness.complained


def sizes(site: Site, agreement: str) -> tuple[int, int, int]:
    """How many leaves there are; of the agreement's newest transition, its leaf (from 1) and its number."""
    with site.session() as db:
        newest = db.scalars(
            select(TrailEntry)
            .where(TrailEntry.chain == f"agreement/{agreement}", TrailEntry.kind == "transition")
            .order_by(TrailEntry.number.desc())
        ).first()
        assert newest is not None
        place = tree.position(db, newest.id)
        assert place is not None
        return tree.tree_size(db), place + 1, newest.number


def printed(browser: TestApp, path: str) -> Paper:
    """What a reader types off the referatsak: it is read from the text of the PDF, and nowhere else.

    After the log's name, the root stands on the line below the number of entries.
    """
    reader = PdfReader(io.BytesIO(browser.get(path).body))
    text = "\n".join(page.extract_text() for page in reader.pages)
    found = re.search(r"(\d+)\s*\n[^\n]*?\b([0-9a-f]{64})\b", text.partition(ORIGIN)[2])
    assert found
    return Paper(int(found[1]), found[2])


def taken_home(browser: TestApp, path: str, number: int, folder: Path) -> tuple[Path, Path]:
    """The bundle as it was that day, with ``verify.py`` beside it, and the receipt of one entry."""
    bundle, receipt = folder / "trail.zip", folder / "receipt.json"
    bundle.write_bytes(browser.get(f"{path}/trail.zip").body)
    with zipfile.ZipFile(bundle) as archive:
        archive.extract("verify.py", folder)
    receipt.write_bytes(browser.get(f"{path}/trail/{number}/receipt.json").body)
    return bundle, receipt
