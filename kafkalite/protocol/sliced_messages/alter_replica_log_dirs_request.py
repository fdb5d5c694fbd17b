# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AlterReplicaLogDirsRequest, read in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import COLLECTION_MAX_COUNT, STEP_MAX_BYTES
from kafkalite.protocol.messages.alter_replica_log_dirs_request import (
    AlterReplicaLogDir,
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirTopic,
)
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    new,
    read_compact_length,
    read_numbers_steps,
    read_tagged_fields_steps,
    read_text_length,
    refuse_count,
    refuse_large_count,
    refuse_null,
    refuse_truncated,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import Buffer

_unpack_h = Struct(">h").unpack_from
_unpack_i = Struct(">i").unpack_from


def _read_alter_replica_log_dir_topic_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterReplicaLogDirTopic, int]]:
    self = new(AlterReplicaLogDirTopic)
    limit = position + STEP_MAX_BYTES
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
        self.partitions, position = yield from read_numbers_steps(buffer, position, length - 1, "i", 4)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
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
        self.partitions, position = yield from read_numbers_steps(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dir_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterReplicaLogDir, int]]:
    self = new(AlterReplicaLogDir)
    limit = position + STEP_MAX_BYTES
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
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        topics_ = self.topics = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_alter_replica_log_dir_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
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
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        topics_ = self.topics = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            topics_item, position = yield from _read_alter_replica_log_dir_topic_steps(buffer, position, version)
            topics_.append(topics_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_alter_replica_log_dirs_request_steps(
    buffer: Buffer, position: int, version: int
) -> Generator[None, None, tuple[AlterReplicaLogDirsRequest, int]]:
    self = new(AlterReplicaLogDirsRequest)
    limit = position + STEP_MAX_BYTES
    if version >= 2:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 3 * (length - 1) > len(buffer) - position:
            refuse_count()
        if length - 1 > COLLECTION_MAX_COUNT:
            refuse_large_count(length - 1)
        dirs_ = self.dirs = []
        for _ in range(length - 1):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            dirs_item, position = yield from _read_alter_replica_log_dir_steps(buffer, position, version)
            dirs_.append(dirs_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = yield from read_tagged_fields_steps(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        if length > COLLECTION_MAX_COUNT:
            refuse_large_count(length)
        dirs_ = self.dirs = []
        for _ in range(length):
            if position > limit:
                yield
                limit = position + STEP_MAX_BYTES
            dirs_item, position = yield from _read_alter_replica_log_dir_steps(buffer, position, version)
            dirs_.append(dirs_item)
        self.unknown_tagged_fields = None
    return self, position


def read_steps(
    buffer: memoryview, position: int, version: int
) -> Generator[None, None, tuple[AlterReplicaLogDirsRequest, int]]:
    """Read as `read` of the class does, and yield on the way. Errors: ProtocolViolation."""
    try:
        message, position = yield from _read_alter_replica_log_dirs_request_steps(buffer, position, version)
    except READ_ERRORS as error:
        refuse_truncated("AlterReplicaLogDirsRequest", error)
    if position > len(buffer):
        refuse_truncated("AlterReplicaLogDirsRequest")
    return message, position
