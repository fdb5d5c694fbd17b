# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddPartitionsToTxnRequest."""

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
_pack_qh = Struct(">qh").pack
_pack_qht = Struct(">qh?").pack
_unpack_qhtB = Struct(">qh?B").unpack_from
_unpack_qhB = Struct(">qhB").unpack_from
_unpack_qhi = Struct(">qhi").unpack_from
_pack_qhi = Struct(">qhi").pack


class AddPartitionsToTxnTopic(Message):
    """`AddPartitionsToTxnTopic` of AddPartitionsToTxnRequest, versions 0-5."""

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
        if version >= 3:
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
                refuse_field("AddPartitionsToTxnTopic", "unknown_tagged_fields", version)


class AddPartitionsToTxnTransaction(Message):
    """`AddPartitionsToTxnTransaction` of AddPartitionsToTxnRequest, versions 4-5."""

    __slots__ = (
        "transactional_id",
        "producer_id",
        "producer_epoch",
        "verify_only",
        "topics",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        transactional_id: str = "",
        producer_id: int = 0,
        producer_epoch: int = 0,
        verify_only: bool = False,
        topics: list[AddPartitionsToTxnTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.producer_id = producer_id
        self.producer_epoch = producer_epoch
        self.verify_only = verify_only
        self.topics: list[AddPartitionsToTxnTopic] = [] if topics is None else topics
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.transactional_id.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_qht(self.producer_id, self.producer_epoch, self.verify_only)
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


class AddPartitionsToTxnRequest(Message):
    """Kafka's request 24 `AddPartitionsToTxnRequest`: versions 0-5, flexible from 3."""

    __slots__ = (
        "transactions",
        "v3_and_below_transactional_id",
        "v3_and_below_producer_id",
        "v3_and_below_producer_epoch",
        "v3_and_below_topics",
        "unknown_tagged_fields",
    )

    API_KEY = 24
    NAME = "AddPartitionsToTxnRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        transactions: list[AddPartitionsToTxnTransaction] | None = None,
        v3_and_below_transactional_id: str = "",
        v3_and_below_producer_id: int = 0,
        v3_and_below_producer_epoch: int = 0,
        v3_and_below_topics: list[AddPartitionsToTxnTopic] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactions: list[AddPartitionsToTxnTransaction] = [] if transactions is None else transactions
        self.v3_and_below_transactional_id = v3_and_below_transactional_id
        self.v3_and_below_producer_id = v3_and_below_producer_id
        self.v3_and_below_producer_epoch = v3_and_below_producer_epoch
        self.v3_and_below_topics: list[AddPartitionsToTxnTopic] = (
            [] if v3_and_below_topics is None else v3_and_below_topics
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            if version >= 4:
                length = len(self.transactions) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for transactions_item in self.transactions:
                    transactions_item.write(out, version)
            else:
                if self.transactions:
                    refuse_field("AddPartitionsToTxnRequest", "transactions", version)
            if version <= 3:
                data = self.v3_and_below_transactional_id.encode()
                length = len(data) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                out += data
                out += _pack_qh(self.v3_and_below_producer_id, self.v3_and_below_producer_epoch)
                length = len(self.v3_and_below_topics) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for v3_and_below_topics_item in self.v3_and_below_topics:
                    v3_and_below_topics_item.write(out, version)
            else:
                if self.v3_and_below_transactional_id:
                    refuse_field("AddPartitionsToTxnRequest", "v3_and_below_transactional_id", version)
                if self.v3_and_below_producer_id:
                    refuse_field("AddPartitionsToTxnRequest", "v3_and_below_producer_id", version)
                if self.v3_and_below_producer_epoch:
                    refuse_field("AddPartitionsToTxnRequest", "v3_and_below_producer_epoch", version)
                if self.v3_and_below_topics:
                    refuse_field("AddPartitionsToTxnRequest", "v3_and_below_topics", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            if self.transactions:
                refuse_field("AddPartitionsToTxnRequest", "transactions", version)
            data = self.v3_and_below_transactional_id.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_qhi(
                self.v3_and_below_producer_id, self.v3_and_below_producer_epoch, len(self.v3_and_below_topics)
            )
            for v3_and_below_topics_item in self.v3_and_below_topics:
                v3_and_below_topics_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AddPartitionsToTxnRequest", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AddPartitionsToTxnRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_add_partitions_to_txn_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AddPartitionsToTxnRequest", error)
        if position > len(buffer):
            refuse_truncated("AddPartitionsToTxnRequest")
        return message, position


def _read_add_partitions_to_txn_topic(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnTopic, int]:
    self = new(AddPartitionsToTxnTopic)
    if version >= 3:
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


def _read_add_partitions_to_txn_transaction(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnTransaction, int]:
    self = new(AddPartitionsToTxnTransaction)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.producer_id, self.producer_epoch, self.verify_only, length = _unpack_qhtB(buffer, position)
    position += 12
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topics_ = self.topics = []
    for _ in range(length - 1):
        topics_item, position = _read_add_partitions_to_txn_topic(buffer, position, version)
        topics_.append(topics_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_request(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnRequest, int]:
    self = new(AddPartitionsToTxnRequest)
    if version >= 3:
        if version >= 4:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 14 * (length - 1) > len(buffer) - position:
                refuse_count()
            transactions_ = self.transactions = []
            for _ in range(length - 1):
                transactions_item, position = _read_add_partitions_to_txn_transaction(buffer, position, version)
                transactions_.append(transactions_item)
        else:
            self.transactions = []
        if version <= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.v3_and_below_transactional_id = str(buffer[position:end], "utf-8", "as-java")
            position = end
            self.v3_and_below_producer_id, self.v3_and_below_producer_epoch, length = _unpack_qhB(buffer, position)
            position += 11
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            v3_and_below_topics_ = self.v3_and_below_topics = []
            for _ in range(length - 1):
                v3_and_below_topics_item, position = _read_add_partitions_to_txn_topic(buffer, position, version)
                v3_and_below_topics_.append(v3_and_below_topics_item)
        else:
            self.v3_and_below_transactional_id = ""
            self.v3_and_below_producer_id = 0
            self.v3_and_below_producer_epoch = 0
            self.v3_and_below_topics = []
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.transactions = []
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.v3_and_below_transactional_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.v3_and_below_producer_id, self.v3_and_below_producer_epoch, length = _unpack_qhi(buffer, position)
        position += 14
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        v3_and_below_topics_ = self.v3_and_below_topics = []
        for _ in range(length):
            v3_and_below_topics_item, position = _read_add_partitions_to_txn_topic(buffer, position, version)
            v3_and_below_topics_.append(v3_and_below_topics_item)
        self.unknown_tagged_fields = None
    return self, position
