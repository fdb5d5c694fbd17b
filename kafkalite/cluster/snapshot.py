"""The records of a snapshot of `__cluster_metadata`, from which an image is built.

Source: org.apache.kafka.image.MetadataImage.write and the images in it (KIP-630).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.features import METADATA_VERSION
from kafkalite.protocol.internal_records.client_quota_record import ClientQuotaRecord, EntityData
from kafkalite.protocol.internal_records.config_record import ConfigRecord
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.internal_records.partition_record import PartitionRecord
from kafkalite.protocol.internal_records.producer_ids_record import ProducerIdsRecord
from kafkalite.protocol.internal_records.register_broker_record import (
    BrokerEndpoint,
    BrokerFeature,
    RegisterBrokerRecord,
)
from kafkalite.protocol.internal_records.topic_record import TopicRecord
from kafkalite.protocol.internal_records.user_scram_credential_record import UserScramCredentialRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafkalite.cluster.image import BrokerImage, MetadataImage, PartitionImage, TopicImage


def snapshot_records(image: MetadataImage) -> Iterator[Any]:
    """Yield the records of an image, which must have no unread ones, since it does not contain them.

    The level of `metadata.version` comes first: it determines how readers decode the others.
    """
    levels = image.features.finalized
    for name in sorted(levels, key=lambda name: (name != METADATA_VERSION, name)):
        yield FeatureLevelRecord(name=name, feature_level=levels[name])
    for broker in image.brokers.by_id.values():
        yield _broker_record(broker)
    for topic in image.topics.by_name.values():
        yield TopicRecord(name=topic.name, topic_id=topic.topic_id)
        for index, partition in enumerate(topic.partitions):
            yield _partition_record(topic, index, partition)
    for (resource_type, resource_name), values in image.configs.by_resource.items():
        for name, value in values.items():
            yield ConfigRecord(resource_type=resource_type, resource_name=resource_name, name=name, value=value)
    for entity, quotas in image.quotas.items():
        parts = [EntityData(entity_type=entity_type, entity_name=name) for entity_type, name in entity]
        for key, quota in quotas.items():
            yield ClientQuotaRecord(entity=parts, key=key, value=quota)
    if image.producer_ids.next_producer_id:
        yield ProducerIdsRecord(
            broker_id=image.producer_ids.broker_id,
            broker_epoch=image.producer_ids.broker_epoch,
            next_producer_id=image.producer_ids.next_producer_id,
        )
    for (user, mechanism), credential in image.credentials.items():
        yield UserScramCredentialRecord(
            name=user,
            mechanism=mechanism,
            salt=credential.salt,
            stored_key=credential.stored_key,
            server_key=credential.server_key,
            iterations=credential.iterations,
        )


def _broker_record(broker: BrokerImage) -> RegisterBrokerRecord:
    return RegisterBrokerRecord(
        broker_id=broker.broker_id,
        incarnation_id=broker.incarnation_id,
        broker_epoch=broker.broker_epoch,
        end_points=[
            BrokerEndpoint(name=e.listener_name, host=e.host, port=e.port, security_protocol=e.security_protocol)
            for e in broker.endpoints
        ],
        features=[
            BrokerFeature(name=name, min_supported_version=lowest, max_supported_version=highest)
            for name, (lowest, highest) in broker.features.items()
        ],
        rack=broker.rack,
        fenced=broker.is_fenced,
        in_controlled_shutdown=broker.is_in_controlled_shutdown,
        log_dirs=list(broker.directories),
        cordoned_log_dirs=list(broker.cordoned_directories) or None,
    )


def _partition_record(topic: TopicImage, index: int, partition: PartitionImage) -> PartitionRecord:
    return PartitionRecord(
        partition_id=index,
        topic_id=topic.topic_id,
        replicas=list(partition.replicas),
        isr=list(partition.isr),
        removing_replicas=list(partition.removing_replicas),
        adding_replicas=list(partition.adding_replicas),
        leader=partition.leader,
        leader_recovery_state=partition.leader_recovery_state,
        leader_epoch=partition.leader_epoch,
        partition_epoch=partition.partition_epoch,
        directories=list(partition.directories),
        eligible_leader_replicas=list(partition.eligible_leader_replicas) or None,
        last_known_elr=list(partition.last_known_elr) or None,
    )
