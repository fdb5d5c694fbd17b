# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ApiVersionsResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.api_versions_response import ApiVersionsResponse
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator

    from kafkalite.protocol.primitives import TaggedFields

_pack_t = Struct(">?").pack
_pack_h = Struct(">h").pack
_pack_hi = Struct(">hi").pack
_pack_i = Struct(">i").pack
_pack_q = Struct(">q").pack


def _write_api_versions_response_steps(
    self: ApiVersionsResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 3:
        out += _pack_h(self.error_code)
        length = len(self.api_keys) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for api_keys_item in self.api_keys:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            api_keys_item.write(out, version)
        out += _pack_i(self.throttle_time_ms)
        known: TaggedFields | None = None
        if self.supported_features:
            body = bytearray()
            length = len(self.supported_features) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            for supported_features_item in self.supported_features:
                supported_features_item.write(body, version)
            if known is None:
                known = {}
            known[0] = bytes(body)
        if self.finalized_features_epoch != -1:
            body = bytearray()
            body += _pack_q(self.finalized_features_epoch)
            if known is None:
                known = {}
            known[1] = bytes(body)
        if self.finalized_features:
            body = bytearray()
            length = len(self.finalized_features) + 1
            if length < 128:
                body.append(length)
            else:
                write_uvarint(body, length)
            for finalized_features_item in self.finalized_features:
                finalized_features_item.write(body, version)
            if known is None:
                known = {}
            known[2] = bytes(body)
        if self.zk_migration_ready:
            body = bytearray()
            body += _pack_t(self.zk_migration_ready)
            if known is None:
                known = {}
            known[3] = bytes(body)
        if known is None and self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, known, self.unknown_tagged_fields)
    else:
        out += _pack_hi(self.error_code, len(self.api_keys))
        for api_keys_item in self.api_keys:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            api_keys_item.write(out, version)
        if version >= 1:
            out += _pack_i(self.throttle_time_ms)
        if self.unknown_tagged_fields:
            refuse_field("ApiVersionsResponse", "unknown_tagged_fields", version)


def write_steps(message: ApiVersionsResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_api_versions_response_steps(message, out, version)
