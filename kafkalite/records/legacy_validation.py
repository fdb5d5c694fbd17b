"""Validation of message sets of magic 0 and 1, which are always converted: the log holds magic 2 only.

Source: LogValidator (convertAndAssignOffsetsNonCompressed, validateMessagesAndAssignOffsetsCompressed).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import RECORD_SLICE_COUNT
from kafkalite.protocol.errors import INVALID_RECORD, INVALID_TIMESTAMP
from kafkalite.records.batch import LOG_APPEND_TIME_FLAG, LOG_OVERHEAD_SIZE, read_batch_header
from kafkalite.records.builder import RecordData, RecordEncoder, assemble_batch
from kafkalite.records.codec_steps import compress_steps
from kafkalite.records.codecs import NONE
from kafkalite.records.legacy import LegacyMessage, message_set_steps, wrapper_steps
from kafkalite.records.record_rules import (
    FROM_PRODUCER,
    RecordChecker,
    RecordsRejected,
    ValidatedRecords,
    ValidationRules,
    check_size,
)

if TYPE_CHECKING:
    from kafkalite.model.buffers import Buffer
    from kafkalite.records.codec_steps import Steps


def message_set_validation_steps(
    message_set: memoryview, rules: ValidationRules, *, now_ms: int
) -> Steps[ValidatedRecords]:
    """Check a message set and convert it to one batch of magic 2, with the codec of the topic or the client.

    A message cut off at the end is left out.

    Raises:
        RecordsRejected: the records are refused.
        Those of `legacy.read_message_set` and `legacy.open_wrapper`.
    """
    outer = yield from message_set_steps(message_set)
    if not outer:
        raise RecordsRejected(INVALID_RECORD, "There is no message in the message set.")
    for message in outer:
        check_size(message.size_bytes, rules)
    if any(message.compression_codec for message in outer):
        messages = yield from _check_wrapper(outer, rules, now_ms)
    else:
        messages = yield from _check_plain(outer, rules, now_ms)
    codec = outer[0].compression_codec
    target = codec if rules.target_codec == FROM_PRODUCER else rules.target_codec
    batch = yield from _build(messages, target, rules, now_ms)
    check_size(len(batch), rules)
    return ValidatedRecords(
        memoryview(batch), [read_batch_header(batch)], now_ms if rules.is_log_append_time else -1, True
    )


def _build(messages: list[LegacyMessage], codec: int, rules: ValidationRules, now_ms: int) -> Steps[bytearray]:
    encoder = RecordEncoder(now_ms)
    for message in messages:
        encoder.add(RecordData(message.key, message.value, message.timestamp))
        if len(encoder.parts) % RECORD_SLICE_COUNT == 0:
            yield None
    payload: Buffer = b"".join(encoder.parts)
    if codec != NONE:
        payload = yield from compress_steps(codec, payload, rules.compression_level)
    return assemble_batch(
        payload,
        base_offset=0,
        leader_epoch=-1,
        attributes=codec | (LOG_APPEND_TIME_FLAG if rules.is_log_append_time else 0),
        last_offset_delta=len(encoder.parts) - 1,
        base_timestamp=encoder.base_timestamp,
        max_timestamp=now_ms if rules.is_log_append_time else encoder.max_timestamp,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        record_count=len(encoder.parts),
    )


def _check_plain(messages: list[LegacyMessage], rules: ValidationRules, now_ms: int) -> Steps[list[LegacyMessage]]:
    """Check the messages, each a separate batch: only the first invalid one is reported, as record 0."""
    for index, message in enumerate(messages):
        if message.magic != messages[0].magic:
            raise RecordsRejected(INVALID_RECORD, "The message set mixes messages of different formats.")
        checker = RecordChecker(rules, now_ms)
        _check_message(checker, 0, message, is_stamped=message.is_log_append_time)
        checker.finish()
        if index % RECORD_SLICE_COUNT == RECORD_SLICE_COUNT - 1:
            yield None
    return messages


def _check_wrapper(outer: list[LegacyMessage], rules: ValidationRules, now_ms: int) -> Steps[list[LegacyMessage]]:
    if len(outer) > 1:
        raise RecordsRejected(INVALID_RECORD, "A compressed message must be alone in its set.")
    wrapper = outer[0]
    messages = yield from wrapper_steps(wrapper)
    checker = RecordChecker(rules, now_ms)
    for index, message in enumerate(messages):
        _check_opened_size(message, rules)
        if message.magic != wrapper.magic:
            checker.refuse(index, f"The message has magic {message.magic} inside a wrapper of {wrapper.magic}.")
        else:
            _check_message(checker, index, message, is_stamped=wrapper.is_log_append_time)
        if index % RECORD_SLICE_COUNT == RECORD_SLICE_COUNT - 1:
            yield None
    checker.finish()
    return messages


def _check_opened_size(message: LegacyMessage, rules: ValidationRules) -> None:
    size_bytes = message.size_bytes - LOG_OVERHEAD_SIZE
    if size_bytes > rules.max_decompressed_record_bytes:
        limit = rules.max_decompressed_record_bytes
        raise RecordsRejected(INVALID_RECORD, f"A message has {size_bytes} bytes, more than the topic's {limit}.")


def _check_message(checker: RecordChecker, index: int, message: LegacyMessage, *, is_stamped: bool) -> None:
    checker.check(index, message.timestamp, message.key is not None, is_stamped)
    if message.timestamp < -1:
        raise RecordsRejected(INVALID_TIMESTAMP, f"A message has the timestamp {message.timestamp}.")
