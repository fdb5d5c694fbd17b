# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's AddPartitionsToTxnResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
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
_unpack_hB = Struct(">hB").unpack_from
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_ih = Struct(">ih").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class AddPartitionsToTxnTopicResult(Message):
    """`AddPartitionsToTxnTopicResult` of AddPartitionsToTxnResponse, versions 0-5."""

    __slots__ = (
        "name",
        "results_by_partition",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        name: str = "",
        results_by_partition: list[AddPartitionsToTxnPartitionResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.results_by_partition: list[AddPartitionsToTxnPartitionResult] = (
            [] if results_by_partition is None else results_by_partition
        )
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
            length = len(self.results_by_partition) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for results_by_partition_item in self.results_by_partition:
                results_by_partition_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.name.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.results_by_partition))
            for results_by_partition_item in self.results_by_partition:
                results_by_partition_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AddPartitionsToTxnTopicResult", "unknown_tagged_fields", version)


class AddPartitionsToTxnPartitionResult(Message):
    """`AddPartitionsToTxnPartitionResult` of AddPartitionsToTxnResponse, versions 0-5."""

    __slots__ = (
        "partition_index",
        "partition_error_code",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        partition_error_code: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.partition_error_code = partition_error_code
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 3:
            out += _pack_ih(self.partition_index, self.partition_error_code)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_ih(self.partition_index, self.partition_error_code)
            if self.unknown_tagged_fields:
                refuse_field("AddPartitionsToTxnPartitionResult", "unknown_tagged_fields", version)


class AddPartitionsToTxnResult(Message):
    """`AddPartitionsToTxnResult` of AddPartitionsToTxnResponse, versions 4-5."""

    __slots__ = (
        "transactional_id",
        "topic_results",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        transactional_id: str = "",
        topic_results: list[AddPartitionsToTxnTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.transactional_id = transactional_id
        self.topic_results: list[AddPartitionsToTxnTopicResult] = [] if topic_results is None else topic_results
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
        length = len(self.topic_results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topic_results_item in self.topic_results:
            topic_results_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AddPartitionsToTxnResponse(Message):
    """Kafka's response 24 `AddPartitionsToTxnResponse`: versions 0-5, flexible from 3."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "results_by_transaction",
        "results_by_topic_v3_and_below",
        "unknown_tagged_fields",
    )

    API_KEY = 24
    NAME = "AddPartitionsToTxnResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 5
    FIRST_FLEXIBLE_VERSION = 3

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        results_by_transaction: list[AddPartitionsToTxnResult] | None = None,
        results_by_topic_v3_and_below: list[AddPartitionsToTxnTopicResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.results_by_transaction: list[AddPartitionsToTxnResult] = (
            [] if results_by_transaction is None else results_by_transaction
        )
        self.results_by_topic_v3_and_below: list[AddPartitionsToTxnTopicResult] = (
            [] if results_by_topic_v3_and_below is None else results_by_topic_v3_and_below
        )
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 3:
            out += _pack_i(self.throttle_time_ms)
            if version >= 4:
                out += _pack_h(self.error_code)
                length = len(self.results_by_transaction) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for results_by_transaction_item in self.results_by_transaction:
                    results_by_transaction_item.write(out, version)
            else:
                if self.results_by_transaction:
                    refuse_field("AddPartitionsToTxnResponse", "results_by_transaction", version)
            if version <= 3:
                length = len(self.results_by_topic_v3_and_below) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for results_by_topic_v3_and_below_item in self.results_by_topic_v3_and_below:
                    results_by_topic_v3_and_below_item.write(out, version)
            else:
                if self.results_by_topic_v3_and_below:
                    refuse_field("AddPartitionsToTxnResponse", "results_by_topic_v3_and_below", version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_i(self.throttle_time_ms)
            if self.results_by_transaction:
                refuse_field("AddPartitionsToTxnResponse", "results_by_transaction", version)
            out += _pack_i(len(self.results_by_topic_v3_and_below))
            for results_by_topic_v3_and_below_item in self.results_by_topic_v3_and_below:
                results_by_topic_v3_and_below_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("AddPartitionsToTxnResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[AddPartitionsToTxnResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_add_partitions_to_txn_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("AddPartitionsToTxnResponse", error)
        if position > len(buffer):
            refuse_truncated("AddPartitionsToTxnResponse")
        return message, position


def _read_add_partitions_to_txn_topic_result(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnTopicResult, int]:
    self = new(AddPartitionsToTxnTopicResult)
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
        if 7 * (length - 1) > len(buffer) - position:
            refuse_count()
        results_by_partition_ = self.results_by_partition = []
        for _ in range(length - 1):
            results_by_partition_item, position = _read_add_partitions_to_txn_partition_result(
                buffer, position, version
            )
            results_by_partition_.append(results_by_partition_item)
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
        if 6 * length > len(buffer) - position:
            refuse_count()
        results_by_partition_ = self.results_by_partition = []
        for _ in range(length):
            results_by_partition_item, position = _read_add_partitions_to_txn_partition_result(
                buffer, position, version
            )
            results_by_partition_.append(results_by_partition_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_partition_result(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnPartitionResult, int]:
    self = new(AddPartitionsToTxnPartitionResult)
    if version >= 3:
        self.partition_index, self.partition_error_code, count = _unpack_ihB(buffer, position)
        position += 7
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.partition_index, self.partition_error_code = _unpack_ih(buffer, position)
        position += 6
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_result(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnResult, int]:
    self = new(AddPartitionsToTxnResult)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.transactional_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 3 * (length - 1) > len(buffer) - position:
        refuse_count()
    topic_results_ = self.topic_results = []
    for _ in range(length - 1):
        topic_results_item, position = _read_add_partitions_to_txn_topic_result(buffer, position, version)
        topic_results_.append(topic_results_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_add_partitions_to_txn_response(
    buffer: Buffer, position: int, version: int
) -> tuple[AddPartitionsToTxnResponse, int]:
    self = new(AddPartitionsToTxnResponse)
    if version >= 3:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        if version >= 4:
            self.error_code, length = _unpack_hB(buffer, position)
            position += 3
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            results_by_transaction_ = self.results_by_transaction = []
            for _ in range(length - 1):
                results_by_transaction_item, position = _read_add_partitions_to_txn_result(buffer, position, version)
                results_by_transaction_.append(results_by_transaction_item)
        else:
            self.error_code = 0
            self.results_by_transaction = []
        if version <= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_compact_length(buffer, position - 1)
            if 3 * (length - 1) > len(buffer) - position:
                refuse_count()
            results_by_topic_v3_and_below_ = self.results_by_topic_v3_and_below = []
            for _ in range(length - 1):
                results_by_topic_v3_and_below_item, position = _read_add_partitions_to_txn_topic_result(
                    buffer, position, version
                )
                results_by_topic_v3_and_below_.append(results_by_topic_v3_and_below_item)
        else:
            self.results_by_topic_v3_and_below = []
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        self.error_code = 0
        self.results_by_transaction = []
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        results_by_topic_v3_and_below_ = self.results_by_topic_v3_and_below = []
        for _ in range(length):
            results_by_topic_v3_and_below_item, position = _read_add_partitions_to_txn_topic_result(
                buffer, position, version
            )
            results_by_topic_v3_and_below_.append(results_by_topic_v3_and_below_item)
        self.unknown_tagged_fields = None
    return self, position
