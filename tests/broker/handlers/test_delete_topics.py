"""DeleteTopics through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.model.identifiers import TopicPartition
from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_topics_request import DeleteTopicsRequest, DeleteTopicState
from tests.broker.played_broker import PlayedBroker


def by_name(version: int, *names: str) -> DeleteTopicsRequest:
    if version >= 6:
        return DeleteTopicsRequest(topics=[DeleteTopicState(name=name) for name in names], timeout_ms=1000)
    return DeleteTopicsRequest(topic_names=list(names), timeout_ms=1000)


@pytest.mark.parametrize("version", range(7))
def test_topics_are_deleted_by_name(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    topic_id = broker.topic_id()
    gone, unknown = broker.ask(by_name(version, "orders", "nope"), version).responses
    assert (gone.name, gone.error_code) == ("orders", errors.NONE)
    assert (unknown.name, unknown.error_code) == ("nope", errors.UNKNOWN_TOPIC_OR_PARTITION)
    assert gone.topic_id == (topic_id if version >= 6 else ZERO_UUID)
    assert broker.broker.metadata.image.topics.by_name == {}
    assert broker.broker.logs.get(TopicPartition("orders", 0)) is None
    broker.broker.logs.run_removals()
    assert not [name for name in broker.files.list_directory("/data") if "orders" in name]


def test_topics_are_deleted_by_id_and_a_new_one_has_another() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    topic_id = broker.topic_id()
    request = DeleteTopicsRequest(topics=[DeleteTopicState(name=None, topic_id=topic_id)], timeout_ms=1000)
    (gone,) = broker.ask(request, 6).responses
    assert (gone.name, gone.topic_id, gone.error_code) == ("orders", topic_id, errors.NONE)
    (again,) = broker.ask(request, 6).responses
    assert (again.name, again.error_code) == (None, errors.UNKNOWN_TOPIC_ID)
    broker.create_topic("orders")
    assert broker.topic_id() != topic_id
    assert broker.fetch(0).high_watermark == 0


def test_what_is_not_clear_is_refused_and_the_rest_deleted() -> None:
    broker = PlayedBroker()
    for name in ("twice", "both", "once"):
        broker.create_topic(name)
    both_id = broker.topic_id("both")
    topics = [
        DeleteTopicState(name="twice"),
        DeleteTopicState(name=None),
        DeleteTopicState(name="x", topic_id=b"x" * 16),
        DeleteTopicState(name=None, topic_id=both_id),
        DeleteTopicState(name="once"),
        DeleteTopicState(name="both"),
        DeleteTopicState(name="twice"),
        DeleteTopicState(name=None, topic_id=b"u" * 16),
        DeleteTopicState(name=None, topic_id=b"u" * 16),
    ]
    responses = broker.ask(DeleteTopicsRequest(topics=topics, timeout_ms=1000), 6).responses
    assert [(r.name, r.topic_id, r.error_code) for r in responses] == [
        ("twice", ZERO_UUID, errors.INVALID_REQUEST),
        (None, ZERO_UUID, errors.INVALID_REQUEST),
        ("x", b"x" * 16, errors.INVALID_REQUEST),
        ("once", responses[3].topic_id, errors.NONE),
        ("both", both_id, errors.INVALID_REQUEST),
        (None, b"u" * 16, errors.INVALID_REQUEST),
    ]
    assert sorted(broker.broker.metadata.image.topics.by_name) == ["both", "twice"]


@pytest.mark.parametrize(("version", "code"), [(2, errors.INVALID_REQUEST), (3, errors.TOPIC_DELETION_DISABLED)])
def test_deletion_can_be_switched_off(version: int, code: int) -> None:
    broker = PlayedBroker(properties={"delete.topic.enable": "false"})
    broker.create_topic("orders")
    (answer,) = broker.ask(by_name(version, "orders"), version).responses
    assert answer.error_code == code
    assert "orders" in broker.broker.metadata.image.topics.by_name


@pytest.mark.parametrize("timeout_ms", [0, -1])
def test_no_time_keeps_the_topic(timeout_ms: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 1)
    asked = by_name(6, "orders", "nope")
    asked.timeout_ms = timeout_ms
    assert [answer.error_code for answer in broker.ask(asked, 6).responses] == [errors.REQUEST_TIMED_OUT] * 2
    assert broker.broker.logs.get(TopicPartition("orders", 0)) is not None
