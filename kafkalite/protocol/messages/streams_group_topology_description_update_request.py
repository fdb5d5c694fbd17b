# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupTopologyDescriptionUpdateRequest."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class TopologyDescription(Message):
    """`TopologyDescription` of StreamsGroupTopologyDescriptionUpdateRequest, versions 0."""

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
    """`TopologyDescriptionSubtopology` of StreamsGroupTopologyDescriptionUpdateRequest, versions 0."""

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
    """`TopologyDescriptionNode` of StreamsGroupTopologyDescriptionUpdateRequest, versions 0."""

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
    """`TopologyDescriptionGlobalStore` of StreamsGroupTopologyDescriptionUpdateRequest, versions 0."""

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


class StreamsGroupTopologyDescriptionUpdateRequest(Message):
    """Kafka's request 93 `StreamsGroupTopologyDescriptionUpdateRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "group_id",
        "member_id",
        "topology_epoch",
        "topology_description",
        "unknown_tagged_fields",
    )

    API_KEY = 93
    NAME = "StreamsGroupTopologyDescriptionUpdateRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        group_id: str = "",
        member_id: str = "",
        topology_epoch: int = 0,
        topology_description: TopologyDescription | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.group_id = group_id
        self.member_id = member_id
        self.topology_epoch = topology_epoch
        self.topology_description: TopologyDescription = (
            TopologyDescription() if topology_description is None else topology_description
        )
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
        out += _pack_i(self.topology_epoch)
        self.topology_description.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(
        cls, buffer: Buffer, position: int, version: int
    ) -> tuple[StreamsGroupTopologyDescriptionUpdateRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_topology_description_update_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupTopologyDescriptionUpdateRequest", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupTopologyDescriptionUpdateRequest")
        return message, position


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


def _read_streams_group_topology_description_update_request(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupTopologyDescriptionUpdateRequest, int]:
    self = new(StreamsGroupTopologyDescriptionUpdateRequest)
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
    (self.topology_epoch,) = _unpack_i(buffer, position)
    position += 4
    self.topology_description, position = _read_topology_description(buffer, position, version)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
