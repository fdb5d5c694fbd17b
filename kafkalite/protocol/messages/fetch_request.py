# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FetchRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
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

_unpack_16s = Struct(">16s").unpack_from
_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack
_pack_iiibii = Struct(">iiibii").pack
_unpack_iiibiiB = Struct(">iiibiiB").unpack_from
_unpack_iiibiii = Struct(">iiibiii").unpack_from
_pack_iiibiii = Struct(">iiibiii").pack
_pack_iiiibii = Struct(">iiiibii").pack
_unpack_iiiibiiB = Struct(">iiiibiiB").unpack_from
_unpack_iiq = Struct(">iiq").unpack_from
_pack_iiq = Struct(">iiq").pack
_pack_iiqiqi = Struct(">iiqiqi").pack
_unpack_iiqiqiB = Struct(">iiqiqiB").unpack_from
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_unpack_qi = Struct(">qi").unpack_from
_pack_qi = Struct(">qi").pack


class ReplicaState(Message):
    """`ReplicaState` of FetchRequest, versions 15-18."""

    __slots__ = (
        "replica_id",
        "replica_epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        replica_id: int = -1,
        replica_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.replica_id = replica_id
        self.replica_epoch = replica_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_iq(self.replica_id, self.replica_epoch)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class FetchPartition(Message):
    """`FetchPartition` of FetchRequest, versions 0-18."""

    __slots__ = (
        "partition",
        "current_leader_epoch",
        "fetch_offset",
        "last_fetched_epoch",
        "log_start_offset",
        "partition_max_bytes",
        "replica_directory_id",
        "high_watermark",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition: int = 0,
        current_leader_epoch: int = -1,
        fetch_offset: int = 0,
        last_fetched_epoch: int = -1,
        log_start_offset: int = -1,
        partition_max_bytes: int = 0,
        replica_directory_id: bytes = ZERO_UUID,
        high_watermark: int = 9223372036854775807,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition = partition
        self.current_leader_epoch = current_leader_epoch
        self.fetch_offset = fetch_offset
        self.last_fetched_epoch = last_fetched_epoch
        self.log_start_offset = log_start_offset
        self.partition_max_bytes = partition_max_bytes
        self.replica_directory_id = replica_directory_id
        self.high_watermark = high_watermark
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 12:
            out += _pack_iiqiqi(
                self.partition,
                self.current_leader_epoch,
                self.fetch_offset,
                self.last_fetched_epoch,
                self.log_start_offset,
                self.partition_max_bytes,
            )
            known: TaggedFields | None = None
            if version >= 17:
                if self.replica_directory_id != ZERO_UUID:
                    body = bytearray()
                    body += _pack_16s(self.replica_directory_id)
                    if known is None:
                        known = {}
                    known[0] = bytes(body)
            if version >= 18:
                if self.high_watermark != 9223372036854775807:
                    body = bytearray()
                    body += _pack_q(self.high_watermark)
                    if known is None:
                        known = {}
                    known[1] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 9:
            out += _pack_iiq(self.partition, self.current_leader_epoch, self.fetch_offset)
            if self.last_fetched_epoch != -1:
                refuse_field("FetchPartition", "last_fetched_epoch", version)
            out += _pack_qi(self.log_start_offset, self.partition_max_bytes)
            if self.unknown_tagged_fields:
                refuse_field("FetchPartition", "unknown_tagged_fields", version)
        else:
            out += _pack_i(self.partition)
            out += _pack_q(self.fetch_offset)
            if self.last_fetched_epoch != -1:
                refuse_field("FetchPartition", "last_fetched_epoch", version)
            if version >= 5:
                out += _pack_q(self.log_start_offset)
            out += _pack_i(self.partition_max_bytes)
            if self.unknown_tagged_fields:
                refuse_field("FetchPartition", "unknown_tagged_fields", version)


class FetchTopic(Message):
    """`FetchTopic` of FetchRequest, versions 0-18."""

    __slots__ = (
        "topic",
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[FetchPartition] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions: list[FetchPartition] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 13:
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
        elif version >= 12:
            data = self.topic.encode()
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
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("FetchTopic", "unknown_tagged_fields", version)


class ForgottenTopic(Message):
    """`ForgottenTopic` of FetchRequest, versions 7-18."""

    __slots__ = (
        "topic",
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 13:
            out += _pack_16s(self.topic_id)
            length = len(self.partitions) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        elif version >= 12:
            data = self.topic.encode()
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
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields:
                refuse_field("ForgottenTopic", "unknown_tagged_fields", version)


class FetchRequest(Message):
    """Kafka's request 1 `FetchRequest`: versions 0-18, flexible from 12."""

    __slots__ = (
        "cluster_id",
        "replica_id",
        "replica_state",
        "max_wait_ms",
        "min_bytes",
        "max_bytes",
        "isolation_level",
        "session_id",
        "session_epoch",
        "topics",
        "forgotten_topics_data",
        "rack_id",
        "unknown_tagged_fields",
    )

    API_KEY = 1
    NAME = "FetchRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 18
    FIRST_FLEXIBLE_VERSION = 12

    def __init__(
        self,
        *,
        cluster_id: str | None = None,
        replica_id: int = -1,
        replica_state: ReplicaState | None = None,
        max_wait_ms: int = 0,
        min_bytes: int = 0,
        max_bytes: int = 2147483647,
        isolation_level: int = 0,
        session_id: int = 0,
        session_epoch: int = -1,
        topics: list[FetchTopic] | None = None,
        forgotten_topics_data: list[ForgottenTopic] | None = None,
        rack_id: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.cluster_id = cluster_id
        self.replica_id = replica_id
        self.replica_state = replica_state
        self.max_wait_ms = max_wait_ms
        self.min_bytes = min_bytes
        self.max_bytes = max_bytes
        self.isolation_level = isolation_level
        self.session_id = session_id
        self.session_epoch = session_epoch
        self.topics: list[FetchTopic] = [] if topics is None else topics
        self.forgotten_topics_data: list[ForgottenTopic] = (
            [] if forgotten_topics_data is None else forgotten_topics_data
        )
        self.rack_id = rack_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 15:
            if self.replica_id != -1:
                refuse_field("FetchRequest", "replica_id", version)
            out += _pack_iiibii(
                self.max_wait_ms,
                self.min_bytes,
                self.max_bytes,
                self.isolation_level,
                self.session_id,
                self.session_epoch,
            )
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            length = len(self.forgotten_topics_data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for forgotten_topics_data_item in self.forgotten_topics_data:
                forgotten_topics_data_item.write(out, version)
            data = self.rack_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            known: TaggedFields | None = None
            if self.cluster_id is not None:
                body = bytearray()
                data = self.cluster_id.encode()
                length = len(data) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                body += data
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if self.replica_state is not None and self.replica_state != ReplicaState():
                body = bytearray()
                self.replica_state.write(body, version)
                if known is None:
                    known = {}
                known[1] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 12:
            out += _pack_iiiibii(
                self.replica_id,
                self.max_wait_ms,
                self.min_bytes,
                self.max_bytes,
                self.isolation_level,
                self.session_id,
                self.session_epoch,
            )
            length = len(self.topics) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for topics_item in self.topics:
                topics_item.write(out, version)
            length = len(self.forgotten_topics_data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for forgotten_topics_data_item in self.forgotten_topics_data:
                forgotten_topics_data_item.write(out, version)
            data = self.rack_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            if self.replica_state is not None and self.replica_state != ReplicaState():
                refuse_field("FetchRequest", "replica_state", version)
            known = None
            if self.cluster_id is not None:
                body = bytearray()
                data = self.cluster_id.encode()
                length = len(data) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                body += data
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 11:
            out += _pack_i(self.replica_id)
            if self.replica_state is not None and self.replica_state != ReplicaState():
                refuse_field("FetchRequest", "replica_state", version)
            out += _pack_iiibiii(
                self.max_wait_ms,
                self.min_bytes,
                self.max_bytes,
                self.isolation_level,
                self.session_id,
                self.session_epoch,
                len(self.topics),
            )
            for topics_item in self.topics:
                topics_item.write(out, version)
            out += _pack_i(len(self.forgotten_topics_data))
            for forgotten_topics_data_item in self.forgotten_topics_data:
                forgotten_topics_data_item.write(out, version)
            data = self.rack_id.encode()
            out += _pack_h(len(data))
            out += data
            if self.unknown_tagged_fields:
                refuse_field("FetchRequest", "unknown_tagged_fields", version)
        else:
            out += _pack_i(self.replica_id)
            if self.replica_state is not None and self.replica_state != ReplicaState():
                refuse_field("FetchRequest", "replica_state", version)
            out += _pack_ii(self.max_wait_ms, self.min_bytes)
            if version >= 3:
                out += _pack_i(self.max_bytes)
            if version >= 4:
                out += _pack_b(self.isolation_level)
            if version >= 7:
                out += _pack_ii(self.session_id, self.session_epoch)
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if version >= 7:
                out += _pack_i(len(self.forgotten_topics_data))
                for forgotten_topics_data_item in self.forgotten_topics_data:
                    forgotten_topics_data_item.write(out, version)
            else:
                if self.forgotten_topics_data:
                    refuse_field("FetchRequest", "forgotten_topics_data", version)
            if self.unknown_tagged_fields:
                refuse_field("FetchRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[FetchRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_fetch_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("FetchRequest", error)
        if position > len(buffer):
            refuse_truncated("FetchRequest")
        return message, position


def _read_replica_state(buffer: Buffer, position: int, version: int) -> tuple[ReplicaState, int]:
    self = new(ReplicaState)
    self.replica_id, self.replica_epoch, count = _unpack_iqB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_partition(buffer: Buffer, position: int, version: int) -> tuple[FetchPartition, int]:
    self = new(FetchPartition)
    if version >= 12:
        (
            self.partition,
            self.current_leader_epoch,
            self.fetch_offset,
            self.last_fetched_epoch,
            self.log_start_offset,
            self.partition_max_bytes,
            count,
        ) = _unpack_iiqiqiB(buffer, position)
        position += 33
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
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
                    if not (version >= 17):
                        refuse_tag(tag)
                    (self.replica_directory_id,) = _unpack_16s(buffer, position)
                    position += 16
                elif tag == 1:
                    if not (version >= 18):
                        refuse_tag(tag)
                    (self.high_watermark,) = _unpack_q(buffer, position)
                    position += 8
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 9:
        self.partition, self.current_leader_epoch, self.fetch_offset = _unpack_iiq(buffer, position)
        position += 16
        self.last_fetched_epoch = -1
        self.log_start_offset, self.partition_max_bytes = _unpack_qi(buffer, position)
        position += 12
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
        self.unknown_tagged_fields = None
    else:
        (self.partition,) = _unpack_i(buffer, position)
        position += 4
        self.current_leader_epoch = -1
        (self.fetch_offset,) = _unpack_q(buffer, position)
        position += 8
        self.last_fetched_epoch = -1
        if version >= 5:
            (self.log_start_offset,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.log_start_offset = -1
        (self.partition_max_bytes,) = _unpack_i(buffer, position)
        position += 4
        self.replica_directory_id = ZERO_UUID
        self.high_watermark = 9223372036854775807
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_topic(buffer: Buffer, position: int, version: int) -> tuple[FetchTopic, int]:
    self = new(FetchTopic)
    if version >= 13:
        self.topic = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_fetch_partition(buffer, position, version)
            partitions_.append(partitions_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 12:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 33 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_fetch_partition(buffer, position, version)
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
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 16 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_fetch_partition(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_forgotten_topic(buffer: Buffer, position: int, version: int) -> tuple[ForgottenTopic, int]:
    self = new(ForgottenTopic)
    if version >= 13:
        self.topic = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 12:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partitions, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partitions, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_request(buffer: Buffer, position: int, version: int) -> tuple[FetchRequest, int]:
    self = new(FetchRequest)
    if version >= 15:
        self.replica_id = -1
        (
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiibiiB(buffer, position)
        position += 22
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_fetch_topic(buffer, position, version)
            topics_.append(topics_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 18 * (length - 1) > len(buffer) - position:
            refuse_count()
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length - 1):
            forgotten_topics_data_item, position = _read_forgotten_topic(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
        self.cluster_id = None
        self.replica_state = None
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
                elif tag == 1:
                    self.replica_state, position = _read_replica_state(buffer, position, version)
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 12:
        (
            self.replica_id,
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiiibiiB(buffer, position)
        position += 26
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_fetch_topic(buffer, position, version)
            topics_.append(topics_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length - 1):
            forgotten_topics_data_item, position = _read_forgotten_topic(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        count = buffer[position]
        position += 1
        self.cluster_id = None
        self.replica_state = None
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
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 11:
        self.cluster_id = None
        (self.replica_id,) = _unpack_i(buffer, position)
        position += 4
        self.replica_state = None
        (
            self.max_wait_ms,
            self.min_bytes,
            self.max_bytes,
            self.isolation_level,
            self.session_id,
            self.session_epoch,
            length,
        ) = _unpack_iiibiii(buffer, position)
        position += 25
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_fetch_topic(buffer, position, version)
            topics_.append(topics_item)
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        forgotten_topics_data_ = self.forgotten_topics_data = []
        for _ in range(length):
            forgotten_topics_data_item, position = _read_forgotten_topic(buffer, position, version)
            forgotten_topics_data_.append(forgotten_topics_data_item)
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.unknown_tagged_fields = None
    else:
        self.cluster_id = None
        (self.replica_id,) = _unpack_i(buffer, position)
        position += 4
        self.replica_state = None
        self.max_wait_ms, self.min_bytes = _unpack_ii(buffer, position)
        position += 8
        if version >= 3:
            (self.max_bytes,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.max_bytes = 2147483647
        if version >= 4:
            (self.isolation_level,) = _unpack_b(buffer, position)
            position += 1
        else:
            self.isolation_level = 0
        if version >= 7:
            self.session_id, self.session_epoch = _unpack_ii(buffer, position)
            position += 8
        else:
            self.session_id = 0
            self.session_epoch = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_fetch_topic(buffer, position, version)
            topics_.append(topics_item)
        if version >= 7:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                refuse_null()
            if 6 * length > len(buffer) - position:
                refuse_count()
            forgotten_topics_data_ = self.forgotten_topics_data = []
            for _ in range(length):
                forgotten_topics_data_item, position = _read_forgotten_topic(buffer, position, version)
                forgotten_topics_data_.append(forgotten_topics_data_item)
        else:
            self.forgotten_topics_data = []
        self.rack_id = ""
        self.unknown_tagged_fields = None
    return self, position
