"""AlterPartitionReassignments through the router, in both versions."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_partition_reassignments_request import (
    AlterPartitionReassignmentsRequest,
    ReassignablePartition,
    ReassignableTopic,
)
from tests.broker.played_broker import PlayedBroker


def request(*targets: tuple[int, list[int] | None], timeout_ms: int = 1000) -> AlterPartitionReassignmentsRequest:
    wanted = [ReassignablePartition(partition_index=index, replicas=replicas) for index, replicas in targets]
    return AlterPartitionReassignmentsRequest(
        timeout_ms=timeout_ms, topics=[ReassignableTopic(name="orders", partitions=wanted)]
    )


def outcomes(answer: Any) -> list[tuple[int, int, str | None]]:
    [topic] = answer.responses
    assert topic.name == "orders"
    return [(each.partition_index, each.error_code, each.error_message) for each in topic.partitions]


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic("orders", 2)
    return made


@pytest.mark.parametrize("version", range(2))
def test_a_replica_stays_where_it_is(broker: PlayedBroker, version: int) -> None:
    answer = broker.ask(request((0, [1]), (1, None)), version)
    assert (answer.error_code, answer.error_message) == (errors.NONE, None)
    assert outcomes(answer) == [(0, errors.NONE, None), (1, errors.NO_REASSIGNMENT_IN_PROGRESS, None)]


def test_nothing_asked_nothing_outcomes(broker: PlayedBroker) -> None:
    answer = broker.ask(AlterPartitionReassignmentsRequest(topics=[], timeout_ms=0), 1)
    assert (answer.error_code, answer.error_message, answer.responses) == (errors.NONE, "", [])


def test_a_timeout_of_0_refuses_every_partition(broker: PlayedBroker) -> None:
    answer = broker.ask(request((0, [1]), timeout_ms=0), 1)
    assert answer.error_code == errors.REQUEST_TIMED_OUT
    assert outcomes(answer) == [(0, errors.REQUEST_TIMED_OUT, None)]
