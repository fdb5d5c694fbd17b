"""The logs of a directory: the effects of starts and stops."""

from __future__ import annotations

import errno
import logging
from typing import Any

import pytest

from kafkalite.log.checkpoints import (
    HIGH_WATERMARK_FILE,
    LOG_START_OFFSET_FILE,
    RECOVERY_POINT_FILE,
    decode_offset_checkpoint,
    decode_partition_metadata,
)
from kafkalite.log.flush import FlushJob
from kafkalite.log.manager import LogManager, parse_directory_name
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.limits import FLUSH_TOGETHER_MIN_COUNT
from kafkalite.storage.files import FileLogDirectory
from kafkalite.system.entropy import SeededEntropy
from kafkalite.testing.simulated_disk import FLUSH, WRITE
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.log.harness import NOW_MS, TOPIC_ID, TP, Harness, append, make_batch, read_values

CLEAN = ".kafka_cleanshutdown"


def offsets(harness: Harness, name: str) -> dict[TopicPartition, int]:
    return decode_offset_checkpoint(harness.files.read(f"/data/{name}"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("orders-0", ("orders", 0)),
        ("my-topic-12", ("my-topic", 12)),
        ("__cluster_metadata-0", ("__cluster_metadata", 0)),
        ("a.b_c-3", ("a.b_c", 3)),
        ("orders-0.0123456789abcdef0123456789abcdef-delete", None),
        ("orders-0.0123456789abcdef0123456789abcdef-stray", None),
        ("orders-0.0123456789abcdef0123456789abcdef-future", None),
        ("orders", None),
        ("-1", None),
        ("orders-x", None),
    ],
)
def test_directory_names(name: str, expected: tuple[str, int] | None) -> None:
    assert parse_directory_name(name) == expected


def test_creates_and_finds_partitions() -> None:
    harness = Harness()
    log = harness.open()
    assert harness.manager.get(TP) is log
    assert harness.open() is log
    assert harness.manager.get(TopicPartition("orders", 1)) is None
    assert list(harness.manager.logs()) == [log]
    assert log.topic_id == TOPIC_ID
    assert decode_partition_metadata(harness.read_file("partition.metadata")) == TOPIC_ID


def test_a_clean_stop_says_so_and_the_next_start_takes_it_away() -> None:
    harness = Harness()
    append(harness.open(), b"a")
    harness.manager.broker_epoch = 7
    assert harness.manager.close_all()
    assert harness.files.read(f"/data/{CLEAN}") == b'{"version":0,"brokerEpoch":7}'
    assert offsets(harness, RECOVERY_POINT_FILE) == {TP: 1}
    assert offsets(harness, HIGH_WATERMARK_FILE) == {TP: 1}
    assert offsets(harness, LOG_START_OFFSET_FILE) == {}
    harness.start()
    assert harness.files.exists(f"/data/{CLEAN}")  # nothing is touched before a log is opened
    assert harness.manager.stopped_broker_epoch is None
    harness.open()
    assert harness.manager.was_clean
    assert harness.manager.stopped_broker_epoch == 7
    assert not harness.files.exists(f"/data/{CLEAN}")


def test_a_stop_before_any_log_was_opened_changes_nothing() -> None:
    harness = Harness()
    append(harness.open(), b"a")
    harness.manager.close_all()
    harness.start()
    before = harness.files.read(f"/data/{RECOVERY_POINT_FILE}")
    assert not harness.manager.close_all()
    assert harness.files.exists(f"/data/{CLEAN}")
    assert harness.files.read(f"/data/{RECOVERY_POINT_FILE}") == before


def test_an_unclean_close_leaves_no_marker() -> None:
    harness = Harness()
    append(harness.open(), b"a")
    assert not harness.manager.close_all(clean=False)
    assert not harness.files.exists(f"/data/{CLEAN}")
    harness.start()
    assert read_values(harness.open()) == [(0, b"a")]


def test_one_log_that_does_not_close_spoils_the_marker_not_the_others(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    harness = Harness(files)
    other = harness.open(TopicPartition("other", 0))
    append(other, b"a")
    append(harness.open(), b"a")
    files.fail(FLUSH, OSError(errno.EIO, "Input/output error"), path_part=str(TP), count=None)
    assert not harness.manager.close_all()
    assert "orders-0 was not closed cleanly" in caplog.text
    assert not files.exists(f"/data/{CLEAN}")
    assert offsets(harness, RECOVERY_POINT_FILE)[TopicPartition("other", 0)] == 1
    assert offsets(harness, RECOVERY_POINT_FILE)[TP] == 0


def test_many_logs_are_flushed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[str] = []
    genuine = FileLogDirectory.flush_all
    monkeypatch.setattr(FileLogDirectory, "flush_all", lambda self: (flushed.append(self.path), genuine(self)))
    harness = Harness(SimulatedFiles())
    for number in range(FLUSH_TOGETHER_MIN_COUNT):
        append(harness.open(TopicPartition("many", number)), b"a")
    assert harness.manager.close_all()
    assert flushed == ["/data"]
    points = offsets(harness, RECOVERY_POINT_FILE)
    assert set(points.values()) == {1}
    harness.start()
    for number in range(FLUSH_TOGETHER_MIN_COUNT):
        assert read_values(harness.open(TopicPartition("many", number))) == [(0, b"a")]


def test_strays_are_put_aside_and_known_partitions_opened(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    append(harness.open(), b"a")
    append(harness.open(TopicPartition("gone", 3)), b"b")
    harness.manager.close_all()
    harness.start()
    asked: dict[TopicPartition, bytes] = {}

    def expected(topic_partition: TopicPartition, topic_id: bytes) -> object:
        asked[topic_partition] = topic_id
        return harness.config if topic_partition == TP else None

    [stray] = harness.manager.open_all(expected)
    assert asked == {TP: TOPIC_ID, TopicPartition("gone", 3): TOPIC_ID}
    assert stray.startswith("gone-3.")
    assert stray.endswith("-stray")
    assert stray in harness.files.list_directory("/data")
    assert [log.topic_partition for log in harness.manager.logs()] == [TP]
    assert "belongs to no partition" in caplog.text
    harness.manager.close_all()
    harness.start()
    assert harness.manager.open_all(lambda *_: harness.config) == []
    assert stray in harness.files.list_directory("/data")


def test_a_directory_without_an_id_is_asked_for_with_the_zero_id() -> None:
    harness = Harness()
    harness.open()
    harness.manager.close_all()
    harness.files.remove(f"/data/{TP}/partition.metadata")
    harness.start()
    asked: list[bytes] = []
    harness.manager.open_all(lambda _, topic_id: asked.append(topic_id) or harness.config)
    assert asked == [bytes(16)]


def test_a_directory_that_lost_its_id_keeps_its_records_under_the_id_of_its_name() -> None:
    harness = Harness()
    append(harness.open(), b"kept")
    harness.manager.close_all()
    harness.files.remove(f"/data/{TP}/partition.metadata")
    harness.start()
    strays = harness.manager.open_all(
        lambda _, topic_id: harness.config if topic_id == TOPIC_ID else None, lambda topic_partition: TOPIC_ID
    )
    log = harness.manager.get(TP)
    assert strays == [] and log is not None and log.topic_id == TOPIC_ID
    assert read_values(log) == [(0, b"kept")]
    assert decode_partition_metadata(harness.files.read(f"/data/{TP}/partition.metadata")) == TOPIC_ID


def test_a_topic_made_anew_does_not_inherit_records() -> None:
    harness = Harness()
    append(harness.open(), b"old")
    harness.manager.close_all()
    harness.start()
    log = harness.manager.create(TP, b"\x07" * 16, harness.config)
    assert log.end_offset == 0
    assert read_values(log) == []
    assert any(name.endswith("-stray") for name in harness.files.list_directory("/data"))


def test_other_directories_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    for name in ("lost-found", "orders-0.0123-future", "plain"):
        harness.files.make_directory(f"/data/{name}")
    harness.files.make_directory("/data/orders-1.0123-delete")
    harness.manager.open_all(lambda *_: harness.config)
    assert "lost-found does not have the name of a partition" in caplog.text
    harness.manager.close_all()
    names = harness.files.list_directory("/data")
    assert {"lost-found", "orders-0.0123-future", "plain"} <= set(names)
    assert "orders-1.0123-delete" not in names


def test_files_of_deleted_partitions_go_one_by_one_where_somebody_takes_the_steps() -> None:
    harness = Harness()
    later: list[Any] = []
    harness.manager.run_later = later.append
    partitions = [TopicPartition("gone", index) for index in range(3)]
    for topic_partition in partitions:
        harness.manager.create(topic_partition, bytes(16), harness.config)
        harness.manager.delete(topic_partition)
    harness.manager.checkpoint()

    def left_count() -> int:
        return sum(name.endswith("-delete") for name in harness.files.list_directory("/data"))

    [steps] = later
    assert [left_count(), *(left_count() for _ in steps)] == [3, 2, 1, 0]


def test_deleted_partitions_are_gone_and_their_files_follow() -> None:
    harness = Harness()
    log = harness.open()
    append(log, b"a")
    assert harness.manager.delete(TP)
    assert not harness.manager.delete(TP)
    assert harness.manager.get(TP) is None
    with pytest.raises(StorageFault):
        append(log, b"b")
    [marked] = [name for name in harness.files.list_directory("/data") if name.endswith("-delete")]
    assert marked.startswith("orders-0.")
    again = harness.open()
    assert again.end_offset == 0
    assert harness.manager.run_removals() == 1
    assert not harness.files.exists(f"/data/{marked}")
    harness.manager.checkpoint()
    assert offsets(harness, RECOVERY_POINT_FILE) == {TP: 0}


def test_settings_reach_the_logs_of_their_topic() -> None:
    harness = Harness()
    log, other = harness.open(), harness.open(TopicPartition("other", 0))
    config = Harness(config={"retention.ms": "5"}).config
    harness.manager.update_config("orders", config)
    assert log.config is config
    assert other.config is harness.config


def test_checkpoints_flush_what_was_rolled_and_are_written_when_they_change() -> None:
    files = SimulatedFiles()
    harness = Harness(files)
    log = harness.open()
    append(log, b"a", b"b")
    log.roll()
    append(log, b"c")
    log.advance_log_start_offset(1)
    harness.manager.checkpoint()
    assert log.recovery_point == 2
    assert offsets(harness, RECOVERY_POINT_FILE) == {TP: 2}
    assert offsets(harness, LOG_START_OFFSET_FILE) == {TP: 1}
    assert offsets(harness, HIGH_WATERMARK_FILE) == {TP: 3}
    before = len(files.operations)
    harness.manager.checkpoint()
    assert len(files.operations) == before


def test_flushes_can_run_elsewhere() -> None:
    harness = Harness()
    jobs: list[FlushJob] = []
    manager = LogManager(harness.directory, harness.clock, SeededEntropy(3), harness.config, run_flush=jobs.append)
    log = manager.create(TP, TOPIC_ID, harness.config)
    append(log, b"a")
    log.roll()
    manager.checkpoint()
    [job] = jobs
    assert (log.recovery_point, job.up_to_offset) == (0, 1)
    job.run()
    job.complete()
    manager.checkpoint()
    assert offsets(harness, RECOVERY_POINT_FILE) == {TP: 1}


def test_logs_are_flushed_when_their_time_has_come() -> None:
    harness = Harness(config={"flush.ms": "1000"})
    log = harness.open()
    append(log, b"a")
    log.append(memoryview(make_batch(b"b")), now_ms=NOW_MS + 900)
    harness.clock.set_now(NOW_MS + 999)
    assert harness.manager.flush_due() == 0
    harness.clock.set_now(NOW_MS + 1_000)
    assert harness.manager.flush_due() == 1
    assert log.recovery_point == 2
    assert harness.manager.flush_due() == 0


def test_a_flush_that_fails_takes_its_log_offline_alone(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    harness = Harness(files, config={"flush.ms": "0"})
    log, other = harness.open(), harness.open(TopicPartition("other", 0))
    append(log, b"a")
    append(other, b"a")
    files.fail(FLUSH, OSError(errno.EIO, "Input/output error"), path_part=str(TP))
    harness.manager.flush_due()
    assert "orders-0: flush /data/orders-0/" in caplog.text and "until the next start recovers it" in caplog.text
    assert log.is_offline and not other.is_offline
    assert other.recovery_point == 1
    harness.manager.checkpoint()


def test_producers_expire() -> None:
    harness = Harness()
    log = harness.open()
    log.append(memoryview(make_batch(b"a", producer_id=1, producer_epoch=0, base_sequence=0)), now_ms=NOW_MS)
    harness.clock.advance(86_400_000 - 1)
    assert harness.manager.expire_producers() == 0
    harness.clock.advance(1)
    assert harness.manager.expire_producers() == 1
    assert list(log.producers()) == []


def test_a_log_that_lies_about_its_clean_stop_is_recovered(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    log = harness.open()
    for number in range(3):
        append(log, b"%d" % number)
    harness.manager.close_all()
    handle = harness.files.open(f"/data/{TP}/{0:020d}.log")
    handle.truncate(handle.size() - 5)
    handle.write_at(handle.size(), bytes(80))
    harness.start()
    with caplog.at_level(logging.WARNING):
        log = harness.open()
    assert "recovering it" in caplog.text
    assert read_values(log) == [(0, b"0"), (1, b"1")]


@pytest.mark.parametrize("name", [RECOVERY_POINT_FILE, LOG_START_OFFSET_FILE, HIGH_WATERMARK_FILE])
@pytest.mark.parametrize("content", [b"nonsense\n", b"0\n5\norders 0 1\n", b"\xff\xfe"], ids=["text", "short", "bytes"])
def test_a_damaged_checkpoint_is_refused_until_it_is_removed(name: str, content: bytes) -> None:
    harness = Harness()
    append(harness.open(), b"a")
    harness.manager.close_all()
    harness.files.write_atomically(f"/data/{name}", content)
    for _ in range(2):
        harness.start()
        with pytest.raises(StorageFault, match=f"read /data/{name}: the checkpoint is damaged .*: remove the file"):
            harness.open()
        assert harness.files.exists("/data/.kafka_cleanshutdown"), "nothing was changed"
        harness.manager.close_all()
    harness.files.remove(f"/data/{name}")
    harness.start()
    assert read_values(harness.open()) == [(0, b"a")]


def test_a_full_disk_at_the_end_is_reported_and_the_directory_given_back(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    harness = Harness(files)
    append(harness.open(), b"a")
    fault = files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), path_part="checkpoint", count=None)
    assert not harness.manager.close_all()
    assert "No space left" in caplog.text
    fault.cancel()
    harness.start()
    assert read_values(harness.open()) == [(0, b"a")]


def test_a_checkpoint_that_fails_is_told_and_written_the_next_time(caplog: pytest.LogCaptureFixture) -> None:
    files = SimulatedFiles()
    harness = Harness(files)
    append(harness.open(), b"a")
    fault = files.fail(WRITE, OSError(errno.ENOSPC, "No space left on device"), path_part="checkpoint", count=None)
    harness.manager.checkpoint()
    harness.manager.checkpoint()
    fault.cancel()
    harness.manager.checkpoint()
    assert decode_offset_checkpoint(files.read(f"/data/{HIGH_WATERMARK_FILE}")) == {TP: 1}
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2 and told[1].endswith("works again after 6 failures")
    assert told[0].startswith(f"{RECOVERY_POINT_FILE}: write /data/{RECOVERY_POINT_FILE}.tmp: [Errno 28] No space left")


def test_a_missing_directory_of_a_known_partition_is_told(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    append(harness.open(), b"a")
    append(harness.open(), b"b")
    harness.manager.close_all()
    harness.files.remove_tree(f"/data/{TP}")
    harness.start()
    log = harness.manager.create(TP, TOPIC_ID, harness.config, is_known=True)
    assert log.end_offset == 0
    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert told.getMessage() == (
        "orders-0: its directory /data/orders-0 is missing: acknowledged offsets 0 to 1 are lost; "
        "the partition is created again, empty"
    )


def test_a_partition_made_anew_is_not_compared_with_the_deleted_one_of_its_name(
    caplog: pytest.LogCaptureFixture,
) -> None:
    harness = Harness()
    append(harness.open(), b"a")
    harness.manager.close_all()
    harness.start()
    assert harness.open().end_offset == 1
    harness.manager.delete(TP)
    harness.manager.note_deleted()
    assert harness.open().end_offset == 0
    harness.restart(clean=False)
    assert [record.getMessage() for record in caplog.records if record.levelname != "INFO"] == []


def test_a_lost_end_is_told_after_a_clean_stop_too(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness()
    for number in range(3):
        append(harness.open(), b"%d" % number)
    harness.manager.close_all()
    handle = harness.files.open(f"/data/{TP}/{0:020d}.log")
    handle.truncate(handle.size() - 5)
    harness.start()
    assert harness.open().end_offset == 2
    assert "orders-0 was closed cleanly but cannot be read, recovering it" in caplog.text
    assert f"orders-0: cut /data/orders-0/{0:020d}.log at byte" in caplog.text
    assert "offsets 2 to 2 had been acknowledged" in caplog.text
    assert append(harness.open(), b"next").base_offset == 2


def test_a_lost_last_segment_is_told_after_a_clean_stop_too(caplog: pytest.LogCaptureFixture) -> None:
    harness = Harness(config={"internal.segment.bytes": "600"})
    for number in range(40):
        append(harness.open(), b"%d" % number)
    harness.manager.close_all()
    last = [name for name in harness.names() if name.endswith(".log")][-1]
    harness.files.remove(f"/data/{TP}/{last}")
    harness.start()
    end_offset = int(last[:20])
    assert harness.open().end_offset == end_offset
    assert f"orders-0: /data/orders-0 ends at offset {end_offset}: the end of the log is lost" in caplog.text
    assert f"offsets {end_offset} to 39 had been acknowledged" in caplog.text
