"""The topics that a consumer says it subscribes to, read from the metadata of its protocol.

Only the beginning is read, which every version of the consumer's subscription shares.

Source: ConsumerProtocol, ConsumerProtocolSubscription.
"""

from __future__ import annotations

from struct import Struct
from struct import error as StructError

_INT16 = Struct(">h")
_INT32 = Struct(">i")

CONSUMER_PROTOCOL_TYPE = "consumer"


def read_subscribed_topics(metadata: bytes) -> frozenset[str] | None:
    """Return the topics of a subscription, None where the bytes are no subscription."""
    try:
        position = _INT16.size  # the version
        (count,) = _INT32.unpack_from(metadata, position)
        position += _INT32.size
        if not 0 <= count <= len(metadata):
            return None
        topics = []
        for _ in range(count):
            (length,) = _INT16.unpack_from(metadata, position)
            position += _INT16.size
            end = position + length
            if length < 0 or end > len(metadata):
                return None
            topics.append(metadata[position:end].decode())
            position = end
    except (StructError, UnicodeDecodeError):
        return None
    return frozenset(topics)
