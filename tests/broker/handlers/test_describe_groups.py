"""DescribeGroups through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_GROUP, NOT_ASKED_FOR
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from tests.broker.handlers.group_conversation import answer, broker_with_groups, join
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the groups "active" and "simple"."""
    return broker_with_groups()


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
def test_authorized_operations_are_returned_on_demand(broker: PlayedBroker, version: int) -> None:
    request = DescribeGroupsRequest(groups=["simple", "nothing"], include_authorized_operations=True)
    simple, nothing = broker.ask(request, version).groups
    assert simple.authorized_operations == ALL_ON_GROUP
    assert nothing.authorized_operations == (NOT_ASKED_FOR if version >= 6 else ALL_ON_GROUP)


def test_a_new_member_is_described_at_once(broker: PlayedBroker) -> None:
    member_id = answer(join(broker, group_id="new")).member_id
    [group] = broker.ask(DescribeGroupsRequest(groups=["new"]), 6).groups
    assert [one.member_id for one in group.members] == [member_id]
