"""The client's half of a fetch session."""

from __future__ import annotations

from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.messages.fetch_request import FetchRequest
from kafkalite.protocol.messages.fetch_response import FetchResponse
from kafkalite.testing.simulation.readers import FetchSession

FIRST, SECOND = TopicPartition("orders", 0), TopicPartition("orders", 1)


def sent(request: FetchRequest) -> tuple[int, int, dict[int, int], list[int]]:
    """Return session id and epoch, the offsets sent, and the partitions removed from the session."""
    offsets = {one.partition: one.fetch_offset for topic in request.topics for one in topic.partitions}
    forgotten = [index for topic in request.forgotten_topics_data for index in topic.partitions]
    return request.session_id, request.session_epoch, offsets, forgotten


def test_only_what_has_changed_is_sent() -> None:
    session = FetchSession()
    for positions, expected in (
        ({FIRST: 0, SECOND: 0}, (0, 0, {0: 0, 1: 0}, [])),
        ({FIRST: 5, SECOND: 0}, (7, 1, {0: 5}, [])),
        ({FIRST: 5, SECOND: 0}, (7, 2, {}, [])),
        ({SECOND: 0}, (7, 3, {}, [0])),
        ({FIRST: 5, SECOND: 1}, (7, 4, {0: 5, 1: 1}, [])),
    ):
        assert sent(session.request(positions, is_read_committed=False)) == expected
        assert session.accept(FetchResponse(session_id=7), positions)


def test_a_session_that_the_broker_does_not_know_begins_anew() -> None:
    session = FetchSession()
    assert session.accept(FetchResponse(session_id=7), {FIRST: 0})
    for code in (errors.FETCH_SESSION_ID_NOT_FOUND, errors.INVALID_FETCH_SESSION_EPOCH):
        assert not session.accept(FetchResponse(error_code=code), {FIRST: 0})
        assert sent(session.request({FIRST: 0}, is_read_committed=False)) == (0, 0, {0: 0}, [])
    assert session.accept(FetchResponse(session_id=0), {FIRST: 0})  # the broker has no room for one
    assert sent(session.request({FIRST: 0}, is_read_committed=False)) == (0, 0, {0: 0}, [])
