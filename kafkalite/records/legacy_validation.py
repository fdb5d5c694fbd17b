"""Validation of message sets of magic 0 and 1, which are always converted: the log holds magic 2 only.

Source: LogValidator (convertAndAssignOffsetsNonCompressed, validateMessagesAndAssignOffsetsCompressed).
"""

from __future__ import annotations

from kafkalite.protocol.errors import INVALID_RECORD, INVALID_TIMESTAMP
from kafkalite.records.batch import read_batch_header
from kafkalite.records.legacy import LegacyMessage, build_converted, open_wrapper, read_message_set
from kafkalite.records.record_rules import (
    FROM_PRODUCER,
    RecordChecker,
    RecordsRejected,
    ValidatedRecords,
    ValidationRules,
    check_size,
)


def validate_message_set(message_set: memoryview, rules: ValidationRules, *, now_ms: int) -> ValidatedRecords:
    """Check a message set and convert it to one batch of magic 2, in the codec that the topic or the client wants.

    A message cut off at the end is left out.

    Errors: RecordsRejected; those of `legacy.read_message_set` and `legacy.open_wrapper`.
    """
    outer = list(read_message_set(message_set))
    if not outer:
        raise RecordsRejected(INVALID_RECORD, "There is no message in the message set.")
    for message in outer:
        check_size(message.size_bytes, rules)
    if any(message.compression_codec for message in outer):
        messages = _check_wrapper(outer, rules, now_ms)
    else:
        messages = _check_plain(outer, rules, now_ms)
    codec = outer[0].compression_codec
    target = codec if rules.target_codec == FROM_PRODUCER else rules.target_codec
    batch = build_converted(
        messages,
        now_ms=now_ms,
        compression=target,
        compression_level=rules.compression_level,
        log_append_time=rules.is_log_append_time,
    )
    check_size(len(batch), rules)
    return ValidatedRecords(
        memoryview(batch), [read_batch_header(batch)], now_ms if rules.is_log_append_time else -1, True
    )


def _check_plain(messages: list[LegacyMessage], rules: ValidationRules, now_ms: int) -> list[LegacyMessage]:
    """Each message is a batch of its own: the first one at fault is reported alone, as record 0."""
    for message in messages:
        if message.magic != messages[0].magic:
            raise RecordsRejected(INVALID_RECORD, "The message set mixes messages of different formats.")
        checker = RecordChecker(rules, now_ms)
        _check_message(checker, 0, message, is_stamped=message.is_log_append_time)
        checker.finish()
    return messages


def _check_wrapper(outer: list[LegacyMessage], rules: ValidationRules, now_ms: int) -> list[LegacyMessage]:
    if len(outer) > 1:
        raise RecordsRejected(INVALID_RECORD, "A compressed message must be alone in its set.")
    wrapper = outer[0]
    messages = open_wrapper(wrapper)
    checker = RecordChecker(rules, now_ms)
    for index, message in enumerate(messages):
        if message.magic != wrapper.magic:
            checker.refuse(index, f"The message has magic {message.magic} inside a wrapper of {wrapper.magic}.")
        else:
            _check_message(checker, index, message, is_stamped=wrapper.is_log_append_time)
    checker.finish()
    return messages


def _check_message(checker: RecordChecker, index: int, message: LegacyMessage, *, is_stamped: bool) -> None:
    checker.check(index, message.timestamp, message.key is not None, is_stamped)
    if message.timestamp < -1:
        raise RecordsRejected(INVALID_TIMESTAMP, f"A message has the timestamp {message.timestamp}.")
