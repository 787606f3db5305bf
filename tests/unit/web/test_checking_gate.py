"""How much may be checked: so many for an address in ten minutes, and one at a time."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from pyramid import testing

from workflow_app.settings import SettingsError
from workflow_app.web import checking_gate
from workflow_app.web.checking_gate import KEY, MANY, WINDOW, Busy, Gate, includeme

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_address_gets_so_many_and_then_waits() -> None:
    gate = Gate(1)
    for n in range(MANY):
        gate.count("a", NOW + timedelta(seconds=n))
    with pytest.raises(Busy) as busy:
        gate.count("a", NOW + timedelta(seconds=MANY))
    assert (busy.value.status, busy.value.code) == (429, "throttled")
    assert busy.value.retry_after == WINDOW.total_seconds() - MANY
    gate.count("b", NOW)
    gate.count("a", NOW + WINDOW)
    with pytest.raises(Busy):
        gate.count("a", NOW + WINDOW)


def test_the_one_who_waited_out_the_time_is_let_in() -> None:
    gate = Gate(1)
    for _ in range(MANY):
        gate.count("a", NOW)
    with pytest.raises(Busy) as busy:
        gate.count("a", NOW)
    gate.count("a", NOW + timedelta(seconds=busy.value.retry_after))


def test_addresses_without_end_are_not_all_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking_gate, "_ADDRESSES", 3)
    gate = Gate(1)
    for n in range(20):
        gate.count(str(n), NOW)
    assert len(gate._seen) <= 3


def test_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking_gate, "PATIENCE", 0.01)
    gate, refused = Gate(1), []

    def second() -> None:
        try:
            with gate.one_at_a_time():
                refused.append("let in")
        except Busy as busy:
            refused.append(f"{busy.status} {busy.code}")

    with gate.one_at_a_time():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    second()
    assert refused == ["503 busy", "let in"]


@pytest.mark.parametrize(("said", "size"), [("", 50), (None, 50), ("1", 1), (" 200 ", 200)])
def test_the_limit_is_a_number_of_megabytes(said: str | None, size: int) -> None:
    with testing.testConfig(settings={KEY: said}) as config:
        includeme(config)
        assert config.registry["checking_gate"].largest == size << 20


@pytest.mark.parametrize("said", ["0", "201", "ti", "-1", "1.5", "٣", "1000"])
def test_any_other_is_named(said: str) -> None:
    with testing.testConfig(settings={KEY: said}) as config, pytest.raises(SettingsError, match=KEY):
        includeme(config)
