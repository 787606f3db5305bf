"""Rules as they may come, form by form: what the writer of clauses must write and the reader read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

FREE = {"who", "what", "where", "earliest"}
"""Words of the clause, of which the reader may take more or fewer; and a day counted from another clause."""

DAY = st.dates(date(1990, 1, 1), date(2059, 12, 31)).map(date.isoformat)
START = st.one_of(st.just("signing"), DAY)
MONTHS = st.integers(1, 180)
COUNT = st.integers(1, 20)
FLAG = st.just(True)
STRENGTH = st.sampled_from(["must", "should"])
COUNTED = st.one_of(
    COUNT.map(lambda n: {"per_year": n}),
    COUNT.map(lambda n: {"per_year_min": n}),
    st.integers(2, 20).map(lambda n: {"per_year": n, "per_year_min": n - 1}),
    st.integers(2, 20).map(lambda n: {"per_year_min": n - 1, "per_year_max": n}),
    st.integers(2, 20).map(lambda n: {"per_year_max": n}),
)


def values(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


def _day_of_year(day: date) -> dict[str, int]:
    return {"month": day.month, "day": day.day}


# 2023 is no leap year: "every 29 February" is no day of every year.
DAY_OF_YEAR = st.dates(date(2023, 1, 1), date(2023, 12, 31)).map(_day_of_year)
NOTHING = st.just({})
SCOPE = st.sampled_from(["Vedlegg 2", "Punkt 4", "§ 7"])
# As the reader lists them, so that the same are the same.
THEM = ["slt_coordinator", "politikontakt", "mayor", "politiråd", "parties"]
BY = st.sets(st.sampled_from(THEM), min_size=1).map(lambda some: [one for one in THEM if one in some])

VALUES: dict[tuple[str, str], st.SearchStrategy[dict[str, Any]]] = {
    ("signed", "date"): st.one_of(
        values({"date": DAY, "precision": st.just("day")}),
        values({"date": DAY.map(lambda d: d[:7]), "precision": st.just("month")}),
    ),
    ("signed", "partial"): values(
        {"date": DAY.map(lambda d: f"-{d[4:]}"), "missing": st.just(["year"])},
        weekday=st.sampled_from(
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        ),
    ),
    ("validity", "period"): values({"from": START, "to": DAY}, scope=SCOPE),
    ("validity", "duration"): values({"months": MONTHS, "from": st.one_of(st.none(), START)}, scope=SCOPE),
    ("validity", "open"): values({"from": START}, scope=SCOPE),
    ("validity", "until_terminated"): values({}, min_months=MONTHS, scope=SCOPE, **{"from": START}),
    ("validity", "as_parent"): values({}, scope=SCOPE),
    ("revision", "every"): st.one_of(
        values({"months": MONTHS, "anchor": st.one_of(st.sampled_from(["signing", "year_end"]), DAY)}),
        st.builds(lambda months, day: {"months": months, **day}, st.sampled_from([12, 24, 48]), DAY_OF_YEAR),
    ),
    ("revision", "on_request"): NOTHING,
    ("revision", "by_agreement"): NOTHING,
    ("revision", "after_election"): NOTHING,
    ("evaluation", "yearly"): st.builds(
        lambda when, extra: when | extra,
        st.one_of(
            DAY_OF_YEAR,
            st.sampled_from(["spring", "summer", "autumn", "winter"]).map(lambda s: {"season": s}),
            NOTHING,
        ),
        values({}, written=FLAG, by=BY),
    ),
    ("evaluation", "once"): values({"by": DAY}, written=FLAG),
    ("evaluation", "continuous"): values({}, written=FLAG, by=BY),
    ("evaluation", "event"): values({"event": st.just("etter hvert kommunevalg")}, written=FLAG, by=BY),
    ("renewal", "automatic"): values({"months": MONTHS}),
    ("renewal", "option"): st.one_of(
        values(
            {"months": st.lists(st.sampled_from([12, 24, 36]), min_size=1, max_size=3)}, notice_months=MONTHS
        ),
        values({"months": st.lists(MONTHS, min_size=1, max_size=1), "up_to": FLAG}, notice_months=MONTHS),
    ),
    ("renewal", "not_automatic"): NOTHING,
    ("termination", "notice"): values({"months": MONTHS}, written=FLAG, by=st.sampled_from(["one", "all"])),
    ("meetings", "council"): st.one_of(
        st.builds(lambda count, how: count | {"strength": how}, COUNTED, STRENGTH),
        st.builds(
            lambda a, b, how: {"per_year": a + b, "spring": a, "autumn": b, "strength": how},
            COUNT,
            COUNT,
            STRENGTH,
        ),
    ),
    ("agenda", "lead"): values({"days": st.integers(1, 60)}),
    ("agenda", "submission"): values({"days": st.integers(1, 60)}),
    ("council", "referatsak"): NOTHING,
    ("council", "adoption"): NOTHING,
    ("council", "orientation"): NOTHING,
    ("minutes", "minutes"): st.one_of(
        values({"public": st.booleans()}, archived=FLAG), values({"archived": FLAG})
    ),
    ("attendance", "yearly"): st.builds(
        lambda who, count, how: {"who": who, "strength": how} | count,
        st.sampled_from(["PST", "Rektorane", "Ungdomsrådet"]),
        st.one_of(
            COUNT.map(lambda n: {"per_year": n}),
            COUNT.map(lambda n: {"per_year_min": n}),
            st.integers(2, 20).map(lambda n: {"per_year_max": n}),
        ),
        STRENGTH,
    ),
    ("task", "yearly"): values({"what": st.just("Trygghetsvandring"), "per_year_min": COUNT}),
    ("rotation", "every"): values(
        {"what": st.just("Sekretariatet")}, months=st.sampled_from([12, 24, 36, 48])
    ),
    ("deputies", "allowed"): NOTHING,
    ("signatories", "roles"): st.one_of(
        st.just({"roles": ["mayor", "station_chief"]}),
        st.just(
            {
                "roles": ["mayor", "station_chief"],
                "titles": {"station_chief": "lensmann"},
            }
        ),
    ),
    ("supplement", "to"): values({"date": DAY}),
}

UNWRITTEN = {("signed", "blank")}
"""A line left empty is no clause."""


def written(kind: str, form: str) -> st.SearchStrategy[dict[str, Any]]:
    """Values of a form that can stand in one clause."""
    drawn = VALUES[kind, form]
    if (kind, form) == ("validity", "period"):
        return drawn.filter(lambda held: held["from"] == "signing" or held["from"] <= held["to"])
    return drawn


def plain(kind: str, form: str, held: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    """A rule to compare with another: without the words that a reader may cut otherwise."""
    return kind, form, {name: value for name, value in held.items() if name not in FREE}
