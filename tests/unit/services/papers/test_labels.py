from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from workflow_app.services.papers.labels import LABELS, LIMITS, labels, say_date, say_days, say_time

Translator = Callable[[str], Callable[[str], str]]


@pytest.mark.parametrize(
    ("language", "shown"), [("nb", "3. desember 2018"), ("nn", "3. desember 2018"), ("en", "3 December 2018")]
)
def test_dates_read_as_people_write_them(translator: Translator, language: str, shown: str) -> None:
    assert say_date(date(2018, 12, 3), translator(language)) == shown


def test_every_month_has_a_name_in_every_language(translator: Translator) -> None:
    for language in ("nb", "nn", "en"):
        names = {say_date(date(2025, month, 1), translator(language)) for month in range(1, 13)}
        assert len(names) == 12


def test_a_half_known_date_has_two_ends(translator: Translator) -> None:
    nb = translator("nb")
    assert say_days(date(2025, 2, 1), date(2025, 2, 1), nb) == "1. februar 2025"
    interval = say_days(date(2025, 2, 1), date(2025, 2, 28), nb)
    assert interval.split() == ["1.", "februar", "2025", "til", "28.", "februar", "2025"]


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        (timezone(timedelta(hours=2), "CEST"), "30. april 2020 kl. 09.05 (CEST, UTC+02:00)"),
        (timezone(timedelta(hours=1)), "30. april 2020 kl. 09.05 (UTC+01:00)"),
        (timezone(timedelta(hours=-3, minutes=-30), "NST"), "30. april 2020 kl. 09.05 (NST, UTC-03:30)"),
        (UTC, "30. april 2020 kl. 09.05 (UTC)"),
    ],
)
def test_a_time_says_its_zone(translator: Translator, zone: timezone, shown: str) -> None:
    assert say_time(datetime(2020, 4, 30, 9, 5, tzinfo=zone), translator("nb")) == shown


def test_a_time_without_a_zone_is_refused(translator: Translator) -> None:
    with pytest.raises(ValueError, match="2020-04-30T09:05:00 has no zone"):
        say_time(datetime(2020, 4, 30, 9, 5), translator("nb"))


def test_placeholders_survive_translation(translator: Translator) -> None:
    for language in ("nb", "nn"):
        shown = labels(translator(language))
        for key, label in LABELS.items():
            asked = {part.split("}")[0] for part in label.text.split("${")[1:]}
            assert {part.split("}")[0] for part in shown[key].split("${")[1:]} == asked, key
        assert all(translator(language)(limit.text) != limit.text for limit in LIMITS)
