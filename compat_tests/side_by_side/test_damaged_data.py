"""Damaged directories: the cut of the log, the files that are kept aside, and the cases in which no broker starts.

Each case runs on a separate directory: records are written, the broker is killed, a file is damaged, and the broker
starts again or refuses to.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from compat_tests.broker_process import Broker, BrokerChoice, BrokerFailed
from compat_tests.oracle.apache_kafka import OracleFailed
from compat_tests.raw_protocol import create_topic, fetch, fetch_batches, has_leaders, produce
from kafkalite.records.builder import build_batch

TOPIC = "orders"
SEGMENT_BYTES = 1 << 20
"""The smallest that Kafka allows."""

RECORD_COUNT = 40
RECORD_BYTES = 80_000
OFFSET_OUT_OF_RANGE = 1
CHECKSUM_POSITION = 17


class Broken:
    """A broker that was killed after `RECORD_COUNT` records were acknowledged, one to a batch."""

    def __init__(self, broker: Broker, directory: Path) -> None:
        self.broker = broker
        self.data = directory / "data"
        broker.start()
        create_topic(broker.port, TOPIC)
        for number in range(RECORD_COUNT):
            assert append(broker, b"%06d" % number + bytes(RECORD_BYTES)) == 0
        broker.kill()

    def start(self) -> None:
        """Start the broker, and return when it leads the partition."""
        self.broker.start()
        for _ in range(2000):
            if has_leaders(self.broker.port, TOPIC, 1):
                return
        raise AssertionError(f"{TOPIC} has no leader")

    @property
    def partition(self) -> Path:
        return self.data / f"{TOPIC}-0"

    def logs(self) -> list[Path]:
        return sorted(self.partition.glob("*.log"))


def append(broker: Broker, value: bytes) -> int:
    return produce(broker.port, TOPIC, bytes(build_batch([(None, value)], now_ms=1_700_000_000_000)))


def offsets(broker: Broker, start: int = 0) -> list[int]:
    """Return the base offsets of all batches, read as a consumer reads."""
    found: list[int] = []
    while batches := fetch_batches(broker.port, TOPIC, offset=start):
        found += [batch.base_offset for batch in batches]
        start = found[-1] + 1
    return found


def base_offset(log: Path) -> int:
    return int(log.name.split(".")[0])


def flip_byte(path: Path, position: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 0xFF
    path.write_bytes(content)


@pytest.fixture
def broken(broker_choice: BrokerChoice, tmp_path: Path) -> Iterator[Broken]:
    broker = broker_choice.create(tmp_path, {"log.segment.bytes": str(SEGMENT_BYTES)})
    try:
        yield Broken(broker, tmp_path)
    finally:
        broker.kill()


def test_a_damaged_batch_ends_the_log_and_what_follows_is_kept_aside(broken: Broken) -> None:
    logs = broken.logs()
    assert len(logs) >= 3
    contents = {log.name: log.read_bytes() for log in logs}
    (size,) = struct.unpack_from(">i", contents[logs[1].name], 8)
    flip_byte(logs[1], size + 12 + CHECKSUM_POSITION)  # of the second batch in the second segment
    end_offset = base_offset(logs[1]) + 1
    broken.start()
    assert offsets(broken.broker) == list(range(end_offset))
    for log in logs[2:]:
        assert not log.exists()
        assert log.with_name(log.name + ".deleted").read_bytes() == contents[log.name]
    assert append(broken.broker, b"next") == 0
    assert offsets(broken.broker)[-1] == end_offset
    told = broken.broker.read_log()
    assert f"{TOPIC}-0" in told and logs[1].name in told and f"offset {end_offset}" in told


def test_readers_go_on_after_a_missing_segment(broken: Broken) -> None:
    logs = broken.logs()
    start, end = base_offset(logs[1]), base_offset(logs[2])
    for path in broken.partition.glob(f"{start:020d}.*"):
        path.unlink()
    broken.start()
    assert offsets(broken.broker) == [*range(start), *range(end, RECORD_COUNT)]


def test_a_log_start_beyond_the_end_leaves_an_empty_log_there(broken: Broken) -> None:
    (broken.data / "log-start-offset-checkpoint").write_text(f"0\n1\n{TOPIC} 0 5000\n")
    first = broken.logs()[0]
    content = first.read_bytes()
    broken.start()
    assert fetch(broken.broker.port, TOPIC, 0, 0, version=10)[0] == OFFSET_OUT_OF_RANGE
    assert append(broken.broker, b"next") == 0
    assert offsets(broken.broker, 5000) == [5000]
    assert first.with_name(first.name + ".deleted").read_bytes() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("recovery-point-offset-checkpoint", "0\n7\norders 0 1\n"),
        ("log-start-offset-checkpoint", "garbage\n"),
        ("__cluster_metadata-0/quorum-state", "garbage"),
    ],
)
def test_no_broker_starts_with_a_damaged_file_that_no_crash_leaves(broken: Broken, name: str, content: Any) -> None:
    path = broken.data / name
    path.write_text(content)
    with pytest.raises((BrokerFailed, OracleFailed)) as refused:
        broken.start()
    assert path.name in str(refused.value) or path.name in broken.broker.read_log()
    path.unlink()
    broken.start()
    assert offsets(broken.broker) == list(range(RECORD_COUNT))
