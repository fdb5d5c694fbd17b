# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's DescribeUserScramCredentialsResponse."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_compact_length,
    read_nullable_text_length,
    read_tagged_fields,
    read_text_length,
    refuse_count,
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_bi = Struct(">bi").pack
_unpack_biB = Struct(">biB").unpack_from
_pack_h = Struct(">h").pack
_unpack_hB = Struct(">hB").unpack_from
_pack_ih = Struct(">ih").pack
_unpack_ihB = Struct(">ihB").unpack_from


class CredentialInfo(Message):
    """`CredentialInfo` of DescribeUserScramCredentialsResponse, versions 0."""

    __slots__ = (
        "mechanism",
        "iterations",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        mechanism: int = 0,
        iterations: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.mechanism = mechanism
        self.iterations = iterations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        out += _pack_bi(self.mechanism, self.iterations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeUserScramCredentialsResult(Message):
    """`DescribeUserScramCredentialsResult` of DescribeUserScramCredentialsResponse, versions 0."""

    __slots__ = (
        "user",
        "error_code",
        "error_message",
        "credential_infos",
        "unknown_tagged_fields",
    )

    def __init__(
        self,
        *,
        user: str = "",
        error_code: int = 0,
        error_message: str | None = "",
        credential_infos: list[CredentialInfo] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.user = user
        self.error_code = error_code
        self.error_message = error_message
        self.credential_infos: list[CredentialInfo] = [] if credential_infos is None else credential_infos
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the struct. Errors: UnsupportedFieldError."""
        data = self.user.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
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
        length = len(self.credential_infos) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for credential_infos_item in self.credential_infos:
            credential_infos_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)


class DescribeUserScramCredentialsResponse(Message):
    """Kafka's response 50 `DescribeUserScramCredentialsResponse`: versions 0, flexible from 0."""

    __slots__ = (
        "throttle_time_ms",
        "error_code",
        "error_message",
        "results",
        "unknown_tagged_fields",
    )

    API_KEY = 50
    NAME = "DescribeUserScramCredentialsResponse"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        throttle_time_ms: int = 0,
        error_code: int = 0,
        error_message: str | None = "",
        results: list[DescribeUserScramCredentialsResult] | None = None,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.throttle_time_ms = throttle_time_ms
        self.error_code = error_code
        self.error_message = error_message
        self.results: list[DescribeUserScramCredentialsResult] = [] if results is None else results
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
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
        length = len(self.results) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        for results_item in self.results:
            results_item.write(out, version)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[DescribeUserScramCredentialsResponse, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_describe_user_scram_credentials_response(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("DescribeUserScramCredentialsResponse", error)
        if position > len(buffer):
            refuse_truncated("DescribeUserScramCredentialsResponse")
        return message, position


def _read_credential_info(buffer: Buffer, position: int, version: int) -> tuple[CredentialInfo, int]:
    self = new(CredentialInfo)
    self.mechanism, self.iterations, count = _unpack_biB(buffer, position)
    position += 6
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_user_scram_credentials_result(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeUserScramCredentialsResult, int]:
    self = new(DescribeUserScramCredentialsResult)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.user = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.error_code, length = _unpack_hB(buffer, position)
    position += 3
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    credential_infos_ = self.credential_infos = []
    for _ in range(length - 1):
        credential_infos_item, position = _read_credential_info(buffer, position, version)
        credential_infos_.append(credential_infos_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position


def _read_describe_user_scram_credentials_response(
    buffer: Buffer, position: int, version: int
) -> tuple[DescribeUserScramCredentialsResponse, int]:
    self = new(DescribeUserScramCredentialsResponse)
    self.throttle_time_ms, self.error_code, length = _unpack_ihB(buffer, position)
    position += 7
    if length > 127:
        length, position = read_nullable_text_length(buffer, position - 1)
    if length == 0:
        self.error_message = None
    else:
        end = position + length - 1
        self.error_message = str(buffer[position:end], "utf-8", "as-java")
        position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    if 6 * (length - 1) > len(buffer) - position:
        refuse_count()
    results_ = self.results = []
    for _ in range(length - 1):
        results_item, position = _read_describe_user_scram_credentials_result(buffer, position, version)
        results_.append(results_item)
    count = buffer[position]
    position += 1
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
