# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeLogDirsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iqqt = Struct(">iqq?").unpack_from
_pack_iqqt = Struct(">iqq?").pack
_unpack_iqqtB = Struct(">iqq?B").unpack_from
_unpack_qq = Struct(">qq").unpack_from
_pack_qq = Struct(">qq").pack


class DescribeLogDirsPartition(Message):
    """`DescribeLogDirsPartition` of DescribeLogDirsResponse, versions 0-5."""

    __slots__ = (
        "partition_index",
        "partition_size",
        "offset_lag",
        "is_future_key",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        partition_size: int = 0,
        offset_lag: int = 0,
        is_future_key: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.partition_size = partition_size
        self.offset_lag = offset_lag
        self.is_future_key = is_future_key
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            out += _pack_iqqt(self.partition_index, self.partition_size, self.offset_lag, self.is_future_key)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_iqqt(self.partition_index, self.partition_size, self.offset_lag, self.is_future_key)
            if self.unknown_tagged_fields:
                refuse_field("DescribeLogDirsPartition", "unknown_tagged_fields", version)


class DescribeLogDirsTopic(Message):
    """`DescribeLogDirsTopic` of DescribeLogDirsResponse, versions 0-5."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[DescribeLogDirsPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[DescribeLogDirsPartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.partitions) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeLogDirsTopic", "unknown_tagged_fields", version)


class DescribeLogDirsResult(Message):
    """`DescribeLogDirsResult` of DescribeLogDirsResponse, versions 0-5."""

    __slots__ = (
        "error_code",
        "log_dir",
        "topics",
        "total_bytes",
        "usable_bytes",
        "is_cordoned",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        log_dir: str = "",
        topics: list[DescribeLogDirsTopic] | None = None,
        total_bytes: int = -1,
        usable_bytes: int = -1,
        is_cordoned: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.log_dir = log_dir
        self.topics: list[DescribeLogDirsTopic] = [] if topics is None else topics
        self.total_bytes = total_bytes
        self.usable_bytes = usable_bytes
        self.is_cordoned = is_cordoned
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.log_dir.encode()
            out += _pack_h(self.error_code)
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            if version >= 4:
                out += _pack_qq(self.total_bytes, self.usable_bytes)
            if version >= 5:
                out += _pack_t(self.is_cordoned)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.log_dir.encode()
            out += _pack_hh(self.error_code, len(data))
            out += data
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeLogDirsResult", "unknown_tagged_fields", version)


class DescribeLogDirsResponse(Message):
    """Kafka's response 35 `DescribeLogDirsResponse`: versions 0-5, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 35
    NAME = "DescribeLogDirsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        results: list[DescribeLogDirsResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.results: list[DescribeLogDirsResult] = [] if results is None else results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
            if version >= 3:
                out += _pack_h(self.error_code)
            length = len(self.results) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for results_item in self.results:
                results_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.results))
            for results_item in self.results:
                results_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("DescribeLogDirsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeLogDirsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_log_dirs_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeLogDirsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeLogDirsResponse")
        return message, position


def _read_describe_log_dirs_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeLogDirsPartition, int]:
    self = new(DescribeLogDirsPartition)
    if version >= 2:
        self.partition_index, self.partition_size, self.offset_lag, self.is_future_key, count = _unpack_iqqtB(
            buffer, position
        )
        position += 22
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.partition_size, self.offset_lag, self.is_future_key = _unpack_iqqt(buffer, position)
        position += 21
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_log_dirs_topic(buffer: Buffer, position: int, version: int) -> tuple[DescribeLogDirsTopic, int]:
    self = new(DescribeLogDirsTopic)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 22 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_describe_log_dirs_partition(buffer, position, version)
            partitions_.append(partitions_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 21 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_describe_log_dirs_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_log_dirs_result(buffer: Buffer, position: int, version: int) -> tuple[DescribeLogDirsResult, int]:
    self = new(DescribeLogDirsResult)
    if version >= 2:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.log_dir = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_describe_log_dirs_topic(buffer, position, version)
            topics_.append(topics_item)
        if version >= 4:
            self.total_bytes, self.usable_bytes = _unpack_qq(buffer, position)
            position += 16
        else:
            self.total_bytes = -1
            self.usable_bytes = -1
        if version >= 5:
            self.is_cordoned = buffer[position] != 0
            position += 1
        else:
            self.is_cordoned = False
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.log_dir = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_describe_log_dirs_topic(buffer, position, version)
            topics_.append(topics_item)
        self.total_bytes = -1
        self.usable_bytes = -1
        self.is_cordoned = False
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_log_dirs_response(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeLogDirsResponse, int]:
    self = new(DescribeLogDirsResponse)
    if version >= 2:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 3:
            (self.error_code,) = _unpack_h(buffer, position)
            position += 2
        else:
            self.error_code = 0
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length - 1):
            results_item, position = _read_describe_log_dirs_result(buffer, position, version)
            results_.append(results_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        self.error_code = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length):
            results_item, position = _read_describe_log_dirs_result(buffer, position, version)
            results_.append(results_item)
        self.unknown_tagged_fields = None
    return self, position
