"""AddOffsetsToTxn: the partition that keeps the group joins."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer


@pytest.mark.parametrize("version", range(5))
def test_the_partition_of_the_group_joins(version: int) -> None:
    played = PlayedBroker(properties={"offsets.topic.num.partitions": "50"})
    producer = TransactionalProducer(played, is_tv2=False)
    producer.init()
    assert producer.add_offsets("a", version=version) == 0
    [topic] = producer.describe().topics
    assert (topic.topic, topic.partitions) == ("__consumer_offsets", [47])


def test_refusals() -> None:
    producer = TransactionalProducer(PlayedBroker(), is_tv2=False)
    producer.init()
    producer.producer_epoch = 3
    assert producer.add_offsets("group") == errors.PRODUCER_FENCED
    producer.transactional_id = "unknown"
    assert producer.add_offsets("group") == errors.INVALID_PRODUCER_ID_MAPPING
    producer.transactional_id = ""
    assert producer.add_offsets("group") == errors.INVALID_REQUEST
