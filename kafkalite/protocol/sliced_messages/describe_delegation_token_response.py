# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeDelegationTokenResponse, written in slices."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.limits import STEP_MAX_BYTES
from kafkalite.protocol.messages.describe_delegation_token_response import (
    DescribedDelegationToken,
    DescribeDelegationTokenResponse,
)
from kafkalite.protocol.primitives import refuse_field, write_tagged_fields, write_uvarint

if TYPE_CHECKING:
    from collections.abc import Generator


_pack_h = Struct(">h").pack
_pack_hi = Struct(">hi").pack
_pack_i = Struct(">i").pack
_pack_qqq = Struct(">qqq").pack
_pack_qqqh = Struct(">qqqh").pack


def _write_described_delegation_token_steps(
    self: DescribedDelegationToken, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        data = self.principal_type.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        data = self.principal_name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        if version >= 3:
            data = self.token_requester_principal_type.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
            data = self.token_requester_principal_name.encode()
            length = len(data) + 1
            if length < 128:
                out.append(length)
            else:
                write_uvarint(out, length)
            out += data
        else:
            if self.token_requester_principal_type:
                refuse_field("DescribedDelegationToken", "token_requester_principal_type", version)
            if self.token_requester_principal_name:
                refuse_field("DescribedDelegationToken", "token_requester_principal_name", version)
        data = self.token_id.encode()
        out += _pack_qqq(self.issue_timestamp, self.expiry_timestamp, self.max_timestamp)
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        length = len(self.hmac) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.hmac
        length = len(self.renewers) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for renewers_item in self.renewers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            renewers_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        data = self.principal_type.encode()
        out += _pack_h(len(data))
        out += data
        data = self.principal_name.encode()
        out += _pack_h(len(data))
        out += data
        if self.token_requester_principal_type:
            refuse_field("DescribedDelegationToken", "token_requester_principal_type", version)
        if self.token_requester_principal_name:
            refuse_field("DescribedDelegationToken", "token_requester_principal_name", version)
        data = self.token_id.encode()
        out += _pack_qqqh(self.issue_timestamp, self.expiry_timestamp, self.max_timestamp, len(data))
        out += data
        out += _pack_i(len(self.hmac))
        out += self.hmac
        out += _pack_i(len(self.renewers))
        for renewers_item in self.renewers:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            renewers_item.write(out, version)
        if self.unknown_tagged_fields:
            refuse_field("DescribedDelegationToken", "unknown_tagged_fields", version)


def _write_describe_delegation_token_response_steps(
    self: DescribeDelegationTokenResponse, out: bytearray, version: int
) -> Generator[None, None, None]:
    limit = len(out) + STEP_MAX_BYTES
    if version >= 2:
        out += _pack_h(self.error_code)
        length = len(self.tokens) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for tokens_item in self.tokens:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_described_delegation_token_steps(tokens_item, out, version)
        out += _pack_i(self.throttle_time_ms)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)
    else:
        out += _pack_hi(self.error_code, len(self.tokens))
        for tokens_item in self.tokens:
            if len(out) > limit:
                yield
                limit = len(out) + STEP_MAX_BYTES
            yield from _write_described_delegation_token_steps(tokens_item, out, version)
        out += _pack_i(self.throttle_time_ms)
        if self.unknown_tagged_fields:
            refuse_field("DescribeDelegationTokenResponse", "unknown_tagged_fields", version)


def write_steps(message: DescribeDelegationTokenResponse, out: bytearray, version: int) -> Generator[None, None, None]:
    """Append as `write` of the class does, and yield on the way. Errors: UnsupportedFieldError."""
    yield from _write_describe_delegation_token_response_steps(message, out, version)
