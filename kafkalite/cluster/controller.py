"""The context of the operations on the metadata, besides the image and the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.system.entropy import Entropy

PARTITIONS_PER_REQUEST_MAX_COUNT = 10_000
"""Maximum number of new partitions in one request. Source: ReplicationControlManager."""

RECORDS_PER_REQUEST_MAX_COUNT = 10_000
"""Maximum number of records of one request, which form one atomic batch. Source: QuorumController."""


class ControllerContext:
    """The context of a controller operation.

    Attributes:
        entropy: the source of new topic ids and of the placement of partitions.
        static_configs: the broker's properties at its start.
        node_id: the id of this node; only its broker configurations may be altered through it.
    """

    __slots__ = ("entropy", "node_id", "static_configs")

    def __init__(self, entropy: Entropy, static_configs: BrokerConfigs, node_id: int) -> None:
        self.entropy = entropy
        self.static_configs = static_configs
        self.node_id = node_id
