"""The board as Markdown: totals first, then tables whose every cell names a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from scripts.devtools.scoreboard.api_tables import api_section, conversation_section, difference_section
from scripts.devtools.scoreboard.client_tables import client_section, file_section, suite_section
from scripts.devtools.scoreboard.markdown import table
from scripts.devtools.scoreboard.model import JUDGE_LINE, Board
from scripts.devtools.scoreboard.totals import Total, find_totals

PROBLEMS_SHOWN = 20
INTRODUCTION = f"""\
# Compatibility with Apache Kafka

The compatibility of kafkalite with Apache Kafka {JUDGE_LINE}, and the tests that prove it. `scripts/scoreboard.py`
writes this page from the reports of the tests, and continuous integration fails if a new run has other results. Apache
Kafka is the judge: a test compares with its answers, or runs with it too, and then both scores are shown.
The same as data: [compatibility.json](compatibility.json)."""


def render(board: Board) -> str:
    """Return the page of a board."""
    parts = [
        INTRODUCTION,
        "## In short",
        headline_table(find_totals(board)),
        *_problems(board.problems),
        *api_section(board),
        *client_section(board),
        *suite_section(board.suites, board.findings),
        *file_section(board),
        *difference_section(board),
        *conversation_section(board.conversations),
        *_runs(board),
    ]
    return "\n\n".join(parts) + "\n"


def headline_table(totals: Iterable[Total], *, has_links: bool = True) -> str:
    """Return the totals as a table; with links, each leads to the heading that shows its single results."""
    names = ((total, f"[{total.what}](#{total.anchor})" if has_links else total.what) for total in totals)
    return table(("", "result"), ([name, total.words] for total, name in names))


def _problems(problems: Sequence[str]) -> Iterator[str]:
    if problems:
        yield "## Holes"
        more = [f"and {len(problems) - PROBLEMS_SHOWN} more"] if len(problems) > PROBLEMS_SHOWN else []
        yield "\n".join(f"- {problem}" for problem in [*problems[:PROBLEMS_SHOWN], *more])


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
