"""AlterConfigs through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.cluster.resource_types import BROKER_LOGGER, TOPIC
from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_configs_request import AlterableConfig, AlterConfigsRequest, AlterConfigsResource
from tests.broker.handlers.configs_conversation import describe, replace
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(3))
def test_all_configurations_of_a_resource_are_replaced(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", retention_ms="5")
    assert replace(broker, TOPIC, "orders", version, flush_ms="9").error_code == errors.NONE
    retention, flush = (describe(broker, TOPIC, "orders", key).configs[0] for key in ("retention.ms", "flush.ms"))
    assert (retention.value, flush.value) == ("604800000", "9")
    assert replace(broker, TOPIC, "orders", version, flush_ms="x").error_code == errors.INVALID_CONFIG
    assert replace(broker, BROKER_LOGGER, "1", version, root="INFO").error_code == errors.INVALID_REQUEST


@pytest.mark.parametrize("version", range(3))
def test_validate_only_replaces_nothing(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", retention_ms="5")
    configs = [AlterableConfig(name="flush.ms", value="9")]
    resource = AlterConfigsResource(resource_type=TOPIC, resource_name="orders", configs=configs)
    [answer] = broker.ask(AlterConfigsRequest(resources=[resource], validate_only=True), version).responses
    assert (answer.error_code, answer.resource_type, answer.resource_name) == (errors.NONE, TOPIC, "orders")
    assert broker.broker.metadata.image.configs.of(TOPIC, "orders") == {"retention.ms": "5"}
