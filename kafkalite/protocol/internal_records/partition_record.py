# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's PartitionRecord."""

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
    read_numbers,
    read_uuids,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_tag,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_b = Struct(">b").unpack_from
_pack_b = Struct(">b").pack
_pack_i16s = Struct(">i16s").pack
_unpack_i16sB = Struct(">i16sB").unpack_from
_unpack_iii = Struct(">iii").unpack_from
_pack_iii = Struct(">iii").pack


class PartitionRecord(Message):
    """Kafka's cluster metadata record 3 `PartitionRecord`: versions 0-2, flexible from 0."""

    __slots__ = (
        "partition_id",
        "topic_id",
        "replicas",
        "isr",
        "removing_replicas",
        "adding_replicas",
        "leader",
        "leader_recovery_state",
        "leader_epoch",
        "partition_epoch",
        "directories",
        "eligible_leader_replicas",
        "last_known_elr",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 3
    NAME = "PartitionRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        partition_id: int = -1,
        topic_id: bytes = ZERO_UUID,
        replicas: list[int] | None = None,
        isr: list[int] | None = None,
        removing_replicas: list[int] | None = None,
        adding_replicas: list[int] | None = None,
        leader: int = -1,
        leader_recovery_state: int = 0,
        leader_epoch: int = -1,
        partition_epoch: int = -1,
        directories: list[bytes] | None = None,
        eligible_leader_replicas: list[int] | None = None,
        last_known_elr: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_id = partition_id
        self.topic_id = topic_id
        self.replicas: list[int] = [] if replicas is None else replicas
        self.isr: list[int] = [] if isr is None else isr
        self.removing_replicas: list[int] = [] if removing_replicas is None else removing_replicas
        self.adding_replicas: list[int] = [] if adding_replicas is None else adding_replicas
        self.leader = leader
        self.leader_recovery_state = leader_recovery_state
        self.leader_epoch = leader_epoch
        self.partition_epoch = partition_epoch
        self.directories: list[bytes] = [] if directories is None else directories
        self.eligible_leader_replicas = eligible_leader_replicas
        self.last_known_elr = last_known_elr
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i16s(self.partition_id, self.topic_id)
        length = len(self.replicas) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.replicas)}i", *self.replicas)
        length = len(self.isr) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.isr)}i", *self.isr)
        length = len(self.removing_replicas) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.removing_replicas)}i", *self.removing_replicas)
        length = len(self.adding_replicas) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += pack(f">{len(self.adding_replicas)}i", *self.adding_replicas)
        out += _pack_iii(self.leader, self.leader_epoch, self.partition_epoch)
        if version >= 1:
            length = len(self.directories) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for directories_item in self.directories:
                out += directories_item
        else:
            if self.directories:
                refuse_field("PartitionRecord", "directories", version)
        known: TaggedFields | None = None
        if self.leader_recovery_state:
            body = bytearray()
            body += _pack_b(self.leader_recovery_state)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if version >= 2:
            if self.eligible_leader_replicas is not None:
                body = bytearray()
                length = len(self.eligible_leader_replicas) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                body += pack(f">{len(self.eligible_leader_replicas)}i", *self.eligible_leader_replicas)
                if known is None:
                    known = {}
                known[1] = bytes(body)
        else:
            if self.eligible_leader_replicas is not None:
                refuse_field("PartitionRecord", "eligible_leader_replicas", version)
        if version >= 2:
            if self.last_known_elr is not None:
                body = bytearray()
                length = len(self.last_known_elr) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                body += pack(f">{len(self.last_known_elr)}i", *self.last_known_elr)
                if known is None:
                    known = {}
                known[2] = bytes(body)
        else:
            if self.last_known_elr is not None:
                refuse_field("PartitionRecord", "last_known_elr", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[PartitionRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_partition_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("PartitionRecord", error)
        if position > len(buffer):
            refuse_truncated("PartitionRecord")
        return message, position


def _read_partition_record(buffer: Buffer, position: int, version: int) -> tuple[PartitionRecord, int]:
    self = new(PartitionRecord)
    self.partition_id, self.topic_id, length = _unpack_i16sB(buffer, position)
    position += 21
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.isr, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.removing_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    self.adding_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
    self.leader, self.leader_epoch, self.partition_epoch = _unpack_iii(buffer, position)
    position += 12
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.directories, position = read_uuids(buffer, position, length - 1)
    else:
        self.directories = []
    count = buffer[position]
    position += 1
    self.leader_recovery_state = 0
    self.eligible_leader_replicas = None
    self.last_known_elr = None
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
                (self.leader_recovery_state,) = _unpack_b(buffer, position)
                position += 1
            elif tag == 1:
                if not (version >= 2):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.eligible_leader_replicas = None
                else:
                    self.eligible_leader_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
            elif tag == 2:
                if not (version >= 2):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.last_known_elr = None
                else:
                    self.last_known_elr, position = read_numbers(buffer, position, length - 1, "i", 4)
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
