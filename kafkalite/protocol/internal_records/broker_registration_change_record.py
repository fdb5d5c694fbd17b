# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's BrokerRegistrationChangeRecord."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    check_tag_count,
    new,
    read_compact_length,
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
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from


class BrokerRegistrationChangeRecord(Message):
    """Kafka's cluster metadata record 17 `BrokerRegistrationChangeRecord`: versions 0-3, flexible from 0."""

    __slots__ = (
        "broker_id",
        "broker_epoch",
        "fenced",
        "in_controlled_shutdown",
        "log_dirs",
        "cordoned_log_dirs",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 17
    NAME = "BrokerRegistrationChangeRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        broker_id: int = 0,
        broker_epoch: int = 0,
        fenced: int = 0,
        in_controlled_shutdown: int = 0,
        log_dirs: list[bytes] | None = None,
        cordoned_log_dirs: list[bytes] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.broker_id = broker_id
        self.broker_epoch = broker_epoch
        self.fenced = fenced
        self.in_controlled_shutdown = in_controlled_shutdown
        self.log_dirs: list[bytes] = [] if log_dirs is None else log_dirs
        self.cordoned_log_dirs = cordoned_log_dirs
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_iq(self.broker_id, self.broker_epoch)
        known: TaggedFields | None = None
        if self.fenced:
            body = bytearray()
            body += _pack_b(self.fenced)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if version >= 1:
            if self.in_controlled_shutdown:
                body = bytearray()
                body += _pack_b(self.in_controlled_shutdown)
                if known is None:
                    known = {}
                known[1] = bytes(body)
        else:
            if self.in_controlled_shutdown:
                refuse_field("BrokerRegistrationChangeRecord", "in_controlled_shutdown", version)
        if version >= 2:
            if self.log_dirs:
                body = bytearray()
                length = len(self.log_dirs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for log_dirs_item in self.log_dirs:
                    body += log_dirs_item
                if known is None:
                    known = {}
                known[2] = bytes(body)
        else:
            if self.log_dirs:
                refuse_field("BrokerRegistrationChangeRecord", "log_dirs", version)
        if version >= 3:
            if self.cordoned_log_dirs is not None:
                body = bytearray()
                length = len(self.cordoned_log_dirs) + 1
                if length < 128:
                    body.append(length)
                else:
                    write_uvarint(body, length)
                for cordoned_log_dirs_item in self.cordoned_log_dirs:
                    body += cordoned_log_dirs_item
                if known is None:
                    known = {}
                known[3] = bytes(body)
        else:
            if self.cordoned_log_dirs is not None:
                refuse_field("BrokerRegistrationChangeRecord", "cordoned_log_dirs", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[BrokerRegistrationChangeRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_broker_registration_change_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("BrokerRegistrationChangeRecord", error)
        if position > len(buffer):
            refuse_truncated("BrokerRegistrationChangeRecord")
        return message, position


def _read_broker_registration_change_record(
    buffer: Buffer, position: int, version: int
) -> tuple[BrokerRegistrationChangeRecord, int]:
    self = new(BrokerRegistrationChangeRecord)
    self.broker_id, self.broker_epoch, count = _unpack_iqB(buffer, position)
    position += 13
    self.fenced = 0
    self.in_controlled_shutdown = 0
    self.log_dirs = []
    self.cordoned_log_dirs = None
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
                (self.fenced,) = _unpack_b(buffer, position)
                position += 1
            elif tag == 1:
                if not (version >= 1):
                    refuse_tag(tag)
                (self.in_controlled_shutdown,) = _unpack_b(buffer, position)
                position += 1
            elif tag == 2:
                if not (version >= 2):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if not 0 < length < 128:
                    length, position = read_compact_length(buffer, position - 1)
                self.log_dirs, position = read_uuids(buffer, position, length - 1)
            elif tag == 3:
                if not (version >= 3):
                    refuse_tag(tag)
                length = buffer[position]
                position += 1
                if length > 127:
                    length, position = read_uvarint(buffer, position - 1)
                if length == 0:
                    self.cordoned_log_dirs = None
                else:
                    self.cordoned_log_dirs, position = read_uuids(buffer, position, length - 1)
            else:
                if self.unknown_tagged_fields is None:
                    self.unknown_tagged_fields = {}
                self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                position = tag_end
            if position != tag_end:
                refuse_tag(tag)
    return self, position
