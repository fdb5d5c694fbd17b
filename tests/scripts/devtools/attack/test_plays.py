"""The ways of sending, with brokers that answer, close, keep silent."""

from __future__ import annotations

import socket

import pytest

from scripts.devtools.attack import plays
from scripts.devtools.attack.case import Misbehaved
from scripts.devtools.attack.target import Target
from scripts.devtools.benchmark.wire import api_versions_frame, receive
from tests.scripts.devtools.attack.fields import make_field, played_broker

QUESTION = api_versions_frame()
ANSWER = b"\0\0\0\4\0\0\0\1"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is to be measured beside these loads."""
    monkeypatch.setattr(plays, "pause", lambda seconds: None)


def answer_all(connection: socket.socket) -> None:
    while part := connection.recv(len(QUESTION), socket.MSG_WAITALL):
        if len(part) == len(QUESTION):
            connection.sendall(ANSWER)


def answer_half(connection: socket.socket) -> None:
    receive(connection, 10 * len(QUESTION))
    connection.sendall(ANSWER * 5)


def test_each_part_is_told_by_its_end() -> None:
    def serve(connection: socket.socket) -> None:
        if connection.recv(100) == b"ask":
            connection.sendall(ANSWER)

    with played_broker(serve, 3) as target:
        assert plays.each(make_field(target), [b"ask", b"no", b"no"]) == "2 closed by the broker, 1 answered"


def test_what_waits_for_nothing_is_sent() -> None:
    with played_broker(lambda connection: None, 2) as target:
        assert plays.each(make_field(target), [b"a", b"b"], waits=False) == "2 sent"


def test_one_request_on_several_connections() -> None:
    with played_broker(answer_all, 3) as target:
        field = make_field(target)
        assert plays.one(lambda field: QUESTION, 3)(field)().startswith("3 answered in ")


def test_one_answer_is_read_to_its_end_and_told_by_its_start() -> None:
    body = b"\0\0\0\1" + bytes(300_000)

    def serve(connection: socket.socket) -> None:
        receive(connection, len(QUESTION))
        for part in (len(body).to_bytes(4, "big")[:3], len(body).to_bytes(4, "big")[3:] + body):
            connection.sendall(part)

    heard: list[bytes] = []

    def word(start: bytes) -> str:
        heard.append(start)
        return "heard"

    with played_broker(serve) as target:
        assert plays.one(lambda field: QUESTION, word=word)(make_field(target))().startswith("1 heard in ")
    assert heard == [body[: plays.START_BYTES - 4]]


def test_one_request_that_is_refused() -> None:
    with played_broker(lambda connection: None) as target:
        assert plays.one(lambda field: QUESTION)(make_field(target))().startswith("1 closed by the broker in ")


def test_a_flood_counts_its_answers() -> None:
    with played_broker(answer_all) as target:
        assert plays.flood_read(lambda: QUESTION, 50, 1)(make_field(target))() == "50 of 50 answered"
    with played_broker(answer_half) as target:
        assert plays.flood_read(lambda: QUESTION, 10, 1)(make_field(target))().startswith("5 of 10 answered")


def test_a_flood_that_is_not_read_says_how_much_was_taken() -> None:
    def serve(connection: socket.socket) -> None:
        receive(connection, 10)

    with played_broker(serve) as target:
        assert plays.flood_unread(lambda: b"0123456789", 1)(make_field(target))() == "10 of 10 bytes taken"


def test_every_question_before_a_half_close_must_be_answered() -> None:
    with played_broker(answer_all) as target:
        assert plays.half_close(lambda: QUESTION, 10)(make_field(target))() == "10 of 10 answered"
    with played_broker(answer_half) as target, pytest.raises(Misbehaved, match="5 of 10 requests were answered"):
        plays.half_close(lambda: QUESTION, 10)(make_field(target))()


def test_a_crowd_tells_who_was_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        field = make_field(plays_target(server))
        accepted: list[socket.socket] = []

        def accept(seconds: float) -> None:
            accepted.extend(server.accept()[0] for _ in range(3))
            assert accepted[0].recv(5) == b"start"
            accepted[0].close()

        monkeypatch.setattr(plays, "pause", accept)
        assert plays.hold(field, b"start", 3, 1.0) == "2 held, 1 closed by the broker"
        for connection in accepted:
            connection.close()


def plays_target(server: socket.socket) -> Target:
    """Return the target of a listening socket."""
    return Target("played", *server.getsockname())


def test_a_load_ends_with_its_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        field = make_field(plays_target(server))
        assert plays.each(field, [b"a"], waits=False) == "1 sent"
        field.deadline_s = 0.0
        assert plays.one(lambda field: QUESTION)(field)().startswith("1 unanswered in ")
