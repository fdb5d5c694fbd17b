"""DescribeLogDirs through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_log_dirs_request import DescribableLogDirTopic, DescribeLogDirsRequest
from tests.broker.played_broker import PlayedBroker


def request(**topics: list[int]) -> DescribeLogDirsRequest:
    wanted = [DescribableLogDirTopic(topic=name, partitions=indexes) for name, indexes in topics.items()]
    return DescribeLogDirsRequest(topics=wanted)


def sizes(result: Any) -> dict[str, list[tuple[int, int]]]:
    return {t.name: [(p.partition_index, p.partition_size) for p in t.partitions] for t in result.topics}


@pytest.mark.parametrize("version", range(6))
def test_the_directory_and_its_partitions_are_described(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    broker.produce(b"x" * 100)
    response = broker.ask(DescribeLogDirsRequest(topics=None), version)
    assert response.error_code == errors.NONE
    (result,) = response.results
    assert (result.error_code, result.log_dir, result.is_cordoned) == (errors.NONE, "/data", False)
    written, empty = sizes(result)["orders"]
    assert written[1] > 100
    assert empty == (1, 0)
    assert list(sizes(result)) == ["orders"]
    assert {(p.offset_lag, p.is_future_key) for p in result.topics[0].partitions} == {(0, False)}
    assert (result.total_bytes >= result.usable_bytes > 0) == (version >= 4)


def test_only_requested_partitions_that_exist_are_described() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 3)
    broker.create_topic("other")
    (result,) = broker.ask(request(orders=[2, 7], nope=[0], __cluster_metadata=[0]), 5).results
    assert sizes(result) == {"orders": [(2, 0)]}
    (nothing,) = broker.ask(request(), 5).results
    assert nothing.topics == []


def test_a_disk_that_cannot_be_read_fails_the_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")

    def fail(*args: object) -> int:
        raise StorageFault("look", "/data", "gone")

    monkeypatch.setattr(type(broker.broker.logs.directory), "free_bytes", fail)
    (result,) = broker.ask(DescribeLogDirsRequest(topics=None), 5).results
    assert (result.error_code, result.topics) == (errors.KAFKA_STORAGE_ERROR, [])


def test_a_cordoned_directory_is_marked() -> None:
    broker = PlayedBroker(properties={"cordoned.log.dirs": "/data"})
    assert broker.ask(request(), 5).results[0].is_cordoned
