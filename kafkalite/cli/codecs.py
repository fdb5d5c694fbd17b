"""Lends kafkalite's own codecs to kafka-python, which looks for one more library per compression codec."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from kafkalite.records.codecs import LZ4, SNAPPY, ZSTD
from kafkalite.records.compression import compress, decompress

DECOMPRESSED_MAX_BYTES = 1 << 30
"""What one batch may grow to in a command of the command line: its reader chose to read it."""

CODECS = {"snappy": SNAPPY, "lz4": LZ4, "zstd": ZSTD}


def encoder(codec: int) -> Callable[[bytes], bytes]:
    """Return kafka-python's ``<codec>_encode``."""
    return lambda payload: compress(codec, payload)


def decoder(codec: int) -> Callable[[bytes], bytes]:
    """Return kafka-python's ``<codec>_decode``."""
    return lambda payload: decompress(codec, payload, max_bytes=DECOMPRESSED_MAX_BYTES)


def lend_codecs() -> None:
    """Give kafka-python every codec, whichever libraries it found by itself."""
    from kafka import codec as kafka_codec
    from kafka.record import default_records, legacy_records

    modules: tuple[ModuleType, ...] = (kafka_codec, default_records, legacy_records)
    for name, codec in CODECS.items():
        setattr(kafka_codec, name, True)  # its own sign that a codec is there
        for module in modules:
            setattr(module, f"{name}_encode", encoder(codec))
            setattr(module, f"{name}_decode", decoder(codec))
