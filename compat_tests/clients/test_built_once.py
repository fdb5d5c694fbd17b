"""Builds that are made once on a machine: found again, rebuilt when their sources change, and never incomplete."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from compat_tests.clients.built_once import find_or_build, find_program, run_step
from compat_tests.clients.client_missing import ClientMissing


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a separate cache directory for each test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Workshop:
    """Builds a directory with one file, and counts how often."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.source.write_text("one")
        self.built_count = 0

    def build(self, work: Path) -> Path:
        """Make a directory that holds the source."""
        self.built_count += 1
        made = work / "made"
        made.mkdir()
        (made / "program").write_text(self.source.read_text())
        return made

    def find(self, *made_with: str) -> str:
        """Return what the program found or built is made of."""
        return (find_or_build("thing", [self.source], self.build, *made_with) / "program").read_text()


def test_it_is_built_once_for_its_sources_and_what_it_is_made_with(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "source")
    assert [shop.find(), shop.find()] == ["one", "one"]
    assert shop.built_count == 1
    shop.source.write_text("two")
    assert shop.find() == "two"
    shop.find("library 2")
    assert shop.built_count == 3


def test_what_failed_leaves_nothing_behind(tmp_path: Path, cache: Path) -> None:
    shop = Workshop(tmp_path / "source")
    with pytest.raises(ZeroDivisionError):
        find_or_build("thing", [shop.source], lambda work: shop.build(work) / str(1 // 0))
    assert [path.name for path in (cache / "kafkalite" / "clients").iterdir() if path.is_dir()] == []
    assert shop.find() == "one"


def test_what_is_missing_is_looked_for_once(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "source")
    tries: list[Path] = []

    def download(work: Path) -> Path:
        tries.append(work)
        run_step([sys.executable, "-c", "raise SystemExit('no network')"], work, is_download=True)
        return work

    for _ in range(2):
        with pytest.raises(ClientMissing, match="no network"):
            find_or_build("thing", [shop.source], download)
    assert len(tries) == 1


def test_a_step_that_fails_is_a_mistake_unless_it_is_a_download(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="does not compile"):
        run_step([sys.executable, "-c", "raise SystemExit('does not compile')"], tmp_path, is_download=False)


def test_a_program_that_is_not_there_is_missing_with_a_hint() -> None:
    with pytest.raises(ClientMissing, match=r"`kafkalite-no-such-compiler` is not installed: get one"):
        find_program("kafkalite-no-such-compiler", "get one")
