"""Conversations of Fetch in incremental sessions: only news are told, and every request has its turn."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.data.fetch_sessions import EVICTION_MS
from kafkalite.protocol import errors
from kafkalite.protocol.messages.fetch_request import (
    FetchTopic,
    ForgottenTopic,
)
from tests.broker.handlers.fetch_conversation import ask, of, outline, target, waiting_fetch
from tests.broker.played_broker import PlayedBroker, Waiting


@pytest.fixture
def broker() -> PlayedBroker:
    made = PlayedBroker()
    made.create_topic(partitions=3)
    return made


# ---- sessions ------------------------------------------------------------------------------------------------------


class Session:
    """A client with an incremental fetch session."""

    def __init__(self, broker: PlayedBroker, *topics: FetchTopic, version: int = 12) -> None:
        self.broker = broker
        self.version = version
        first = ask(broker, *topics, version=version, session_epoch=0)
        self.session_id = first.session_id
        self.first = outline(first)
        self.epoch = 1

    def fetch(self, *topics: FetchTopic, **fields: Any) -> Any:
        """Send the next request of the session; returns its outline, or the ``Waiting``."""
        response = ask(
            self.broker,
            *topics,
            version=self.version,
            **{"session_id": self.session_id, "session_epoch": self.epoch, **fields},
        )
        self.epoch += 1
        if isinstance(response, Waiting):
            return response
        assert response.error_code == errors.NONE, response.error_code
        return outline(response)


@pytest.mark.parametrize("version", [7, 12, 13, 18])
def test_a_session_is_told_everything_once_and_then_only_news(broker: PlayedBroker, version: int) -> None:
    topic = broker.topic_id() if version >= 13 else "orders"
    broker.produce(b"a")
    session = Session(broker, of(topic, target(0), target(1), target(2)), version=version)
    assert session.session_id > 0
    assert [row[1:] for row in session.first] == [(0, 0, [b"a"]), (1, 0, []), (2, 0, [])]
    assert session.fetch(of(topic, target(0, 1))) == []
    broker.produce(b"b", partition=2)
    assert session.fetch() == [(topic, 2, errors.NONE, [b"b"])]
    assert session.fetch(of(topic, target(2, 1))) == []


def test_records_not_taken_are_told_again(broker: PlayedBroker) -> None:
    broker.produce(b"a")
    session = Session(broker, of("orders", target(0)))
    assert session.fetch() == session.fetch() == [("orders", 0, errors.NONE, [b"a"])]


def test_partitions_are_added_changed_and_forgotten(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    assert session.fetch(of("orders", target(1))) == [("orders", 1, errors.NONE, [])]
    broker.produce(b"a")
    broker.produce(b"b", partition=1)
    forgotten = [ForgottenTopic(topic="orders", partitions=[0, 2])]
    assert session.fetch(forgotten_topics_data=forgotten) == [("orders", 1, errors.NONE, [b"b"])]
    assert session.fetch(of("orders", target(0))) == [("orders", 1, 0, [b"b"]), ("orders", 0, 0, [b"a"])]


def test_a_partition_that_was_served_stands_behind_the_others_next_time(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0), target(1), target(2)))
    for partition in range(3):
        broker.produce(b"a" * 100, partition=partition)
    served = [[row[1] for row in session.fetch(max_bytes=1) if row[3]] for _ in range(4)]
    assert served == [[0], [1], [2], [0]]


def test_an_error_is_told_every_time_and_its_end_too(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0, 9)))
    row = ("orders", 0, errors.OFFSET_OUT_OF_RANGE, [])
    assert session.first == [row] and session.fetch() == [row]
    assert session.fetch(of("orders", target(0, 0))) == [("orders", 0, errors.NONE, [])]
    assert session.fetch() == []


def test_a_topic_that_comes_later_is_found(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)), of("later", target(0)))
    assert session.first[-1] == ("later", 0, errors.UNKNOWN_TOPIC_OR_PARTITION, [])
    broker.create_topic("later")
    broker.produce(b"a", topic="later")
    assert session.fetch() == [("later", 0, errors.NONE, [b"a"])]


def test_a_session_waits_for_news_of_all_its_partitions(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0), target(1)))
    waiting = session.fetch(max_wait_ms=500)
    assert isinstance(waiting, Waiting) and waiting.response is None
    broker.produce(b"a", partition=1)
    assert outline(waiting.response) == [("orders", 1, errors.NONE, [b"a"])]
    assert waiting.response.session_id == session.session_id


def session_error(broker: PlayedBroker, version: int = 12, **fields: Any) -> tuple[int, int, list[Any]]:
    response = ask(broker, version=version, **fields)
    return response.error_code, response.session_id, response.responses


def test_a_session_nobody_knows(broker: PlayedBroker) -> None:
    not_found = (errors.FETCH_SESSION_ID_NOT_FOUND, 0, [])
    assert session_error(broker, session_id=4711, session_epoch=1) == not_found
    assert session_error(broker, session_id=0, session_epoch=1) == not_found
    assert session_error(broker, session_id=0, session_epoch=-2) == not_found


def test_an_epoch_out_of_turn_changes_nothing(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    broker.produce(b"a")
    for epoch in (2, 5, -2):
        found = session_error(broker, session_id=session.session_id, session_epoch=epoch)
        assert found == (errors.INVALID_FETCH_SESSION_EPOCH, 0, [])
    assert session.fetch() == [("orders", 0, errors.NONE, [b"a"])]


@pytest.mark.parametrize(("begun", "continued"), [(12, 13), (13, 12)])
def test_names_and_ids_do_not_mix(broker: PlayedBroker, begun: int, continued: int) -> None:
    topic = broker.topic_id() if begun >= 13 else "orders"
    session = Session(broker, of(topic, target(0)), version=begun)
    found = session_error(broker, version=continued, session_id=session.session_id, session_epoch=1)
    assert found == (errors.FETCH_SESSION_TOPIC_ID_ERROR, 0, [])


def test_a_request_that_overtakes_its_waiting_forerunner(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    first = session.fetch(max_wait_ms=500)
    second = session.fetch(max_wait_ms=500)
    broker.produce(b"a")
    assert first.response.error_code == errors.INVALID_FETCH_SESSION_EPOCH
    assert first.response.session_id == session.session_id
    assert outline(second.response) == [("orders", 0, errors.NONE, [b"a"])]


def test_a_full_fetch_replaces_the_session(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    response = ask(broker, of("orders", target(1)), session_id=session.session_id, session_epoch=0)
    assert response.session_id not in (0, session.session_id)
    found = session_error(broker, session_id=session.session_id, session_epoch=1)
    assert found[0] == errors.FETCH_SESSION_ID_NOT_FOUND


def test_the_final_epoch_closes_the_session(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    response = ask(broker, of("orders", target(1)), session_id=session.session_id, session_epoch=-1)
    assert response.session_id == 0 and outline(response) == [("orders", 1, errors.NONE, [])]
    assert len(broker.broker.fetch_sessions) == 0


def test_a_session_without_partitions_ends(broker: PlayedBroker) -> None:
    session = Session(broker, of("orders", target(0)))
    assert session.fetch(forgotten_topics_data=[ForgottenTopic(topic="orders", partitions=[0])]) == []
    assert len(broker.broker.fetch_sessions) == 0


def test_without_room_there_is_no_session() -> None:
    broker = PlayedBroker(properties={"max.incremental.fetch.session.cache.slots": "1"})
    broker.create_topic()
    assert Session(broker, of("orders", target(0))).session_id > 0
    assert Session(broker, of("orders", target(0))).session_id == 0


def test_a_full_fetch_that_waits_gets_its_session_with_the_answer(broker: PlayedBroker) -> None:
    waiting = waiting_fetch(broker, session_epoch=0)
    assert len(broker.broker.fetch_sessions) == 0
    broker.produce(b"a")
    response = ask(broker, of("orders", target(0, 1)), session_id=waiting.response.session_id, session_epoch=1)
    assert response.error_code == errors.NONE and outline(response) == []


def test_a_session_that_is_used_stays_when_room_is_needed() -> None:
    broker = PlayedBroker(properties={"max.incremental.fetch.session.cache.slots": "2"})
    broker.create_topic()
    used, forgotten = (Session(broker, of("orders", target(0))) for _ in range(2))
    broker.pass_time(EVICTION_MS + 1)
    assert used.fetch() == []
    assert Session(broker, of("orders", target(0))).session_id > 0
    assert used.fetch() == []
    found = session_error(broker, session_id=forgotten.session_id, session_epoch=1)
    assert found[0] == errors.FETCH_SESSION_ID_NOT_FOUND
