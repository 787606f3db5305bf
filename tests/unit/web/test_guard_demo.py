"""Demonstration people and an address that others reach never go together."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyramid.paster import get_app

from workflow_app import main
from workflow_app.migrations import create_all
from workflow_app.models.database import make_engine, make_session_factory
from workflow_app.services.demonstration import FILLED
from workflow_app.services.people_entries import enter
from workflow_app.web.guard_demo import DemonstrationExposed, addresses, is_loopback


def ini(folder: Path, server: str, demonstration: str = "true") -> Path:
    path = folder / "site.ini"
    path.write_text(
        f"[DEFAULT]\nhttp_host = 127.0.0.1\n[app:main]\nuse = egg:avtaleflyt\n"
        f"sqlalchemy.url = sqlite:///%(here)s/site.sqlite\navtaleflyt.demonstration = {demonstration}\n"
        f"[server:main]\nuse = egg:waitress\n{server}\n",
        encoding="utf-8",
    )
    return path


def fill(folder: Path) -> None:
    engine = make_engine(f"sqlite:///{folder / 'site.sqlite'}")
    create_all(engine)
    with make_session_factory(engine)() as session, session.begin():
        enter(session, None, FILLED, data={"accounts": 0}, actor=None, now=datetime.now(UTC))
    engine.dispose()


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:6543", "127.0.0.2", "localhost:80", "LOCALHOST", "[::1]:6543", "::1", "127.0.0.1:*"],
)
def test_loopback(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address",
    ["0.0.0.0:6543", "*:6543", "[::]:6543", "::", "10.0.0.4:80", "kommune.example:80", "", "/run/site.sock",
     "6543", "localhost.kommune.example", "127.0.0.1.kommune.example:80"],
)  # fmt: skip
def test_not_loopback(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize(
    ("server", "found"),
    [
        ("listen = 127.0.0.1:6543", ["127.0.0.1:6543"]),
        ("listen = 127.0.0.1:1 [::1]:2", ["127.0.0.1:1", "[::1]:2"]),
        ("host = 10.0.0.4\nport = 80", ["10.0.0.4"]),
        ("port = 80", ["0.0.0.0"]),
        ("bind = 0.0.0.0:80", ["0.0.0.0:80"]),
        ("unix_socket = /run/site.sock", ["/run/site.sock"]),
        ("listen = %(http_host)s:80", ["127.0.0.1:80"]),
        ("host = 127.0.0.1\n[server:other]\nhost = 0.0.0.0", ["127.0.0.1", "0.0.0.0"]),
    ],
)
def test_what_the_file_says(tmp_path: Path, server: str, found: list[str]) -> None:
    assert addresses(str(ini(tmp_path, server)), {}, None) == found


def test_the_command_line_stands_above_the_file(tmp_path: Path) -> None:
    path = str(ini(tmp_path, "listen = %(http_host)s:80"))
    assert addresses(path, {"http_host": "0.0.0.0", "__file__": path}, None) == ["0.0.0.0:80"]


def test_what_is_declared_counts_beside_the_file(tmp_path: Path) -> None:
    path = str(ini(tmp_path, "listen = 127.0.0.1:80"))
    assert addresses(path, {}, "10.0.0.4:80") == ["10.0.0.4:80", "127.0.0.1:80"]
    assert addresses(None, {}, None) == []


def test_it_starts_on_loopback(tmp_path: Path) -> None:
    fill(tmp_path)
    for setting in ("true", "false"):
        app = get_app(str(ini(tmp_path, "listen = 127.0.0.1:6543", setting)))
        app.registry["engine"].dispose()


@pytest.mark.parametrize("server", ["listen = 0.0.0.0:6543", "listen = 127.0.0.1:1 10.0.0.4:1", "port = 80"])
def test_the_setting_on_an_open_address_stops_it(tmp_path: Path, server: str) -> None:
    with pytest.raises(SystemExit, match=r"start:\navtaleflyt\.demonstration is true .*127\.0\.0\.1"):
        get_app(str(ini(tmp_path, server)))
    assert not (tmp_path / "site.sqlite").exists()


def test_the_command_line_cannot_open_it_either(tmp_path: Path) -> None:
    path = ini(tmp_path, "listen = %(http_host)s:80")
    with pytest.raises(SystemExit, match=r"0\.0\.0\.0:80"):
        get_app(str(path), options={"http_host": "0.0.0.0"})


def test_turning_the_setting_off_does_not_let_the_people_out(tmp_path: Path) -> None:
    path = str(ini(tmp_path, "listen = 0.0.0.0:6543", "false"))
    get_app(path).registry["engine"].dispose()
    fill(tmp_path)
    with pytest.raises(SystemExit, match="holds demonstration people"):
        get_app(path)


def test_an_address_nobody_names_is_no_loopback(tmp_path: Path) -> None:
    settings = {"sqlalchemy.url": f"sqlite:///{tmp_path / 'a.sqlite'}", "avtaleflyt.demonstration": "true"}
    with pytest.raises(DemonstrationExposed, match=r"avtaleflyt\.listen"):
        main({}, **settings)
    app = main({}, **settings, **{"avtaleflyt.listen": "127.0.0.1:6543"})
    app.registry["engine"].dispose()


def test_a_database_that_cannot_be_read_does_not_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "site.sqlite").write_bytes(b"this is no database, whatever its name says" * 40)
    get_app(str(ini(tmp_path, "listen = 0.0.0.0:6543", "false"))).registry["engine"].dispose()
