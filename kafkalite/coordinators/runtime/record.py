"""Records of the coordinators' topics, and their bytes: `__consumer_offsets` and `__transaction_state`.

A key is the record type as int16 and the key's body in version 0; a value is its version as int16 and the body in that
version. No value (a tombstone) says that what the key names is gone.

Source: CoordinatorRecord, CoordinatorRecordSerde, CoordinatorRecordType.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.registry import find_record_key_class, find_record_value_class

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.model.buffers import Buffer


KEY_BODY_VERSION = 0

_INT16 = Struct(">h")


class CoordinatorRecord(NamedTuple):
    """One change of a shard's state.

    `key` is a generated key class with its `RECORD_TYPE`, `value` a generated value class, None for a tombstone;
    `value_version` is the version the value is written in.
    """

    key: Any
    value: Any = None
    value_version: int = 0

    @property
    def record_type(self) -> int:
        """The number that says what kind of record this is."""
        return int(self.key.RECORD_TYPE)


class DecodedRecord(NamedTuple):
    """A record read back; `value` is None for a tombstone."""

    record_type: int
    key: Any
    value: Any


class UnreadableRecord(ValueError):
    """A record of a known type that is damaged, or of a version newer than this code: the shard cannot be loaded."""


def encode_key(record: CoordinatorRecord) -> bytes:
    """Return the bytes of a record's key."""
    out = bytearray(_INT16.pack(record.key.RECORD_TYPE))
    record.key.write(out, KEY_BODY_VERSION)
    return bytes(out)


def encode_value(record: CoordinatorRecord) -> bytes | None:
    """Return the bytes of a record's value, None for a tombstone."""
    if record.value is None:
        return None
    out = bytearray(_INT16.pack(record.value_version))
    record.value.write(out, record.value_version)
    return bytes(out)


def decode(topic: str, key: Buffer | None, value: Buffer | None) -> DecodedRecord | None:
    """Read one record of an internal topic.

    Returns None for a record of an unknown type: it is left over from a newer release and is skipped, as Kafka does.

    Raises:
        UnreadableRecord: its key or value cannot be read.
    """
    if key is None or len(key) < _INT16.size:
        raise UnreadableRecord(f"a record of {topic} has no type in its key")
    record_type = int(_INT16.unpack_from(key)[0])
    key_class = find_record_key_class(topic, record_type)
    if key_class is None:
        return None
    try:
        key_message, _ = key_class.read(key, _INT16.size, KEY_BODY_VERSION)
        value_message = None if value is None else _read_value(topic, record_type, value)
    except ProtocolViolation as error:
        raise UnreadableRecord(f"a record of type {record_type} of {topic} cannot be read: {error}") from error
    return DecodedRecord(record_type, key_message, value_message)


def _read_value(topic: str, record_type: int, value: Buffer) -> Any:
    value_class = find_record_value_class(topic, record_type)
    if value_class is None or len(value) < _INT16.size:
        raise UnreadableRecord(f"a record of type {record_type} of {topic} has no value that can be read")
    version = int(_INT16.unpack_from(value)[0])
    if not value_class.LOWEST_VERSION <= version <= value_class.HIGHEST_VERSION:
        raise UnreadableRecord(f"{value_class.NAME} of {topic} has the unknown version {version}")
    return value_class.read(value, _INT16.size, version)[0]
