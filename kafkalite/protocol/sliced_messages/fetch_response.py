# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's FetchResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.fetch_response import (
    EpochEndOffset,
    FetchableTopicResponse,
    FetchResponse,
    LeaderIdAndEpoch,
    PartitionData,
    SnapshotId,
)
from kafkalite.protocol.primitives import (
    refuse_field,
    write_compact_records,
    write_records,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import TaggedFields

_pack_16s = Struct(">16s").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ihi = Struct(">ihi").pack
_pack_ihii = Struct(">ihii").pack
_pack_ihq = Struct(">ihq").pack
_pack_ihqqq = Struct(">ihqqq").pack
_pack_q = Struct(">q").pack


def _write_partition_data_steps(self: PartitionData, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 12:
        out += _pack_ihqqq(
            self.partition_index, self.error_code, self.high_watermark, self.last_stable_offset, self.log_start_offset
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
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
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
            self.partition_index, self.error_code, self.high_watermark, self.last_stable_offset, self.log_start_offset
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
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
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
                    if len(out) > limit:
                        yield
                        limit = len(out) + STEP_MAX_BYTES
                    aborted_transactions_item.write(out, version)
        if self.preferred_read_replica != -1:
            refuse_field("PartitionData", "preferred_read_replica", version)
        write_records(out, self.records)
        if self.unknown_tagged_fields:
            refuse_field("PartitionData", "unknown_tagged_fields", version)


def _write_fetchable_topic_response_steps(
    self: FetchableTopicResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 13:
        out += _pack_16s(self.topic_id)
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_data_steps(partitions_item, out, version)
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
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_data_steps(partitions_item, out, version)
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
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_data_steps(partitions_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("FetchableTopicResponse", "unknown_tagged_fields", version)


def _write_fetch_response_steps(self: FetchResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 12:
        out += _pack_ihi(self.throttle_time_ms, self.error_code, self.session_id)
        length = len(self.responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_fetchable_topic_response_steps(responses_item, out, version)
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
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_fetchable_topic_response_steps(responses_item, out, version)
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
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_fetchable_topic_response_steps(responses_item, out, version)
        if self.node_endpoints:
            refuse_field("FetchResponse", "node_endpoints", version)
        if self.unknown_tagged_fields:
            refuse_field("FetchResponse", "unknown_tagged_fields", version)


def write_steps(message: FetchResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_fetch_response_steps(message, out, version)
