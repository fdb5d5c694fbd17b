"""What a broker checks of the records that a client, or the broker itself, wants to append.

A batch that passes is stored in the bytes it came in; only its header may change. Its records are looked at where a
rule needs it (compacted topic, limit on old timestamps, an old format), and in small batches.

Deviation: in a batch of more than `limits.RECORD_WALK_MAX_COUNT` records, the header's maximum timestamp and the
structure of the records are believed, and so they are in a compressed batch that opens to more than
`limits.RECORD_WALK_MAX_BYTES`. Kafka walks every record; in Python that would cost 0.35 us each.

Deviation: where the topic demands another codec, records with consecutive offsets are compressed again as they stand;
Kafka also moves the base timestamp to that of the first record, which no reader can tell.

Deviation: a compressed batch whose offset deltas are not consecutive is numbered anew. Kafka means to do the same, but
only succeeds where the codec changes too, and otherwise answers UNKNOWN_SERVER_ERROR.

Source: LogValidator, UnifiedLog.analyzeAndValidateRecords, BrokerCompressionType.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import DECOMPRESSED_BATCH_MAX_BYTES, RECORD_WALK_MAX_BYTES, RECORD_WALK_MAX_COUNT
from kafkalite.protocol.errors import INVALID_RECORD
from kafkalite.records.batch import (
    BATCH_HEADER_SIZE,
    CODEC_MASK,
    CONTROL_FLAG,
    LOG_APPEND_TIME_FLAG,
    LOG_OVERHEAD_SIZE,
    MAGIC_POSITION,
    TRANSACTIONAL_FLAG,
    BatchHeader,
    check_crc,
    iterate_batches,
    iterate_records,
    read_batch_header,
    record_payload,
    set_max_timestamp,
)
from kafkalite.records.builder import RecordData, assemble_batch, build_batch
from kafkalite.records.codecs import NONE, ZSTD, DecompressedTooLarge, UnknownCodec
from kafkalite.records.compression import compress
from kafkalite.records.record import to_int64, walk_records
from kafkalite.records.record_rules import (
    FROM_PRODUCER,
    RecordChecker,
    RecordsRejected,
    ValidatedRecords,
    ValidationRules,
    check_size,
)

if TYPE_CHECKING:
    from kafkalite.records.record import RecordShape

_COPY_MAX_BYTES = 4096

__all__ = ["RecordsRejected", "ValidatedRecords", "ValidationRules", "validate_records"]


def validate_records(
    records: memoryview,
    rules: ValidationRules,
    *,
    now_ms: int,
    allows_control: bool = False,
    allows_multiple_batches: bool = False,
) -> ValidatedRecords:
    """Check records for appending, and bring them into the form to store.

    A batch cut off at the end of `records` is left out, as Kafka does.

    Args:
        records: batches of magic 2, patched in place where they can be written to, or a message set of magic 0 or 1.
        allows_control: the records come from the broker itself; what holds for clients only is not asked.
        allows_multiple_batches: several batches keep the codec they have.
    Errors: RecordsRejected; InvalidBatch (CORRUPT_MESSAGE), InvalidRecord (INVALID_RECORD) and those of
    `compression.decompress`, all ApiError.
    """
    if len(records) > MAGIC_POSITION and records[MAGIC_POSITION] < 2:
        from kafkalite.records.legacy_validation import validate_message_set

        return validate_message_set(records, rules, now_ms=now_ms)
    size = len(records)
    if size >= BATCH_HEADER_SIZE and (header := read_batch_header(records))[2] + LOG_OVERHEAD_SIZE == size:
        batches = [header]  # the one batch that every modern client sends
    else:
        batches = list(iterate_batches(records))
    is_single = len(batches) == 1
    if not batches or not (is_single or allows_multiple_batches):
        raise RecordsRejected(INVALID_RECORD, f"One record batch is needed, and there are {len(batches)}.")
    is_log_append_time = rules.is_log_append_time
    target = rules.target_codec
    for index, header in enumerate(batches):
        attributes = header[6]
        _check_batch(records, header, rules, not allows_control)
        shapes = _walk_if_needed(records, header, rules, now_ms)
        highest = header[9] if shapes is None else _check_records(shapes, header, rules, now_ms)
        max_timestamp = now_ms if is_log_append_time else highest
        if is_single and (attributes & CODEC_MASK or target > NONE) and _needs_conversion(header, shapes, rules):
            return _convert(records, header, shapes, max_timestamp, rules)
        if max_timestamp != header[9] or is_log_append_time != (attributes & LOG_APPEND_TIME_FLAG != 0):
            if records.readonly:
                records = memoryview(bytearray(records))
            batches[index] = set_max_timestamp(records, header, max_timestamp, is_log_append_time=is_log_append_time)
    end = header[0] + header[2] + LOG_OVERHEAD_SIZE
    if end != len(records):
        records = records[:end]
    return ValidatedRecords(records, batches, now_ms if is_log_append_time else -1, False)


def _check_batch(records: memoryview, header: BatchHeader, rules: ValidationRules, is_from_client: bool) -> None:
    """Errors: RecordsRejected, InvalidBatch, UnknownCodec."""
    if is_from_client and header[1] != 0:
        raise RecordsRejected(INVALID_RECORD, f"The record batch has base offset {header[1]} and not 0.")
    if header[2] + LOG_OVERHEAD_SIZE > rules.max_message_bytes:
        check_size(header[2] + LOG_OVERHEAD_SIZE, rules)
    check_crc(records, header)
    attributes = header[6]
    if attributes & CODEC_MASK > ZSTD:
        raise UnknownCodec(attributes & CODEC_MASK)
    if not is_from_client:
        return
    if header[13] < 1 or header[7] + 1 != header[13]:
        raise RecordsRejected(
            INVALID_RECORD,
            f"The record batch counts {header[13]} records and spans {header[7] + 1} offsets.",
        )
    if attributes & CONTROL_FLAG:
        raise RecordsRejected(INVALID_RECORD, "Clients are not allowed to write control records.")
    if header[10] > -1 and header[12] < 0:
        raise RecordsRejected(
            INVALID_RECORD, f"Producer {header[10]} sent a record batch with sequence number {header[12]}."
        )


def _walk_if_needed(
    records: memoryview, header: BatchHeader, rules: ValidationRules, now_ms: int
) -> list[RecordShape] | None:
    """Returns: the shapes of the batch's records, or None where the header is believed."""
    is_needed = (
        rules.walks_every_record
        or header[6] & LOG_APPEND_TIME_FLAG != 0
        or (not rules.is_log_append_time and header[9] > now_ms + rules.timestamp_after_max_ms)
    )
    count = header[13]
    if not is_needed and count > RECORD_WALK_MAX_COUNT:
        return None
    payload: bytes | memoryview
    if header[6] & CODEC_MASK == NONE:
        payload = records[header[0] + BATCH_HEADER_SIZE : header[0] + header[2] + LOG_OVERHEAD_SIZE]
    else:
        try:
            payload = record_payload(
                records, header, max_bytes=DECOMPRESSED_BATCH_MAX_BYTES if is_needed else RECORD_WALK_MAX_BYTES
            )
        except DecompressedTooLarge:
            if is_needed:
                raise
            return None
    if count > RECORD_WALK_MAX_COUNT or len(payload) < _COPY_MAX_BYTES:
        payload = bytes(payload)  # bytes are quicker to index, which pays for the copy
    return walk_records(payload, count)


def _check_records(shapes: list[RecordShape], header: BatchHeader, rules: ValidationRules, now_ms: int) -> int:
    """Returns: the highest timestamp of the records, -1 where none has one. Errors: RecordsRejected."""
    is_stamped = header[6] & LOG_APPEND_TIME_FLAG != 0
    base_timestamp = header[8]
    has_keys = not rules.is_compacted or all(shape[2] for shape in shapes)
    if has_keys and not is_stamped and shapes:
        if len(shapes) == 1:
            lowest = highest = base_timestamp + shapes[0][0]
        else:
            deltas = [shape[0] for shape in shapes]
            lowest, highest = base_timestamp + min(deltas), base_timestamp + max(deltas)
        if rules.is_log_append_time or (
            lowest >= now_ms - rules.timestamp_before_max_ms and highest <= now_ms + rules.timestamp_after_max_ms
        ):
            return highest if highest > -1 else -1
    checker = RecordChecker(rules, now_ms)
    highest = -1
    for index, (timestamp_delta, _, has_key) in enumerate(shapes):
        timestamp = header[9] if is_stamped else to_int64(base_timestamp + timestamp_delta)
        checker.check(index, timestamp, has_key, is_stamped)
        highest = max(highest, timestamp)
    checker.finish()
    return highest


def _needs_conversion(header: BatchHeader, shapes: list[RecordShape] | None, rules: ValidationRules) -> bool:
    """Whether the topic demands another codec, or a compressed batch counts its offsets wrongly."""
    codec = header[6] & CODEC_MASK
    target = rules.target_codec
    if target not in (codec, FROM_PRODUCER):
        return codec != NONE or header[6] & CONTROL_FLAG == 0
    return codec != NONE and shapes is not None and not _are_offsets_consecutive(shapes)


def _are_offsets_consecutive(shapes: list[RecordShape]) -> bool:
    return all(index == shape[1] for index, shape in enumerate(shapes))


def _convert(
    records: memoryview,
    header: BatchHeader,
    shapes: list[RecordShape] | None,
    max_timestamp: int,
    rules: ValidationRules,
) -> ValidatedRecords:
    target = header.compression_codec if rules.target_codec == FROM_PRODUCER else rules.target_codec
    if not header.is_log_append_time and (shapes is None or _are_offsets_consecutive(shapes)):
        batch = _compress_anew(records, header, target, max_timestamp, rules)
    else:
        batch = _build_anew(records, header, target, max_timestamp, rules)
    check_size(len(batch), rules)
    log_append_time_ms = max_timestamp if rules.is_log_append_time else -1
    return ValidatedRecords(memoryview(batch), [read_batch_header(batch)], log_append_time_ms, True)


def _compress_anew(
    records: memoryview, header: BatchHeader, target: int, max_timestamp: int, rules: ValidationRules
) -> bytearray:
    attributes = target | header.attributes & TRANSACTIONAL_FLAG
    if rules.is_log_append_time:
        attributes |= LOG_APPEND_TIME_FLAG
    return assemble_batch(
        compress(target, record_payload(records, header), rules.compression_level),
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=attributes,
        last_offset_delta=header.last_offset_delta,
        base_timestamp=header.base_timestamp,
        max_timestamp=max_timestamp,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        record_count=header.record_count,
    )


def _build_anew(
    records: memoryview, header: BatchHeader, target: int, max_timestamp: int, rules: ValidationRules
) -> bytearray:
    """Write the records anew, with the offsets and the timestamps that readers of the old batch would have seen."""
    return build_batch(
        [
            RecordData(record.key, record.value, record.timestamp, record.headers)
            for record in iterate_records(records, header)
        ],
        base_offset=header.base_offset,
        now_ms=max_timestamp,
        compression=target,
        compression_level=rules.compression_level,
        log_append_time=rules.is_log_append_time,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        is_transactional=header.is_transactional,
    )
