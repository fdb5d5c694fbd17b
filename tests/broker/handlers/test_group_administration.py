"""ListGroups, DescribeGroups, DeleteGroups and OffsetDelete through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_GROUP, NOT_ASKED_FOR
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from tests.broker.handlers.test_group_membership import answer, join
from tests.broker.handlers.test_offset_commit import request_for, stored
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with a group of one member, and one that only commits, in two of five shards."""
    made = PlayedBroker(properties={"offsets.topic.num.partitions": "5"})
    made.create_topic("orders", 2)
    join(made, group_id="active")
    made.ask(request_for(made, 9, {"orders": {0: 5, 1: 6}}, group_id="simple"), 9)
    assert made.broker.groups.partition_of("active") != made.broker.groups.partition_of("simple")
    return made


@pytest.mark.parametrize("version", range(6))
def test_groups_of_all_shards_are_listed_in_every_version(broker: PlayedBroker, version: int) -> None:
    response = broker.ask(ListGroupsRequest(), version)
    states = {"active": "CompletingRebalance", "simple": "Empty"}
    assert {one.group_id: (one.protocol_type, one.group_state, one.group_type) for one in response.groups} == {
        name: (
            "consumer" if name == "active" else "",
            state if version >= 4 else "",
            "classic" if version >= 5 else "",
        )
        for name, state in states.items()
    }


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (ListGroupsRequest(states_filter=["Empty"]), {"simple"}),
        (ListGroupsRequest(types_filter=["consumer"]), set()),
        (
            ListGroupsRequest(states_filter=["empty", "completingRebalance"], types_filter=["Classic"]),
            {"simple", "active"},
        ),
    ],
)
def test_groups_are_filtered(broker: PlayedBroker, request_: ListGroupsRequest, expected: set[str]) -> None:
    assert {one.group_id for one in broker.ask(request_, 5).groups} == expected


def test_where_nobody_ever_used_groups_there_are_none_and_no_topic_is_made() -> None:
    broker = PlayedBroker()
    assert broker.ask(ListGroupsRequest(), 5).groups == []
    assert broker.broker.metadata.image.topics.by_name == {}


def test_groups_are_listed_right_after_a_restart(broker: PlayedBroker) -> None:
    restarted = broker.restart(clean=False, properties={"offsets.topic.num.partitions": "7"})
    listed = {one.group_id: one.group_state for one in restarted.ask(ListGroupsRequest(), 5).groups}
    assert listed == {"active": "Empty", "simple": "Empty"}


@pytest.mark.parametrize("version", range(7))
def test_groups_are_described_in_every_version(broker: PlayedBroker, version: int) -> None:
    response = broker.ask(DescribeGroupsRequest(groups=["simple", "nothing", "active"]), version)
    simple, nothing, active = response.groups
    assert (simple.group_state, simple.protocol_type, simple.members) == ("Empty", "", [])
    assert (active.group_state, active.protocol_type, len(active.members)) == ("CompletingRebalance", "consumer", 1)
    assert active.members[0].client_id == "test"
    assert nothing.group_state == "Dead"
    assert nothing.error_code == (errors.GROUP_ID_NOT_FOUND if version >= 6 else errors.NONE)
    assert nothing.error_message == ("Group nothing not found." if version >= 6 else None)


@pytest.mark.parametrize("version", range(3, 7))
def test_what_may_be_done_is_told_on_demand(broker: PlayedBroker, version: int) -> None:
    request = DescribeGroupsRequest(groups=["simple", "nothing"], include_authorized_operations=True)
    simple, nothing = broker.ask(request, version).groups
    assert simple.authorized_operations == ALL_ON_GROUP
    assert nothing.authorized_operations == (NOT_ASKED_FOR if version >= 6 else ALL_ON_GROUP)


@pytest.mark.parametrize("version", range(3))
def test_groups_are_deleted_in_every_version(broker: PlayedBroker, version: int) -> None:
    request = DeleteGroupsRequest(groups_names=["simple", "active", "nothing", "simple"])
    results = {one.group_id: one.error_code for one in broker.ask(request, version).results}
    assert results == {
        "simple": errors.NONE,
        "active": errors.NON_EMPTY_GROUP,
        "nothing": errors.GROUP_ID_NOT_FOUND,
    }
    assert {one.group_id for one in broker.ask(ListGroupsRequest(), 5).groups} == {"active"}
    assert stored(broker, "simple") == {}


def delete_offsets(broker: PlayedBroker, group_id: str, **topics: list[int]) -> Any:
    wanted = [
        OffsetDeleteRequestTopic(
            name=name, partitions=[OffsetDeleteRequestPartition(partition_index=index) for index in partitions]
        )
        for name, partitions in topics.items()
    ]
    response = broker.ask(OffsetDeleteRequest(group_id=group_id, topics=wanted), 0)
    told = {(topic.name, one.partition_index): one.error_code for topic in response.topics for one in topic.partitions}
    return response.error_code or told


def test_offsets_are_deleted(broker: PlayedBroker) -> None:
    unknown = errors.UNKNOWN_TOPIC_OR_PARTITION
    assert delete_offsets(broker, "simple", orders=[0, 9], nope=[0]) == {
        ("orders", 0): errors.NONE,
        ("orders", 9): unknown,
        ("nope", 0): unknown,
    }
    assert stored(broker, "simple") == {("orders", 1): 6}


def test_topics_are_answered_as_often_as_they_are_named_unless_some_are_unknown(broker: PlayedBroker) -> None:
    def ask(*wanted: int) -> list[list[int]]:
        topics = [
            OffsetDeleteRequestTopic(name="orders", partitions=[OffsetDeleteRequestPartition(partition_index=index)])
            for index in wanted
        ]
        response = broker.ask(OffsetDeleteRequest(group_id="simple", topics=topics), 0)
        return [[one.partition_index for one in topic.partitions] for topic in response.topics]

    assert ask(0, 1) == [[0], [1]]
    assert ask(0, 9, 1) == [[9, 0, 1]]


def test_whose_offsets_cannot_be_deleted(broker: PlayedBroker) -> None:
    assert delete_offsets(broker, "nothing", orders=[0]) == errors.GROUP_ID_NOT_FOUND
    assert delete_offsets(broker, "", orders=[0]) == errors.INVALID_GROUP_ID
    join(broker, group_id="workers", protocol_type="connect")
    assert delete_offsets(broker, "workers", orders=[0]) == errors.NON_EMPTY_GROUP
    assert delete_offsets(broker, "active", orders=[0]) == {("orders", 0): errors.GROUP_SUBSCRIBED_TO_TOPIC}


def test_a_new_member_shows_up_at_once(broker: PlayedBroker) -> None:
    member_id = answer(join(broker, group_id="new")).member_id
    [group] = broker.ask(DescribeGroupsRequest(groups=["new"]), 6).groups
    assert [one.member_id for one in group.members] == [member_id]
