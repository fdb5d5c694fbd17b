"""The account of Kafka's errors: what is said not to be seen is not seen, and nothing is said twice."""

from __future__ import annotations

from collections import Counter

from kafkalite.conformance.error_coverage import coverage_table, load_unseen, reason_table, seen_errors
from kafkalite.protocol import errors
from kafkalite.protocol.api_keys import NAMES
from kafkalite.protocol.api_support import SERVED

UNSEEN = [(api, error) for row in load_unseen() for api in row.apis for error in row.errors]


def test_names_are_kafkas_and_apis_are_served() -> None:
    assert {error for _, error in UNSEEN} <= set(errors.NAMES.values())
    assert {api for api, _ in UNSEEN} <= {NAMES[key] for key in SERVED}


def test_nothing_is_said_twice() -> None:
    assert [one for one, count in Counter(UNSEEN).items() if count > 1] == []


def test_what_is_recorded_is_not_said_to_be_unseen() -> None:
    seen = seen_errors()
    assert [(api, error) for api, error in UNSEEN if error in seen.get(api, ())] == []
    assert "REBALANCE_IN_PROGRESS" in seen["Heartbeat"]


def test_tables_for_readers() -> None:
    (line,) = (line for line in coverage_table() if line.startswith("| SaslHandshake |"))
    assert line == "| SaslHandshake | `ILLEGAL_SASL_STATE` | `UNSUPPORTED_SASL_MECHANISM` |"
    assert len(reason_table()) == 2 + len(load_unseen())
