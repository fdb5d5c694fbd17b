"""Encoding of metadata records in the values of `__cluster_metadata`: frame version, record type and record version as
unsigned variable-length integers, then the body.

Source: org.apache.kafka.server.common.serialization.AbstractApiMessageSerde, MetadataRecordType, MetadataVersion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.primitives import read_uvarint, write_uvarint
from kafkalite.protocol.registry import find_metadata_record_class

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer

FRAME_VERSION = 1

DIRECTORY_ASSIGNMENT = 17  # metadata.version 3.7-IV2
ELIGIBLE_LEADER_REPLICAS = 23  # 4.0-IV1
CORDONED_LOG_DIRS = 30  # 4.3-IV0


def read_record(value: Buffer) -> Any:
    """Decode the value of one record.

    Raises:
        ProtocolViolation: the bytes are not a metadata record of a type and version of Kafka 4.4.
    """
    try:
        frame_version, position = read_uvarint(value, 0)
        if frame_version != FRAME_VERSION:
            raise ProtocolViolation(f"a metadata record has the frame version {frame_version}")
        record_type, position = read_uvarint(value, position)
        version, position = read_uvarint(value, position)
    except IndexError:
        raise ProtocolViolation("a metadata record ends inside its frame") from None
    cls = find_metadata_record_class(record_type)
    if cls is None:
        raise ProtocolViolation(f"metadata records have no type {record_type}")
    if version > cls.HIGHEST_VERSION:
        raise ProtocolViolation(f"{cls.NAME} has the unknown version {version}")
    record, position = cls.read(value, position, version)
    if position != len(value):
        raise ProtocolViolation(f"{len(value) - position} bytes follow a {cls.NAME}")
    return record


def write_record(record: Any, metadata_version: int) -> bytes:
    """Return one record's value, in the version that Kafka writes at that level of `metadata.version`."""
    version = choose_version(record, metadata_version)
    out = bytearray((FRAME_VERSION,))
    write_uvarint(out, record.RECORD_TYPE)
    write_uvarint(out, version)
    record.write(out, version)
    return bytes(out)


def choose_version(record: Any, metadata_version: int) -> int:
    """Return the version of the record that every broker at that level of `metadata.version` can read."""
    chooser = _CHOOSERS.get(record.NAME)
    return 0 if chooser is None else chooser(record, metadata_version)


def _register_broker_version(record: Any, metadata_version: int) -> int:
    if metadata_version >= CORDONED_LOG_DIRS:
        return 4
    if metadata_version >= DIRECTORY_ASSIGNMENT:
        return 3
    return 2 if metadata_version >= 8 else 1  # 8: 3.4-IV0


def _partition_version(record: Any, metadata_version: int) -> int:
    if metadata_version >= ELIGIBLE_LEADER_REPLICAS:
        return 2
    return 1 if metadata_version >= DIRECTORY_ASSIGNMENT else 0


def _registration_change_version(record: Any, metadata_version: int) -> int:
    """Return the lowest version that has all set fields: versions add one field each."""
    if record.cordoned_log_dirs is not None:
        return 3
    if record.log_dirs:
        return 2
    return 1 if record.in_controlled_shutdown else 0


_CHOOSERS = {
    "RegisterBrokerRecord": _register_broker_version,
    "PartitionRecord": _partition_version,
    "PartitionChangeRecord": _partition_version,
    "BrokerRegistrationChangeRecord": _registration_change_version,
}
