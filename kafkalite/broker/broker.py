"""The services that handlers work with: one object that the composition root fills and hands around."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kafkalite.broker.advertised import AdvertisedAddresses
    from kafkalite.broker.codec_queue import CodecQueue
    from kafkalite.broker.fetch_sessions import FetchSessionCache
    from kafkalite.broker.groups import GroupCoordinator
    from kafkalite.broker.host_lookups import HostLookups
    from kafkalite.broker.metadata_log import MetadataLog
    from kafkalite.broker.partitions import Partitions
    from kafkalite.broker.producer_ids import ProducerIdAllocator
    from kafkalite.broker.purgatory import FetchPurgatory
    from kafkalite.broker.transactions import TransactionCoordinator
    from kafkalite.cluster.broker_configs import BrokerConfigs
    from kafkalite.log.manager import LogManager
    from kafkalite.protocol.served_apis import ServedApis
    from kafkalite.settings import Settings
    from kafkalite.storage.files import FileLogDirectory
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.timers import TimerQueue
    from kafkalite.system.work_queue import WorkQueue


class Broker:
    """Everything a handler may reach. Attributes are set once, by ``kafkalite.server``.

    Attributes:
        node_id: this node's id, in 0..2^31-1.
        cluster_id: url-safe base64 text, as in meta.properties.
        directory_id: of the log directory, 16 bytes.
        static_configs: what the broker was started with, as DescribeConfigs shows it.
        work: does in slices what takes long.
        codecs: runs large calls of codecs beside the loop.
        hosts: resolves the names of hosts beside the loop.
    """

    __slots__ = (
        "_groups",
        "_transactions",
        "advertised",
        "clock",
        "cluster_id",
        "codecs",
        "directory_id",
        "entropy",
        "fetch_purgatory",
        "fetch_sessions",
        "hosts",
        "log_directory",
        "logs",
        "metadata",
        "node_id",
        "partitions",
        "producer_ids",
        "served_apis",
        "settings",
        "static_configs",
        "timers",
        "work",
    )

    settings: Settings
    static_configs: BrokerConfigs
    clock: Clock
    timers: TimerQueue
    work: WorkQueue
    entropy: Entropy
    node_id: int
    cluster_id: str
    directory_id: bytes
    log_directory: FileLogDirectory
    metadata: MetadataLog
    logs: LogManager
    advertised: AdvertisedAddresses
    served_apis: ServedApis
    partitions: Partitions
    codecs: CodecQueue
    fetch_purgatory: FetchPurgatory
    fetch_sessions: FetchSessionCache
    producer_ids: ProducerIdAllocator
    hosts: HostLookups

    def __init__(self) -> None:
        self._groups: GroupCoordinator | None = None
        self._transactions: TransactionCoordinator | None = None

    @property
    def groups(self) -> GroupCoordinator:
        """The group coordinator; its code is loaded when somebody needs it."""
        if self._groups is None:
            from kafkalite.broker.groups import GroupCoordinator

            self._groups = GroupCoordinator(self)
        return self._groups

    @property
    def transactions(self) -> TransactionCoordinator:
        """The transaction coordinator; its code is loaded when somebody needs it."""
        if self._transactions is None:
            from kafkalite.broker.transactions import TransactionCoordinator

            self._transactions = TransactionCoordinator(self)
        return self._transactions
