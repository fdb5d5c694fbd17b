"""Conversations with a broker that says what the test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kafkalite.conformance.conversation import Answer, Conversation, Step, Topic, Wait
from kafkalite.conformance.patience import Patience
from kafkalite.conformance.player import BrokerFault, Player, Unplayable, find_value, judged_versions, versions_of
from tests.conformance.patient import ManualPatience
from tests.conformance.scripted_broker import API_KEYS, CLOSE, Die, Hang, Script, ScriptedBroker, frame_of

TOPIC_KEYS = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 4} for key in (2, 3, 12, 18, 19, 32)]}


@pytest.fixture
def play() -> Iterator[Callable[..., list[Any]]]:
    brokers: list[ScriptedBroker] = []

    def run(
        script: Script,
        *steps: Step | Answer,
        version: int = 2,
        api: str = "Heartbeat",
        patience: Patience | None = None,
    ) -> list[Any]:
        broker = ScriptedBroker(script)
        brokers.append(broker)
        conversation = Conversation(name="x", api=api, steps=steps, names=("group",))
        player = Player(broker.address, "cf1", patience or ManualPatience())
        return [broker, player.play(conversation, version)]

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
    answers = iter([CLOSE, {}])
    _, replies = play(lambda *asked: next(answers), BEAT, BEAT)
    assert [reply.outcome for reply in replies] == ["closed", "answer"]
    assert replies[0].detail == "connection closed"


def test_silence_is_an_outcome(play: Any) -> None:
    quiet = Step(api="Heartbeat", fields=BEAT.fields, silence_s=0.05)
    answers = iter([Hang(), {}])
    _, replies = play(lambda *asked: next(answers), quiet, BEAT)
    assert [reply.outcome for reply in replies] == ["silent", "answer"]


def test_after_unexpected_silence_nothing_more_is_asked(play: Any) -> None:
    broker, replies = play(lambda *asked: Hang(), BEAT, BEAT, BEAT, patience=ManualPatience(answer_s=0.05))
    assert len(broker.asked) == 1
    assert [(reply.step, reply.outcome) for reply in replies] == [("1. beat", "silent")]
    assert replies[0].detail == "no answer within 0.05 s"


def test_a_step_that_is_not_compared_is_told_when_it_gets_no_answer(play: Any) -> None:
    waiting = Step(api="Heartbeat", fields=BEAT.fields, is_compared=False)
    _, replies = play(lambda *asked: Hang(), waiting, BEAT, patience=ManualPatience(answer_s=0.05))
    assert [reply.outcome for reply in replies] == ["silent"]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (b"\0\0\0\4\0\0\0\1", "undecodable: byte 4: Body.ThrottleTimeMs: needs 4 bytes, 0 left"),
        (b"\0\0\0\2\0\0", "undecodable: byte 0: Header.CorrelationId: needs 4 bytes, 2 left"),
        (b"\0\0\0\0", "undecodable: byte 0: Header.CorrelationId: needs 4 bytes, 0 left"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "undecodable: byte 0: a length of 1213486160 bytes"),
        (
            frame_of("Heartbeat", 2, 9, {}),
            "undecodable: byte 4: correlation id 9, the request has 1",
        ),
        (b"\xff\xff\xff\xff", "undecodable: byte 0: a length of -1 bytes"),
    ],
)
def test_garbage_is_an_outcome(play: Any, said: bytes, outcome: str) -> None:
    _, [reply] = play(lambda *asked: said, BEAT)
    assert reply.outcome == outcome


def test_half_an_answer_and_a_closed_connection(play: Any) -> None:
    _, [first, _] = play(lambda *asked: [frame_of("Heartbeat", 2, 1, {})[:7], CLOSE], BEAT, BEAT)
    assert first.outcome == "closed"


def test_two_answers_to_one_request_are_noticed_with_the_next(play: Any) -> None:
    _, replies = play(lambda *asked: [frame_of("Heartbeat", 2, 1, {})] * 2, BEAT, BEAT)
    assert [reply.outcome for reply in replies] == [
        "answer",
        "undecodable: byte 4: correlation id 1, the request has 2",
    ]


def test_a_broker_that_ends_cannot_be_connected_to_any_more(play: Any) -> None:
    with pytest.raises(OSError):
        play(lambda *asked: Die(), BEAT, BEAT)


def test_a_deferred_answer_of_a_connection_that_was_closed(play: Any) -> None:
    slow = Step(api="Heartbeat", fields=BEAT.fields, name="slow", is_deferred=True)
    _, replies = play(lambda *asked: CLOSE, slow, BEAT, Answer(of="slow"))
    assert [reply.outcome for reply in replies] == ["closed", "closed"]


def play_with_topic(script: Script, **limits: float) -> Any:
    """Play a conversation that has a topic with a broker that answers only as the script says."""
    broker = ScriptedBroker(
        lambda api, version, body: TOPIC_KEYS if api == "ApiVersions" else script(api, version, body), asks_all=True
    )
    try:
        player = Player(broker.address, "cf1", ManualPatience(**limits))
        player.served |= {"FindCoordinator": range(5)}
        conversation = Conversation(name="x", api="Heartbeat", steps=(BEAT,), topics={"orders": Topic()})
        return player.play(conversation, 2)
    finally:
        broker.close()


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (CLOSE, "CreateTopics v4: connection closed"),
        (Hang(), "CreateTopics v4: no answer within 0.05 s"),
        (b"\0\0\0\4\0\0\0\1", "CreateTopics v4: undecodable: byte 4: "),
        ({"Topics": [{"Name": "x", "ErrorCode": 29}]}, "cannot create a topic: "),
    ],
)
def test_a_topic_that_cannot_be_made_is_the_fault_of_the_broker(said: Any, fault: str) -> None:
    def script(api: str, version: int, body: dict[str, Any]) -> Any:
        return {} if api == "FindCoordinator" else said

    with pytest.raises(BrokerFault) as caught:
        play_with_topic(script, answer_s=0.05 if isinstance(said, Hang) else 15.0)
    assert str(caught.value).startswith(fault)


@pytest.mark.parametrize("topics", [[], [{"Name": "cf1-1-orders", "ErrorCode": 5, "Partitions": []}]])
def test_a_topic_that_never_comes_is_the_fault_of_the_broker(topics: list[Any]) -> None:
    answers = {"CreateTopics": {}, "Metadata": {"Topics": topics}, "FindCoordinator": {}}
    with pytest.raises(BrokerFault, match="did not get its leaders"):
        play_with_topic(lambda api, version, body: answers[api])


def test_topics_that_cannot_be_deleted_are_told() -> None:
    keys = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 4} for key in (18, 19, 20)]}
    kept = [{"Name": "a", "ErrorCode": 3}, {"Name": "b", "ErrorCode": 73}]
    answers: dict[str, Any] = {"ApiVersions": keys, "CreateTopics": {}, "DeleteTopics": {"Responses": kept}}
    broker = ScriptedBroker(lambda api, version, body: answers[api], asks_all=True)
    player = Player(broker.address, "cf1", ManualPatience())
    player.create_topics({"a": Topic(), "b": Topic()})
    with pytest.raises(BrokerFault, match="1 topics of this run are still there: b: TOPIC_DELETION_DISABLED"):
        player.delete_topics()
    player.delete_topics()
    assert broker.asked[-1][2]["TopicNames"] == ["a", "b"]
    broker.close()


def test_topics_are_given_the_defaults_that_the_broker_does_not_have() -> None:
    told = {"Name": "log.cleanup.policy", "Value": "compact", "ConfigSource": 4, "Synonyms": []}
    answers: dict[str, Any] = {
        "ApiVersions": TOPIC_KEYS,
        "Metadata": {"Brokers": [{"NodeId": 7, "Host": "h", "Port": 1}]},
        "DescribeConfigs": {"Results": [{"Configs": [told]}]},
        "CreateTopics": {},
    }
    broker = ScriptedBroker(lambda api, version, body: answers[api], asks_all=True)
    player = Player(broker.address, "cf1", ManualPatience())
    player.tell_settings()
    player.create_topics({"a": Topic(configs={"retention.ms": "5"})})
    configs = broker.asked[-1][2]["Topics"][0]["Configs"]
    broker.close()
    assert configs == [{"Name": "cleanup.policy", "Value": "delete"}, {"Name": "retention.ms", "Value": "5"}]


def test_the_settings_that_a_broker_tells() -> None:
    told = {"Name": "group.max.size", "Value": "2", "ConfigSource": 4, "Synonyms": []}
    answers: dict[str, Any] = {
        "ApiVersions": TOPIC_KEYS,
        "Metadata": {"Brokers": [{"NodeId": 7, "Host": "h", "Port": 1}]},
        "DescribeConfigs": {"Results": [{"Configs": [told]}]},
    }
    broker = ScriptedBroker(lambda api, version, body: answers[api], asks_all=True)
    player = Player(broker.address, "cf1", ManualPatience())
    assert player.tell_settings() == {"group.max.size": ("2", 4)}
    assert broker.asked[-1][2]["Resources"][0]["ResourceName"] == "7"
    answers["DescribeConfigs"] = {"Results": [{"ErrorCode": 29, "Configs": []}]}
    assert player.tell_settings() is None
    del player.served["DescribeConfigs"]
    assert player.tell_settings() is None
    broker.close()


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        ({"ApiKeys": []}, ""),
        (Hang(), "ApiVersions: no answer within 0.05 s"),
        (CLOSE, "ApiVersions: connection closed"),
        (b"\0\0\0\4\0\0\0\1", "ApiVersions: undecodable: byte 4: "),
    ],
)
def test_what_is_wrong_with_a_broker_as_a_whole(said: Any, trouble: str) -> None:
    answers = iter([API_KEYS, said])
    broker = ScriptedBroker(lambda *asked: next(answers), asks_all=True)
    player = Player(broker.address, "cf1", ManualPatience())
    if isinstance(said, Hang):
        player.patience = ManualPatience(probe_s=0.05)
    found = player.find_trouble()
    assert found.startswith(trouble) and bool(found) is bool(trouble)
    broker.close()


def test_an_end_is_seen_as_the_trouble() -> None:
    broker = ScriptedBroker(lambda *asked: {})
    player = Player(broker.address, "cf1", ManualPatience())
    broker.close()
    assert player.find_trouble().startswith("cannot connect any more (")


@pytest.mark.parametrize("until", [None, Wait("ErrorCode", 27)])
def test_a_step_is_repeated_until_the_broker_is_ready(play: Any, until: Wait | None) -> None:
    answers = iter([{"ErrorCode": 15}, {"ErrorCode": 14}, {"ErrorCode": 27}])
    broker, [reply] = play(lambda *asked: next(answers), Step(api="Heartbeat", fields=BEAT.fields, until=until))
    assert len(broker.asked) == 3
    assert reply.body["ErrorCode"] == "REBALANCE_IN_PROGRESS"


def test_what_is_awaited_may_be_named_by_a_variable() -> None:
    keys = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 4} for key in (10, 16, 18)]}
    groups = [{"Groups": []}, {"Groups": [{"GroupId": "cf1-1-group", "ProtocolType": "x"}]}]
    answers = iter([keys, {}, {}, *groups])
    broker = ScriptedBroker(lambda *asked: next(answers), asks_all=True)
    step = Step(api="ListGroups", until=Wait("Groups/GroupId=$group/ProtocolType", "x"))
    conversation = Conversation(name="x", api="ListGroups", steps=(step,), names=("group",))
    [reply] = Player(broker.address, "cf1", ManualPatience()).play(conversation, 2)
    broker.close()
    assert len(reply.body["Groups"]) == 1


def test_patience_ends_by_the_clock(play: Any) -> None:
    patience = ManualPatience(repeat_s=15.0, pause_s=1.0)
    broker, [reply] = play(lambda *asked: {"ErrorCode": 15}, BEAT, patience=patience)
    assert reply.body["ErrorCode"] == "COORDINATOR_NOT_AVAILABLE"
    assert (len(broker.asked), patience.pause_count) == (17, 16)


def test_a_vain_wait_is_shorter_the_next_time(play: Any) -> None:
    patience = ManualPatience(repeat_s=15.0, short_repeat_s=2.0, pause_s=1.0)
    broker, _ = play(lambda *asked: {"ErrorCode": 15}, BEAT, patience=patience)
    again, _ = play(lambda *asked: {"ErrorCode": 15}, BEAT, patience=patience)
    assert (len(broker.asked), len(again.asked)) == (17, 4)


def test_transactions_that_are_not_over_yet_are_waited_for() -> None:
    keys = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 3} for key in (10, 18, 24)]}
    results = [
        {"Name": "t", "ResultsByPartition": [{"PartitionIndex": 0, "PartitionErrorCode": code}]} for code in (51, 0)
    ]
    answers = iter([keys, {}, {}, *({"ResultsByTopicV3AndBelow": [each]} for each in results)])
    broker = ScriptedBroker(lambda *asked: next(answers), asks_all=True)
    step = Step(api="AddPartitionsToTxn", fields={"V3AndBelowTransactionalId": "tx"})
    conversation = Conversation(name="x", api="AddPartitionsToTxn", steps=(step,))
    [reply] = Player(broker.address, "cf1", ManualPatience()).play(conversation, 3)
    broker.close()
    assert "CONCURRENT_TRANSACTIONS" not in str(reply.body)


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
    assert Player(broker.address, "cf1", ManualPatience()).served == {"Produce": range(3, 14), "Fetch": range(4, 19)}
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
    with pytest.raises(Unplayable, match="does not serve the version"):
        play(lambda *asked: {}, BEAT, version=7)


def test_versions_of_apache_kafka_are_played() -> None:
    assert judged_versions("Produce") == range(3, 14)  # 0 to 2 are told of, but refused
    assert versions_of(Conversation(name="x", api="Fetch", steps=())) == list(range(4, 19))
    assert versions_of(Conversation(name="x", api="Fetch", steps=(), versions=(7,))) == [7]


def test_paths_into_answers() -> None:
    answer = {"Topics": [{"Name": "a", "Code": 0}, {"Name": "b", "Code": 3}]}
    assert find_value(answer, "Topics/1/Name") == "b"
    assert find_value(answer, "Topics/Name=b/Code") == 3
    assert find_value(answer, "Topics/Code=3/Name") == "b"
    assert find_value(answer, "Topics/Name=c/Code") is None
    assert find_value(answer, "Topics/7/Code") is None
    assert find_value(answer, "Groups/0") is None
