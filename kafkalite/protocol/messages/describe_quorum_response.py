# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeQuorumResponse."""

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
    read_text_length,
    refuse_count,
    refuse_field,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_pack_iiq = Struct(">iiq").pack
_unpack_iiqB = Struct(">iiqB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qq = Struct(">qq").unpack_from
_pack_qq = Struct(">qq").pack


class ReplicaState(Message):
    """`ReplicaState` of DescribeQuorumResponse, versions 0-2."""

    __slots__ = (
        "replica_id",
        "replica_directory_id",
        "log_end_offset",
        "last_fetch_timestamp",
        "last_caught_up_timestamp",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        replica_id: int = 0,
        replica_directory_id: bytes = ZERO_UUID,
        log_end_offset: int = 0,
        last_fetch_timestamp: int = -1,
        last_caught_up_timestamp: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.replica_id = replica_id
        self.replica_directory_id = replica_directory_id
        self.log_end_offset = log_end_offset
        self.last_fetch_timestamp = last_fetch_timestamp
        self.last_caught_up_timestamp = last_caught_up_timestamp
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.replica_id)
        if version >= 2:
            out += _pack_16s(self.replica_directory_id)
        else:
            if self.replica_directory_id != ZERO_UUID:
                refuse_field("ReplicaState", "replica_directory_id", version)
        out += _pack_q(self.log_end_offset)
        if version >= 1:
            out += _pack_qq(self.last_fetch_timestamp, self.last_caught_up_timestamp)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class PartitionData(Message):
    """`PartitionData` of DescribeQuorumResponse, versions 0-2."""

    __slots__ = (
        "partition_index",
        "error_code",
        "error_message",
        "leader_id",
        "leader_epoch",
        "high_watermark",
        "current_voters",
        "observers",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        leader_id: int = 0,
        leader_epoch: int = 0,
        high_watermark: int = 0,
        current_voters: list[ReplicaState] | None = None,
        observers: list[ReplicaState] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.error_message = error_message
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.high_watermark = high_watermark
        self.current_voters: list[ReplicaState] = [] if current_voters is None else current_voters
        self.observers: list[ReplicaState] = [] if observers is None else observers
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ih(self.partition_index, self.error_code)
        if version >= 2:
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
        out += _pack_iiq(self.leader_id, self.leader_epoch, self.high_watermark)
        length = len(self.current_voters) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for current_voters_item in self.current_voters:
            current_voters_item.write(out, version)
        length = len(self.observers) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for observers_item in self.observers:
            observers_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TopicData(Message):
    """`TopicData` of DescribeQuorumResponse, versions 0-2."""

    __slots__ = (
        "topic_name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic_name: str = "",
        partitions: list[PartitionData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic_name = topic_name
        self.partitions: list[PartitionData] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
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


class Listener(Message):
    """`Listener` of DescribeQuorumResponse, versions 2."""

    __slots__ = (
        "name",
        "host",
        "port",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        host: str = "",
        port: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.host = host
        self.port = port
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_u(self.port)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Node(Message):
    """`Node` of DescribeQuorumResponse, versions 2."""

    __slots__ = (
        "node_id",
        "listeners",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        node_id: int = 0,
        listeners: list[Listener] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.node_id = node_id
        self.listeners: list[Listener] = [] if listeners is None else listeners
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.node_id)
        length = len(self.listeners) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for listeners_item in self.listeners:
            listeners_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeQuorumResponse(Message):
    """Kafka's response 55 `DescribeQuorumResponse`: versions 0-2, flexible from 0."""

    __slots__ = (
        "error_code",
        "error_message",
        "topics",
        "nodes",
        "unknown_tagged_fields",
    )

    API_KEY = 55
    NAME = "DescribeQuorumResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = "",
        topics: list[TopicData] | None = None,
        nodes: list[Node] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.topics: list[TopicData] = [] if topics is None else topics
        self.nodes: list[Node] = [] if nodes is None else nodes
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_h(self.error_code)
        if version >= 2:
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
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            topics_item.write(out, version)
        if version >= 2:
            length = len(self.nodes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for nodes_item in self.nodes:
                nodes_item.write(out, version)
        else:
            if self.nodes:
                refuse_field("DescribeQuorumResponse", "nodes", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeQuorumResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_quorum_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeQuorumResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeQuorumResponse")
        return message, position


def _read_replica_state(buffer: Buffer, position: int, version: int) -> tuple[ReplicaState, int]:
    self = new(ReplicaState)
    (self.replica_id,) = _unpack_i(buffer, position)
    position += 4
    if version >= 2:
        (self.replica_directory_id,) = _unpack_16s(buffer, position)
        position += 16
    else:
        self.replica_directory_id = ZERO_UUID
    (self.log_end_offset,) = _unpack_q(buffer, position)
    position += 8
    if version >= 1:
        self.last_fetch_timestamp, self.last_caught_up_timestamp = _unpack_qq(buffer, position)
        position += 16
    else:
        self.last_fetch_timestamp = -1
        self.last_caught_up_timestamp = -1
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_partition_data(buffer: Buffer, position: int, version: int) -> tuple[PartitionData, int]:
    self = new(PartitionData)
    self.partition_index, self.error_code = _unpack_ih(buffer, position)
    position += 6
    if version >= 2:
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
    else:
        self.error_message = ""
    self.leader_id, self.leader_epoch, self.high_watermark, length = _unpack_iiqB(buffer, position)
    position += 17
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 13 * (length - 1) > len(buffer) - position:
        refuse_count()
    current_voters_ = self.current_voters = []
    for _ in range(length - 1):
        current_voters_item, position = _read_replica_state(buffer, position, version)
        current_voters_.append(current_voters_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 13 * (length - 1) > len(buffer) - position:
        refuse_count()
    observers_ = self.observers = []
    for _ in range(length - 1):
        observers_item, position = _read_replica_state(buffer, position, version)
        observers_.append(observers_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_data(buffer: Buffer, position: int, version: int) -> tuple[TopicData, int]:
    self = new(TopicData)
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
    if 25 * (length - 1) > len(buffer) - position:
        refuse_count()
    partitions_ = self.partitions = []
    for _ in range(length - 1):
        partitions_item, position = _read_partition_data(buffer, position, version)
        partitions_.append(partitions_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_listener(buffer: Buffer, position: int, version: int) -> tuple[Listener, int]:
    self = new(Listener)
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
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, count = _unpack_uB(buffer, position)
    position += 3
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_node(buffer: Buffer, position: int, version: int) -> tuple[Node, int]:
    self = new(Node)
    self.node_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 5 * (length - 1) > len(buffer) - position:
        refuse_count()
    listeners_ = self.listeners = []
    for _ in range(length - 1):
        listeners_item, position = _read_listener(buffer, position, version)
        listeners_.append(listeners_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_quorum_response(buffer: Buffer, position: int, version: int) -> tuple[DescribeQuorumResponse, int]:
    self = new(DescribeQuorumResponse)
    (self.error_code,) = _unpack_h(buffer, position)
    position += 2
    if version >= 2:
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
    else:
        self.error_message = ""
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_topic_data(buffer, position, version)
        topics_.append(topics_item)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 6 * (length - 1) > len(buffer) - position:
            refuse_count()
        nodes_ = self.nodes = []
        for _ in range(length - 1):
            nodes_item, position = _read_node(buffer, position, version)
            nodes_.append(nodes_item)
    else:
        self.nodes = []
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
