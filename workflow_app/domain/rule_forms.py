"""What a rule of each kind and form must hold, as a table; and the checking of one.

The reader keeps to it by construction. A person's correction does not, and the
deadline function counts on values without looking twice; so nothing is stored
before it has passed :func:`checked`. The table is the contract's, row by row.
"""

from __future__ import annotations

from workflow_app.domain.messages import Message, msg
from workflow_app.domain.rule_values import Form, Value, ValueType


def _number(name: str, label: Message, *, required: bool = False, most: int = 1200) -> Value:
    return Value(name, ValueType.NUMBER, label, required, most=most)


_MONTHS = _number("months", msg("Months"), required=True)
_SCOPE = Value("scope", ValueType.TEXT, msg("Only for this part of the agreement"))
_FROM = msg("From")
_MONTH, _DAY = _number("month", msg("Month"), most=12), _number("day", msg("Day"), most=31)
_WRITTEN = Value("written", ValueType.FLAG, msg("In writing"))
_BY = Value("by", ValueType.NAMES, msg("By whom"))
_STRENGTH = Value(
    "strength",
    ValueType.CHOICE,
    msg("How strongly"),
    choices=(("must", msg("must")), ("should", msg("should"))),
)
_PER_YEAR = (
    _number("per_year", msg("A year"), most=366),
    _number("per_year_min", msg("At least a year"), most=366),
    _number("per_year_max", msg("At most a year"), most=366),
)
_COUNTS = ("per_year", "per_year_min", "per_year_max")
_SEASONS = (
    ("spring", msg("spring")),
    ("summer", msg("summer")),
    ("autumn", msg("autumn")),
    ("winter", msg("winter")),
)
_DAYS = (_number("days", msg("Days before the meeting"), required=True, most=366),)

_TABLE: tuple[Form, ...] = (
    Form(
        "signed",
        "date",
        msg("signed on a day the text gives"),
        (
            Value("date", ValueType.DATE, msg("Date"), required=True),
            Value(
                "precision",
                ValueType.CHOICE,
                msg("Known to the"),
                required=True,
                choices=(("day", msg("day")), ("month", msg("month"))),
            ),
        ),
    ),
    Form(
        "signed",
        "partial",
        msg("signed, but the date is not whole"),
        (
            Value("date", ValueType.PARTIAL, msg("What is known of the date")),
            Value("weekday", ValueType.TEXT, msg("Day of the week")),
            Value("missing", ValueType.NAMES, msg("What is missing"), required=True),
        ),
        dated=False,
    ),
    Form("signed", "blank", msg("the date line is empty"), dated=False),
    Form(
        "validity",
        "period",
        msg("a period"),
        (
            Value("from", ValueType.START, _FROM, required=True),
            Value("to", ValueType.DATE, msg("To and with"), required=True),
            _SCOPE,
        ),
    ),
    Form(
        "validity",
        "duration",
        msg("a number of months"),
        (_MONTHS, Value("from", ValueType.START, _FROM), _SCOPE),
    ),
    Form(
        "validity",
        "open",
        msg("no end named"),
        (Value("from", ValueType.START, _FROM, required=True), _SCOPE),
    ),
    Form(
        "validity",
        "until_terminated",
        msg("until it is terminated"),
        (Value("from", ValueType.START, _FROM), _number("min_months", msg("Months at the least")), _SCOPE),
    ),
    Form("validity", "as_parent", msg("as the agreement it belongs to"), (_SCOPE,), dated=False),
    Form(
        "revision",
        "every",
        msg("every so many months"),
        (_MONTHS, Value("anchor", ValueType.ANCHOR, msg("Counted from")), _MONTH, _DAY),
        together=(("month", "day"),),
    ),
    Form("revision", "on_request", msg("when needed or asked for"), dated=False),
    Form("revision", "by_agreement", msg("only if all agree"), dated=False),
    Form("revision", "after_election", msg("after an election"), dated=False),
    Form(
        "evaluation",
        "yearly",
        msg("every year"),
        (
            _MONTH,
            _DAY,
            Value("season", ValueType.CHOICE, msg("Season"), choices=_SEASONS),
            _WRITTEN,
            _BY,
        ),
        one_of=(("month", "day"), ("season",)),
        together=(("month", "day"),),
        undated_without=("month", "season"),
    ),
    Form(
        "evaluation",
        "once",
        msg("once, by a day"),
        (Value("by", ValueType.DATE, msg("By the day"), required=True), _WRITTEN),
    ),
    Form("evaluation", "continuous", msg("continuously"), (_WRITTEN, _BY), dated=False),
    Form(
        "evaluation",
        "event",
        msg("when something happens"),
        (
            Value("event", ValueType.TEXT, msg("What happens"), required=True),
            Value("earliest", ValueType.DATE, msg("At the earliest")),
            _WRITTEN,
            _BY,
        ),
        dated=False,
    ),
    Form("renewal", "automatic", msg("renews itself"), (_MONTHS,)),
    Form(
        "renewal",
        "option",
        msg("an option"),
        (
            Value("months", ValueType.NUMBERS, msg("Months of each option"), required=True),
            Value("up_to", ValueType.FLAG, msg("Up to so many")),
            _number("notice_months", msg("Months of notice")),
        ),
    ),
    Form("renewal", "not_automatic", msg("does not renew itself")),
    Form(
        "termination",
        "notice",
        msg("with notice"),
        (
            _MONTHS,
            _WRITTEN,
            Value(
                "by",
                ValueType.CHOICE,
                msg("Given by"),
                choices=(("all", msg("all together")), ("one", msg("any one"))),
            ),
        ),
    ),
    Form(
        "meetings",
        "council",
        msg("the parties' own meetings"),
        (
            *_PER_YEAR,
            _STRENGTH,
            _number("spring", msg("Of these in the spring"), most=366),
            _number("autumn", msg("Of these in the autumn"), most=366),
        ),
        any_of=_COUNTS,
    ),
    Form("agenda", "lead", msg("sending out the agenda"), _DAYS),
    Form("agenda", "submission", msg("reporting matters to the agenda"), _DAYS),
    Form("council", "referatsak", msg("for information (referatsak)")),
    Form("council", "adoption", msg("for adoption")),
    Form("council", "orientation", msg("for orientation")),
    Form(
        "minutes",
        "minutes",
        msg("of the meetings"),
        (
            Value("public", ValueType.FLAG, msg("Open to the public")),
            Value("archived", ValueType.FLAG, msg("Archived")),
        ),
        any_of=("public", "archived"),
    ),
    Form(
        "attendance",
        "yearly",
        msg("another body's or a guest's meetings"),
        (
            Value("who", ValueType.TEXT, msg("Who"), required=True),
            Value("where", ValueType.TEXT, msg("Where")),
            *_PER_YEAR,
            _STRENGTH,
        ),
        any_of=_COUNTS,
    ),
    Form(
        "task",
        "yearly",
        msg("every year"),
        (
            Value("what", ValueType.TEXT, msg("What"), required=True),
            _number("per_year_min", msg("At least a year"), required=True, most=366),
        ),
    ),
    Form(
        "rotation",
        "every",
        msg("taking turns"),
        (_number("months", msg("Months")), Value("what", ValueType.TEXT, msg("What"), required=True)),
        undated_without=("months",),
    ),
    Form("deputies", "allowed", msg("deputies may meet")),
    Form(
        "signatories",
        "roles",
        msg("who signs"),
        (
            Value("roles", ValueType.ROLES, msg("Roles"), required=True),
            Value("titles", ValueType.TITLES, msg("Local titles")),
        ),
    ),
    Form(
        "supplement",
        "to",
        msg("to another agreement"),
        (Value("date", ValueType.DATE, msg("Its date"), required=True),),
    ),
)

FORMS: dict[tuple[str, str], Form] = {(f.kind, f.form): f for f in _TABLE}
"""Every form there is, by kind and form, in the order of the contract."""
