"""Markers into partitions of any kind; refusals that need a retry and those that do not."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.transaction.completion import EndMarker
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.testing.simulated_files import SimulatedFiles
from tests.broker.played_broker import PlayedBroker
from tests.broker.transactional_producer import TransactionalProducer, read_all

P0, P1, GONE = TopicPartition("orders", 0), TopicPartition("orders", 1), TopicPartition("gone", 0)
MARKER = EndMarker(producer_id=5, producer_epoch=3, coordinator_epoch=2, is_commit=True, transaction_version=2)


def test_partitions_that_are_gone_or_ahead_need_no_marker() -> None:
    played = PlayedBroker()
    played.create_topic(partitions=2)
    markers = played.broker.transactions.markers
    assert markers.write(MARKER._replace(producer_epoch=9), [P1]) == frozenset()
    assert markers.write(MARKER, [P0, P1, GONE]) == frozenset()
    assert read_all(played) == [(5, 3, True, True)]
    assert read_all(played, partition=1) == [(5, 9, True, True)]


def test_a_disk_that_fails_is_worth_a_retry() -> None:
    files = SimulatedFiles()
    played = PlayedBroker(files)
    played.create_topic(partitions=2)
    files.fail("write", OSError(5, "broken"), path_part="orders-1", count=None)
    assert played.broker.transactions.markers.write(MARKER, [P0, P1]) == {P1}


def test_a_group_coordinator_that_is_not_ready_is_no_leader_yet() -> None:
    files = SimulatedFiles()
    played = PlayedBroker(files)
    played.create_topic()
    producer = TransactionalProducer(played)
    producer.init()
    producer.commit_offsets("group", {("orders", 0): 1})
    again = played.restart()
    files.fail("read", OSError(5, "broken"), path_part="__consumer_offsets", count=None)
    with pytest.raises(ApiError) as refusal:
        again.broker.transactions.markers.write_one(MARKER, TopicPartition("__consumer_offsets", 0))
    assert refusal.value.error_code == errors.NOT_LEADER_OR_FOLLOWER
