"""ConsumerGroupDescribe through the router."""

from __future__ import annotations

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_GROUP, NOT_ASKED_FOR
from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest
from tests.broker.handlers.test_consumer_group_heartbeat import joining
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with a group of one member."""
    made = PlayedBroker(properties={"offsets.topic.num.partitions": "3"})
    made.create_topic("orders", 2)
    made.ask(joining(), 1)
    return made


@pytest.mark.parametrize("version", [0, 1])
def test_a_group_is_described_in_every_version(broker: PlayedBroker, version: int) -> None:
    [group] = broker.ask(ConsumerGroupDescribeRequest(group_ids=["g"]), version).groups
    assert (group.error_code, group.group_id, group.group_state) == (errors.NONE, "g", "Stable")
    assert (group.group_epoch, group.assignment_epoch, group.assignor_name) == (2, 2, "uniform")
    assert group.authorized_operations == NOT_ASKED_FOR
    [member] = group.members
    assert (member.member_id, member.member_epoch, member.client_id, member.client_host) == (
        "m1", 2, "test", "/127.0.0.1"
    )  # fmt: skip
    assert member.member_type == (1 if version else -1)
    assert [(one.topic_name, one.partitions) for one in member.assignment.topic_partitions] == [("orders", [0, 1])]


def test_groups_are_described_each_on_its_own(broker: PlayedBroker) -> None:
    request = ConsumerGroupDescribeRequest(group_ids=["none", "", "g"], include_authorized_operations=True)
    groups = broker.ask(request, 1).groups
    assert [(group.group_id, group.error_code) for group in groups] == [
        ("none", errors.GROUP_ID_NOT_FOUND),
        ("", errors.INVALID_GROUP_ID),
        ("g", errors.NONE),
    ]
    assert groups[0].error_message == "Group none not found."
    assert [group.authorized_operations for group in groups] == [NOT_ASKED_FOR, NOT_ASKED_FOR, ALL_ON_GROUP]


def test_the_protocol_can_be_switched_off() -> None:
    broker = PlayedBroker(properties={"group.coordinator.rebalance.protocols": "classic"})
    [group] = broker.ask(ConsumerGroupDescribeRequest(group_ids=["g"]), 1).groups
    assert group.error_code == errors.UNSUPPORTED_VERSION
