"""Message sets of magic 0 and 1, beside Java's bytes and the builders and parsers of two clients."""

from __future__ import annotations

import zlib
from struct import pack
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import CORRUPT_MESSAGE, INVALID_RECORD, UNSUPPORTED_COMPRESSION_TYPE
from kafkalite.records.batch import check_crc, iterate_records, read_batch_header
from kafkalite.records.builder import build_batch
from kafkalite.records.codecs import GZIP, LZ4, NONE, SNAPPY, ZSTD
from kafkalite.records.compression import compress
from kafkalite.records.legacy import convert_to_v2, open_wrapper, read_message_set
from tests.records.oracles import (
    CLIENTS,
    GOLDEN,
    GOLDEN_RECORDS,
    LEGACY_CODECS,
    Fields,
    build_legacy,
)

NOW_MS = 1_700_000_000_000
CODEC_OF_NAME = {"none": NONE, "gzip": GZIP, "snappy": SNAPPY, "lz4": LZ4}
JAVA = [(magic, name) for magic in (0, 1) for name in CODEC_OF_NAME]
LEGACY_CLIENTS = [
    (legacy, magic, codec)
    for _, legacy, codec in CLIENTS
    for magic in (0, 1)
    # kafka-python needs one more library for the lz4 of magic 0
    if codec != ZSTD and not (codec == LZ4 and magic == 0)
]
CONTENT = st.none() | st.binary(max_size=100)
RECORDS: st.SearchStrategy[list[Fields]] = st.lists(
    st.tuples(st.integers(0, 1 << 45), CONTENT, CONTENT), min_size=1, max_size=6
)


def message(magic: int, offset: int, attributes: int, timestamp: int, key: bytes | None, value: bytes | None) -> bytes:
    """A message by the format's definition, not by the code under test."""
    body = bytes((magic, attributes)) + (pack(">q", timestamp) if magic else b"")
    for content in (key, value):
        body += pack(">i", -1) if content is None else pack(">i", len(content)) + content
    return pack(">qi", offset, len(body) + 4) + pack(">I", zlib.crc32(body)) + body


def fields_of_v2(batch: bytes | bytearray) -> list[Fields]:
    header = read_batch_header(batch)
    check_crc(batch, header)
    records = list(iterate_records(batch, header))
    assert [record.offset for record in records] == list(range(len(records)))
    return [(record.timestamp, record.key, record.value) for record in records]


@pytest.mark.parametrize(("magic", "name"), JAVA)
def test_java_message_sets_are_converted_up(magic: int, name: str) -> None:
    batch = convert_to_v2(GOLDEN[f"m{magic}_{name}"], now_ms=5)
    header = read_batch_header(batch)
    assert header.compression_codec == CODEC_OF_NAME[name]
    assert (header.producer_id, header.base_sequence, header.is_log_append_time) == (-1, -1, False)
    assert header.max_timestamp == (-1 if magic == 0 else NOW_MS + 123)
    expected = [(timestamp if magic else -1, key, value) for timestamp, key, value in GOLDEN_RECORDS]
    assert fields_of_v2(batch) == expected


@pytest.mark.parametrize(("magic", "name"), JAVA)
def test_java_offsets(magic: int, name: str) -> None:
    messages = list(read_message_set(GOLDEN[f"m{magic}_{name}"]))
    if name != "none":
        (wrapper,) = messages
        assert wrapper.offset == 9
        messages = open_wrapper(wrapper)
    assert [one.offset for one in messages] == [7, 8, 9]


def test_java_wrapper_with_the_broker_s_time() -> None:
    batch = convert_to_v2(GOLDEN["m1_lat_gzip"], now_ms=5)
    assert [timestamp for timestamp, _, _ in fields_of_v2(batch)] == [1_700_000_009_999] * 2


@pytest.mark.parametrize(("module", "magic", "codec"), LEGACY_CLIENTS)
@settings(max_examples=12)
@given(records=RECORDS)
def test_what_clients_build_is_converted_up(module: Any, magic: int, codec: int, records: list[Fields]) -> None:
    message_set = build_legacy(module, magic, codec, records)
    batch = convert_to_v2(message_set, now_ms=5)
    assert fields_of_v2(batch) == [(timestamp if magic else -1, key, value) for timestamp, key, value in records]
    assert read_batch_header(batch).compression_codec == codec


def test_the_codec_and_the_time_can_be_given() -> None:
    batch = convert_to_v2(GOLDEN["m1_gzip"], now_ms=77, compression=ZSTD, log_append_time=True)
    assert read_batch_header(batch).compression_codec == ZSTD
    assert {timestamp for timestamp, _, _ in fields_of_v2(batch)} == {77}


def test_a_wrapper_whose_offset_was_left_at_zero() -> None:
    inside = message(1, 0, 0, 5, None, b"a") + message(1, 1, 0, 6, None, b"b")
    wrapper = message(1, 0, GZIP, 6, None, compress(GZIP, inside))
    assert fields_of_v2(convert_to_v2(wrapper, now_ms=0)) == [(5, None, b"a"), (6, None, b"b")]


GOOD = message(1, 1, 0, 5, None, b"a")
FAULTS = {
    "nothing": (b"", INVALID_RECORD),
    "cut off": (GOOD[:-1], INVALID_RECORD),
    "impossible size": (pack(">qi", 0, 13) + GOOD[12:], CORRUPT_MESSAGE),
    "unknown magic": (message(3, 0, 0, 5, None, b"a"), CORRUPT_MESSAGE),
    "negative magic": (message(255, 0, 0, 5, None, b"a"), CORRUPT_MESSAGE),
    "a new batch among old messages": (GOOD + build_batch([(b"a", b"1")], now_ms=1), INVALID_RECORD),
    "damaged": (GOOD[:-1] + b"x", CORRUPT_MESSAGE),
    "key longer than the message": (message(0, 0, 0, 0, b"x" * 9, None).replace(b"\x09", b"\x7f"), CORRUPT_MESSAGE),
    "wrapper without value": (message(1, 0, GZIP, 5, None, None), INVALID_RECORD),
    "wrapper with zstd": (message(1, 0, ZSTD, 5, None, compress(ZSTD, GOOD)), INVALID_RECORD),
    "wrapper with an unknown codec": (message(1, 0, 6, 5, None, GOOD), UNSUPPORTED_COMPRESSION_TYPE),
    "wrapper with nothing inside": (message(1, 0, GZIP, 5, None, compress(GZIP, b"")), INVALID_RECORD),
    "wrapper with half a message": (message(1, 0, GZIP, 5, None, compress(GZIP, GOOD[:-1])), INVALID_RECORD),
    "wrapper with damage inside": (message(1, 0, GZIP, 5, None, compress(GZIP, GOOD[:-1] + b"x")), CORRUPT_MESSAGE),
    "wrapper in a wrapper": (
        message(1, 1, GZIP, 5, None, compress(GZIP, message(1, 1, GZIP, 5, None, compress(GZIP, GOOD)))),
        INVALID_RECORD,
    ),
    "wrapper before its messages": (
        message(1, 1, GZIP, 5, None, compress(GZIP, message(1, 2, 0, 5, None, b"a"))),
        INVALID_RECORD,
    ),
    "wrapper not alone": (message(1, 1, GZIP, 5, None, compress(GZIP, GOOD)) + GOOD, INVALID_RECORD),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(name: str) -> None:
    message_set, error_code = FAULTS[name]
    with pytest.raises(ApiError) as caught:
        convert_to_v2(message_set, now_ms=0)
    assert caught.value.error_code == error_code


def test_fields_longer_than_the_message() -> None:
    body = bytes((0, 0)) + pack(">i", 50) + b"xxxx" + pack(">i", -1)
    message_set = pack(">qi", 0, len(body) + 4) + pack(">I", zlib.crc32(body)) + body
    with pytest.raises(ApiError) as caught:
        convert_to_v2(message_set, now_ms=0)
    assert caught.value.error_code == INVALID_RECORD


@pytest.mark.parametrize("name", [f"m{magic}_{name}" for magic in (0, 1) for name in ("none", "gzip")])
def test_every_damaged_byte_is_noticed_or_harmless(name: str) -> None:
    original = convert_to_v2(GOLDEN[name], now_ms=0)
    message_set = bytearray(GOLDEN[name])
    for position in range(len(message_set)):
        message_set[position] ^= 0x11
        try:
            assert len(fields_of_v2(convert_to_v2(message_set, now_ms=0))) <= 3
        except ApiError:
            pass
        message_set[position] ^= 0x11
    assert convert_to_v2(message_set, now_ms=0) == original


@settings(max_examples=200)
@given(st.binary(max_size=60), st.sampled_from((0, 1)), st.sampled_from(LEGACY_CODECS))
def test_random_bytes_raise_api_errors_only(data: bytes, magic: int, codec: int) -> None:
    for message_set in (
        data,
        message(magic, 0, codec, 5, None, data),
        message(magic, 0, 1, 5, None, compress(1, data)),
    ):
        try:
            fields_of_v2(convert_to_v2(message_set, now_ms=0))
        except ApiError:
            pass
