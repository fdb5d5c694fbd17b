"""Sessions remember what was asked and told, number their requests, and give way when there are too many."""

from __future__ import annotations

from kafkalite.broker.data.fetch_sessions import EVICTION_MS, FetchSessionCache, FetchTarget
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.messages.fetch_response import EpochEndOffset, PartitionData
from kafkalite.system.entropy import SeededEntropy
from tests.broker.test_purgatory import StillClock


def target(partition: int = 0, fetch_offset: int = 0) -> FetchTarget:
    return FetchTarget("orders", ZERO_UUID, partition, fetch_offset, 1024, -1, -1)


def targets(count: int) -> dict[tuple[str | bytes, int], FetchTarget]:
    return {("orders", index): target(index) for index in range(count)}


def cache(slots: int = 2) -> tuple[FetchSessionCache, StillClock]:
    clock = StillClock()
    return FetchSessionCache(slots, clock, SeededEntropy(7)), clock


def test_an_answer_without_news_is_left_out() -> None:
    seen = target()
    assert seen.is_news(PartitionData(high_watermark=5, log_start_offset=0, records=b""))
    assert not seen.is_news(PartitionData(high_watermark=5, log_start_offset=0, records=b""))


def test_records_errors_moves_and_divergence_are_news() -> None:
    seen = target()
    quiet = {"high_watermark": 5, "log_start_offset": 0}
    seen.is_news(PartitionData(**quiet))
    assert seen.is_news(PartitionData(**quiet, records=b"batch"))
    assert seen.is_news(PartitionData(high_watermark=6, log_start_offset=0))
    assert seen.is_news(PartitionData(high_watermark=6, log_start_offset=1))
    assert seen.is_news(PartitionData(high_watermark=6, log_start_offset=1, diverging_epoch=EpochEndOffset(epoch=0)))
    assert not seen.is_news(PartitionData(high_watermark=6, log_start_offset=1))


def test_after_an_error_the_partition_is_told_again() -> None:
    seen = target()
    seen.is_news(PartitionData(high_watermark=5, log_start_offset=0))
    assert seen.is_news(
        PartitionData(error_code=errors.UNKNOWN_TOPIC_OR_PARTITION, high_watermark=-1, log_start_offset=-1)
    )
    assert seen.is_news(PartitionData(high_watermark=5, log_start_offset=0))


def test_updates_keep_what_was_told_and_forgetting_wins() -> None:
    sessions, _ = cache()
    session = sessions.create(targets(2), uses_topic_ids=False)
    assert session is not None
    session.targets[("orders", 0)].is_news(PartitionData(high_watermark=9, log_start_offset=0))
    session.update({("orders", 0): target(0, 9), ("orders", 2): target(2)}, [("orders", 1)])
    assert list(session.targets) == [("orders", 0), ("orders", 2)]
    assert session.targets[("orders", 0)].fetch_offset == 9
    assert session.targets[("orders", 0)].told_high_watermark == 9


def test_a_served_partition_goes_to_the_end() -> None:
    sessions, _ = cache()
    session = sessions.create(targets(3), uses_topic_ids=False)
    assert session is not None
    session.move_to_end(("orders", 0))
    assert [partition for _, partition in session.targets] == [1, 2, 0]


def test_the_epoch_wraps_to_one() -> None:
    sessions, _ = cache()
    session = sessions.create(targets(1), uses_topic_ids=False)
    assert session is not None and session.epoch == 1
    session.epoch = 0x7FFFFFFF
    session.advance_epoch()
    assert session.epoch == 1


def test_no_room_means_no_session_until_one_is_stale() -> None:
    sessions, clock = cache(slots=1)
    first = sessions.create(targets(1), uses_topic_ids=False)
    assert first is not None and sessions.create(targets(5), uses_topic_ids=False) is None
    clock.ms = EVICTION_MS + 1
    second = sessions.create(targets(1), uses_topic_ids=False)
    assert second is not None and sessions.find(first.session_id) is None and len(sessions) == 1


def test_a_settled_session_gives_way_only_to_a_larger_one() -> None:
    sessions, clock = cache(slots=1)
    first = sessions.create(targets(2), uses_topic_ids=False)
    assert first is not None
    clock.ms = EVICTION_MS + 1
    sessions.touch(first)
    assert sessions.create(targets(2), uses_topic_ids=False) is None
    assert sessions.create(targets(3), uses_topic_ids=False) is not None


def test_without_slots_every_fetch_is_sessionless() -> None:
    sessions, _ = cache(slots=0)
    assert sessions.create(targets(1), uses_topic_ids=False) is None
