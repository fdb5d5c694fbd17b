"""Conversations of OffsetForLeaderEpoch: where epochs end, also those that never were."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.offset_for_leader_epoch_request import (
    OffsetForLeaderEpochRequest,
    OffsetForLeaderPartition,
    OffsetForLeaderTopic,
)
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Offsets 0 to 1 in epoch 0, 2 to 4 in epoch 3."""
    made = PlayedBroker()
    made.create_topic()
    made.produce(b"a", b"b")
    for _ in range(3):
        made.elect_again()
    made.produce(b"c", b"d", b"e")
    return made


def ask(broker: PlayedBroker, *partitions: OffsetForLeaderPartition, topic: str = "orders", version: int = 4) -> Any:
    request = OffsetForLeaderEpochRequest(topics=[OffsetForLeaderTopic(topic=topic, partitions=list(partitions))])
    [answered] = broker.ask(request, version).topics
    assert answered.topic == topic
    return [(one.partition, one.error_code, one.leader_epoch, one.end_offset) for one in answered.partitions]


def wanted(epoch: int, partition: int = 0, current: int = -1) -> OffsetForLeaderPartition:
    return OffsetForLeaderPartition(partition=partition, leader_epoch=epoch, current_leader_epoch=current)


@pytest.mark.parametrize("version", range(5))
@pytest.mark.parametrize(
    ("epoch", "found"),
    [(0, (0, 2)), (1, (0, 2)), (2, (0, 2)), (3, (3, 5)), (4, (-1, -1)), (-1, (-1, -1))],
)
def test_the_end_of_an_epoch_or_of_the_one_before_it(
    broker: PlayedBroker, version: int, epoch: int, found: tuple[int, int]
) -> None:
    found_epoch, end_offset = found
    told_epoch = found_epoch if version >= 1 else -1
    assert ask(broker, wanted(epoch), version=version) == [(0, errors.NONE, told_epoch, end_offset)]


def test_the_epoch_of_a_leader_that_wrote_nothing_yet() -> None:
    broker = PlayedBroker()
    broker.create_topic()
    assert ask(broker, wanted(0)) == [(0, errors.NONE, 0, 0)]


@pytest.mark.parametrize(
    ("current", "code"),
    [(-1, errors.NONE), (2, errors.FENCED_LEADER_EPOCH), (3, errors.NONE), (4, errors.UNKNOWN_LEADER_EPOCH)],
)
def test_the_clients_leader_epoch(broker: PlayedBroker, current: int, code: int) -> None:
    found = (3, 5) if code == errors.NONE else (-1, -1)
    assert ask(broker, wanted(3, current=current)) == [(0, code, *found)]


def test_each_partition_is_answered_for_itself(broker: PlayedBroker) -> None:
    assert ask(broker, wanted(3, partition=8), wanted(3)) == [
        (8, errors.UNKNOWN_TOPIC_OR_PARTITION, -1, -1),
        (0, errors.NONE, 3, 5),
    ]
    assert ask(broker, wanted(3), topic="nowhere") == [(0, errors.UNKNOWN_TOPIC_OR_PARTITION, -1, -1)]


@pytest.mark.parametrize("clean", [True, False])
def test_the_answer_survives_a_restart(broker: PlayedBroker, clean: bool) -> None:
    restarted = broker.restart(clean=clean)
    assert ask(restarted, *map(wanted, range(7))) == [
        *[(0, errors.NONE, 0, 2)] * 3,
        *[(0, errors.NONE, 3, 5)] * 2,
        (0, errors.NONE, 5, 5),  # the epoch of now, which wrote nothing yet
        (0, errors.NONE, -1, -1),
    ]
