"""Topic properties become typed settings with Kafka's defaults."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kafkalite.log.config import _PROPERTIES, VALIDATE_RECORDS, LogConfig
from kafkalite.system.entropy import SeededEntropy

TOPIC_SPECS = Path(__file__).parents[2] / "protocol_specs" / "configs" / "topic.json"


def test_defaults_are_kafkas() -> None:
    specs = {entry["name"]: entry for entry in json.loads(TOPIC_SPECS.read_text())}
    config = LogConfig.from_values({})
    for name in _PROPERTIES:
        default = specs[name]["default"]
        value = getattr(config, name.replace(".", "_"))
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        assert text == str(default), name


def test_reads_every_kind_of_value() -> None:
    config = LogConfig.from_values(
        {
            "cleanup.policy": "compact, delete",
            "segment.bytes": "1048576",
            "min.cleanable.dirty.ratio": "0.25",
            "message.timestamp.type": "LogAppendTime",
            "compression.type": "zstd",
            "compression.zstd.level": "7",
            "no.log.setting": "is left alone",
        }
    )
    assert config.is_compacted
    assert config.is_deleted
    assert config.segment_bytes == 1 << 20
    assert config.min_cleanable_dirty_ratio == 0.25
    assert config.is_log_append_time
    rules = config.validation_rules
    assert rules.is_compacted
    assert rules.is_log_append_time
    assert rules.compression_level == 7
    assert rules.max_message_bytes == 1_048_588


def test_rules_have_no_level_where_none_is_chosen() -> None:
    assert LogConfig.from_values({}).validation_rules.compression_level is None
    assert LogConfig.from_values({"compression.type": "snappy"}).validation_rules.compression_level is None


def test_a_text_that_cannot_be_read_names_its_property() -> None:
    with pytest.raises(ValueError, match=r"segment\.ms"):
        LogConfig.from_values({"segment.ms": "a week"})


def test_kafkas_test_setting_overrides_the_segment_size() -> None:
    config = LogConfig.from_values({"segment.bytes": "1048576", "internal.segment.bytes": "100"})
    assert config.segment_bytes == 100


def test_a_compaction_lag_bounds_the_life_of_a_segment() -> None:
    values = {"segment.ms": "1000", "max.compaction.lag.ms": "10"}
    assert LogConfig.from_values(values).max_segment_ms == 1000
    assert LogConfig.from_values({**values, "cleanup.policy": "compact"}).max_segment_ms == 10


def test_jitter_is_drawn_below_its_bounds() -> None:
    entropy = SeededEntropy(1)
    assert LogConfig.from_values({}).draw_segment_jitter_ms(entropy) == 0
    config = LogConfig.from_values({"segment.jitter.ms": "500", "segment.ms": "20"})
    drawn = {config.draw_segment_jitter_ms(entropy) for _ in range(200)}
    assert len(drawn) > 5
    assert max(drawn) < 20


def test_records_are_validated_unless_headers_are_to_be_enough() -> None:
    assert LogConfig.from_values({}).validation_rules.reads_records
    assert LogConfig.from_values({VALIDATE_RECORDS: "full"}).validation_rules.reads_records
    assert not LogConfig.from_values({VALIDATE_RECORDS: "headers"}).validation_rules.reads_records
