"""Runs the suites and stores what came out."""

from __future__ import annotations

import pathlib
import shlex
import subprocess
import sys
import tempfile

from compat_tests.upstream.suite_results import SuiteResults
from scripts.compatibility import junit, stored

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEST_LIMIT_S = 400
ENDED = (0, 1)
"""Exit codes of pytest after a whole run: all passed, some failed. Only a whole run is stored."""


def run_own(which: str, broker: str) -> list[str]:
    """Run "fast", "conformance" or "slow" with pytest and store the outcomes; return lines about them."""
    with tempfile.TemporaryDirectory() as directory:
        report = pathlib.Path(directory) / "report.xml"
        arguments = [
            *stored.ARGUMENTS[which],
            f"--broker={broker}",
            f"--junitxml={report}",
            "-o",
            f"timeout={TEST_LIMIT_S}",
        ]
        print(f"$ pytest {' '.join(arguments[:-3])}", file=sys.stderr, flush=True)
        finished = subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=ROOT, check=False)
        if finished.returncode not in ENDED:
            return [f"{which}: pytest did not come to an end (exit code {finished.returncode}); nothing is stored"]
        return collect(report, which, broker)


def collect(report: pathlib.Path, which: str, broker: str) -> list[str]:
    """Store what a JUnit report says of the suites behind `which`; return lines about them."""
    return stored.store(junit.read_report(report.read_text(encoding="utf-8")), stored.RUNS[which], broker)


def run_upstream(suite: SuiteResults, broker: str) -> list[str]:
    """Run another project's suite by the command that its results name; it stores its own results."""
    words = [*shlex.split(suite.command), "--broker", broker]
    print(f"$ {shlex.join(words)}", file=sys.stderr, flush=True)
    command = [sys.executable, *words[1:]] if words[0].startswith("python") else words
    finished = subprocess.run(command, cwd=ROOT, check=False)
    return [f"{suite.suite}: exit code {finished.returncode}"]
