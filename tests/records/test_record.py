"""Records read whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol.errors import INVALID_RECORD
from kafkalite.records.builder import encode_record
from kafkalite.records.record import Record, increment_sequence, read_records, to_int64
from kafkalite.records.record_walk import InvalidRecord
from tests.records.poison import FAULTS

CONTENT = st.none() | st.binary(max_size=300)
HEADERS = st.lists(st.tuples(st.text(max_size=5), CONTENT), max_size=3)
INT32 = st.integers(-(1 << 31), (1 << 31) - 1)
INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
PARTS = st.lists(st.tuples(INT64, INT32, CONTENT, CONTENT, HEADERS), max_size=5)


def read(payload: bytes, count: int, *, base_sequence: int = -1) -> list[Record]:
    return list(
        read_records(
            payload,
            count,
            base_offset=0,
            base_timestamp=0,
            log_append_time_ms=None,
            base_sequence=base_sequence,
        )
    )


@settings(max_examples=80)
@given(PARTS)
def test_what_was_written_is_read(parts: list[tuple[int, int, bytes | None, bytes | None, list[object]]]) -> None:
    payload = b"".join(encode_record(*part) for part in parts)  # type: ignore[arg-type]
    records = read(payload, len(parts))
    assert [(record.timestamp, record.offset, record.key, record.value, record.headers) for record in records] == parts


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    payload, count = FAULTS[name]
    with pytest.raises(InvalidRecord) as caught:
        read(payload, count)
    assert caught.value.error_code == INVALID_RECORD


def test_cut_off_anywhere() -> None:
    payload = encode_record(1 << 40, 300, b"k" * 100, b"v" * 200, [("h", b"x"), ("i", None)])
    for size in range(len(payload)):
        with pytest.raises(InvalidRecord):
            read(payload[:size], 1)


def test_the_broker_s_time_stands_for_all() -> None:
    payload = encode_record(5, 0, None, b"v", ())
    (record,) = read_records(payload, 1, base_offset=9, base_timestamp=100, log_append_time_ms=777, base_sequence=4)
    assert (record.offset, record.timestamp, record.sequence) == (9, 777, 4)


def test_arithmetic_wraps_like_java_s() -> None:
    assert to_int64((1 << 63) - 1) == (1 << 63) - 1
    assert to_int64(1 << 63) == -(1 << 63)
    assert to_int64(-(1 << 63)) == -(1 << 63)
    assert to_int64(-(1 << 63) - 1) == (1 << 63) - 1
    assert increment_sequence((1 << 31) - 1, 1) == 0
    assert increment_sequence((1 << 31) - 3, 5) == 2
