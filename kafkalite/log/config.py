"""The typed log settings of one topic.

Attributes have the names of Kafka's topic properties, with underscores. Values are given as text, which the controller
has checked before storing them; a missing property has Kafka's default.

Source: LogConfig, TopicConfig.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.records.record_rules import NO_RECORD_LIMIT, ValidationRules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kafkalite.system.entropy import Entropy

MAX_LONG = (1 << 63) - 1
DAY_MS = 86_400_000

COMPACT = "compact"
DELETE = "delete"
LOG_APPEND_TIME = "LogAppendTime"


def _text(value: str) -> str:
    return value.strip()


def _names(value: str) -> tuple[str, ...]:
    return tuple(name for name in (part.strip().lower() for part in value.split(",")) if name)


def _flag(value: str) -> bool:
    lowered = value.strip().lower()
    if lowered not in ("true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    return lowered == "true"


_PROPERTIES: dict[str, tuple[Callable[[str], object], object]] = {
    "cleanup.policy": (_names, (DELETE,)),
    "compression.gzip.level": (int, -1),
    "compression.lz4.level": (int, 9),
    "compression.type": (_text, "producer"),
    "compression.zstd.level": (int, 3),
    "delete.retention.ms": (int, DAY_MS),
    "file.delete.delay.ms": (int, 60_000),
    "flush.messages": (int, MAX_LONG),
    "flush.ms": (int, MAX_LONG),
    "index.interval.bytes": (int, 4096),
    "max.compaction.lag.ms": (int, MAX_LONG),
    "max.decompressed.message.bytes": (int, NO_RECORD_LIMIT),
    "max.message.bytes": (int, 1_048_588),
    "message.timestamp.after.max.ms": (int, 3_600_000),
    "message.timestamp.before.max.ms": (int, MAX_LONG),
    "message.timestamp.type": (_text, "CreateTime"),
    "min.cleanable.dirty.ratio": (float, 0.5),
    "min.compaction.lag.ms": (int, 0),
    "min.insync.replicas": (int, 1),
    "retention.bytes": (int, -1),
    "retention.ms": (int, 7 * DAY_MS),
    "segment.bytes": (int, 1 << 30),
    "segment.index.bytes": (int, 10 * 1024 * 1024),
    "segment.jitter.ms": (int, 0),
    "segment.ms": (int, 7 * DAY_MS),
}
"""Property name -> (reader of its text, default)."""

VALIDATE_RECORDS = "kafkalite.validate.records"
"""A broker property of kafkalite: "full" checks the records of every batch, "headers" trusts the header of a batch
unless another rule needs its records."""

INTERNAL_SEGMENT_BYTES = "internal.segment.bytes"
"""Kafka's internal property for tests: overrides `segment.bytes` without its lower bound."""


class LogConfig:
    """The log settings of one topic; immutable."""

    __slots__ = (
        "cleanup_policy",
        "compression_gzip_level",
        "compression_lz4_level",
        "compression_type",
        "compression_zstd_level",
        "delete_retention_ms",
        "file_delete_delay_ms",
        "flush_messages",
        "flush_ms",
        "index_interval_bytes",
        "max_compaction_lag_ms",
        "max_decompressed_message_bytes",
        "max_message_bytes",
        "message_timestamp_after_max_ms",
        "message_timestamp_before_max_ms",
        "message_timestamp_type",
        "min_cleanable_dirty_ratio",
        "min_compaction_lag_ms",
        "min_insync_replicas",
        "retention_bytes",
        "retention_ms",
        "segment_bytes",
        "segment_index_bytes",
        "segment_jitter_ms",
        "segment_ms",
        "validates_records",
        "validation_rules",
    )

    cleanup_policy: tuple[str, ...]
    compression_gzip_level: int
    compression_lz4_level: int
    compression_type: str
    compression_zstd_level: int
    delete_retention_ms: int
    file_delete_delay_ms: int
    flush_messages: int
    flush_ms: int
    index_interval_bytes: int
    max_compaction_lag_ms: int
    max_decompressed_message_bytes: int
    max_message_bytes: int
    message_timestamp_after_max_ms: int
    message_timestamp_before_max_ms: int
    message_timestamp_type: str
    min_cleanable_dirty_ratio: float
    min_compaction_lag_ms: int
    min_insync_replicas: int
    retention_bytes: int
    retention_ms: int
    segment_bytes: int
    segment_index_bytes: int
    segment_jitter_ms: int
    segment_ms: int
    validates_records: bool
    validation_rules: ValidationRules

    @classmethod
    def from_values(cls, values: Mapping[str, str]) -> LogConfig:
        """Return the settings from a topic's properties.

        Args:
            values: property name -> text, topic settings over broker defaults. Other names than those of log settings
                are ignored; missing ones have Kafka's default.

        Raises:
            ValueError: the text of a property, which the message names, is invalid.
        """
        config = cls()
        for name, (read, default) in _PROPERTIES.items():
            text = values.get(name)
            try:
                value = default if text is None else read(text)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error
            setattr(config, name.replace(".", "_"), value)
        if INTERNAL_SEGMENT_BYTES in values:
            config.segment_bytes = int(values[INTERNAL_SEGMENT_BYTES])
        config.validates_records = values.get(VALIDATE_RECORDS) != "headers"
        config.validation_rules = config._make_validation_rules()
        return config

    @property
    def is_compacted(self) -> bool:
        """Return whether old values of a key may be dropped."""
        return COMPACT in self.cleanup_policy

    @property
    def is_deleted(self) -> bool:
        """Return whether old segments may be dropped."""
        return DELETE in self.cleanup_policy

    @property
    def is_log_append_time(self) -> bool:
        """Return whether records get the broker's time."""
        return self.message_timestamp_type == LOG_APPEND_TIME

    @property
    def max_segment_ms(self) -> int:
        """Return the longest time for which a segment may stay active; the maximum compaction lag may shorten it."""
        if self.is_compacted and self.max_compaction_lag_ms > 0:
            return min(self.max_compaction_lag_ms, self.segment_ms)
        return self.segment_ms

    def draw_segment_jitter_ms(self, entropy: Entropy) -> int:
        """Return the time by which one segment rolls earlier, so that many partitions do not roll at once."""
        bound_ms = min(self.segment_jitter_ms, self.segment_ms)
        return entropy.random_int(bound_ms) if bound_ms > 0 else 0

    def _make_validation_rules(self) -> ValidationRules:
        return ValidationRules(
            compression_type=self.compression_type,
            compression_level=self._compression_level(),
            is_compacted=self.is_compacted,
            max_message_bytes=self.max_message_bytes,
            max_decompressed_record_bytes=self.max_decompressed_message_bytes,
            is_log_append_time=self.is_log_append_time,
            timestamp_before_max_ms=self.message_timestamp_before_max_ms,
            timestamp_after_max_ms=self.message_timestamp_after_max_ms,
            reads_records=self.validates_records,
        )

    def _compression_level(self) -> int | None:
        """Return the level of the forced codec; None if the codec has no levels or none is forced."""
        level: int | None = getattr(self, f"compression_{self.compression_type}_level", None)
        return level
