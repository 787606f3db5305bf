"""Every fault a definition can have is found, with its file and key; each is tried."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.workflows import STATES
from workflow_app.domain.definitions import Definition, UnsoundDefinition, parse

SMALL = """
id = "small"
version = 1
title = "Small"
initial = "open"
observers = ["watcher"]
[sides.left]
roles = ["writer", "signer"]
[sides.right]
roles = ["reader"]
[states.open]
label = "Open"
awaits = ["close"]
may = {view = ["writer", "reader", "watcher"], edit = ["writer"]}
[states.pending]
label = "Pending"
may = {view = ["writer"]}
[states.closed]
label = "Closed"
final = true
may = {view = ["writer"]}
[transitions.pause]
label = "Pause"
from = ["open"]
to = "pending"
set_origin = true
may = ["writer"]
fields = ["reason"]
[transitions.back]
label = "Back"
from = ["pending"]
to = "@origin"
may = ["writer"]
[transitions.close]
label = "Close"
from = ["open"]
to = "closed"
approvals = {from_every_party = ["signer", "reader"], of = "agreement", reauthenticate = true}
fields = ["password", "effective_date?"]
guards = ["parties_set"]
effects = ["void_approvals"]
documents = ["agreement"]
[transitions.note]
label = "Note"
from = ["open"]
to = "closed"
approvals = {any_of_every_party = ["writer"], of = "matter"}
fields = ["outcome"]
outcomes = {noted = "@fill", postponed = "@record", sent_back = "pending_not"}
[transitions.expire]
label = "Expire"
from = ["pending"]
to = "closed"
automatic = {day_after = "effective_end"}
""".replace(', sent_back = "pending_not"', "")


def findings(text: str) -> list[tuple[str, str]]:
    try:
        parse(text, "small.toml")
    except UnsoundDefinition as unsound:
        found = unsound.findings
    else:
        found = ()
    assert all(finding.file == "small.toml" for finding in found)
    return [(finding.key, str(finding.sentence)) for finding in found]


def test_the_small_definition_is_sound() -> None:
    assert findings(SMALL) == []
    assert isinstance(parse(SMALL, "small.toml"), Definition)


# what is replaced, by what, key of the finding, words in it
FAULTS = [
    # the file
    ("version = 1", "version = ", "(file)", "not TOML"),
    ("version = 1", "version = 1\nversion = 2", "(file)", "not TOML"),
    ("[states.pending]", "[states.open]", "(file)", "not TOML"),
    # top level
    ('id = "small"\n', "", "id", "missing"),
    ('id = "small"', 'id = "små / ting"', "id", "letters"),
    ('id = "small"', "id = 3", "id", "text"),
    ("version = 1", "version = 0", "version", "whole number"),
    ("version = 1", "version = true", "version", "whole number"),
    ("version = 1", 'version = "1"', "version", "whole number"),
    ("version = 1", "version = 1.0", "version", "whole number"),
    ('title = "Small"\n', "", "title", "missing"),
    ('title = "Small"', 'title = "  "', "title", "text"),
    ('initial = "open"\n', "", "initial", "missing"),
    ('initial = "open"', 'initial = "opn"', "initial", "unknown state “opn”"),
    ("version = 1", "version = 1\ncolour = 'red'", "colour", "not a key"),
    ("version = 1", "version = 1\n[labels]\nwriter = 3", "labels.writer", "text"),
    ("[sides.left]", "[labels]\nwirter = 'x'\n[sides.left]", "labels", "wirter"),
    # sides and roles
    ('[sides.right]\nroles = ["reader"]\n', "", "sides", "one side"),
    ('roles = ["reader"]', "roles = []", "sides.right.roles", "empty"),
    ('roles = ["reader"]', 'roles = "reader"', "sides.right.roles", "list"),
    ('roles = ["reader"]', 'roles = ["reader", "reader"]', "sides.right.roles", "twice"),
    ('roles = ["reader"]', 'roles = ["reader", "writer"]', "sides.right.roles", "one place"),
    ('roles = ["reader"]', 'roles = ["reader"]\nhead = "reader"', "sides.right.head", "not a key"),
    ('observers = ["watcher"]', 'observers = ["writer"]', "observers", "one place"),
    # states
    ("[states.pending]", '[states."Pending!"]', "states.Pending!", "not a name"),
    ('label = "Pending"\n', "", "states.pending.label", "missing"),
    ('label = "Pending"', 'label = "Pending"\ncolor = 1', "states.pending.color", "not a key"),
    ('label = "Pending"', 'label = "Pending"\nfinal = "no"', "states.pending.final", "true or false"),
    ('label = "Pending"\nmay = {view = ["writer"]}', 'label = "Pending"', "states.pending.may", "missing"),
    ('"Pending"\nmay = {view = ', '"Pending"\nmay = {edit = ', "states.pending.may.view", "nobody could see"),
    ('edit = ["writer"]', 'edit = ["wirter"]', "states.open.may.edit", "unknown role “wirter”"),
    ('edit = ["writer"]', 'edti = ["writer"]', "states.open.may", "unknown permission “edti”"),
    ('edit = ["writer"]', 'edit = "writer"', "states.open.may.edit", "list"),
    ('awaits = ["close"]', 'awaits = ["clsoe"]', "states.open.awaits", "unknown transition “clsoe”"),
    ('awaits = ["close"]', 'awaits = ["back"]', "states.open.awaits", "does not start"),
    ('label = "Pending"', 'label = "Pending"\nawaits = ["expire"]', "states.pending.awaits", "automatic"),
    # transitions: names, ends
    ("[transitions.pause]", '[transitions."pause@x"]', "transitions.pause@x", "not a name"),
    ('label = "Pause"\n', "", "transitions.pause.label", "missing"),
    ('from = ["open"]\nto = "pending"', 'to = "pending"', "transitions.pause.from", "missing"),
    ('from = ["open"]\nto = "pending"', 'from = []\nto = "pending"', "transitions.pause.from", "empty"),
    (
        'from = ["open"]\nto = "pending"',
        'from = ["opne"]\nto = "pending"',
        "transitions.pause.from",
        "unknown state",
    ),
    ('to = "pending"\n', "", "transitions.pause.to", "missing"),
    ('to = "pending"', 'to = "pneding"', "transitions.pause.to", "unknown state “pneding”"),
    ('to = "pending"', 'to = "@nowhere"', "transitions.pause.to", "unknown state “@nowhere”"),
    # who
    ('may = ["writer"]\nfields', "fields", "transitions.pause.may", "exactly one"),
    ('may = ["writer"]\nfields', "may = []\nfields", "transitions.pause.may", "empty"),
    (
        'may = ["writer"]\nfields',
        'may = ["watcher"]\nfields',
        "transitions.pause.may",
        "unknown role “watcher”",
    ),
    (
        'may = ["writer"]\nfields',
        'may = ["nobody"]\nfields',
        "transitions.pause.may",
        "unknown role “nobody”",
    ),
    (
        'may = ["writer"]\nfields',
        'may = ["writer"]\nautomatic = {day_after = "effective_end"}\nfields',
        "transitions.pause.may",
        "exactly one",
    ),
    ('["signer", "reader"]', "[]", "transitions.close.approvals.from_every_party", "empty"),
    ('["signer", "reader"]', '["singer"]', "transitions.close.approvals.from_every_party", "unknown role"),
    ('["signer", "reader"]', '["watcher"]', "transitions.close.approvals.from_every_party", "unknown role"),
    (
        '{from_every_party = ["signer", "reader"], of',
        "{of",
        "transitions.close.approvals.from_every_party",
        "either",
    ),
    ('of = "agreement"', 'of = "handshake"', "transitions.close.approvals.of", "unknown"),
    ('of = "agreement"', 'order = "random"', "transitions.close.approvals.order", "unknown"),
    ('of = "agreement"', "hurry = true", "transitions.close.approvals.hurry", "not a key"),
    # origins
    ("set_origin = true\n", "", "transitions.back.to", "unknown origin"),
    ("set_origin = true", "set_origin = 1", "transitions.pause.set_origin", "true or false"),
    (
        'from = ["pending"]\nto = "@origin"',
        'from = ["pending"]\nto = "open"',
        "transitions.pause.set_origin",
        "leads back",
    ),
    ('label = "Back"', 'label = "Back"\nset_origin = true', "transitions.back.set_origin", "named state"),
    ('from = ["pending"]\nto = "@origin"', 'from = ["pending", "open"]\nto = "@origin"', "initial", "origin"),
    # guards, fields, effects, documents
    (
        'guards = ["parties_set"]',
        'guards = ["partys_set"]',
        "transitions.close.guards",
        "unknown guard “partys_set”",
    ),
    (
        'guards = ["parties_set"]',
        'guards = ["period_not_over", "period_not_over"]',
        "transitions.close.guards",
        "twice",
    ),
    (
        'guards = ["parties_set"]',
        'guards = ["meeting_not_ahead"]',
        "transitions.close.guards",
        "meeting_date",
    ),
    ('fields = ["reason"]', 'fields = ["raeson"]', "transitions.pause.fields", "unknown field “raeson”"),
    ('fields = ["reason"]', 'fields = ["reason", "reason?"]', "transitions.pause.fields", "asked for twice"),
    ('fields = ["reason"]', 'fields = ["password"]', "transitions.pause.fields", "reauthenticate"),
    (
        '["password", "effective_date?"]',
        '["effective_date?"]',
        "transitions.close.approvals.reauthenticate",
        "password",
    ),
    (
        '["password", "effective_date?"]',
        '["password?"]',
        "transitions.close.approvals.reauthenticate",
        "password",
    ),
    ('effects = ["void_approvals"]', 'effects = ["explode"]', "transitions.close.effects", "unknown effect"),
    (
        'effects = ["void_approvals"]',
        'each_time = ["explode"]',
        "transitions.close.each_time",
        "unknown effect",
    ),
    ('documents = ["agreement"]', 'documents = ["poem"]', "transitions.close.documents", "unknown document"),
    # outcomes
    ('noted = "@fill"', 'noticed = "@fill"', "transitions.note.outcomes", "unknown outcome “noticed”"),
    ('noted = "@fill"', 'noted = "@feel"', "transitions.note.outcomes.noted", "unknown state"),
    ('noted = "@fill"', "noted = 1", "transitions.note.outcomes.noted", "text"),
    (
        'noted = "@fill"',
        'noted = {to = "@fill", efects = []}',
        "transitions.note.outcomes.noted.efects",
        "not a key",
    ),
    ('noted = "@fill"', 'noted = "@record"', "transitions.note.outcomes", "never be completed"),
    ('postponed = "@record"', 'postponed = "pending"', "transitions.note.set_origin", "leads into"),
    ('fields = ["outcome"]', 'fields = ["outcome?"]', "transitions.note.outcomes", "does not ask"),
    (
        '{any_of_every_party = ["writer"]',
        '{from_every_party = ["writer"]',
        "transitions.note.outcomes",
        "belong",
    ),
    # the clock
    (
        'day_after = "effective_end"',
        'day_after = "doomsday"',
        "transitions.expire.automatic.day_after",
        "unknown date",
    ),
    (
        'day_after = "effective_end"',
        'when = "doomsday"',
        "transitions.expire.automatic.when",
        "unknown guard",
    ),
    ('{day_after = "effective_end"}', "{}", "transitions.expire.automatic.day_after", "either"),
    ('{day_after = "effective_end"}', '"soon"', "transitions.expire.automatic", "table"),
    (
        '{day_after = "effective_end"}',
        '{day_after = "effective_end"}\nfields = ["reason"]',
        "transitions.expire.fields",
        "asks nobody",
    ),
    # the whole
    (
        'from = ["pending"]\nto = "closed"',
        'from = ["pending"]\nto = "pending"',
        "transitions.expire.automatic",
        "for ever",
    ),
    (
        'from = ["pending"]\nto = "closed"',
        'from = ["closed"]\nto = "pending"',
        "states.closed.final",
        "leads out",
    ),
    ('label = "Closed"\nfinal = true', 'label = "Closed"', "states.closed", "not final"),
    (
        'label = "Pause"\nfrom = ["open"]',
        'label = "Pause"\nfrom = ["pending"]',
        "states.pending",
        "no transition leads here",
    ),
]


@pytest.mark.parametrize(
    ("old", "new", "key", "words"), FAULTS, ids=[f"{f[2]}-{f[3]}-{n}" for n, f in enumerate(FAULTS)]
)
def test_each_fault_is_found_with_its_key(old: str, new: str, key: str, words: str) -> None:
    assert SMALL.count(old) >= 1, "the fault is not in the small definition any more"
    found = findings(SMALL.replace(old, new, 1))
    assert any(k == key and words in sentence for k, sentence in found), found


def test_a_loop_of_the_clock_over_two_states_is_found() -> None:
    looping = SMALL + (
        '[transitions.return]\nlabel = "Return"\nfrom = ["pending"]\nto = "@origin"\n'
        'automatic = {when = "parties_set"}\n'
        '[transitions.leave]\nlabel = "Leave"\nfrom = ["open"]\nto = "pending"\nset_origin = true\n'
        'automatic = {when = "rules_confirmed"}\n'
    )
    keys = [key for key, sentence in findings(looping) if "for ever" in sentence]
    assert keys == ["transitions.return.automatic", "transitions.leave.automatic"]


def test_a_circle_without_an_end_is_found() -> None:
    circle = SMALL.replace('from = ["open"]\nto = "closed"', 'from = ["pending"]\nto = "closed"').replace(
        'awaits = ["close"]\n', ""
    )
    trapped = circle + (
        '[states.ring]\nlabel = "Ring"\nmay = {view = ["writer"]}\n[states.rang]\nlabel = "Rang"\n'
        'may = {view = ["writer"]}\n'
        '[transitions.a]\nlabel = "A"\nfrom = ["open", "rang"]\nto = "ring"\nmay = ["writer"]\n'
        '[transitions.b]\nlabel = "B"\nfrom = ["ring"]\nto = "rang"\nmay = ["writer"]\n'
    )
    keys = [key for key, sentence in findings(trapped) if "no final state" in sentence]
    assert keys == ["states.ring", "states.rang"]


def test_all_faults_come_together() -> None:
    text = SMALL.replace('initial = "open"', 'initial = "opn"').replace("version = 1", "version = 0")
    assert {"initial", "version"} <= {key for key, _ in findings(text)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "states = 3",
        "[states]\nopen = 1",
        "transitions = []",
        "[transitions.x]\napprovals = 1\nautomatic = 1\nmay = 1\noutcomes = 1",
        "sides = {a = {roles = [1, [2]]}}",
        "id = 1979-05-27",
        "[states.x.may]\nview = [1]",
        "\x00",
        "a" + ".a" * 5000 + " = 1",
        "[transitions.x.approvals.order" + ".a" * 5000 + "]",
        "x = " + "[" * 5000 + "]" * 5000,
    ],
)
def test_nonsense_gets_findings_and_no_crash(text: str) -> None:
    assert findings(text)


LINES = [
    line
    for name in ("politiradsavtale_v1.toml", "politiradsavtale_vedtak_v1.toml")
    for line in (STATES / name).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, len(LINES) - 1), max_size=4), st.randoms(use_true_random=False))
def test_any_mangled_definition_gets_a_verdict(dropped: list[int], random: Random) -> None:
    lines = [line for n, line in enumerate(LINES[: len(LINES) // 2]) if n not in dropped]
    for _ in range(3):
        n = random.randrange(len(lines))
        lines[n] = random.choice(
            [lines[n].replace('"', "", 1), lines[n].replace("[", "", 1), random.choice(LINES), lines[n]]
        )
    # Whatever it is, it comes out as findings or as a definition, and not as any other error.
    assert all(key and sentence for key, sentence in findings("\n".join(lines)))
