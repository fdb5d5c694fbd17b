"""Lends cramjam, which kafkalite has anyway, to kafka-python, which looks for one library per compression codec."""

from __future__ import annotations

from typing import Any


class SnappyBlocks:
    """What kafka-python calls of python-snappy: raw blocks, the framing is its own."""

    @staticmethod
    def compress(data: bytes) -> bytes:
        """Return ``data`` as one raw snappy block."""
        import cramjam

        return bytes(cramjam.snappy.compress_raw(bytes(data)))

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return the content of one raw snappy block."""
        import cramjam

        return bytes(cramjam.snappy.decompress_raw(bytes(data)))


class Lz4Frames:
    """What kafka-python calls of lz4.frame."""

    @staticmethod
    def compress(data: bytes, **_options: Any) -> bytes:
        """Return ``data`` as one lz4 frame."""
        import cramjam

        return bytes(cramjam.lz4.compress(bytes(data)))

    @staticmethod
    def decompress(data: bytes) -> bytes:
        """Return the content of lz4 frames."""
        import cramjam

        return bytes(cramjam.lz4.decompress(bytes(data)))


def zstd_encode(data: bytes) -> bytes:
    """Return ``data`` as one zstd frame."""
    import cramjam

    return bytes(cramjam.zstd.compress(bytes(data)))


def zstd_decode(data: bytes) -> bytes:
    """Return the content of zstd frames."""
    import cramjam

    return bytes(cramjam.zstd.decompress(bytes(data)))


def lend_codecs() -> None:
    """Give kafka-python the codecs that it did not find by itself; libraries of its own choice stay in use."""
    from kafka import codec
    from kafka.record import default_records, legacy_records

    if not codec.has_snappy():
        codec.snappy = SnappyBlocks
    if not codec.has_lz4():
        codec.lz4 = Lz4Frames
        for module in (codec, default_records, legacy_records):
            module.lz4_encode, module.lz4_decode = Lz4Frames.compress, Lz4Frames.decompress
    if not codec.has_zstd():
        codec.zstd = True
        for module in (codec, default_records):
            module.zstd_encode, module.zstd_decode = zstd_encode, zstd_decode
