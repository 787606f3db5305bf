"""The two lives of an agreement, written here once by hand.

The tables are the design's, not the files': when a definition changes, one of
these lines must change too, and somebody must mean it.
"""

from __future__ import annotations

Row = tuple[str, set[str], str, str, set[str]]
"""Transition, from, to, kind, roles. Kinds: every = each role of every party, any = one
of the roles for every party, one = one person alone, clock = nobody."""

COORDINATORS = {"slt_coordinator", "politikontakt"}
SIGNERS = {"mayor", "station_chief"}
FOUR = COORDINATORS | SIGNERS
REPORTERS = {"slt_coordinator", "council_secretary"}

LIFE_REPORTED: list[Row] = [
    ("agree", {"draft"}, "negotiated", "every", COORDINATORS),
    ("reopen", {"negotiated"}, "draft", "one", FOUR),
    ("sign", {"negotiated"}, "signed", "every", SIGNERS),
    ("register", {"draft"}, "signed", "every", COORDINATORS),
    ("report", {"signed"}, "reported", "any", REPORTERS),
    ("begin_evaluation", {"signed", "reported"}, "annual_evaluation", "one", COORDINATORS),
    ("continue", {"annual_evaluation"}, "@origin", "every", COORDINATORS),
    ("revise", {"annual_evaluation"}, "revised", "every", COORDINATORS),
    ("revise_on_request", {"signed", "reported"}, "revised", "one", SIGNERS),
    ("resume", {"revised"}, "@origin", "clock", set()),
    ("extend", {"signed", "reported"}, "@same", "every", SIGNERS),
    ("terminate", {"signed", "reported", "annual_evaluation", "revised"}, "terminated", "one", SIGNERS),
    ("lapse", {"signed", "reported", "annual_evaluation", "revised"}, "lapsed", "clock", set()),
    ("withdraw", {"draft", "negotiated"}, "withdrawn", "one", COORDINATORS),
    (
        "correct_rules",
        {"negotiated", "signed", "reported", "annual_evaluation"},
        "@same",
        "every",
        COORDINATORS,
    ),
]

LIFE_ADOPTED: list[Row] = [
    ("agree", {"draft"}, "negotiated", "every", COORDINATORS),
    ("reopen", {"negotiated", "reported"}, "draft", "one", FOUR),
    ("adopt", {"negotiated"}, "reported", "any", REPORTERS),
    ("sign", {"reported"}, "signed", "every", SIGNERS),
    ("register", {"draft"}, "signed", "every", COORDINATORS),
    ("begin_evaluation", {"signed"}, "annual_evaluation", "one", COORDINATORS),
    ("continue", {"annual_evaluation"}, "@origin", "every", COORDINATORS),
    ("revise", {"annual_evaluation"}, "revised", "every", COORDINATORS),
    ("revise_on_request", {"signed"}, "revised", "one", SIGNERS),
    ("resume", {"revised"}, "@origin", "clock", set()),
    ("extend", {"signed"}, "@same", "every", SIGNERS),
    ("terminate", {"signed", "annual_evaluation", "revised"}, "terminated", "one", SIGNERS),
    ("lapse", {"signed", "annual_evaluation", "revised"}, "lapsed", "clock", set()),
    ("withdraw", {"draft", "negotiated", "reported"}, "withdrawn", "one", COORDINATORS),
    ("correct_rules", {"negotiated", "signed", "annual_evaluation"}, "@same", "every", COORDINATORS),
]
