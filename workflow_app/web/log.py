"""The log's key for the server, and its part as a sequencer.

A key that the settings name must be there and be nobody else's to read, or the
server does not start: it would answer for months without a head that anybody
can check. An installation from before there were keys names none; it goes on,
says so at each start, and publishes no heads until it has one.
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
from workflow_app.services.log.keys import Signer, doubt, signer_from
from workflow_app.web.database import READING

log = logging.getLogger(__name__)

Handler = Callable[[Request], Response]


def log_signer(request: Request) -> Signer | None:
    """Who signs the log's heads; None for an installation without a key."""
    found: Signer | None = request.registry["log_signer"]
    return found


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
