"""The board as Markdown: totals first, then tables whose every cell names a test."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from compat_tests.upstream.suite_results import Outcome, SuiteResults
from scripts.compatibility.model import (
    KAFKA,
    KAFKALITE,
    Api,
    Board,
    ClientRow,
    FileRow,
    ServedVersion,
    Told,
    not_as_kafka,
    passed,
)
from scripts.compatibility.totals import Total, find_totals, scores

NEWEST = "4.3"
INTRODUCTION = """\
# Compatibility with Apache Kafka

How near kafkalite is to Apache Kafka 4.3, and which test says so. `scripts/scoreboard.py` writes this page from the
reports of the tests, and continuous integration fails when a fresh run says something else. Apache Kafka is the judge:
a test compares with what it answered, or is run with it too, and then its score stands beside ours.
The same as data: [compatibility.json](compatibility.json)."""
API_LEGEND = """\
One column per version: ● compared with answers of Apache Kafka 4.3.1, ○ with those of Apache Kafka 3.9.2 (4.3 does not
serve the version any more), ◇ tests of our own (no Apache Kafka without ZooKeeper answers it), ✗ served without a test.
The bytes of every request and response are compared with Apache Kafka's as well, in
[test_messages_against_kafka.py](../tests/protocol/test_messages_against_kafka.py). A row is played again with
`kafkalite conformance --api NAME`, and listed [below](#all-conversations)."""
CLIENT_LEGEND = """\
Each client is the unchanged library, driven through one scenario at a time (`compat_tests/clients`). The scores of
Apache Kafka come from the same tests with `--broker=kafka`. The columns in the middle are families of scenarios; empty:
the library has no such thing. ² builds for long and is part of the second command (`-m slow`)."""
MATRIX_LEGEND = """\
✓ passes with kafkalite and with Apache Kafka, ✓° with kafkalite (Apache Kafka was not asked or fails), ✗ fails,
? not run, empty: nothing that the library offers. One cell again:
`python scripts/dev.py test compat_tests -k CLIENT-SCENARIO`."""


def render(board: Board, root: pathlib.Path) -> str:
    """Return the page of a board; `root` is where the linked files are looked for."""
    parts = [
        INTRODUCTION,
        *_headline(find_totals(board)),
        *_problems(board.problems),
        *_apis(board),
        *_clients(board),
        *_suites(board.suites, root),
        *_files(board),
        *_differences(board),
        *_conversations(board.conversations),
        *_runs(board),
    ]
    return "\n\n".join(parts) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], centred: Sequence[int] = ()) -> str:
    """Return a Markdown table; bars and line ends in cells are escaped."""
    rule = [":-:" if column in centred else "---" for column in range(len(head))]
    lines = [head, rule, *([_cell(text) for text in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def folded(title: str, inside: str) -> str:
    """Return a part that a reader opens."""
    return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>"


def headline_table(totals: Iterable[Total], page: str = "") -> str:
    """Return the totals as a table; `page` is the page that the links lead to, nothing for the table's own."""
    return table(("", "result"), ([f"[{total.what}]({page}#{total.anchor})", total.words] for total in totals))


def _headline(totals: Sequence[Total]) -> Iterator[str]:
    yield "## In short"
    yield headline_table(totals)


def _problems(problems: Sequence[str]) -> Iterator[str]:
    if problems:
        yield "## Holes"
        yield "\n".join(f"- {problem}" for problem in problems)


# ---- APIs ------------------------------------------------------------------------------------------------------------


def _apis(board: Board) -> Iterator[str]:
    yield "## APIs"
    yield API_LEGEND
    highest = max(version.version for api in board.apis for version in api.versions)
    columns = [str(version) for version in range(highest + 1)]
    yield table(
        ("API", *columns, "conversations"),
        ([api.name, *_version_marks(api, highest), str(_conversation_count(api))] for api in board.apis),
        range(1, highest + 2),
    )
    yield (
        f"Apache Kafka {NEWEST} advertises {board.advertised_by_kafka} APIs to clients. Not served by kafkalite, and "
        f"not advertised: {', '.join(board.not_served)}."
    )
    errors = ([api.name, ", ".join(api.error_codes)] for api in board.apis if api.error_codes)
    yield folded("Errors in the compared answers, by API", table(("API", "errors"), errors))


def _conversation_count(api: Api) -> int:
    return len({name for version in api.versions for name in version.conversations})


def _version_marks(api: Api, highest: int) -> list[str]:
    marks = {version.version: version_mark(version) for version in api.versions}
    return [marks.get(version, "") for version in range(highest + 1)]


def version_mark(version: ServedVersion) -> str:
    """Return the sign of one cell of the table of APIs."""
    if version.is_hole:
        return "✗"
    if any(release.startswith(NEWEST) for release in version.releases):
        return "●"
    return "○" if version.releases else "◇"


def version_ranges(versions: Iterable[int]) -> str:
    """Return "0-3, 7" for 0, 1, 2, 3, 7."""
    ranges: list[list[int]] = []
    for version in sorted(versions):
        if ranges and version == ranges[-1][1] + 1:
            ranges[-1][1] = version
        else:
            ranges.append([version, version])
    return ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in ranges)


def _conversations(conversations: Sequence[Told]) -> Iterator[str]:
    yield "## All conversations"
    yield (
        "What is asked stands in the file, what Apache Kafka answered in `kafkalite/conformance/answers`; "
        "[CONFORMANCE.md](CONFORMANCE.md) tells more. ✓ every field as Apache Kafka, ≈ but for an "
        "[intended difference](#intended-differences), ✗ not."
    )
    rows = (
        [
            told.api,
            f"[{told.name}](../{told.source})",
            version_ranges(told.versions),
            ", ".join(told.releases),
            "≈" if told.may_differ and told.outcome and told.outcome.passed else mark(told.outcome),
        ]
        for told in sorted(conversations, key=lambda told: told.api)
    )
    inside = table(("API", "conversation", "versions", "Apache Kafka", "as Kafka"), rows, (4,))
    yield folded(f"{len(conversations)} conversations", inside)


# ---- clients ---------------------------------------------------------------------------------------------------------


def mark(outcome: Outcome | None) -> str:
    """Return the sign of an outcome with kafkalite alone."""
    if outcome is None or outcome.outcome == "skipped":
        return "?"
    return "✓" if outcome.passed else "✗"


def _clients(board: Board) -> Iterator[str]:
    yield "## Clients"
    yield CLIENT_LEGEND
    families = list(dict.fromkeys(board.families[name] for name in board.scenarios))
    yield table(
        ("client", "library", *families, "kafkalite", "Apache Kafka", "judge"),
        (_client_line(row, families, board.families) for row in board.clients),
        range(2, len(families) + 2),
    )
    yield MATRIX_LEGEND
    for title, is_pinned in (
        ("Clients that agree on versions with the broker", False),
        ("Clients that are told to speak as to an old broker", True),
    ):
        chosen = [row for row in board.clients if row.is_pinned == is_pinned]
        if chosen:
            yield f"### {title}"
            yield _matrix(chosen, board.scenarios)


def _client_line(row: ClientRow, families: Sequence[str], family_of: Mapping[str, str]) -> list[str]:
    count, here, theirs = scores(row)
    parts = []
    for family in families:
        offered = [name for name in row.scenarios if family_of[name] == family]
        good = sum(name in row.here and row.here[name].passed for name in offered)
        parts.append(f"{good}/{len(offered)}" if offered else "")
    kafkas = f"{theirs} of {count}" if row.kafkas else "not asked"
    return [_client_name(row), row.version, *parts, f"{here} of {count}", kafkas, ", ".join(row.judges)]


def _client_name(row: ClientRow) -> str:
    return f"{row.name} ²" if row.is_slow else row.name


def _matrix(rows: Sequence[ClientRow], scenarios: Mapping[str, str]) -> str:
    offered = [name for name in scenarios if any(name in row.scenarios for row in rows)]
    lines = ([_scenario(name, scenarios[name]), *(cell_mark(row, name) for row in rows)] for name in offered)
    return table(("scenario", *(_client_name(row) for row in rows)), lines, range(1, len(rows) + 1))


def _scenario(name: str, about: str) -> str:
    return f"**{name.replace('_', ' ')}**" + (f": {about}" if about.lower() != name.replace("_", " ") else "")


def cell_mark(row: ClientRow, scenario: str) -> str:
    """Return the sign of one cell of the matrix; empty where the client lacks the feature."""
    if scenario not in row.scenarios:
        return ""
    sign = mark(row.here.get(scenario))
    theirs = row.kafkas.get(scenario)
    return sign if sign != "✓" or (theirs is not None and theirs.passed) else "✓°"


# ---- suites and files ------------------------------------------------------------------------------------------------


def _suites(suites: Sequence[SuiteResults], root: pathlib.Path) -> Iterator[str]:
    if not suites:
        return
    yield "## Other people's test suites"
    yield (
        "Unchanged, at a pinned version, first against Apache Kafka on one node: what fails there is not kafkalite's "
        "fault. Each test that does not pass is explained in the suite's findings."
    )
    yield table(
        ("suite", "version", "Apache Kafka passes", "of these kafkalite", "beyond these", "run again with"),
        (_suite_line(suite, root) for suite in suites),
    )
    for suite in suites:
        missing = not_as_kafka(suite)
        if missing:
            rows = ([test, outcome.outcome, outcome.reason] for test, outcome in sorted(missing.items()))
            inside = table(("test", "with kafkalite", "why"), rows)
            yield folded(f"{suite.suite}: {len(missing)} that Apache Kafka passes and kafkalite does not", inside)


def _suite_line(suite: SuiteResults, root: pathlib.Path) -> list[str]:
    theirs = suite.runs.get(KAFKA)
    here = suite.runs.get(KAFKALITE)
    all_theirs = passed(theirs.outcomes) if theirs else []
    all_here = passed(here.outcomes) if here else []
    findings = find_findings(suite.suite, root)
    return [
        f"{suite.title}" + (f" ([findings](../{findings}))" if findings else ""),
        suite.version,
        f"{len(all_theirs)} of {len(theirs.outcomes)}" if theirs else "not run",
        f"{len(all_theirs) - len(not_as_kafka(suite))}" if here else "not run",
        f"{len(set(all_here) - set(all_theirs))}" if here else "",
        f"`{suite.command}`",
    ]


def find_findings(suite: str, root: pathlib.Path) -> str:
    """Return the findings file of a suite from the root: that of the directory its name starts with; "" for none."""
    for path in sorted((root / "compat_tests" / "upstream").glob("*/FINDINGS.md")):
        if suite.replace("-", "_").startswith(path.parent.name):
            return path.relative_to(root).as_posix()
    return ""


def _files(board: Board) -> Iterator[str]:
    fast = [file for file in board.files if not file.is_slow]
    slow = [file for file in board.files if file.is_slow]
    if fast:
        yield "## Beside the matrix"
        yield "What a single library offers, several of them together, killed brokers, and requests that are none."
        yield _file_table(fast)
    if slow:
        yield "## Applications and data directories"
        yield "The second command, `python scripts/dev.py test -m slow compat_tests`: it needs Java, Maven and minutes."
        yield _file_table(slow)


def _file_table(files: Sequence[FileRow]) -> str:
    rows = (
        [f"[{pathlib.PurePath(file.path).name}](../{file.path})", file.about, *_file_scores(file)] for file in files
    )
    return table(("tests", "what they hold kafkalite to", "kafkalite", "Apache Kafka"), rows)


def _file_scores(file: FileRow) -> tuple[str, str]:
    ran_here = [outcome for outcome in file.here.values() if outcome.outcome != "skipped"]
    ran_there = [outcome for outcome in file.kafkas.values() if outcome.outcome != "skipped"]
    here = f"{sum(outcome.passed for outcome in ran_here)} of {len(ran_here)}"
    there = f"{sum(outcome.passed for outcome in ran_there)} of {len(ran_there)}" if ran_there else ""
    return here, there


# ---- what differs ----------------------------------------------------------------------------------------------------


def _differences(board: Board) -> Iterator[str]:
    yield "## Intended differences"
    yield (
        "What the conversations meet, from `kafkalite/conformance/intended_differences.toml`; a row that covers "
        "nothing any more fails the tests."
    )
    yield table(("API", "conversation", "why kafkalite differs"), (_intended_line(*row) for row in board.intended))
    yield "What was decided about an API, from `protocol_specs/api_support.toml`."
    rows = ([api.name, what, why] for api in board.apis for what, why in api.deviations)
    yield table(("API", "what", "why"), rows)
    yield "Defaults that differ stand with their reasons in the [README](../README.md#configuration)."


def _intended_line(api: str, conversation: str, reason: str) -> list[str]:
    return [api, conversation.replace("*", "all"), reason]


def _runs(board: Board) -> Iterator[str]:
    yield "## When it was run"
    results = [*board.own_runs.values(), *board.suites]
    rows = (
        [results.title, run.broker, run.ran_on, f"`{results.command}`"]
        for results in results
        for _, run in sorted(results.runs.items(), reverse=True)
    )
    yield table(("what", "with", "last stored run", "again"), rows)
    yield (
        "What every test run repeats is compared with this page by continuous integration, so its date is that of the "
        "last change; the rest is as old as its date."
    )
