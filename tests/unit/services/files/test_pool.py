"""The process that takes files apart: kept, killed in time, replaced, no secrets, gone with its server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.support.office_files import Para, docx_of, mutated_files, p, pdf_of, raw_docx
from workflow_app.domain.reading import UnreadableFile
from workflow_app.services.files import extract, pool, worker

WORD = docx_of([Para("Avtalen revideres årlig.")])


@pytest.fixture
def own() -> pool.Pool:
    return pool.Pool(seconds=20)


def pid(of: pool.Pool) -> int:
    return of._idle[-1]._process.pid


def test_a_process_is_kept_for_the_next_file(own: pool.Pool) -> None:
    texts = {own.read("office", WORD).text, own.read("office", WORD).text}
    first = pid(own)
    own.read("pdf", pdf_of([Para("Avtalen.")]))
    assert texts == {"Avtalen revideres årlig.\n"}
    assert (len(own._idle), pid(own)) == (1, first)
    own.close()
    assert not Path(f"/proc/{first}").exists()


def test_a_file_that_takes_too_long_costs_a_sentence_and_no_more() -> None:
    # A second is enough for no start of a process and no file: the limit is what ends it.
    slow = pool.Pool(seconds=0.01)
    with pytest.raises(UnreadableFile, match="could not be read within"):
        slow.read("office", WORD)
    assert slow._idle == []
    assert slow._busy == set()
    slow.seconds = 20
    assert slow.read("office", WORD).kind == "docx"
    slow.close()


def test_at_rest_there_is_no_process() -> None:
    resting = pool.Pool(seconds=20, rest=0.01)
    resting.read("office", WORD)
    timer = resting._resting
    assert timer is not None
    timer.join()
    assert resting._idle == []
    assert resting.read("office", WORD).kind == "docx"
    resting.close()


def test_a_process_that_died_is_replaced(own: pool.Pool) -> None:
    own.read("office", WORD)
    gone = own._idle[-1]._process
    gone.kill()
    gone.wait()
    assert own.read("office", WORD).kind == "docx"
    own.close()


def test_a_process_that_dies_of_a_file_is_a_sentence(own: pool.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(UnreadableFile, match="damaged"):
        own.read("office", WORD)


def test_several_threads_share_two_processes(own: pool.Pool) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(own.read("office", WORD).text)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["Avtalen revideres årlig.\n"] * 6
    assert len(own._idle) <= pool.MOST
    own.close()


def test_it_has_no_secret_and_no_file_of_the_servers(own: pool.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVTALEFLYT_SECRET", "hemmelig")
    with open(os.devnull) as inherited:
        os.set_inheritable(inherited.fileno(), True)
        own.read("office", WORD)
        process = Path(f"/proc/{pid(own)}")
        assert b"hemmelig" not in (process / "environ").read_bytes()
        assert len(list((process / "fd").iterdir())) == 4, "three pipes, and the one its answers go to"
        limits = (process / "limits").read_text()
    assert str(worker.MEMORY) in next(line for line in limits.splitlines() if "address space" in line)
    own.close()


def test_the_libraries_stay_out_of_the_server(tmp_path: Path) -> None:
    code = (
        "import sys; from workflow_app.services.files import extract; from pathlib import Path;"
        "extract('a.docx', Path(sys.argv[1]).read_bytes());"
        "print([m for m in ('lxml', 'pypdfium2', 'zipfile') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, _kept(tmp_path)], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"


def test_no_process_outlives_its_server(tmp_path: Path) -> None:
    code = (
        "import sys, os; from workflow_app.services.files import extract, pool; from pathlib import Path;"
        "extract('a.docx', Path(sys.argv[1]).read_bytes());"
        "print(pool.shared()._idle[-1]._process.pid, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, _kept(tmp_path)], check=False, capture_output=True, text=True
    )
    child = Path(f"/proc/{done.stdout.strip()}")
    until = time.monotonic() + 20
    while child.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not child.exists()


def _kept(folder: Path) -> str:
    path = folder / "a.docx"
    path.write_bytes(WORD)
    return str(path)


def test_a_file_beyond_memory_is_a_sentence() -> None:
    wide = raw_docx(p("x") * 700_000)
    with pytest.raises(UnreadableFile, match=r"memory|damaged|unpacks|more text") as caught:
        extract("a.docx", wide)
    assert str(caught.value).count(". ") == 0


@pytest.mark.parametrize("seed", range(120))
def test_a_mangled_file_is_read_or_refused_with_one_sentence(seed: int) -> None:
    name, content = mutated_files(seed)
    assert (name, content) == mutated_files(seed)
    try:
        said = extract(name, content).text
    except UnreadableFile as error:
        said = str(error)
        one_sentence = said.endswith(".") and "\n" not in said
    else:
        one_sentence = True
    assert said.strip()
    assert one_sentence
