"""ListPartitionReassignments through the router."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.list_partition_reassignments_request import (
    ListPartitionReassignmentsRequest,
    ListPartitionReassignmentsTopics,
)
from tests.broker.played_broker import PlayedBroker

ORDERS = [ListPartitionReassignmentsTopics(name="orders", partition_indexes=[0, 1])]


@pytest.mark.parametrize("topics", [None, ORDERS], ids=["all", "named partitions"])
def test_no_reassignment_is_in_progress(topics: list[ListPartitionReassignmentsTopics] | None) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    answer = broker.ask(ListPartitionReassignmentsRequest(topics=topics), 0)
    assert (answer.error_code, answer.error_message, answer.topics) == (errors.NONE, None, [])
