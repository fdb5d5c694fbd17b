# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ConsumerGroupMemberMetadataValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class ClassicProtocol(Message):
    """`ClassicProtocol` of ConsumerGroupMemberMetadataValue, versions 0."""

    __slots__ = (
        "name",
        "metadata",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        metadata: bytes = b"",
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.metadata = metadata
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
        length = len(self.metadata) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.metadata
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ClassicMemberMetadata(Message):
    """`ClassicMemberMetadata` of ConsumerGroupMemberMetadataValue, versions 0."""

    __slots__ = (
        "session_timeout_ms",
        "supported_protocols",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        session_timeout_ms: int = 0,
        supported_protocols: list[ClassicProtocol] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.session_timeout_ms = session_timeout_ms
        self.supported_protocols: list[ClassicProtocol] = [] if supported_protocols is None else supported_protocols
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_i(self.session_timeout_ms)
        length = len(self.supported_protocols) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for supported_protocols_item in self.supported_protocols:
            supported_protocols_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class ConsumerGroupMemberMetadataValue(Message):
    """Kafka's coordinator record value 5 `ConsumerGroupMemberMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "instance_id",
        "rack_id",
        "client_id",
        "client_host",
        "subscribed_topic_names",
        "subscribed_topic_regex",
        "rebalance_timeout_ms",
        "server_assignor",
        "classic_member_metadata",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 5
    NAME = "ConsumerGroupMemberMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        instance_id: str | None = "",
        rack_id: str | None = "",
        client_id: str = "",
        client_host: str = "",
        subscribed_topic_names: list[str] | None = None,
        subscribed_topic_regex: str | None = "",
        rebalance_timeout_ms: int = -1,
        server_assignor: str | None = "",
        classic_member_metadata: ClassicMemberMetadata | None = UNSET,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.instance_id = instance_id
        self.rack_id = rack_id
        self.client_id = client_id
        self.client_host = client_host
        self.subscribed_topic_names: list[str] = [] if subscribed_topic_names is None else subscribed_topic_names
        self.subscribed_topic_regex = subscribed_topic_regex
        self.rebalance_timeout_ms = rebalance_timeout_ms
        self.server_assignor = server_assignor
        self.classic_member_metadata: ClassicMemberMetadata | None = (
            ClassicMemberMetadata() if classic_member_metadata is UNSET else classic_member_metadata
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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
        length = len(self.subscribed_topic_names) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for subscribed_topic_names_item in self.subscribed_topic_names:
            data = subscribed_topic_names_item.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if self.subscribed_topic_regex is None:
            out.append(0)
        else:
            data = self.subscribed_topic_regex.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_i(self.rebalance_timeout_ms)
        if self.server_assignor is None:
            out.append(0)
        else:
            data = self.server_assignor.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        known: TaggedFields | None = None
        if self.classic_member_metadata is None or self.classic_member_metadata != ClassicMemberMetadata():
            body = bytearray()
            if self.classic_member_metadata is None:
                body.append(0)
            else:
                body.append(1)
                self.classic_member_metadata.write(body, version)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ConsumerGroupMemberMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_consumer_group_member_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ConsumerGroupMemberMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("ConsumerGroupMemberMetadataValue")
        return message, position


def _read_classic_protocol(buffer: Buffer, position: int, version: int) -> tuple[ClassicProtocol, int]:
    self = new(ClassicProtocol)
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
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.metadata = bytes(buffer[position:end])
    position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_classic_member_metadata(buffer: Buffer, position: int, version: int) -> tuple[ClassicMemberMetadata, int]:
    self = new(ClassicMemberMetadata)
    self.session_timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    supported_protocols_ = self.supported_protocols = []
    for _ in range(length - 1):
        supported_protocols_item, position = _read_classic_protocol(buffer, position, version)
        supported_protocols_.append(supported_protocols_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_consumer_group_member_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[ConsumerGroupMemberMetadataValue, int]:
    self = new(ConsumerGroupMemberMetadataValue)
    length = buffer[position]
    position += 1
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
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if length - 1 > len(buffer) - position:
        refuse_count()
    subscribed_topic_names_ = self.subscribed_topic_names = []
    for _ in range(length - 1):
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        subscribed_topic_names_.append(str(buffer[position:end], "utf-8", "as-java"))
        position = end
    length = buffer[position]
    position += 1
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.subscribed_topic_regex = None
    else:
        end = position + length - 1
        self.subscribed_topic_regex = str(buffer[position:end], "utf-8", "as-java")
        position = end
    self.rebalance_timeout_ms, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.server_assignor = None
    else:
        end = position + length - 1
        self.server_assignor = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    self.classic_member_metadata = ClassicMemberMetadata()
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
                marker, position = read_uvarint(buffer, position)
                if marker == 0:
                    self.classic_member_metadata = None
                else:
                    self.classic_member_metadata, position = _read_classic_member_metadata(buffer, position, version)
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
