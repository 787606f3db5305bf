"""Where cosignatures are handed in: ``POST /checkpoint/cosignatures``, open to whoever has one.

No login, no cookie and so no token of a form: what is posted proves itself or
is refused. The answer is a line of text, or JSON for who asks for it.
"""

from __future__ import annotations

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from workflow_app.domain.messages import Message, msg
from workflow_app.services.log import cosigning
from workflow_app.services.log.cosigning import Refused, Taken
from workflow_app.web.changing import as_json
from workflow_app.web.log_resources import Checkpoints
from workflow_app.web.permissions import Right
from workflow_app.web.rendering import wants_json

STATUS = {
    "unreadable": 400, "unknown_witness": 403, "retired_witness": 403, "not_ours": 409, "too_long": 413,
    "bad_signature": 422, "wrong_time": 422, "no_log_key": 503,
}  # fmt: skip
"""What a cosignature that is not taken is answered, by code."""


@view_config(
    context=Checkpoints,
    name="cosignatures",
    permission=Right.READ_LOG,
    request_method="POST",
    require_csrf=False,
)
def take(context: Checkpoints, request: Request) -> Response:
    """Take the cosignatures under a checkpoint; the same again is answered the same and changes nothing."""
    try:
        return _taken(request, _take(request))
    except Refused as no:
        request.tm.doom()
        return _said(request, STATUS[no.code], {"error": no.code, "refusals": []}, no.message)


def _take(request: Request) -> Taken:
    if request.content_length is not None and request.content_length > cosigning.LONGEST:
        raise cosigning.refusal("too_long")
    given = cosigning.read(request.body)
    if request.log_signer is None:
        raise Refused(
            "no_log_key",
            msg("This installation has no key to sign the log with yet; its operator must make one."),
        )
    # A stranger's rubbish must not make those who sign wait for the one writer.
    cosigning.check(request.reading, given, request.real_now)
    return cosigning.accept(request.dbsession, given, request.log_signer, request.real_now)


def _taken(request: Request, taken: Taken) -> Response:
    told = {
        "size": taken.size, "root": taken.root.hex(), "witnesses": list(taken.witnesses),
        "new": list(taken.new),
    }  # fmt: skip
    sentence = msg("The checkpoint of ${size} entries is cosigned.", size=taken.size)
    return _said(request, 200, told, sentence)


def _said(request: Request, status: int, told: dict[str, object], sentence: Message) -> Response:
    if wants_json(request):
        return as_json(request, {**told, "message": request.say(sentence)}, status)
    return Response(
        body=f"{request.say(sentence)}\n".encode(), status=status, content_type="text/plain", charset="utf-8"
    )
