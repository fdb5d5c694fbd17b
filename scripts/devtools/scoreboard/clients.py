"""The matrix of clients and scenarios, and the tests of ours beside it, from the roster and the stored results."""

from __future__ import annotations

import ast
import pathlib
from collections.abc import Iterable, Mapping

from compat_tests.clients.roster import ROSTER, Entry
from compat_tests.clients.scenarios import NEGOTIATED, SCENARIOS, select
from compat_tests.upstream.suite_results import Outcome, SuiteResults, SuiteRun
from scripts.devtools.scoreboard.model import KAFKA, KAFKALITE, OLD_KAFKA, ClientRow, FileRow

Outcomes = Mapping[str, Outcome]
HOMES = {
    "clients": ("compat_tests/clients", "compat_tests"),
    "clients-slow": ("compat_tests/clients",),
    "conformance": ("compat_tests/conformance", "compat_tests/side_by_side"),
    "apps": ("compat_tests/apps", "compat_tests/side_by_side"),
}
"""Suite -> the place of the test files that its results file names."""


def outcomes_of(results: SuiteResults | None, *kinds: str) -> dict[str, Outcome]:
    """Return the stored outcomes with the first kind of broker that did not skip a test; later kinds fill gaps."""
    found: dict[str, Outcome] = {}
    for kind in kinds:
        run = results.runs.get(kind) if results else None
        for test, outcome in (run.outcomes if run else {}).items():
            if test not in found or found[test].outcome == "skipped":
                found[test] = outcome
    return found


def find_clients(own: Mapping[str, SuiteResults], versions: Mapping[str, str]) -> list[ClientRow]:
    """Return a row per client of the roster, in its order."""
    return [_client(entry, own, versions.get(entry.name, "")) for entry in ROSTER]


def scenarios_of(entry: Entry) -> list[str]:
    """Return the scenarios that `compat_tests/clients/test_scenarios.py` runs with a client."""
    return list(select(entry.features | (frozenset() if entry.is_pinned else {NEGOTIATED})))


def _client(entry: Entry, own: Mapping[str, SuiteResults], version: str) -> ClientRow:
    results = own.get("clients-slow" if entry.is_slow else "clients")
    return ClientRow(
        name=entry.name,
        version=version,
        is_pinned=entry.is_pinned,
        is_slow=entry.is_slow,
        scenarios=scenarios_of(entry),
        here=_cells(entry.name, outcomes_of(results, KAFKALITE)),
        kafkas=_cells(entry.name, outcomes_of(results, KAFKA, OLD_KAFKA)),
        judges=[run.broker for run in _judges(entry.name, results)],
    )


def _cells(client: str, outcomes: Outcomes) -> dict[str, Outcome]:
    start = f"{client}/"
    return {test.removeprefix(start): outcome for test, outcome in outcomes.items() if test.startswith(start)}


def _judges(client: str, results: SuiteResults | None) -> Iterable[SuiteRun]:
    """Yield the runs with Apache Kafka in which the client was not left out."""
    for kind in (KAFKA, OLD_KAFKA):
        run = results.runs.get(kind) if results else None
        if run and any(outcome.outcome != "skipped" for outcome in _cells(client, run.outcomes).values()):
            yield run
            return


def find_scenarios() -> dict[str, str]:
    """Return scenario -> what it checks: the first sentence of its docstring, else its name in words."""
    return {
        name: first_sentence(function.__doc__ or "") or name.replace("_", " ")
        for name, (function, _) in SCENARIOS.items()
    }


def find_families() -> dict[str, str]:
    """Return scenario -> family: the module that contains it."""
    return {name: function.__module__.rpartition(".")[2] for name, (function, _) in SCENARIOS.items()}


def first_sentence(text: str) -> str:
    """Return the first line of a docstring without its full stop."""
    return text.strip().split("\n", 1)[0].rstrip(".")


def find_files(root: pathlib.Path, own: Mapping[str, SuiteResults]) -> list[FileRow]:
    """Return a row per test file outside the matrix and the conversations, by path; slow parts have separate rows."""
    rows = []
    for suite, results in own.items():
        by_file: dict[str, dict[str, dict[str, Outcome]]] = {}
        for side, outcomes in (
            ("here", outcomes_of(results, KAFKALITE)),
            ("kafkas", outcomes_of(results, KAFKA, OLD_KAFKA)),
        ):
            for test, outcome in outcomes.items():
                file, separator, _ = test.partition("::")
                if separator and file.endswith(".py"):
                    by_file.setdefault(file, {"here": {}, "kafkas": {}})[side][test] = outcome
        for file, sides in by_file.items():
            path = find_home(root, suite, file)
            about = describe(root / path)
            rows.append(FileRow(path=path, about=about, is_slow=suite in ("apps", "clients-slow"), **sides))
    return sorted(rows, key=lambda row: (row.is_slow, row.path))


def find_home(root: pathlib.Path, suite: str, file: str) -> str:
    """Return the path of a suite's file of tests from the root; the bare name when it is gone."""
    return next((f"{home}/{file}" for home in HOMES[suite] if (root / home / file).is_file()), file)


def describe(path: pathlib.Path) -> str:
    """Return the first sentence of a module's docstring; nothing when it has none or is gone."""
    if not path.is_file():
        return ""
    return first_sentence(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
