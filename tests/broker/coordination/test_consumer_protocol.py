"""Groups may use the consumer protocol if it is configured and `group.version` is finalized above 0."""

from __future__ import annotations

import pytest

from kafkalite.broker.coordination.consumer_protocol import is_consumer_protocol_enabled
from kafkalite.cluster.features import GROUP_VERSION
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize(
    ("protocols", "expected"),
    [("classic,consumer", True), ("classic, consumer", True), ("classic", False), ("classic,streams", False)],
)
def test_the_protocol_must_be_configured(protocols: str, expected: bool) -> None:
    broker = PlayedBroker(properties={"group.coordinator.rebalance.protocols": protocols})
    assert is_consumer_protocol_enabled(broker.broker) is expected


def test_the_protocol_is_enabled_by_default_and_disabled_with_group_version_0() -> None:
    broker = PlayedBroker().broker
    assert is_consumer_protocol_enabled(broker)
    broker.metadata.commit(lambda image: Result([FeatureLevelRecord(name=GROUP_VERSION, feature_level=0)], None))
    assert not is_consumer_protocol_enabled(broker)
