"""The tree of a record set: record batches (magic 2) and the message sets before them (magic 0 and 1).

Written from the published layouts, not from the server's own batch code.

Source: the message-format page of Kafka's documentation; KIP-32, KIP-98, KIP-101, KIP-110, KIP-534.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

from construct import Int8sb, Int32sb, Int32ub, Int64sb, Struct
from fastcrc.crc32 import iscsi

from kafkalite.dissector.field import DissectionError, Field, Trace
from kafkalite.dissector.primitives import FIXED_FORMATS, Counted, Sized, Text, Traced, Varint, Varlong, parse_traced
from kafkalite.dissector.record_contents import dissect_content
from kafkalite.model.buffers import Buffer
from kafkalite.model.limits import DISSECTOR_DECOMPRESSED_MAX_BYTES

# The dissector reads batches by itself, with none of the constants of `records`, so that one can prove the other.
_CODECS = ("none", "gzip", "snappy", "lz4", "zstd")
_CODEC_MASK = 0x07
_LOG_APPEND_TIME = 0x08
_TRANSACTIONAL = 0x10
_CONTROL = 0x20
_DELETE_HORIZON = 0x40

_LOG_OVERHEAD_BYTES = 12
_MAGIC_POSITION = 16
_BATCH_HEADER_BYTES = 61
_BATCH_CRC_START = 21
_MESSAGE_CRC_START = 16


def _header(**types: str) -> Struct:
    return Struct(*(Traced(name, type_name, FIXED_FORMATS[type_name]) for name, type_name in types.items()))


_BATCH_HEADER = _header(
    baseOffset="int64",
    batchLength="int32",
    partitionLeaderEpoch="int32",
    magic="int8",
    crc="uint32",
    attributes="int16",
    lastOffsetDelta="int32",
    baseTimestamp="int64",
    maxTimestamp="int64",
    producerId="int64",
    producerEpoch="int16",
    baseSequence="int32",
    recordCount="int32",
)

_HEADERS = Counted(
    Varint,
    Traced(
        "header",
        "Header",
        Struct(
            Traced("key", "varint string", Text(Varint, is_nullable=False)),
            Traced("value", "varint bytes", Sized(Varint, is_nullable=True)),
        ),
    ),
    is_nullable=False,
)

_RECORD = Struct(
    Traced("length", "varint", Varint),
    Traced("attributes", "int8", Int8sb),
    Traced("timestampDelta", "varlong", Varlong),
    Traced("offsetDelta", "varint", Varint),
    Traced("key", "varint bytes", Sized(Varint, is_nullable=True)),
    Traced("value", "varint bytes", Sized(Varint, is_nullable=True)),
    Traced("headers", "varint array[Header]", _HEADERS),
)

_BYTES32 = Sized(Int32sb, is_nullable=True)
_MESSAGE_START = (
    Traced("offset", "int64", Int64sb),
    Traced("messageSize", "int32", Int32sb),
    Traced("crc", "uint32", Int32ub),
    Traced("magic", "int8", Int8sb),
    Traced("attributes", "int8", Int8sb),
)
_MESSAGE_END = (Traced("key", "nullable_bytes", _BYTES32), Traced("value", "nullable_bytes", _BYTES32))
_MESSAGES = {
    0: Struct(*_MESSAGE_START, *_MESSAGE_END),
    1: Struct(*_MESSAGE_START, Traced("timestamp", "int64", Int64sb), *_MESSAGE_END),
}


def dissect_records(buffer: Buffer, *, topic: str | None = None, base: int = 0) -> Field:
    """Return the tree of a record set: a log segment, or the records of a Produce or Fetch partition.

    A set may end inside a batch, as a Fetch reply or a log after a crash can: the rest is a child "incomplete batch".

    Args:
        topic: the name of the topic; the records of Kafka's internal topics are decoded.
        base: is added to every position.

    Raises:
        DissectionError: the bytes do not fit the format.
    """
    root = Field("records", "records", base, base + len(buffer))
    for batch in iterate_record_sets(buffer, topic=topic, base=base, root=root):
        root.children.append(batch)
    return root


def iterate_record_sets(
    buffer: Buffer, *, topic: str | None = None, base: int = 0, root: Field | None = None
) -> Iterator[Field]:
    """Yield the tree of each batch or message of a record set, without holding the earlier ones.

    Raises:
        DissectionError: the bytes do not fit; its partial tree is `root` (the caller's) with the failing batch.
    """
    root = root or Field("records", "records", base, base + len(buffer))
    view = memoryview(buffer)
    position = 0
    number = 0
    while position < len(view):
        try:
            batch = _dissect_next(view[position:], f"batch {number}", topic, base + position)
        except DissectionError as error:
            root.children.append(error.partial)
            raise DissectionError(error.position, f"{root.name}.{error.path}", error.reason, root) from error
        yield batch
        position = batch.end - base
        number += 1


def _dissect_next(view: memoryview, name: str, topic: str | None, base: int) -> Field:
    size = _LOG_OVERHEAD_BYTES + int.from_bytes(view[8:12], "big", signed=True)
    if len(view) <= _MAGIC_POSITION or (size > len(view) and view[_MAGIC_POSITION] <= 2):
        return Field("incomplete batch", "bytes", base, base + len(view), bytes(view), note="the bytes end inside it")
    if size == _LOG_OVERHEAD_BYTES and not any(view):
        return Field("unwritten space", "zeros", base, base + len(view), note="allocated ahead of the log's end")
    magic = int.from_bytes(view[_MAGIC_POSITION : _MAGIC_POSITION + 1], "big", signed=True)
    if magic in _MESSAGES:
        return _dissect_message(view[:size], name.replace("batch", "message"), magic, base)
    if magic != 2:
        _fail(base, _MAGIC_POSITION, name, "magic", f"is {magic}; Kafka knows 0, 1 and 2")
    if size < _BATCH_HEADER_BYTES:
        _fail(base, 8, name, "batchLength", f"is {size - _LOG_OVERHEAD_BYTES}; a batch has at least 49")
    return _dissect_batch(view[:size], name, topic, base)


def _fail(base: int, position: int, name: str, field: str, reason: str) -> None:
    trace = Trace(name, "RecordBatch", base, 0)
    trace.open(field, "", position)
    raise trace.fail(position, reason)


def _dissect_batch(view: memoryview, name: str, topic: str | None, base: int) -> Field:
    batch = parse_traced(_BATCH_HEADER, view, base, name, "RecordBatch")
    header: dict[str, Any] = batch.value
    batch.end = base + len(view)
    _check_crc(batch.get("crc"), iscsi(view[_BATCH_CRC_START:]))
    attributes: int = header["attributes"]
    batch.get("attributes").note = _describe_attributes(attributes)
    try:
        _append_records(batch, view[_BATCH_HEADER_BYTES:], base + _BATCH_HEADER_BYTES)
    except DissectionError as error:
        raise DissectionError(error.position, f"{name}.{error.path}", error.reason, batch) from error
    records = [field for field in batch.walk() if field.type == "Record"]
    for record in records:
        record.note = _describe_record(record, header)
        dissect_content(record, topic, is_control=bool(attributes & _CONTROL))
    batch.note = f"offsets {header['baseOffset']} to {header['baseOffset'] + header['lastOffsetDelta']}"
    return batch


def _append_records(batch: Field, view: memoryview, base: int) -> None:
    codec: int = batch.value["attributes"] & _CODEC_MASK
    count: int = batch.value["recordCount"]
    if codec == 0:
        end = _parse_records(batch, view, count, base)
        if end < batch.end:
            raise DissectionError(end, "records", f"{batch.end - end} bytes follow the last of {count} records", batch)
        return
    packed = Field("compressed records", _codec_name(codec), base, base + len(view), bytes(view))
    batch.children.append(packed)
    content = _decompress(packed, codec)
    if content is None:
        return
    try:
        end = _parse_records(packed, memoryview(content), count, 0)
    except DissectionError as error:
        reason = f"{error.reason} (position in the {len(content)} decompressed bytes)"
        raise DissectionError(error.position, f"{packed.name}.{error.path}", reason, batch) from error
    if end < len(content):
        packed.note += f"; {len(content) - end} bytes follow the last of {count} records"


def _parse_records(parent: Field, view: memoryview, count: int, base: int) -> int:
    position = 0
    for number in range(count):
        try:
            record = parse_traced(_RECORD, view[position:], base + position, f"record {number}", "Record")
        except DissectionError as error:
            parent.children.append(error.partial)
            raise
        parent.children.append(record)
        length = record.children[0]
        taken = record.end - length.end
        if length.value != taken:
            reason = f"says {length.value} bytes, the record takes {taken}"
            raise DissectionError(length.start, f"{record.name}.length", reason, parent)
        position = record.end - base
    return base + position


def _dissect_message(view: memoryview, name: str, magic: int, base: int) -> Field:
    message = parse_traced(_MESSAGES[magic], view, base, name, f"Message v{magic}")
    if message.end != base + len(view):
        reason = f"says {len(view) - _LOG_OVERHEAD_BYTES} bytes, the message takes {message.end - base - 12}"
        raise DissectionError(base + 8, f"{name}.messageSize", reason, message)
    _check_crc(message.get("crc"), zlib.crc32(view[_MESSAGE_CRC_START:]))
    attributes: int = message.value["attributes"]
    codec = attributes & _CODEC_MASK
    timestamp_type = f", {_timestamp_type(attributes)}" if magic == 1 else ""
    message.get("attributes").note = _codec_name(codec) + timestamp_type
    packed = message.get("value")
    content = _decompress(packed, codec, is_magic_zero=magic == 0) if codec and packed.value is not None else None
    if content is not None:
        inner = dissect_records(content)
        packed.children = inner.children
    return message


def _decompress(packed: Field, codec: int, *, is_magic_zero: bool = False) -> bytes | None:
    """Return the decompressed bytes of a field and note their size; None, with the reason as note, if that fails."""
    from kafkalite.records.compression import decompress

    try:
        limit = DISSECTOR_DECOMPRESSED_MAX_BYTES
        content = bytes(decompress(codec, packed.value, max_bytes=limit, is_magic_zero=is_magic_zero))
    except Exception as error:  # whatever the codec says of these bytes belongs into the tree
        packed.note = f"cannot be decompressed: {error}"
        return None
    packed.content = content
    packed.note = f"{len(content)} bytes decompressed; positions below count in them"
    return content


def _codec_name(codec: int) -> str:
    return _CODECS[codec] if codec < len(_CODECS) else f"unknown codec {codec}"


def _timestamp_type(attributes: int) -> str:
    return "LogAppendTime" if attributes & _LOG_APPEND_TIME else "CreateTime"


def _describe_attributes(attributes: int) -> str:
    words = [_codec_name(attributes & _CODEC_MASK), _timestamp_type(attributes)]
    flags = {_TRANSACTIONAL: "transactional", _CONTROL: "control", _DELETE_HORIZON: "delete horizon"}
    return ", ".join(words + [word for flag, word in flags.items() if attributes & flag])


def _describe_record(record: Field, header: dict[str, Any]) -> str:
    offset = header["baseOffset"] + record.value["offsetDelta"]
    timestamp = header["baseTimestamp"] + record.value["timestampDelta"]
    if header["attributes"] & _LOG_APPEND_TIME:
        timestamp = header["maxTimestamp"]
    return f"offset {offset}, timestamp {timestamp}"


def _check_crc(field: Field, computed: int) -> None:
    field.note = "matches" if field.value == computed else f"does not match: the bytes have {computed}"
