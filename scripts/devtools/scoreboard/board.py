"""Puts the board together from the tree and the stored results, and names the holes in it."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from compat_tests.upstream.suite_results import RESULTS_DIRECTORY, Outcome
from scripts.devtools.scoreboard import apis, clients, stored
from scripts.devtools.scoreboard.model import KAFKALITE, Board


def collect(root: pathlib.Path, results: pathlib.Path = RESULTS_DIRECTORY) -> Board:
    """Return the board of a tree."""
    own = stored.load_own(results)
    told = apis.find_conversations(_here(own, "conformance"))
    advertised, before, not_served = apis.find_not_served()
    upstream = stored.load_upstream(results)
    board = Board(
        apis=apis.find_apis(root, told),
        advertised_by_kafka=advertised,
        advertised_before=before,
        not_served=not_served,
        conversations=told,
        intended=apis.find_intended(),
        scenarios=clients.find_scenarios(),
        families=clients.find_families(),
        clients=clients.find_clients(own, stored.load_versions(results)),
        files=clients.find_files(root, own),
        suites=upstream,
        findings={suite.suite: stored.find_findings(suite.suite, root) for suite in upstream},
        own_runs=own,
    )
    board.problems = list(find_problems(board))
    return board


def _here(own: stored.Own, suite: str) -> dict[str, Outcome]:
    return clients.outcomes_of(own.get(suite), KAFKALITE)


def find_problems(board: Board) -> Iterator[str]:
    """Yield every hole: a served version without proof, and a test in the tree without a good result."""
    for api in board.apis:
        for version in api.versions:
            if version.is_hole:
                lacking = "the bytes of Apache Kafka" if not version.has_kafkas_bytes else "a conversation"
                yield f"{api.name} v{version.version} is served without {lacking}"
    for told in board.conversations:
        if told.outcome is None:
            yield f"{told.title}: not played since it was written (scoreboard.py --run conformance)"
        elif not told.outcome.passed:
            yield f"{told.title}: {told.outcome.outcome}"
    yield from _holes_of_clients(board)


def _holes_of_clients(board: Board) -> Iterator[str]:
    for row in board.clients:
        run = "slow" if row.is_slow else "fast"
        missing = [name for name in row.scenarios if name not in row.here]
        if missing:
            yield f"{row.name}: {len(missing)} scenarios not run, {missing[0]} (scoreboard.py --run {run})"
        for name, outcome in row.here.items():
            if name not in row.scenarios:
                yield f"{row.name}/{name}: a stored result of something that is gone (scoreboard.py --run {run})"
            elif not outcome.passed:
                yield f"{row.name}/{name}: {outcome.outcome} {outcome.reason}"
    for file in board.files:
        for test, outcome in file.here.items():
            if outcome.outcome not in ("passed", "skipped"):
                yield f"{file.path}: {test} {outcome.outcome}"
