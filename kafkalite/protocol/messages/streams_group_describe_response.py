# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupDescribeResponse."""

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
    refuse_field,
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
_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class Endpoint(Message):
    """`Endpoint` of StreamsGroupDescribeResponse, versions 0-1."""

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
    """`TaskOffset` of StreamsGroupDescribeResponse, versions 0-1."""

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


class Assignment(Message):
    """`Assignment` of StreamsGroupDescribeResponse, versions 0-1."""

    __slots__ = (
        "active_tasks",
        "standby_tasks",
        "warmup_tasks",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        active_tasks: list[TaskIds] | None = None,
        standby_tasks: list[TaskIds] | None = None,
        warmup_tasks: list[TaskIds] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.active_tasks: list[TaskIds] = [] if active_tasks is None else active_tasks
        self.standby_tasks: list[TaskIds] = [] if standby_tasks is None else standby_tasks
        self.warmup_tasks: list[TaskIds] = [] if warmup_tasks is None else warmup_tasks
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        length = len(self.active_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for active_tasks_item in self.active_tasks:
            active_tasks_item.write(out, version)
        length = len(self.standby_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for standby_tasks_item in self.standby_tasks:
            standby_tasks_item.write(out, version)
        length = len(self.warmup_tasks) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for warmup_tasks_item in self.warmup_tasks:
            warmup_tasks_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TaskIds(Message):
    """`TaskIds` of StreamsGroupDescribeResponse, versions 0-1."""

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


class KeyValue(Message):
    """`KeyValue` of StreamsGroupDescribeResponse, versions 0-1."""

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
    """`TopicInfo` of StreamsGroupDescribeResponse, versions 0-1."""

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


class TopologyDescription(Message):
    """`TopologyDescription` of StreamsGroupDescribeResponse, versions 1."""

    __slots__ = (
        "subtopologies",
        "global_stores",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopologies: list[TopologyDescriptionSubtopology] | None = None,
        global_stores: list[TopologyDescriptionGlobalStore] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopologies: list[TopologyDescriptionSubtopology] = [] if subtopologies is None else subtopologies
        self.global_stores: list[TopologyDescriptionGlobalStore] = [] if global_stores is None else global_stores
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        length = len(self.subtopologies) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for subtopologies_item in self.subtopologies:
            subtopologies_item.write(out, version)
        length = len(self.global_stores) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for global_stores_item in self.global_stores:
            global_stores_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TopologyDescriptionSubtopology(Message):
    """`TopologyDescriptionSubtopology` of StreamsGroupDescribeResponse, versions 1."""

    __slots__ = (
        "subtopology_id",
        "nodes",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        nodes: list[TopologyDescriptionNode] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.nodes: list[TopologyDescriptionNode] = [] if nodes is None else nodes
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
        length = len(self.nodes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for nodes_item in self.nodes:
            nodes_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class TopologyDescriptionNode(Message):
    """`TopologyDescriptionNode` of StreamsGroupDescribeResponse, versions 1."""

    __slots__ = (
        "name",
        "node_type",
        "source_topics",
        "sink_topic",
        "stores",
        "successors",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        node_type: int = 0,
        source_topics: list[str] | None = None,
        sink_topic: str | None = None,
        stores: list[str] | None = None,
        successors: list[str] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.node_type = node_type
        self.source_topics: list[str] = [] if source_topics is None else source_topics
        self.sink_topic = sink_topic
        self.stores: list[str] = [] if stores is None else stores
        self.successors: list[str] = [] if successors is None else successors
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
        out += _pack_b(self.node_type)
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
        if self.sink_topic is None:
            out.append(0)
        else:
            data = self.sink_topic.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.stores) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for stores_item in self.stores:
            data = stores_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        length = len(self.successors) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for successors_item in self.successors:
            data = successors_item.encode()
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


class TopologyDescriptionGlobalStore(Message):
    """`TopologyDescriptionGlobalStore` of StreamsGroupDescribeResponse, versions 1."""

    __slots__ = (
        "source",
        "processor",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        source: TopologyDescriptionNode | None = None,
        processor: TopologyDescriptionNode | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.source: TopologyDescriptionNode = TopologyDescriptionNode() if source is None else source
        self.processor: TopologyDescriptionNode = TopologyDescriptionNode() if processor is None else processor
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        self.source.write(out, version)
        self.processor.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Subtopology(Message):
    """`Subtopology` of StreamsGroupDescribeResponse, versions 0-1."""

    __slots__ = (
        "subtopology_id",
        "source_topics",
        "repartition_sink_topics",
        "state_changelog_topics",
        "repartition_source_topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        subtopology_id: str = "",
        source_topics: list[str] | None = None,
        repartition_sink_topics: list[str] | None = None,
        state_changelog_topics: list[TopicInfo] | None = None,
        repartition_source_topics: list[TopicInfo] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.subtopology_id = subtopology_id
        self.source_topics: list[str] = [] if source_topics is None else source_topics
        self.repartition_sink_topics: list[str] = [] if repartition_sink_topics is None else repartition_sink_topics
        self.state_changelog_topics: list[TopicInfo] = [] if state_changelog_topics is None else state_changelog_topics
        self.repartition_source_topics: list[TopicInfo] = (
            [] if repartition_source_topics is None else repartition_source_topics
        )
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
        length = len(self.state_changelog_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for state_changelog_topics_item in self.state_changelog_topics:
            state_changelog_topics_item.write(out, version)
        length = len(self.repartition_source_topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for repartition_source_topics_item in self.repartition_source_topics:
            repartition_source_topics_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class Topology(Message):
    """`Topology` of StreamsGroupDescribeResponse, versions 0-1."""

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
        self.subtopologies = subtopologies
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.epoch)
        if self.subtopologies is None:
            out.append(0)
        else:
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


class Member(Message):
    """`Member` of StreamsGroupDescribeResponse, versions 0-1."""

    __slots__ = (
        "member_id",
        "member_epoch",
        "instance_id",
        "rack_id",
        "client_id",
        "client_host",
        "topology_epoch",
        "process_id",
        "user_endpoint",
        "client_tags",
        "task_offsets",
        "task_end_offsets",
        "assignment",
        "target_assignment",
        "is_classic",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        member_id: str = "",
        member_epoch: int = 0,
        instance_id: str | None = None,
        rack_id: str | None = None,
        client_id: str = "",
        client_host: str = "",
        topology_epoch: int = 0,
        process_id: str = "",
        user_endpoint: Endpoint | None = None,
        client_tags: list[KeyValue] | None = None,
        task_offsets: list[TaskOffset] | None = None,
        task_end_offsets: list[TaskOffset] | None = None,
        assignment: Assignment | None = None,
        target_assignment: Assignment | None = None,
        is_classic: bool = False,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.member_id = member_id
        self.member_epoch = member_epoch
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.client_id = client_id
        self.client_host = client_host
        self.topology_epoch = topology_epoch
        self.process_id = process_id
        self.user_endpoint = user_endpoint
        self.client_tags: list[KeyValue] = [] if client_tags is None else client_tags
        self.task_offsets: list[TaskOffset] = [] if task_offsets is None else task_offsets
        self.task_end_offsets: list[TaskOffset] = [] if task_end_offsets is None else task_end_offsets
        self.assignment: Assignment = Assignment() if assignment is None else assignment
        self.target_assignment: Assignment = Assignment() if target_assignment is None else target_assignment
        self.is_classic = is_classic
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.member_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.member_epoch)
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
        data = self.client_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.client_host.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.process_id.encode()
        out += _pack_i(self.topology_epoch)
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
        length = len(self.client_tags) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for client_tags_item in self.client_tags:
            client_tags_item.write(out, version)
        length = len(self.task_offsets) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for task_offsets_item in self.task_offsets:
            task_offsets_item.write(out, version)
        length = len(self.task_end_offsets) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for task_end_offsets_item in self.task_end_offsets:
            task_end_offsets_item.write(out, version)
        self.assignment.write(out, version)
        self.target_assignment.write(out, version)
        out += _pack_t(self.is_classic)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribedGroup(Message):
    """`DescribedGroup` of StreamsGroupDescribeResponse, versions 0-1."""

    __slots__ = (
        "error_code",
        "error_message",
        "group_id",
        "group_state",
        "group_epoch",
        "assignment_epoch",
        "topology",
        "members",
        "authorized_operations",
        "topology_description",
        "topology_description_status",
        "assignor_name",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        error_code: int = 0,
        error_message: str | None = None,
        group_id: str = "",
        group_state: str = "",
        group_epoch: int = 0,
        assignment_epoch: int = 0,
        topology: Topology | None = None,
        members: list[Member] | None = None,
        authorized_operations: int = -2147483648,
        topology_description: TopologyDescription | None = None,
        topology_description_status: int = 0,
        assignor_name: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.error_message = error_message
        self.group_id = group_id
        self.group_state = group_state
        self.group_epoch = group_epoch
        self.assignment_epoch = assignment_epoch
        self.topology = topology
        self.members: list[Member] = [] if members is None else members
        self.authorized_operations = authorized_operations
        self.topology_description = topology_description
        self.topology_description_status = topology_description_status
        self.assignor_name = assignor_name
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
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
        data = self.group_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.group_state.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_ii(self.group_epoch, self.assignment_epoch)
        if self.topology is None:
            out.append(255)
        else:
            out.append(1)
            self.topology.write(out, version)
        length = len(self.members) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for members_item in self.members:
            members_item.write(out, version)
        out += _pack_i(self.authorized_operations)
        if version >= 1:
            if self.topology_description is None:
                out.append(255)
            else:
                out.append(1)
                self.topology_description.write(out, version)
            out += _pack_b(self.topology_description_status)
            if self.assignor_name is None:
                out.append(0)
            else:
                data = self.assignor_name.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
        else:
            if self.topology_description is not None:
                refuse_field("DescribedGroup", "topology_description", version)
            if self.topology_description_status:
                refuse_field("DescribedGroup", "topology_description_status", version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class StreamsGroupDescribeResponse(Message):
    """Kafka's response 89 `StreamsGroupDescribeResponse`: versions 0-1, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "groups",
        "unknown_tagged_fields",
    )

    API_KEY = 89
    NAME = "StreamsGroupDescribeResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        groups: list[DescribedGroup] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.groups: list[DescribedGroup] = [] if groups is None else groups
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.throttle_time_ms)
        length = len(self.groups) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for groups_item in self.groups:
            groups_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupDescribeResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_describe_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupDescribeResponse", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupDescribeResponse")
        return message, position


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


def _read_assignment(buffer: Buffer, position: int, version: int) -> tuple[Assignment, int]:
    self = new(Assignment)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    active_tasks_ = self.active_tasks = []
    for _ in range(length - 1):
        active_tasks_item, position = _read_task_ids(buffer, position, version)
        active_tasks_.append(active_tasks_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    standby_tasks_ = self.standby_tasks = []
    for _ in range(length - 1):
        standby_tasks_item, position = _read_task_ids(buffer, position, version)
        standby_tasks_.append(standby_tasks_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    warmup_tasks_ = self.warmup_tasks = []
    for _ in range(length - 1):
        warmup_tasks_item, position = _read_task_ids(buffer, position, version)
        warmup_tasks_.append(warmup_tasks_item)
    count = buffer[position]
    position += 1
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


def _read_topology_description(buffer: Buffer, position: int, version: int) -> tuple[TopologyDescription, int]:
    self = new(TopologyDescription)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    subtopologies_ = self.subtopologies = []
    for _ in range(length - 1):
        subtopologies_item, position = _read_topology_description_subtopology(buffer, position, version)
        subtopologies_.append(subtopologies_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 15 * (length - 1) > len(buffer) - position:
        refuse_count()
    global_stores_ = self.global_stores = []
    for _ in range(length - 1):
        global_stores_item, position = _read_topology_description_global_store(buffer, position, version)
        global_stores_.append(global_stores_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topology_description_subtopology(
    buffer: Buffer, position: int, version: int
) -> tuple[TopologyDescriptionSubtopology, int]:
    self = new(TopologyDescriptionSubtopology)
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
    if 7 * (length - 1) > len(buffer) - position:
        refuse_count()
    nodes_ = self.nodes = []
    for _ in range(length - 1):
        nodes_item, position = _read_topology_description_node(buffer, position, version)
        nodes_.append(nodes_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topology_description_node(buffer: Buffer, position: int, version: int) -> tuple[TopologyDescriptionNode, int]:
    self = new(TopologyDescriptionNode)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.node_type, length = _unpack_bB(buffer, position)
    position += 2
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
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.sink_topic = None
    else:
        end = position + length - 1
        self.sink_topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    stores_ = self.stores = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        stores_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    successors_ = self.successors = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        successors_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_topology_description_global_store(
    buffer: Buffer, position: int, version: int
) -> tuple[TopologyDescriptionGlobalStore, int]:
    self = new(TopologyDescriptionGlobalStore)
    self.source, position = _read_topology_description_node(buffer, position, version)
    self.processor, position = _read_topology_description_node(buffer, position, version)
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
    state_changelog_topics_ = self.state_changelog_topics = []
    for _ in range(length - 1):
        state_changelog_topics_item, position = _read_topic_info(buffer, position, version)
        state_changelog_topics_.append(state_changelog_topics_item)
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
    if length > 127:
        length, position = read_uvarint(buffer, position - 1)
    if length == 0:
        self.subtopologies = None
    else:
        if 6 * (length - 1) > len(buffer) - position:
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


def _read_member(buffer: Buffer, position: int, version: int) -> tuple[Member, int]:
    self = new(Member)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.member_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.member_epoch, length = _unpack_iB(buffer, position)
    position += 5
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
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.client_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.client_host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.topology_epoch, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
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
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    client_tags_ = self.client_tags = []
    for _ in range(length - 1):
        client_tags_item, position = _read_key_value(buffer, position, version)
        client_tags_.append(client_tags_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 14 * (length - 1) > len(buffer) - position:
        refuse_count()
    task_offsets_ = self.task_offsets = []
    for _ in range(length - 1):
        task_offsets_item, position = _read_task_offset(buffer, position, version)
        task_offsets_.append(task_offsets_item)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 14 * (length - 1) > len(buffer) - position:
        refuse_count()
    task_end_offsets_ = self.task_end_offsets = []
    for _ in range(length - 1):
        task_end_offsets_item, position = _read_task_offset(buffer, position, version)
        task_end_offsets_.append(task_end_offsets_item)
    self.assignment, position = _read_assignment(buffer, position, version)
    self.target_assignment, position = _read_assignment(buffer, position, version)
    self.is_classic, count = _unpack_tB(buffer, position)
    position += 2
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_described_group(buffer: Buffer, position: int, version: int) -> tuple[DescribedGroup, int]:
    self = new(DescribedGroup)
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
    self.group_state = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.group_epoch, self.assignment_epoch = _unpack_ii(buffer, position)
    position += 8
    marker = buffer[position]
    position += 1
    if marker > 127:
        self.topology = None
    else:
        self.topology, position = _read_topology(buffer, position, version)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 28 * (length - 1) > len(buffer) - position:
        refuse_count()
    members_ = self.members = []
    for _ in range(length - 1):
        members_item, position = _read_member(buffer, position, version)
        members_.append(members_item)
    (self.authorized_operations,) = _unpack_i(buffer, position)
    position += 4
    if version >= 1:
        marker = buffer[position]
        position += 1
        if marker > 127:
            self.topology_description = None
        else:
            self.topology_description, position = _read_topology_description(buffer, position, version)
        self.topology_description_status, length = _unpack_bB(buffer, position)
        position += 2
        if length > 127:
            length, position = read_nullable_text_length(buffer, position - 1)
        if length == 0:
            self.assignor_name = None
        else:
            end = position + length - 1
            self.assignor_name = str(buffer[position:end], "utf-8", "as-java")
            position = end
    else:
        self.topology_description = None
        self.topology_description_status = 0
        self.assignor_name = None
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_streams_group_describe_response(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupDescribeResponse, int]:
    self = new(StreamsGroupDescribeResponse)
    self.throttle_time_ms, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 20 * (length - 1) > len(buffer) - position:
        refuse_count()
    groups_ = self.groups = []
    for _ in range(length - 1):
        groups_item, position = _read_described_group(buffer, position, version)
        groups_.append(groups_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
