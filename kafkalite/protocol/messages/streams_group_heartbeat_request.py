# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupHeartbeatRequest."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_t = Struct(">?").pack
_unpack_tB = Struct(">?B").unpack_from
_pack_u = Struct(">H").pack
_unpack_uB = Struct(">HB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class KeyValue(Message):
    """`KeyValue` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "key",
        "value",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        key: str = "",
        value: str = "",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.key = key
        self.value = value
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.key.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.value.encode()
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


class TopicInfo(Message):
    """`TopicInfo` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "name",
        "partitions",
        "replication_factor",
        "topic_configs",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: int = 0,
        replication_factor: int = 0,
        topic_configs: list[KeyValue] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions = partitions
        self.replication_factor = replication_factor
        self.topic_configs: list[KeyValue] = [] if topic_configs is None else topic_configs
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
        out += _pack_ih(self.partitions, self.replication_factor)
        length = len(self.topic_configs) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topic_configs_item in self.topic_configs:
            topic_configs_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Endpoint(Message):
    """`Endpoint` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "host",
        "port",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        host: str = "",
        port: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.host = host
        self.port = port
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
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


class TaskOffset(Message):
    """`TaskOffset` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "subtopology_id",
        "partition",
        "offset",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        partition: int = 0,
        offset: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partition = partition
        self.offset = offset
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.subtopology_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_iq(self.partition, self.offset)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TaskIds(Message):
    """`TaskIds` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "subtopology_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.subtopology_id.encode()
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


class CopartitionGroup(Message):
    """`CopartitionGroup` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "source_topics",
        "source_topic_regex",
        "repartition_source_topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        source_topics: list[int] | None = None,
        source_topic_regex: list[int] | None = None,
        repartition_source_topics: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.source_topics: list[int] = [] if source_topics is None else source_topics
        self.source_topic_regex: list[int] = [] if source_topic_regex is None else source_topic_regex
        self.repartition_source_topics: list[int] = (
            [] if repartition_source_topics is None else repartition_source_topics
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        length = len(self.source_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.source_topics)}h", *self.source_topics)
        length = len(self.source_topic_regex) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.source_topic_regex)}h", *self.source_topic_regex)
        length = len(self.repartition_source_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.repartition_source_topics)}h", *self.repartition_source_topics)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Subtopology(Message):
    """`Subtopology` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "subtopology_id",
        "source_topics",
        "source_topic_regex",
        "state_changelog_topics",
        "repartition_sink_topics",
        "repartition_source_topics",
        "copartition_groups",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        source_topics: list[str] | None = None,
        source_topic_regex: list[str] | None = None,
        state_changelog_topics: list[TopicInfo] | None = None,
        repartition_sink_topics: list[str] | None = None,
        repartition_source_topics: list[TopicInfo] | None = None,
        copartition_groups: list[CopartitionGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.source_topics: list[str] = [] if source_topics is None else source_topics
        self.source_topic_regex: list[str] = [] if source_topic_regex is None else source_topic_regex
        self.state_changelog_topics: list[TopicInfo] = [] if state_changelog_topics is None else state_changelog_topics
        self.repartition_sink_topics: list[str] = [] if repartition_sink_topics is None else repartition_sink_topics
        self.repartition_source_topics: list[TopicInfo] = (
            [] if repartition_source_topics is None else repartition_source_topics
        )
        self.copartition_groups: list[CopartitionGroup] = [] if copartition_groups is None else copartition_groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.subtopology_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.source_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for source_topics_item in self.source_topics:
            data = source_topics_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.source_topic_regex) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for source_topic_regex_item in self.source_topic_regex:
            data = source_topic_regex_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.state_changelog_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for state_changelog_topics_item in self.state_changelog_topics:
            state_changelog_topics_item.write(out, version)
        length = len(self.repartition_sink_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for repartition_sink_topics_item in self.repartition_sink_topics:
            data = repartition_sink_topics_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.repartition_source_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for repartition_source_topics_item in self.repartition_source_topics:
            repartition_source_topics_item.write(out, version)
        length = len(self.copartition_groups) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for copartition_groups_item in self.copartition_groups:
            copartition_groups_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Topology(Message):
    """`Topology` of StreamsGroupHeartbeatRequest, versions 0-1."""

    __slots__ = (
        "epoch",
        "subtopologies",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        epoch: int = 0,
        subtopologies: list[Subtopology] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.epoch = epoch
        self.subtopologies: list[Subtopology] = [] if subtopologies is None else subtopologies
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.epoch)
        length = len(self.subtopologies) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for subtopologies_item in self.subtopologies:
            subtopologies_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class StreamsGroupHeartbeatRequest(Message):
    """Kafka's request 88 `StreamsGroupHeartbeatRequest`: versions 0-1, flexible from 0."""

    __slots__ = (
        "group_id",
        "member_id",
        "member_epoch",
        "endpoint_information_epoch",
        "instance_id",
        "rack_id",
        "rebalance_timeout_ms",
        "topology",
        "active_tasks",
        "standby_tasks",
        "warmup_tasks",
        "process_id",
        "user_endpoint",
        "client_tags",
        "task_offsets",
        "task_end_offsets",
        "shutdown_application",
        "unknown_tagged_fields",
    )

    API_KEY = 88
    NAME = "StreamsGroupHeartbeatRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
        member_epoch: int = 0,
        endpoint_information_epoch: int = 0,
        instance_id: str | None = None,
        rack_id: str | None = None,
        rebalance_timeout_ms: int = -1,
        topology: Topology | None = None,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        process_id: str | None = None,
        user_endpoint: Endpoint | None = None,
        client_tags: list[KeyValue] | None = None,
        task_offsets: list[TaskOffset] | None = None,
        task_end_offsets: list[TaskOffset] | None = None,
        shutdown_application: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.endpoint_information_epoch = endpoint_information_epoch
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.topology = topology
        self.active_tasks = active_tasks
        self.standby_tasks = standby_tasks
        self.warmup_tasks = warmup_tasks
        self.process_id = process_id
        self.user_endpoint = user_endpoint
        self.client_tags = client_tags
        self.task_offsets = task_offsets
        self.task_end_offsets = task_end_offsets
        self.shutdown_application = shutdown_application
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_ii(self.member_epoch, self.endpoint_information_epoch)
        if self.instance_id is None:
            out.append(0)
        else:
            data = self.instance_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.rack_id is None:
            out.append(0)
        else:
            data = self.rack_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_i(self.rebalance_timeout_ms)
        if self.topology is None:
            out.append(255)
        else:
            out.append(1)
            self.topology.write(out, version)
        if self.active_tasks is None:
            out.append(0)
        else:
            length = len(self.active_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for active_tasks_item in self.active_tasks:
                active_tasks_item.write(out, version)
        if self.standby_tasks is None:
            out.append(0)
        else:
            length = len(self.standby_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for standby_tasks_item in self.standby_tasks:
                standby_tasks_item.write(out, version)
        if self.warmup_tasks is None:
            out.append(0)
        else:
            length = len(self.warmup_tasks) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for warmup_tasks_item in self.warmup_tasks:
                warmup_tasks_item.write(out, version)
        if self.process_id is None:
            out.append(0)
        else:
            data = self.process_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.user_endpoint is None:
            out.append(255)
        else:
            out.append(1)
            self.user_endpoint.write(out, version)
        if self.client_tags is None:
            out.append(0)
        else:
            length = len(self.client_tags) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for client_tags_item in self.client_tags:
                client_tags_item.write(out, version)
        if self.task_offsets is None:
            out.append(0)
        else:
            length = len(self.task_offsets) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for task_offsets_item in self.task_offsets:
                task_offsets_item.write(out, version)
        if self.task_end_offsets is None:
            out.append(0)
        else:
            length = len(self.task_end_offsets) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for task_end_offsets_item in self.task_end_offsets:
                task_end_offsets_item.write(out, version)
        out += _pack_t(self.shutdown_application)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupHeartbeatRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_heartbeat_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupHeartbeatRequest", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupHeartbeatRequest")
        return message, position


def _read_key_value(buffer: Buffer, position: int, version: int) -> tuple[KeyValue, int]:
    self = new(KeyValue)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.key = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.value = str(buffer[position:end], "utf-8", "as-java")
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topic_info(buffer: Buffer, position: int, version: int) -> tuple[TopicInfo, int]:
    self = new(TopicInfo)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.partitions, self.replication_factor, length = _unpack_ihB(buffer, position)
    position += 7
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topic_configs_ = self.topic_configs = []
    for _ in range(length - 1):
        topic_configs_item, position = _read_key_value(buffer, position, version)
        topic_configs_.append(topic_configs_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_endpoint(buffer: Buffer, position: int, version: int) -> tuple[Endpoint, int]:
    self = new(Endpoint)
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


def _read_task_offset(buffer: Buffer, position: int, version: int) -> tuple[TaskOffset, int]:
    self = new(TaskOffset)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.subtopology_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.partition, self.offset, count = _unpack_iqB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_task_ids(buffer: Buffer, position: int, version: int) -> tuple[TaskIds, int]:
    self = new(TaskIds)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.subtopology_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
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
    return self, position


def _read_copartition_group(buffer: Buffer, position: int, version: int) -> tuple[CopartitionGroup, int]:
    self = new(CopartitionGroup)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.source_topics, position = read_numbers(buffer, position, length - 1, "h", 2)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.source_topic_regex, position = read_numbers(buffer, position, length - 1, "h", 2)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.repartition_source_topics, position = read_numbers(buffer, position, length - 1, "h", 2)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_subtopology(buffer: Buffer, position: int, version: int) -> tuple[Subtopology, int]:
    self = new(Subtopology)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.subtopology_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    source_topics_ = self.source_topics = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        source_topics_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    source_topic_regex_ = self.source_topic_regex = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        source_topic_regex_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 9 * (length - 1) > len(buffer) - position:
        refuse_count()
    state_changelog_topics_ = self.state_changelog_topics = []
    for _ in range(length - 1):
        state_changelog_topics_item, position = _read_topic_info(buffer, position, version)
        state_changelog_topics_.append(state_changelog_topics_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    repartition_sink_topics_ = self.repartition_sink_topics = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        repartition_sink_topics_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 9 * (length - 1) > len(buffer) - position:
        refuse_count()
    repartition_source_topics_ = self.repartition_source_topics = []
    for _ in range(length - 1):
        repartition_source_topics_item, position = _read_topic_info(buffer, position, version)
        repartition_source_topics_.append(repartition_source_topics_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 4 * (length - 1) > len(buffer) - position:
        refuse_count()
    copartition_groups_ = self.copartition_groups = []
    for _ in range(length - 1):
        copartition_groups_item, position = _read_copartition_group(buffer, position, version)
        copartition_groups_.append(copartition_groups_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topology(buffer: Buffer, position: int, version: int) -> tuple[Topology, int]:
    self = new(Topology)
    self.epoch, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 8 * (length - 1) > len(buffer) - position:
        refuse_count()
    subtopologies_ = self.subtopologies = []
    for _ in range(length - 1):
        subtopologies_item, position = _read_subtopology(buffer, position, version)
        subtopologies_.append(subtopologies_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_streams_group_heartbeat_request(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupHeartbeatRequest, int]:
    self = new(StreamsGroupHeartbeatRequest)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.member_epoch, self.endpoint_information_epoch, length = _unpack_iiB(buffer, position)
    position += 9
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.instance_id = None
    else:
        end = position + length - 1
        self.instance_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack_id = None
    else:
        end = position + length - 1
        self.rack_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    (self.rebalance_timeout_ms,) = _unpack_i(buffer, position)
    position += 4
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.topology = None
    else:
        self.topology, position = _read_topology(buffer, position, version)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.active_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        active_tasks_ = self.active_tasks = []
        for _ in range(length - 1):
            active_tasks_item, position = _read_task_ids(buffer, position, version)
            active_tasks_.append(active_tasks_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.standby_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        standby_tasks_ = self.standby_tasks = []
        for _ in range(length - 1):
            standby_tasks_item, position = _read_task_ids(buffer, position, version)
            standby_tasks_.append(standby_tasks_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.warmup_tasks = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        warmup_tasks_ = self.warmup_tasks = []
        for _ in range(length - 1):
            warmup_tasks_item, position = _read_task_ids(buffer, position, version)
            warmup_tasks_.append(warmup_tasks_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.process_id = None
    else:
        end = position + length - 1
        self.process_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.user_endpoint = None
    else:
        self.user_endpoint, position = _read_endpoint(buffer, position, version)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.client_tags = None
    else:
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        client_tags_ = self.client_tags = []
        for _ in range(length - 1):
            client_tags_item, position = _read_key_value(buffer, position, version)
            client_tags_.append(client_tags_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.task_offsets = None
    else:
        if 14 * (length - 1) > len(buffer) - position:
            refuse_count()
        task_offsets_ = self.task_offsets = []
        for _ in range(length - 1):
            task_offsets_item, position = _read_task_offset(buffer, position, version)
            task_offsets_.append(task_offsets_item)
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.task_end_offsets = None
    else:
        if 14 * (length - 1) > len(buffer) - position:
            refuse_count()
        task_end_offsets_ = self.task_end_offsets = []
        for _ in range(length - 1):
            task_end_offsets_item, position = _read_task_offset(buffer, position, version)
            task_end_offsets_.append(task_end_offsets_item)
    self.shutdown_application, count = _unpack_tB(buffer, position)
    position += 2
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
