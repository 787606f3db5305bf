"""The bundle: the same bytes each time, whole by itself, and every change of it seen."""

from __future__ import annotations

import hashlib
import io
import random
import re
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from workflow_app.domain import trail as domain
from workflow_app.domain.trail import TrailError, verify_bundle
from workflow_app.models.trail import TrailClear, TrailEntry
from workflow_app.services import bundle, trail
from workflow_app.services.trail import EntryActor

NOW = datetime(2020, 4, 30, 12, tzinfo=timezone(timedelta(hours=2)))
CHAIN = trail.agreement_chain(1)
PARTY = trail.party_chain("3103")
TEXT = b"Avtale om samarbeid"
FILES = {"avtale.txt": TEXT, "referatsak.pdf": b"%PDF-1.7 \x00\xff", "kopi.txt": TEXT}

Members = dict[str, bytes]


def fill(session: Session) -> None:
    """An agreement's chain of four, and a party's of three with two people's roles."""
    for person, name in (("p1", "Kari Eksempel"), ("p2", "Ola Eksempel"), ("p3", "Per Eksempel")):
        trail.append(
            session,
            PARTY,
            kind="role_given",
            now=NOW,
            actor=EntryActor("admin"),
            data={"person": person, "role": "mayor"},
            private={"name": name},
        )
    for number in range(4):
        trail.append(
            session,
            CHAIN,
            kind="transition",
            now=NOW,
            actor=EntryActor("p1", "mayor", "3103", acting_for="p2"),
            transition="sign",
            agreement=hashlib.sha256(TEXT).hexdigest(),
            data={"step": number},
            private={"reason": f"grunn {number}", "title": "Ærede ordfører"},
        )


def exported(session: Session, **options: Any) -> bytes:
    """The bundle of the filled database."""
    return bundle.export(session, CHAIN, FILES, extra_chains=[PARTY], **options)


@pytest.fixture
def whole(session: Session) -> bytes:
    """A bundle that holds."""
    fill(session)
    return exported(session)


def unpack(packed: bytes) -> Members:
    """The members of a bundle by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(members: Members, method: int = zipfile.ZIP_STORED) -> bytes:
    """An archive of ``members``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_bundle_is_whole_and_says_what_was_checked(whole: bytes) -> None:
    verdict = verify_bundle(whole)
    assert (verdict.ok, verdict.first_fault, verdict.exit_code) == (True, None, 0)
    told = [said.en for said in verdict.checked]
    assert told[0].startswith("The chain 'agreement/1': 4 entries")
    assert told[1].startswith("The chain 'party/3103': 3 entries")
    assert told[2] == "10 names and free texts are those entered; 1 are erased or were not handed out."
    assert told[3].startswith("3 files are those the bundle's hashes say;")
    assert told[3].endswith("1 are named by no entry: 'referatsak.pdf'.")


def test_the_same_trail_gives_the_same_bytes(session: Session, whole: bytes) -> None:
    assert exported(session) == whole
    again = bundle.export(session, CHAIN, dict(reversed(FILES.items())), extra_chains=[PARTY, CHAIN, PARTY])
    assert again == whole


def test_the_bundle_has_what_it_should_and_nothing_more(whole: bytes) -> None:
    members = unpack(whole)
    digests = {hashlib.sha256(content).hexdigest() for content in FILES.values()}
    assert set(members) == {
        "LES-MEG.txt", "verify.py", "entries.jsonl", "clear.json", "manifest.json",
        *(f"files/{digest}" for digest in digests),
    }  # fmt: skip
    assert members["verify.py"] == Path(domain.__file__).read_bytes()
    assert len(members["entries.jsonl"].splitlines()) == 7
    assert b"Kari Eksempel" not in members["entries.jsonl"]


def test_names_of_people_who_have_nothing_to_do_with_it_are_not_handed_out(whole: bytes) -> None:
    clear = unpack(whole)["clear.json"].decode()
    assert "Kari Eksempel" in clear
    assert "Ola Eksempel" in clear
    assert "Per Eksempel" not in clear


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "«Kontroller et spor eller et dokument»"),
        ("nn", "«Kontroller eit spor eller eit dokument»"),
        ("en", "“Check a trail or a paper”"),
        ("se", "SPORET TIL EN AVTALE"),
    ],
)
def test_the_readme_is_in_the_language_asked_for(session: Session, language: str, words: str) -> None:
    fill(session)
    readme = unpack(exported(session, readme_language=language))["LES-MEG.txt"].decode()
    assert words in readme
    assert "python verify.py trail.zip" in readme


def test_what_was_erased_is_not_in_it_and_it_is_still_whole(session: Session) -> None:
    fill(session)
    session.execute(delete(TrailClear).where(TrailClear.field == "title"))
    packed = exported(session)
    assert "Ærede".encode() not in packed
    assert verify_bundle(packed).checked[2].nb.endswith("5 er slettet eller ikke utlevert.")


def test_an_empty_chain_gives_no_bundle_and_an_empty_extra_chain_is_left_out(session: Session) -> None:
    with pytest.raises(TrailError, match="is empty"):
        bundle.export(session, CHAIN, {})
    fill(session)
    assert verify_bundle(bundle.export(session, CHAIN, {}, extra_chains=["party/none"])).ok


def test_more_than_a_verifier_takes_is_not_exported(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(session)
    monkeypatch.setattr(domain, "MAX_TOTAL", 1000)
    with pytest.raises(TrailError, match="too large"):
        exported(session)


def test_the_bundle_verifies_itself_alone_and_offline(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "trail.zip").write_bytes(whole)
    members = unpack(whole)
    (tmp_path / "verify.py").write_bytes(members["verify.py"])
    words = [sys.executable, "-I", "-S", "-W", "error", "verify.py", "trail.zip"]
    good = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stderr) == (0, "")
    assert "RESULTAT: Sporet er helt." in good.stdout
    assert "RESULT: The trail is whole." in good.stdout
    members["entries.jsonl"] = members["entries.jsonl"].replace(b"mayor", b"major", 1)
    (tmp_path / "trail.zip").write_bytes(pack(members))
    bad = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "RESULTAT: FEIL." in bad.stdout


def test_packed_anew_by_another_program_it_is_still_whole(whole: bytes) -> None:
    assert verify_bundle(pack(dict(reversed(unpack(whole).items())), zipfile.ZIP_DEFLATED)).ok


# Tampering


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Members], Members]:
    """A change of the entries alone."""

    def tamper(members: Members) -> Members:
        kept = change(members["entries.jsonl"].splitlines(keepends=True))
        return members | {"entries.jsonl": b"".join(kept)}

    return tamper


def swap(name: str, old: str, new: str) -> Callable[[Members], Members]:
    """A change of words in one member."""

    def tamper(members: Members) -> Members:
        changed = re.sub(old.encode(), new.encode(), members[name], count=1)
        assert changed != members[name]
        return members | {name: changed}

    return tamper


def swap_salts(members: Members) -> Members:
    """The salts of the first two values, each in the other's place."""
    clear = domain.parse(members["clear.json"], 1 << 20)
    first, second = clear["values"][:2]
    first["salt"], second["salt"] = second["salt"], first["salt"]
    return members | {"clear.json": domain.canonical(clear)}


def other_file(members: Members, *, renamed: bool) -> Members:
    """Another agreement text in the place of the one that was approved."""
    old = f"files/{hashlib.sha256(TEXT).hexdigest()}"
    new = f"files/{hashlib.sha256(b'other').hexdigest()}"
    kept = {name: content for name, content in members.items() if name != old}
    return kept | {new if renamed else old: b"other"}


def new_clear(members: Members, **row: Any) -> Members:
    """One more clear value."""
    clear = domain.parse(members["clear.json"], 1 << 20)
    clear["values"].append(clear["values"][0] | row)
    return members | {"clear.json": domain.canonical(clear)}


def more_in_manifest(members: Members, key: str, **row: Any) -> Members:
    """One more line in the manifest, before the one it repeats."""
    manifest = domain.parse(members["manifest.json"])
    manifest[key].insert(0, manifest[key][0] | row)
    return members | {"manifest.json": domain.canonical(manifest)}


def cut_tail(members: Members) -> Members:
    """The agreement's last entry gone without a trace inside the bundle."""
    kept = members["entries.jsonl"].splitlines(keepends=True)
    clear = domain.parse(members["clear.json"], 1 << 20)
    clear["values"] = [v for v in clear["values"] if (v["chain"], v["number"]) != (CHAIN, 4)]
    manifest = domain.parse(members["manifest.json"])
    manifest["chains"][-1] |= {"size": 3, "head": domain.entry_hash(kept[-2].rstrip())}
    return members | {
        "entries.jsonl": b"".join(kept[:-1]),
        "clear.json": domain.canonical(clear),
        "manifest.json": domain.canonical(manifest),
    }


TAMPERINGS: dict[str, tuple[Callable[[Members], Members], str]] = {
    "a value": (swap("entries.jsonl", "mayor", "major"), "Entry 2 .*does not point"),
    "the last entry": (
        lines(lambda all_: [*all_[:-1], all_[-1].replace(b'"step":3', b'"step":9')]),
        "chains are not those",
    ),
    "spelling": (swap("entries.jsonl", ":", ": "), "Line 1 .*not canonically"),
    "CRLF": (swap("entries.jsonl", "\n", "\r\n"), "Line 1 "),
    "deleted": (lines(lambda all_: [*all_[:1], *all_[2:]]), "number 3 stands here"),
    "head cut": (lines(lambda all_: all_[1:]), "number 2 stands here"),
    "tail cut": (lines(lambda all_: all_[:-1]), "clear values for entry 4"),
    "tail cut with its clear values": (
        lambda members: cut_tail(members) | {"manifest.json": members["manifest.json"]},
        "chains are not those",
    ),
    "tail doubled": (lines(lambda all_: [*all_, all_[-1]]), "number 4 stands here"),
    "swapped": (lines(lambda all_: [all_[1], all_[0], *all_[2:]]), "number 2 stands here"),
    "a party's chain gone": (lines(lambda all_: all_[3:]), "clear values for entry 1 of the chain 'party"),
    "all gone": (lines(lambda all_: []), "has no entries"),
    "no last newline": (lines(lambda all_: [*all_[:-1], all_[-1].rstrip()]), "is cut"),
    "an endless line": (lines(lambda all_: [b"x" * (domain.MAX_ENTRY + 70_000)]), "too long a line"),
    "a blank line": (lines(lambda all_: [*all_, b"\n"]), "Line 8 .*not JSON"),
    "a clear value": (swap("clear.json", "grunn 2", "grunn 7"), "clear value of 'reason' is not the one"),
    "salts": (swap_salts, "clear value .* is not the one"),
    "a short salt": (swap("clear.json", '"salt":"..', '"salt":"'), "clear.json is not as"),
    "a field": (swap("clear.json", '"field":"reason"', '"field":"raison"'), "has no field 'raison'"),
    "a value twice": (new_clear, "clear.json is not as"),
    "a value of nothing": (lambda members: new_clear(members, number=99), "which is not here"),
    "clear spelling": (swap("clear.json", ",", ", "), "not canonically"),
    "clear is a list": (lambda members: members | {"clear.json": b"[]"}, "clear.json is not as"),
    "clear version": (swap("clear.json", '"v":1', '"v":2'), "clear.json is not as"),
    "a file": (lambda members: other_file(members, renamed=False), "'kopi.txt' was changed"),
    "a file renamed": (lambda members: other_file(members, renamed=True), "files are not those"),
    "a file gone": (
        lambda members: {n: c for n, c in members.items() if c != FILES["referatsak.pdf"]},
        "files are not those",
    ),
    "a file added": (lambda members: members | {"files/" + "0" * 64: b""}, "files are not those"),
    "a path": (lambda members: members | {"../../etc/passwd": b""}, "is no part of a bundle"),
    "a program": (lambda members: members | {"run.exe": b""}, "'run.exe' is no part of a bundle"),
    "a member gone": (lambda members: {n: c for n, c in members.items() if n != "clear.json"}, "is missing"),
    "manifest's size": (swap("manifest.json", '"size":4', '"size":5'), "chains are not those"),
    "manifest's head": (swap("manifest.json", '"head":"[0-9a-f]{4}', '"head":"0000'), "chains are not those"),
    "manifest's name": (swap("manifest.json", '"name"', '"mane"'), "manifest.json is not as"),
    "manifest's chain twice": (
        lambda members: more_in_manifest(members, "chains", head="0" * 64),
        "chains are not those",
    ),
    "manifest's file twice": (lambda members: more_in_manifest(members, "files"), "names a file twice"),
    "manifest is no JSON": (lambda members: members | {"manifest.json": b"\xff"}, "not JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_shows(whole: bytes, name: str) -> None:
    tamper, told = TAMPERINGS[name]
    verdict = verify_bundle(pack(tamper(unpack(whole))))
    assert verdict.exit_code == 1
    assert verdict.first_fault is not None
    assert re.search(told, verdict.first_fault.en), verdict.first_fault.en
    assert verdict.first_fault.nb != verdict.first_fault.en


def test_what_a_bundle_alone_cannot_show(whole: bytes) -> None:
    """Tail and manifest cut alike: only the last hash that somebody else holds can tell."""
    verdict = verify_bundle(pack(cut_tail(unpack(whole))))
    assert verdict.ok
    assert "may have been taken off after the last one" in domain.report(verdict)


def test_a_name_twice_in_the_archive_shows(whole: bytes) -> None:
    out = io.BytesIO(whole)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr("entries.jsonl", b"")
    verdict = verify_bundle(out.getvalue())
    assert verdict.first_fault is not None
    assert "stands twice" in verdict.first_fault.en


# Bombs and rubble


def bomb(members: Members) -> bytearray:
    """A file of 64 MiB zeros, packed small, among what belongs in a bundle."""
    return bytearray(pack(members | {"files/" + "0" * 64: bytes(1 << 26)}, zipfile.ZIP_DEFLATED))


def verdict_and_peak(packed: bytes) -> tuple[domain.Verdict, int]:
    """The verdict, and the most memory that reaching it took, in bytes."""
    tracemalloc.start()
    verdict = verify_bundle(packed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return verdict, peak


def test_a_bomb_is_refused_before_it_is_unpacked(whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(domain, "MAX_TOTAL", 1 << 25)
    verdict, peak = verdict_and_peak(bytes(bomb(unpack(whole))))
    assert verdict.first_fault is not None
    assert "too large" in verdict.first_fault.en
    assert peak < 4 << 20


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(whole: bytes) -> None:
    """Also where its name and the manifest fit, so that nothing stops it earlier."""
    members = unpack(whole)
    manifest = domain.parse(members["manifest.json"])
    manifest["files"].append({"name": "null", "sha256": "0" * 64})
    packed = bomb(members | {"manifest.json": domain.canonical(manifest)})
    size = (1 << 26).to_bytes(4, "little")
    assert packed.count(size) == 2
    verdict, peak = verdict_and_peak(bytes(packed.replace(size, (5).to_bytes(4, "little"))))
    assert verdict.first_fault is not None
    assert "not a whole trail.zip" in verdict.first_fault.en
    assert peak < 4 << 20


@pytest.mark.parametrize("name", ["clear.json", "manifest.json"])
def test_a_bomb_in_one_member_is_refused(whole: bytes, name: str) -> None:
    members = unpack(whole) | {name: b"[" * (domain.MAX_CLEAR + 1)}
    verdict = verify_bundle(pack(members, zipfile.ZIP_DEFLATED))
    assert verdict.first_fault is not None
    assert f"{name} is longer than" in verdict.first_fault.en


def test_a_directory_of_very_many_members_is_refused(whole: bytes) -> None:
    few = pack(unpack(whole) | {f"files/{number:064x}": b"" for number in range(domain.MAX_MEMBERS)})
    verdict = verify_bundle(few)
    assert verdict.first_fault is not None
    assert "too large" in verdict.first_fault.en
    many = pack({f"{number:0300x}": b"" for number in range(13_000)})
    verdict = verify_bundle(many)
    assert verdict.first_fault is not None
    assert "table of contents" in verdict.first_fault.en


def test_a_link_in_the_archive_is_refused(whole: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "verify.py":
                info.external_attr, content = 0o120777 << 16, b"/etc/passwd"
            new.writestr(info, content)
    assert "'verify.py' is no ordinary file" in str(verify_bundle(out.getvalue()).first_fault)


def test_another_verifier_in_the_bundle_is_told_of(whole: bytes) -> None:
    said = "The verify.py in the bundle is another than the one that checks now"
    assert not any(said in one.en for one in verify_bundle(whole).unchecked)
    changed = verify_bundle(pack(unpack(whole) | {"verify.py": b"print('RESULTAT: Sporet er helt.')"}))
    assert changed.ok
    assert any(said in one.en for one in changed.unchecked)


def test_encrypted_or_oddly_packed_members_are_refused(whole: bytes) -> None:
    assert not verify_bundle(pack(unpack(whole), zipfile.ZIP_BZIP2)).ok
    flagged = bytearray(whole)
    at = flagged.index(b"PK\x01\x02")
    flagged[at + 8] |= 1
    verdict = verify_bundle(bytes(flagged))
    assert verdict.first_fault is not None
    assert "encrypted" in verdict.first_fault.en


@pytest.mark.parametrize(
    "source", ["absent.zip", ".", "a\0b", 7, None], ids=["absent", "folder", "null", "number", "none"]
)
def test_what_cannot_be_opened_gets_a_verdict(source: Any) -> None:
    verdict = verify_bundle(source)
    assert (verdict.ok, verdict.unreadable, verdict.exit_code) == (False, True, 2)


@pytest.mark.parametrize("raw", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"\x00" * 10_000])
def test_rubble_gets_a_verdict(raw: bytes) -> None:
    verdict = verify_bundle(raw)
    assert (verdict.ok, verdict.unreadable, verdict.exit_code) == (False, False, 1)


def mangled(packed: bytes, chance: random.Random) -> bytes:
    """The bundle after one to three small accidents or pieces of malice."""
    raw = bytearray(packed)
    for _ in range(chance.randint(1, 3)):
        at, end = sorted(chance.choices(range(len(raw) + 1), k=2))
        end = min(end, at + chance.choice((1, 4, 64, 4096)))
        match chance.randrange(5):
            case 0:
                raw[at:end] = b""
            case 1:
                raw[at:at] = raw[at:end]
            case 2:
                raw[at:end] = chance.randbytes(end - at)
            case 3:
                raw[at:end] = b"\xff" * (end - at)
            case _:
                # The archive's own numbers: sizes, offsets, flags, counts.
                marks = [m.start() for m in re.finditer(rb"PK[\x01\x03\x05]", raw)] or [0]
                where = min(chance.choice(marks) + chance.randrange(46), max(len(raw) - 1, 0))
                raw[where : where + 1] = chance.randbytes(1)
    return bytes(raw)


def assert_same_in_all_but_labels(now: Members, before: Members) -> None:
    """What a bundle does not vouch for: the names its files go by, and that no clear value was left out."""

    def manifest(members: Members) -> Any:
        told = domain.parse(members["manifest.json"])
        return told["chains"], {file["sha256"] for file in told["files"]}

    def clear(members: Members) -> set[tuple[str, ...]]:
        rows = domain.parse(members["clear.json"], 1 << 20)["values"]
        return {tuple(map(str, sorted(row.items()))) for row in rows}

    assert manifest(now) == manifest(before)
    assert clear(now) <= clear(before)
    loose = {"manifest.json", "clear.json"}
    assert {n: c for n, c in now.items() if n not in loose} == {
        n: c for n, c in before.items() if n not in loose
    }


def test_five_hundred_mangled_bundles_get_a_verdict(whole: bytes) -> None:
    """None raises; and what still passes has the same contents as before.

    Half are mangled as archives, where zip's own check sums see most of it; half
    inside one member, packed anew, where only ours are left.
    """
    contents = unpack(whole)
    checked = sorted(set(contents) - {"LES-MEG.txt", "verify.py"})
    chance = random.Random(20200430)
    passed = 0
    for turn in range(500):
        if turn % 2:
            raw = mangled(whole, chance)
        else:
            name = chance.choice(checked)
            raw = pack(contents | {name: mangled(contents[name], chance)})
        verdict = verify_bundle(raw)
        assert domain.report(verdict)
        if verdict.ok:
            passed += 1
            assert_same_in_all_but_labels(unpack(raw), contents)
    assert passed < 100


_NO_RESET = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_NO_RESET
@given(data=st.data())
def test_any_member_may_be_anything(whole: bytes, data: st.DataObject) -> None:
    members = unpack(whole)
    name = data.draw(st.sampled_from(sorted(set(members) - {"LES-MEG.txt", "verify.py"})))
    value = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(sorted(members)),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["v", "chains", "files", "values", "chain", "size", "head", "name"]), inner
            )
        ),
        max_leaves=8,
    )
    new = data.draw(st.binary(max_size=100) | value.map(lambda v: domain._dump(v).encode("utf-8", "replace")))
    verdict = verify_bundle(pack(members | {name: new}))
    assert verdict.ok == (new == members[name])
    assert domain.report(verdict)


def test_a_large_bundle_is_read_in_little_memory(session: Session) -> None:
    """Eight thousand entries and no clear values: what is held does not grow with the chain."""
    previous, rows = None, []
    for number in range(1, 8_001):
        body = domain.encode(
            {"v": 1, "chain": CHAIN, "number": number, "previous": previous, "kind": "k",
             "at": NOW.isoformat(), "actor": None, "data": {"x": "x" * 200}}
        )  # fmt: skip
        digest = domain.entry_hash(body)
        rows.append(
            {"chain": CHAIN, "number": number, "kind": "k", "hash": digest, "previous": previous,
             "body": body, "at": NOW}
        )  # fmt: skip
        previous = digest
    session.execute(insert(TrailEntry), rows)
    packed = bundle.export(session, CHAIN, {})
    verdict, peak = verdict_and_peak(packed)
    assert verdict.ok
    assert len(packed) > 3 << 20
    assert peak < 2 << 20
