"""Limits of single hosts, read as Kafka reads them."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.connection_overrides import parse_connection_overrides
from kafkalite.cluster.configs.values import InvalidConfigValue


@pytest.mark.parametrize(
    ("text", "overrides"),
    [
        ("", {}),
        ("10.0.0.1:5", {"10.0.0.1": 5}),
        (" 10.0.0.1:5 , localhost: 0,,", {"10.0.0.1": 5, "localhost": 0}),
        ("::1:7", {"::1": 7}),
        (":5", {"": 5}),
        ("10.0.0.1:-1", {"10.0.0.1": -1}),
    ],
)
def test_what_kafka_accepts(text: str, overrides: dict[str, int]) -> None:
    assert parse_connection_overrides(text) == overrides


@pytest.mark.parametrize("text", ["nonsense", "10.0.0.1:many", "10.0.0.1:", "a b:5", "ä:5", "a/b:5"])
def test_what_kafka_refuses(text: str) -> None:
    with pytest.raises(InvalidConfigValue, match=r"max\.connections\.per\.ip\.overrides"):
        parse_connection_overrides(text)
