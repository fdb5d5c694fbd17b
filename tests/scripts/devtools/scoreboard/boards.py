"""A small board for tests: one API, one client, one suite; any part can be replaced."""

from __future__ import annotations

from typing import Any

from compat_tests.upstream.suite_results import Outcome, SuiteResults, SuiteRun
from scripts.devtools.scoreboard.model import Api, Board, ClientRow, FileRow, ServedVersion, Told

PASSED, FAILED = Outcome("passed"), Outcome("failed", "why")


def served(version: int = 0, **other: Any) -> ServedVersion:
    """Return a version that Apache Kafka 4.4 judges."""
    facts: dict[str, Any] = {
        "version": version,
        "releases": ("4.4.0",),
        "conversations": ("hello",),
        "has_kafkas_bytes": True,
    }
    return ServedVersion(**facts | other)


def client(**other: Any) -> ClientRow:
    """Return a client that passes its two scenarios with both brokers."""
    facts: dict[str, Any] = {
        "name": "a-client",
        "version": "lib 1",
        "is_pinned": False,
        "is_slow": False,
        "scenarios": ["headers", "codecs"],
        "here": {"headers": PASSED, "codecs": PASSED},
        "kafkas": {"headers": PASSED, "codecs": PASSED},
        "judges": ["Apache Kafka 4.4.0"],
    }
    return ClientRow(**facts | other)


def suite(kafka: dict[str, Outcome], kafkalite: dict[str, Outcome]) -> SuiteResults:
    """Return an upstream suite with a run of each broker."""
    results = SuiteResults("a-suite", "A suite", "1.0", "run me")
    results.runs["kafka"] = SuiteRun("Apache Kafka 4.4.0", "2026-01-01", kafka)
    results.runs["kafkalite"] = SuiteRun("kafkalite 1", "2026-01-02", kafkalite)
    return results


def board(**other: Any) -> Board:
    """Return a board without a hole."""
    told = Told(
        api="Fetch",
        name="hello",
        source="cases/fetch.py",
        versions=[0],
        releases=["4.4.0"],
        may_differ=False,
        outcome=PASSED,
    )
    facts: dict[str, Any] = {
        "apis": [Api(name="Fetch", key=1, versions=[served()], error_codes=["X_Y"], deviations=[("what", "why")])],
        "advertised_by_kafka": 2,
        "advertised_before": 1,
        "not_served": ["Other"],
        "conversations": [told],
        "intended": [("Fetch", "*", "because")],
        "scenarios": {"headers": "in order", "codecs": "codecs", "groups": "nobody here has them"},
        "families": {"headers": "records", "codecs": "records", "groups": "groups"},
        "clients": [client()],
        "files": [FileRow(path="t/test_x.py", about="x", is_slow=False, here={"test_x.py::a": PASSED}, kafkas={})],
        "suites": [suite({"1": PASSED, "2": FAILED}, {"1": PASSED, "2": FAILED})],
        "findings": {"a-suite": "up/FINDINGS.md"},
        "own_runs": {},
    }
    return Board(**facts | other)
