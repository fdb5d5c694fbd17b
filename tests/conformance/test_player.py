"""Conversations with a broker that says what the test wants."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kafkalite.conformance import player as player_module
from kafkalite.conformance.conversation import Answer, Conversation, Step, Wait
from kafkalite.conformance.player import Player, Unplayable, find_value, judged_versions, versions_of
from kafkalite.dissector import build_message, dissect
from kafkalite.dissector.specs import get_spec

Script = Callable[[str, int, dict[str, Any]], "dict[str, Any] | None"]
"""Answers (API, version, body) with a body, or with None to close the connection."""

API_KEYS = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 4} for key in (10, 12, 18)]}


class ScriptedBroker:
    """Listens on a free port and answers every request as a script says."""

    def __init__(self, script: Script) -> None:
        self.asked: list[tuple[str, int, dict[str, Any]]] = []
        self._script = script
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._socket.getsockname()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            while size := stream.read(4):
                tree = dissect(stream.read(int.from_bytes(size, "big")))
                header = tree.get("Header")
                api, version = header.get("RequestApiKey").note, header.value["RequestApiVersion"]
                body = self._answer(api, version, tree.get("Body").value)
                if body is None:
                    return
                spec = get_spec(f"{api}Response")
                head = header.value["CorrelationId"].to_bytes(4, "big")
                head += b"\0" if version in spec.flexible_versions and api != "ApiVersions" else b""
                frame = head + build_message(f"{api}Response", version, body)
                connection.sendall(len(frame).to_bytes(4, "big") + frame)

    def _answer(self, api: str, version: int, body: dict[str, Any]) -> dict[str, Any] | None:
        if api == "ApiVersions":
            return API_KEYS
        if api == "FindCoordinator":
            return {}
        self.asked.append((api, version, body))
        return self._script(api, version, body)


@pytest.fixture
def play() -> Iterator[Callable[..., list[Any]]]:
    brokers: list[ScriptedBroker] = []

    def run(script: Script, *steps: Step | Answer, version: int = 2, api: str = "Heartbeat") -> list[Any]:
        broker = ScriptedBroker(script)
        brokers.append(broker)
        conversation = Conversation(name="x", api=api, steps=steps, names=("group",))
        return [broker, Player(broker.address, "cf1").play(conversation, version)]

    yield run
    for broker in brokers:
        broker.close()


BEAT = Step(api="Heartbeat", fields={"GroupId": "$group", "GenerationId": 1, "MemberId": "m"}, name="beat")


def test_a_step_is_sent_in_the_version_and_its_answer_decoded(play: Any) -> None:
    broker, [reply] = play(lambda *asked: {"ErrorCode": 27}, BEAT)
    assert broker.asked == [("Heartbeat", 2, {"GroupId": "cf1-1-group", "GenerationId": 1, "MemberId": "m"})]
    assert (reply.step, reply.api, reply.outcome) == ("1. beat", "Heartbeat", "answer")
    assert reply.body == {"ThrottleTimeMs": 0, "ErrorCode": "REBALANCE_IN_PROGRESS"}


def test_a_broker_that_hangs_up_is_an_outcome_and_the_next_step_connects_again(play: Any) -> None:
    answers = iter([None, {}])
    _, replies = play(lambda *asked: next(answers), BEAT, BEAT)
    assert [reply.outcome for reply in replies] == ["closed", "answer"]


def test_silence_is_an_outcome(play: Any) -> None:
    gate = threading.Event()

    def script(*asked: Any) -> None:
        gate.wait(10)

    _, [reply] = play(script, Step(api="Heartbeat", fields=BEAT.fields, silence_s=0.05))
    gate.set()
    assert reply.outcome == "silent"


@pytest.mark.parametrize("until", [None, Wait("ErrorCode", 27)])
def test_a_step_is_repeated_until_the_broker_is_ready(play: Any, until: Wait | None) -> None:
    answers = iter([{"ErrorCode": 15}, {"ErrorCode": 14}, {"ErrorCode": 27}])
    broker, [reply] = play(lambda *asked: next(answers), Step(api="Heartbeat", fields=BEAT.fields, until=until))
    assert len(broker.asked) == 3
    assert reply.body["ErrorCode"] == "REBALANCE_IN_PROGRESS"


def test_patience_ends(play: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player_module, "PATIENCE_S", 0.05)
    _, [reply] = play(lambda *asked: {"ErrorCode": 15}, BEAT)
    assert reply.body["ErrorCode"] == "COORDINATOR_NOT_AVAILABLE"


def test_what_is_remembered_is_a_variable_of_later_steps(play: Any) -> None:
    first = Step(api="Heartbeat", fields=BEAT.fields, remember={"code": "ErrorCode"})
    second = Step(api="Heartbeat", fields={"GroupId": "g", "GenerationId": "$code", "MemberId": "m"})
    broker, _ = play(lambda *asked: {"ErrorCode": 27}, first, second)
    assert broker.asked[1][2]["GenerationId"] == 27


def test_a_step_that_only_waits_is_not_told(play: Any) -> None:
    waiting = Step(api="Heartbeat", fields=BEAT.fields, is_compared=False)
    _, replies = play(lambda *asked: {}, waiting, BEAT)
    assert [reply.step for reply in replies] == ["2. beat"]


def test_kafka_4_tells_of_versions_of_produce_that_it_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    ranges = [{"ApiKey": 0, "MinVersion": 0, "MaxVersion": 13}, {"ApiKey": 1, "MinVersion": 4, "MaxVersion": 18}]
    monkeypatch.setitem(API_KEYS, "ApiKeys", ranges)
    broker = ScriptedBroker(lambda *asked: {})
    assert Player(broker.address, "cf1").served == {"Produce": range(3, 14), "Fetch": range(4, 19)}
    broker.close()


def test_a_variable_that_did_not_come_is_told(play: Any) -> None:
    step = Step(api="Heartbeat", fields={"GroupId": "$nothing", "GenerationId": 1, "MemberId": "m"})
    _, [reply] = play(lambda *asked: {}, step)
    assert reply.outcome == "not played: $nothing is not known"


def test_a_deferred_answer_is_read_later(play: Any) -> None:
    slow = Step(api="Heartbeat", fields=BEAT.fields, name="slow", is_deferred=True, connection="b")
    _, replies = play(lambda *asked: {}, slow, BEAT, Answer(of="slow"))
    assert [reply.step for reply in replies] == ["2. beat", "3. answer of slow"]


def test_a_version_that_is_not_served_is_not_played(play: Any) -> None:
    with pytest.raises(Unplayable, match="Heartbeat version 7"):
        play(lambda *asked: {}, BEAT, version=7)


def test_versions_of_apache_kafka_are_played() -> None:
    assert judged_versions("Produce") == range(3, 14)  # 0 to 2 are told of, but refused
    assert versions_of(Conversation(name="x", api="Fetch", steps=())) == list(range(4, 19))
    assert versions_of(Conversation(name="x", api="Fetch", steps=(), versions=(7,))) == [7]


def test_paths_into_answers() -> None:
    answer = {"Topics": [{"Name": "a", "Code": 0}, {"Name": "b", "Code": 3}]}
    assert find_value(answer, "Topics/1/Name") == "b"
    assert find_value(answer, "Topics/Name=b/Code") == 3
    assert find_value(answer, "Topics/Name=c/Code") is None
    assert find_value(answer, "Topics/7/Code") is None
    assert find_value(answer, "Groups/0") is None
