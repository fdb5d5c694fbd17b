"""Blocks of producer ids."""

from __future__ import annotations

import pytest

from kafkalite.cluster.image import ProducerIdsImage
from kafkalite.cluster.producer_ids import allocate_producer_ids
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from tests.cluster.conversation import Cluster


def test_blocks_of_a_thousand_follow_each_other(cluster: Cluster) -> None:
    blocks = [cluster.commit(allocate_producer_ids(cluster.image, 1)) for _ in range(3)]
    assert blocks == [(0, 1000), (1000, 1000), (2000, 1000)]
    epoch = cluster.image.brokers.by_id[1].broker_epoch
    assert cluster.image.producer_ids == ProducerIdsImage(3000, 1, epoch)


def test_an_unknown_broker_gets_none(cluster: Cluster) -> None:
    with pytest.raises(ApiError) as refusal:
        allocate_producer_ids(cluster.image, 2)
    assert refusal.value.error_code == errors.BROKER_ID_NOT_REGISTERED


def test_ids_end_somewhere(cluster: Cluster) -> None:
    spent = cluster.image._replace(producer_ids=ProducerIdsImage(2**63 - 1000, 1, 0))
    with pytest.raises(ApiError) as refusal:
        allocate_producer_ids(spent, 1)
    assert refusal.value.error_code == errors.UNKNOWN_SERVER_ERROR
    last = cluster.image._replace(producer_ids=ProducerIdsImage(2**63 - 1001, 1, 0))
    assert allocate_producer_ids(last, 1).records[0].next_producer_id == 2**63 - 1
