# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's MetadataResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.metadata_response import MetadataResponse, MetadataResponseTopic
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_16s = Struct(">16s").pack
_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack


def _write_metadata_response_topic_steps(
    self: MetadataResponseTopic, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 9:
        out += _pack_h(self.error_code)
        if self.name is None:
            if not (version >= 12):
                refuse_field("MetadataResponseTopic", "name", version)
            out.append(0)
        else:
            data = self.name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        if version >= 10:
            out += _pack_16s(self.topic_id)
        out += _pack_t(self.is_internal)
        length = len(self.partitions) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        out += _pack_i(self.topic_authorized_operations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_h(self.error_code)
        if self.name is None:
            refuse_field("MetadataResponseTopic", "name", version)
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        if version >= 1:
            out += _pack_t(self.is_internal)
        out += _pack_i(len(self.partitions))
        for partitions_item in self.partitions:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            partitions_item.write(out, version)
        if version >= 8:
            out += _pack_i(self.topic_authorized_operations)
        else:
            if self.topic_authorized_operations != -2147483648:
                refuse_field("MetadataResponseTopic", "topic_authorized_operations", version)
        if self.unknown_tagged_fields:
            refuse_field("MetadataResponseTopic", "unknown_tagged_fields", version)


def _write_metadata_response_steps(self: MetadataResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 9:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.brokers) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for brokers_item in self.brokers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            brokers_item.write(out, version)
        if self.cluster_id is None:
            out.append(0)
        else:
            data = self.cluster_id.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        out += _pack_i(self.controller_id)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_metadata_response_topic_steps(topics_item, out, version)
        if version <= 10:
            out += _pack_i(self.cluster_authorized_operations)
        else:
            if self.cluster_authorized_operations != -2147483648:
                refuse_field("MetadataResponse", "cluster_authorized_operations", version)
        if version >= 13:
            out += _pack_h(self.error_code)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 3:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_i(len(self.brokers))
        for brokers_item in self.brokers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            brokers_item.write(out, version)
        if version >= 2:
            if self.cluster_id is None:
                out += b"\xff\xff"
            else:
                data = self.cluster_id.encode()
                out += _pack_h(len(data))
                out += data
        if version >= 1:
            out += _pack_i(self.controller_id)
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_metadata_response_topic_steps(topics_item, out, version)
        if version >= 8:
            out += _pack_i(self.cluster_authorized_operations)
        else:
            if self.cluster_authorized_operations != -2147483648:
                refuse_field("MetadataResponse", "cluster_authorized_operations", version)
        if self.unknown_tagged_fields:
            refuse_field("MetadataResponse", "unknown_tagged_fields", version)


def write_steps(message: MetadataResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_metadata_response_steps(message, out, version)
