"""Offsets by time."""

from __future__ import annotations

import pytest

from kafkalite.client.client import Client
from kafkalite.client.errors import BrokerError
from kafkalite.client.offsets import EARLIEST, LATEST, TopicPartition, find_leaders, list_offsets
from kafkalite.client.producer import OutgoingRecord, Producer
from kafkalite.records.builder import RecordData
from tests.client.scripted_broker import client_of, scripted


def test_places_and_times(client: Client, topic: str) -> None:
    times = [OutgoingRecord(topic, RecordData(None, b"", 1000 * number), 0) for number in range(1, 4)]
    Producer(client).send(times)
    partition = TopicPartition(topic, 0)
    found = {time: list_offsets(client, {partition: time})[partition] for time in (EARLIEST, LATEST, 0, 1500, 9000)}
    assert found == {EARLIEST: 0, LATEST: 3, 0: 0, 1500: 1, 9000: -1}


def test_what_has_no_leader() -> None:
    with scripted() as broker, client_of(broker) as (client, _):
        assert find_leaders(client, [TopicPartition("orders", 1)]) == {1: [TopicPartition("orders", 1)]}
        with pytest.raises(BrokerError, match="orders-2: UNKNOWN_TOPIC_OR_PARTITION"):
            find_leaders(client, [TopicPartition("orders", 2)])
        with pytest.raises(BrokerError, match="nosuch: UNKNOWN_TOPIC_OR_PARTITION"):
            find_leaders(client, [TopicPartition("nosuch", 0)])
