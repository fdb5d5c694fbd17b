# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's TransactionLogValue."""

from __future__ import annotations

from struct import Struct, pack
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    UNSET,
    Message,
    check_tag_count,
    new,
    read_compact_length,
    read_numbers,
    read_tagged_fields,
    read_text_length,
    read_uvarint,
    refuse_count,
    refuse_field,
    refuse_null,
    refuse_tag,
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
_pack_ib = Struct(">ib").pack
_unpack_ibi = Struct(">ibi").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_pack_qhib = Struct(">qhib").pack
_unpack_qhibB = Struct(">qhibB").unpack_from
_unpack_qq = Struct(">qq").unpack_from
_pack_qq = Struct(">qq").pack
_unpack_qqB = Struct(">qqB").unpack_from


class PartitionsSchema(Message):
    """`PartitionsSchema` of TransactionLogValue, versions 0-1."""

    __slots__ = (
        "topic",
        "partition_ids",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        partition_ids: list[int] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.partition_ids: list[int] = [] if partition_ids is None else partition_ids
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 1:
            data = self.topic.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            length = len(self.partition_ids) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += pack(f">{len(self.partition_ids)}i", *self.partition_ids)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partition_ids))
            out += pack(f">{len(self.partition_ids)}i", *self.partition_ids)
            if self.unknown_tagged_fields:
                refuse_field("PartitionsSchema", "unknown_tagged_fields", version)


class TransactionLogValue(Message):
    """Kafka's coordinator record value 0 `TransactionLogValue`: versions 0-1, flexible from 1."""

    __slots__ = (
        "producer_id",
        "previous_producer_id",
        "next_producer_id",
        "producer_epoch",
        "next_producer_epoch",
        "transaction_timeout_ms",
        "transaction_status",
        "transaction_partitions",
        "transaction_last_update_timestamp_ms",
        "transaction_start_timestamp_ms",
        "client_transaction_version",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 0
    NAME = "TransactionLogValue"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 1
    FIRST_FLEXIBLE_VERSION = 1

    def __init__(
        self,
        *,
        producer_id: int = 0,
        previous_producer_id: int = -1,
        next_producer_id: int = -1,
        producer_epoch: int = 0,
        next_producer_epoch: int = -1,
        transaction_timeout_ms: int = 0,
        transaction_status: int = 0,
        transaction_partitions: list[PartitionsSchema] | None = UNSET,
        transaction_last_update_timestamp_ms: int = 0,
        transaction_start_timestamp_ms: int = 0,
        client_transaction_version: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.producer_id = producer_id
        self.previous_producer_id = previous_producer_id
        self.next_producer_id = next_producer_id
        self.producer_epoch = producer_epoch
        self.next_producer_epoch = next_producer_epoch
        self.transaction_timeout_ms = transaction_timeout_ms
        self.transaction_status = transaction_status
        self.transaction_partitions: list[PartitionsSchema] | None = (
            [] if transaction_partitions is UNSET else transaction_partitions
        )
        self.transaction_last_update_timestamp_ms = transaction_last_update_timestamp_ms
        self.transaction_start_timestamp_ms = transaction_start_timestamp_ms
        self.client_transaction_version = client_transaction_version
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 1:
            out += _pack_qhib(
                self.producer_id, self.producer_epoch, self.transaction_timeout_ms, self.transaction_status
            )
            if self.transaction_partitions is None:
                out.append(0)
            else:
                length = len(self.transaction_partitions) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for transaction_partitions_item in self.transaction_partitions:
                    transaction_partitions_item.write(out, version)
            out += _pack_qq(self.transaction_last_update_timestamp_ms, self.transaction_start_timestamp_ms)
            known: TaggedFields | None = None
            if self.previous_producer_id != -1:
                body = bytearray()
                body += _pack_q(self.previous_producer_id)
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if self.next_producer_id != -1:
                body = bytearray()
                body += _pack_q(self.next_producer_id)
                if known is None:
                    known = {}
                known[1] = bytes(body)
            if self.next_producer_epoch != -1:
                body = bytearray()
                body += _pack_h(self.next_producer_epoch)
                if known is None:
                    known = {}
                known[3] = bytes(body)
            if self.client_transaction_version:
                body = bytearray()
                body += _pack_h(self.client_transaction_version)
                if known is None:
                    known = {}
                known[2] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        else:
            out += _pack_q(self.producer_id)
            if self.previous_producer_id != -1:
                refuse_field("TransactionLogValue", "previous_producer_id", version)
            if self.next_producer_id != -1:
                refuse_field("TransactionLogValue", "next_producer_id", version)
            out += _pack_h(self.producer_epoch)
            if self.next_producer_epoch != -1:
                refuse_field("TransactionLogValue", "next_producer_epoch", version)
            out += _pack_ib(self.transaction_timeout_ms, self.transaction_status)
            if self.transaction_partitions is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.transaction_partitions))
                for transaction_partitions_item in self.transaction_partitions:
                    transaction_partitions_item.write(out, version)
            out += _pack_qq(self.transaction_last_update_timestamp_ms, self.transaction_start_timestamp_ms)
            if self.client_transaction_version:
                refuse_field("TransactionLogValue", "client_transaction_version", version)
            if self.unknown_tagged_fields:
                refuse_field("TransactionLogValue", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[TransactionLogValue, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_transaction_log_value(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("TransactionLogValue", error)
        if position > len(buffer):
            refuse_truncated("TransactionLogValue")
        return message, position


def _read_partitions_schema(buffer: Buffer, position: int, version: int) -> tuple[PartitionsSchema, int]:
    self = new(PartitionsSchema)
    if version >= 1:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        self.partition_ids, position = read_numbers(buffer, position, length - 1, "i", 4)
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
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        self.partition_ids, position = read_numbers(buffer, position, length, "i", 4)
        self.unknown_tagged_fields = None
    return self, position


def _read_transaction_log_value(buffer: Buffer, position: int, version: int) -> tuple[TransactionLogValue, int]:
    self = new(TransactionLogValue)
    if version >= 1:
        self.producer_id, self.producer_epoch, self.transaction_timeout_ms, self.transaction_status, length = (
            _unpack_qhibB(buffer, position)
        )
        position += 16
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.transaction_partitions = None
        else:
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            transaction_partitions_ = self.transaction_partitions = []
            for _ in range(length - 1):
                transaction_partitions_item, position = _read_partitions_schema(buffer, position, version)
                transaction_partitions_.append(transaction_partitions_item)
        self.transaction_last_update_timestamp_ms, self.transaction_start_timestamp_ms, count = _unpack_qqB(
            buffer, position
        )
        position += 17
        self.previous_producer_id = -1
        self.next_producer_id = -1
        self.next_producer_epoch = -1
        self.client_transaction_version = 0
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
                    (self.previous_producer_id,) = _unpack_q(buffer, position)
                    position += 8
                elif tag == 1:
                    (self.next_producer_id,) = _unpack_q(buffer, position)
                    position += 8
                elif tag == 3:
                    (self.next_producer_epoch,) = _unpack_h(buffer, position)
                    position += 2
                elif tag == 2:
                    (self.client_transaction_version,) = _unpack_h(buffer, position)
                    position += 2
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    else:
        (self.producer_id,) = _unpack_q(buffer, position)
        position += 8
        self.previous_producer_id = -1
        self.next_producer_id = -1
        (self.producer_epoch,) = _unpack_h(buffer, position)
        position += 2
        self.next_producer_epoch = -1
        self.transaction_timeout_ms, self.transaction_status, length = _unpack_ibi(buffer, position)
        position += 9
        if length < 0:
            self.transaction_partitions = None
        else:
            if 6 * length > len(buffer) - position:
                refuse_count()
            transaction_partitions_ = self.transaction_partitions = []
            for _ in range(length):
                transaction_partitions_item, position = _read_partitions_schema(buffer, position, version)
                transaction_partitions_.append(transaction_partitions_item)
        self.transaction_last_update_timestamp_ms, self.transaction_start_timestamp_ms = _unpack_qq(buffer, position)
        position += 16
        self.client_transaction_version = 0
        self.unknown_tagged_fields = None
    return self, position
