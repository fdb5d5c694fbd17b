# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateTopicsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.create_topics_response import CreatableTopicResult, CreateTopicsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import TaggedFields

_pack_16s = Struct(">16s").pack
_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_creatable_topic_result_steps(
    self: CreatableTopicResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 5:
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if version >= 7:
            out += _pack_16s(self.topic_id)
        out += _pack_h(self.error_code)
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
        out += _pack_ih(self.num_partitions, self.replication_factor)
        if self.configs is None:
            out.append(0)
        else:
            length = len(self.configs) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for configs_item in self.configs:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                configs_item.write(out, version)
        known: TaggedFields | None = None
        if self.topic_config_error_code:
            body = bytearray()
            body += _pack_h(self.topic_config_error_code)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)
    else:
        data = self.name.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_h(self.error_code)
        if version >= 1:
            if self.error_message is None:
                out += b"\xff\xff"
            else:
                data = self.error_message.encode()
                out += _pack_h(len(data))
                out += data
        if self.unknown_tagged_fields:
            refuse_field("CreatableTopicResult", "unknown_tagged_fields", version)


def _write_create_topics_response_steps(
    self: CreateTopicsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 5:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.topics) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_creatable_topic_result_steps(topics_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        if version >= 2:
            out += _pack_i(self.throttle_time_ms)
        out += _pack_i(len(self.topics))
        for topics_item in self.topics:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_creatable_topic_result_steps(topics_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("CreateTopicsResponse", "unknown_tagged_fields", version)


def write_steps(message: CreateTopicsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_create_topics_response_steps(message, out, version)
