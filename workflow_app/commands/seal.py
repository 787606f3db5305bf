"""``avtaleflyt seal``: make the installation's key, see what waits for its seal, try again now."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.models.database import make_session_factory
from workflow_app.models.seals import Seal
from workflow_app.services.definitions import workflow_definitions
from workflow_app.services.documents_anchor import printed_log
from workflow_app.services.log.keys import signer_from
from workflow_app.services.norway import OSLO
from workflow_app.services.sealing import new_key
from workflow_app.services.sealing.certificate import open_certificate
from workflow_app.services.sealing.errors import CannotSeal
from workflow_app.services.sealing.older import add_older, try_again
from workflow_app.services.sealing.running import seal_waiting
from workflow_app.services.sealing.settings import SealSettings, seal_settings
from workflow_app.settings import SettingsError, load

COLUMNS = ("agreement", "document", "number", "frozen", "sealed", "level", "remark", "attempts", "problem")

PROVES = """A seal made with it shows that a paper has not been changed since this installation sealed it.
It does not show who the kommune is: nobody else vouches for this certificate, and PDF readers say so.
Publish the fingerprint where people already know you, and keep the key out of the database's backups."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    key = steps.add_parser("key", help="the key to seal with", description="the key to seal with")
    new = key.add_subparsers(dest="deed", metavar="DEED", required=True).add_parser(
        "new", help="make a key and a self-signed certificate; nothing is overwritten"
    )
    _open.arguments(new)
    new.add_argument("--name", required=True, help="whom the certificate names, such as «Eksempel kommune»")
    new.add_argument("--years", type=int, default=new_key.YEARS, help=f"valid so long ({new_key.YEARS})")
    new.add_argument("--key", metavar="FILE", help="else as avtaleflyt.seal_key says")
    new.add_argument("--certificate", metavar="FILE", help="else as avtaleflyt.seal_certificate says")
    listed = steps.add_parser("list", help="the certificate, and the papers that wait for their seal")
    _open.arguments(listed)
    listed.add_argument("--all", action="store_true", help="those that are sealed as well")
    listed.add_argument("--json", action="store_true", help="as JSON")
    retry = steps.add_parser("retry", help="seal what waits now; exit 1 when some of it still waits")
    _open.arguments(retry)
    retry.add_argument(
        "--old", action="store_true", help="what was signed and frozen before there were seals"
    )


def run(args: argparse.Namespace) -> int:
    """Do one of the steps."""
    return {"key": _new, "list": _list, "retry": _retry}[args.step](args)


def _new(args: argparse.Namespace) -> int:
    try:
        settings = seal_settings(load(args.config))
    except SettingsError as error:
        raise CommandError(str(error)) from error
    key = Path(args.key) if args.key else settings.key
    certificate = Path(args.certificate) if args.certificate else settings.certificate
    if key is None or certificate is None:
        raise CommandError(
            "say where: --key and --certificate, or avtaleflyt.seal_key and avtaleflyt.seal_certificate in"
            f" {args.config}"
        )
    if not 1 <= args.years <= 50:
        raise CommandError("--years: write a whole number from 1 to 50")
    try:
        made = new_key.make(args.name.strip(), key, certificate, datetime.now(OSLO), years=args.years)
    except FileExistsError as error:
        raise CommandError(f"{error.filename or error} is there already; nothing was done") from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}; nothing was made") from error
    except ValueError as error:
        raise CommandError("--name: write 1 to 64 characters") from error
    print(f"key          {key}")
    print(f"certificate  {certificate}")
    print(f"fingerprint  {_fingerprint(key, certificate)}")
    print(f"valid until  {made.not_valid_after_utc.astimezone(OSLO).date()}")
    print(PROVES)
    return 0


def _fingerprint(key: Path, certificate: Path) -> str:
    return open_certificate(SealSettings(key, certificate), datetime.now(OSLO)).fingerprint


def _list(args: argparse.Namespace) -> int:
    wanted = select(Seal).order_by(Seal.id)
    if not args.all:
        wanted = wanted.where(Seal.sealed_sha256.is_(None))
    with _open.opened(args, read_only=True) as house:
        rows = [
            {
                "agreement": row.agreement_id,
                "document": row.document,
                "number": row.number,
                "frozen": row.frozen_at.astimezone(OSLO) if row.frozen_at else None,
                "sealed": row.sealed_at.astimezone(OSLO) if row.sealed_at else None,
                "level": row.level,
                "remark": row.remark,
                "attempts": row.attempts,
                "problem": row.problem,
            }
            for row in house.session.scalars(wanted)
        ]
        if not args.json:
            print(_standing(seal_settings(house.settings), house.now))
    show(COLUMNS, rows, as_json=args.json)
    return 0


def _standing(settings: SealSettings, now: datetime) -> str:
    if settings.make and settings.key is not None and not settings.key.exists():
        return f"the first paper that is sealed makes the key {settings.key}; this is a demonstration"
    try:
        held = open_certificate(settings, now)
        until = held.certificate.not_valid_after_utc.astimezone(OSLO).date()
        vouched = "self-signed" if held.self_signed else "issued by another"
        level = "B-T" if settings.timestamp else "B-B"
        return f"seals {level} as {held.name}, {vouched}, {held.fingerprint}, until {until}"
    except CannotSeal as no:
        return f"nothing is sealed: {no.reason}"


def _retry(args: argparse.Namespace) -> int:
    with _open.installed(args) as house, house.in_sentences():
        sessions = make_session_factory(house.engine)
        with sessions.begin() as session:
            if args.old:
                add_older(session, house.clock())
            try_again(session, house.clock())
        total, last = 0, None
        while last is None or last.frozen or last.sealed:
            # In bites: one look takes a bounded number of papers.
            last = seal_waiting(
                sessions, seal_settings(house.settings), house.clock, registry=workflow_definitions(),
                printed=printed_log(house.settings, signer_from(house.settings)),
            )  # fmt: skip
            total += last.sealed
            for agreement, code in last.failed:
                print(f"{agreement}: not sealed: {code}")
        with sessions() as session:
            left = len(session.scalars(select(Seal.id).where(Seal.sealed_sha256.is_(None))).all())
    print(f"{total} sealed, {left} waiting" + (f": {last.stopped.reason}" if last.stopped else ""))
    return 1 if left else 0
