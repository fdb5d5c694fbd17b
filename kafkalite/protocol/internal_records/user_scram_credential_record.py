# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UserScramCredentialRecord."""

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
    refuse_truncated,
    write_tagged_fields,
    write_uvarint,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_b = Struct(">b").pack
_unpack_bB = Struct(">bB").unpack_from
_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class UserScramCredentialRecord(Message):
    """Kafka's cluster metadata record 11 `UserScramCredentialRecord`: versions 0, flexible from 0."""

    __slots__ = (
        "name",
        "mechanism",
        "salt",
        "stored_key",
        "server_key",
        "iterations",
        "unknown_tagged_fields",
    )

    RECORD_TYPE = 11
    NAME = "UserScramCredentialRecord"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        name: str = "",
        mechanism: int = 0,
        salt: bytes = b"",
        stored_key: bytes = b"",
        server_key: bytes = b"",
        iterations: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.name = name
        self.mechanism = mechanism
        self.salt = salt
        self.stored_key = stored_key
        self.server_key = server_key
        self.iterations = iterations
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.name.encode()
        length = len(data) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += data
        out += _pack_b(self.mechanism)
        length = len(self.salt) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.salt
        length = len(self.stored_key) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.stored_key
        length = len(self.server_key) + 1
        if length < 128:
            out.append(length)
        else:
            write_uvarint(out, length)
        out += self.server_key
        out += _pack_i(self.iterations)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[UserScramCredentialRecord, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_user_scram_credential_record(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("UserScramCredentialRecord", error)
        if position > len(buffer):
            refuse_truncated("UserScramCredentialRecord")
        return message, position


def _read_user_scram_credential_record(
    buffer: Buffer, position: int, version: int
) -> tuple[UserScramCredentialRecord, int]:
    self = new(UserScramCredentialRecord)
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_text_length(buffer, position - 1)
    end = position + length - 1
    self.name = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.mechanism, length = _unpack_bB(buffer, position)
    position += 2
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.salt = bytes(buffer[position:end])
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.stored_key = bytes(buffer[position:end])
    position = end
    length = buffer[position]
    position += 1
    if not 0 < length < 128:
        length, position = read_compact_length(buffer, position - 1)
    end = position + length - 1
    self.server_key = bytes(buffer[position:end])
    position = end
    self.iterations, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
