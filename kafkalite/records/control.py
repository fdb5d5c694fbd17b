"""Control batches: the markers that end a transaction, and the quorum's own records in the metadata log.

A control record's key has its type; its value has the schema of the type, whose classes are generated
(`protocol.internal_records`). The marker, written for every transaction and partition, is packed here.

Source: ControlRecordType, EndTransactionMarker, ControlRecordUtils; KIP-98, KIP-595, KIP-630, KIP-853.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.record_walk import InvalidRecord

if TYPE_CHECKING:
    from typing import Protocol

    from kafkalite.records.record import Record

    class ControlMessage(Protocol):
        """A generated class of `protocol.internal_records`."""

        def write(self, out: bytearray, version: int) -> None: ...


ABORT = 0
COMMIT = 1
LEADER_CHANGE = 2
SNAPSHOT_HEADER = 3
SNAPSHOT_FOOTER = 4
KRAFT_VERSION = 5
KRAFT_VOTERS = 6

_KEY = Struct(">hh")
_MARKER_VALUE = Struct(">hi")


class ControlMarker(NamedTuple):
    """The end of a transaction on one partition."""

    is_commit: bool
    coordinator_epoch: int


def build_end_transaction_marker(
    *,
    producer_id: int,
    producer_epoch: int,
    is_commit: bool,
    coordinator_epoch: int,
    now_ms: int,
    base_offset: int = 0,
    leader_epoch: int = -1,
) -> bytearray:
    """Build the control batch that commits or aborts a producer's transaction on one partition."""
    return build_batch(
        [RecordData(_KEY.pack(0, COMMIT if is_commit else ABORT), _MARKER_VALUE.pack(0, coordinator_epoch), now_ms)],
        base_offset=base_offset,
        now_ms=now_ms,
        producer_id=producer_id,
        producer_epoch=producer_epoch,
        is_transactional=True,
        is_control=True,
        leader_epoch=leader_epoch,
    )


def build_control_batch(
    kind: int, message: ControlMessage, *, version: int = 0, now_ms: int, base_offset: int = 0, leader_epoch: int
) -> bytearray:
    """Build a control batch of the quorum: one record.

    Args:
        kind: LEADER_CHANGE, SNAPSHOT_HEADER, SNAPSHOT_FOOTER, KRAFT_VERSION or KRAFT_VOTERS.
        message: the generated class that belongs to `kind` (LeaderChangeMessage, SnapshotHeaderRecord ...).
        version: the version of the message's schema to write.
    """
    value = bytearray()
    message.write(value, version)
    return build_batch(
        [RecordData(_KEY.pack(0, kind), value, now_ms)],
        base_offset=base_offset,
        now_ms=now_ms,
        is_control=True,
        leader_epoch=leader_epoch,
    )


def read_control_kind(record: Record) -> int:
    """Return the type of a control record: one of the constants above, or an unknown number.

    Raises:
        InvalidRecord: the key is not that of a control record.
    """
    key = record.key
    if key is None or len(key) < _KEY.size:
        raise InvalidRecord("a control record has no kind")
    version, kind = _KEY.unpack_from(key)
    if version < 0:
        raise InvalidRecord(f"a control record's key has version {version}")
    return int(kind)


def read_end_transaction_marker(record: Record) -> ControlMarker:
    """Return the marker in a control record; later versions are read as version 0, which they extend.

    Raises:
        InvalidRecord: it is not a marker.
    """
    kind = read_control_kind(record)
    value = record.value
    if kind not in (ABORT, COMMIT) or value is None or len(value) < _MARKER_VALUE.size:
        raise InvalidRecord("a control record does not end a transaction")
    version, coordinator_epoch = _MARKER_VALUE.unpack_from(value)
    if version < 0:
        raise InvalidRecord(f"an end of transaction has version {version}")
    return ControlMarker(kind == COMMIT, coordinator_epoch)
