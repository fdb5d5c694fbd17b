"""A crash at every point of a start and of a stop: the next start leads in a later epoch and knows where others end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafkalite.protocol.messages.offset_for_leader_epoch_request import (
    OffsetForLeaderEpochRequest,
    OffsetForLeaderPartition,
    OffsetForLeaderTopic,
)
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker

TOPICS = ("orders", "empty")
FLUSHED = {"log.flush.interval.messages": "1"}


def started(files: SimulatedFiles) -> PlayedBroker:
    return PlayedBroker(files, properties=FLUSHED)


def lived(*, is_clean: bool) -> tuple[PlayedBroker, int, int]:
    """Return a broker in its second life and how many operations there were before that and before its stop."""
    files = SimulatedFiles()
    files.make_directory("/data")  # by whoever unpacked or mounted it
    files.flush_directory("/")
    broker = started(files)
    for topic in TOPICS:
        broker.create_topic(topic)
    broker.produce(b"a", b"b")
    broker.stop(clean=is_clean)
    begun = len(files.operations)
    broker = started(files)
    broker.produce(b"c")
    stopping = len(files.operations)
    broker.stop()
    return broker, begun, stopping


def epoch_end(broker: PlayedBroker, epoch: int) -> tuple[int, int]:
    asked = OffsetForLeaderPartition(partition=0, leader_epoch=epoch)
    request = OffsetForLeaderEpochRequest(topics=[OffsetForLeaderTopic(topic="orders", partitions=[asked])])
    [answered] = broker.ask(request, 4).topics
    return answered.partitions[0].leader_epoch, answered.partitions[0].end_offset


def check(files: SimulatedFiles, count: int) -> None:
    """Start on what a crash left and compare: what each epoch wrote ends where it ended, and this one is later."""
    broker = started(files)
    image = broker.broker.metadata.image
    quorum_epoch = broker.broker.metadata.log.leader_epoch
    log = broker.broker.partitions.get("orders", 0)
    epochs = []
    for topic in TOPICS:
        [partition] = image.topics.by_name[topic].partitions
        assert (partition.leader, partition.isr) == (1, (1,)), count
        assert broker.broker.partitions.get(topic, 0).leader_epoch == partition.leader_epoch, count
        epochs.append(partition.leader_epoch)
    assert len(set(epochs)) == 1 and 2 <= epochs[0] <= 4, (count, epochs)
    assert 2 <= quorum_epoch <= 3, count
    assert epoch_end(broker, 0) == (0, 2), count
    assert log.end_offset in (2, 3), count
    if log.end_offset == 3:
        assert epochs[0] > 2 and epoch_end(broker, 2) == (2, 3), count
    assert broker.produce(b"d").base_offset == log.end_offset - 1, count
    again = broker.restart(clean=False, properties=FLUSHED)
    assert epoch_end(again, epochs[0]) == (epochs[0], log.end_offset), count
    assert again.broker.partitions.get("orders", 0).leader_epoch == epochs[0] + 2, count
    assert again.broker.metadata.log.leader_epoch == quorum_epoch + 1, count


def crashes(is_clean: bool, stride: int) -> Iterator[tuple[SimulatedFiles, int]]:
    """Yield the files of the second life and each number of operations in its start and its stop."""
    broker, begun, stopping = lived(is_clean=is_clean)
    assert isinstance(broker.files, SimulatedFiles)
    for count in range(begun, len(broker.files.operations) + 1, stride):
        yield broker.files, count
    assert begun < stopping


CLEAN = pytest.mark.parametrize("is_clean", [True, False], ids=["after a clean stop", "after a kill"])


@CLEAN
def test_a_process_killed_at_any_point(is_clean: bool) -> None:
    for files, count in crashes(is_clean, 1):
        check(files.kill(after_operation=count), count)


@CLEAN
def test_a_write_torn_by_the_kill(is_clean: bool) -> None:
    for files, count in crashes(is_clean, 1):
        check(files.kill(after_operation=count, seed=count), count)


@CLEAN
def test_a_power_cut_at_any_point(is_clean: bool) -> None:
    for files, count in crashes(is_clean, 1):
        check(files.crash(after_operation=count, seed=count), count)


@CLEAN
def test_a_second_crash_while_the_first_is_repaired(is_clean: bool) -> None:
    for files, count in crashes(is_clean, 9):
        survivor = files.kill(after_operation=count)
        started(survivor)
        for second in range(0, len(survivor.operations), 3):
            broker = started(survivor.kill(after_operation=second))
            assert broker.broker.partitions.get("orders", 0).leader_epoch > 0, (count, second)
            assert epoch_end(broker, 0) == (0, 2), (count, second)
