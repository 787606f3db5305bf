"""A database session per request, of the kind its method deserves.

GET and HEAD get a session that only reads: it takes no write lock, so forty
people looking never wait for the one who signs. Every other method gets one
that the transaction manager commits or throws away as a whole. What must
survive a rolled-back request (a failed login, a refused attempt after a lost
race) is written through ``request.apart()``, a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.router import Router
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from workflow_app.models.database import make_engine, make_session_factory

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def reading(request: Request) -> Session:
    """A session that only reads. The tree of resources is walked with it, whatever the method,
    so that nothing is locked while a password is hashed or a form is found wrong.
    """
    session = Session(request.registry["read_engine"], expire_on_commit=False)
    request.add_finished_callback(lambda _request: session.close())
    return session


def dbsession(request: Request) -> Session:
    """The request's session, opened when first asked for: one that writes, unless it only looks.

    What is to be changed must be loaded with this one, not taken from the tree.
    """
    if request.method in READING:
        found: Session = request.reading
        return found
    if "reading" in request.__dict__:
        # Ends the look without forgetting what was seen: a request never holds two connections.
        request.reading.commit()
    session: Session = request.registry["sessions"](info={"request": request})
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    return session


@contextmanager
def apart(request: Request) -> Iterator[Session]:
    """A short transaction of its own, committed at the end of the block."""
    with request.registry["sessions"].begin() as session:
        yield session


@contextmanager
def glance(request: Request) -> Iterator[Session]:
    """A short look at the database that takes no lock."""
    with Session(request.registry["read_engine"], expire_on_commit=False) as session:
        yield session


def bind(config: Configurator | Router, engine: Engine) -> None:
    """Give the application its engine, while it is put together or afterwards: tests bring their own."""
    config.registry["engine"] = engine
    config.registry["read_engine"] = engine.execution_options(avtaleflyt_read_only=True)
    config.registry["sessions"] = make_session_factory(engine)


def includeme(config: Configurator) -> None:
    """Settings: ``sqlalchemy.url``."""
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    config.include("pyramid_tm")
    bind(config, make_engine(settings["sqlalchemy.url"]))
    config.add_request_method(reading, reify=True)
    config.add_request_method(dbsession, reify=True)
    config.add_request_method(apart)
    config.add_request_method(glance)
