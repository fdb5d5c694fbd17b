"""Operations as a bit field."""

from __future__ import annotations

from kafkalite.broker.authorized_operations import ALL_ON_CLUSTER, ALL_ON_GROUP, ALL_ON_TOPIC, NOT_ASKED_FOR


def test_fields_are_those_that_apache_kafka_answers() -> None:
    assert (ALL_ON_TOPIC, ALL_ON_CLUSTER, NOT_ASKED_FOR) == (3576, 8096, -2147483648)
    assert ALL_ON_GROUP == 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11
