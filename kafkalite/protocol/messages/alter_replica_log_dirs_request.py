# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterReplicaLogDirsRequest."""

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
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack


class AlterReplicaLogDirTopic(Message):
    """`AlterReplicaLogDirTopic` of AlterReplicaLogDirsRequest, versions 0-2."""

    __slots__ = (
        "name",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        partitions: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.partitions: list[int] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.name.encode()
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
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            out += pack(f">{len(self.partitions)}i", *self.partitions)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDirTopic", "unknown_tagged_fields", version)


class AlterReplicaLogDir(Message):
    """`AlterReplicaLogDir` of AlterReplicaLogDirsRequest, versions 0-2."""

    __slots__ = (
        "path",
        "topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        path: str = "",
        topics: list[AlterReplicaLogDirTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.path = path
        self.topics: list[AlterReplicaLogDirTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 2:
            data = self.path.encode()
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
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.path.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.topics))
            for topics_item in self.topics:
                topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDir", "unknown_tagged_fields", version)


class AlterReplicaLogDirsRequest(Message):
    """Kafka's request 34 `AlterReplicaLogDirsRequest`: versions 0-2, flexible from 2."""

    __slots__ = (
        "dirs",
        "unknown_tagged_fields",
    )

    API_KEY = 34
    NAME = "AlterReplicaLogDirsRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        dirs: list[AlterReplicaLogDir] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.dirs: list[AlterReplicaLogDir] = [] if dirs is None else dirs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            length = len(self.dirs) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for dirs_item in self.dirs:
                dirs_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(len(self.dirs))
            for dirs_item in self.dirs:
                dirs_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AlterReplicaLogDirsRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AlterReplicaLogDirsRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_alter_replica_log_dirs_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AlterReplicaLogDirsRequest", error)
        if position > len(buffer):
            refuse_truncated("AlterReplicaLogDirsRequest")
        return message, position


def _read_alter_replica_log_dir_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterReplicaLogDirTopic, int]:
    self = new(AlterReplicaLogDirTopic)
    if version >= 2:
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
        self.name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partitions, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dir(buffer: Buffer, position: int, version: int) -> tuple[AlterReplicaLogDir, int]:
    self = new(AlterReplicaLogDir)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.path = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length - 1):
            topics_item, position = _read_alter_replica_log_dir_topic(buffer, position, version)
            topics_.append(topics_item)
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
        self.path = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        topics_ = self.topics = []
        for _ in range(length):
            topics_item, position = _read_alter_replica_log_dir_topic(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dirs_request(
    buffer: Buffer, position: int, version: int
) -> tuple[AlterReplicaLogDirsRequest, int]:
    self = new(AlterReplicaLogDirsRequest)
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        dirs_ = self.dirs = []
        for _ in range(length - 1):
            dirs_item, position = _read_alter_replica_log_dir(buffer, position, version)
            dirs_.append(dirs_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        dirs_ = self.dirs = []
        for _ in range(length):
            dirs_item, position = _read_alter_replica_log_dir(buffer, position, version)
            dirs_.append(dirs_item)
        self.unknown_tagged_fields = None
    return self, position
