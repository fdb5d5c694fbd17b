"""ConsumerGroupHeartbeat through the router."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from kafkalite.protocol.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)
from tests.broker.played_broker import PlayedBroker

BROKER, GROUP = 4, 32
SET = 0


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with a topic of two partitions."""
    made = PlayedBroker(properties={"offsets.topic.num.partitions": "3"})
    made.create_topic("orders", 2)
    return made


def joining(member_id: str = "m1", group_id: str = "g", **fields: Any) -> ConsumerGroupHeartbeatRequest:
    """Return the first heartbeat of a member that reads the topic."""
    given: dict[str, Any] = {
        "subscribed_topic_names": ["orders"],
        "topic_partitions": [],
        "rebalance_timeout_ms": 60_000,
    }
    return ConsumerGroupHeartbeatRequest(group_id=group_id, member_id=member_id, **given | fields)


def set_config(broker: PlayedBroker, resource_type: int, resource_name: str, name: str, value: str) -> None:
    """Set a configuration."""
    config = AlterableConfig(name=name, config_operation=SET, value=value)
    resource = AlterConfigsResource(resource_type=resource_type, resource_name=resource_name, configs=[config])
    [told] = broker.ask(IncrementalAlterConfigsRequest(resources=[resource]), 1).responses
    assert told.error_code == errors.NONE, told


@pytest.mark.parametrize("version", [0, 1])
def test_a_member_joins_in_every_version(broker: PlayedBroker, version: int) -> None:
    response = broker.ask(joining(), version)
    assert (response.error_code, response.member_id, response.member_epoch) == (errors.NONE, "m1", 2)
    [topic] = response.assignment.topic_partitions
    assert (topic.topic_id, topic.partitions) == (broker.topic_id("orders"), [0, 1])
    assert broker.broker.partitions.get("__consumer_offsets", broker.broker.groups.partition_of("g")).end_offset == 5


def test_a_refusal_says_why(broker: PlayedBroker) -> None:
    response = broker.ask(joining(rebalance_timeout_ms=-1), 1)
    assert (response.error_code, response.error_message) == (
        errors.INVALID_REQUEST,
        "RebalanceTimeoutMs must be provided in first request.",
    )
    assert response.assignment is None


def test_a_group_without_a_name_is_refused(broker: PlayedBroker) -> None:
    assert broker.ask(joining(group_id=""), 1).error_code == errors.INVALID_REQUEST


@pytest.mark.parametrize("protocols", ["classic", "classic,streams"])
def test_the_protocol_can_be_switched_off(protocols: str) -> None:
    broker = PlayedBroker(properties={"group.coordinator.rebalance.protocols": protocols})
    assert broker.ask(joining(), 1).error_code == errors.UNSUPPORTED_VERSION


def test_a_group_is_configured_while_it_lives(broker: PlayedBroker) -> None:
    broker.ask(joining(), 1)
    beat = ConsumerGroupHeartbeatRequest(group_id="g", member_id="m1", member_epoch=2)
    set_config(broker, GROUP, "g", "consumer.heartbeat.interval.ms", "7000")
    assert broker.ask(beat, 1).heartbeat_interval_ms == 7000
    set_config(broker, GROUP, "g", "consumer.session.timeout.ms", "50000")
    broker.ask(beat, 1)
    broker.pass_time(49_999)
    assert broker.ask(beat, 1).error_code == errors.NONE
    broker.pass_time(50_000)
    assert broker.ask(beat, 1).error_code == errors.UNKNOWN_MEMBER_ID


def test_the_brokers_assignment_interval_is_dynamic(broker: PlayedBroker) -> None:
    broker.ask(joining("m1"), 1)
    assert broker.ask(joining("m2"), 1).member_epoch == 2, "within the interval the targets stay"
    set_config(broker, BROKER, "", "group.consumer.assignment.interval.ms", "0")
    assert broker.ask(joining("m3"), 1).member_epoch == 4


@pytest.mark.parametrize("clean", [True, False], ids=["stopped", "killed"])
def test_a_group_outlives_its_broker(broker: PlayedBroker, clean: bool) -> None:
    broker.ask(joining(), 1)
    again = broker.restart(clean=clean)
    owned = [TopicPartitions(topic_id=again.topic_id("orders"), partitions=[0, 1])]
    beat = ConsumerGroupHeartbeatRequest(group_id="g", member_id="m1", member_epoch=2, topic_partitions=owned)
    response = again.ask(beat, 1)
    assert (response.error_code, response.member_epoch, response.assignment) == (errors.NONE, 2, None)
    again.pass_time(45_000)
    assert again.ask(beat, 1).error_code == errors.UNKNOWN_MEMBER_ID
