"""The start of a new cluster: the first records of `__cluster_metadata` and the files beside it.

The quorum is the static one (`controller.quorum.voters`) with this node as its only voter and leader.

Source: org.apache.kafka.controller.ActivationRecordsGenerator, org.apache.kafka.raft.FileQuorumStateStore,
org.apache.kafka.metadata.properties.MetaProperties.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kafkalite.cluster.features import ELR_VERSION, KRAFT_VERSION, SUPPORTED
from kafkalite.cluster.resource_types import BROKER, CLUSTER_DEFAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafkalite.protocol.internal_records.leader_change_message import LeaderChangeMessage
    from kafkalite.protocol.internal_records.user_scram_credential_record import UserScramCredentialRecord

FIRST_LEADER_EPOCH = 1
MIN_IN_SYNC_REPLICAS = "min.insync.replicas"

_EPOCH_FIELD = re.compile(rb'"leaderEpoch"\s*:\s*(\d+)')
_DYNAMIC_FIELD = re.compile(rb'"data_version"\s*:\s*1\b')
_LEADER_FIELD = re.compile(rb'"leaderId"\s*:\s*(-?\d+)')


def bootstrap_records(min_in_sync_replicas: str, users: Sequence[UserScramCredentialRecord] = ()) -> list[Any]:
    """Return the records that turn an empty log into a cluster at the feature levels of Kafka 4.4.

    Args:
        min_in_sync_replicas: the broker's `min.insync.replicas` at its start. Eligible leader replicas need the same
            value on every broker, hence a configuration of the cluster.
        users: credentials from the formatting of the directory (`kafka-storage format --add-scram`, KIP-900).
    """
    # Imported here, since only the very first start of a broker needs them.
    from kafkalite.protocol.internal_records.begin_transaction_record import BeginTransactionRecord
    from kafkalite.protocol.internal_records.config_record import ConfigRecord
    from kafkalite.protocol.internal_records.end_transaction_record import EndTransactionRecord
    from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord

    records: list[Any] = [BeginTransactionRecord(name="Bootstrap records")]
    for name, levels in SUPPORTED.items():
        if name != KRAFT_VERSION:
            records.append(FeatureLevelRecord(name=name, feature_level=levels.finalized))
    if SUPPORTED[ELR_VERSION].finalized:
        records.append(
            ConfigRecord(
                resource_type=BROKER,
                resource_name=CLUSTER_DEFAULT,
                name=MIN_IN_SYNC_REPLICAS,
                value=min_in_sync_replicas,
            )
        )
    records += users
    records.append(EndTransactionRecord())
    return records


def leader_change(node_id: int) -> LeaderChangeMessage:
    """Return the control message that makes the only voter the leader, in its version 0."""
    from kafkalite.protocol.internal_records.leader_change_message import LeaderChangeMessage, Voter

    voters = [Voter(voter_id=node_id)]
    return LeaderChangeMessage(version=0, leader_id=node_id, voters=voters, granting_voters=voters)


def quorum_state_text(node_id: int, leader_epoch: int) -> bytes:
    """Return the content of `quorum-state`: leader and epoch, in version 0 of its JSON."""
    return (
        f'{{"clusterId":"","leaderId":{node_id},"leaderEpoch":{leader_epoch},"votedId":-1,"appliedOffset":0,'
        f'"currentVoters":[{{"voterId":{node_id}}}],"data_version":0}}'
    ).encode()


def quorum_state_epoch(content: bytes) -> int:
    """Return the epoch in a `quorum-state` of either version; 0 if it is missing or unreadable."""
    found = _EPOCH_FIELD.search(content)
    return int(found[1]) if found else 0


def is_dynamic_quorum(content: bytes) -> bool:
    """Return whether a `quorum-state` is of version 1: its quorum has its voters in the log (KIP-853)."""
    return _DYNAMIC_FIELD.search(content) is not None


def raise_quorum_epoch(content: bytes, node_id: int, leader_epoch: int) -> bytes:
    """Return the content of `quorum-state` with this node as the leader of another epoch, otherwise unchanged.

    Unreadable content is replaced by that of a static quorum.
    """
    if not _EPOCH_FIELD.search(content) or not _LEADER_FIELD.search(content):
        return quorum_state_text(node_id, leader_epoch)
    content = _LEADER_FIELD.sub(b'"leaderId":%d' % node_id, content)
    return _EPOCH_FIELD.sub(b'"leaderEpoch":%d' % leader_epoch, content)
