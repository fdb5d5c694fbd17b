"""Whole runs, also with brokers that do not live to their end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from kafkalite.conformance.conversation import Conversation, Step
from kafkalite.conformance.corpus import Corpus
from kafkalite.conformance.needs import Need
from kafkalite.conformance.player import Player, Reply
from kafkalite.conformance.runner import LiveJudge, RecordedJudge, Run, Verdict
from tests.conformance.patient import ManualPatience
from tests.conformance.scripted_broker import API_KEYS, CLOSE, Die, Hang, Said, ScriptedBroker

EXPECTED = Reply("1. beat", "Heartbeat", "answer", {"ThrottleTimeMs": 0, "ErrorCode": "NONE"})


class Judge(RecordedJudge):
    """Expects the same of every conversation."""

    def __init__(self) -> None:
        super().__init__(Corpus(release_names=[]))

    def answer(
        self, conversation: Conversation, version: int, number: int | None = None
    ) -> tuple[str, Sequence[Reply]]:
        return "the judge", [EXPECTED]


def beat(name: str, **more: Any) -> Conversation:
    """Return a conversation of one heartbeat, with a member of its name."""
    step = Step(api="Heartbeat", fields={"GroupId": "g", "GenerationId": 1, "MemberId": name}, name="beat")
    return Conversation(name=name, api="Heartbeat", versions=(2,), steps=(step,), **more)


BEATS = [beat(name) for name in "abcdef"]


@pytest.fixture
def start() -> Iterator[Callable[..., tuple[ScriptedBroker, Player]]]:
    """Return a function that starts a broker which answers a heartbeat by the name of its member."""
    brokers: list[ScriptedBroker] = []

    def begin(answer: Callable[[str], Said] = lambda member: {}, **limits: float) -> tuple[ScriptedBroker, Player]:
        broker = ScriptedBroker(lambda api, version, body: answer(body["MemberId"]))
        brokers.append(broker)
        return broker, Player(broker.address, "cf1", ManualPatience(**limits))

    yield begin
    for broker in brokers:
        broker.close()


def titles(verdicts: Sequence[Verdict]) -> list[str]:
    return [verdict.conversation.name for verdict in verdicts]


def test_verdicts_come_in_the_order_of_the_tables_whatever_ends_first(start: Any) -> None:
    others = threading.Barrier(len(BEATS) - 1)
    rest = threading.Event()

    def answer(member: str) -> Said:
        if member == "a":
            rest.wait(30)
            return {}
        if others.wait(30) == 0:  # they are all being played at the same time
            rest.set()
        return {}

    _, player = start(answer)
    heard: list[Verdict] = []
    verdicts, stopped = Run(player, Judge(), on_verdict=heard.append).play(BEATS)
    assert titles(verdicts) == list("abcdef")
    assert heard[-1].conversation.name == "a" or len(heard) == len(BEATS)
    assert (stopped, [verdict.is_failed for verdict in verdicts]) == ("", [False] * 6)


def test_what_changes_the_cluster_is_played_alone_and_last(start: Any) -> None:
    lock, playing, most = threading.Lock(), [0], [0]
    order: list[str] = []

    def answer(member: str) -> Said:
        with lock:
            playing[0] += 1
            most[0] = max(most[0], playing[0] if member in "xy" else 0)
            order.append(member)
            playing[0] -= 1
        return {}

    _, player = start(answer)
    table = [beat("x", alone="features"), BEATS[0], beat("y", alone="quotas"), BEATS[1]]
    verdicts, _ = Run(player, Judge()).play(table)
    assert titles(verdicts) == ["x", "a", "y", "b"]
    assert order[2:] == ["x", "y"] and most[0] == 1


def test_one_at_a_time_when_asked(start: Any) -> None:
    broker, player = start()
    Run(player, Judge(), beside_count=1).play(BEATS)
    assert [body["MemberId"] for _, _, body in broker.asked] == list("abcdef")


def test_what_needs_other_settings_is_left_out_and_named(start: Any) -> None:
    broker, player = start()
    verdicts, stopped = Run(player, Judge()).play([beat("a", needs={"group.max.size": Need("2")}), BEATS[1]])
    assert verdicts[0].unmet == ("group.max.size=2 (the broker does not show it)",)
    assert (verdicts[0].is_failed, verdicts[1].skipped, stopped) == (False, "", "")
    assert [body["MemberId"] for _, _, body in broker.asked] == ["b"]


def test_a_broker_that_ends_ends_the_run_with_the_results_so_far(start: Any) -> None:
    _, player = start(lambda member: Die() if member == "c" else {})
    verdicts, stopped = Run(player, Judge(), beside_count=1).play(BEATS)
    assert [bool(verdict.skipped) for verdict in verdicts] == [False, False, True, True, True, True]
    assert not any(verdict.is_failed for verdict in verdicts)
    assert stopped.startswith(f"127.0.0.1:{player.address[1]} is gone: cannot connect any more (")
    assert stopped.endswith("; played at that moment: Heartbeat v2: c")
    assert verdicts[3].skipped.startswith("not played: ")


def test_a_broker_that_hangs_ends_the_run(start: Any) -> None:
    broker, player = start(lambda member: Hang())
    broker.hangs_after = 1  # the question for its versions, when the player was made
    player.patience.limits = ManualPatience(answer_s=0.3, probe_s=0.3).limits
    verdicts, stopped = Run(player, Judge(), beside_count=1).play(BEATS)
    assert "is gone: ApiVersions: no answer within 0.3 s" in stopped
    assert all(verdict.skipped for verdict in verdicts)


def test_a_broker_that_only_does_not_answer_one_conversation_is_judged_by_the_others(start: Any) -> None:
    said: dict[str, Said] = {"b": CLOSE, "c": b"\0\0\0\4\0\0\0\1", "d": b"HTTP/1.1 400"}
    _, player = start(lambda member: said.get(member, {}))
    verdicts, stopped = Run(player, Judge()).play(BEATS)
    assert (stopped, [verdict.is_failed for verdict in verdicts]) == ("", [False, True, True, True, False, False])
    [closed, garbage, http] = [verdict.differences[0].describe("Kafka") for verdict in verdicts[1:4]]
    assert closed.endswith("here it is connection closed")
    assert "undecodable: byte 4: Body.ThrottleTimeMs" in garbage
    assert "undecodable: byte 0: a length of 1213486160 bytes" in http


def test_silence_costs_its_time_once(start: Any) -> None:
    _, player = start(lambda member: Hang() if member in "bc" else {}, answer_s=1.0, short_answer_s=0.01)
    verdicts, stopped = Run(player, Judge(), beside_count=1).play(BEATS[:3])
    assert [verdict.differences[0].detail for verdict in verdicts[1:]] == [
        "no answer within 1 s",
        "no answer within 0.01 s",
    ]
    assert stopped == ""


def test_the_time_of_a_run_is_bounded(start: Any) -> None:
    _, player = start(run_s=100.0)

    def answer(verdict: Verdict) -> None:
        player.patience.manual_clock.advance(60_000)

    verdicts, stopped = Run(player, Judge(), on_verdict=answer, beside_count=1).play(BEATS)
    assert stopped == "the time limit of 100 s is reached"
    assert [bool(verdict.skipped) for verdict in verdicts] == [False, False, True, True, True, True]


def test_an_interrupt_ends_what_is_being_played(start: Any) -> None:
    _, player = start(lambda member: Hang() if member != "a" else {})

    def interrupt(verdict: Verdict) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(player, Judge(), on_verdict=interrupt).play(BEATS)
    assert player.patience.is_stopped


def test_a_judge_that_ends_is_named(start: Any) -> None:
    _, player = start()
    judge, judging = start(lambda member: Die() if member == "b" else {})
    verdicts, stopped = Run(player, LiveJudge(judging), beside_count=1).play(BEATS)
    assert stopped.startswith(f"127.0.0.1:{judge.address[1]} is gone: ")
    assert [bool(verdict.skipped) for verdict in verdicts] == [False, True, True, True, True, True]


def test_answers_that_a_conversation_cannot_go_on_with_end_only_it(start: Any) -> None:
    _, player = start(lambda member: {"ErrorCode": 27})
    first = Step(api="Heartbeat", fields=BEATS[0].steps[0].fields, remember={"member": "ErrorCode"})  # type: ignore[union-attr]
    second = Step(api="Heartbeat", fields={"GroupId": "g", "GenerationId": 1, "MemberId": "$member"})
    table = [Conversation(name="x", api="Heartbeat", versions=(2,), steps=(first, second)), BEATS[1]]
    verdicts, stopped = Run(player, Judge()).play(table)
    assert verdicts[0].fault.startswith("the conversation cannot go on with these answers: ")
    assert (verdicts[1].fault, stopped) == ("", "")


def test_a_broker_that_serves_nothing_is_not_compared() -> None:
    broker = ScriptedBroker(lambda *asked: {"ApiKeys": API_KEYS["ApiKeys"][:1]}, asks_all=True)
    verdicts, stopped = Run(Player(broker.address, "cf1", ManualPatience()), Judge()).play(BEATS)
    broker.close()
    assert {verdict.skipped for verdict in verdicts} == {"the broker does not serve the version"}
    assert stopped == ""
