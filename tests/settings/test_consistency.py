"""Contradictions among properties, refused as Kafka refuses them."""

from __future__ import annotations

import pytest

from kafkalite.settings.consistency import check_consistency
from kafkalite.settings.settings import Settings
from kafkalite.settings.values import ConfigError

TWO = {
    "listeners": "PLAINTEXT://localhost:9092,X://localhost:9095,CONTROLLER://:9093",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,X:PLAINTEXT,CONTROLLER:PLAINTEXT",
}


def settings(values: dict[str, str]) -> Settings:
    return Settings({name: (value, "test") for name, value in values.items()})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"node.id": "3", "broker.id": "3"},
        {"broker.id": "0"},
        {"inter.broker.listener.name": "plaintext"},
        {"security.inter.broker.protocol": "PLAINTEXT"},
        TWO | {"advertised.listeners": "X://h:9092", "inter.broker.listener.name": "X"},
    ],
)
def test_what_is_consistent(values: dict[str, str]) -> None:
    check_consistency(settings(values))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"node.id": "3", "broker.id": "4"}, "node.id is 3 .* and broker.id is 4"),
        ({"broker.id": "-1"}, "broker.id: -1 is less than 0"),
        ({"inter.broker.listener.name": "OTHER"}, "inter.broker.listener.name: OTHER is not among .* PLAINTEXT"),
        ({"inter.broker.listener.name": "CONTROLLER"}, "inter.broker.listener.name: CONTROLLER is not among"),
        ({"security.inter.broker.protocol": "SSL"}, "security.inter.broker.protocol: SSL is not among"),
        (
            {"inter.broker.listener.name": "PLAINTEXT", "security.inter.broker.protocol": "PLAINTEXT"},
            "set either it or security.inter.broker.protocol",
        ),
        (
            TWO | {"advertised.listeners": "X://h:9092", "inter.broker.listener.name": "PLAINTEXT"},
            "PLAINTEXT is not among the advertised listeners: X",
        ),
    ],
)
def test_what_is_refused(values: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        check_consistency(settings(values))
