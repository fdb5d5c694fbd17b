"""Opens a data directory: whose it is, the metadata in it, and the partition logs that the metadata names.

The order is Kafka's: ``meta.properties`` says whether the directory is ours at all, ``__cluster_metadata-0`` says what
there should be, and only then are the partitions opened, recovering what a crash left.

Source: KafkaRaftServer, BrokerServer.startup, MetaPropertiesEnsemble.
"""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.broker.metadata.metadata_log import METADATA_PARTITION, open_metadata_log
from kafkalite.broker.metadata.metadata_publisher import MetadataPublisher
from kafkalite.cluster.brokers import SECURITY_PROTOCOLS, BrokerRegistration
from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.image import Endpoint
from kafkalite.log.checkpoints import (
    HIGH_WATERMARK_FILE,
    LOG_START_OFFSET_FILE,
    RECOVERY_POINT_FILE,
    CorruptCheckpoint,
    MetaProperties,
    decode_meta_properties,
    encode_meta_properties,
)
from kafkalite.log.config import LogConfig
from kafkalite.log.manager import LogManager, parse_directory_name
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.uuids import uuid_to_text
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.settings.image_variables import GENERIC_VARIABLE
from kafkalite.settings.values import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.metadata.metadata_log import MetadataLog
    from kafkalite.broker.purgatory import Purgatory
    from kafkalite.model.steps import Steps
    from kafkalite.settings import Settings
    from kafkalite.storage.interface import LogDirectory
    from kafkalite.system.clock import Clock
    from kafkalite.system.entropy import Entropy
    from kafkalite.system.work_queue import SlicedWork

META_PROPERTIES_FILE = "meta.properties"
ROOT_CHECKPOINT_FILES = (RECOVERY_POINT_FILE, LOG_START_OFFSET_FILE, HIGH_WATERMARK_FILE)
SHOWN_NAME_COUNT = 5

_log = getLogger("kafkalite.log")


class OpenedData(NamedTuple):
    """The identity in a data directory, and its opened logs and metadata."""

    cluster_id: str
    node_id: int
    directory_id: bytes
    static_configs: BrokerConfigs
    logs: LogManager
    metadata: MetadataLog


def open_data(
    settings: Settings,
    directory: LogDirectory,
    clock: Clock,
    entropy: Entropy,
    purgatory: Purgatory,
    begin_work: Callable[[Steps[None]], SlicedWork[None]],
    endpoints: Sequence[tuple[str, str, int, str]],
) -> OpenedData:
    """Open what is in a directory, which is closed where that fails.

    Args:
        purgatory: hears of partitions that are deleted.
        begin_work: begins work that takes long, in slices.
        endpoints: (listener name, host, port, security protocol) to register this broker with.

    Raises:
        StorageFault: the directory cannot be used, or another process holds it.
        ConfigError: it belongs to another node or cluster.
    """

    path = directory.path
    try:
        properties = claim_directory(directory, settings, entropy)
        node_id = properties.node_id
        static = BrokerConfigs(settings.values())
        logs = LogManager(
            directory,
            clock,
            entropy,
            LogConfig.from_values({}),
            producer_id_expiration_ms=settings.get_int("producer.id.expiration.ms"),
        )
        logs.health.stops_on_failure = settings.get("kafkalite.on.storage.fault") == "stop"
        metadata = open_metadata_log(logs, clock, node_id, static)
        publisher = MetadataPublisher(logs, static, node_id, purgatory.note_changes)
        image = metadata.image
        strays = logs.open_all(
            publisher.expected_logs(image), publisher.topic_ids(image), publisher.leader_epochs(image)
        )
        _explain_strays(path, metadata, strays)
        publisher.open_missing(metadata.image)
        publisher.begin = begin_work
        metadata.subscribe(publisher)
        registration = _registration(properties, entropy, endpoints, settings.find("broker.rack"))
        logs.broker_epoch = metadata.start_broker(registration, static, logs.stopped_broker_epoch)
        return OpenedData(properties.cluster_id, node_id, _directory_id(properties), static, logs, metadata)
    except ApiError as refusal:
        directory.close()
        raise StorageFault("open", path, refusal.error_message) from refusal
    except (ProtocolViolation, ValueError) as problem:
        directory.close()
        raise StorageFault("open", path, f"the metadata cannot be read: {problem}") from problem
    except BaseException:
        directory.close()
        raise


def close_data(broker: Broker, *, is_kept: bool = True) -> None:
    """Leave the cluster and close the logs, such that the next start, also one of Kafka's, is a clean one.

    What cannot be written is logged; the next start recovers from it.

    Args:
        is_kept: False where the files are in memory only and nothing will ever start on them.
    """
    try:
        if is_kept:
            broker.metadata.stop_broker(broker.static_configs)
    except ApiError as refusal:
        _log.error("the stop of this broker is not in the metadata: %s", refusal.error_message)
    broker.logs.close_all(clean=True)


def claim_directory(directory: LogDirectory, settings: Settings, entropy: Entropy) -> MetaProperties:
    """Read ``meta.properties``, or write it into a directory that has none.

    Raises:
        ConfigError: the directory is another node's, or the file cannot be read.
    """
    data = directory.read_root(META_PROPERTIES_FILE)
    node_id = settings.node_id
    if data is not None:
        try:
            properties = decode_meta_properties(data)
        except CorruptCheckpoint as problem:
            path = f"{directory.path}/{META_PROPERTIES_FILE}"
            raise ConfigError(f"{path} is damaged ({problem}): bring it back, or take another directory") from problem
        if properties.node_id != node_id:
            raise ConfigError(
                f"{directory.path} belongs to node {properties.node_id}, this one is node.id={node_id}: "
                "start with that id or with another directory"
            )
        _check_cluster_id(properties.cluster_id, directory, settings)
        if properties.directory_id is not None:
            return properties
        properties = properties._replace(directory_id=entropy.uuid())
    else:
        _check_is_new(directory)
        chosen = settings.cluster_id
        cluster_id = uuid_to_text(entropy.uuid()) if chosen is None else chosen[0]
        properties = MetaProperties(cluster_id, node_id, entropy.uuid())
    directory.replace_root(META_PROPERTIES_FILE, encode_meta_properties(properties))
    return properties


def _check_cluster_id(cluster_id: str, directory: LogDirectory, settings: Settings) -> None:
    """Raise ConfigError where the environment names another cluster than the directory's, as kafka-storage does."""
    chosen = settings.cluster_id
    if chosen is None or chosen[0] == cluster_id:
        return
    wanted, variable = chosen
    if variable == GENERIC_VARIABLE:
        _log.warning("%s keeps its cluster id %s: %s is %s", directory.path, cluster_id, variable, wanted)
        return
    raise ConfigError(
        f"{directory.path} belongs to cluster {cluster_id}, and {variable} is {wanted}: "
        "leave the variable out or choose another directory"
    )


def _check_is_new(directory: LogDirectory) -> None:
    """Raise ConfigError where a directory without ``meta.properties`` holds what only a broker writes."""
    found = [name for name in sorted(directory.partitions()) if parse_directory_name(name) is not None]
    found += [name for name in ROOT_CHECKPOINT_FILES if directory.read_root(name) is not None]
    if found:
        shown = ", ".join(found[:SHOWN_NAME_COUNT]) + (", ..." if len(found) > SHOWN_NAME_COUNT else "")
        raise ConfigError(
            f"{directory.path} has no {META_PROPERTIES_FILE}, but holds {shown}: it is not known whose data that is. "
            f"Bring the file back (it states cluster.id, node.id and directory.id), or start with an empty directory"
        )


def _explain_strays(path: str, metadata: MetadataLog, strays: Sequence[str]) -> None:
    """Say why the metadata does not know partitions any more, where it is the metadata that is damaged."""
    if not strays or not (metadata.is_new or metadata.log.removed_files):
        return
    cause = "was missing or empty" if metadata.is_new else f"was damaged and cut at offset {metadata.log.end_offset}"
    _log.error(
        "%s/%s %s: the topics of %d partitions are forgotten with it. Their directories were renamed to *-stray and "
        "keep all records",
        path,
        METADATA_PARTITION,
        cause,
        len(strays),
    )


def _registration(
    properties: MetaProperties, entropy: Entropy, endpoints: Sequence[tuple[str, str, int, str]], rack: str | None
) -> BrokerRegistration:
    return BrokerRegistration(
        broker_id=properties.node_id,
        incarnation_id=entropy.uuid(),
        endpoints=[
            Endpoint(name, host, port, SECURITY_PROTOCOLS[protocol]) for name, host, port, protocol in endpoints
        ],
        directory_ids=[_directory_id(properties)],
        rack=rack,
    )


def _directory_id(properties: MetaProperties) -> bytes:
    assert properties.directory_id is not None, "a directory that was claimed has an id"
    return properties.directory_id
