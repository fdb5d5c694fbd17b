# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's PartitionChangeRecord."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
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
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_pack_i16s = Struct(">i16s").pack
_unpack_i16sB = Struct(">i16sB").unpack_from


class PartitionChangeRecord(Message):
    """Kafka's cluster metadata record 5 `PartitionChangeRecord`: versions 0-2, flexible from 0."""

    __slots__ = (
        "partition_id",
        "topic_id",
        "isr",
        "leader",
        "replicas",
        "removing_replicas",
        "adding_replicas",
        "leader_recovery_state",
        "directories",
        "eligible_leader_replicas",
        "last_known_elr",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 5
    NAME = "PartitionChangeRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 2
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        partition_id: int = -1,
        topic_id: bytes = ZERO_UUID,
        isr: list[int] | None = None,
        leader: int = -2,
        replicas: list[int] | None = None,
        removing_replicas: list[int] | None = None,
        adding_replicas: list[int] | None = None,
        leader_recovery_state: int = -1,
        directories: list[bytes] | None = None,
        eligible_leader_replicas: list[int] | None = None,
        last_known_elr: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_id = partition_id
        self.topic_id = topic_id
        self.isr = isr
        self.leader = leader
        self.replicas = replicas
        self.removing_replicas = removing_replicas
        self.adding_replicas = adding_replicas
        self.leader_recovery_state = leader_recovery_state
        self.directories = directories
        self.eligible_leader_replicas = eligible_leader_replicas
        self.last_known_elr = last_known_elr
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i16s(self.partition_id, self.topic_id)
        known: TaggedFields | None = None
        if self.isr is not None:
            body = bytearray()
            length = len(self.isr) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            body += pack(f">{len(self.isr)}i", *self.isr)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if self.leader != -2:
            body = bytearray()
            body += _pack_i(self.leader)
            if known is None:
                known = {}
            known[1] = bytes(body)
        if self.replicas is not None:
            body = bytearray()
            length = len(self.replicas) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            body += pack(f">{len(self.replicas)}i", *self.replicas)
            if known is None:
                known = {}
            known[2] = bytes(body)
        if self.removing_replicas is not None:
            body = bytearray()
            length = len(self.removing_replicas) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            body += pack(f">{len(self.removing_replicas)}i", *self.removing_replicas)
            if known is None:
                known = {}
            known[3] = bytes(body)
        if self.adding_replicas is not None:
            body = bytearray()
            length = len(self.adding_replicas) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            body += pack(f">{len(self.adding_replicas)}i", *self.adding_replicas)
            if known is None:
                known = {}
            known[4] = bytes(body)
        if self.leader_recovery_state != -1:
            body = bytearray()
            body += _pack_b(self.leader_recovery_state)
            if known is None:
                known = {}
            known[5] = bytes(body)
        if version >= 1:
            if self.directories is not None:
                body = bytearray()
                length = len(self.directories) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for directories_item in self.directories:
                    body += directories_item
                if known is None:
                    known = {}
                known[8] = bytes(body)
        else:
            if self.directories is not None:
                refuse_field("PartitionChangeRecord", "directories", version)
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
                known[6] = bytes(body)
        else:
            if self.eligible_leader_replicas is not None:
                refuse_field("PartitionChangeRecord", "eligible_leader_replicas", version)
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
                known[7] = bytes(body)
        else:
            if self.last_known_elr is not None:
                refuse_field("PartitionChangeRecord", "last_known_elr", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[PartitionChangeRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_partition_change_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("PartitionChangeRecord", error)
        if position > len(buffer):
            refuse_truncated("PartitionChangeRecord")
        return message, position


def _read_partition_change_record(buffer: Buffer, position: int, version: int) -> tuple[PartitionChangeRecord, int]:
    self = new(PartitionChangeRecord)
    self.partition_id, self.topic_id, count = _unpack_i16sB(buffer, position)
    position += 21
    self.isr = None
    self.leader = -2
    self.replicas = None
    self.removing_replicas = None
    self.adding_replicas = None
    self.leader_recovery_state = -1
    self.directories = None
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
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.isr = None
                else:
                    self.isr, position = read_numbers(buffer, position, length - 1, "i", 4)
            elif tag == 1:
                (self.leader,) = _unpack_i(buffer, position)
                position += 4
            elif tag == 2:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.replicas = None
                else:
                    self.replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
            elif tag == 3:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.removing_replicas = None
                else:
                    self.removing_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
            elif tag == 4:
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.adding_replicas = None
                else:
                    self.adding_replicas, position = read_numbers(buffer, position, length - 1, "i", 4)
            elif tag == 5:
                (self.leader_recovery_state,) = _unpack_b(buffer, position)
                position += 1
            elif tag == 8:
                if not (version >= 1):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.directories = None
                else:
                    self.directories, position = read_uuids(buffer, position, length - 1)
            elif tag == 6:
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
            elif tag == 7:
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
