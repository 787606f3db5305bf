"""``avtaleflyt read``: the contract's JSON, a readable page, and one sentence for each bad file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.support.office_files import Para, docx_of, p, r, raw_docx
from workflow_app.commands import main

TWINS = Path(__file__).resolve().parents[2] / "data" / "agreements"


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = TWINS / "stange-twin.txt"
    assert main(["read", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    source = {"name": "stange-twin.txt", "sha256": digest, "text_sha256": digest, "kind": "text"}
    assert answer["source"] == source
    assert answer["notes"] == []
    assert answer["parties"] == {"municipal": ["Stange kommune"], "police": ["Hamar politistasjonsdistrikt"]}
    text = path.read_text("utf-8")
    assert answer["rules"]
    for rule in answer["rules"] + answer["undated"]:
        assert text[rule["start"] : rule["end"]] == rule["quote"]


def test_places_count_in_the_decoded_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "avtale.txt"
    text = "Om møte på rådhuset.\r\n\r\nAvtalen revideres årlig.\r\n"
    path.write_bytes(b"\xff\xfe" + text.encode("utf-16-le"))
    assert main(["read", str(path), "--json"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["rules"]
    assert text[rule["start"] : rule["end"]] == rule["quote"] == "Avtalen revideres årlig."
    assert main(["read", str(path), "--text"]) == 0
    assert capsys.readouterr().out == text


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(TWINS / "lillehammer-twin.txt")]) == 0
    out = capsys.readouterr().out
    assert "Lillehammer kommune – Innlandet politidistrikt" in out
    assert "“Avtalen revideres årlig.”" in out
    assert "counted from the signing date; the clause does not say" in out
    assert "6. Mål i kommunen og oppfølging" in out


def test_people_see_what_was_not_read_what_is_named_and_why_a_workflow_is_suggested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "avtale.txt"
    path.write_text(
        "Denne avtalen erstatter avtale av 12. mai 2008.\n\nAvtalen vedtas av kommunestyret.\n\n"
        "Kontoret flyttet i juni 2019.\n",
        "utf-8",
    )
    assert main(["read", str(path)]) == 0
    out = capsys.readouterr().out
    assert "politiradsavtale_vedtak, because of “Avtalen vedtas av kommunestyret.” [49–81]" in out
    assert "replaces “Denne avtalen erstatter avtale av 12. mai 2008.” [0–47]" in out
    assert "not read:\n  “Kontoret flyttet i juni 2019.” [83–112]" in out


def test_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "avtale.MD"
    path.write_text("# Avtale\n\nAvtalen gjelder fra 1.1.2020.\n", "utf-8")
    assert main(["read", str(path)]) == 0
    assert "validity open (from: 2020-01-01)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("avtale.docx", b"PK\x03\x04", "is damaged"),
        ("avtale.pdf", b"%PDF-1.7", "is damaged"),
        ("avtale", b"tekst", "choose a file of the kind .docx, .odt, .pdf, .txt or .md"),
        ("tom.txt", b"", "empty"),
        ("bilde.txt", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("rot.txt", b"\x00\x01\x02" * 50, "not text"),
        ("stor.txt", b"a" * (20 * 1024 * 1024 + 1), "the largest that can be taken in is 20 MB"),
    ],
)
def test_a_bad_file_gets_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["read", str(path)]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert said in caught.err
    assert str(path) in caught.err
    assert caught.err.count("\n") == 1


@pytest.mark.parametrize("name", ["borte.txt", "mappe.txt"])
def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "mappe.txt").mkdir()
    assert main(["read", str(tmp_path / name)]) == 2
    assert "can't be opened" in capsys.readouterr().err


def test_a_word_file_is_read_and_its_text_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "avtale.docx"
    path.write_bytes(docx_of([Para("1. Varighet", "heading"), Para("Avtalen revideres årlig.")]))
    assert main(["read", str(path), "--text"]) == 0
    text = capsys.readouterr().out
    assert main(["read", str(path), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["source"]["kind"] == "docx"
    assert answer["source"]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert answer["source"]["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    (rule,) = answer["rules"]
    assert text[rule["start"] : rule["end"]] == rule["quote"] == "Avtalen revideres årlig."
    assert main(["deadlines", str(path), "--until", "2030-12-31", "--signed", "2025-01-10"]) == 0
    assert "10 January 2026" in capsys.readouterr().out


def test_what_was_left_out_of_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "avtale.docx"
    path.write_bytes(raw_docx(p("Avtalen ") + f"<w:p><w:ins>{r('revideres årlig.')}</w:ins></w:p>"))
    assert main(["read", str(path)]) == 0
    caught = capsys.readouterr()
    assert "tracked changes (1)" in caught.err
    assert "tracked" not in caught.out
    assert main(["read", str(path), "--json"]) == 0
    assert "tracked changes (1)" in json.loads(capsys.readouterr().out)["notes"][0]


def test_how_large_a_file_may_be_stands_in_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ini, path = tmp_path / "a.ini", tmp_path / "stor.txt"
    ini.write_text("[app:main]\nuse = egg:avtaleflyt\navtaleflyt.max_file_mb = 1\n", "utf-8")
    path.write_bytes(b"a" * ((1 << 20) + 1))
    assert main(["read", str(path), "--config", str(ini)]) == 2
    assert "the largest that can be taken in is 1 MB" in capsys.readouterr().err
    assert main(["read", str(path), "--config", str(tmp_path / "ingen.ini")]) == 2
    assert "no such settings file" in capsys.readouterr().err
