"""The rules of a topic for records, and the refusal of records that break them.

Source: LogValidator; KIP-467 (record errors), KIP-937 (timestamp limits), KIP-390 (levels).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.limits import RECORD_ERRORS_MAX_COUNT
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import INVALID_RECORD, INVALID_TIMESTAMP, MESSAGE_TOO_LARGE
from kafkalite.records.batch import set_max_timestamp
from kafkalite.records.codecs import CODEC_NAMES

if TYPE_CHECKING:
    from kafkalite.records.batch import BatchHeader

    RecordErrors = list[tuple[int, str | None]]

FROM_PRODUCER = -1
"""The target codec of ``compression.type=producer``: that of the received batch."""

NO_RECORD_LIMIT = 2_147_483_639
"""The default of ``max.decompressed.message.bytes``: no decompressed batch holds a larger record."""

_INT64_MAX = (1 << 63) - 1
_HOUR_MS = 3_600_000


class RecordsRejected(ApiError):
    """Records that may not be appended.

    `record_errors` has the index in the batch and the error of each invalid record; it is empty if the batch as a whole
    was refused.
    """

    __slots__ = ("record_errors",)

    def __init__(self, error_code: int, message: str, record_errors: RecordErrors | None = None) -> None:
        super().__init__(error_code, message)
        self.record_errors: RecordErrors = record_errors or []


class ValidationRules:
    """The topic's properties for validation, read once per configuration."""

    __slots__ = (
        "compression_level",
        "is_compacted",
        "is_log_append_time",
        "max_decompressed_record_bytes",
        "max_message_bytes",
        "reads_records",
        "target_codec",
        "timestamp_after_max_ms",
        "timestamp_before_max_ms",
    )

    def __init__(
        self,
        *,
        compression_type: str = "producer",
        compression_level: int | None = None,
        is_compacted: bool = False,
        max_message_bytes: int = 1_048_588,
        max_decompressed_record_bytes: int = NO_RECORD_LIMIT,
        is_log_append_time: bool = False,
        timestamp_before_max_ms: int = _INT64_MAX,
        timestamp_after_max_ms: int = _HOUR_MS,
        reads_records: bool = True,
    ) -> None:
        """Rules of one topic; defaults are Kafka's.

        Args:
            compression_type: ``compression.type``: "producer", "uncompressed" or a codec's name.
            compression_level: the level property of that codec, None for its default.
            is_compacted: whether ``cleanup.policy`` contains "compact".
            max_decompressed_record_bytes: ``max.decompressed.message.bytes``, for a record of a compressed batch.
            reads_records: False trusts the header of a batch if no other rule needs its records.
        """
        self.target_codec = FROM_PRODUCER if compression_type == "producer" else CODEC_NAMES.index(compression_type)
        self.compression_level = compression_level
        self.is_compacted = is_compacted
        self.max_message_bytes = max_message_bytes
        self.max_decompressed_record_bytes = max_decompressed_record_bytes
        self.is_log_append_time = is_log_append_time
        self.timestamp_before_max_ms = timestamp_before_max_ms
        self.timestamp_after_max_ms = timestamp_after_max_ms
        self.reads_records = (
            reads_records
            or is_compacted
            or max_decompressed_record_bytes < NO_RECORD_LIMIT
            or (not is_log_append_time and timestamp_before_max_ms != _INT64_MAX)
        )


class ValidatedRecords:
    """Records in the form to store; offsets are not assigned yet.

    `buffer` holds exactly `batches`. It is the caller's buffer, or a new one: always if `converted`, otherwise if a
    header had to change in a read-only buffer. `log_append_time_ms` is -1 if records keep the producer's time.
    """

    __slots__ = ("batches", "buffer", "converted", "log_append_time_ms")

    def __init__(
        self, buffer: memoryview, batches: list[BatchHeader], log_append_time_ms: int, converted: bool
    ) -> None:
        self.buffer = buffer
        self.batches = batches
        self.log_append_time_ms = log_append_time_ms
        self.converted = converted

    def stamped(self, now_ms: int) -> ValidatedRecords:
        """Return these records with the broker's time set to `now_ms`, if they have the broker's time."""
        if self.log_append_time_ms not in (-1, now_ms):
            if self.buffer.readonly:
                self.buffer = memoryview(bytearray(self.buffer))
            self.batches = [
                set_max_timestamp(self.buffer, header, now_ms, is_log_append_time=True) for header in self.batches
            ]
            self.log_append_time_ms = now_ms
        return self

    def copied(self) -> ValidatedRecords:
        """Return a copy of the records in a separate buffer."""
        buffer = memoryview(bytearray(self.buffer))
        return ValidatedRecords(buffer, self.batches, self.log_append_time_ms, self.converted)


def check_size(size_bytes: int, rules: ValidationRules) -> None:
    """Check the size of a batch.

    Raises:
        RecordsRejected: MESSAGE_TOO_LARGE if the batch is larger than ``max.message.bytes``.
    """
    if size_bytes > rules.max_message_bytes:
        raise RecordsRejected(
            MESSAGE_TOO_LARGE,
            f"The record batch has {size_bytes} bytes, more than the topic's maximum of {rules.max_message_bytes}.",
        )


class RecordChecker:
    """Checks the records of one batch one after the other, and refuses the batch with the errors found.

    At most RECORD_ERRORS_MAX_COUNT records are listed.
    """

    __slots__ = ("_error_count", "_errors", "_has_invalid_timestamp", "_now_ms", "_rules")

    def __init__(self, rules: ValidationRules, now_ms: int) -> None:
        self._rules = rules
        self._now_ms = now_ms
        self._error_count = 0
        self._errors: RecordErrors = []
        self._has_invalid_timestamp = False

    def check(self, index: int, timestamp: int, has_key: bool, is_stamped: bool) -> None:
        """Check one record.

        Args:
            index: its index in the batch.
            timestamp: -1 if it has none.
            is_stamped: whether the batch is marked with a broker's timestamps, which clients must not do.
        """
        rules = self._rules
        if rules.is_compacted and not has_key:
            self.refuse(index, "A compacted topic cannot accept a record without key.")
        elif timestamp != -1 and not rules.is_log_append_time:
            earliest = self._now_ms - rules.timestamp_before_max_ms
            latest = self._now_ms + rules.timestamp_after_max_ms
            if not earliest <= timestamp <= latest:
                self._has_invalid_timestamp = True
                self.refuse(index, f"Timestamp {timestamp} is not within [{earliest}, {latest}].")
        elif is_stamped:
            self._has_invalid_timestamp = True
            self.refuse(index, "A producer must not set the timestamp type to LogAppendTime.")

    def refuse(self, index: int, message: str) -> None:
        """Note that a record is invalid, for the reason in `message`."""
        self._error_count += 1
        if len(self._errors) < RECORD_ERRORS_MAX_COUNT:
            self._errors.append((index, message))

    def finish(self) -> None:
        """Raise if any record was refused.

        Raises:
            RecordsRejected: INVALID_TIMESTAMP if it is among the reasons, INVALID_RECORD otherwise.
        """
        if not self._errors:
            return
        if self._has_invalid_timestamp:
            raise RecordsRejected(INVALID_TIMESTAMP, "Records were rejected for their timestamps.", self._errors)
        first = "; ".join(f"record {index}: {message}" for index, message in self._errors[:3])
        raise RecordsRejected(INVALID_RECORD, f"{self._error_count} records were rejected: {first}", self._errors)
