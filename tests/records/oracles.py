"""Other people's record batches: bytes that Apache Kafka's Java classes built, and the builders of two Python clients.

`golden.txt` was written by GoldenBatches.java with kafka-clients 3.9.2, one line per case: name, base64.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiokafka.record.default_records as aiokafka_default
import aiokafka.record.legacy_records as aiokafka_legacy
import kafka.codec as kafka_codecs
import kafka.record.default_records as kafka_default
import kafka.record.legacy_records as kafka_legacy

from kafkalite.records.codecs import GZIP, LZ4, NONE, SNAPPY, ZSTD

if TYPE_CHECKING:
    from collections.abc import Iterable

GOLDEN: dict[str, bytes] = {
    name: base64.b64decode(text)
    for name, text in (
        line.split() for line in (Path(__file__).parent / "golden.txt").read_text(encoding="ascii").splitlines()
    )
}

#: What Java put into every golden data batch: timestamp, key, value (headers only with magic 2).
GOLDEN_RECORDS = [
    (1_700_000_000_000, b"key", b"value one"),
    (1_700_000_000_123, None, b"z" * 300),
    (1_699_999_999_000, b"k3", None),
]

ALL_CODECS = (NONE, GZIP, SNAPPY, LZ4, ZSTD)
LEGACY_CODECS = (NONE, GZIP, SNAPPY, LZ4)

#: kafka-python needs a library for each codec but gzip.
KAFKA_PYTHON_CODECS = tuple(
    codec
    for codec, is_there in (
        (NONE, True),
        (GZIP, True),
        (SNAPPY, kafka_codecs.has_snappy()),
        (LZ4, kafka_codecs.has_lz4()),
        (ZSTD, kafka_codecs.has_zstd()),
    )
    if is_there
)

CLIENTS: list[tuple[Any, Any, int]] = [
    *((kafka_default, kafka_legacy, codec) for codec in KAFKA_PYTHON_CODECS),
    *((aiokafka_default, aiokafka_legacy, codec) for codec in ALL_CODECS),
]

Fields = tuple[int, bytes | None, bytes | None]


def build_default(module: Any, codec: int, records: Iterable[tuple[int, Any, Any, Any]], **state: Any) -> bytearray:
    """A batch of magic 2 by a client's builder."""
    builder = module.DefaultRecordBatchBuilder(
        magic=2,
        compression_type=codec,
        is_transactional=state.get("is_transactional", 0),
        producer_id=state.get("producer_id", -1),
        producer_epoch=state.get("producer_epoch", -1),
        base_sequence=state.get("base_sequence", -1),
        batch_size=1 << 20,
    )
    for offset, (timestamp, key, value, headers) in enumerate(records):
        builder.append(offset, timestamp=timestamp, key=key, value=value, headers=headers)
    return bytearray(builder.build())


def build_legacy(module: Any, magic: int, codec: int, records: Iterable[Fields]) -> bytearray:
    """A message set by a client's builder."""
    builder = module.LegacyRecordBatchBuilder(magic=magic, compression_type=codec, batch_size=1 << 20)
    for offset, (timestamp, key, value) in enumerate(records):
        builder.append(offset, timestamp=timestamp, key=key, value=value)
    return bytearray(builder.build())
