# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeQuorumResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_quorum_response import DescribeQuorumResponse, Node, PartitionData, TopicData
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack
_pack_iiq = Struct(">iiq").pack


def _write_partition_data_steps(self: PartitionData, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_ih(self.partition_index, self.error_code)
    if version >= 2:
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
    out += _pack_iiq(self.leader_id, self.leader_epoch, self.high_watermark)
    length = len(self.current_voters) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for current_voters_item in self.current_voters:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        current_voters_item.write(out, version)
    length = len(self.observers) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for observers_item in self.observers:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        observers_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_topic_data_steps(self: TopicData, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    data = self.topic_name.encode()
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


def _write_node_steps(self: Node, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_i(self.node_id)
    length = len(self.listeners) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for listeners_item in self.listeners:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        listeners_item.write(out, version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def _write_describe_quorum_response_steps(
    self: DescribeQuorumResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    out += _pack_h(self.error_code)
    if version >= 2:
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
    length = len(self.topics) + 1
    if length < 128:
        out.append(length)
    else:
        write_uvarint(out, length)
    for topics_item in self.topics:
        if len(out) > limit:
            yield
            limit = len(out) + STEP_MAX_BYTES
        yield from _write_topic_data_steps(topics_item, out, version)
    if version >= 2:
        length = len(self.nodes) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for nodes_item in self.nodes:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_node_steps(nodes_item, out, version)
    else:
        if self.nodes:
            refuse_field("DescribeQuorumResponse", "nodes", version)
    if self.unknown_tagged_fields is None:
        out.append(0)
    else:
        write_tagged_fields(out, None, self.unknown_tagged_fields)


def write_steps(message: DescribeQuorumResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_quorum_response_steps(message, out, version)
