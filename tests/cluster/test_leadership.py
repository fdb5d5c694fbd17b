"""Elections as brokers come and go: Kafka's PartitionChangeBuilder on one partition, and rounds over all of them."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.cluster.configs.broker import BrokerConfigs
from kafkalite.cluster.image import NO_LEADER, PartitionImage
from kafkalite.cluster.leadership import RECOVERING, ElectionRules, Elections
from kafkalite.cluster.result import Result
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.internal_records.partition_change_record import PartitionChangeRecord
from tests.cluster.conversation import Cluster

CHANGED = ("isr", "leader", "eligible_leader_replicas", "last_known_elr", "leader_recovery_state")
UNCHANGED = (None, -2, None, None, -1)


def held(cluster: Cluster, **fields: Any) -> bytes:
    """Create a topic with one partition that is held like this, and return its id."""
    topic = cluster.create("orders", 1)
    change = PartitionChangeRecord(partition_id=0, topic_id=topic.topic_id, **fields)
    cluster.commit(Result([change], None))
    return topic.topic_id


def changes(elections: Elections) -> list[dict[str, Any]]:
    """Return the fields that each record changes."""
    return [
        {
            name: getattr(record, name)
            for name, none in zip(CHANGED, UNCHANGED, strict=True)
            if getattr(record, name) != none
        }
        for record in elections.records
    ]


def partition(cluster: Cluster, elections: Elections) -> PartitionImage:
    """Return the partition after the elections are committed."""
    cluster.commit(Result(list(elections.records), None))
    [after] = cluster.image.topics.by_name["orders"].partitions
    return after


def without_elr(cluster: Cluster) -> None:
    cluster.commit(Result([FeatureLevelRecord(name="eligible.leader.replicas.version", feature_level=0)], None))


def test_the_last_replica_in_sync_stays_eligible(cluster: Cluster) -> None:
    held(cluster)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({1})
    assert changes(elections) == [
        {"isr": [], "leader": NO_LEADER, "eligible_leader_replicas": [1], "last_known_elr": [1]}
    ]
    elections.elect(1)
    assert changes(elections)[1:] == [{"isr": [1], "leader": 1, "eligible_leader_replicas": [], "last_known_elr": []}]
    assert partition(cluster, elections).leader_epoch == 2


def test_an_unclean_stop_costs_the_eligibility_but_not_the_partition(cluster: Cluster) -> None:
    """The last known leader leads again, and the partition is marked as recovering."""
    held(cluster)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove(set(), unclean={1})
    assert changes(elections) == [{"isr": [], "leader": NO_LEADER, "last_known_elr": [1]}]
    elections.elect(1)
    assert changes(elections)[1:] == [
        {"isr": [1], "leader": 1, "last_known_elr": [], "leader_recovery_state": RECOVERING}
    ]
    assert partition(cluster, elections).leader_recovery_state == RECOVERING


def test_a_fenced_broker_that_did_not_stop_cleanly_is_eligible_no_more(cluster: Cluster) -> None:
    held(cluster, isr=[], leader=NO_LEADER, eligible_leader_replicas=[1], last_known_elr=[1])
    elections = Elections(cluster.image, cluster.rules)
    elections.remove(set(), unclean={1})
    assert changes(elections) == [{"eligible_leader_replicas": []}]
    elections.elect(1)
    assert changes(elections)[1:] == [
        {"isr": [1], "leader": 1, "last_known_elr": [], "leader_recovery_state": RECOVERING}
    ]


@pytest.mark.parametrize("unclean", [set(), {1}])
def test_without_eligible_leader_replicas_the_last_one_stays_in_sync(cluster: Cluster, unclean: set[int]) -> None:
    """As before KIP-966, and however it stopped."""
    held(cluster)
    without_elr(cluster)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({1} - unclean, unclean)
    elections.elect(1)
    assert changes(elections) == [{"leader": NO_LEADER}, {"leader": 1}]
    assert partition(cluster, elections).leader_epoch == 2


def test_what_another_broker_alone_held_has_no_leader(cluster: Cluster) -> None:
    held(cluster, replicas=[2, 1], isr=[2], leader=2)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({2}, candidate=1)
    elections.elect(1)
    assert changes(elections) == [
        {"isr": [], "leader": NO_LEADER, "eligible_leader_replicas": [2], "last_known_elr": [2]}
    ]


@pytest.mark.parametrize(("topic_value", "broker_value"), [("true", "false"), (None, "true")])
def test_an_unclean_election_takes_any_replica_where_it_is_enabled(topic_value: str | None, broker_value: str) -> None:
    cluster = Cluster({"unclean.leader.election.enable": broker_value})
    cluster.create("orders", 1, **({"unclean_leader_election_enable": topic_value} if topic_value else {}))
    topic_id = cluster.image.topics.by_name["orders"].topic_id
    change = PartitionChangeRecord(partition_id=0, topic_id=topic_id, replicas=[2, 1], isr=[2], leader=2)
    cluster.commit(Result([change], None))
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({2}, candidate=1)
    assert changes(elections) == [{"isr": [1], "leader": 1, "leader_recovery_state": RECOVERING}]


def test_a_replica_in_sync_leads_instead_of_one_that_is_gone(cluster: Cluster) -> None:
    held(cluster, replicas=[2, 1], isr=[2, 1], leader=2)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({2}, candidate=1)
    assert changes(elections) == [{"isr": [1], "leader": 1}]


@pytest.mark.parametrize(("minimum", "eligible"), [("1", None), ("2", [2]), ("9", [2])])
def test_fewer_than_the_minimum_in_sync_keep_the_others_eligible(minimum: str, eligible: list[int] | None) -> None:
    """A minimum above the number of replicas counts as that number."""
    cluster = Cluster()
    cluster.create("orders", 1, min_insync_replicas=minimum)
    topic_id = cluster.image.topics.by_name["orders"].topic_id
    change = PartitionChangeRecord(partition_id=0, topic_id=topic_id, replicas=[1, 2], isr=[1, 2], leader=1)
    cluster.commit(Result([change], None))
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({2}, candidate=1)
    assert changes(elections) == [{"isr": [1]} | ({} if eligible is None else {"eligible_leader_replicas": eligible})]


def test_partitions_that_nobody_left_are_not_touched(cluster: Cluster) -> None:
    held(cluster)
    elections = Elections(cluster.image, cluster.rules)
    elections.remove({2})
    elections.remove(set())
    elections.elect(1)
    assert elections.records == []


def test_rules_follow_the_dynamic_configuration(cluster: Cluster) -> None:
    cluster.create("orders", 1, min_insync_replicas="3")
    rules = ElectionRules(cluster.image, BrokerConfigs({"unclean.leader.election.enable": "true"}), 1)
    assert (rules.min_in_sync_replicas("orders"), rules.min_in_sync_replicas("other")) == (3, 1)
    assert rules.is_unclean_election_enabled("orders")
    assert not cluster.rules.is_unclean_election_enabled("orders")
