# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupTopologyValue."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class TopicConfig(Message):
    """`TopicConfig` of StreamsGroupTopologyValue, versions 0."""

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
    """`TopicInfo` of StreamsGroupTopologyValue, versions 0."""

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
        topic_configs: list[TopicConfig] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions = partitions
        self.replication_factor = replication_factor
        self.topic_configs: list[TopicConfig] = [] if topic_configs is None else topic_configs
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


class CopartitionGroup(Message):
    """`CopartitionGroup` of StreamsGroupTopologyValue, versions 0."""

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
    """`Subtopology` of StreamsGroupTopologyValue, versions 0."""

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


class StreamsGroupTopologyValue(Message):
    """Kafka's coordinator record value 23 `StreamsGroupTopologyValue`: versions 0, flexible from 0."""

    __slots__ = (
        "epoch",
        "subtopologies",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 23
    NAME = "StreamsGroupTopologyValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

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
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupTopologyValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_topology_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupTopologyValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupTopologyValue")
        return message, position


def _read_topic_config(buffer: Buffer, position: int, version: int) -> tuple[TopicConfig, int]:
    self = new(TopicConfig)
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
        topic_configs_item, position = _read_topic_config(buffer, position, version)
        topic_configs_.append(topic_configs_item)
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


def _read_streams_group_topology_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupTopologyValue, int]:
    self = new(StreamsGroupTopologyValue)
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
