"""ListGroups through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from tests.broker.handlers.group_conversation import broker_with_groups
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the groups "active" and "simple"."""
    return broker_with_groups()


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


def test_a_listing_before_the_first_group_is_empty_and_creates_no_topic() -> None:
    broker = PlayedBroker()
    assert broker.ask(ListGroupsRequest(), 5).groups == []
    assert broker.broker.metadata.image.topics.by_name == {}


def test_groups_are_listed_right_after_a_restart(broker: PlayedBroker) -> None:
    restarted = broker.restart(clean=False, properties={"offsets.topic.num.partitions": "7"})
    listed = {one.group_id: one.group_state for one in restarted.ask(ListGroupsRequest(), 5).groups}
    assert listed == {"active": "Empty", "simple": "Empty"}
