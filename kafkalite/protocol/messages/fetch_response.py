# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FetchResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
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
    refuse_field,
    refuse_null,
    refuse_tag,
    refuse_truncated,
    write_compact_records,
    write_records,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from collections.abc import Sized

    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_16s = Struct(">16s").pack
_unpack_16sB = Struct(">16sB").unpack_from
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_ihi = Struct(">ihi").pack
_unpack_ihiB = Struct(">ihiB").unpack_from
_unpack_ihii = Struct(">ihii").unpack_from
_pack_ihii = Struct(">ihii").pack
_unpack_ihq = Struct(">ihq").unpack_from
_pack_ihq = Struct(">ihq").pack
_unpack_ihqqq = Struct(">ihqqq").unpack_from
_pack_ihqqq = Struct(">ihqqq").pack
_unpack_ihqqqB = Struct(">ihqqqB").unpack_from
_unpack_ii = Struct(">ii").unpack_from
_pack_ii = Struct(">ii").pack
_unpack_iiB = Struct(">iiB").unpack_from
_pack_iq = Struct(">iq").pack
_unpack_iqB = Struct(">iqB").unpack_from
_unpack_q = Struct(">q").unpack_from
_pack_q = Struct(">q").pack
_pack_qi = Struct(">qi").pack
_unpack_qiB = Struct(">qiB").unpack_from
_unpack_qq = Struct(">qq").unpack_from
_pack_qq = Struct(">qq").pack
_unpack_qqB = Struct(">qqB").unpack_from


class EpochEndOffset(Message):
    """`EpochEndOffset` of FetchResponse, versions 12-18."""

    __slots__ = (
        "epoch",
        "end_offset",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        epoch: int = -1,
        end_offset: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.epoch = epoch
        self.end_offset = end_offset
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_iq(self.epoch, self.end_offset)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class LeaderIdAndEpoch(Message):
    """`LeaderIdAndEpoch` of FetchResponse, versions 12-18."""

    __slots__ = (
        "leader_id",
        "leader_epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        leader_id: int = -1,
        leader_epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.leader_id = leader_id
        self.leader_epoch = leader_epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_ii(self.leader_id, self.leader_epoch)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class SnapshotId(Message):
    """`SnapshotId` of FetchResponse, versions 12-18."""

    __slots__ = (
        "end_offset",
        "epoch",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        end_offset: int = -1,
        epoch: int = -1,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.end_offset = end_offset
        self.epoch = epoch
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_qi(self.end_offset, self.epoch)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class AbortedTransaction(Message):
    """`AbortedTransaction` of FetchResponse, versions 4-18."""

    __slots__ = (
        "producer_id",
        "first_offset",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        producer_id: int = 0,
        first_offset: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.producer_id = producer_id
        self.first_offset = first_offset
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 12:
            out += _pack_qq(self.producer_id, self.first_offset)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            out += _pack_qq(self.producer_id, self.first_offset)
            if self.unknown_tagged_fields:
                refuse_field("AbortedTransaction", "unknown_tagged_fields", version)


class PartitionData(Message):
    """`PartitionData` of FetchResponse, versions 0-18."""

    __slots__ = (
        "partition_index",
        "error_code",
        "high_watermark",
        "last_stable_offset",
        "log_start_offset",
        "diverging_epoch",
        "current_leader",
        "snapshot_id",
        "aborted_transactions",
        "preferred_read_replica",
        "records",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        partition_index: int = 0,
        error_code: int = 0,
        high_watermark: int = 0,
        last_stable_offset: int = -1,
        log_start_offset: int = -1,
        diverging_epoch: EpochEndOffset | None = None,
        current_leader: LeaderIdAndEpoch | None = None,
        snapshot_id: SnapshotId | None = None,
        aborted_transactions: list[AbortedTransaction] | None = UNSET,
        preferred_read_replica: int = -1,
        records: Sized | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.partition_index = partition_index
        self.error_code = error_code
        self.high_watermark = high_watermark
        self.last_stable_offset = last_stable_offset
        self.log_start_offset = log_start_offset
        self.diverging_epoch = diverging_epoch
        self.current_leader = current_leader
        self.snapshot_id = snapshot_id
        self.aborted_transactions: list[AbortedTransaction] | None = (
            [] if aborted_transactions is UNSET else aborted_transactions
        )
        self.preferred_read_replica = preferred_read_replica
        self.records = records
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 12:
            out += _pack_ihqqq(
                self.partition_index,
                self.error_code,
                self.high_watermark,
                self.last_stable_offset,
                self.log_start_offset,
            )
            if self.aborted_transactions is None:
                out.append(0)
            else:
                length = len(self.aborted_transactions) + 1
                if length < 128:
                    out.append(length)
                else:
                    write_uvarint(out, length)
                for aborted_transactions_item in self.aborted_transactions:
                    aborted_transactions_item.write(out, version)
            out += _pack_i(self.preferred_read_replica)
            write_compact_records(out, self.records)
            known: TaggedFields | None = None
            if self.diverging_epoch is not None and self.diverging_epoch != EpochEndOffset():
                body = bytearray()
                self.diverging_epoch.write(body, version)
                if known is None:
                    known = {}
                known[0] = bytes(body)
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                body = bytearray()
                self.current_leader.write(body, version)
                if known is None:
                    known = {}
                known[1] = bytes(body)
            if self.snapshot_id is not None and self.snapshot_id != SnapshotId():
                body = bytearray()
                self.snapshot_id.write(body, version)
                if known is None:
                    known = {}
                known[2] = bytes(body)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 11:
            out += _pack_ihqqq(
                self.partition_index,
                self.error_code,
                self.high_watermark,
                self.last_stable_offset,
                self.log_start_offset,
            )
            if self.diverging_epoch is not None and self.diverging_epoch != EpochEndOffset():
                refuse_field("PartitionData", "diverging_epoch", version)
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                refuse_field("PartitionData", "current_leader", version)
            if self.snapshot_id is not None and self.snapshot_id != SnapshotId():
                refuse_field("PartitionData", "snapshot_id", version)
            if self.aborted_transactions is None:
                out += b"\xff\xff\xff\xff"
            else:
                out += _pack_i(len(self.aborted_transactions))
                for aborted_transactions_item in self.aborted_transactions:
                    aborted_transactions_item.write(out, version)
            out += _pack_i(self.preferred_read_replica)
            write_records(out, self.records)
            if self.unknown_tagged_fields:
                refuse_field("PartitionData", "unknown_tagged_fields", version)
        else:
            out += _pack_ihq(self.partition_index, self.error_code, self.high_watermark)
            if version >= 4:
                out += _pack_q(self.last_stable_offset)
            if version >= 5:
                out += _pack_q(self.log_start_offset)
            if self.diverging_epoch is not None and self.diverging_epoch != EpochEndOffset():
                refuse_field("PartitionData", "diverging_epoch", version)
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                refuse_field("PartitionData", "current_leader", version)
            if self.snapshot_id is not None and self.snapshot_id != SnapshotId():
                refuse_field("PartitionData", "snapshot_id", version)
            if version >= 4:
                if self.aborted_transactions is None:
                    out += b"\xff\xff\xff\xff"
                else:
                    out += _pack_i(len(self.aborted_transactions))
                    for aborted_transactions_item in self.aborted_transactions:
                        aborted_transactions_item.write(out, version)
            if self.preferred_read_replica != -1:
                refuse_field("PartitionData", "preferred_read_replica", version)
            write_records(out, self.records)
            if self.unknown_tagged_fields:
                refuse_field("PartitionData", "unknown_tagged_fields", version)


class FetchableTopicResponse(Message):
    """`FetchableTopicResponse` of FetchResponse, versions 0-18."""

    __slots__ = (
        "topic",
        "topic_id",
        "partitions",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        topic: str = "",
        topic_id: bytes = ZERO_UUID,
        partitions: list[PartitionData] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.topic = topic
        self.topic_id = topic_id
        self.partitions: list[PartitionData] = [] if partitions is None else partitions
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        if version >= 13:
            out += _pack_16s(self.topic_id)
            length = len(self.partitions) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        elif version >= 12:
            data = self.topic.encode()
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
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.topic.encode()
            out += _pack_h(len(data))
            out += data
            out += _pack_i(len(self.partitions))
            for partitions_item in self.partitions:
                partitions_item.write(out, version)
            if self.unknown_tagged_fields:
                refuse_field("FetchableTopicResponse", "unknown_tagged_fields", version)


class NodeEndpoint(Message):
    """`NodeEndpoint` of FetchResponse, versions 16-18."""

    __slots__ = (
        "node_id",
        "host",
        "port",
        "rack",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        node_id: int = 0,
        host: str = "",
        port: int = 0,
        rack: str | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.node_id = node_id
        self.host = host
        self.port = port
        self.rack = rack
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.host.encode()
        out += _pack_i(self.node_id)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_i(self.port)
        if self.rack is None:
            out.append(0)
        else:
            data = self.rack.encode()
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


class FetchResponse(Message):
    """Kafka's response 1 `FetchResponse`: versions 0-18, flexible from 12."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "session_id",
        "responses",
        "node_endpoints",
        "unknown_tagged_fields",
    )

    API_KEY = 1
    NAME = "FetchResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 18
    FIRST_FLEXIBLE_VERSION = 12

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        session_id: int = 0,
        responses: list[FetchableTopicResponse] | None = None,
        node_endpoints: list[NodeEndpoint] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.session_id = session_id
        self.responses: list[FetchableTopicResponse] = [] if responses is None else responses
        self.node_endpoints: list[NodeEndpoint] = [] if node_endpoints is None else node_endpoints
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 12:
            out += _pack_ihi(self.throttle_time_ms, self.error_code, self.session_id)
            length = len(self.responses) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for responses_item in self.responses:
                responses_item.write(out, version)
            known: TaggedFields | None = None
            if version >= 16:
                if self.node_endpoints:
                    body = bytearray()
                    length = len(self.node_endpoints) + 1
                    if length < 128:
                        body.append(length)
                    else:
                        write_uvarint(body, length)
                    for node_endpoints_item in self.node_endpoints:
                        node_endpoints_item.write(body, version)
                    if known is None:
                        known = {}
                    known[0] = bytes(body)
            else:
                if self.node_endpoints:
                    refuse_field("FetchResponse", "node_endpoints", version)
            if known is None and self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, known, self.unknown_tagged_fields)
        elif version >= 7:
            out += _pack_ihii(self.throttle_time_ms, self.error_code, self.session_id, len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            if self.node_endpoints:
                refuse_field("FetchResponse", "node_endpoints", version)
            if self.unknown_tagged_fields:
                refuse_field("FetchResponse", "unknown_tagged_fields", version)
        else:
            if version >= 1:
                out += _pack_i(self.throttle_time_ms)
            if self.session_id:
                refuse_field("FetchResponse", "session_id", version)
            out += _pack_i(len(self.responses))
            for responses_item in self.responses:
                responses_item.write(out, version)
            if self.node_endpoints:
                refuse_field("FetchResponse", "node_endpoints", version)
            if self.unknown_tagged_fields:
                refuse_field("FetchResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[FetchResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        if type(buffer) is not memoryview:
            buffer = memoryview(buffer)
        try:
            message, position = _read_fetch_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("FetchResponse", error)
        if position > len(buffer):
            refuse_truncated("FetchResponse")
        return message, position


def _read_epoch_end_offset(buffer: Buffer, position: int, version: int) -> tuple[EpochEndOffset, int]:
    self = new(EpochEndOffset)
    self.epoch, self.end_offset, count = _unpack_iqB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_leader_id_and_epoch(buffer: Buffer, position: int, version: int) -> tuple[LeaderIdAndEpoch, int]:
    self = new(LeaderIdAndEpoch)
    self.leader_id, self.leader_epoch, count = _unpack_iiB(buffer, position)
    position += 9
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_snapshot_id(buffer: Buffer, position: int, version: int) -> tuple[SnapshotId, int]:
    self = new(SnapshotId)
    self.end_offset, self.epoch, count = _unpack_qiB(buffer, position)
    position += 13
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_aborted_transaction(buffer: Buffer, position: int, version: int) -> tuple[AbortedTransaction, int]:
    self = new(AbortedTransaction)
    if version >= 12:
        self.producer_id, self.first_offset, count = _unpack_qqB(buffer, position)
        position += 17
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.producer_id, self.first_offset = _unpack_qq(buffer, position)
        position += 16
        self.unknown_tagged_fields = None
    return self, position


def _read_partition_data(buffer: Buffer, position: int, version: int) -> tuple[PartitionData, int]:
    self = new(PartitionData)
    if version >= 12:
        (
            self.partition_index,
            self.error_code,
            self.high_watermark,
            self.last_stable_offset,
            self.log_start_offset,
            length,
        ) = _unpack_ihqqqB(buffer, position)
        position += 31
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.aborted_transactions = None
        else:
            if 17 * (length - 1) > len(buffer) - position:
                refuse_count()
            aborted_transactions_ = self.aborted_transactions = []
            for _ in range(length - 1):
                aborted_transactions_item, position = _read_aborted_transaction(buffer, position, version)
                aborted_transactions_.append(aborted_transactions_item)
        self.preferred_read_replica, length = _unpack_iB(buffer, position)
        position += 5
        if length > 127:
            length, position = read_uvarint(buffer, position - 1)
        if length == 0:
            self.records = None
        else:
            end = position + length - 1
            self.records = buffer[position:end]
            position = end
        count = buffer[position]
        position += 1
        self.diverging_epoch = None
        self.current_leader = None
        self.snapshot_id = None
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
                    self.diverging_epoch, position = _read_epoch_end_offset(buffer, position, version)
                elif tag == 1:
                    self.current_leader, position = _read_leader_id_and_epoch(buffer, position, version)
                elif tag == 2:
                    self.snapshot_id, position = _read_snapshot_id(buffer, position, version)
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 11:
        self.partition_index, self.error_code, self.high_watermark, self.last_stable_offset, self.log_start_offset = (
            _unpack_ihqqq(buffer, position)
        )
        position += 30
        self.diverging_epoch = None
        self.current_leader = None
        self.snapshot_id = None
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.aborted_transactions = None
        else:
            if 16 * length > len(buffer) - position:
                refuse_count()
            aborted_transactions_ = self.aborted_transactions = []
            for _ in range(length):
                aborted_transactions_item, position = _read_aborted_transaction(buffer, position, version)
                aborted_transactions_.append(aborted_transactions_item)
        self.preferred_read_replica, length = _unpack_ii(buffer, position)
        position += 8
        if length < 0:
            self.records = None
        else:
            end = position + length
            self.records = buffer[position:end]
            position = end
        self.unknown_tagged_fields = None
    else:
        self.partition_index, self.error_code, self.high_watermark = _unpack_ihq(buffer, position)
        position += 14
        if version >= 4:
            (self.last_stable_offset,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.last_stable_offset = -1
        if version >= 5:
            (self.log_start_offset,) = _unpack_q(buffer, position)
            position += 8
        else:
            self.log_start_offset = -1
        self.diverging_epoch = None
        self.current_leader = None
        self.snapshot_id = None
        if version >= 4:
            (length,) = _unpack_i(buffer, position)
            position += 4
            if length < 0:
                self.aborted_transactions = None
            else:
                if 16 * length > len(buffer) - position:
                    refuse_count()
                aborted_transactions_ = self.aborted_transactions = []
                for _ in range(length):
                    aborted_transactions_item, position = _read_aborted_transaction(buffer, position, version)
                    aborted_transactions_.append(aborted_transactions_item)
        else:
            self.aborted_transactions = []
        self.preferred_read_replica = -1
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            self.records = None
        else:
            end = position + length
            self.records = buffer[position:end]
            position = end
        self.unknown_tagged_fields = None
    return self, position


def _read_fetchable_topic_response(buffer: Buffer, position: int, version: int) -> tuple[FetchableTopicResponse, int]:
    self = new(FetchableTopicResponse)
    if version >= 13:
        self.topic = ""
        self.topic_id, length = _unpack_16sB(buffer, position)
        position += 17
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 37 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_partition_data(buffer, position, version)
            partitions_.append(partitions_item)
        count = buffer[position]
        position += 1
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    elif version >= 12:
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.topic = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.topic_id = ZERO_UUID
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 37 * (length - 1) > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length - 1):
            partitions_item, position = _read_partition_data(buffer, position, version)
            partitions_.append(partitions_item)
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
        self.topic_id = ZERO_UUID
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 18 * length > len(buffer) - position:
            refuse_count()
        partitions_ = self.partitions = []
        for _ in range(length):
            partitions_item, position = _read_partition_data(buffer, position, version)
            partitions_.append(partitions_item)
        self.unknown_tagged_fields = None
    return self, position


def _read_node_endpoint(buffer: Buffer, position: int, version: int) -> tuple[NodeEndpoint, int]:
    self = new(NodeEndpoint)
    self.node_id, length = _unpack_iB(buffer, position)
    position += 5
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.host = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.port, length = _unpack_iB(buffer, position)
    position += 5
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.rack = None
    else:
        end = position + length - 1
        self.rack = str(buffer[position:end], "utf-8", "as-java")
        position = end
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_fetch_response(buffer: Buffer, position: int, version: int) -> tuple[FetchResponse, int]:
    self = new(FetchResponse)
    if version >= 12:
        self.throttle_time_ms, self.error_code, self.session_id, length = _unpack_ihiB(buffer, position)
        position += 11
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        if 2 * (length - 1) > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length - 1):
            responses_item, position = _read_fetchable_topic_response(buffer, position, version)
            responses_.append(responses_item)
        count = buffer[position]
        position += 1
        self.node_endpoints = []
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
                    if not (version >= 16):
                        refuse_tag(tag)
                    length = buffer[position]
                    position += 1
                    if not 0 < length < 128:
                        length, position = read_compact_length(buffer, position - 1)
                    if 11 * (length - 1) > len(buffer) - position:
                        refuse_count()
                    node_endpoints_ = self.node_endpoints = []
                    for _ in range(length - 1):
                        node_endpoints_item, position = _read_node_endpoint(buffer, position, version)
                        node_endpoints_.append(node_endpoints_item)
                else:
                    if self.unknown_tagged_fields is None:
                        self.unknown_tagged_fields = {}
                    self.unknown_tagged_fields[tag] = bytes(buffer[position:tag_end])
                    position = tag_end
                if position != tag_end:
                    refuse_tag(tag)
    elif version >= 7:
        self.throttle_time_ms, self.error_code, self.session_id, length = _unpack_ihii(buffer, position)
        position += 14
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_fetchable_topic_response(buffer, position, version)
            responses_.append(responses_item)
        self.node_endpoints = []
        self.unknown_tagged_fields = None
    else:
        if version >= 1:
            (self.throttle_time_ms,) = _unpack_i(buffer, position)
            position += 4
        else:
            self.throttle_time_ms = 0
        self.error_code = 0
        self.session_id = 0
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        if 6 * length > len(buffer) - position:
            refuse_count()
        responses_ = self.responses = []
        for _ in range(length):
            responses_item, position = _read_fetchable_topic_response(buffer, position, version)
            responses_.append(responses_item)
        self.node_endpoints = []
        self.unknown_tagged_fields = None
    return self, position
