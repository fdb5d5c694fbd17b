# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's StreamsGroupMetadataValue."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    check_tag_count,
    new,
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

_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class LastAssignmentConfig(Message):
    """`LastAssignmentConfig` of StreamsGroupMetadataValue, versions 0."""

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


class StreamsGroupMetadataValue(Message):
    """Kafka's coordinator record value 17 `StreamsGroupMetadataValue`: versions 0, flexible from 0."""

    __slots__ = (
        "epoch",
        "metadata_hash",
        "validated_topology_epoch",
        "last_assignment_configs",
        "stored_description_topology_epoch",
        "failed_description_topology_epoch",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 17
    NAME = "StreamsGroupMetadataValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        epoch: int = 0,
        metadata_hash: int = 0,
        validated_topology_epoch: int = -1,
        last_assignment_configs: list[LastAssignmentConfig] | None = UNSET,
        stored_description_topology_epoch: int = -1,
        failed_description_topology_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.epoch = epoch
        self.metadata_hash = metadata_hash
        self.validated_topology_epoch = validated_topology_epoch
        self.last_assignment_configs: list[LastAssignmentConfig] | None = (
            [] if last_assignment_configs is UNSET else last_assignment_configs
        )
        self.stored_description_topology_epoch = stored_description_topology_epoch
        self.failed_description_topology_epoch = failed_description_topology_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iq(self.epoch, self.metadata_hash)
        known: TaggedFields | None = None
        if self.validated_topology_epoch != -1:
            body = bytearray()
            body += _pack_i(self.validated_topology_epoch)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if self.last_assignment_configs is None or len(self.last_assignment_configs):
            body = bytearray()
            if self.last_assignment_configs is None:
                body.append(0)
            else:
                length = len(self.last_assignment_configs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for last_assignment_configs_item in self.last_assignment_configs:
                    last_assignment_configs_item.write(body, version)
            if known is None:
                known = {}
            known[1] = bytes(body)
        if self.stored_description_topology_epoch != -1:
            body = bytearray()
            body += _pack_i(self.stored_description_topology_epoch)
            if known is None:
                known = {}
            known[2] = bytes(body)
        if self.failed_description_topology_epoch != -1:
            body = bytearray()
            body += _pack_i(self.failed_description_topology_epoch)
            if known is None:
                known = {}
            known[3] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[StreamsGroupMetadataValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_streams_group_metadata_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("StreamsGroupMetadataValue", error)
        if position > len(buffer):
            refuse_truncated("StreamsGroupMetadataValue")
        return message, position


def _read_last_assignment_config(buffer: Buffer, position: int, version: int) -> tuple[LastAssignmentConfig, int]:
    self = new(LastAssignmentConfig)
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


def _read_streams_group_metadata_value(
    buffer: Buffer, position: int, version: int
) -> tuple[StreamsGroupMetadataValue, int]:
    self = new(StreamsGroupMetadataValue)
    self.epoch, self.metadata_hash, count = _unpack_iqB(buffer, position)
    position += 13
    self.validated_topology_epoch = -1
    self.last_assignment_configs = []
    self.stored_description_topology_epoch = -1
    self.failed_description_topology_epoch = -1
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
                (self.validated_topology_epoch,) = _unpack_i(buffer, position)
                position += 4
            elif tag == 1:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.last_assignment_configs = None
                else:
                    if 3 * (length - 1) > len(buffer) - position:
                        refuse_count()
                    last_assignment_configs_ = self.last_assignment_configs = []
                    for _ in range(length - 1):
                        last_assignment_configs_item, position = _read_last_assignment_config(buffer, position, version)
                        last_assignment_configs_.append(last_assignment_configs_item)
            elif tag == 2:
                (self.stored_description_topology_epoch,) = _unpack_i(buffer, position)
                position += 4
            elif tag == 3:
                (self.failed_description_topology_epoch,) = _unpack_i(buffer, position)
                position += 4
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
