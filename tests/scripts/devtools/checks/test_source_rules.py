"""The rules about our own source, each on a small tree that breaks it."""

from __future__ import annotations

import pathlib
import shutil
import subprocess

from scripts.devtools.checks import source_rules
from tests.scripts.devtools.checks.conftest import Write

ROOT = pathlib.Path(__file__).resolve().parents[4]


def test_long_modules_and_functions(tmp_path: pathlib.Path, write: Write) -> None:
    body = "    x = 1\n" * 60
    write("kafkalite/a.py", f"class A:\n    def f(self):\n{body}".replace("    x", "        x"))
    write("kafkalite/b.py", "x = 1\n" * 600)
    write("kafkalite/c.py", "# Generated from data\n" + "x = 1\n" * 700)
    assert source_rules.oversized(tmp_path) == [
        "kafkalite/a.py::A.f: 61 lines, allowed 60",
        "kafkalite/b.py: 601 lines, allowed 600",
    ]


def test_the_ratchet_lets_shrink_and_never_grow(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/b.py", "x = 1\n" * 649)
    write(source_rules.RATCHET_FILE, '[over_limit]\n"kafkalite/b.py" = 650\n"kafkalite/gone.py" = 700\n')
    [stale] = source_rules.oversized(tmp_path)
    assert stale.startswith("kafkalite/gone.py: no longer over its limit")
    write("kafkalite/b.py", "x = 1\n" * 650)
    assert "kafkalite/b.py: 651 lines, allowed 650" in source_rules.oversized(tmp_path)


def test_tests_mirror_the_package(tmp_path: pathlib.Path, write: Write) -> None:
    for path in (
        "kafkalite/x/y.py",
        "kafkalite/x/pack/__init__.py",
        "kafkalite/__main__.py",
        "README.md",
        "scripts/z.py",
    ):
        write(path, "")
    for path in (
        "x/test_y",
        "x/test_y_at_length",
        "x/test_whole_y",
        "x/test_pack",
        "test_main",
        "test_readme",
        "scripts/test_z",
    ):
        write(f"tests/{path}.py", "")
    assert source_rules.tests_without_module(tmp_path) == []
    write("tests/x/test_nothing.py", "")
    write("tests/nowhere/test_y.py", "")
    assert [line.split(":")[0] for line in source_rules.tests_without_module(tmp_path)] == [
        "tests/nowhere/test_y.py",
        "tests/x/test_nothing.py",
    ]


def test_generated_files_are_marked_for_git(tmp_path: pathlib.Path, write: Write) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    write("kafkalite/a.py", "# Generated from data\n")
    write("kafkalite/b.py", "# Generated from data\n")
    write("kafkalite/c.py", '"""About generated codecs."""\n')
    write(".gitattributes", "kafkalite/a.py linguist-generated\n")
    assert source_rules.unmarked_generated_files(tmp_path) == [
        "kafkalite/b.py: generated, but not marked in .gitattributes"
    ]


def test_only_doors_open_files(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/log/a.py", "def f():\n    return open('x')\n")
    write("kafkalite/system/files.py", "handle = open('x')\n")
    write("kafkalite/process.py", "handle = open('x')\n")
    assert source_rules.opened_files(tmp_path) == ["kafkalite/log/a.py:2: open() outside kafkalite/system"]


def test_pure_packages_stand_in_the_contract(tmp_path: pathlib.Path, write: Write) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    write("kafkalite/model/__init__.py", "")
    assert source_rules.unlisted_pure_packages(tmp_path) == []
    text = (ROOT / "pyproject.toml").read_text().replace('"kafkalite.model",', "")
    write("pyproject.toml", text)
    assert len(source_rules.unlisted_pure_packages(tmp_path)) == 1


def test_public_names_have_docstrings(tmp_path: pathlib.Path, write: Write) -> None:
    write("kafkalite/a.py", "def f(): pass\nclass C: pass\ndef _g(): pass\n")
    write("kafkalite/b.py", '"""Module."""\n\n\ndef f():\n    """Function."""\n')
    write("kafkalite/empty.py", "")
    assert source_rules.undocumented(tmp_path) == [
        "kafkalite/a.py: module without a docstring",
        "kafkalite/a.py:1: f has no docstring",
        "kafkalite/a.py:2: C has no docstring",
    ]
