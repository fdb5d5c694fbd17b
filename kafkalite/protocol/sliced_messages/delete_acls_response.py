# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DeleteAclsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.delete_acls_response import DeleteAclsFilterResult, DeleteAclsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_i = Struct(">i").pack
_pack_ii = Struct(">ii").pack


def _write_delete_acls_filter_result_steps(
    self: DeleteAclsFilterResult, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
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
        length = len(self.matching_acls) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for matching_acls_item in self.matching_acls:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            matching_acls_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_h(self.error_code)
        if self.error_message is None:
            out += b"\xff\xff"
        else:
            data = self.error_message.encode()
            out += _pack_h(len(data))
            out += data
        out += _pack_i(len(self.matching_acls))
        for matching_acls_item in self.matching_acls:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            matching_acls_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("DeleteAclsFilterResult", "unknown_tagged_fields", version)


def _write_delete_acls_response_steps(
    self: DeleteAclsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_i(self.throttle_time_ms)
        length = len(self.filter_results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for filter_results_item in self.filter_results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_delete_acls_filter_result_steps(filter_results_item, out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_ii(self.throttle_time_ms, len(self.filter_results))
        for filter_results_item in self.filter_results:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_delete_acls_filter_result_steps(filter_results_item, out, version)
        if self.unknown_tagged_fields:
            refuse_field("DeleteAclsResponse", "unknown_tagged_fields", version)


def write_steps(message: DeleteAclsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_delete_acls_response_steps(message, out, version)
