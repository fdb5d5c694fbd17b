"""DeleteGroups through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from tests.broker.handlers.group_conversation import broker_with_groups
from tests.broker.handlers.offsets_conversation import stored
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the groups "active" and "simple"."""
    return broker_with_groups()


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
