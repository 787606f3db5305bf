"""``avtaleflyt cosigners``: whose witnesses the installation counts, and asking those that wait for it."""

from __future__ import annotations

import argparse
from datetime import datetime

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.models.database import make_session_factory
from workflow_app.services import parties
from workflow_app.services.log import pushing, witnesses
from workflow_app.services.log.keys import signer_from
from workflow_app.services.log.signer import LogKeyError
from workflow_app.services.norway import OSLO

COLUMNS = ("id", "party", "side", "name", "vkey", "url", "since", "retired", "because")


def arguments(parser: argparse.ArgumentParser) -> None:
    """add, list, url, end and push."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    add = steps.add_parser("add", help="count a witness for a party from now on")
    add.add_argument("party", metavar="PARTY", help="its key, from: avtaleflyt party list")
    add.add_argument(
        "vkey", metavar="VKEY", help="the witness's public key, got from the party by another way"
    )
    add.add_argument("--url", help="where it is asked (C2SP tlog-witness); without, it comes by itself")
    listing = steps.add_parser("list", help="the witnesses there are")
    listing.add_argument("--party", help="of one party")
    listing.add_argument("--json", action="store_true", help="as JSON")
    url = steps.add_parser("url", help="ask a witness at another address, or at none")
    end = steps.add_parser("end", help="count nothing more that a witness cosigns; for ever")
    for step in (url, end):
        step.add_argument("party", metavar="PARTY")
        step.add_argument("witness", metavar="WITNESS", help="its number or its public key")
    url.add_argument("url", metavar="URL", help="the address, or none")
    end.add_argument("--because", required=True, choices=sorted(witnesses.REASONS))
    push = steps.add_parser("push", help="ask the witnesses that wait to be asked, now")
    for step in (add, listing, url, end, push):
        _open.arguments(step)


def run(args: argparse.Namespace) -> int:
    """Do the step; 1 where a witness that was asked did not cosign."""
    if args.step == "push":
        return _push(args)
    with _open.opened(args, read_only=args.step == "list") as house:
        said = {"add": _add, "list": _list, "url": _url, "end": _end}[args.step](args, house)
    # Said only after it is committed.
    if said is not None:
        print(said)
    return 0


def _add(args: argparse.Namespace, house: _open.Opened) -> str:
    party = parties.find(house.session, args.party)
    found = witnesses.register(
        house.session, party, args.vkey, url=args.url, now=house.now, real_now=house.real_now
    )
    return f"{found.id}: {found.name} looks after the log for {party.name}"


def _list(args: argparse.Namespace, house: _open.Opened) -> None:
    wanted = None if args.party is None else [parties.find(house.session, args.party).id]
    rows = [
        {
            "id": one.id, "party": one.party.key, "side": one.party.side, "name": one.name, "vkey": one.vkey,
            "url": one.url, "since": one.since, "retired": one.retired_at, "because": one.retired_because,
        }
        for one in witnesses.of_parties(house.session, wanted)
    ]  # fmt: skip
    show(COLUMNS, rows, as_json=args.json)


def _url(args: argparse.Namespace, house: _open.Opened) -> str:
    found = witnesses.find(house.session, parties.find(house.session, args.party), args.witness)
    witnesses.move(house.session, found, None if args.url == "none" else args.url, now=house.now)
    where = f"is asked at {found.url}" if found.url else "is not asked"
    return f"{found.id}: {found.name} {where}"


def _end(args: argparse.Namespace, house: _open.Opened) -> str:
    found = witnesses.find(house.session, parties.find(house.session, args.party), args.witness)
    witnesses.retire(house.session, found, args.because, now=house.now, real_now=house.real_now)
    return f"{found.id}: {found.name} is retired; what it has cosigned still counts"


def _push(args: argparse.Namespace) -> int:
    with _open.installed(args) as installation:
        try:
            signer = signer_from(installation.settings)
        except LogKeyError as error:
            raise CommandError(str(error)) from error
        if signer is None:
            raise CommandError("the log has no key; make one with: avtaleflyt log key new")
        with installation.in_sentences():
            done = pushing.push(
                make_session_factory(installation.engine),
                signer,
                lambda: datetime.now(OSLO),
                all_of_them=True,
            )
    for one in done:
        if one.fault is None:
            print(f"{one.name}: cosigned {one.size or 'already'}")
        else:
            print(f"{one.name}: {pushing.FAULTS[one.fault]}")
    return 1 if any(one.fault for one in done) else 0
