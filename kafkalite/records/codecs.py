"""The errors of compressed records, and the numbers and names of the codecs.

Deviation: data that cannot be decompressed is INVALID_RECORD, and an unassigned codec UNSUPPORTED_COMPRESSION_TYPE,
while Kafka answers UNKNOWN_SERVER_ERROR: the client learns that its bytes are at fault.

Source: Kafka's CompressionType.
"""

from __future__ import annotations

from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.errors import INVALID_RECORD, MESSAGE_TOO_LARGE, UNSUPPORTED_COMPRESSION_TYPE

NONE = 0
GZIP = 1
SNAPPY = 2
LZ4 = 3
ZSTD = 4

#: Codec names as the topic property ``compression.type`` spells them, by number.
CODEC_NAMES = ("uncompressed", "gzip", "snappy", "lz4", "zstd")


class InvalidCompressedData(ApiError):
    """The bytes are not in the format of their codec."""

    def __init__(self, codec: int, reason: object) -> None:
        super().__init__(INVALID_RECORD, f"{CODEC_NAMES[codec]} data cannot be decompressed: {reason}")


class DecompressedTooLarge(ApiError):
    """The decompressed size exceeds the caller's limit."""

    def __init__(self, codec: int, max_bytes: int) -> None:
        super().__init__(MESSAGE_TOO_LARGE, f"{CODEC_NAMES[codec]} data holds more than {max_bytes} bytes")


class UnknownCodec(ApiError):
    """The attributes name a codec that Kafka has not assigned."""

    def __init__(self, codec: int) -> None:
        super().__init__(UNSUPPORTED_COMPRESSION_TYPE, f"compression type {codec} does not exist")
