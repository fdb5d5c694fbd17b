"""The board as JSON, for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from compat_tests.upstream.suite_results import Outcome, SuiteResults
from scripts.devtools.scoreboard.model import JUDGE_RELEASE, Api, Board, ClientRow, FileRow, Told, not_as_kafka, passed
from scripts.devtools.scoreboard.totals import find_totals


def render(board: Board) -> str:
    """Return the text of compatibility.json; `format` changes when a reader would have to."""
    made = {
        "format": 1,
        "judge": f"Apache Kafka {JUDGE_RELEASE}",
        "totals": {total.what: dict(total.numbers) for total in find_totals(board)},
        "problems": board.problems,
        "apis": [_api(api) for api in board.apis],
        "apis_not_served": list(board.not_served),
        "conversations": [_told(told) for told in board.conversations],
        "clients": [_client(row) for row in board.clients],
        "suites": [_suite(suite) for suite in board.suites],
        "tests": [_file(file) for file in board.files],
        "intended_differences": [
            {"api": api, "conversation": conversation, "reason": reason} for api, conversation, reason in board.intended
        ],
        "runs": [
            {"suite": name, "broker": run.broker, "ran_on": run.ran_on}
            for name, results in sorted(board.own_runs.items())
            for _, run in sorted(results.runs.items())
        ],
    }
    return "{\n" + ",\n".join(f"{_compact(name)}: {_lines(value)}" for name, value in made.items()) + "\n}\n"


def _lines(value: Any) -> str:
    """Return a list with one element a line, so that a changed line is a changed fact; anything else on one line."""
    if not isinstance(value, list) or not value:
        return _compact(value)
    return "[\n" + ",\n".join(f" {_compact(each)}" for each in value) + "\n]"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _api(api: Api) -> dict[str, Any]:
    return {
        "name": api.name,
        "key": api.key,
        "versions": {
            str(version.version): {
                "judged_by": list(version.releases),
                "conversations": list(version.conversations),
                "bytes_of_kafka": version.has_kafkas_bytes,
            }
            for version in api.versions
        },
        "errors": list(api.error_codes),
        "deviations": [{"what": what, "why": why} for what, why in api.deviations],
    }


def _told(told: Told) -> dict[str, Any]:
    return {
        "api": told.api,
        "name": told.name,
        "source": told.source,
        "versions": list(told.versions),
        "judged_by": list(told.releases),
        "outcome": told.outcome.outcome if told.outcome else "not run",
    }


def _client(row: ClientRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "library": row.version,
        "judged_by": list(row.judges),
        "second_command": row.is_slow,
        "scenarios": {
            name: {
                "kafkalite": row.here[name].outcome if name in row.here else "not run",
                "apache_kafka": row.kafkas[name].outcome if name in row.kafkas else "not run",
            }
            for name in row.scenarios
        },
    }


def _suite(suite: SuiteResults) -> dict[str, Any]:
    return {
        "name": suite.suite,
        "title": suite.title,
        "version": suite.version,
        "command": suite.command,
        "runs": {
            kind: {"broker": run.broker, "ran_on": run.ran_on, "passed": sorted(passed(run.outcomes))}
            for kind, run in sorted(suite.runs.items())
        },
        "passed_by_kafka_only": {test: outcome.as_json() for test, outcome in sorted(not_as_kafka(suite).items())},
    }


def _file(file: FileRow) -> dict[str, Any]:
    return {
        "file": file.path,
        "second_command": file.is_slow,
        "kafkalite": _counts(file.here),
        "apache_kafka": _counts(file.kafkas),
    }


def _counts(outcomes: Mapping[str, Outcome]) -> dict[str, int]:
    return dict(sorted(Counter(outcome.outcome for outcome in outcomes.values()).items()))
