# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterReplicaLogDirsResponse."""

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

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class AlterReplicaLogDirPartitionResult(Message):
    """`AlterReplicaLogDirPartitionResult` of AlterReplicaLogDirsResponse, versions 0-2."""

    __slots__ = (
        "partition_index",
        "error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.partition_index, self.error_code)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDirPartitionResult", "unknown_tagged_fields", version)


class AlterReplicaLogDirTopicResult(Message):
    """`AlterReplicaLogDirTopicResult` of AlterReplicaLogDirsResponse, versions 0-2."""

    __slots__ = (
        "topic_name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        partitions: list[AlterReplicaLogDirPartitionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.partitions: list[AlterReplicaLogDirPartitionResult] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.topic_name.encode()
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
            data = self.topic_name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDirTopicResult", "unknown_tagged_fields", version)


class AlterReplicaLogDirsResponse(Message):
    """Kafka's response 34 `AlterReplicaLogDirsResponse`: versions 0-2, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 34
    NAME = "AlterReplicaLogDirsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        results: list[AlterReplicaLogDirTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results: list[AlterReplicaLogDirTopicResult] = [] if results is None else results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
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
            out += _pack_ii(self.throttle_time_ms, len(self.results))
            for results_item in self.results:
                results_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDirsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterReplicaLogDirsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_replica_log_dirs_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterReplicaLogDirsResponse", error)
        if position > len(buffer):
            refuse_truncated("AlterReplicaLogDirsResponse")
        return message, position


def _read_alter_replica_log_dir_partition_result(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterReplicaLogDirPartitionResult, int]:
    self = new(AlterReplicaLogDirPartitionResult)
    if version >= 2:
        self.partition_index, self.error_code, count = _unpack_ihB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.error_code = _unpack_ih(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dir_topic_result(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterReplicaLogDirTopicResult, int]:
    self = new(AlterReplicaLogDirTopicResult)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_alter_replica_log_dir_partition_result(buffer, position, version)
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
        self.topic_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_alter_replica_log_dir_partition_result(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dirs_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterReplicaLogDirsResponse, int]:
    self = new(AlterReplicaLogDirsResponse)
    if version >= 2:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length - 1):
            results_item, position = _read_alter_replica_log_dir_topic_result(buffer, position, version)
            results_.append(results_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.throttle_time_ms, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length):
            results_item, position = _read_alter_replica_log_dir_topic_result(buffer, position, version)
            results_.append(results_item)
        self.unknown_tagged_fields = None
    return self, position
