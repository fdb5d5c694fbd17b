"""Our own results files: their tests, the commands that run them again, and the comparison with a new run."""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from compat_tests.broker_process import BrokerChoice
from compat_tests.upstream.suite_results import (
    RESULTS_DIRECTORY,
    Outcome,
    SuiteResults,
    SuiteRun,
    format_results,
    load_results,
    today,
)
from kafkalite import __version__
from scripts.devtools.scoreboard import junit
from scripts.devtools.scoreboard.junit import TestCase
from scripts.devtools.scoreboard.model import KAFKALITE

VERSIONS_FILE = "client_versions.json"
Own = Mapping[str, SuiteResults]
"""Our own stored results by suite."""


@dataclass(frozen=True, kw_only=True)
class OwnSuite:
    """Tests of ours whose outcomes are stored together."""

    name: str
    title: str
    run: str
    """The `--run` that brings it up to date."""
    modules: tuple[str, ...]
    """Starts of the names of its modules."""
    left_out: tuple[str, ...] = ()
    """Starts of tests' names that say nothing about a broker."""

    def choose(self, cases: Iterable[TestCase]) -> dict[str, Outcome]:
        """Return the outcomes of its tests in a report."""
        chosen = (case for case in junit.of_modules(cases, self.modules) if case.module not in WITHOUT_A_BROKER)
        return junit.outcomes(case for case in chosen if not case.name.startswith(self.left_out))


WITHOUT_A_BROKER = ("compat_tests.clients.test_built_once",)
"""Tests of the tests: they say nothing about a broker."""
CLIENT_MODULES = ("compat_tests.clients.", "compat_tests.test_")
"""Those of the clients, and those that speak through a bare socket."""
BOOKKEEPING = ("test_names_are_", "test_every_api_is_", "test_answers_are_recorded_", "test_nothing_is_recorded_")
OWN_SUITES = {
    suite.name: suite
    for suite in (
        OwnSuite(name="clients", title="Unchanged clients", run="fast", modules=CLIENT_MODULES),
        OwnSuite(
            name="conformance",
            title="Conversations judged by Apache Kafka",
            run="conformance",
            modules=("compat_tests.conformance.", "compat_tests.side_by_side."),
            left_out=BOOKKEEPING,
        ),
        OwnSuite(
            name="clients-slow", title="Unchanged clients, second command", run="slow", modules=CLIENT_MODULES[:1]
        ),
        OwnSuite(
            name="apps",
            title="Applications, tools and data directories",
            run="slow",
            modules=("compat_tests.apps.", "compat_tests.side_by_side."),
        ),
    )
}
SOCKET_TESTS = sorted(f"compat_tests/{path.name}" for path in (junit.ROOT / "compat_tests").glob("test_*.py"))
RUNS: Mapping[str, tuple[str, ...]] = {
    "fast": ("clients",),
    "conformance": ("conformance",),
    "slow": ("clients-slow", "apps"),
}
"""The suites that each `--run` stores."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "fast": ("compat_tests/clients", *SOCKET_TESTS),
    "conformance": ("compat_tests/conformance", "compat_tests/side_by_side"),
    "slow": ("compat_tests/clients", "compat_tests/side_by_side", "compat_tests/apps"),
}
"""The places of the tests of each `--run`."""
IN_THE_TEST_COMMAND = ("clients", "conformance")
"""The suites that the README's test command also runs, so that CI can compare."""


def load_own(directory: pathlib.Path = RESULTS_DIRECTORY) -> dict[str, SuiteResults]:
    """Return our own stored results by suite."""
    found = {name: load_results(name, directory) for name in OWN_SUITES}
    return {name: results for name, results in found.items() if results is not None}


def load_upstream(directory: pathlib.Path = RESULTS_DIRECTORY) -> list[SuiteResults]:
    """Return the stored results of other people's suites, by name."""
    names = sorted(path.stem for path in directory.glob("*.json") if path.name != VERSIONS_FILE)
    found = [load_results(name, directory) for name in names if name not in OWN_SUITES]
    return [results for results in found if results is not None]


def find_findings(suite: str, root: pathlib.Path) -> str:
    """Return the findings file of an upstream suite: that of the directory its name starts with; "" for none."""
    for path in sorted((root / "compat_tests" / "upstream").glob("*/FINDINGS.md")):
        if suite.replace("-", "_").startswith(path.parent.name):
            return path.relative_to(root).as_posix()
    return ""


def load_versions(directory: pathlib.Path = RESULTS_DIRECTORY) -> dict[str, str]:
    """Return client -> library and version, as of its last run with kafkalite."""
    path = directory / VERSIONS_FILE
    versions: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return versions


def broker_name(broker: str) -> str:
    """Return the name and version of the broker that `--broker` chose."""
    choice = BrokerChoice.parse(broker)
    return f"kafkalite {__version__}" if choice.kind == "kafkalite" else f"Apache Kafka {choice.kafka_version}"


def store(
    cases: Sequence[TestCase],
    suites: Iterable[str],
    broker: str,
    directory: pathlib.Path = RESULTS_DIRECTORY,
    *,
    is_whole: bool = True,
) -> list[str]:
    """Store a run under each suite and return lines about it.

    A whole run replaces the earlier run with the same broker, a partial one is merged into it. Only results in the
    report replace anything: a report without tests of a suite leaves its file unchanged.
    """
    lines = []
    for name in suites:
        suite = OWN_SUITES[name]
        outcomes = suite.choose(cases)
        if not outcomes:
            continue
        command = f"python scripts/dev.py run scripts/scoreboard.py --run {suite.run}"
        before = load_results(name, directory)
        results = SuiteResults(name, suite.title, __version__, command, before.runs if before else {})
        run = SuiteRun(broker_name(broker), today(), outcomes)
        results.runs[broker] = run if is_whole else run.merged_onto(results.runs.get(broker))
        write(results, directory)
        good = sum(each.passed for each in outcomes.values())
        lines.append(f"{name}: {good} of {len(outcomes)} passed with {broker_name(broker)}")
    if broker == KAFKALITE:
        _store_versions(junit.client_versions(cases), directory)
    return lines


def write(results: SuiteResults, directory: pathlib.Path = RESULTS_DIRECTORY) -> None:
    """Write one of our results files."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / f"{results.suite}.json").write_text(format_results(results), encoding="utf-8")


def _store_versions(found: Mapping[str, str], directory: pathlib.Path) -> None:
    if found:
        versions = dict(sorted({**load_versions(directory), **found}.items()))
        (directory / VERSIONS_FILE).write_text(json.dumps(versions, indent=1) + "\n", encoding="utf-8")


def changes(cases: Sequence[TestCase], own: Mapping[str, SuiteResults]) -> list[str]:
    """Return the differences between a new run of the test command and the stored one: a line per changed test.

    Reasons, dates and versions of libraries do not count: they do not affect any cell of the page.
    """
    lines = []
    for name in IN_THE_TEST_COMMAND:
        stored = own[name].runs.get(KAFKALITE) if name in own else None
        before = stored.outcomes if stored else {}
        now = OWN_SUITES[name].choose(cases)
        for test in sorted({*before, *now}):
            was = before[test].outcome if test in before else "not stored"
            is_now = now[test].outcome if test in now else "not run"
            if was != is_now:
                lines.append(f"{name}: {test} was {was}, is {is_now}")
    return lines
