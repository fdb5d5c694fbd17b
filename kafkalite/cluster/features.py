"""Feature levels: those that this node supports, and those that a new cluster finalizes.

Source: KIP-584, KIP-1022; org.apache.kafka.server.common.{Feature, MetadataVersion} of Kafka 4.4.
"""

from __future__ import annotations

from typing import NamedTuple

METADATA_VERSION = "metadata.version"
KRAFT_VERSION = "kraft.version"
TRANSACTION_VERSION = "transaction.version"
GROUP_VERSION = "group.version"
ELR_VERSION = "eligible.leader.replicas.version"
SHARE_VERSION = "share.version"
STREAMS_VERSION = "streams.version"


class SupportedLevels(NamedTuple):
    """The supported levels of one feature, both inclusive, and the level of a new cluster."""

    lowest: int
    highest: int
    finalized: int


SUPPORTED = {
    METADATA_VERSION: SupportedLevels(7, 33, 33),
    ELR_VERSION: SupportedLevels(0, 1, 1),
    GROUP_VERSION: SupportedLevels(0, 1, 1),
    SHARE_VERSION: SupportedLevels(0, 2, 2),
    STREAMS_VERSION: SupportedLevels(0, 1, 1),
    TRANSACTION_VERSION: SupportedLevels(0, 2, 2),
    KRAFT_VERSION: SupportedLevels(0, 1, 0),
}
"""Features in the order of a new cluster's log. `kraft.version` is not a metadata record but a control record of the
log; at level 0 the quorum is the static one of the configuration, and nothing is written."""
