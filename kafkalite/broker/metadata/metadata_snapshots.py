"""Snapshots of `__cluster_metadata-0`, so that a start replays little however often the broker started before.

A snapshot is a file beside the log, named by its end offset (exclusive) and epoch: a header and a footer as control
batches, the records of an image between them. Kafka writes and reads the same.

Source: org.apache.kafka.snapshot.RecordsSnapshotWriter, Snapshots (KIP-630).
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.cluster.record_codec import write_record
from kafkalite.protocol.api_error import ApiError
from kafkalite.records.batch import check_crc, iterate_batches, iterate_records
from kafkalite.records.builder import build_batch
from kafkalite.records.control import SNAPSHOT_FOOTER, SNAPSHOT_HEADER, build_control_batch, read_control_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.cluster.image import MetadataImage
    from kafkalite.storage.interface import PartitionStore

CHECKPOINT_SUFFIX = ".checkpoint"
RECORDS_PER_BATCH = 1_000
_OFFSET_DIGIT_COUNT, _EPOCH_DIGIT_COUNT = 20, 10

_log = getLogger("kafkalite.broker")


class Snapshot(NamedTuple):
    """The content of a checkpoint file and what its name says of it."""

    name: str
    end_offset: int
    content: bytes


def snapshot_names(names: Iterable[str]) -> list[str]:
    """Return the names of snapshots (`<end offset>-<epoch>.checkpoint`), the newest first."""
    return sorted((name for name in names if _is_snapshot(name)), reverse=True)


def find_snapshot(store: PartitionStore) -> Snapshot | None:
    """Return the newest snapshot that is whole, None where there is none; a damaged one is logged and passed over.

    Raises:
        StorageFault: the files cannot be read.
    """
    for name in snapshot_names(store.list()):
        content = bytes(store.read_whole(name))
        if _is_whole(content):
            return Snapshot(name, int(name[:_OFFSET_DIGIT_COUNT]), content)
        _log.warning("the snapshot %s of the metadata is damaged and not used", name)
    return None


def write_snapshot(store: PartitionStore, image: MetadataImage, now_ms: int) -> str:
    """Write the snapshot of an image, remove those before it, and return its name.

    Args:
        image: of a log whose last record is of `image.epoch`; has no unread records.

    Raises:
        StorageFault: the disk failed; the log alone holds all, as before.
    """
    from kafkalite.cluster.snapshot import snapshot_records
    from kafkalite.protocol.internal_records.snapshot_footer_record import SnapshotFooterRecord
    from kafkalite.protocol.internal_records.snapshot_header_record import SnapshotHeaderRecord

    epoch, version = image.epoch, image.features.metadata_version
    header = SnapshotHeaderRecord(last_contained_log_timestamp=now_ms)
    content = build_control_batch(SNAPSHOT_HEADER, header, now_ms=now_ms, leader_epoch=epoch)
    offset = 1
    values = [(None, write_record(record, version)) for record in snapshot_records(image)]
    for first in range(0, len(values), RECORDS_PER_BATCH):
        part = values[first : first + RECORDS_PER_BATCH]
        content += build_batch(part, base_offset=offset, now_ms=now_ms, leader_epoch=epoch)
        offset += len(part)
    footer = SnapshotFooterRecord()
    content += build_control_batch(SNAPSHOT_FOOTER, footer, now_ms=now_ms, base_offset=offset, leader_epoch=epoch)
    name = f"{image.end_offset:0{_OFFSET_DIGIT_COUNT}d}-{epoch:0{_EPOCH_DIGIT_COUNT}d}{CHECKPOINT_SUFFIX}"
    store.replace(name, content)
    for older in snapshot_names(store.list()):
        if older < name:
            store.remove(older)
    return name


def _is_snapshot(name: str) -> bool:
    end_offset, dash, epoch = name.removesuffix(CHECKPOINT_SUFFIX).partition("-")
    return name.endswith(CHECKPOINT_SUFFIX) and bool(dash) and end_offset.isdigit() and epoch.isdigit()


def _is_whole(content: bytes) -> bool:
    """Return whether every batch is as it was written and the last one is a footer, which no torn file has."""
    position = 0
    kind = -1
    try:
        for header in iterate_batches(content):
            check_crc(content, header)
            position = header.position + header.size_bytes
            kind = read_control_kind(next(iterate_records(content, header))) if header.is_control else -1
    except (ApiError, StopIteration):
        return False
    return kind == SNAPSHOT_FOOTER and position == len(content)
