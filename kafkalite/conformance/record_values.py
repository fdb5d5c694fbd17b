"""Record sets from the descriptions in tables, including ones that no proper client would send."""

from __future__ import annotations

from struct import Struct

from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch, Records
from kafkalite.records.batch import BATCH_HEADER_SIZE, LOG_OVERHEAD_SIZE
from kafkalite.records.builder import RecordData, build_batch
from kafkalite.records.compression import compress
from kafkalite.records.crc import crc32c
from kafkalite.records.down_conversion import convert_to_legacy

HEADER_FIELDS: dict[str, tuple[int, str]] = {
    "baseOffset": (0, ">q"),
    "batchLength": (8, ">i"),
    "partitionLeaderEpoch": (12, ">i"),
    "magic": (16, ">b"),
    "crc": (17, ">I"),
    "attributes": (21, ">h"),
    "lastOffsetDelta": (23, ">i"),
    "baseTimestamp": (27, ">q"),
    "maxTimestamp": (35, ">q"),
    "producerId": (43, ">q"),
    "producerEpoch": (51, ">h"),
    "baseSequence": (53, ">i"),
    "recordCount": (57, ">i"),
}
"""Field of a batch's header -> (position, format)."""

_CRC_COVERS_FROM = 21


def encode_records(records: Records) -> bytes:
    """Return a record set, whose producer ids and epochs are resolved to numbers."""
    encoded = b"".join(encode_batch(batch) for batch in records.batches)
    if records.magic == 2:
        return encoded
    return bytes(convert_to_legacy(encoded, records.magic, from_offset=0))


def encode_batch(batch: Batch) -> bytes:
    """Return one batch, with its patches."""
    if not batch.records:
        built = build_batch([(None, None)], now_ms=FIXED_TIME_MS)[:61]
        patch = {"batchLength": 49, "recordCount": 0, "lastOffsetDelta": 0, **batch.patch}
    else:
        built = build_batch(
            [_record(batch, index) for index in range(len(batch.records))],
            base_offset=batch.base_offset,
            now_ms=FIXED_TIME_MS,
            compression=batch.codec,
            log_append_time=batch.is_log_append_time,
            producer_id=int(batch.producer_id),
            producer_epoch=int(batch.producer_epoch),
            base_sequence=batch.base_sequence,
            is_transactional=batch.is_transactional,
            is_control=batch.is_control,
        )
        patch = dict(batch.patch)
        if batch.inside is not None:
            built[BATCH_HEADER_SIZE:] = compress(batch.codec, batch.inside)
            patch = {"batchLength": len(built) - LOG_OVERHEAD_SIZE, **patch}
    if patch:
        _patch(built, patch)
    return bytes(built[: len(built) - batch.cut_bytes]) + batch.append


def _record(batch: Batch, index: int) -> RecordData:
    record = batch.records[index]
    key, value = record if isinstance(record, tuple) else (None, record)
    return RecordData(
        key=None if key is None else key.encode(),
        value=None if value is None else value.encode(),
        timestamp=batch.timestamps_ms[index] if batch.timestamps_ms else FIXED_TIME_MS,
        headers=list(batch.headers),
    )


def _patch(built: bytearray, patch: dict[str, int]) -> None:
    for name, value in patch.items():
        position, form = HEADER_FIELDS[name]
        Struct(form).pack_into(built, position, value)
    if "crc" not in patch:
        Struct(">I").pack_into(built, 17, crc32c(memoryview(built)[_CRC_COVERS_FROM:]))
