"""Assembly of a broker from its parts, without a socket, an event loop or a thread.

The new broker answers requests through `broker.router.Router`. Its owner calls `WorkQueue.run_turn`,
`TimerQueue.run_due` and `Purgatory.drain`: `kafkalite.server` on an asyncio loop, a simulation directly.

Source: BrokerServer.startup, whose order of construction is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.broker.broker import Broker
from kafkalite.broker.codec_queue import CodecQueue
from kafkalite.broker.coordination.producer_ids import ProducerIdAllocator
from kafkalite.broker.data.fetch_sessions import FetchSessionCache
from kafkalite.broker.data.partitions import Partitions
from kafkalite.broker.host_lookups import HostLookups
from kafkalite.broker.metadata.data_directory import open_data
from kafkalite.broker.metadata.live_configs import LiveConfigs
from kafkalite.broker.metadata.topic_creation import TopicCreator
from kafkalite.broker.purgatory import Purgatory
from kafkalite.cluster.controller import ControllerContext
from kafkalite.cluster.topic_names import TRANSACTION_STATE
from kafkalite.model.lazy import Lazy
from kafkalite.protocol.served_apis import served_apis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.broker.coordination.groups import GroupCoordinator
    from kafkalite.broker.coordination.transactions import TransactionCoordinator
    from kafkalite.broker.metadata.advertised import AdvertisedAddresses
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.settings import Settings
    from kafkalite.storage.interface import LogDirectory
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.timers import TimerQueue
    from kafkalite.system.work_queue import WorkQueue


def build_broker(
    settings: Settings,
    directory: LogDirectory,
    *,
    clock: Clock,
    entropy: Entropy,
    timers: TimerQueue,
    work: WorkQueue,
    advertised: AdvertisedAddresses,
    endpoints: Sequence[tuple[str, str, int, str]] = (),
    hosts: HostLookups | None = None,
    as_version: str | None = None,
) -> Broker:
    """Open a log directory, with recovery after a crash, and return its broker.

    Args:
        directory: closed if this fails.
        clock, timers, work: with one clock for all three.
        advertised: the addresses for clients.
        endpoints: (listener name, host, port, security protocol), for the registration of the broker.
        hosts: resolves host names; without it none can be resolved.
        as_version: the Kafka release to emulate ("3.9"), or None for all supported APIs and versions.

    Raises:
        StorageFault: the directory cannot be used.
        ConfigError: the directory belongs to another node or cluster.
    """
    purgatory = Purgatory(timers)
    data = open_data(settings, directory, clock, entropy, purgatory, work.begin, endpoints)
    metadata = data.metadata
    configs = LiveConfigs(metadata, data.static_configs, data.node_id)
    controller = ControllerContext(entropy, data.static_configs, data.node_id)
    parts = _Parts(
        settings,
        clock,
        entropy,
        timers,
        metadata,
        Partitions(data.logs, purgatory, clock),
        configs,
        TopicCreator(metadata, controller, configs),
        ProducerIdAllocator(metadata.allocate_producer_ids),
    )
    lazy_groups = Lazy(lambda: _make_groups(parts))
    fetch_session_count = settings.get_int("max.incremental.fetch.session.cache.slots")
    broker = Broker(
        **(data._asdict() | parts._asdict()),
        served_apis=served_apis(as_version),
        work=work,
        controller=controller,
        advertised=advertised,
        codecs=CodecQueue(),
        purgatory=purgatory,
        fetch_sessions=FetchSessionCache(fetch_session_count, clock, entropy),
        hosts=hosts or HostLookups(_find_nothing, _find_nothing),
        lazy_groups=lazy_groups,
        lazy_transactions=Lazy(lambda: _make_transactions(parts, lazy_groups)),
    )
    _begin(broker)
    return broker


class _Parts(NamedTuple):
    """The parts that the coordinators and the handlers share."""

    settings: Settings
    clock: Clock
    entropy: Entropy
    timers: TimerQueue
    metadata: MetadataLog
    partitions: Partitions
    configs: LiveConfigs
    topic_creator: TopicCreator
    producer_ids: ProducerIdAllocator


def _make_groups(parts: _Parts) -> GroupCoordinator:
    from kafkalite.broker.coordination.groups import GroupCoordinator  # noqa: PLC0415 -- on first use

    return GroupCoordinator(
        parts.settings,
        parts.clock,
        parts.entropy,
        parts.timers,
        parts.metadata,
        parts.partitions,
        parts.configs,
        parts.topic_creator,
    )


def _make_transactions(parts: _Parts, groups: Lazy[GroupCoordinator]) -> TransactionCoordinator:
    from kafkalite.broker.coordination.transaction_markers import TransactionMarkers  # noqa: PLC0415 -- on first use
    from kafkalite.broker.coordination.transactions import TransactionCoordinator  # noqa: PLC0415

    return TransactionCoordinator(
        parts.settings,
        parts.clock,
        parts.timers,
        parts.metadata,
        parts.partitions,
        parts.producer_ids,
        parts.topic_creator,
        TransactionMarkers(parts.partitions, parts.clock, groups),
    )


def _begin(broker: Broker) -> None:
    """Complete the decided transactions, and create the topics that the settings name."""
    if TRANSACTION_STATE in broker.metadata.image.topics.by_name:
        broker.transactions.open()
    if broker.settings.start_topics:
        from kafkalite.broker.metadata.start_topics import create_start_topics  # noqa: PLC0415 -- only on demand

        create_start_topics(broker, broker.settings.start_topics)


def _find_nothing(host: str) -> list[str]:
    return []
