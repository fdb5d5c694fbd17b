# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ProduceResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_unpack_ihq = Struct(">ihq").unpack_from
_pack_ihq = Struct(">ihq").pack
_pack_ihqqq = Struct(">ihqqq").pack
_unpack_ihqqqB = Struct(">ihqqqB").unpack_from
_unpack_ihqqqi = Struct(">ihqqqi").unpack_from
_pack_ihqqqi = Struct(">ihqqqi").pack
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack


class BatchIndexAndErrorMessage(Message):
    """`BatchIndexAndErrorMessage` of ProduceResponse, versions 8-13."""

    __slots__ = (
        "batch_index",
        "batch_index_error_message",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        batch_index: int = 0,
        batch_index_error_message: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.batch_index = batch_index
        self.batch_index_error_message = batch_index_error_message
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            out += _pack_i(self.batch_index)
            if self.batch_index_error_message is None:
                out.append(0)
            else:
                data = self.batch_index_error_message.encode()
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
            out += _pack_i(self.batch_index)
            if self.batch_index_error_message is None:
                out += b"\xff\xff"
            else:
                data = self.batch_index_error_message.encode()
                out += _pack_h(len(data))
                out += data
            if self.unknown_tagged_fields:
                refuse_field("BatchIndexAndErrorMessage", "unknown_tagged_fields", version)


class LeaderIdAndEpoch(Message):
    """`LeaderIdAndEpoch` of ProduceResponse, versions 10-13."""

    __slots__ = (
        "leader_id",
        "leader_epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        leader_id: int = -1,
        leader_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ii(self.leader_id, self.leader_epoch)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class PartitionProduceResponse(Message):
    """`PartitionProduceResponse` of ProduceResponse, versions 0-13."""

    __slots__ = (
        "index",
        "error_code",
        "base_offset",
        "log_append_time_ms",
        "log_start_offset",
        "record_errors",
        "error_message",
        "current_leader",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        index: int = 0,
        error_code: int = 0,
        base_offset: int = 0,
        log_append_time_ms: int = -1,
        log_start_offset: int = -1,
        record_errors: list[BatchIndexAndErrorMessage] | None = None,
        error_message: str | None = None,
        current_leader: LeaderIdAndEpoch | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.index = index
        self.error_code = error_code
        self.base_offset = base_offset
        self.log_append_time_ms = log_append_time_ms
        self.log_start_offset = log_start_offset
        self.record_errors: list[BatchIndexAndErrorMessage] = [] if record_errors is None else record_errors
        self.error_message = error_message
        self.current_leader = current_leader
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            out += _pack_ihqqq(
                self.index, self.error_code, self.base_offset, self.log_append_time_ms, self.log_start_offset
            )
            length = len(self.record_errors) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for record_errors_item in self.record_errors:
                record_errors_item.write(out, version)
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
            known: TaggedFields | None = None
            if version >= 10:
                if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                    body = bytearray()
                    self.current_leader.write(body, version)
                    if known is None:
                        known = {}
                    known[0] = bytes(body)
            else:
                if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                    refuse_field("PartitionProduceResponse", "current_leader", version)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 8:
            out += _pack_ihqqqi(
                self.index,
                self.error_code,
                self.base_offset,
                self.log_append_time_ms,
                self.log_start_offset,
                len(self.record_errors),
            )
            for record_errors_item in self.record_errors:
                record_errors_item.write(out, version)
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                refuse_field("PartitionProduceResponse", "current_leader", version)
            if self.unknown_tagged_fields:
                refuse_field("PartitionProduceResponse", "unknown_tagged_fields", version)
        else:
            out += _pack_ihq(self.index, self.error_code, self.base_offset)
            if version >= 2:
                out += _pack_q(self.log_append_time_ms)
            if version >= 5:
                out += _pack_q(self.log_start_offset)
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                refuse_field("PartitionProduceResponse", "current_leader", version)
            if self.unknown_tagged_fields:
                refuse_field("PartitionProduceResponse", "unknown_tagged_fields", version)


class TopicProduceResponse(Message):
    """`TopicProduceResponse` of ProduceResponse, versions 0-13."""

    __slots__ = (
        "name",
        "topic_id",
        "partition_responses",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        topic_id: bytes = ZERO_UUID,
        partition_responses: list[PartitionProduceResponse] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.topic_id = topic_id
        self.partition_responses: list[PartitionProduceResponse] = (
            [] if partition_responses is None else partition_responses
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 13:
            out += _pack_16s(self.topic_id)
            length = len(self.partition_responses) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partition_responses_item in self.partition_responses:
                partition_responses_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        elif version >= 9:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.partition_responses) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partition_responses_item in self.partition_responses:
                partition_responses_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_responses))
            for partition_responses_item in self.partition_responses:
                partition_responses_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("TopicProduceResponse", "unknown_tagged_fields", version)


class NodeEndpoint(Message):
    """`NodeEndpoint` of ProduceResponse, versions 10-13."""

    __slots__ = (
        "node_id",
        "host",
        "port",
        "rack",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        rack: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.node_id = node_id
        self.host = host
        self.port = port
        self.rack = rack
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.host.encode()
        out += _pack_i(self.node_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.port)
        if self.rack is None:
            out.append(0)
        else:
            data = self.rack.encode()
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


class ProduceResponse(Message):
    """Kafka's response 0 `ProduceResponse`: versions 0-13, flexible from 9."""

    __slots__ = (
        "responses",
        "throttle_time_ms",
        "node_endpoints",
        "unknown_tagged_fields",
    )

    API_KEY = 0
    NAME = "ProduceResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 13
    FIRST_FLEXIBLE_VERSION = 9

    def __init__(
        self,
        *,
        responses: list[TopicProduceResponse] | None = None,
        throttle_time_ms: int = 0,
        node_endpoints: list[NodeEndpoint] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.responses: list[TopicProduceResponse] = [] if responses is None else responses
        self.throttle_time_ms = throttle_time_ms
        self.node_endpoints: list[NodeEndpoint] = [] if node_endpoints is None else node_endpoints
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 9:
            length = len(self.responses) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for responses_item in self.responses:
                responses_item.write(out, version)
            out += _pack_i(self.throttle_time_ms)
            known: TaggedFields | None = None
            if version >= 10:
                if self.node_endpoints:
                    body = bytearray()
                    length = len(self.node_endpoints) + 1
                    if length < 128:
                        body.append(length)
                    else:
                        write_uvarint(body, length)
                    for node_endpoints_item in self.node_endpoints:
                        node_endpoints_item.write(body, version)
                    if known is None:
                        known = {}
                    known[0] = bytes(body)
            else:
                if self.node_endpoints:
                    refuse_field("ProduceResponse", "node_endpoints", version)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 1:
            out += _pack_i(len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            out += _pack_i(self.throttle_time_ms)
            if self.node_endpoints:
                refuse_field("ProduceResponse", "node_endpoints", version)
            if self.unknown_tagged_fields:
                refuse_field("ProduceResponse", "unknown_tagged_fields", version)
        else:
            out += _pack_i(len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            if self.node_endpoints:
                refuse_field("ProduceResponse", "node_endpoints", version)
            if self.unknown_tagged_fields:
                refuse_field("ProduceResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ProduceResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_produce_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ProduceResponse", error)
        if position > len(buffer):
            refuse_truncated("ProduceResponse")
        return message, position


def _read_batch_index_and_error_message(
    buffer: Buffer, position: int, version: int
) -> tuple[BatchIndexAndErrorMessage, int]:
    self = new(BatchIndexAndErrorMessage)
    if version >= 9:
        self.batch_index, length = _unpack_iB(buffer, position)
        position += 5
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.batch_index_error_message = None
        else:
            end = position + length - 1
            self.batch_index_error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.batch_index, length = _unpack_ih(buffer, position)
        position += 6
        if length < 0:
            self.batch_index_error_message = None
        else:
            end = position + length
            self.batch_index_error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_leader_id_and_epoch(buffer: Buffer, position: int, version: int) -> tuple[LeaderIdAndEpoch, int]:
    self = new(LeaderIdAndEpoch)
    self.leader_id, self.leader_epoch, count = _unpack_iiB(buffer, position)
    position += 9
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_partition_produce_response(
    buffer: Buffer, position: int, version: int
) -> tuple[PartitionProduceResponse, int]:
    self = new(PartitionProduceResponse)
    if version >= 9:
        self.index, self.error_code, self.base_offset, self.log_append_time_ms, self.log_start_offset, length = (
            _unpack_ihqqqB(buffer, position)
        )
        position += 31
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        record_errors_ = self.record_errors = []
        for _ in range(length - 1):
            record_errors_item, position = _read_batch_index_and_error_message(buffer, position, version)
            record_errors_.append(record_errors_item)
        length = buffer[position]
        position += 1
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
        self.current_leader = None
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                start = position - 1
                count, position = read_uvarint(buffer, start)
                check_tag_count(buffer, start, position, count)
            for _ in range(count):
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    if not (version >= 10):
                        refuse_tag(tag)
                    self.current_leader, position = _read_leader_id_and_epoch(buffer, position, version)
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 8:
        self.index, self.error_code, self.base_offset, self.log_append_time_ms, self.log_start_offset, length = (
            _unpack_ihqqqi(buffer, position)
        )
        position += 34
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        record_errors_ = self.record_errors = []
        for _ in range(length):
            record_errors_item, position = _read_batch_index_and_error_message(buffer, position, version)
            record_errors_.append(record_errors_item)
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            self.error_message = None
        else:
            end = position + length
            self.error_message = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.current_leader = None
        self.unknown_tagged_fields = None
    else:
        self.index, self.error_code, self.base_offset = _unpack_ihq(buffer, position)
        position += 14
        if version >= 2:
            (self.log_append_time_ms,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.log_append_time_ms = -1
        if version >= 5:
            (self.log_start_offset,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.log_start_offset = -1
        self.record_errors = []
        self.error_message = None
        self.current_leader = None
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_produce_response(buffer: Buffer, position: int, version: int) -> tuple[TopicProduceResponse, int]:
    self = new(TopicProduceResponse)
    if version >= 13:
        self.name = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        partition_responses_ = self.partition_responses = []
        for _ in range(length - 1):
            partition_responses_item, position = _read_partition_produce_response(buffer, position, version)
            partition_responses_.append(partition_responses_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 9:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        partition_responses_ = self.partition_responses = []
        for _ in range(length - 1):
            partition_responses_item, position = _read_partition_produce_response(buffer, position, version)
            partition_responses_.append(partition_responses_item)
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
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 14 * length > len(buffer) - position:
            refuse_count()
        partition_responses_ = self.partition_responses = []
        for _ in range(length):
            partition_responses_item, position = _read_partition_produce_response(buffer, position, version)
            partition_responses_.append(partition_responses_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_node_endpoint(buffer: Buffer, position: int, version: int) -> tuple[NodeEndpoint, int]:
    self = new(NodeEndpoint)
    self.node_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack = None
    else:
        end = position + length - 1
        self.rack = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_produce_response(buffer: Buffer, position: int, version: int) -> tuple[ProduceResponse, int]:
    self = new(ProduceResponse)
    if version >= 9:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length - 1):
            responses_item, position = _read_topic_produce_response(buffer, position, version)
            responses_.append(responses_item)
        self.throttle_time_ms, count = _unpack_iB(buffer, position)
        position += 5
        self.node_endpoints = []
        self.unknown_tagged_fields = None
        if count:
            if count > 127:
                start = position - 1
                count, position = read_uvarint(buffer, start)
                check_tag_count(buffer, start, position, count)
            for _ in range(count):
                tag, position = read_uvarint(buffer, position)
                size, position = read_uvarint(buffer, position)
                tag_end = position + size
                if tag_end > len(buffer):
                    refuse_count()
                if tag == 0:
                    if not (version >= 10):
                        refuse_tag(tag)
                    length = buffer[position]
                    position += 1
                    if not 0 < length < 128:
                        length, position = read_compact_length(buffer, position - 1)
                    if 11 * (length - 1) > len(buffer) - position:
                        refuse_count()
                    node_endpoints_ = self.node_endpoints = []
                    for _ in range(length - 1):
                        node_endpoints_item, position = _read_node_endpoint(buffer, position, version)
                        node_endpoints_.append(node_endpoints_item)
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 1:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_topic_produce_response(buffer, position, version)
            responses_.append(responses_item)
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        self.node_endpoints = []
        self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_topic_produce_response(buffer, position, version)
            responses_.append(responses_item)
        self.throttle_time_ms = 0
        self.node_endpoints = []
        self.unknown_tagged_fields = None
    return self, position
