"""The headline: each total as numbers, as words, and with the part of the page that shows what it is the total of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from compat_tests.upstream.suite_results import SuiteResults
from scripts.devtools.scoreboard.model import JUDGE_LINE, KAFKA, KAFKALITE, Board, ClientRow, not_as_kafka, passed

FILE_SECTIONS = {
    False: ("Groups, transactions, restarts, hostile clients", "beside-the-matrix"),
    True: ("Applications, data directories, long histories", "applications-data-directories-long-histories"),
}
"""By whether the second command runs the tests: what they are about, and where the page shows them."""


@dataclass(frozen=True, kw_only=True)
class Total:
    """One line of the headline."""

    what: str
    words: str
    numbers: Mapping[str, int]
    anchor: str
    """The heading of the page that shows the single results, as in a link."""


def find_totals(board: Board) -> list[Total]:
    """Return the headline, most basic first; what was never run is left out."""
    return [
        _bytes(board),
        _answers(board),
        *_clients(board),
        *(_upstream(suite) for suite in board.suites if KAFKA in suite.runs and KAFKALITE in suite.runs),
        *_files(board, is_slow=False),
        *_files(board, is_slow=True),
    ]


def _bytes(board: Board) -> Total:
    versions = [version for api in board.apis for version in api.versions]
    good = sum(version.has_kafkas_bytes for version in versions)
    refused = sum(api.is_refused for api in board.apis)
    return Total(
        what="Messages",
        words=f"{len(board.apis)} of the {board.advertised_by_kafka} APIs of Apache Kafka {JUDGE_LINE}"
        + (f" ({refused} only to refuse, as without security)" if refused else "")
        + f", in {len(versions)} versions; request and response of {each_of(good, len(versions))} are, byte by byte, "
        "what Apache Kafka writes",
        numbers={
            "apis": len(board.apis),
            "apis_of_kafka": board.advertised_by_kafka,
            "apis_only_refused": refused,
            "versions": len(versions),
            "as_kafka": good,
        },
        anchor="apis",
    )


def each_of(good: int, count: int) -> str:
    """Return "all 12", or "11 of 12"."""
    return f"all {count}" if good == count else f"{good} of {count}"


def _answers(board: Board) -> Total:
    plays = sum(len(told.versions) for told in board.conversations)
    good = [told for told in board.conversations if told.outcome and told.outcome.passed]
    played = sum(len(told.versions) for told in good)
    return Total(
        what="Answers",
        words=f"{len(board.conversations)} conversations, {plays} with their versions, compared field by field with "
        f"recorded answers of Apache Kafka: {_unexplained(plays - played)}, {len(board.intended)} intended ones",
        numbers={
            "conversations": len(board.conversations),
            "played": plays,
            "as_kafka_or_intended": played,
            "intended_differences": len(board.intended),
        },
        anchor="apis",
    )


def _unexplained(count: int) -> str:
    return f"{count} differ or were not played yet" if count else "no unexplained difference"


class Scores(NamedTuple):
    """Of one client: its cells, and how many of them are good with each broker."""

    cells: int
    here: int
    asked: int
    """The number of cells that were run with Apache Kafka."""
    kafkas: int


def scores(row: ClientRow) -> Scores:
    """Return what a client's row comes to."""
    wanted = set(row.scenarios)
    asked = {name for name, outcome in row.kafkas.items() if outcome.outcome != "skipped"}
    kafkas = wanted & set(passed(row.kafkas))
    return Scores(len(wanted), len(wanted & set(passed(row.here))), len(wanted & asked), len(kafkas))


def _clients(board: Board) -> Iterator[Total]:
    table = [scores(row) for row in board.clients]
    cells, here, asked, theirs = (sum(column) for column in zip(*table, strict=True)) if table else (0, 0, 0, 0)
    libraries = {row.version or row.name for row in board.clients}
    of_these = "them" if asked == cells else f"the {asked} it was asked"
    yield Total(
        what="Clients",
        words=f"{len(libraries)} libraries in {len(board.clients)} configurations, {len(board.scenarios)} scenarios: "
        f"{each_of(here, cells)} combinations pass"
        + (f"; Apache Kafka passes {'all' if asked == theirs else theirs} of {of_these}" if asked else ""),
        numbers={
            "libraries": len(libraries),
            "configurations": len(board.clients),
            "scenarios": len(board.scenarios),
            "cells": cells,
            "kafkalite": here,
            "apache_kafka_asked": asked,
            "apache_kafka": theirs,
        },
        anchor="clients",
    )


def _upstream(suite: SuiteResults) -> Total:
    theirs = len(passed(suite.runs[KAFKA].outcomes))
    good = theirs - len(not_as_kafka(suite))
    return Total(
        what=f"{suite.title} ({suite.version})",
        words=f"{each_of(good, theirs)} tests that Apache Kafka passes",
        numbers={
            "apache_kafka": theirs,
            "kafkalite_of_these": good,
            "kafkalite": len(passed(suite.runs[KAFKALITE].outcomes)),
        },
        anchor="other-peoples-test-suites",
    )


def _files(board: Board, *, is_slow: bool) -> Iterator[Total]:
    here = [outcome for file in board.files if file.is_slow == is_slow for outcome in file.here.values()]
    ran = [outcome for outcome in here if outcome.outcome != "skipped"]
    if ran:
        good = sum(outcome.passed for outcome in ran)
        what, anchor = FILE_SECTIONS[is_slow]
        numbers = {"tests": len(ran), "kafkalite": good}
        yield Total(what=what, words=f"{each_of(good, len(ran))} tests pass", numbers=numbers, anchor=anchor)
