"""Where replicas of new partitions go."""

from __future__ import annotations

import pytest

from kafkalite.cluster.placement import check_manual_assignment, place_partitions
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.cluster.conversation import Cluster


def test_leaders_go_round_the_brokers_and_replicas_follow_in_the_ring(cluster: Cluster) -> None:
    for broker_id in (2, 3):
        cluster.register(broker_id)
    placed = place_partitions(cluster.image.brokers, 4, 2, lambda bound: 1)
    assert placed == [(2, 3), (3, 1), (1, 2), (2, 3)]


def test_fenced_brokers_get_nothing(cluster: Cluster) -> None:
    fenced = cluster.image.brokers.by_id[1]._replace(is_fenced=True, broker_id=2)
    brokers = cluster.image.brokers._replace(by_id={**cluster.image.brokers.by_id, 2: fenced})
    assert place_partitions(brokers, 2, 1, lambda bound: bound - 1) == [(1,), (1,)]
    with pytest.raises(ApiError) as refusal:
        place_partitions(brokers, 1, 2, lambda bound: 0)
    assert refusal.value.error_code == errors.INVALID_REPLICATION_FACTOR


def test_no_broker_in_service_is_no_place(cluster: Cluster) -> None:
    with pytest.raises(ApiError):
        place_partitions(cluster.image.brokers._replace(by_id={}), 1, 1, lambda bound: 0)


def test_a_good_assignment_passes(cluster: Cluster) -> None:
    check_manual_assignment(cluster.image.brokers, [1], None)
    check_manual_assignment(cluster.image.brokers, [1], 1)
