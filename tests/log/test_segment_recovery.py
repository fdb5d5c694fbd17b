"""The bytes that are batches of a log, and those that end it."""

from __future__ import annotations

import zlib
from struct import pack

import pytest

from kafkalite.log.config import LogConfig
from kafkalite.log.epoch_cache import LeaderEpochCache
from kafkalite.log.producer_state import ProducerStateManager
from kafkalite.log.segment import Segment
from kafkalite.log.segment_recovery import SegmentRecovery
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.limits import RECOVERY_CHUNK_BYTES
from tests.log.harness import TP, make_batch
from tests.log.memory_store import make_store

CONFIG = LogConfig.from_values({"index.interval.bytes": "100"})


def recover(data: bytes, base_offset: int = 10) -> tuple[SegmentRecovery, Segment, int]:
    """Recover a segment with these bytes, and return the recovery, the segment and the end offset."""
    store = make_store()
    store.append(f"{base_offset:020d}.log", data)
    segment = Segment(store, base_offset, CONFIG, created_ms=0, existing=set(store.list()))
    recovery = SegmentRecovery(store, segment, ProducerStateManager(), LeaderEpochCache(), TP)
    return recovery, segment, recovery.run()


GOOD = bytes(make_batch(b"a", b"b", base_offset=10)) + bytes(make_batch(b"c", base_offset=12))


def test_whole_batches_stay() -> None:
    recovery, segment, end_offset = recover(GOOD)
    assert (recovery.damage is not None, segment.size, end_offset) == (False, len(GOOD), 13)


def test_every_cut_leaves_the_whole_batches_before_it() -> None:
    first_size = len(make_batch(b"a", b"b"))
    for size in range(len(GOOD) + 1):
        recovery, segment, end_offset = recover(GOOD[:size])
        whole = (0, 10) if size < first_size else (first_size, 12) if size < len(GOOD) else (len(GOOD), 13)
        assert (segment.size, end_offset) == whole
        assert (recovery.damage is not None) == (size != whole[0])


def patched(position: int, value: bytes) -> bytes:
    bad = make_batch(b"bad", base_offset=13)
    bad[position : position + len(value)] = value
    return bytes(bad)


@pytest.mark.parametrize(
    "tail",
    [
        bytes(300),
        patched(66, b"\xff"),  # CRC
        patched(0, pack(">q", 12)),  # an offset that is there already
        patched(0, pack(">q", 10 + (1 << 31))),  # too far from the base offset for the index
        patched(8, pack(">i", -5)),
        patched(8, pack(">i", 1 << 30)),
        patched(16, b"\x00"),
        patched(16, b"\x03"),
        bytes(make_batch(b"x", base_offset=13, producer_id=1, producer_epoch=0, is_control=True)),
    ],
)
def test_what_is_no_batch_of_this_log_ends_it(tail: bytes) -> None:
    recovery, segment, end_offset = recover(GOOD + tail + bytes(make_batch(b"later", base_offset=14)))
    assert (recovery.damage is not None, segment.size, end_offset) == (True, len(GOOD), 13)
    assert segment.read_end_offset() == 13


def test_gaps_that_compaction_left_are_no_damage() -> None:
    recovery, _, end_offset = recover(GOOD + bytes(make_batch(b"x", base_offset=500)))
    assert (recovery.damage is not None, end_offset) == (False, 501)


@pytest.mark.parametrize("size", [RECOVERY_CHUNK_BYTES - 70, RECOVERY_CHUNK_BYTES, 3 * RECOVERY_CHUNK_BYTES])
def test_batches_across_and_over_chunks(size: int) -> None:
    sizes = enumerate((100, size, 100))
    data = b"".join(make_batch(b"x" * count, base_offset=10 + number) for number, count in sizes)
    recovery, segment, end_offset = recover(data)
    assert (recovery.damage is not None, segment.size, end_offset) == (False, len(data), 13)
    recovery, segment, end_offset = recover(data[:-200])
    assert (recovery.damage is not None, end_offset) == (True, 11)


def test_messages_of_old_formats_are_not_taken_for_damage() -> None:
    body = b"\x01" + b"\x00" + pack(">q", 5) + pack(">i", -1) + pack(">i", 3) + b"old"
    message = pack(">qi", 10, len(body) + 4) + pack(">I", zlib.crc32(body)) + body
    with pytest.raises(StorageFault, match="old format 1"):
        recover(message)
