"""An image and the records of its snapshot say the same."""

from __future__ import annotations

from kafkalite.cluster.delta import MetadataDelta
from kafkalite.cluster.image import EMPTY_IMAGE
from kafkalite.cluster.record_codec import read_record, write_record
from kafkalite.cluster.result import Result
from kafkalite.cluster.snapshot import snapshot_records
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.internal_records.client_quota_record import ClientQuotaRecord, EntityData
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from kafkalite.protocol.internal_records.producer_ids_record import ProducerIdsRecord
from kafkalite.protocol.internal_records.user_scram_credential_record import UserScramCredentialRecord
from tests.cluster.conversation import METADATA_VERSION, Cluster


def replayed(cluster: Cluster) -> object:
    delta = MetadataDelta(EMPTY_IMAGE)
    for record in snapshot_records(cluster.image):
        delta.replay(read_record(write_record(record, METADATA_VERSION)))
    return delta.apply(cluster.image.end_offset, cluster.image.epoch)


def test_a_snapshot_of_a_new_cluster(cluster: Cluster) -> None:
    assert replayed(cluster) == cluster.image
    assert next(snapshot_records(cluster.image)).name == "metadata.version"


def test_a_snapshot_of_everything(cluster: Cluster) -> None:
    cluster.register(2)
    topic = cluster.create("orders.of.all", 3, retention_ms="7", cleanup_policy="compact")
    cluster.create("orders_of_all2", 1)
    change = PartitionChangeRecord(
        partition_id=1,
        topic_id=topic.topic_id,
        isr=[],
        leader=-1,
        replicas=[2, 1],
        adding_replicas=[2],
        removing_replicas=[1],
        leader_recovery_state=1,
        eligible_leader_replicas=[1],
        last_known_elr=[2],
        directories=[b"a" * 16, b"b" * 16],
    )
    epoch = cluster.image.brokers.by_id[2].broker_epoch
    shutdown = BrokerRegistrationChangeRecord(
        broker_id=2, broker_epoch=epoch, fenced=1, in_controlled_shutdown=1, cordoned_log_dirs=[b"c" * 16]
    )
    entity = [EntityData(entity_type="user", entity_name=None), EntityData(entity_type="client-id", entity_name="c")]
    quotas = [ClientQuotaRecord(entity=entity, key=key, value=1.5) for key in ("consumer_byte_rate", "x")]
    user = UserScramCredentialRecord(
        name="alice", mechanism=2, salt=b"s", stored_key=b"k", server_key=b"v", iterations=4096
    )
    ids = ProducerIdsRecord(broker_id=1, broker_epoch=3, next_producer_id=2000)
    cluster.commit(Result([change, shutdown, *quotas, user, ids], None))
    assert replayed(cluster) == cluster.image
