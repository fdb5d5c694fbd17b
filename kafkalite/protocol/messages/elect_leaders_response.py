# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ElectLeadersResponse."""

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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ihh = Struct(">ihh").unpack_from


class PartitionResult(Message):
    """`PartitionResult` of ElectLeadersResponse, versions 0-2."""

    __slots__ = (
        "partition_id",
        "error_code",
        "error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_id: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_id = partition_id
        self.error_code = error_code
        self.error_message = error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            out += _pack_ih(self.partition_id, self.error_code)
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
            out += _pack_ih(self.partition_id, self.error_code)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("PartitionResult", "unknown_tagged_fields", version)


class ReplicaElectionResult(Message):
    """`ReplicaElectionResult` of ElectLeadersResponse, versions 0-2."""

    __slots__ = (
        "topic",
        "partition_result",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partition_result: list[PartitionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partition_result: list[PartitionResult] = [] if partition_result is None else partition_result
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.topic.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.partition_result) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partition_result_item in self.partition_result:
                partition_result_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_result))
            for partition_result_item in self.partition_result:
                partition_result_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ReplicaElectionResult", "unknown_tagged_fields", version)


class ElectLeadersResponse(Message):
    """Kafka's response 43 `ElectLeadersResponse`: versions 0-2, flexible from 2."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "replica_election_results",
        "unknown_tagged_fields",
    )

    API_KEY = 43
    NAME = "ElectLeadersResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        replica_election_results: list[ReplicaElectionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.replica_election_results: list[ReplicaElectionResult] = (
            [] if replica_election_results is None else replica_election_results
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            out += _pack_ih(self.throttle_time_ms, self.error_code)
            length = len(self.replica_election_results) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for replica_election_results_item in self.replica_election_results:
                replica_election_results_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.throttle_time_ms)
            if version >= 1:
                out += _pack_h(self.error_code)
            else:
                if self.error_code:
                    refuse_field("ElectLeadersResponse", "error_code", version)
            out += _pack_i(len(self.replica_election_results))
            for replica_election_results_item in self.replica_election_results:
                replica_election_results_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("ElectLeadersResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ElectLeadersResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_elect_leaders_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ElectLeadersResponse", error)
        if position > len(buffer):
            refuse_truncated("ElectLeadersResponse")
        return message, position


def _read_partition_result(buffer: Buffer, position: int, version: int) -> tuple[PartitionResult, int]:
    self = new(PartitionResult)
    if version >= 2:
        self.partition_id, self.error_code, length = _unpack_ihB(buffer, position)
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
    else:
        self.partition_id, self.error_code, length = _unpack_ihh(buffer, position)
        position += 8
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_replica_election_result(buffer: Buffer, position: int, version: int) -> tuple[ReplicaElectionResult, int]:
    self = new(ReplicaElectionResult)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 8 * (length - 1) > len(buffer) - position:
            refuse_count()
        partition_result_ = self.partition_result = []
        for _ in range(length - 1):
            partition_result_item, position = _read_partition_result(buffer, position, version)
            partition_result_.append(partition_result_item)
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
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        partition_result_ = self.partition_result = []
        for _ in range(length):
            partition_result_item, position = _read_partition_result(buffer, position, version)
            partition_result_.append(partition_result_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_elect_leaders_response(buffer: Buffer, position: int, version: int) -> tuple[ElectLeadersResponse, int]:
    self = new(ElectLeadersResponse)
    if version >= 2:
        self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
        position += 7
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        replica_election_results_ = self.replica_election_results = []
        for _ in range(length - 1):
            replica_election_results_item, position = _read_replica_election_result(buffer, position, version)
            replica_election_results_.append(replica_election_results_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 1:
            (self.error_code,) = _unpack_h(buffer, position)
            position += 2
        else:
            self.error_code = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        replica_election_results_ = self.replica_election_results = []
        for _ in range(length):
            replica_election_results_item, position = _read_replica_election_result(buffer, position, version)
            replica_election_results_.append(replica_election_results_item)
        self.unknown_tagged_fields = None
    return self, position
