# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeClientQuotasResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_client_quotas_response import DescribeClientQuotasResponse, EntryData
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ih = Struct(">ih").pack


def _write_entry_data_steps(self: EntryData, out: bytearray, version: int) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 1:
        length = len(self.entity) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for entity_item in self.entity:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            entity_item.write(out, version)
        length = len(self.values) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for values_item in self.values:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            values_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_i(len(self.entity))
        for entity_item in self.entity:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            entity_item.write(out, version)
        out += _pack_i(len(self.values))
        for values_item in self.values:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            values_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("EntryData", "unknown_tagged_fields", version)


def _write_describe_client_quotas_response_steps(
    self: DescribeClientQuotasResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 1:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
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
        if self.entries is None:
            out.append(0)
        else:
            length = len(self.entries) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            for entries_item in self.entries:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                yield from _write_entry_data_steps(entries_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ih(self.throttle_time_ms, self.error_code)
        if self.error_message is None:
            out += b"\xff\xff"
        else:
            data = self.error_message.encode()
            out += _pack_h(len(data))
            out += data
        if self.entries is None:
            out += b"\xff\xff\xff\xff"
        else:
            out += _pack_i(len(self.entries))
            for entries_item in self.entries:
                if len(out) > limit:
                    yield
                    limit = len(out) + STEP_MAX_BYTES
                yield from _write_entry_data_steps(entries_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribeClientQuotasResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeClientQuotasResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_client_quotas_response_steps(message, out, version)
