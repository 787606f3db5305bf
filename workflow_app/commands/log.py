"""``avtaleflyt log``: the log's key, its heads, the queue for the tree, and whether the tree is whole.

What is secret is written to a file or, where the key lives in the environment,
printed once for it; what is public (keys, heads) is printed as other programs
read it.
"""

from __future__ import annotations

import argparse
import sys

from workflow_app.commands import CommandError, _open
from workflow_app.commands._rows import show
from workflow_app.domain.tlog.nodes import TreeDamaged
from workflow_app.domain.trail import TrailError, parse_vkey
from workflow_app.services.log import checkpoints, keys, rotation, sequencer, tree
from workflow_app.services.log.checking import check_tree
from workflow_app.services.log.signer import LogKeyError, Signer

STEPS = {
    "checkpoint": "print the signed head of the log",
    "sequence": "give entries that wait their place in the tree",
    "check": "check the tree: leaves, heads of tiles, kept checkpoints, the key",
}
KEY_STEPS = {
    "new": "make the log's key where there is none, and enter its public half in the trail",
    "list": "the public keys of the log, old ones too",
    "rotate": "change the key; the log keeps its name and what the old key signed still holds",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """``key new|list|rotate``, ``checkpoint``, ``sequence``, ``check``."""
    steps = parser.add_subparsers(dest="step", metavar="STEP", required=True)
    key = steps.add_parser("key", help="the key that heads are signed with", description="the log's key")
    key_steps = key.add_subparsers(dest="key_step", metavar="STEP", required=True)
    for name, what in KEY_STEPS.items():
        one = key_steps.add_parser(name, help=what, description=what)
        if name == "list":
            one.add_argument("--json", action="store_true", help="as JSON")
        if name == "rotate":
            one.add_argument("--lost", action="store_true", help="the old key is gone; go on without it")
        _open.arguments(one)
    for name, what in STEPS.items():
        one = steps.add_parser(name, help=what, description=what)
        if name == "checkpoint":
            one.add_argument("--size", type=int, metavar="N", help="the head over the first N leaves")
            one.add_argument("--keep", action="store_true", help="also keep it, as one that others hold")
        _open.arguments(one)


def run(args: argparse.Namespace) -> int:
    """Do the step; 1 where the check finds a fault."""
    try:
        if args.step == "key":
            return {"new": _new, "list": _list, "rotate": _rotate}[args.key_step](args)
        return {"checkpoint": _checkpoint, "sequence": _sequence, "check": _check}[args.step](args)
    except LogKeyError as error:
        raise CommandError(str(error)) from error
    except TreeDamaged as error:
        sentence = f"the log is damaged, so nothing is signed: {error}; see: avtaleflyt log check"
        raise CommandError(sentence, code=1) from error


def _new(args: argparse.Namespace) -> int:
    with _open.opened(args) as house:
        path = keys.key_file(house.settings)
        given = _given(house) if path is None else None
        if path is None:
            signer = given or rotation.fresh(
                house.session, house.settings, f"${keys.VARIABLE} is not set here"
            )
            fresh = keys.enter(house.session, signer, house.real_now)
        else:
            signer, fresh = rotation.first_key(house.session, path, house.settings, house.real_now)
    if path is None and given is None:
        _print_private(signer)
    print(signer.vkey)
    where = path or f"${keys.VARIABLE}"
    _note(
        f"the log {signer.origin} signs with the key in {where}" if fresh else "the log has its key already"
    )
    return 0


def _rotate(args: argparse.Namespace) -> int:
    with _open.opened(args) as house:
        path = keys.key_file(house.settings)
        origin = _origin(args, house)
        if path is None:
            signer = keys.new_signer(origin)
            keys.enter(house.session, signer, house.real_now)
        else:
            signer = rotation.prepare(house.session, path, origin, house.real_now)
    if path is None:
        _print_private(signer)
    else:
        rotation.take_place(path)
    print(signer.vkey)
    taken = "a server that runs takes it up by itself"
    if path is None:
        taken = "restart the server with it, which signs nothing until then"
    _note(f"the log {origin} has a new key; {taken}; give the key above to the witnesses")
    return 0


def _origin(args: argparse.Namespace, house: _open.Opened) -> str:
    """The name that the new key must have: the old one's."""
    known = keys.current_key(house.session)
    if args.lost and known is not None:
        return parse_vkey(known.vkey).name
    signer = _given(house)
    if signer is None:
        raise LogKeyError("the log has no key to change; make one with: avtaleflyt log key new")
    return signer.origin


def _given(house: _open.Opened) -> Signer | None:
    return keys.signer_from(house.settings)


def _print_private(signer: Signer) -> None:
    _note(f"keep this secret; put it in the environment of the service, as {keys.VARIABLE}:")
    print(signer.text)


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _list(args: argparse.Namespace) -> int:
    with _open.opened(args, read_only=True) as house:
        rows = [{"key": k.vkey, "since": k.since, "until": k.until} for k in keys.log_keys(house.session)]
    show(("key", "since", "until"), rows, as_json=args.json)
    return 0


def _checkpoint(args: argparse.Namespace) -> int:
    with _open.opened(args, read_only=not args.keep) as house:
        signer = _given(house)
        if signer is None:
            raise LogKeyError("the log has no key; make one with: avtaleflyt log key new")
        there_are = tree.tree_size(house.session)
        size = there_are if args.size is None else args.size
        if not 0 <= size <= there_are:
            raise CommandError(f"the tree has {there_are} leaves, so there is no head of {size}")
        head = checkpoints.at(house.session, signer, size)
        if args.keep:
            checkpoints.store(house.session, head, house.real_now)
    sys.stdout.write(head.note.decode())
    return 0


def _sequence(args: argparse.Namespace) -> int:
    with _open.installed(args) as installation:
        with installation.transaction() as house:
            sequencer.enqueue_strays(house.session)
        with installation.in_sentences():
            done = sequencer.drain(installation.engine)
        with installation.transaction() as house:
            # What was missing may have been put back since.
            tree.close_left_open(house.session)
    print(f"{done} entries got their place in the tree")
    return 0


def _check(args: argparse.Namespace) -> int:
    with _open.opened(args, read_only=True) as house:
        try:
            said = check_tree(house.session)
            signer = _given(house)
            doubt = keys.doubt(house.session, signer)
        except TrailError as fault:
            raise CommandError(str(fault), code=1) from fault
    for one in said:
        print(one.en)
    if signer is None or doubt is not None:
        raise CommandError(str(doubt), code=1)
    print(f"{signer.vkey} signs")
    return 0
