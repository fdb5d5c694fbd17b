"""Results of another project's test suite: the stored results, and the list of tests that must pass.

`compat_tests/results/<suite>.json` keeps one run per broker, so that a new run against kafkalite can be compared with
the stored run against Apache Kafka. The file holds nothing that differs between runs (no seconds, no paths): a changed
line is a changed outcome. `tests.allow` names the tests that must pass against kafkalite, one a line.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESULTS_DIRECTORY = Path(__file__).resolve().parents[1] / "results"
OUTCOMES = ("passed", "failed", "skipped", "timeout")
REASON_CHARS_MAX = 300


@dataclass(frozen=True)
class Outcome:
    """The outcome of one test: one of OUTCOMES, and its reason (empty for a test that passed)."""

    outcome: str
    reason: str = ""

    def __post_init__(self) -> None:
        """Check that the readers of the results know the word.

        Raises:
            ValueError: the word is unknown.
        """
        if self.outcome not in OUTCOMES:
            raise ValueError(f"an outcome is one of {', '.join(OUTCOMES)}, not {self.outcome!r}")

    @property
    def passed(self) -> bool:
        """Return whether the test passed: a skipped one did not."""
        return self.outcome == "passed"

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Outcome:
        """Read one outcome of a results file."""
        return cls(stored["outcome"], stored.get("reason", ""))

    def as_json(self) -> dict[str, str]:
        """Return the outcome as stored: the reason on one line, cut at REASON_CHARS_MAX, absent when empty."""
        reason = " ".join(self.reason.split())[:REASON_CHARS_MAX]
        return {"outcome": self.outcome, "reason": reason} if reason else {"outcome": self.outcome}


@dataclass(frozen=True)
class SuiteRun:
    """The outcomes of one suite against one broker."""

    broker: str
    """Name and version, for example `Apache Kafka 4.3.1`."""
    ran_on: str
    """The day of the last run, `YYYY-MM-DD`."""
    outcomes: Mapping[str, Outcome]
    """By test id."""

    def merged_onto(self, before: SuiteRun | None) -> SuiteRun:
        """Return this run over an earlier one of the same broker: tests that were not run again keep their outcome.

        A run of another version of the broker replaces everything.
        """
        if before is None or before.broker != self.broker:
            return self
        return SuiteRun(self.broker, self.ran_on, {**before.outcomes, **self.outcomes})


@dataclass
class SuiteResults:
    """One results file: the suite, how to run it again, and the last run against each kind of broker."""

    suite: str
    """The file's name without `.json`."""
    title: str
    version: str
    """Of the suite's sources. The stored runs of another version are dropped when a new run is recorded."""
    command: str
    """The command that runs the suite again."""
    runs: dict[str, SuiteRun] = field(default_factory=dict)
    """By kind of broker: `kafka` or `kafkalite`."""

    def record(self, kind: str, run: SuiteRun, directory: Path = RESULTS_DIRECTORY) -> Path:
        """Merge a run into the stored results, write the file and return its path."""
        stored = load_results(self.suite, directory)
        if stored is not None and stored.version == self.version:
            self.runs = {**stored.runs, **self.runs}
        self.runs[kind] = run.merged_onto(self.runs.get(kind))
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / f"{self.suite}.json"
        path.write_text(format_results(self))
        return path


def load_results(suite: str, directory: Path = RESULTS_DIRECTORY) -> SuiteResults | None:
    """Return the stored results of a suite, None when it never ran."""
    try:
        stored = json.loads((directory / f"{suite}.json").read_text())
    except FileNotFoundError:
        return None
    runs = {kind: _run_from_json(run) for kind, run in stored["runs"].items()}
    return SuiteResults(stored["suite"], stored["title"], stored["version"], stored["command"], runs)


def _run_from_json(stored: Mapping[str, Any]) -> SuiteRun:
    outcomes = {test: Outcome.from_json(outcome) for test, outcome in stored["outcomes"].items()}
    return SuiteRun(stored["broker"], stored["ran_on"], outcomes)


def format_results(results: SuiteResults) -> str:
    """Return the file's text: JSON with sorted tests, one a line, and a trailing newline."""
    head = {name: getattr(results, name) for name in ("suite", "title", "version", "command")}
    lines = ["{", *(f"  {json.dumps(name)}: {json.dumps(value)}," for name, value in head.items()), '  "runs": {']
    runs = ",\n".join(_format_run(kind, run) for kind, run in sorted(results.runs.items()))
    return "\n".join([*lines, *([runs] if runs else []), "  }", "}", ""])


def _format_run(kind: str, run: SuiteRun) -> str:
    head = [f"    {json.dumps(kind)}: {{", f'      "broker": {json.dumps(run.broker)},']
    head += [f'      "ran_on": {json.dumps(run.ran_on)},', '      "outcomes": {']
    tests = sorted(run.outcomes.items())
    body = ",\n".join(f"        {json.dumps(test)}: {json.dumps(outcome.as_json())}" for test, outcome in tests)
    return "\n".join([*head, *([body] if body else []), "      }", "    }"])


def today() -> str:
    """Return the day of a run that ends now, as SuiteRun wants it."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


# ---- tests.allow ---------------------------------------------------------------------------------------------------


def read_allowed(path: Path) -> list[str]:
    """Return the test ids of an allow list in the order of the file; `#` begins a comment, empty lines are nothing."""
    lines = (line.partition("#")[0].strip() for line in path.read_text().splitlines())
    return [line for line in lines if line]


def grow_allowed(path: Path, passed: Iterable[str]) -> list[str]:
    """Add tests to an allow list, which is made when missing; return the ids that are new, sorted.

    Leading comment lines stay, the ids are sorted, and no id is ever removed.
    """
    text = path.read_text() if path.exists() else ""
    before = read_allowed(path) if text else []
    added = sorted(set(passed) - set(before))
    comments = [line for line in text.splitlines() if line.startswith("#")]
    path.write_text("\n".join([*comments, *sorted({*before, *added}), ""]))
    return added


def find_broken_promises(allowed: Iterable[str], outcomes: Mapping[str, Outcome]) -> dict[str, Outcome]:
    """Return the allowed tests that were run and did not pass, with their outcomes."""
    return {test: outcomes[test] for test in allowed if test in outcomes and not outcomes[test].passed}
