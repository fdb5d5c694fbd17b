# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's MetadataResponse."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
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

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_pack_t = Struct(">?").pack
_unpack_tB = Struct(">?B").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_unpack_hii = Struct(">hii").unpack_from
_pack_hii = Struct(">hii").pack
_pack_hiii = Struct(">hiii").pack
_unpack_hiiiB = Struct(">hiiiB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack


class MetadataResponseBroker(Message):
    """`MetadataResponseBroker` of MetadataResponse, versions 0-13."""

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
        if version >= 9:
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
        else:
            data = self.host.encode()
            out += _pack_ih(self.node_id, len(data))
            out += data
            out += _pack_i(self.port)
            if version >= 1:
                if self.rack is None:
                    out += b"\xff\xff"
                else:
                    data = self.rack.encode()
                    out += _pack_h(len(data))
                    out += data
            if self.unknown_tagged_fields:
                refuse_field("MetadataResponseBroker", "unknown_tagged_fields", version)


class MetadataResponsePartition(Message):
    """`MetadataResponsePartition` of MetadataResponse, versions 0-13."""

    __slots__ = (
        "error_code",
        "partition_index",
        "leader_id",
        "leader_epoch",
        "replica_nodes",
        "isr_nodes",
        "offline_replicas",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        partition_index: int = 0,
        leader_id: int = 0,
        leader_epoch: int = -1,
        replica_nodes: list[int] | None = None,
        isr_nodes: list[int] | None = None,
        offline_replicas: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.partition_index = partition_index
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.replica_nodes: list[int] = [] if replica_nodes is None else replica_nodes
        self.isr_nodes: list[int] = [] if isr_nodes is None else isr_nodes
        self.offline_replicas: list[int] = [] if offline_replicas is None else offline_replicas
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            out += _pack_hiii(self.error_code, self.partition_index, self.leader_id, self.leader_epoch)
            length = len(self.replica_nodes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.replica_nodes)}i", *self.replica_nodes)
            length = len(self.isr_nodes) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.isr_nodes)}i", *self.isr_nodes)
            length = len(self.offline_replicas) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.offline_replicas)}i", *self.offline_replicas)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_hii(self.error_code, self.partition_index, self.leader_id)
            if version >= 7:
                out += _pack_i(self.leader_epoch)
            out += _pack_i(len(self.replica_nodes))
            out += pack(f">{len(self.replica_nodes)}i", *self.replica_nodes)
            out += _pack_i(len(self.isr_nodes))
            out += pack(f">{len(self.isr_nodes)}i", *self.isr_nodes)
            if version >= 5:
                out += _pack_i(len(self.offline_replicas))
                out += pack(f">{len(self.offline_replicas)}i", *self.offline_replicas)
            if self.unknown_tagged_fields:
                refuse_field("MetadataResponsePartition", "unknown_tagged_fields", version)


class MetadataResponseTopic(Message):
    """`MetadataResponseTopic` of MetadataResponse, versions 0-13."""

    __slots__ = (
        "error_code",
        "name",
        "topic_id",
        "is_internal",
        "partitions",
        "topic_authorized_operations",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        name: str | None = "",
        topic_id: bytes = ZERO_UUID,
        is_internal: bool = False,
        partitions: list[MetadataResponsePartition] | None = None,
        topic_authorized_operations: int = -2147483648,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.name = name
        self.topic_id = topic_id
        self.is_internal = is_internal
        self.partitions: list[MetadataResponsePartition] = [] if partitions is None else partitions
        self.topic_authorized_operations = topic_authorized_operations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 9:
            out += _pack_h(self.error_code)
            if self.name is None:
                if not (version >= 12):
                    refuse_field("MetadataResponseTopic", "name", version)
                out.append(0)
            else:
                data = self.name.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            if version >= 10:
                out += _pack_16s(self.topic_id)
            out += _pack_t(self.is_internal)
            length = len(self.partitions) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            out += _pack_i(self.topic_authorized_operations)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_h(self.error_code)
            if self.name is None:
                refuse_field("MetadataResponseTopic", "name", version)
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            if version >= 1:
                out += _pack_t(self.is_internal)
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if version >= 8:
                out += _pack_i(self.topic_authorized_operations)
            else:
                if self.topic_authorized_operations != -2147483648:
                    refuse_field("MetadataResponseTopic", "topic_authorized_operations", version)
            if self.unknown_tagged_fields:
                refuse_field("MetadataResponseTopic", "unknown_tagged_fields", version)


class MetadataResponse(Message):
    """Kafka's response 3 `MetadataResponse`: versions 0-13, flexible from 9."""

    __slots__ = (
        "throttle_time_ms",
        "brokers",
        "cluster_id",
        "controller_id",
        "topics",
        "cluster_authorized_operations",
        "error_code",
        "unknown_tagged_fields",
    )

    API_KEY = 3
    NAME = "MetadataResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 13
    FIRST_FLEXIBLE_VERSION = 9

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        brokers: list[MetadataResponseBroker] | None = None,
        cluster_id: str | None = None,
        controller_id: int = -1,
        topics: list[MetadataResponseTopic] | None = None,
        cluster_authorized_operations: int = -2147483648,
        error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.brokers: list[MetadataResponseBroker] = [] if brokers is None else brokers
        self.cluster_id = cluster_id
        self.controller_id = controller_id
        self.topics: list[MetadataResponseTopic] = [] if topics is None else topics
        self.cluster_authorized_operations = cluster_authorized_operations
        self.error_code = error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 9:
            out += _pack_i(self.throttle_time_ms)
            length = len(self.brokers) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for brokers_item in self.brokers:
                brokers_item.write(out, version)
            if self.cluster_id is None:
                out.append(0)
            else:
                data = self.cluster_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
            out += _pack_i(self.controller_id)
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            if version <= 10:
                out += _pack_i(self.cluster_authorized_operations)
            else:
                if self.cluster_authorized_operations != -2147483648:
                    refuse_field("MetadataResponse", "cluster_authorized_operations", version)
            if version >= 13:
                out += _pack_h(self.error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if version >= 3:
                out += _pack_i(self.throttle_time_ms)
            out += _pack_i(len(self.brokers))
            for brokers_item in self.brokers:
                brokers_item.write(out, version)
            if version >= 2:
                if self.cluster_id is None:
                    out += b"\xff\xff"
                else:
                    data = self.cluster_id.encode()
                    out += _pack_h(len(data))
                    out += data
            if version >= 1:
                out += _pack_i(self.controller_id)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if version >= 8:
                out += _pack_i(self.cluster_authorized_operations)
            else:
                if self.cluster_authorized_operations != -2147483648:
                    refuse_field("MetadataResponse", "cluster_authorized_operations", version)
            if self.unknown_tagged_fields:
                refuse_field("MetadataResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[MetadataResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_metadata_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("MetadataResponse", error)
        if position > len(buffer):
            refuse_truncated("MetadataResponse")
        return message, position


def _read_metadata_response_broker(buffer: Buffer, position: int, version: int) -> tuple[MetadataResponseBroker, int]:
    self = new(MetadataResponseBroker)
    if version >= 9:
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
    else:
        self.node_id, length = _unpack_ih(buffer, position)
        position += 6
        if length < 0:
            refuse_null()
        end = position + length
        self.host = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (self.port,) = _unpack_i(buffer, position)
        position += 4
        if version >= 1:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.rack = None
            else:
                end = position + length
                self.rack = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.rack = None
        self.unknown_tagged_fields = None
    return self, position


def _read_metadata_response_partition(
    buffer: Buffer, position: int, version: int
) -> tuple[MetadataResponsePartition, int]:
    self = new(MetadataResponsePartition)
    if version >= 9:
        self.error_code, self.partition_index, self.leader_id, self.leader_epoch, length = _unpack_hiiiB(
            buffer, position
        )
        position += 15
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.replica_nodes, position = read_numbers(buffer, position, length - 1, "i", 4)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.isr_nodes, position = read_numbers(buffer, position, length - 1, "i", 4)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.offline_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, self.partition_index, self.leader_id = _unpack_hii(buffer, position)
        position += 10
        if version >= 7:
            (self.leader_epoch,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.leader_epoch = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.replica_nodes, position = read_numbers(buffer, position, length, "i", 4)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.isr_nodes, position = read_numbers(buffer, position, length, "i", 4)
        if version >= 5:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            self.offline_replicas, position = read_numbers(buffer, position, length, "i", 4)
        else:
            self.offline_replicas = []
        self.unknown_tagged_fields = None
    return self, position


def _read_metadata_response_topic(buffer: Buffer, position: int, version: int) -> tuple[MetadataResponseTopic, int]:
    self = new(MetadataResponseTopic)
    if version >= 9:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            if not (version >= 12):
                refuse_null()
            self.name = None
        else:
            end = position + length - 1
            self.name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        if version >= 10:
            (self.topic_id,) = _unpack_16s(buffer, position)
            position += 16
        else:
            self.topic_id = ZERO_UUID
        self.is_internal, length = _unpack_tB(buffer, position)
        position += 2
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_metadata_response_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.topic_authorized_operations, count = _unpack_iB(buffer, position)
        position += 5
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
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        if version >= 1:
            self.is_internal = buffer[position] != 0
            position += 1
        else:
            self.is_internal = False
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 18 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_metadata_response_partition(buffer, position, version)
            partitions_.append(partitions_item)
        if version >= 8:
            (self.topic_authorized_operations,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.topic_authorized_operations = -2147483648
        self.unknown_tagged_fields = None
    return self, position


def _read_metadata_response(buffer: Buffer, position: int, version: int) -> tuple[MetadataResponse, int]:
    self = new(MetadataResponse)
    if version >= 9:
        self.throttle_time_ms, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 11 * (length - 1) > len(buffer) - position:
            refuse_count()
        brokers_ = self.brokers = []
        for _ in range(length - 1):
            brokers_item, position = _read_metadata_response_broker(buffer, position, version)
            brokers_.append(brokers_item)
        length = buffer[position]
        position += 1
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.cluster_id = None
        else:
            end = position + length - 1
            self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
        self.controller_id, length = _unpack_iB(buffer, position)
        position += 5
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 10 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_metadata_response_topic(buffer, position, version)
            topics_.append(topics_item)
        if version <= 10:
            (self.cluster_authorized_operations,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.cluster_authorized_operations = -2147483648
        if version >= 13:
            (self.error_code,) = _unpack_h(buffer, position)
            position += 2
        else:
            self.error_code = 0
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        if version >= 3:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 10 * length > len(buffer) - position:
            refuse_count()
        brokers_ = self.brokers = []
        for _ in range(length):
            brokers_item, position = _read_metadata_response_broker(buffer, position, version)
            brokers_.append(brokers_item)
        if version >= 2:
            (length,) = _unpack_h(buffer, position)
            position += 2
            if length < 0:
                self.cluster_id = None
            else:
                end = position + length
                self.cluster_id = str(buffer[position:end], "utf-8", "as-java")
                position = end
        else:
            self.cluster_id = None
        if version >= 1:
            (self.controller_id,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.controller_id = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 8 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_metadata_response_topic(buffer, position, version)
            topics_.append(topics_item)
        if version >= 8:
            (self.cluster_authorized_operations,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.cluster_authorized_operations = -2147483648
        self.error_code = 0
        self.unknown_tagged_fields = None
    return self, position
