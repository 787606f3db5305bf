"""Demonstration people are never let out of the house: the server does not start.

Everybody's password stands on the login page, so a server with such people may
be reached from its own machine only. Two mistakes are caught at the start: the
setting is on while the server listens for others, and the setting was turned
off over a database that was filled before. An address that cannot be known is
taken for one that others reach.
"""

from __future__ import annotations

import configparser
import ipaddress
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyramid.config import Configurator
from pyramid.settings import asbool
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from workflow_app.models.database import is_there
from workflow_app.services.demonstration import filled

# What servers listen on when they are told nothing.
_EVERYWHERE = "0.0.0.0"
_PORT = re.compile(r":(\d+|\*)$")


class DemonstrationExposed(Exception):
    """The server would show demonstration people to others; one sentence with the address."""


def addresses(ini: str | None, values: Mapping[str, str], declared: str | None) -> list[str]:
    """Every address the server may listen on, as it is written.

    ``declared`` is the setting ``avtaleflyt.listen``, for servers that are told
    their address elsewhere; with it, the file's server sections count as well.
    ``values`` are those given on pserve's command line. Empty where nothing is known.
    """
    found = (declared or "").split()
    if ini is not None and Path(ini).is_file():
        given = {key: value for key, value in values.items() if key != "__file__"}
        parser = configparser.ConfigParser({"here": str(Path(ini).resolve().parent), **given}, strict=False)
        # Values on the command line stand above the file's own defaults, as in PasteDeploy.
        parser.read(ini, encoding="utf-8")
        parser.read_dict({"DEFAULT": given})
        for section in parser.sections():
            if section.partition(":")[0] == "server":
                found += _of_section(parser[section])
    return found


def _of_section(section: Mapping[str, str]) -> Iterator[str]:
    if section.get("unix_socket"):
        # Made for a proxy, and a proxy is made for others.
        yield section["unix_socket"]
    elif section.get("listen") or section.get("bind"):
        yield from re.split(r"[\s,]+", (section.get("listen") or section.get("bind") or "").strip())
    else:
        yield section.get("host") or _EVERYWHERE


def is_loopback(address: str) -> bool:
    """Whether only this machine reaches the address ("127.0.0.1:6543", "[::1]:80", "localhost")."""
    host = address if address.count(":") > 1 and "]" not in address else _PORT.sub("", address)
    host = host.removeprefix("[").removesuffix("]")
    # RFC 6761, section 6.3: the name localhost is the loopback address and nothing else.
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def holds_demonstration(engine: Engine) -> bool:
    """Whether the database was filled; False for one that is not there yet or cannot be read."""
    if not is_there(engine):
        return False
    reading = engine.execution_options(avtaleflyt_read_only=True)
    try:
        with Session(reading) as session:
            return inspect(session.connection()).has_table("trail_entry") and filled(session)
    except SQLAlchemyError:
        # Nothing is served from a database that cannot be read, and /health says why.
        return False


def refuse_exposure(demonstration: bool, listening: list[str], engine: Engine) -> None:
    """Raise :class:`DemonstrationExposed` where others could reach demonstration people."""
    open_ones = [one for one in listening if not is_loopback(one)]
    if listening and not open_ones:
        return
    where = f"listens on {open_ones[0]}" if open_ones else "listens on an address that no setting names"
    right = "let it listen on 127.0.0.1"
    if not listening:
        right = "name its address in avtaleflyt.listen (127.0.0.1:6543)"
    if demonstration:
        raise DemonstrationExposed(
            f"avtaleflyt.demonstration is true and the server {where}: everybody's password is public, "
            f"so {right}, or set avtaleflyt.demonstration to false."
        )
    if holds_demonstration(engine):
        raise DemonstrationExposed(
            f"the database holds demonstration people, whose password is public, and the server {where}: "
            f"{right}, or give it another database."
        )


def includeme(config: Configurator) -> None:
    """Settings: ``avtaleflyt.demonstration``, and ``avtaleflyt.listen`` where the INI file's
    server section does not say where the server listens. Include after the database.
    """
    settings = config.get_settings()
    values: dict[str, str] = config.registry.get("global_config", {})
    refuse_exposure(
        asbool(settings.get("avtaleflyt.demonstration")),
        addresses(values.get("__file__"), values, settings.get("avtaleflyt.listen")),
        config.registry["engine"],
    )
