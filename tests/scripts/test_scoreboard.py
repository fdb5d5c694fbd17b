"""The command: a page is old as soon as the board behind it changes."""

from __future__ import annotations

import pathlib

import pytest

from scripts import scoreboard
from scripts.devtools.scoreboard import runs
from tests.scripts.devtools.scoreboard.boards import FAILED, PASSED, board, client


def write(root: pathlib.Path) -> None:
    (root / "docs").mkdir()
    for name, text in scoreboard.renderings(board()).items():
        (root / name).write_text(text, encoding="utf-8")


def test_a_page_is_old_when_a_cell_changes(tmp_path: pathlib.Path) -> None:
    write(tmp_path)
    assert scoreboard.old_files(board(), tmp_path) == []
    changed = board(clients=[client(here={"headers": FAILED, "codecs": PASSED})])
    assert [line.split()[0] for line in scoreboard.old_files(changed, tmp_path)] == [scoreboard.PAGE, scoreboard.DATA]


def test_a_page_that_was_edited_or_is_missing_is_old(tmp_path: pathlib.Path) -> None:
    write(tmp_path)
    page = tmp_path / scoreboard.PAGE
    page.write_text(page.read_text(encoding="utf-8") + "by hand\n", encoding="utf-8")
    (tmp_path / scoreboard.DATA).unlink()
    assert len(scoreboard.old_files(board(), tmp_path)) == 2


def test_few_of_many_problems_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert scoreboard.told([]) == 0
    assert scoreboard.told([str(number) for number in range(40)]) == 1
    assert "and 10 more" in capsys.readouterr().out


def test_a_report_that_was_cut_off_is_a_problem(tmp_path: pathlib.Path) -> None:
    report = tmp_path / "report.xml"
    assert "cannot be read" in scoreboard.check_report(report)[0]
    report.write_text("<testsuites>")
    assert "cannot be read" in scoreboard.check_report(report)[0]


@pytest.mark.parametrize(
    ("words", "ran"),
    [
        ([], []),
        (["--run", "fast"], [("fast", "kafkalite", False)]),
        (["--run", "slow", "--broker", "kafka", "--missing"], [("slow", "kafka", True)]),
        (["--run", "all"], [(which, "kafkalite", False) for which in scoreboard.RUNNABLE]),
    ],
)
def test_what_is_run(monkeypatch: pytest.MonkeyPatch, words: list[str], ran: list[tuple[str, str, bool]]) -> None:
    calls: list[tuple[str, str, bool]] = []

    def run(which: str, broker: str, only_missing: bool) -> list[str]:
        calls.append((which, broker, only_missing))
        return []

    monkeypatch.setattr(scoreboard, "run", run)
    monkeypatch.setattr(scoreboard, "write", board)
    assert scoreboard.main(words) == 0
    assert calls == ran


@pytest.mark.parametrize(
    ("words", "stored"), [([], ["fast", "conformance"]), (["--store", "slow", "--broker", "kafka"], ["slow"])]
)
def test_what_a_report_is_stored_as(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, words: list[str], stored: list[str]
) -> None:
    report, calls = tmp_path / "report.xml", []

    def collect(path: pathlib.Path, which: str, broker: str) -> list[str]:
        calls.append((path, which, broker))
        return []

    monkeypatch.setattr(runs, "collect", collect)
    monkeypatch.setattr(scoreboard, "write", board)
    assert scoreboard.main(["--junit", str(report), *words]) == 0
    assert calls == [(report, which, "kafka" if words else "kafkalite") for which in stored]
