"""The house rules that a machine can keep: what is installed, how long a file is, what is explained.

The wheel is built and looked into, since what an editable install finds by
luck a wheel does not: a template, a definition or a package left out of
setup.cfg is missed first in production.
"""

from __future__ import annotations

import ast
import configparser
import importlib.resources
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "workflow_app"
LONGEST = 250
# Modules that may be longer, each with its reason.
LONG = {
    "domain/trail.py": "one file by design: it is also the offline verifier that lies in every bundle",
}
SOURCES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tools").glob("*.py")])


def setup_cfg() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def listed_packages() -> list[str]:
    return setup_cfg()["options"]["packages"].split()


def module_name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- what is installed -------------------------------------------------------


def test_every_package_is_listed_in_setup_cfg() -> None:
    inside = {
        ".".join(found.parent.relative_to(ROOT).parts)
        for found in PACKAGE.rglob("__init__.py")
        if "__pycache__" not in found.parts
    }
    beside = {f"workflow_app.{name}" for name in ("states", "templates")}
    assert sorted(inside | beside) == sorted(listed_packages())


def test_every_folder_with_modules_is_a_package() -> None:
    """A folder without __init__.py works from the checkout and is missing in the wheel."""
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [
        str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()
    ] == []


@pytest.mark.parametrize("package", ["workflow_app.states", "workflow_app.templates"])
def test_the_folders_beside_the_package_are_found_by_import(package: str) -> None:
    assert importlib.resources.files(package).joinpath("__init__.py").is_file()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the tree, without the network."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("setup.cfg", "pyproject.toml", "README.md"):
        shutil.copyfile(ROOT / name, copy / name)
    for name in ("workflow_app", "states", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    done = subprocess.run(
        [*command, "--wheel-dir", str(out), str(copy)], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_has_every_file_that_the_code_reads(wheel: set[str]) -> None:
    wanted = {
        f"workflow_app/{folder}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, patterns in {"states": ("*.toml",), "templates": ("*.pt", "*.typ")}.items()
        for pattern in patterns
        for path in (ROOT / folder).rglob(pattern)
    }
    wanted |= {
        module_name(path)
        for pattern in ("*.py", "*.toml", "*.json", "*.mako", "*.mo", "*.css", "*.js", "*.svg", "*.woff2")
        for path in PACKAGE.rglob(pattern)
        if "__pycache__" not in path.parts
    }
    assert sorted(wanted - wheel) == []
    assert any(name.startswith("workflow_app/states/") and name.endswith(".toml") for name in wheel)
    assert any(name.startswith("workflow_app/templates/pages/") for name in wheel)


def test_the_wheel_has_the_catalogues(wheel: set[str]) -> None:
    made = {
        name.split("/")[2]
        for name in wheel
        if re.fullmatch(r"workflow_app/locale/\w+/LC_MESSAGES/\w+\.mo", name)
    }
    assert made >= {"nb", "nn"}, "run make setup: the catalogues are compiled before building"


def test_the_wheel_has_no_tests_and_no_tools(wheel: set[str]) -> None:
    assert {name.split("/")[0] for name in wheel if ".dist-info" not in name} == {"workflow_app"}


# --- what is locked ----------------------------------------------------------


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.txt")))
def test_lock_files_name_versions_and_hashes_and_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", text.replace("    --hash=", ""), re.MULTILINE), (
        "no option of pip's belongs here"
    )
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[A-Za-z0-9_.-]+==\S+ ", block), block.splitlines()[0]
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_the_development_lock_agrees_with_the_one_that_is_run() -> None:
    def pinned(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([A-Za-z0-9_.-]+==[^\s\\]+)", text, re.MULTILINE))

    assert pinned("requirements.txt") <= pinned("requirements-dev.txt")


def test_the_front_end_lock_names_hashes_and_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name
    for name, version in json.loads((ROOT / "package.json").read_text(encoding="utf-8"))[
        "dependencies"
    ].items():
        assert packages[f"node_modules/{name}"]["version"] == version, (
            "an exact version, the one that is locked"
        )


def test_build_requirements_are_those_of_setup_cfg() -> None:
    """pip builds with one setuptools and runs with another, if these two drift apart."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    run = [
        line
        for line in setup_cfg()["options"]["install_requires"].splitlines()
        if line.startswith("setuptools")
    ]
    assert [item.replace(" ", "") for item in run] == [item.replace(" ", "") for item in build]


# --- how it is written -------------------------------------------------------


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert text, f"{module_name(path)} opens without a docstring"
    assert len(text.split()) >= 5, f"{module_name(path)}: {text!r} says too little"


def test_no_module_is_too_long() -> None:
    def lines(path: Path) -> int:
        return len(path.read_text(encoding="utf-8").splitlines())

    long = {
        path.relative_to(PACKAGE).as_posix(): lines(path)
        for path in PACKAGE.rglob("*.py")
        if lines(path) > LONGEST and "versions" not in path.parts
    }
    assert {name: count for name, count in long.items() if name not in LONG} == {}, "split it by idea"
    assert set(LONG) <= set(long), "an exception that is no longer needed"


def test_nothing_is_left_for_later() -> None:
    left = re.compile(
        r"\b(TODO|FIXME|XXX|HACK)\b|# type: ignore(?!\[)|except (Base)?Exception:\s*pass|\bbreakpoint\(\)"
    )
    found = [
        f"{module_name(path)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if left.search(line)
    ]
    assert found == []


# --- what the documents promise ----------------------------------------------


def test_the_readme_explains_every_command() -> None:
    from workflow_app.commands import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"avtaleflyt {name}" not in text] == []


def test_the_readme_explains_every_setting_that_is_read() -> None:
    """A setting is read by its literal name, so the names can be found in the code."""
    read = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"""["'](avtaleflyt\.[a-z_.]+)["']""", path.read_text(encoding="utf-8"))
    }
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    # Dotted names that are keys of something else, and no settings.
    assert sorted(name for name in read - NOT_SETTINGS if f"`{name}`" not in text) == []


NOT_SETTINGS = frozenset({"avtaleflyt.sqlite"})


def test_the_readme_explains_every_make_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [target for target in targets if f"make {target}" not in text] == []
