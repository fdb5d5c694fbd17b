"""The road of every change, on a shard that only keeps committed offsets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kafkalite.coordinators.runtime.record import CoordinatorRecord
from kafkalite.coordinators.runtime.result import PENDING, Result
from kafkalite.coordinators.runtime.runtime import ShardRuntime
from kafkalite.coordinators.runtime.shard_timers import ShardTimers
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.offset_commit_key import OffsetCommitKey
from kafkalite.protocol.internal_records.offset_commit_value import OffsetCommitValue
from kafkalite.protocol.messages.sync_group_response import SyncGroupResponse
from kafkalite.records.batch import read_batch_header
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.control import LEADER_CHANGE
from kafkalite.testing.simulated_clock import SimulatedClock
from tests.coordinators.memory_log import LateCoordinatorLog, MemoryCoordinatorLog


class Waiting:
    """A reply, as the runtime sees it."""

    def __init__(self) -> None:
        self.responses: list[Any] = []

    def complete(self, response: Any) -> None:
        """Take the answer."""
        self.responses.append(response)


class OffsetsShard:
    """Keeps the last offset of each topic; `waiting` is soft state."""

    def __init__(self, timers: ShardTimers) -> None:
        self.timers = timers
        self.offsets: dict[str, tuple[int, int]] = {}
        self.markers: list[tuple[int, int, bool]] = []
        self.pending: dict[int, dict[str, tuple[int, int]]] = {}
        self.waiting: list[Waiting] = []
        self.loaded_count = 0
        self.poison: str | None = None

    def replay(
        self,
        record_type: int,
        key: Any,
        value: Any,
        *,
        offset: int = -1,
        producer_id: int = -1,
        producer_epoch: int = -1,
    ) -> None:
        """Apply one record."""
        assert record_type == 1
        if key.topic == "poison":
            raise RuntimeError("this record cannot be applied")
        target = self.offsets if producer_id < 0 else self.pending.setdefault(producer_id, {})
        if value is None:
            target.pop(key.topic, None)
        else:
            target[key.topic] = (value.offset, offset)

    def replay_end_transaction_marker(self, producer_id: int, producer_epoch: int, is_commit: bool) -> None:
        """Apply a marker."""
        self.markers.append((producer_id, producer_epoch, is_commit))
        pending = self.pending.pop(producer_id, {})
        if is_commit:
            self.offsets.update(pending)

    def on_loaded(self) -> None:
        """Count loads."""
        self.loaded_count += 1

    def on_unloaded(self) -> list[tuple[Waiting, Any]]:
        """Answer who waits."""
        return [(reply, SyncGroupResponse(error_code=errors.NOT_COORDINATOR)) for reply in self.waiting]


def commit(topic: str, offset: int) -> CoordinatorRecord:
    return CoordinatorRecord(OffsetCommitKey(group="g", topic=topic), OffsetCommitValue(offset=offset), 4)


class Bench:
    """A runtime over a memory log."""

    def __init__(self, log: MemoryCoordinatorLog | None = None) -> None:
        self.clock = SimulatedClock()
        self.log = log or MemoryCoordinatorLog()
        self.runtime = self.new_runtime()

    def new_runtime(self) -> ShardRuntime[OffsetsShard]:
        """Return another runtime over the same log."""
        return ShardRuntime("__consumer_offsets", 0, OffsetsShard, self.log, self.clock, self.clock.timers)

    def run(self, result: Result[Any]) -> Any:
        """Run an operation that answers `result`."""
        return self.runtime.run(lambda shard: result)

    @property
    def shard(self) -> OffsetsShard:
        """The shard as it stands."""
        return self.runtime.load()

    def check_replay(self) -> None:
        """Compare with what a fresh start makes of the log."""
        fresh = self.new_runtime().load()
        assert (fresh.offsets, fresh.pending) == (self.shard.offsets, self.shard.pending)


@pytest.fixture
def bench() -> Any:
    made = Bench()
    yield made
    made.log.is_readable = True
    made.check_replay()


def test_records_are_replayed_and_stored_as_one_batch_before_the_answer(bench: Bench) -> None:
    assert bench.run(Result([commit("a", 1), commit("b", 2)], "done")) == "done"
    assert bench.shard.offsets == {"a": (1, 0), "b": (2, 1)}
    assert len(bench.log.appended) == 1
    header = read_batch_header(bench.log.appended[0][0])
    assert (header.record_count, header.producer_id, header.base_sequence) == (2, -1, 0)
    assert (header.is_transactional, header.max_timestamp) == (False, bench.clock.now_ms())


def test_nothing_is_stored_where_nothing_changes(bench: Bench) -> None:
    assert bench.run(Result(response="nothing new")) == "nothing new"
    assert bench.log.appended == []


def test_who_waited_hears_after_the_records_are_stored(bench: Bench) -> None:
    seen: list[int] = []

    class Watching(Waiting):
        def complete(self, response: Any) -> None:
            """Note what was stored by then."""
            seen.append(bench.log.end_offset)

    assert bench.run(Result([commit("a", 1)], PENDING, [(Watching(), "x")])) is PENDING
    assert seen == [1]


def test_an_operation_that_refuses_changes_nothing(bench: Bench) -> None:
    def refuse(shard: OffsetsShard) -> Result[Any]:
        raise ApiError(errors.UNKNOWN_MEMBER_ID)

    with pytest.raises(ApiError) as caught:
        bench.runtime.run(refuse)
    assert caught.value.error_code == errors.UNKNOWN_MEMBER_ID
    assert bench.log.appended == []


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (errors.KAFKA_STORAGE_ERROR, errors.NOT_COORDINATOR),
        (errors.NOT_LEADER_OR_FOLLOWER, errors.NOT_COORDINATOR),
        (errors.NOT_ENOUGH_REPLICAS, errors.COORDINATOR_NOT_AVAILABLE),
        (errors.UNKNOWN_TOPIC_OR_PARTITION, errors.COORDINATOR_NOT_AVAILABLE),
        (errors.REQUEST_TIMED_OUT, errors.COORDINATOR_NOT_AVAILABLE),
        (errors.MESSAGE_TOO_LARGE, errors.UNKNOWN_SERVER_ERROR),
        (errors.RECORD_LIST_TOO_LARGE, errors.UNKNOWN_SERVER_ERROR),
        (errors.INVALID_PRODUCER_EPOCH, errors.INVALID_PRODUCER_EPOCH),
    ],
)
def test_a_failed_append_takes_the_shard_back_to_its_log(bench: Bench, failure: int, told: int) -> None:
    bench.run(Result([commit("a", 1)]))
    before, other = bench.shard, Waiting()
    before.waiting.append(other)
    bench.runtime.schedule("t", 1000, lambda: None)
    bench.log.fail_next_appends, bench.log.failure_code = 1, failure
    due = Waiting()
    with pytest.raises(ApiError) as caught:
        bench.run(Result([commit("a", 2)], PENDING, [(due, SyncGroupResponse(assignment=b"x"))]))
    assert caught.value.error_code == told
    assert [(one.error_code, one.assignment) for one in due.responses] == [(told, b"")]
    assert [one.error_code for one in other.responses] == [errors.NOT_COORDINATOR]
    assert bench.shard is not before
    assert bench.shard.offsets == {"a": (1, 0)}
    assert len(bench.runtime.timers) == 0


def test_a_record_that_cannot_be_replayed_is_not_stored(bench: Bench) -> None:
    with pytest.raises(RuntimeError):
        bench.run(Result([commit("a", 1), commit("poison", 1)]))
    assert bench.log.appended == []
    assert bench.shard.offsets == {}


def test_a_shard_that_cannot_be_read_again_is_tried_with_every_operation(bench: Bench) -> None:
    bench.run(Result([commit("a", 1)]))
    bench.log.fail_next_appends = 1
    bench.log.is_readable = False
    with pytest.raises(ApiError):
        bench.run(Result([commit("a", 2)]))
    assert not bench.runtime.is_loaded
    with pytest.raises(ApiError) as caught:
        bench.run(Result([commit("a", 3)]))
    assert caught.value.error_code == errors.NOT_COORDINATOR
    bench.log.is_readable = True
    bench.run(Result([commit("a", 4)]))
    assert bench.shard.offsets == {"a": (4, 1)}


def test_records_too_large_for_a_batch_are_refused_before_anything_happens() -> None:
    bench = Bench(MemoryCoordinatorLog(max_batch_bytes=200))
    shard = bench.shard
    with pytest.raises(ApiError) as caught:
        bench.run(Result([commit("a" * 300, 1)]))
    assert caught.value.error_code == errors.UNKNOWN_SERVER_ERROR
    assert bench.shard is shard and shard.offsets == {}
    instead = Result([commit("b", 2)], "instead")
    assert bench.run(Result([commit("a" * 300, 1)], "x", on_refused=lambda error: instead)) == "instead"
    assert bench.shard.offsets == {"b": (2, 0)}
    bench.check_replay()


def test_what_need_not_be_atomic_is_split_over_batches() -> None:
    bench = Bench(MemoryCoordinatorLog(max_batch_bytes=200))
    bench.run(Result([commit(f"topic-{i}", i) for i in range(20)], is_atomic=False))
    assert len(bench.log.appended) > 1
    assert all(len(batch) <= 200 for batch, _ in bench.log.appended)
    assert bench.shard.offsets == {f"topic-{i}": (i, i) for i in range(20)}
    bench.check_replay()


@pytest.mark.parametrize("is_commit", [True, False])
def test_transactional_records_count_with_their_marker(bench: Bench, is_commit: bool) -> None:
    bench.runtime.run_transactional(lambda shard: Result([commit("a", 7)]), 9, 3)
    header = read_batch_header(bench.log.appended[0][0])
    assert (header.producer_id, header.producer_epoch, header.is_transactional) == (9, 3, True)
    assert bench.shard.offsets == {}
    bench.check_replay()
    bench.runtime.complete_transaction(9, 3, is_commit, 5)
    assert bench.shard.offsets == ({"a": (7, 0)} if is_commit else {})
    assert bench.shard.markers == [(9, 3, is_commit)]
    assert bench.log.appended[1][1] is True


def test_a_marker_that_the_log_refuses_changes_nothing(bench: Bench) -> None:
    bench.runtime.run_transactional(lambda shard: Result([commit("a", 7)]), 9, 3)
    bench.log.fail_next_appends, bench.log.failure_code = 1, errors.INVALID_PRODUCER_EPOCH
    with pytest.raises(ApiError) as caught:
        bench.runtime.complete_transaction(9, 2, True, 5)
    assert caught.value.error_code == errors.INVALID_PRODUCER_EPOCH
    assert bench.shard.pending == {9: {"a": (7, 0)}}


def test_loading_skips_what_it_does_not_know(bench: Bench) -> None:
    bench.run(Result([commit("a", 1)]))
    now_ms = bench.clock.now_ms()
    bench.log.append(build_batch([RecordData(b"\x7f\xff??", b"??")], now_ms=now_ms))
    leader_change = RecordData(b"\0\0" + bytes((0, LEADER_CHANGE)), b"\0\0")
    bench.log.append(build_batch([leader_change], now_ms=now_ms, is_control=True), is_control=True)
    assert bench.new_runtime().load().offsets == {"a": (1, 0)}


def test_a_damaged_record_keeps_the_shard_from_loading() -> None:
    bench = Bench()
    bench.log.append(build_batch([RecordData(b"\0\1\0", b"")], now_ms=0))
    with pytest.raises(ApiError) as caught:
        bench.runtime.load()
    assert caught.value.error_code == errors.NOT_COORDINATOR
    assert not bench.runtime.is_loaded


def test_timers_are_operations(bench: Bench) -> None:
    bench.runtime.schedule("t", 100, lambda: Result([commit("a", 1)]))
    bench.runtime.schedule("nothing", 100, lambda: None)
    bench.clock.advance(99)
    assert bench.log.appended == []
    bench.clock.advance(1)
    assert bench.shard.offsets == {"a": (1, 0)}


def test_a_timer_whose_records_cannot_be_stored_leaves_the_state_of_the_log(bench: Bench) -> None:
    bench.shard.timers.schedule("t", 100, lambda: Result([commit("a", 1)]))
    bench.log.fail_next_appends = 1
    bench.clock.advance(100)
    assert bench.shard.offsets == {}


def test_cancelled_and_unloaded_timers_do_not_fire(bench: Bench) -> None:
    fire: Callable[[], Result[Any]] = lambda: Result([commit("a", 1)])  # noqa: E731
    bench.runtime.load()
    bench.runtime.schedule("t", 100, fire)
    bench.runtime.cancel("t")
    bench.runtime.schedule("u", 100, fire)
    assert list(bench.runtime.unload()) == []
    bench.clock.advance(1000)
    assert bench.log.appended == []
    assert bench.shard.loaded_count == 1


# ---- batches that are stored later ---------------------------------------------------------------------------------


class LateBench(Bench):
    """A runtime over a log that stores later."""

    log: LateCoordinatorLog

    def __init__(self) -> None:
        super().__init__(LateCoordinatorLog())


def test_what_is_not_stored_yet_is_seen_and_its_answer_held() -> None:
    bench = LateBench()
    assert bench.run(Result([commit("a", 1)], "done")) == "done"
    assert bench.shard.offsets == {"a": (1, 0)} and bench.log.appended == []
    assert bench.log.held == [bench.runtime.unstored] and not bench.log.held[0].is_done
    bench.log.store()
    assert bench.log.held[0].is_done and bench.runtime.unstored is None
    bench.check_replay()


def test_offsets_go_on_after_what_is_not_stored_yet() -> None:
    bench = LateBench()
    bench.run(Result([commit("a", 1), commit("b", 1)]))
    bench.run(Result([commit("c", 1)]))
    assert bench.shard.offsets == {"a": (1, 0), "b": (1, 1), "c": (1, 2)}
    bench.log.store(2)
    bench.check_replay()


def test_what_is_read_from_changes_that_are_not_stored_waits_for_them() -> None:
    bench = LateBench()
    bench.run(Result([commit("a", 1)]))
    bench.run(Result([commit("a", 2)]))
    last = bench.runtime.unstored
    assert bench.runtime.read(lambda shard: shard.offsets["a"]) == (2, 1)
    assert bench.run(Result(response="nothing new")) == "nothing new"
    assert bench.log.held[-2:] == [last, last]
    bench.log.store(2)
    held_count = len(bench.log.held)
    bench.runtime.read(lambda shard: shard.offsets)
    assert len(bench.log.held) == held_count, "all is stored"


def test_those_who_waited_are_answered_when_it_is_stored() -> None:
    bench = LateBench()
    waiting, later = Waiting(), Waiting()
    bench.run(Result([commit("a", 1)], replies=[(waiting, SyncGroupResponse())]))
    bench.run(Result(replies=[(later, SyncGroupResponse())]))
    assert waiting.responses == later.responses == []
    bench.log.store()
    assert [reply.responses[0].error_code for reply in (waiting, later)] == [0, 0]


def test_a_change_that_fails_takes_those_after_it_along_and_the_shard_starts_again() -> None:
    bench = LateBench()
    bench.run(Result([commit("a", 1)]))
    bench.log.store()
    waiting, parked = Waiting(), Waiting()
    bench.run(Result([commit("a", 2)], replies=[(waiting, SyncGroupResponse())]))
    bench.run(Result([commit("b", 1)]))
    bench.shard.waiting.append(parked)
    bench.log.fail()
    assert bench.shard.offsets == {"a": (1, 0)} and bench.shard.loaded_count == 1
    for change in bench.log.held[1:]:
        assert isinstance(change.error, ApiError) and change.error.error_code == errors.NOT_COORDINATOR
    assert [reply.responses[0].error_code for reply in (waiting, parked)] == [errors.NOT_COORDINATOR] * 2
    assert bench.runtime.unstored is None
    bench.run(Result([commit("c", 3)]))
    bench.log.store()
    bench.check_replay()


def test_changes_of_a_shard_that_has_started_again_are_not_undone_by_late_failures() -> None:
    bench = LateBench()
    bench.run(Result([commit("a", 1)]))
    bench.runtime.unload()
    fresh = bench.shard
    bench.log.fail()
    assert bench.shard is fresh


def test_a_marker_that_is_stored_later_counts_at_once_and_can_be_waited_for() -> None:
    bench = LateBench()
    bench.runtime.run_transactional(lambda shard: Result([commit("a", 1)]), 9, 0)
    change = bench.runtime.complete_transaction(9, 0, True, 5)
    assert change is not None and not change.is_done
    assert bench.shard.offsets == {"a": (1, 0)} and bench.shard.pending == {}
    bench.log.store(2)
    assert change.is_done and change.error is None
    bench.check_replay()
