# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Kafka's ShareSnapshotKey."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol.primitives import READ_ERRORS, Message, new, refuse_null, refuse_truncated

if TYPE_CHECKING:
    from kafkalite.protocol.primitives import Buffer

_unpack_16si = Struct(">16si").unpack_from
_pack_16si = Struct(">16si").pack
_unpack_h = Struct(">h").unpack_from
_pack_h = Struct(">h").pack


class ShareSnapshotKey(Message):
    """Kafka's coordinator record key 0 `ShareSnapshotKey`: versions 0, none is flexible."""

    __slots__ = (
        "group_id",
        "topic_id",
        "partition",
    )

    RECORD_TYPE = 0
    NAME = "ShareSnapshotKey"
    LOWEST_VERSION = 0
    HIGHEST_VERSION = 0
    FIRST_FLEXIBLE_VERSION = 32767

    def __init__(
        self,
        *,
        group_id: str = "",
        topic_id: bytes = ZERO_UUID,
        partition: int = 0,
    ) -> None:
        self.group_id = group_id
        self.topic_id = topic_id
        self.partition = partition

    def write(self, out: bytearray, version: int) -> None:
        """Append the message. Errors: UnsupportedFieldError, after which `out` is not to be used."""
        data = self.group_id.encode()
        out += _pack_h(len(data))
        out += data
        out += _pack_16si(self.topic_id, self.partition)

    @classmethod
    def read(cls, buffer: Buffer, position: int, version: int) -> tuple[ShareSnapshotKey, int]:
        """Read a message in a version that the class has; return it and its end. Errors: ProtocolViolation."""
        try:
            message, position = _read_share_snapshot_key(buffer, position, version)
        except READ_ERRORS as error:
            refuse_truncated("ShareSnapshotKey", error)
        if position > len(buffer):
            refuse_truncated("ShareSnapshotKey")
        return message, position


def _read_share_snapshot_key(buffer: Buffer, position: int, version: int) -> tuple[ShareSnapshotKey, int]:
    self = new(ShareSnapshotKey)
    (length,) = _unpack_h(buffer, position)
    position += 2
    if length < 0:
        refuse_null()
    end = position + length
    self.group_id = str(buffer[position:end], "utf-8", "as-java")
    position = end
    self.topic_id, self.partition = _unpack_16si(buffer, position)
    position += 20
    return self, position
