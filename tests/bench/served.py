"""Over HTTP, against the real server in a process of its own: throughput, latency, start, memory."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.bench.stage import PASSWORD, Stage, seconds

INI = """[app:main]
use = egg:avtaleflyt
sqlalchemy.url = {url}
avtaleflyt.clock_may_be_set = true
avtaleflyt.today = 2025-03-10
avtaleflyt.template_cache = {folder}/templates
[server:main]
use = egg:waitress
listen = 127.0.0.1:{port}
threads = 8
"""


@contextmanager
def server(stage: Stage, folder: Path) -> Iterator[tuple[int, int, float]]:
    """The server on a free port; yields port, process id and seconds from start to first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ini = folder / "bench.ini"
    ini.write_text(INI.format(url=stage.url, port=port, folder=folder))
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "pserve"), str(ini)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                if Client(port).ask("GET", "/login")[0] == 200:
                    break
            except OSError:
                if time.perf_counter() - started > 30 or process.poll() is not None:
                    raise RuntimeError("the server did not start") from None
                time.sleep(0.01)
        yield port, process.pid, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(10)


class Client:
    """One kept-open connection, signed in with a token."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, accept: str = "text/html"
    ) -> tuple[int, bytes]:
        """Status and body."""
        headers = self.headers | {"Accept": accept}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read()


def cycles(
    stage: Stage, port: int, ident: str, number: int, latencies: list[float], statuses: list[int]
) -> None:
    """agree, agree, reopen, so many times over, each as its own person."""
    people = {name: Client(port, stage.tokens[name]) for name in ("slt", "politikontakt")}
    for _ in range(number):
        for who, step, form in (
            ("slt", "agree", {}),
            ("politikontakt", "agree", {}),
            ("slt", "reopen", {"reason": "x"}),
        ):
            started = time.perf_counter()
            status, _ = people[who].ask("POST", f"/agreements/{ident}/transitions/{step}", form)
            latencies.append(time.perf_counter() - started)
            statuses.append(status)


def throughput(stage: Stage, port: int, clients: int, number: int) -> dict[str, Any]:
    """Steps a second with so many clients at once, each on an agreement of its own."""
    idents = [stage.draft() for _ in range(clients)]
    latencies: list[float] = []
    statuses: list[int] = []
    threads = [
        threading.Thread(target=cycles, args=(stage, port, i, number, latencies, statuses)) for i in idents
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - started
    latencies.sort()
    return {
        "steps_per_s": round(len(latencies) / taken),
        "p50_ms": round(latencies[len(latencies) // 2] * 1000, 1),
        "p99_ms": round(latencies[int(len(latencies) * 0.99)] * 1000, 1),
        "not_303": sum(1 for s in statuses if s != 303),
        "5xx": sum(1 for s in statuses if s >= 500),
    }


def memory_mb(pid: int) -> int:
    """Resident memory of the process, in MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // (1024 * 1024)


def signing(stage: Stage, port: int) -> float:
    """Milliseconds of one signature, argon2 included."""
    ident = stage.draft()
    slt, contact = Client(port, stage.tokens["slt"]), Client(port, stage.tokens["politikontakt"])
    mayor = Client(port, stage.tokens["ordforer"])
    taken = []
    for _ in range(5):
        slt.ask("POST", f"/agreements/{ident}/transitions/agree", {})
        contact.ask("POST", f"/agreements/{ident}/transitions/agree", {})
        started = time.perf_counter()
        status, _ = mayor.ask("POST", f"/agreements/{ident}/transitions/sign", {"password": PASSWORD})
        taken.append(time.perf_counter() - started)
        assert status == 303, status
        mayor.ask("POST", f"/agreements/{ident}/transitions/reopen", {"reason": "x"})
    return round(sorted(taken)[2] * 1000, 1)


def measure(stage: Stage, folder: Path) -> dict[str, Any]:
    """Everything that needs the real server."""
    with server(stage, folder) as (_, _, very_first):
        pass
    with server(stage, folder) as (port, pid, start):
        at_first = memory_mb(pid)
        throughput(stage, port, 1, 10)
        one, four = throughput(stage, port, 1, 100), throughput(stage, port, 4, 50)
        return {
            "very_first_start_to_first_page_s": round(very_first, 2),
            "start_to_first_page_s": round(start, 2),
            "limit_start_s": 1.2,
            "one_client": one,
            "four_clients": four,
            "aim_steps_per_s": 200,
            "aim_p99_ms": 100,
            "four_of_one_percent": round(100 * four["steps_per_s"] / one["steps_per_s"]),
            "sign_with_argon2_ms": signing(stage, port),
            "rss_at_first_page_mb": at_first,
            "rss_after_load_mb": memory_mb(pid),
            "limit_rss_before_pdf_mb": 110,
        }


def pages(stage: Stage, folder: Path) -> dict[str, Any]:
    """Pages of a database with ten thousand agreements, in milliseconds over HTTP."""
    with server(stage, folder) as (port, _, _):
        client = Client(port, stage.tokens["politikontakt"])
        found = {}
        for name, path, accept in (
            ("worklist", "/", "text/html"),
            ("agreements", "/agreements", "text/html"),
            ("agreement", "/agreements/b000000002", "text/html"),
            ("agreement_json", "/agreements/b000000002", "application/json"),
        ):
            status, _ = client.ask("GET", path, accept=accept)
            assert status == 200, (name, status)
            taken = seconds(lambda p=path, a=accept: client.ask("GET", p, accept=a), 40)  # type: ignore[misc]
            found[f"{name}_ms"] = round(taken * 1000, 1)
    return found | {"limit_agreement_ms": 8, "limit_worklist_ms": 15}


def dump(found: dict[str, Any]) -> None:
    """The figures as JSON."""
    json.dump(found, sys.stdout, indent=1, ensure_ascii=False)
    print()
