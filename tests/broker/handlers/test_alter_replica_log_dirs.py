"""AlterReplicaLogDirs through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_replica_log_dirs_request import (
    AlterReplicaLogDir,
    AlterReplicaLogDirsRequest,
    AlterReplicaLogDirTopic,
)
from tests.broker.played_broker import PlayedBroker


def move(path: str, topic: str, *indexes: int) -> AlterReplicaLogDirsRequest:
    topics = [AlterReplicaLogDirTopic(name=topic, partitions=list(indexes))]
    return AlterReplicaLogDirsRequest(dirs=[AlterReplicaLogDir(path=path, topics=topics)])


def outcome(broker: PlayedBroker, request: AlterReplicaLogDirsRequest, version: int = 2) -> list[tuple[int, int]]:
    [topic] = broker.ask(request, version).results
    return [(each.partition_index, each.error_code) for each in topic.partitions]


@pytest.mark.parametrize("version", [1, 2])
def test_partitions_are_in_the_only_directory_already(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    moved = outcome(broker, move("/data", "orders", 0, 1, 7), version)
    assert moved == [(0, errors.NONE), (1, errors.NONE), (7, errors.UNKNOWN_TOPIC_OR_PARTITION)]


def test_other_directories_and_unknown_partitions_are_refused() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert outcome(broker, move("/else", "orders", 0)) == [(0, errors.LOG_DIR_NOT_FOUND)]
    assert outcome(broker, move("/else", "x" * 213, 9, 10)) == [
        (9, errors.LOG_DIR_NOT_FOUND),
        (10, errors.INVALID_TOPIC_EXCEPTION),
    ]
    assert outcome(broker, move("/data", "__cluster_metadata", 0)) == [(0, errors.UNKNOWN_TOPIC_OR_PARTITION)]
    broker.broker.partitions.get("orders", 0).fault = StorageFault("read", "/data", "gone")
    assert outcome(broker, move("/data", "orders", 0)) == [(0, errors.KAFKA_STORAGE_ERROR)]


def test_nothing_goes_into_a_cordoned_directory() -> None:
    broker = PlayedBroker(properties={"cordoned.log.dirs": "/data"})
    assert outcome(broker, move("/data", "orders", 0)) == [(0, errors.INVALID_REPLICA_ASSIGNMENT)]
