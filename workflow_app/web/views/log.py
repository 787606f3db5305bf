"""The log for programs: heads as signed notes, tiles by C2SP tlog-tiles, proofs, keys."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from pyramid.renderers import render_to_response
from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import exception_view_config, view_config

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.tlog import tiles
from workflow_app.domain.tlog.nodes import TreeDamaged
from workflow_app.domain.tlog.text import consistency_text, inclusion_text
from workflow_app.domain.trail import parse_checkpoint, parse_note
from workflow_app.services.errors import FieldErrors, NotThere
from workflow_app.services.log import checkpoints, cosigning, tree
from workflow_app.services.log.keys import log_keys
from workflow_app.services.log.signer import KeyEnded
from workflow_app.web.changing import as_json
from workflow_app.web.log_input import number, within
from workflow_app.web.log_resources import (
    CheckpointResource,
    Checkpoints,
    KeptCheckpoints,
    Log,
    Proofs,
    PublicNode,
    TileResource,
)
from workflow_app.web.permissions import Right
from workflow_app.web.present.log_page import DAMAGED, log_page
from workflow_app.web.rendering import wants_json
from workflow_app.web.views.errors import answer

log = logging.getLogger(__name__)

KEY_AWAY = msg(
    "The log has got a new key that this server cannot read yet, so nothing new is signed; whoever runs the"
    " system must put the key in its place, or restart the server where the key is in its environment."
)

FOR_EVER = "public, max-age=31536000, immutable"
MOST_KEPT = 100
"""Heads in one answer of ``/checkpoints``."""


def plain(body: bytes) -> Response:
    """A text as it is."""
    return Response(body=body, content_type="text/plain", charset="utf-8")


def head(request: Request, note: bytes) -> Response:
    """A signed head as it is; for a program that asks for JSON, with its parts beside it."""
    if not wants_json(request):
        return plain(note)
    said = parse_checkpoint(parse_note(note).text)
    return as_json(
        request, {"origin": said.origin, "size": said.size, "root": said.root.hex(), "note": note.decode()}
    )


def no_key(request: Request) -> Response:
    """What an installation without a key answers in the place of a head."""
    return answer(
        request,
        503,
        "no_log_key",
        msg("This installation has no key to sign the log with yet; its operator must make one."),
    )


@exception_view_config(TreeDamaged)
def damaged(context: TreeDamaged, request: Request) -> Response:
    """Something was taken out of the log or changed: programs get a sentence, people the log's page with it.

    Whatever wanted the head comes here, a receipt or a bundle too; nothing is signed.
    """
    log.error("the log is damaged, found at %s: %s", request.path_info, context)
    if (said := _in_words(request, DAMAGED)) is not None:
        return said
    if wants_json(request) or request.content_type == "application/json":
        return answer(request, 503, "log_damaged", DAMAGED)
    template = "workflow_app.templates:pages/log.pt"
    response = render_to_response(template, {"page": log_page(request, DAMAGED)}, request=request)
    response.status_int = 503
    return response


def _in_words(request: Request, sentence: Message) -> Response | None:
    """A line of text for a program that wanted a note or a tile; None for who asked for a page or JSON."""
    for_text = isinstance(request.context, PublicNode) and request.content_type != "application/json"
    if not for_text or wants_json(request) or "text/html" in request.headers.get("Accept", ""):
        return None
    response = plain(f"{request.say(sentence)}\n".encode())
    response.status_int = 503
    return response


@exception_view_config(KeyEnded)
def key_away(context: KeyEnded, request: Request) -> Response:
    """The key was changed and the new one cannot be read here.

    No older head is given in its place: to a witness that has seen a newer one, entries would be gone.
    """
    log.error("nothing is signed at %s: %s", request.path_info, context)
    return _in_words(request, KEY_AWAY) or answer(request, 503, "log_key_away", KEY_AWAY)


@view_config(context=Checkpoints, permission=Right.READ_LOG, request_method="GET")
def checkpoint(context: Checkpoints, request: Request) -> Response:
    """The head over all that is there now, signed and perhaps cosigned (C2SP tlog-checkpoint)."""
    if request.log_signer is None:
        return no_key(request)
    now = checkpoints.current(request.dbsession, request.log_signer)
    return head(request, cosigning.with_cosignatures(request.dbsession, now, most=cosigning.MOST_PUBLISHED))


@view_config(context=CheckpointResource, permission=Right.READ_LOG, request_method="GET")
def kept_checkpoint(context: CheckpointResource, request: Request) -> Response:
    """A head that was kept, with the cosignatures that have come since."""
    most = cosigning.MOST_PUBLISHED
    return head(request, cosigning.cosigned_note(request.dbsession, context.size, most=most))


@view_config(context=KeptCheckpoints, permission=Right.READ_LOG, request_method="GET")
def kept_checkpoints(context: KeptCheckpoints, request: Request) -> Response:
    """Which heads were kept, from ``after`` on, the smallest first."""
    rows = checkpoints.listed(request.dbsession, number(request, "after", 0), MOST_KEPT + 1)
    told = [{"size": r.size, "root": r.root.hex(), "at": r.at} for r in rows[:MOST_KEPT]]
    more = f"/checkpoints?after={rows[MOST_KEPT - 1].size}" if len(rows) > MOST_KEPT else None
    return as_json(request, {"checkpoints": told, "next": more})


@view_config(context=TileResource, permission=Right.READ_LOG, request_method="GET")
def tile(context: TileResource, request: Request) -> Response:
    """The hashes of a tile, 32 bytes each (C2SP tlog-tiles); what has a name here never changes."""
    if context.words[:1] == ("entries",):
        raise NotThere(
            "entries_are_not_public",
            msg("Entries are not public, only their hashes; each party has its own in trail.zip."),
        )
    wanted = tiles.parse(context.words)
    found = None if wanted is None else tree.tile(request.dbsession, wanted)
    if wanted is None or found is None:
        raise NotThere("no_tile", msg("The tree has no such tile, or not so many hashes in it."))
    response = Response(body=found, content_type="application/octet-stream", charset=None)
    response.headers["Cache-Control"] = FOR_EVER
    return response


@view_config(context=Proofs, name="inclusion", permission=Right.READ_LOG, request_method="GET")
def inclusion(context: Proofs, request: Request) -> Response:
    """That leaf ``index`` is in the tree of ``size`` leaves (else of all there are)."""
    db, there_are = request.dbsession, tree.tree_size(request.dbsession)
    index = number(request, "index")
    size = within(number(request, "size", there_are), there_are)
    if index >= size:
        raise FieldErrors({"index": msg("Leaves are counted from 0, so index must be smaller than size.")})
    node = tree.nodes(db, size)
    proof = tree.inclusion(db, index, size, node)
    if wants_json(request):
        return _proof(
            request, proof, index=index, size=size, leaf=node(0, index), root=tree.root(db, size, node)
        )
    if request.log_signer is None:
        return no_key(request)
    return plain(inclusion_text(index, proof, checkpoints.at(db, request.log_signer, size).note))


@view_config(context=Proofs, name="consistency", permission=Right.READ_LOG, request_method="GET")
def consistency(context: Proofs, request: Request) -> Response:
    """That the tree of ``to`` leaves (else of all there are) begins with that of ``from``."""
    db, there_are = request.dbsession, tree.tree_size(request.dbsession)
    first, second = number(request, "from"), within(number(request, "to", there_are), there_are)
    if first > second:
        raise FieldErrors({"from": msg("from must not be larger than to: it is the older tree.")})
    proof = tree.consistency(db, first, second)
    if wants_json(request):
        roots = {"first_root": tree.root(db, first), "second_root": tree.root(db, second)}
        return _proof(request, proof, **{"from": first, "to": second}, **roots)
    if request.log_signer is None:
        return no_key(request)
    return plain(consistency_text(first, proof, checkpoints.at(db, request.log_signer, second).note))


def _proof(request: Request, proof: Iterable[bytes], **told: int | bytes) -> Response:
    shown = {name: value.hex() if isinstance(value, bytes) else value for name, value in told.items()}
    return as_json(request, {**shown, "proof": [one.hex() for one in proof]})


@view_config(context=Log, name="keys", permission=Right.READ_LOG, request_method="GET")
def keys(context: Log, request: Request) -> Response:
    """The public keys of the log, old ones too: one a line, the one that signs now first; JSON with times."""
    told: list[dict[str, Any]] = [
        {"vkey": one.vkey, "since": one.since, "until": one.until} for one in log_keys(request.dbsession)
    ][::-1]
    signer = request.log_signer
    if signer is not None and signer.vkey not in {one["vkey"] for one in told}:
        # Put in place by hand and not entered yet; what it signs must be checkable all the same.
        told.insert(0, {"vkey": signer.vkey, "since": None, "until": None})
    if wants_json(request):
        return as_json(request, {"origin": signer.origin if signer else None, "keys": told})
    return plain("".join(f"{one['vkey']}\n" for one in told).encode())
