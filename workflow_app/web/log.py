"""The log's key for the server, and its part as a sequencer.

A key that the settings name must be there and be nobody else's to read, or the
server does not start: it would answer for months without a head that anybody
can check. An installation from before there were keys names none; it goes on,
says so at each start, and publishes no heads until it has one. A key that is changed while
the server runs is taken up from its file, with nothing signed by the old one in between.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow_app.models.database import is_there
from workflow_app.services.log import sequencer
from workflow_app.services.log.keys import Signer, current_key, doubt, signer_from
from workflow_app.services.log.rotation import taken_up
from workflow_app.web.database import READING

log = logging.getLogger(__name__)

Handler = Callable[[Request], Response]


def log_signer(request: Request) -> Signer | None:
    """Who signs the log's heads; None for an installation without a key."""
    # What a request looks through already: it never holds two connections, and a look takes no lock.
    opened = "dbsession" in request.__dict__
    return signer_now(request.registry, request.dbsession if opened else request.reading)


def signer_now(registry: Registry, session: Session) -> Signer | None:
    """The signer whose key the trail names now, taken up from its file after the key was changed.

    Each process finds that out by itself, from the row that the change has committed. Where
    the new key cannot be read it is still the old one, which signs nothing any more
    (:class:`~workflow_app.services.log.signer.KeyEnded`).
    """
    held: Signer | None = registry["log_signer"]
    named = None if held is None else current_key(session)
    if held is None or named is None or named.vkey == held.vkey:
        return held
    found = taken_up(registry.settings, named.vkey)
    if found is None:
        log.error("%s", doubt(session, held))
        return held
    log.warning("the log has got a new key, and it is in use from now on: %s", found.vkey)
    registry["log_signer"] = found
    return found


def signer_of(registry: Registry) -> Signer | None:
    """The same for the server's own clock, which has no request."""
    if registry.get("log_signer") is None:
        return None
    with Session(registry["read_engine"]) as session:
        return signer_now(registry, session)


def sequencing_tween(handler: Handler, registry: Registry) -> Handler:
    """Give what a request has just committed its place in the tree, where another isn't doing so already.

    On PostgreSQL alone: on SQLite the request itself has done it. What fails here, or comes a
    moment too late, is done by the next request or the clock; the answer stands.
    """

    def tween(request: Request) -> Response:
        response = handler(request)
        if request.method not in READING:
            try:
                sequencer.keep_up(registry["engine"])
            except SQLAlchemyError as error:
                log.warning("entries wait for their place in the tree: %s", type(error).__name__)
        return response

    return tween


def _doubt(engine: Engine, signer: Signer) -> str | None:
    if not is_there(engine):
        return None
    try:
        with Session(engine) as session:
            return doubt(session, signer)
    except SQLAlchemyError:
        # A database that is away or not made yet is told of elsewhere.
        return None


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.log_key_file`` (or the environment), ``avtaleflyt.log_origin``.

    Raises :class:`~workflow_app.services.log.signer.LogKeyError`.
    """
    signer = config.registry["log_signer"] = signer_from(config.get_settings())
    if signer is None:
        log.warning(
            "the log has no key, so no heads are published and nothing becomes final: name a file in "
            "avtaleflyt.log_key_file and make it with: avtaleflyt log key new"
        )
    elif (said := _doubt(config.registry["read_engine"], signer)) is not None:
        log.warning("%s", said)
    config.add_request_method(log_signer, reify=True)
    # Outside the transaction: what is committed is what can be given a place.
    config.add_tween("workflow_app.web.log.sequencing_tween", over="pyramid_tm.tm_tween_factory")
