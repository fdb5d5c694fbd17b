"""The shards of a topic come with their first use and go with the topic."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.runtime.host import ShardHost
from kafkalite.coordinators.runtime.log import CoordinatorLog
from kafkalite.coordinators.runtime.partitioning import partition_for
from kafkalite.coordinators.runtime.result import Result
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.testing.simulated_clock import SimulatedClock
from tests.coordinators.memory_log import MemoryCoordinatorLog
from tests.coordinators.runtime.test_runtime import OffsetsShard, Waiting, commit


class Topic:
    """An internal topic that the test creates and deletes."""

    def __init__(self, partition_count: int = 3) -> None:
        self.partition_count = partition_count
        self.topic_id: bytes | None = None
        self.created_count = 0
        self.is_refused = False
        self.logs: dict[int, MemoryCoordinatorLog] = {}

    def locate(self) -> tuple[bytes, int] | None:
        return None if self.topic_id is None else (self.topic_id, self.partition_count)

    def create(self) -> None:
        if self.is_refused:
            raise ApiError(errors.COORDINATOR_NOT_AVAILABLE)
        self.created_count += 1
        self.topic_id = b"%16d" % self.created_count
        self.logs.clear()

    def delete(self) -> None:
        self.topic_id = None

    def open_log(self, partition: int) -> MemoryCoordinatorLog:
        return self.logs.setdefault(partition, MemoryCoordinatorLog())

    def has_records(self, partition: int) -> bool:
        return partition in self.logs and bool(self.logs[partition].appended)


class Hosted:
    """A host over such a topic."""

    def __init__(self) -> None:
        self.topic = Topic()
        self.clock = SimulatedClock()
        self.host: ShardHost[OffsetsShard] = ShardHost(self.topic, self._make_runtime)

    def _make_runtime(self, partition: int, log: CoordinatorLog) -> ShardRuntime[OffsetsShard]:
        return ShardRuntime("__consumer_offsets", partition, OffsetsShard, log, self.clock, self.clock.timers)


@pytest.fixture
def hosted() -> Hosted:
    return Hosted()


def test_the_topic_is_created_once_and_when_it_is_needed(hosted: Hosted) -> None:
    assert not hosted.host.find_topic() and not hosted.host.has_partition(0) and hosted.host.used() == []
    hosted.host.need_topic()
    hosted.host.need_topic()
    assert hosted.topic.created_count == 1 and hosted.host.find_topic()
    assert [hosted.host.has_partition(number) for number in (-1, 0, 2, 3)] == [False, True, True, False]


def test_a_topic_that_cannot_be_created_is_no_coordinator(hosted: Hosted) -> None:
    hosted.topic.is_refused = True
    with pytest.raises(ApiError) as caught:
        hosted.host.need_topic()
    assert caught.value.error_code == errors.COORDINATOR_NOT_AVAILABLE


def test_a_key_is_of_one_partition_whose_runtime_is_the_same_each_time(hosted: Hosted) -> None:
    hosted.host.need_topic()
    partition = hosted.host.partition_of("group")
    assert partition == partition_for("group", 3)
    runtime = hosted.host.runtime(partition)
    assert not runtime.is_loaded and hosted.host.runtime(partition) is runtime
    assert hosted.host.used() == [runtime] and hosted.host.hosts(runtime)


def test_what_holds_records_is_found_without_being_asked_for(hosted: Hosted) -> None:
    hosted.host.need_topic()
    hosted.host.runtime(1).run(lambda shard: Result([commit("a", 1)]))
    again: ShardHost[OffsetsShard] = ShardHost(hosted.topic, hosted._make_runtime)
    assert [runtime.partition for runtime in again.with_records()] == [1]
    assert again.runtime(1).load().offsets == {"a": (1, 0)}


def test_the_shards_of_a_deleted_topic_are_given_up_and_those_who_wait_hear_of_it(hosted: Hosted) -> None:
    hosted.host.need_topic()
    old = hosted.host.runtime(0)
    waiting = Waiting()
    old.load().waiting.append(waiting)
    hosted.topic.delete()
    assert not hosted.host.find_topic() and not hosted.host.hosts(old)
    assert [response.error_code for response in waiting.responses] == [errors.NOT_COORDINATOR]
    hosted.host.need_topic()
    assert hosted.host.runtime(0) is not old and hosted.host.hosts(hosted.host.runtime(0))


def test_a_topic_that_was_made_anew_in_between_has_new_shards(hosted: Hosted) -> None:
    hosted.host.need_topic()
    old = hosted.host.runtime(2)
    hosted.topic.create()
    assert hosted.host.find_topic() and hosted.host.used() == [] and not hosted.host.hosts(old)


def test_more_partitions_keep_the_shards(hosted: Hosted) -> None:
    hosted.host.need_topic()
    runtime = hosted.host.runtime(2)
    hosted.topic.partition_count = 5
    assert hosted.host.has_partition(4) and hosted.host.runtime(2) is runtime
