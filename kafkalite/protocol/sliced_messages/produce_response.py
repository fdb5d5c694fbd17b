# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ProduceResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.produce_response import (
    LeaderIdAndEpoch,
    PartitionProduceResponse,
    ProduceResponse,
    TopicProduceResponse,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import TaggedFields

_pack_16s = Struct(">16s").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ihq = Struct(">ihq").pack
_pack_ihqqq = Struct(">ihqqq").pack
_pack_ihqqqi = Struct(">ihqqqi").pack
_pack_q = Struct(">q").pack


def _write_partition_produce_response_steps(
    self: PartitionProduceResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 9:
        out += _pack_ihqqq(
            self.index, self.error_code, self.base_offset, self.log_append_time_ms, self.log_start_offset
        )
        length = len(self.record_errors) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for record_errors_item in self.record_errors:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            record_errors_item.write(out, version)
        if self.error_message is None:
            out.append(0)
        else:
            data = self.error_message.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        known: TaggedFields | None = None
        if version >= 10:
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                body = bytearray()
                self.current_leader.write(body, version)
                if known is None:
                    known = {}
                known[0] = bytes(body)
        else:
            if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
                refuse_field("PartitionProduceResponse", "current_leader", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)
    elif version >= 8:
        out += _pack_ihqqqi(
            self.index,
            self.error_code,
            self.base_offset,
            self.log_append_time_ms,
            self.log_start_offset,
            len(self.record_errors),
        )
        for record_errors_item in self.record_errors:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            record_errors_item.write(out, version)
        if self.error_message is None:
            out += b"\xff\xff"
        else:
            data = self.error_message.encode()
            out += _pack_h(len(data))
            out += data
        if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
            refuse_field("PartitionProduceResponse", "current_leader", version)
        if self.unknown_tagged_fields:
            refuse_field("PartitionProduceResponse", "unknown_tagged_fields", version)
    else:
        out += _pack_ihq(self.index, self.error_code, self.base_offset)
        if version >= 2:
            out += _pack_q(self.log_append_time_ms)
        if version >= 5:
            out += _pack_q(self.log_start_offset)
        if self.current_leader is not None and self.current_leader != LeaderIdAndEpoch():
            refuse_field("PartitionProduceResponse", "current_leader", version)
        if self.unknown_tagged_fields:
            refuse_field("PartitionProduceResponse", "unknown_tagged_fields", version)


def _write_topic_produce_response_steps(
    self: TopicProduceResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 13:
        out += _pack_16s(self.topic_id)
        length = len(self.partition_responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partition_responses_item in self.partition_responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_produce_response_steps(partition_responses_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    elif version >= 9:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.partition_responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partition_responses_item in self.partition_responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_produce_response_steps(partition_responses_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_i(len(self.partition_responses))
        for partition_responses_item in self.partition_responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_partition_produce_response_steps(partition_responses_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("TopicProduceResponse", "unknown_tagged_fields", version)


def _write_produce_response_steps(self: ProduceResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 9:
        length = len(self.responses) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_topic_produce_response_steps(responses_item, out, version)
        out += _pack_i(self.throttle_time_ms)
        known: TaggedFields | None = None
        if version >= 10:
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
                refuse_field("ProduceResponse", "node_endpoints", version)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)
    elif version >= 1:
        out += _pack_i(len(self.responses))
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_topic_produce_response_steps(responses_item, out, version)
        out += _pack_i(self.throttle_time_ms)
        if self.node_endpoints:
            refuse_field("ProduceResponse", "node_endpoints", version)
        if self.unknown_tagged_fields:
            refuse_field("ProduceResponse", "unknown_tagged_fields", version)
    else:
        out += _pack_i(len(self.responses))
        for responses_item in self.responses:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_topic_produce_response_steps(responses_item, out, version)
        if self.node_endpoints:
            refuse_field("ProduceResponse", "node_endpoints", version)
        if self.unknown_tagged_fields:
            refuse_field("ProduceResponse", "unknown_tagged_fields", version)


def write_steps(message: ProduceResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_produce_response_steps(message, out, version)
