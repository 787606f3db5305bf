"""``avtaleflyt demo``: fill an empty development database with demonstration data, and give its log a key.

Only where the settings say so, since everybody's password is public. Filling
twice does nothing the second time, so ``make serve`` may call it at each start.
"""

from __future__ import annotations

import argparse

from pyramid.settings import asbool

from workflow_app.commands import CommandError, _open
from workflow_app.services.demonstration import ACCOUNTS, PASSWORD, fill
from workflow_app.services.log import keys, rotation
from workflow_app.services.log.signer import LogKeyError
from workflow_app.settings import SettingsError, load

SETTING = "avtaleflyt.demonstration"


def arguments(parser: argparse.ArgumentParser) -> None:
    """``--config`` and ``--today``."""
    _open.arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Fill the database and tell the password; 0, also where there was nothing to do."""
    try:
        settings = load(args.config)
    except SettingsError as error:
        raise CommandError(str(error)) from error
    if not asbool(settings.get(SETTING)):
        raise CommandError(
            f"{args.config} does not say {SETTING} = true; "
            "demonstration people have a public password and belong in no other installation"
        )
    try:
        with _open.opened(args) as house:
            made = fill(house.session, house.now)
            if (path := keys.key_file(settings)) is not None:
                rotation.first_key(house.session, path, settings, house.real_now)
    except LogKeyError as error:
        raise CommandError(str(error)) from error
    print("demonstration data made" if made else "demonstration data is there already")
    print(f"{len(ACCOUNTS)} accounts, such as {ACCOUNTS[0].username}; everybody's password: {PASSWORD}")
    return 0
