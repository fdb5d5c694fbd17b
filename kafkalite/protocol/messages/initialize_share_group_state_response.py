# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's InitializeShareGroupStateResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class PartitionResult(Message):
    """`PartitionResult` of InitializeShareGroupStateResponse, versions 0."""

    __slots__ = (
        "partition",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition: int = 0,
        error_code: int = 0,
        error_message: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition = partition
        self.error_code = error_code
        self.error_message = error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ih(self.partition, self.error_code)
        if self.error_message is None:
            out.append(0)
        else:
            data = self.error_message.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class InitializeStateResult(Message):
    """`InitializeStateResult` of InitializeShareGroupStateResponse, versions 0."""

    __slots__ = (
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_id = topic_id
        self.partitions: list[PartitionResult] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_16s(self.topic_id)
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


class InitializeShareGroupStateResponse(Message):
    """Kafka's response 83 `InitializeShareGroupStateResponse`: versions 0, flexible from 0."""

    __slots__ = (
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 83
    NAME = "InitializeShareGroupStateResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        results: list[InitializeStateResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.results: list[InitializeStateResult] = [] if results is None else results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[InitializeShareGroupStateResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_initialize_share_group_state_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("InitializeShareGroupStateResponse", error)
        if position > len(buffer):
            refuse_truncated("InitializeShareGroupStateResponse")
        return message, position


def _read_partition_result(buffer: Buffer, position: int, version: int) -> tuple[PartitionResult, int]:
    self = new(PartitionResult)
    self.partition, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_initialize_state_result(buffer: Buffer, position: int, version: int) -> tuple[InitializeStateResult, int]:
    self = new(InitializeStateResult)
    self.topic_id, length = _unpack_16sB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 8 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_partition_result(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_initialize_share_group_state_response(
    buffer: Buffer, position: int, version: int
) -> tuple[InitializeShareGroupStateResponse, int]:
    self = new(InitializeShareGroupStateResponse)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 18 * (length - 1) > len(buffer) - position:
        refuse_count()
    results_ = self.results = []
    for _ in range(length - 1):
        results_item, position = _read_initialize_state_result(buffer, position, version)
        results_.append(results_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
