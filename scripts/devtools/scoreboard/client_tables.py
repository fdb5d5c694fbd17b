"""The tables about clients, other people's suites, and the tests beside the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from compat_tests.upstream.suite_results import Outcome, SuiteResults
from scripts.devtools.scoreboard.markdown import folded, link, table
from scripts.devtools.scoreboard.model import (
    JUDGE_LINE,
    JUDGE_RELEASE,
    KAFKA,
    KAFKALITE,
    Board,
    ClientRow,
    FileRow,
    not_as_kafka,
    passed,
)
from scripts.devtools.scoreboard.totals import scores

CLIENT_LEGEND = f"""\
Each client is the unchanged library, driven through one scenario at a time (`compat_tests/clients`). The columns in the
middle count what it passes by family of scenarios; empty: the library has no such thing. The scores of Apache Kafka
come from the same tests with `--broker=kafka`: of {JUDGE_RELEASE}, or of 3.9.2 where {JUDGE_LINE} refuses what the
client speaks. ² takes long to build and is part of the second command (`-m slow`)."""
MATRIX_LEGEND = """\
The columns are the numbers of the clients above. ✓ passes with kafkalite and with Apache Kafka, ✓° with kafkalite only
(Apache Kafka was not asked or fails), ✗ fails, ? not run, empty: nothing that the library offers. One cell again:
`python scripts/dev.py test compat_tests -k CLIENT-SCENARIO`."""
NEGOTIATING = "Clients that agree on versions with the broker:"
PINNED = "Clients configured for an old broker; results that are the same in every version are not repeated:"


def mark(outcome: Outcome | None) -> str:
    """Return the sign of an outcome with kafkalite alone."""
    if outcome is None or outcome.outcome == "skipped":
        return "?"
    return "✓" if outcome.passed else "✗"


def client_section(board: Board) -> Iterator[str]:
    """Yield the scores of every client, then the matrices."""
    yield "## Clients"
    yield CLIENT_LEGEND
    families = list(dict.fromkeys(board.families[name] for name in board.scenarios))
    numbers = {row.name: number for number, row in enumerate(board.clients, 1)}
    yield table(
        ("", "client", "library", *families, "kafkalite", "Apache Kafka"),
        ([str(numbers[row.name]), *_client_line(row, families, board.families)] for row in board.clients),
        range(3, len(families) + 3),
    )
    yield "### Every client in every scenario"
    yield MATRIX_LEGEND
    for title, is_pinned in ((NEGOTIATING, False), (PINNED, True)):
        chosen = [row for row in board.clients if row.is_pinned == is_pinned]
        if chosen:
            yield title
            yield _matrix(chosen, list(board.scenarios), numbers)
    about = ([_scenario(name), board.families[name], what] for name, what in board.scenarios.items())
    yield folded("What the scenarios check", table(("scenario", "family", "it checks"), about))


def _client_line(row: ClientRow, families: Sequence[str], family_of: Mapping[str, str]) -> list[str]:
    count, here, asked, theirs = scores(row)
    parts = []
    for family in families:
        offered = [name for name in row.scenarios if family_of[name] == family]
        good = sum(name in row.here and row.here[name].passed for name in offered)
        parts.append("" if not offered else str(good) if good == len(offered) else f"{good}/{len(offered)}")
    judges = ", ".join(judge.removeprefix("Apache Kafka ") for judge in row.judges)
    kafkas = f"{theirs}/{asked} ({judges})" if row.judges else "not asked"
    name = f"{row.name} ²" if row.is_slow else row.name
    return [name, row.version, *parts, f"{here}/{count}", kafkas]


def _matrix(rows: Sequence[ClientRow], scenarios: Sequence[str], numbers: Mapping[str, int]) -> str:
    offered = [name for name in scenarios if any(name in row.scenarios for row in rows)]
    lines = ([_scenario(name), *(cell_mark(row, name) for row in rows)] for name in offered)
    head = (f'<abbr title="{row.name}">{numbers[row.name]}</abbr>' for row in rows)
    return table(("scenario", *head), lines, range(1, len(rows) + 1))


def _scenario(name: str) -> str:
    return name.replace("_", " ")


def cell_mark(row: ClientRow, scenario: str) -> str:
    """Return the sign of one cell of the matrix; empty if the client lacks the feature."""
    if scenario not in row.scenarios:
        return ""
    sign = mark(row.here.get(scenario))
    theirs = row.kafkas.get(scenario)
    return sign if sign != "✓" or (theirs is not None and theirs.passed) else "✓°"


def suite_section(suites: Sequence[SuiteResults], findings: Mapping[str, str]) -> Iterator[str]:
    """Yield the upstream suites beside Apache Kafka's score, and each test that only Apache Kafka passes."""
    if not suites:
        return
    yield "## Other people's test suites"
    yield (
        "At a pinned version, first against Apache Kafka on one node: what fails there is not kafkalite's fault. Each "
        "test that does not pass is explained in the suite's findings, and what one node needs changed "
        "in [compat_tests/upstream](../compat_tests/upstream/README.md)."
    )
    yield table(
        ("suite", "version", "Apache Kafka passes", "of these kafkalite", "beyond these"),
        (_suite_line(suite, findings.get(suite.suite, "")) for suite in suites),
    )
    for suite in suites:
        missing = not_as_kafka(suite)
        if missing:
            rows = ([test, outcome.outcome, outcome.reason] for test, outcome in sorted(missing.items()))
            inside = table(("test", "with kafkalite", "why"), rows)
            yield folded(f"{suite.suite}: {len(missing)} that Apache Kafka passes and kafkalite does not", inside)


def _suite_line(suite: SuiteResults, findings: str) -> list[str]:
    theirs = suite.runs.get(KAFKA)
    here = suite.runs.get(KAFKALITE)
    all_theirs = passed(theirs.outcomes) if theirs else []
    all_here = passed(here.outcomes) if here else []
    return [
        f"{suite.title}" + (f" ({link(findings, 'findings')})" if findings else ""),
        suite.version,
        f"{len(all_theirs)} of {len(theirs.outcomes)}" if theirs else "not run",
        f"{len(all_theirs) - len(not_as_kafka(suite))}" if here else "not run",
        f"{len(set(all_here) - set(all_theirs))}" if here else "",
    ]


def file_section(board: Board) -> Iterator[str]:
    """Yield the tests of ours that are no cell of the matrix, by file: of every run, then of the second command."""
    fast = [file for file in board.files if not file.is_slow]
    slow = [file for file in board.files if file.is_slow]
    if fast:
        yield "## Beside the matrix"
        yield "What a single library offers, several of them together, killed brokers, and requests that are none."
        yield _file_table(fast)
    if slow:
        yield "## Applications, data directories, long histories"
        yield "The second command, `python scripts/dev.py test -m slow compat_tests`: it needs Java, Maven and minutes."
        yield _file_table(slow)


def _file_table(files: Sequence[FileRow]) -> str:
    rows = ([link(file.path), file.about, *_file_scores(file)] for file in files)
    return table(("tests", "what they hold kafkalite to", "kafkalite", "Apache Kafka"), rows)


def _file_scores(file: FileRow) -> tuple[str, str]:
    ran_here = [outcome for outcome in file.here.values() if outcome.outcome != "skipped"]
    ran_there = [outcome for outcome in file.kafkas.values() if outcome.outcome != "skipped"]
    here = f"{sum(outcome.passed for outcome in ran_here)} of {len(ran_here)}"
    there = f"{sum(outcome.passed for outcome in ran_there)} of {len(ran_there)}" if ran_there else ""
    return here, there
