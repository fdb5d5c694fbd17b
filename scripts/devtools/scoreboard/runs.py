"""Runs the suites and stores what came out."""

from __future__ import annotations

import pathlib
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from compat_tests.upstream.suite_results import SuiteResults
from scripts.devtools.scoreboard import junit, missing, stored
from scripts.devtools.scoreboard.model import KAFKALITE

ROOT = pathlib.Path(__file__).resolve().parents[3]
TEST_LIMIT_S = 400
PART_CASES = 100
ENDED = (0, 1)
"""Exit codes of pytest after a whole run: all passed, some failed. Only a whole run is stored."""


def run_own(which: str, broker: str, *, only_missing: bool = False) -> list[str]:
    """Run "fast", "conformance" or "slow" with pytest and store the outcomes; return lines about them.

    `only_missing` runs what has no good result yet and leaves the other results as they are.
    """
    if not only_missing:
        return run_places(which, broker, stored.PLACES[which], is_whole=True)
    for kind in {broker, KAFKALITE}:
        missing.forget_gone(stored.RUNS[which], kind, ROOT)
    tests = [(suite, test) for suite in stored.RUNS[which] for test in missing.find_missing(suite, broker)]
    places = list(dict.fromkeys(missing.find_place(suite, test, ROOT) for suite, test in tests))
    lines = [line for part in parts_of(places) for line in run_places(which, broker, part, is_whole=False)]
    return lines or [f"{which}: nothing is missing"]


def parts_of(places: Sequence[str]) -> list[list[str]]:
    """Part places so that an interrupted run keeps what it had: some cases at once, each file of tests by itself."""
    cases = [place for place in places if "::" in place]
    files = [[place] for place in places if "::" not in place]
    return [cases[start : start + PART_CASES] for start in range(0, len(cases), PART_CASES)] + files


def run_places(which: str, broker: str, places: Sequence[str], *, is_whole: bool) -> list[str]:
    """Run the tests at some places, files or names, and store their outcomes; return lines about them."""
    with tempfile.TemporaryDirectory() as directory:
        report = pathlib.Path(directory) / "report.xml"
        options = ["-m", marks(which, broker), f"--broker={broker}", "-o", f"timeout={TEST_LIMIT_S}"]
        print(f"$ pytest {shlex.join(options)} ({len(places)} names)", file=sys.stderr, flush=True)
        command = [sys.executable, "-m", "pytest", *options, f"--junitxml={report}", *places]
        finished = subprocess.run(command, cwd=ROOT, check=False)
        if finished.returncode not in ENDED:
            return [f"{which}: pytest did not come to an end (exit code {finished.returncode}); nothing is stored"]
        return collect(report, which, broker, is_whole=is_whole)


def marks(which: str, broker: str) -> str:
    """Return which marks of pytest belong to a run: an old release of Kafka is asked only what the new one refuses."""
    chosen = "slow" if which == "slow" else "not slow"
    return f"{chosen} and old_formats" if ":" in broker else chosen


def collect(report: pathlib.Path, which: str, broker: str, *, is_whole: bool = True) -> list[str]:
    """Store the results of a JUnit report for the suites of `which`; return lines about them."""
    cases = junit.read_report(report.read_text(encoding="utf-8"))
    return stored.store(cases, stored.RUNS[which], broker, is_whole=is_whole)


def run_upstream(suite: SuiteResults, broker: str) -> list[str]:
    """Run another project's suite by the command that its results name; it stores its own results."""
    words = [*shlex.split(suite.command), "--broker", broker]
    print(f"$ {shlex.join(words)}", file=sys.stderr, flush=True)
    command = [sys.executable, *words[1:]] if words[0].startswith("python") else words
    finished = subprocess.run(command, cwd=ROOT, check=False)
    return [f"{suite.suite}: exit code {finished.returncode}"]
