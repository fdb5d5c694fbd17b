# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreatePartitionsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
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
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack


class CreatePartitionsTopicResult(Message):
    """`CreatePartitionsTopicResult` of CreatePartitionsResponse, versions 0-3."""

    __slots__ = (
        "name",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        error_code: int = 0,
        error_message: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.error_code = error_code
        self.error_message = error_message
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
            out += _pack_h(self.error_code)
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
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_h(self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("CreatePartitionsTopicResult", "unknown_tagged_fields", version)


class CreatePartitionsResponse(Message):
    """Kafka's response 37 `CreatePartitionsResponse`: versions 0-3, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 37
    NAME = "CreatePartitionsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        results: list[CreatePartitionsTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.results: list[CreatePartitionsTopicResult] = [] if results is None else results
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
                refuse_field("CreatePartitionsResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreatePartitionsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_partitions_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreatePartitionsResponse", error)
        if position > len(buffer):
            refuse_truncated("CreatePartitionsResponse")
        return message, position


def _read_create_partitions_topic_result(
    buffer: Buffer, position: int, version: int
) -> tuple[CreatePartitionsTopicResult, int]:
    self = new(CreatePartitionsTopicResult)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
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
    else:
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_create_partitions_response(
    buffer: Buffer, position: int, version: int
) -> tuple[CreatePartitionsResponse, int]:
    self = new(CreatePartitionsResponse)
    if version >= 2:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 5 * (length - 1) > len(buffer) - position:
            refuse_count()
        results_ = self.results = []
        for _ in range(length - 1):
            results_item, position = _read_create_partitions_topic_result(buffer, position, version)
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
            results_item, position = _read_create_partitions_topic_result(buffer, position, version)
            results_.append(results_item)
        self.unknown_tagged_fields = None
    return self, position
