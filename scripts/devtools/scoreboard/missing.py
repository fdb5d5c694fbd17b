"""Tests without a good result: a run can be completed without running everything again."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping, Set
from functools import cache

from compat_tests.clients.roster import ROSTER
from compat_tests.upstream.suite_results import RESULTS_DIRECTORY, Outcome, SuiteRun, load_results
from scripts.devtools.scoreboard import stored
from scripts.devtools.scoreboard.apis import conversations_by_source
from scripts.devtools.scoreboard.clients import find_home, scenarios_of
from scripts.devtools.scoreboard.model import KAFKA, KAFKALITE, passed

SCENARIO = "compat_tests/clients/test_scenarios.py::test_scenario"
CONVERSATION = "compat_tests/conformance/test_recorded_answers.py::test_answers_are_those_of_apache_kafka"


def expected(suite: str, broker: str) -> set[str]:
    """Return the ids that a suite must have: cells of the matrix or conversations; what else it has is unknown."""
    if suite in ("clients", "clients-slow"):
        entries = [entry for entry in ROSTER if entry.is_slow == (suite == "clients-slow")]
        if ":" in broker:
            entries = [entry for entry in entries if entry.needs_old_formats]
        return {f"{entry.name}/{name}" for entry in entries for name in scenarios_of(entry)}
    if suite == "conformance" and broker == KAFKALITE:
        return {conversation.title for _, conversation in conversations_by_source()}
    return set()


def is_in_a_file(test: str) -> bool:
    """Return whether an id is that of a test in a file, not a cell or a conversation."""
    return ".py::" in test


def is_gone(suite: str, test: str, there: Set[str], root: pathlib.Path) -> bool:
    """Return whether the tree does not have a test any more; `there` are the cells and conversations it has."""
    if not is_in_a_file(test):
        return test not in there
    function = test.partition("[")[0].rpartition("::")[2]
    return f"def {function}(" not in _source(root / find_place(suite, test, root))


@cache
def _source(path: pathlib.Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def find_place(suite: str, test: str, root: pathlib.Path) -> str:
    """Return pytest's argument for a test: a case of the matrix or the conversations, else its whole file.

    Tests of one file may build on each other, as those of a broker that was killed do.
    """
    if is_in_a_file(test):
        return find_home(root, suite, test.partition("::")[0])
    return f"{CONVERSATION}[{test}]" if suite == "conformance" else f"{SCENARIO}[{test.replace('/', '-')}]"


def find_missing(suite: str, broker: str, directory: pathlib.Path = RESULTS_DIRECTORY) -> list[str]:
    """Return the ids of a suite that were never run with a broker, or failed; those found in the tree come first.

    Apache Kafka needs a result for every test that kafkalite passed.
    """
    outcomes = _outcomes(suite, broker, directory)
    bad = {test for test, outcome in outcomes.items() if outcome.outcome in ("failed", "timeout")}
    wanted = expected(suite, broker)
    if broker == KAFKA and suite != "conformance":
        here = _outcomes(suite, KAFKALITE, directory)
        wanted |= {test for test in passed(here) if is_in_a_file(test)}
    return sorted((wanted - outcomes.keys()) | bad, key=lambda test: (is_in_a_file(test), test))


def forget_gone(
    suites: Iterable[str], broker: str, root: pathlib.Path, directory: pathlib.Path = RESULTS_DIRECTORY
) -> list[str]:
    """Take the results of tests out that the tree does not have any more; return their ids."""
    gone = []
    for suite in suites:
        outcomes, there = _outcomes(suite, broker, directory), expected(suite, broker)
        dead = [test for test in outcomes if is_gone(suite, test, there, root)]
        results = load_results(suite, directory)
        if dead and results is not None:
            run = results.runs[broker]
            kept = {test: outcome for test, outcome in outcomes.items() if test not in dead}
            results.runs[broker] = SuiteRun(run.broker, run.ran_on, kept)
            stored.write(results, directory)
            gone += dead
    return gone


def _outcomes(suite: str, broker: str, directory: pathlib.Path) -> Mapping[str, Outcome]:
    results = load_results(suite, directory)
    run = results.runs.get(broker) if results else None
    return run.outcomes if run else {}
