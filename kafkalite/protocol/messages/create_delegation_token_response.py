# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's CreateDelegationTokenResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_tagged_fields,
    read_text_length,
    refuse_field,
    refuse_null,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_unpack_hh = Struct(">hh").unpack_from
_pack_hh = Struct(">hh").pack
_unpack_i = Struct(">i").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from
_pack_qqq = Struct(">qqq").pack
_unpack_qqqB = Struct(">qqqB").unpack_from
_unpack_qqqh = Struct(">qqqh").unpack_from
_pack_qqqh = Struct(">qqqh").pack


class CreateDelegationTokenResponse(Message):
    """Kafka's response 38 `CreateDelegationTokenResponse`: versions 0-3, flexible from 2."""

    __slots__ = (
        "error_code",
        "principal_type",
        "principal_name",
        "token_requester_principal_type",
        "token_requester_principal_name",
        "issue_timestamp_ms",
        "expiry_timestamp_ms",
        "max_timestamp_ms",
        "token_id",
        "hmac",
        "throttle_time_ms",
        "unknown_tagged_fields",
    )

    API_KEY = 38
    NAME = "CreateDelegationTokenResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 3
    FIRST_FLEXIBLE_VERSION = 2

    def __init__(
        self,
        *,
        error_code: int = 0,
        principal_type: str = "",
        principal_name: str = "",
        token_requester_principal_type: str = "",
        token_requester_principal_name: str = "",
        issue_timestamp_ms: int = 0,
        expiry_timestamp_ms: int = 0,
        max_timestamp_ms: int = 0,
        token_id: str = "",
        hmac: bytes = b"",
        throttle_time_ms: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.error_code = error_code
        self.principal_type = principal_type
        self.principal_name = principal_name
        self.token_requester_principal_type = token_requester_principal_type
        self.token_requester_principal_name = token_requester_principal_name
        self.issue_timestamp_ms = issue_timestamp_ms
        self.expiry_timestamp_ms = expiry_timestamp_ms
        self.max_timestamp_ms = max_timestamp_ms
        self.token_id = token_id
        self.hmac = hmac
        self.throttle_time_ms = throttle_time_ms
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        if version >= 2:
            data = self.principal_type.encode()
            out += _pack_h(self.error_code)
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
                    refuse_field("CreateDelegationTokenResponse", "token_requester_principal_type", version)
                if self.token_requester_principal_name:
                    refuse_field("CreateDelegationTokenResponse", "token_requester_principal_name", version)
            data = self.token_id.encode()
            out += _pack_qqq(self.issue_timestamp_ms, self.expiry_timestamp_ms, self.max_timestamp_ms)
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
            out += _pack_i(self.throttle_time_ms)
            if self.unknown_tagged_fields is None:
                out.append(0)
            else:
                write_tagged_fields(out, None, self.unknown_tagged_fields)
        else:
            data = self.principal_type.encode()
            out += _pack_hh(self.error_code, len(data))
            out += data
            data = self.principal_name.encode()
            out += _pack_h(len(data))
            out += data
            if self.token_requester_principal_type:
                refuse_field("CreateDelegationTokenResponse", "token_requester_principal_type", version)
            if self.token_requester_principal_name:
                refuse_field("CreateDelegationTokenResponse", "token_requester_principal_name", version)
            data = self.token_id.encode()
            out += _pack_qqqh(self.issue_timestamp_ms, self.expiry_timestamp_ms, self.max_timestamp_ms, len(data))
            out += data
            out += _pack_i(len(self.hmac))
            out += self.hmac
            out += _pack_i(self.throttle_time_ms)
            if self.unknown_tagged_fields:
                refuse_field("CreateDelegationTokenResponse", "unknown_tagged_fields", version)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[CreateDelegationTokenResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_create_delegation_token_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("CreateDelegationTokenResponse", error)
        if position > len(buffer):
            refuse_truncated("CreateDelegationTokenResponse")
        return message, position


def _read_create_delegation_token_response(
    buffer: Buffer, position: int, version: int
) -> tuple[CreateDelegationTokenResponse, int]:
    self = new(CreateDelegationTokenResponse)
    if version >= 2:
        self.error_code, length = _unpack_hB(buffer, position)
        position += 3
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.principal_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        if version >= 3:
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.token_requester_principal_type = str(buffer[position:end], "utf-8", "as-java")
            position = end
            length = buffer[position]
            position += 1
            if not 0 < length < 128:
                length, position = read_text_length(buffer, position - 1)
            end = position + length - 1
            self.token_requester_principal_name = str(buffer[position:end], "utf-8", "as-java")
            position = end
        else:
            self.token_requester_principal_type = ""
            self.token_requester_principal_name = ""
        self.issue_timestamp_ms, self.expiry_timestamp_ms, self.max_timestamp_ms, length = _unpack_qqqB(
            buffer, position
        )
        position += 25
        if not 0 < length < 128:
            length, position = read_text_length(buffer, position - 1)
        end = position + length - 1
        self.token_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        length = buffer[position]
        position += 1
        if not 0 < length < 128:
            length, position = read_compact_length(buffer, position - 1)
        end = position + length - 1
        self.hmac = bytes(buffer[position:end])
        position = end
        self.throttle_time_ms, count = _unpack_iB(buffer, position)
        position += 5
        if count:
            self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
        else:
            self.unknown_tagged_fields = None
    else:
        self.error_code, length = _unpack_hh(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.principal_type = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_h(buffer, position)
        position += 2
        if length < 0:
            refuse_null()
        end = position + length
        self.principal_name = str(buffer[position:end], "utf-8", "as-java")
        position = end
        self.token_requester_principal_type = ""
        self.token_requester_principal_name = ""
        self.issue_timestamp_ms, self.expiry_timestamp_ms, self.max_timestamp_ms, length = _unpack_qqqh(
            buffer, position
        )
        position += 26
        if length < 0:
            refuse_null()
        end = position + length
        self.token_id = str(buffer[position:end], "utf-8", "as-java")
        position = end
        (length,) = _unpack_i(buffer, position)
        position += 4
        if length < 0:
            refuse_null()
        end = position + length
        self.hmac = bytes(buffer[position:end])
        position = end
        (self.throttle_time_ms,) = _unpack_i(buffer, position)
        position += 4
        self.unknown_tagged_fields = None
    return self, position
