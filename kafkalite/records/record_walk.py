"""Checks the structure of a batch's records without one object per record.

Records are walked in chunks of 64. If the first record of a chunk indicates records of one size and layout, as
producers of fixed-size values send them, the rest of the chunk is compared column by column in C; else one loop skips
every varint. Both check the same: sizes, fields within their record, headers, no bytes left over.

Kafka does not compare the length of a record in a compressed batch with its fields, and so accepts batches that no
consumer can read; here the rules of uncompressed batches apply to all.

Source: DefaultRecord.readFrom and readPartiallyFrom, DefaultRecordBatch.RecordIterator; KIP-82 (headers), KIP-98.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.model.limits import HEADER_SLICE_COUNT
from kafkalite.model.steps import finish
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import INVALID_RECORD
from kafkalite.records.varints import read_varint, read_varlong

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from kafkalite.model.buffers import Buffer


_CHUNK_COUNT = 64
"""Offset deltas of one chunk differ in the low seven bits of their varint only."""

_FIND_COUNT = 512
"""Records that are skipped in one step of a search: about a hundred microseconds."""

_ALIKE_MIN_COUNT = 4
"""Number of records from which on comparing columns is faster than walking."""

_ALIKE_MAX_BYTES = 4096
"""Size of records above which the copy for comparing columns does not pay."""

_RECORD_MIN_BYTES = 7
"""Length, attributes, two deltas, two null sizes and a header count."""

_INT64_MAX = (1 << 63) - 1
_new_tuple = tuple.__new__
_FIRST_OFFSETS = bytes(range(0, 2 * _CHUNK_COUNT, 2))
_LOW_OFFSETS = bytes(low | 0x80 for low in _FIRST_OFFSETS)


class InvalidRecord(ApiError):
    """Records without the structure that their batch or their format requires."""

    def __init__(self, message: str) -> None:
        super().__init__(INVALID_RECORD, message)


class WalkedRecords(NamedTuple):
    """The facts of a batch's records that validation needs; timestamps count from the base timestamp, in ms."""

    lowest_timestamp_delta: int
    highest_timestamp_delta: int
    keyless_count: int
    has_consecutive_offsets: bool


class _Layout(NamedTuple):
    """The positions of one record's fields, relative to the record, and its facts that validation needs."""

    end: int
    timestamp_position: int
    offset_position: int
    key_position: int
    value_position: int
    header_position: int
    timestamp_delta: int
    offset_delta: int
    has_key: bool


def walk_records(payload: Buffer, record_count: int) -> WalkedRecords:
    """Check the structure of all records.

    Args:
        payload: the uncompressed records, nothing before and nothing after them.

    Raises:
        InvalidRecord: a record has no valid structure, or `payload` holds more or fewer records.
    """
    if record_count <= _CHUNK_COUNT:  # most batches: they need no generator
        try:
            position, index, lowest, highest, keyless_count, is_consecutive = _walk_chunk(payload, 0, 0, record_count)
        except (IndexError, ValueError):
            raise _no_record(payload) from None
        if index == record_count:
            if position != len(payload):
                _check_end(payload, position, record_count)
            return _new_tuple(WalkedRecords, (lowest, highest, keyless_count, is_consecutive))
    steps = walk_steps(payload, record_count)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            walked: WalkedRecords = end.value
            return walked


def walk_steps(payload: Buffer, record_count: int) -> Generator[None, None, WalkedRecords]:
    """Check the structure as `walk_records`, in steps of about ten microseconds.

    Raises:
        InvalidRecord: as `walk_records`.
    """
    if record_count * _RECORD_MIN_BYTES > len(payload):
        raise InvalidRecord(f"{record_count} records do not fit into {len(payload)} bytes")
    position = index = keyless_count = 0
    lowest, highest = _INT64_MAX, -_INT64_MAX - 1
    is_consecutive = True
    try:
        while index < record_count:
            stop = min(record_count, (index | (_CHUNK_COUNT - 1)) + 1)
            position, index, low, high, keyless, is_ordered = _walk_chunk(payload, position, index, stop)
            lowest = min(lowest, low)
            highest = max(highest, high)
            keyless_count += keyless
            is_consecutive = is_consecutive and is_ordered
            if index < record_count:
                yield
            if index < stop:  # a record with many headers ended the chunk, which checked the rest of the record
                layout = _read_layout(payload, position)
                position = yield from _walk_headers(payload, layout.header_position, layout.end)
                index += 1
    except (IndexError, ValueError):
        raise _no_record(payload) from None
    _check_end(payload, position, record_count)
    return WalkedRecords(lowest, highest, keyless_count, is_consecutive)


def size_check_steps(payload: Buffer, record_count: int, max_bytes: int) -> Generator[None, None, None]:
    """Check that no record is longer than a bound, in steps of about ten microseconds.

    Args:
        payload: uncompressed records that `walk_records` accepted.
        max_bytes: for one record without its length field.

    Raises:
        InvalidRecord: the first longer record.

    Deviation: only Produce calls it; in Kafka lookups by timestamp fail at longer stored records.
    Source: DefaultRecord.readFrom, LogValidator (`max.decompressed.message.bytes`).
    """
    position = 0
    for index in range(record_count):
        length, position = read_varint(payload, position)
        if length > max_bytes:
            raise InvalidRecord(f"record {index} has {length} bytes, more than the topic's maximum of {max_bytes}")
        position += length
        if index % _CHUNK_COUNT == _CHUNK_COUNT - 1:
            yield


def iterate_shapes(payload: Buffer, record_count: int) -> Iterator[tuple[int, int, bool]]:
    """Yield (timestamp delta, offset delta, whether there is a key) of each record.

    Raises:
        InvalidRecord: a record ends before its key; other faults are not detected.
    """
    position = 0
    try:
        for _ in range(record_count):
            byte = payload[position]
            if byte < 0x80:
                position += 1
                end = position + (byte >> 1 ^ -(byte & 1))
            else:
                length, position = read_varint(payload, position)
                end = position + length
            byte = payload[position + 1]
            if byte < 0x80:
                position += 2
                timestamp_delta = byte >> 1 ^ -(byte & 1)
            else:
                timestamp_delta, position = read_varlong(payload, position + 1)
            offset_delta, position = read_varint(payload, position)
            yield timestamp_delta, offset_delta, payload[position] & 1 == 0
            if end <= position:
                raise ValueError("a record ends before its fields")
            position = end
    except (IndexError, ValueError):
        raise _no_record(payload) from None


def find_record(
    payload: Buffer, record_count: int, *, from_timestamp_delta: int, from_offset_delta: int
) -> tuple[int, int] | None:
    """Find a record at once; see `find_record_steps`."""
    return finish(
        find_record_steps(
            payload, record_count, from_timestamp_delta=from_timestamp_delta, from_offset_delta=from_offset_delta
        )
    )


def find_record_steps(
    payload: Buffer, record_count: int, *, from_timestamp_delta: int, from_offset_delta: int
) -> Generator[None, None, tuple[int, int] | None]:
    """Return (timestamp delta, offset delta) of the first record that has at least these, None if none has.

    Only lengths and timestamps are read on the way.

    Raises:
        InvalidRecord: a record before it ends before its timestamp.
    """
    position = 0
    try:
        for index in range(0, record_count, _FIND_COUNT):
            if index:
                yield
            count = min(_FIND_COUNT, record_count - index)
            found, position = _find_in_chunk(payload, position, count, from_timestamp_delta, from_offset_delta)
            if found is not None:
                return found
    except (IndexError, ValueError):
        raise _no_record(payload) from None
    return None


def _find_in_chunk(
    payload: Buffer, position: int, record_count: int, from_timestamp_delta: int, from_offset_delta: int
) -> tuple[tuple[int, int] | None, int]:
    """Return the result of `find_record` for some records, and the position after them."""
    early = -1  # the last timestamp delta of one byte that is too early: runs of records have the same one
    for _ in range(record_count):
        byte = payload[position]
        if byte < 0x80:
            start = position + 1
            position = start + (byte >> 1)
        elif (second := payload[position + 1]) < 0x80:
            start = position + 2
            position = start + ((byte & 0x7F) >> 1 | second << 6)
        else:
            length, start = read_varint(payload, position)
            position = start + length
        byte = payload[start + 1]
        if byte != early:
            timestamp_delta, offset_position = read_varlong(payload, start + 1)
            if timestamp_delta >= from_timestamp_delta:
                offset_delta, _ = read_varint(payload, offset_position)
                if offset_delta >= from_offset_delta:
                    return (timestamp_delta, offset_delta), position
            elif byte < 0x80:
                early = byte
        if position <= start + 1:
            raise ValueError("a record ends before its timestamp")
    return None, position


def _no_record(payload: Buffer) -> InvalidRecord:
    return InvalidRecord(f"there is no valid record where one should be in {len(payload)} bytes")


def _check_end(payload: Buffer, position: int, record_count: int) -> None:
    if position != len(payload):
        raise InvalidRecord(f"{len(payload) - position} bytes follow the last of {record_count} records")


def _walk_chunk(payload: Buffer, position: int, index: int, stop: int) -> tuple[int, int, int, int, int, bool]:
    """Walk the records from number `index` at `position` up to number `stop` at the most.

    Returns:
        the position after them, the number of the next record, lowest and highest timestamp delta, the count of records
        without key, whether offset deltas are the records' numbers. A record with many headers is the next one: what
        is returned covers it already, but its headers are still to be walked.
    """
    if stop - index >= _ALIKE_MIN_COUNT:
        alike = _compare_chunk(payload, position, index, stop)
        if alike is not None:
            return alike
    begin = position
    lowest = _INT64_MAX
    highest = -_INT64_MAX - 1
    keyless_count = 0
    is_consecutive = True
    stamp = -1  # the last timestamp delta of one byte: runs of records have the same one
    for number in range(index << 1, stop << 1, 2):  # as a varint writes it
        byte = payload[position]
        if byte < 0x80:  # one or two bytes need no call
            position += 1
            end = position + (byte >> 1)
        elif (second := payload[position + 1]) < 0x80:
            position += 2
            end = position + ((byte & 0x7F) >> 1 | second << 6)
        else:
            length, position = read_varint(payload, position)
            end = position + length
            byte = length < 0
        if byte & 1:
            raise InvalidRecord(f"record {number >> 1} has a negative length")
        position += 1
        byte = payload[position]
        if byte == stamp:
            position += 1
        else:
            if byte < 0x80:
                position += 1
                stamp = byte
                delta = byte >> 1 ^ -(byte & 1)
            elif (second := payload[position + 1]) < 0x80:
                position += 2
                byte = byte & 0x7F | second << 7
                delta = byte >> 1 ^ -(byte & 1)
            else:
                delta, position = read_varlong(payload, position)
            if delta > highest:
                highest = delta
            if delta < lowest:
                lowest = delta
        byte = payload[position]
        if byte < 0x80:
            position += 1
        elif (second := payload[position + 1]) < 0x80:
            position += 2
            byte = byte & 0x7F | second << 7
        else:
            byte, position = read_varint(payload, position)
            byte <<= 1
        if byte != number:
            is_consecutive = False
        byte = payload[position]
        if byte < 0x80:
            if byte & 1:
                keyless_count += 1
                position += 1
            else:
                position += 1 + (byte >> 1)
        else:
            size, position = read_varint(payload, position)
            if size < 0:
                keyless_count += 1
            else:
                position += size
        byte = payload[position]
        if byte < 0x80:
            position += 1 if byte & 1 else 1 + (byte >> 1)
        elif (second := payload[position + 1]) < 0x80:
            position += 2
            if not byte & 1:
                position += (byte & 0x7F) >> 1 | second << 6
        else:
            size, position = read_varint(payload, position)
            if size > 0:
                position += size
        if payload[position]:
            position = _skip_headers(payload, position, end)
            if position < 0:
                number >>= 1
                position = _find_record(payload, begin, number - index)
                return position, number, lowest, highest, keyless_count, is_consecutive
        else:
            position += 1
        if position != end:
            raise InvalidRecord(f"record {number >> 1} has a length that ends {end - position} bytes after its fields")
    return position, stop, lowest, highest, keyless_count, is_consecutive


def _find_record(payload: Buffer, position: int, count: int) -> int:
    """Return the position of the record after `count` walked ones."""
    for _ in range(count):
        length, position = read_varint(payload, position)
        position += length
    return position


def _compare_chunk(
    payload: Buffer, position: int, index: int, stop: int
) -> tuple[int, int, int, int, int, bool] | None:
    """Walk a chunk in which all records have the layout of the first one, no headers and consecutive offsets.

    Returns:
        the result of `_walk_chunk`, or None if the records are of another kind, valid or not.
    """
    first = _read_layout(payload, position)
    size = first.end - position
    count = stop - index
    length_size = first.timestamp_position - 1 - position
    if (
        size > _ALIKE_MAX_BYTES
        or payload[position + size : position + size + length_size] != payload[position : position + length_size]
        or first.offset_delta != index
        or first.header_position != first.end - 1
    ):
        return None
    block = bytes(payload[position : position + count * size])
    if len(block) < count * size:
        return None
    offset_at = first.offset_position - position
    key_at = first.key_position - position
    value_at = first.value_position - position
    fixed = [*range(length_size), *range(offset_at + 1, key_at + 1), value_at, size - 1]
    if block[key_at] >= 0x80 or block[value_at] >= 0x80:
        fixed += range(key_at + 1, key_at + _size_of_varint(block, key_at))
        fixed += range(value_at + 1, value_at + _size_of_varint(block, value_at))
    for column in fixed:
        if block[column::size] != block[column : column + 1] * count:
            return None
    low = index & (_CHUNK_COUNT - 1)
    if block[offset_at::size] != (_FIRST_OFFSETS if index < _CHUNK_COUNT else _LOW_OFFSETS)[low : low + count]:
        return None
    lowest = highest = first.timestamp_delta
    timestamp_at = first.timestamp_position - position
    columns = [block[column::size] for column in range(timestamp_at, offset_at)]
    for stamps in columns:
        if stamps != stamps[:1] * count:
            deltas = _read_deltas(columns)
            if deltas is None:
                return None
            lowest, highest = min(deltas), max(deltas)
            break
    return position + count * size, stop, lowest, highest, 0 if first.has_key else count, True


def _read_deltas(columns: list[bytes]) -> list[int] | None:
    """Return the distinct numbers of varints of one size, given by columns; None if they have another size."""
    if not columns[-1].isascii():
        return None
    if len(columns) == 1:
        return [value >> 1 ^ -(value & 1) for value in set(columns[0])]
    if len(columns) > 2 or min(columns[0]) < 0x80:
        return None
    raw = {low & 0x7F | high << 7 for low, high in set(zip(*columns, strict=True))}
    return [value >> 1 ^ -(value & 1) for value in raw]


def _size_of_varint(block: bytes, position: int) -> int:
    size = 1
    while block[position] >= 0x80:
        position += 1
        size += 1
    return size


def _read_layout(payload: Buffer, position: int) -> _Layout:
    """Read one record up to its header count, with varints of any size.

    Raises:
        IndexError: the bytes end early.
        ValueError: a number is too long.
    """
    length, position = read_varint(payload, position)
    end = position + length
    timestamp_position = position + 1
    timestamp_delta, offset_position = read_varlong(payload, timestamp_position)
    offset_delta, key_position = read_varint(payload, offset_position)
    key_size, position = read_varint(payload, key_position)
    value_position = position + max(0, key_size)
    value_size, position = read_varint(payload, value_position)
    return _Layout(
        end,
        timestamp_position,
        offset_position,
        key_position,
        value_position,
        position + max(0, value_size),
        timestamp_delta,
        offset_delta,
        key_size >= 0,
    )


def _skip_headers(payload: Buffer, position: int, end: int) -> int:
    """Return the position after the headers, -1 for many headers.

    Raises:
        InvalidRecord: a header is malformed.
        IndexError: the bytes end early.
        ValueError: a number is too long.
    """
    count, position = read_varint(payload, position)
    if not 0 <= count <= end - position:
        raise InvalidRecord(f"a record has {count} headers")
    if count > HEADER_SLICE_COUNT:
        return -1
    for _ in range(count):
        position = _skip_header(payload, position)
    return position


def _skip_header(payload: Buffer, position: int) -> int:
    byte = payload[position]
    if byte < 0x80:
        if byte & 1:
            raise InvalidRecord("a header has no key")
        position += 1 + (byte >> 1)
    else:
        size, position = read_varint(payload, position)
        if size < 0:
            raise InvalidRecord("a header has no key")
        position += size
    byte = payload[position]
    if byte < 0x80:
        return position + 1 if byte & 1 else position + 1 + (byte >> 1)
    size, position = read_varint(payload, position)
    return position + size if size > 0 else position


def _walk_headers(payload: Buffer, position: int, end: int) -> Generator[None, None, int]:
    """Skip any number of headers in steps and return the position after them, which must be `end`."""
    count, position = read_varint(payload, position)
    for done in range(count):
        position = _skip_header(payload, position)
        if done % HEADER_SLICE_COUNT == 0:
            yield
    if position != end:
        raise InvalidRecord(f"a record has a length that ends {end - position} bytes after its {count} headers")
    return position
