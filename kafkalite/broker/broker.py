"""The services that handlers work with, in one frozen bundle; `kafkalite.assembly` makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kafkalite.broker.codec_queue import CodecQueue
    from kafkalite.broker.coordination.groups import GroupCoordinator
    from kafkalite.broker.coordination.producer_ids import ProducerIdAllocator
    from kafkalite.broker.coordination.transactions import TransactionCoordinator
    from kafkalite.broker.data.fetch_sessions import FetchSessionCache
    from kafkalite.broker.data.partitions import Partitions
    from kafkalite.broker.host_lookups import HostLookups
    from kafkalite.broker.metadata.advertised import AdvertisedAddresses
    from kafkalite.broker.metadata.live_configs import LiveConfigs
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.broker.metadata.topic_creation import TopicCreator
    from kafkalite.broker.purgatory import Purgatory
    from kafkalite.cluster.configs.broker import BrokerConfigs
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.log.manager import LogManager
    from kafkalite.model.lazy import Lazy
    from kafkalite.protocol.served_apis import ServedApis
    from kafkalite.settings import Settings
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.timers import TimerQueue
    from kafkalite.system.work_queue import WorkQueue


class Broker(NamedTuple):
    """Everything a handler may reach.

    Attributes:
        node_id: this node's id, in 0..2^31-1.
        cluster_id: url-safe base64 text, as in meta.properties.
        directory_id: of the log directory, 16 bytes.
        static_configs: the properties of the start, as DescribeConfigs shows them.
        configs: the same with dynamic changes.
        controller: the facts about this broker that operations on the metadata need.
        work: does in slices what takes long.
        codecs: runs large calls of codecs beside the loop.
        hosts: resolves the names of hosts beside the loop.
        lazy_groups, lazy_transactions: see `groups` and `transactions`.
    """

    settings: Settings
    served_apis: ServedApis
    node_id: int
    cluster_id: str
    directory_id: bytes
    static_configs: BrokerConfigs
    clock: Clock
    timers: TimerQueue
    work: WorkQueue
    entropy: Entropy
    logs: LogManager
    metadata: MetadataLog
    configs: LiveConfigs
    controller: ControllerContext
    advertised: AdvertisedAddresses
    partitions: Partitions
    codecs: CodecQueue
    purgatory: Purgatory
    fetch_sessions: FetchSessionCache
    producer_ids: ProducerIdAllocator
    topic_creator: TopicCreator
    hosts: HostLookups
    lazy_groups: Lazy[GroupCoordinator]
    lazy_transactions: Lazy[TransactionCoordinator]

    @property
    def groups(self) -> GroupCoordinator:
        """The group coordinator, whose code is loaded on first use."""
        return self.lazy_groups.get()

    @property
    def transactions(self) -> TransactionCoordinator:
        """The transaction coordinator, whose code is loaded on first use."""
        return self.lazy_transactions.get()
