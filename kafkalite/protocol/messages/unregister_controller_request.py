# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's UnregisterControllerRequest."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.protocol.primitives import (
    READ_ERRORS,
    Message,
    new,
    read_tagged_fields,
    refuse_truncated,
    write_tagged_fields,
)

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer, TaggedFields

_pack_i = Struct(">i").pack
_unpack_iB = Struct(">iB").unpack_from


class UnregisterControllerRequest(Message):
    """Kafka's request 94 `UnregisterControllerRequest`: versions 0, flexible from 0."""

    __slots__ = (
        "controller_id",
        "unknown_tagged_fields",
    )

    API_KEY = 94
    NAME = "UnregisterControllerRequest"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 0

    def __init__(
        self,
        *,
        controller_id: int = 0,
        unknown_tagged_fields: TaggedFields | None = None,
    ) -> None:
        self.controller_id = controller_id
        self.unknown_tagged_fields = unknown_tagged_fields

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        out += _pack_i(self.controller_id)
        if self.unknown_tagged_fields is None:
            out.append(0)
        else:
            write_tagged_fields(out, None, self.unknown_tagged_fields)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[UnregisterControllerRequest, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_unregister_controller_request(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("UnregisterControllerRequest", error)
        if position > len(buffer):
            refuse_truncated("UnregisterControllerRequest")
        return message, position


def _read_unregister_controller_request(
    buffer: Buffer, position: int, version: int
) -> tuple[UnregisterControllerRequest, int]:
    self = new(UnregisterControllerRequest)
    self.controller_id, count = _unpack_iB(buffer, position)
    position += 5
    if count:
        self.unknown_tagged_fields, position = read_tagged_fields(buffer, position, count)
    else:
        self.unknown_tagged_fields = None
    return self, position
