"""Records walked and read: the same faults found by both."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.model.limits import HEADER_WALK_MAX_COUNT
from kafkalite.protocol.errors import INVALID_RECORD
from kafkalite.records.builder import encode_record
from kafkalite.records.record import InvalidRecord, Record, increment_sequence, read_records, to_int64, walk_records

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
def test_walking_sees_what_reading_sees(parts: list[tuple[int, int, bytes | None, bytes | None, list[object]]]) -> None:
    payload = b"".join(encode_record(*part) for part in parts)  # type: ignore[arg-type]
    expected = [(timestamp, offset, key is not None) for timestamp, offset, key, _, _ in parts]
    assert walk_records(memoryview(payload), len(parts)) == expected
    records = read(payload, len(parts))
    assert [(record.timestamp, record.offset, record.key, record.value, record.headers) for record in records] == parts


FAULTS = {
    "no records": (b"", 1),
    "too many counted": (encode_record(0, 0, b"k", b"v", ()), 2),
    "too few counted": (encode_record(0, 0, b"k", b"v", ()) * 2, 1),
    "negative length": (b"\x01\0\0\0\x01\x01\0", 1),
    "length beyond the end": (b"\x7e\0\0\0\x01\x01\0", 1),
    "length too short": (b"\x0a\0\0\0\x01\x01\0", 1),
    "length too long": (b"\x0e\0\0\0\x01\x01\0\0", 1),
    "key beyond the record": (b"\x0c\0\0\0\x7e\x01\0", 1),
    "value beyond the record": (b"\x0c\0\0\0\x01\x7e\0", 1),
    "negative header count": (b"\x0c\0\0\0\x01\x01\x01", 1),
    "more headers than bytes": (b"\x0c\0\0\0\x01\x01\x7e", 1),
    "header without key": (b"\x10\0\0\0\x01\x01\x02\x01\x01", 1),
    "header beyond the record": (b"\x10\0\0\0\x01\x01\x02\x7e\x01", 1),
    "number too long": (b"\x18\0\0" + b"\xff" * 6 + b"\0\x01\x01\0", 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    payload, count = FAULTS[name]
    for find in (walk_records, read):
        with pytest.raises(InvalidRecord) as caught:
            find(payload, count)
        assert caught.value.error_code == INVALID_RECORD


def test_cut_off_anywhere() -> None:
    payload = encode_record(1 << 40, 300, b"k" * 100, b"v" * 200, [("h", b"x"), ("i", None)])
    for size in range(len(payload)):
        for find in (walk_records, read):
            with pytest.raises(InvalidRecord):
                find(payload[:size], 1)


@settings(max_examples=300)
@given(st.binary(max_size=60), st.integers(-1, 4))
def test_random_bytes(payload: bytes, count: int) -> None:
    outcomes = []
    for find in (walk_records, read):
        try:
            outcomes.append(len(find(memoryview(payload), count)))  # type: ignore[arg-type]
        except InvalidRecord:
            outcomes.append(-1)
    assert outcomes[0] == outcomes[1]


def test_a_record_made_of_headers_is_not_walked() -> None:
    count = HEADER_WALK_MAX_COUNT + 1
    good = encode_record(0, 0, b"k", b"v", [("", b"")] * count)
    assert walk_records(good, 1) == [(0, 0, True)]
    assert len(read(good, 1)[0].headers) == count
    bad = good.replace(b"\0\0", b"\0\x7e")
    assert walk_records(bad, 1)


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
