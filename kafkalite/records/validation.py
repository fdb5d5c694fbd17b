"""Validation of records that a client, or the broker itself, appends.

A valid batch is stored in the bytes that arrived; only its header may change. `record_walk` checks its records once, as
Kafka does; a compressed batch is decompressed for the check only. Large batches are checked in steps:
`validation_steps` yields during the walk, and returns the codec calls that are worth a thread.

Deviation: a record of a compressed batch must have its declared length, as in an uncompressed one. Kafka skips over
compressed records by their fields, and accepts batches that no consumer can read.

Deviation: if the topic requires another codec, records with consecutive offsets are compressed again unchanged; Kafka
also moves the base timestamp to that of the first record, which no reader notices.

Deviation: a compressed batch whose offset deltas are not consecutive is renumbered. Kafka intends to do the same, but
succeeds only if the codec changes too, and otherwise answers UNKNOWN_SERVER_ERROR.

Source: LogValidator, UnifiedLog.analyzeAndValidateRecords, BrokerCompressionType.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import QUICK_BATCH_MAX_BYTES, QUICK_OPENED_MAX_BYTES, RECORD_SLICE_COUNT
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
    read_batch_header,
    read_batch_records,
    set_max_timestamp,
    stored_payload,
)
from kafkalite.records.builder import RecordData, RecordEncoder, assemble_batch
from kafkalite.records.codec_steps import compress_steps, decompress_steps, finish
from kafkalite.records.codecs import NONE, ZSTD, DecompressedTooLarge, UnknownCodec
from kafkalite.records.compression import decompress
from kafkalite.records.record import to_int64
from kafkalite.records.record_rules import (
    FROM_PRODUCER,
    RecordChecker,
    RecordsRejected,
    ValidatedRecords,
    ValidationRules,
    check_size,
)
from kafkalite.records.record_walk import iterate_shapes, size_check_steps, walk_records, walk_steps

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer
    from kafkalite.records.codec_steps import Steps
    from kafkalite.records.record_walk import WalkedRecords

_INT64_MAX = (1 << 63) - 1

__all__ = [
    "RecordsRejected",
    "ValidatedRecords",
    "ValidationRules",
    "ensure_validated",
    "validate_quickly",
    "validate_records",
    "validation_steps",
]


def ensure_validated(
    records: memoryview | ValidatedRecords, rules: ValidationRules, *, now_ms: int, is_from_client: bool
) -> ValidatedRecords:
    """Return the records after validation, unless it was done before; errors as from `validate_records`."""
    if isinstance(records, ValidatedRecords):
        return records.stamped(now_ms)
    return validate_records(
        records,
        rules,
        now_ms=now_ms,
        allows_control=not is_from_client,
        allows_multiple_batches=not is_from_client,
    )


def validate_records(
    records: memoryview,
    rules: ValidationRules,
    *,
    now_ms: int,
    allows_control: bool = False,
    allows_multiple_batches: bool = False,
) -> ValidatedRecords:
    """Check records for appending, and convert them to the form to store.

    A batch cut off at the end of `records` is left out, as in Kafka.

    Args:
        records: batches of magic 2, patched in place if they are writable, or a message set of magic 0 or 1.
        allows_control: the records come from the broker itself; rules for clients only do not apply.
        allows_multiple_batches: several batches are allowed, and keep their codecs.

    Raises:
        RecordsRejected: the records are refused.
        InvalidBatch: the batch is damaged (CORRUPT_MESSAGE).
        InvalidRecord: a record is damaged (INVALID_RECORD).
        Those of `compression.decompress`; all are ApiError.
    """
    validated = validate_quickly(records, rules, now_ms=now_ms, allows_control=allows_control)
    if validated is not None:
        return validated
    return finish(
        validation_steps(
            records,
            rules,
            now_ms=now_ms,
            allows_control=allows_control,
            allows_multiple_batches=allows_multiple_batches,
        )
    )


def validate_quickly(
    records: memoryview, rules: ValidationRules, *, now_ms: int, allows_control: bool = False
) -> ValidatedRecords | None:
    """Validate, as `validate_records` does, a small batch that is stored unchanged: in well under a millisecond.

    Returns: None for all other batches, valid or not.
    """
    size = len(records)
    if not BATCH_HEADER_SIZE <= size <= QUICK_BATCH_MAX_BYTES or records[MAGIC_POSITION] != 2:
        return None
    header = read_batch_header(records)
    codec = header[6] & CODEC_MASK
    if header[2] + LOG_OVERHEAD_SIZE != size or rules.target_codec not in (codec, FROM_PRODUCER):
        return None
    _check_batch(records, header, rules, not allows_control)
    highest = header[9]
    if _reads_records(header, rules, now_ms):
        payload: Buffer = records[BATCH_HEADER_SIZE:]
        if codec != NONE:
            try:
                payload = decompress(codec, payload, max_bytes=QUICK_OPENED_MAX_BYTES)
            except DecompressedTooLarge:
                return None
            if len(payload) > rules.max_decompressed_record_bytes:
                return None
        walked = walk_records(payload, header[13])
        found = _find_highest(walked, header, rules, now_ms)
        if found is None or (codec != NONE and not walked[3]):
            return None
        highest = found
    if highest == header[9] and not rules.is_log_append_time and not header[6] & LOG_APPEND_TIME_FLAG:
        return ValidatedRecords(records, [header], -1, False)
    return _finish_batches(records, [header], [highest], rules, now_ms)


def validation_steps(
    records: memoryview,
    rules: ValidationRules,
    *,
    now_ms: int,
    allows_control: bool = False,
    allows_multiple_batches: bool = False,
) -> Steps[ValidatedRecords]:
    """Validate as `validate_records` does, in steps, for records that may be large or compressed."""
    if len(records) > MAGIC_POSITION and records[MAGIC_POSITION] < 2:
        from kafkalite.records.legacy_validation import message_set_validation_steps

        return (yield from message_set_validation_steps(records, rules, now_ms=now_ms))
    batches = list(iterate_batches(records))
    is_single = len(batches) == 1
    if not batches or not (is_single or allows_multiple_batches):
        raise RecordsRejected(INVALID_RECORD, f"One record batch is needed, and there are {len(batches)}.")
    highest_timestamps = []
    for header in batches:
        _check_batch(records, header, rules, not allows_control)
        codec = header[6] & CODEC_MASK
        needs_codec = is_single and rules.target_codec not in (codec, FROM_PRODUCER)
        needs_codec = needs_codec and (codec != NONE or header[6] & CONTROL_FLAG == 0)
        highest = header[9]
        if needs_codec or _reads_records(header, rules, now_ms):
            payload: Buffer = stored_payload(records, header)
            if codec != NONE:
                payload = yield from decompress_steps(codec, payload)
            walked = yield from walk_steps(payload, header[13])
            if codec != NONE and len(payload) > rules.max_decompressed_record_bytes:
                yield from size_check_steps(payload, header[13], rules.max_decompressed_record_bytes)
            found = _find_highest(walked, header, rules, now_ms)
            highest = (yield from _check_each(payload, header, rules, now_ms)) if found is None else found
            if needs_codec or (is_single and codec != NONE and not walked.has_consecutive_offsets):
                max_timestamp = now_ms if rules.is_log_append_time else highest
                return (yield from _convert(payload, walked, header, max_timestamp, rules))
        highest_timestamps.append(highest)
    return _finish_batches(records, batches, highest_timestamps, rules, now_ms)


def _finish_batches(
    records: memoryview, batches: list[BatchHeader], highest_timestamps: list[int], rules: ValidationRules, now_ms: int
) -> ValidatedRecords:
    """Write changed timestamps into the headers."""
    is_log_append_time = rules.is_log_append_time
    for index, header in enumerate(batches):
        max_timestamp = now_ms if is_log_append_time else highest_timestamps[index]
        if max_timestamp != header[9] or is_log_append_time != (header[6] & LOG_APPEND_TIME_FLAG != 0):
            if records.readonly:
                records = memoryview(bytearray(records))
            batches[index] = set_max_timestamp(records, header, max_timestamp, is_log_append_time=is_log_append_time)
    end = header[0] + header[2] + LOG_OVERHEAD_SIZE
    if end != len(records):
        records = records[:end]
    return ValidatedRecords(records, batches, now_ms if is_log_append_time else -1, False)


def _check_batch(records: memoryview, header: BatchHeader, rules: ValidationRules, is_from_client: bool) -> None:
    """Check the header of a batch.

    Raises:
        RecordsRejected: the batch breaks a rule of the topic.
        InvalidBatch: the batch is malformed.
        UnknownCodec: the compression codec does not exist.
    """
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


def _reads_records(header: BatchHeader, rules: ValidationRules, now_ms: int) -> bool:
    """Return whether the records are checked; if not, the header is trusted."""
    return (
        rules.reads_records
        or header[6] & LOG_APPEND_TIME_FLAG != 0
        or (not rules.is_log_append_time and header[9] > now_ms + rules.timestamp_after_max_ms)
    )


def _find_highest(walked: WalkedRecords, header: BatchHeader, rules: ValidationRules, now_ms: int) -> int | None:
    """Return the highest timestamp of the records, -1 if none has one; None if each record must be checked."""
    if header[6] & LOG_APPEND_TIME_FLAG or (rules.is_compacted and walked[2]):
        return None
    lowest = header[8] + walked[0]
    highest = header[8] + walked[1]
    if rules.is_log_append_time:
        is_good = lowest >= -_INT64_MAX and highest <= _INT64_MAX
    else:
        is_good = lowest >= now_ms - rules.timestamp_before_max_ms and highest <= now_ms + rules.timestamp_after_max_ms
    if not is_good:
        return None
    return highest if highest > -1 else -1


def _check_each(payload: Buffer, header: BatchHeader, rules: ValidationRules, now_ms: int) -> Steps[int]:
    """Return the highest timestamp of the records, -1 if none has one.

    Raises:
        RecordsRejected: a record is refused.
    """
    is_stamped = header[6] & LOG_APPEND_TIME_FLAG != 0
    checker = RecordChecker(rules, now_ms)
    highest = -1
    for index, (timestamp_delta, _, has_key) in enumerate(iterate_shapes(payload, header[13])):
        timestamp = header[9] if is_stamped else to_int64(header[8] + timestamp_delta)
        checker.check(index, timestamp, has_key, is_stamped)
        highest = max(highest, timestamp)
        if index % RECORD_SLICE_COUNT == RECORD_SLICE_COUNT - 1:
            yield None
    checker.finish()
    return highest


def _convert(
    payload: Buffer, walked: WalkedRecords, header: BatchHeader, max_timestamp: int, rules: ValidationRules
) -> Steps[ValidatedRecords]:
    """Return the records in the codec that the topic requires, with consecutive offsets."""
    target = header.compression_codec if rules.target_codec == FROM_PRODUCER else rules.target_codec
    base_timestamp = header.base_timestamp
    last_offset_delta = header.last_offset_delta
    if header.is_log_append_time or not walked.has_consecutive_offsets:
        # Offsets and timestamps are those that readers of the old batch would have seen.
        encoder = RecordEncoder(max_timestamp)
        for index, record in enumerate(read_batch_records(payload, header)):
            encoder.add(RecordData(record.key, record.value, record.timestamp, record.headers))
            if index % RECORD_SLICE_COUNT == RECORD_SLICE_COUNT - 1:
                yield None
        base_timestamp = encoder.base_timestamp
        max_timestamp = max_timestamp if rules.is_log_append_time else encoder.max_timestamp
        payload = b"".join(encoder.parts)
        last_offset_delta = header.record_count - 1
    attributes = target | header.attributes & TRANSACTIONAL_FLAG
    if rules.is_log_append_time:
        attributes |= LOG_APPEND_TIME_FLAG
    batch = assemble_batch(
        (yield from compress_steps(target, payload, rules.compression_level)),
        base_offset=header.base_offset,
        leader_epoch=header.partition_leader_epoch,
        attributes=attributes,
        last_offset_delta=last_offset_delta,
        base_timestamp=base_timestamp,
        max_timestamp=max_timestamp,
        producer_id=header.producer_id,
        producer_epoch=header.producer_epoch,
        base_sequence=header.base_sequence,
        record_count=header.record_count,
    )
    check_size(len(batch), rules)
    log_append_time_ms = max_timestamp if rules.is_log_append_time else -1
    return ValidatedRecords(memoryview(batch), [read_batch_header(batch)], log_append_time_ms, True)
