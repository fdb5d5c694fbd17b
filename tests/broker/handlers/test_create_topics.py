"""CreateTopics through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_topics_request import CreatableTopic, CreatableTopicConfig, CreateTopicsRequest
from tests.broker.played_broker import PlayedBroker


def request(*topics: CreatableTopic, validate_only: bool = False) -> CreateTopicsRequest:
    return CreateTopicsRequest(topics=list(topics), timeout_ms=1000, validate_only=validate_only)


def topic(name: str, partitions: int = 1, replication_factor: int = 1, **configs: str) -> CreatableTopic:
    return CreatableTopic(
        name=name,
        num_partitions=partitions,
        replication_factor=replication_factor,
        configs=[CreatableTopicConfig(name=key.replace("_", "."), value=value) for key, value in configs.items()],
    )


@pytest.mark.parametrize("version", range(8))
def test_each_version_tells_what_it_can(version: int) -> None:
    broker = PlayedBroker()
    made, refused = broker.ask(request(topic("orders", 2), topic("bad", 0)), version).topics
    assert (made.name, made.error_code) == ("orders", errors.NONE)
    assert (refused.name, refused.error_code) == ("bad", errors.INVALID_PARTITIONS)
    if version >= 1:
        assert made.error_message is None
        assert "partitions" in refused.error_message
    if version >= 5:
        assert (made.num_partitions, made.replication_factor, len(made.configs)) == (2, 1, 37)
        assert (refused.num_partitions, refused.configs) == (-1, [])
    assert made.topic_id == (broker.topic_id("orders") if version >= 7 else ZERO_UUID)


def test_the_logs_are_there_when_the_answer_goes_out() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 3, retention_ms="5")
    logs = [broker.broker.logs.get(TopicPartition("orders", index)) for index in range(3)]
    assert all(log is not None and log.config.retention_ms == 5 for log in logs)
    assert broker.produce(b"x").error_code == errors.NONE


def test_validate_only_makes_nothing() -> None:
    broker = PlayedBroker()
    (answer,) = broker.ask(request(topic("orders"), validate_only=True), 7).topics
    assert answer.error_code == errors.NONE
    assert broker.broker.metadata.image.topics.by_name == {}


@pytest.mark.parametrize("clean", [True, False])
def test_topics_outlive_the_broker(clean: bool) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2, segment_bytes="1048576")
    topic_id = broker.topic_id()
    again = broker.restart(clean=clean)
    assert again.topic_id() == topic_id
    log = again.broker.logs.get(TopicPartition("orders", 1))
    assert log is not None
    assert (log.topic_id, log.config.segment_bytes) == (topic_id, 1_048_576)


def test_too_many_partitions_fail_as_a_whole() -> None:
    broker = PlayedBroker()
    answers = broker.ask(request(topic("a", 10_000), topic("b", 1)), 7).topics
    assert {answer.error_code for answer in answers} == {errors.POLICY_VIOLATION}
    assert broker.broker.metadata.image.topics.by_name == {}


def test_a_failing_disk_fails_all_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    answers = broker.ask(request(topic("a"), topic("b")), 7).topics
    assert {answer.error_code for answer in answers} == {errors.KAFKA_STORAGE_ERROR}


@pytest.mark.parametrize("timeout_ms", [0, -1])
def test_no_time_is_no_topic(timeout_ms: int) -> None:
    broker = PlayedBroker()
    asked = CreateTopicsRequest(topics=[topic("orders"), topic("no name")], timeout_ms=timeout_ms)
    assert [answer.error_code for answer in broker.ask(asked, 7).topics] == [errors.REQUEST_TIMED_OUT] * 2
    assert broker.broker.metadata.image.topics.by_name == {}
