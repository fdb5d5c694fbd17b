"""ConsumerGroupHeartbeat and ConsumerGroupDescribe, request by request: what kafkalite answers, Apache Kafka answers.

Every expectation here was held against Apache Kafka 4.4.0 (`--broker=kafka`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from confluent_kafka import TopicCollection
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import Broker, BrokerChoice
from compat_tests.raw_protocol import RawConnection
from kafkalite.model.uuids import uuid_from_text
from kafkalite.protocol import errors
from kafkalite.protocol.messages.consumer_group_describe_request import ConsumerGroupDescribeRequest
from kafkalite.protocol.messages.consumer_group_describe_response import ConsumerGroupDescribeResponse, DescribedGroup
from kafkalite.protocol.messages.consumer_group_heartbeat_request import ConsumerGroupHeartbeatRequest, TopicPartitions
from kafkalite.protocol.messages.consumer_group_heartbeat_response import ConsumerGroupHeartbeatResponse
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest

DEADLINE_S = 30.0
REBALANCE_MS = 60_000
Held = Mapping[str, Sequence[int]]

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def eager_broker(broker_choice: BrokerChoice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Run a broker that makes new targets with every change."""
    settings = {
        "group.consumer.assignment.interval.ms": "0",
        "group.consumer.heartbeat.interval.ms": "5000",
        "group.consumer.max.size": "3",
    }
    broker = broker_choice.create(tmp_path_factory.mktemp("eager"), settings)
    broker.start()
    try:
        yield broker
        broker.stop()
    finally:
        broker.kill()


class Talk:
    """A separate group, and the topics a (4 partitions) and b (2)."""

    def __init__(self, broker: Broker) -> None:
        self.group_id = f"group-{next(_numbers)}"
        self._connection = RawConnection(broker.port)
        admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 2})
        for future in admin.create_topics([NewTopic("a", 4, 1), NewTopic("b", 2, 1)]).values():
            if future.exception(DEADLINE_S) is not None and "exist" not in str(future.exception()):
                raise AssertionError(future.exception())
        described = admin.describe_topics(TopicCollection(["a", "b"]))
        self._ids = {name: uuid_from_text(str(one.result(DEADLINE_S).topic_id)) for name, one in described.items()}
        self._names = {topic_id: name for name, topic_id in self._ids.items()}
        self._find_coordinator()

    def _find_coordinator(self) -> None:
        for _ in range(100):
            self._ask(10, 4, FindCoordinatorRequest(key_type=0, coordinator_keys=[self.group_id]))
            if self.describe(self.group_id).error_code == errors.GROUP_ID_NOT_FOUND:
                return
        raise AssertionError("the coordinator does not come up")

    def _ask(self, api_key: int, version: int, request: Any) -> bytes:
        out = bytearray(b"\0")  # no tagged fields in the header
        request.write(out, version)
        return self._connection.ask(api_key, version, bytes(out))[1:]

    def beat(
        self,
        member_id: str,
        epoch: int,
        topics: Sequence[str] | None = None,
        *,
        owned: Held | None = None,
        version: int = 1,
        group_id: str | None = None,
        **fields: Any,
    ) -> ConsumerGroupHeartbeatResponse:
        """ConsumerGroupHeartbeat."""
        partitions = None
        if owned is not None:
            partitions = [
                TopicPartitions(topic_id=self._ids[name], partitions=list(one)) for name, one in owned.items()
            ]
        request = ConsumerGroupHeartbeatRequest(
            group_id=self.group_id if group_id is None else group_id,
            member_id=member_id,
            member_epoch=epoch,
            subscribed_topic_names=None if topics is None else list(topics),
            topic_partitions=partitions,
            **fields,
        )
        reply = self._ask(68, version, request)
        return ConsumerGroupHeartbeatResponse.read(reply, 0, version)[0]

    def enter(self, member_id: str, topics: Sequence[str] = ("a",), **fields: Any) -> ConsumerGroupHeartbeatResponse:
        """Join."""
        return self.beat(member_id, 0, topics, owned={}, rebalance_timeout_ms=REBALANCE_MS, **fields)

    def describe(self, group_id: str) -> DescribedGroup:
        """ConsumerGroupDescribe."""
        reply = self._ask(69, 1, ConsumerGroupDescribeRequest(group_ids=[group_id]))
        return ConsumerGroupDescribeResponse.read(reply, 0, 1)[0].groups[0]

    def told(self, response: ConsumerGroupHeartbeatResponse) -> tuple[int, int, dict[str, list[int]] | None]:
        """Return error code, epoch and assignment of an answer."""
        assigned = None
        if response.assignment is not None:
            assigned = {
                self._names[one.topic_id]: sorted(one.partitions) for one in response.assignment.topic_partitions
            }
        return response.error_code, response.member_epoch, assigned

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@pytest.fixture
def talk(eager_broker: Broker) -> Iterator[Talk]:
    """Return a group to talk to."""
    talk = Talk(eager_broker)
    yield talk
    talk.close()


ALL = {"a": [0, 1, 2, 3]}


def test_one_member(talk: Talk) -> None:
    first = talk.enter("m1")
    assert talk.told(first) == (0, 2, ALL)
    assert (first.member_id, first.heartbeat_interval_ms, first.error_message) == ("m1", 5000, None)
    assert talk.told(talk.beat("m1", 2)) == (0, 2, None)
    full = talk.beat("m1", 2, ["a"], owned=ALL, rebalance_timeout_ms=REBALANCE_MS)
    assert talk.told(full) == (0, 2, ALL)
    assert talk.told(talk.beat("m1", -1)) == (0, -1, None)
    group = talk.describe(talk.group_id)
    assert (group.group_state, group.group_epoch, group.assignment_epoch, group.members) == ("Empty", 3, 3, [])


def test_two_members_hand_over(talk: Talk) -> None:
    talk.enter("m1")
    assert talk.told(talk.enter("m2")) == (0, 3, {})
    error, epoch, kept = talk.told(talk.beat("m1", 2))
    assert (error, epoch) == (0, 2)
    assert kept is not None
    assert len(kept["a"]) == 2
    group = talk.describe(talk.group_id)
    held = {
        one.member_id: sum(len(topic.partitions) for topic in one.assignment.topic_partitions) for one in group.members
    }
    wanted = [sum(len(topic.partitions) for topic in one.target_assignment.topic_partitions) for one in group.members]
    assert (group.group_state, held, wanted) == ("Reconciling", {"m1": 4, "m2": 0}, [2, 2])
    assert talk.told(talk.beat("m2", 3, owned={})) == (0, 3, None)
    assert talk.told(talk.beat("m1", 2, owned=kept)) == (0, 3, None)
    taken = {"a": sorted({0, 1, 2, 3} - set(kept["a"]))}
    assert talk.told(talk.beat("m2", 3, owned={})) == (0, 3, taken)
    group = talk.describe(talk.group_id)
    assert (group.group_state, group.group_epoch, group.assignment_epoch) == ("Stable", 3, 3)
    assert (group.assignor_name, {one.member_type for one in group.members}) == ("uniform", {1})
    assert talk.told(talk.beat("m2", -1)) == (0, -1, None)
    assert talk.told(talk.beat("m1", 3, owned=kept)) == (0, 4, ALL)


def test_a_changed_subscription(talk: Talk) -> None:
    talk.enter("m1")
    assert talk.told(talk.beat("m1", 2, ["b"])) == (0, 2, {})
    assert talk.told(talk.beat("m1", 2, owned={})) == (0, 3, {"b": [0, 1]})
    assert talk.told(talk.beat("m1", 3, [])) == (0, 3, {})
    assert talk.told(talk.beat("m1", 3, owned={})) == (0, 4, None)


def test_epochs(talk: Talk) -> None:
    talk.enter("m1")
    talk.enter("m2")
    _, _, kept = talk.told(talk.beat("m1", 2))
    talk.beat("m1", 2, owned=kept)
    ahead = talk.beat("m1", 4)
    assert (ahead.error_code, ahead.error_message) == (
        errors.FENCED_MEMBER_EPOCH,
        "The consumer group member has a greater member epoch (4) than the one known by the group coordinator (3). "
        "The member must abandon all its partitions and rejoin.",
    )
    behind = talk.beat("m1", 1, owned=kept)
    assert (behind.error_code, behind.error_message) == (
        errors.FENCED_MEMBER_EPOCH,
        "The consumer group member has a smaller member epoch (1) than the one known by the group coordinator (3). "
        "The member must abandon all its partitions and rejoin.",
    )
    assert talk.told(talk.beat("m1", 2, owned=kept)) == (0, 3, None)
    assert talk.beat("m1", 2, owned=ALL).error_code == errors.FENCED_MEMBER_EPOCH
    assert talk.told(talk.enter("m1")) == (0, 3, kept)


def test_static_members(talk: Talk) -> None:
    talk.enter("m1", instance_id="i1")
    taken = talk.enter("m2", instance_id="i1")
    assert (taken.error_code, taken.error_message) == (
        errors.UNRELEASED_INSTANCE_ID,
        "Static member m2 with instance id i1 cannot join the group because the instance id is owned by m1 member.",
    )
    fenced = talk.beat("m2", 2, instance_id="i1")
    assert (fenced.error_code, fenced.error_message) == (
        errors.FENCED_INSTANCE_ID,
        "Static member m2 with instance id i1 was fenced by member m1.",
    )
    unknown = talk.beat("m1", 2, instance_id="i2")
    assert (unknown.error_code, unknown.error_message) == (errors.UNKNOWN_MEMBER_ID, "Instance id i2 is unknown.")
    assert talk.told(talk.beat("m1", -2, instance_id="i1")) == (0, -2, None)
    (away,) = talk.describe(talk.group_id).members
    assert (away.member_id, away.member_epoch) == ("m1", -2)
    assert talk.told(talk.enter("m2", instance_id="i1")) == (0, 2, ALL)
    assert talk.beat("m1", 2, instance_id="i1").error_code == errors.FENCED_INSTANCE_ID
    assert talk.told(talk.beat("m2", -1, instance_id="i1")) == (0, -1, None)


def test_unknown_groups_and_members(talk: Talk) -> None:
    missing = talk.beat("m1", 1)
    assert (missing.error_code, missing.error_message) == (
        errors.GROUP_ID_NOT_FOUND,
        f"Consumer group {talk.group_id} not found.",
    )
    leaving = talk.beat("m1", -1)
    assert (leaving.error_code, leaving.error_message) == (
        errors.GROUP_ID_NOT_FOUND,
        f"Group {talk.group_id} not found.",
    )
    talk.enter("m1")
    stranger = talk.beat("m2", 1)
    assert (stranger.error_code, stranger.error_message) == (
        errors.UNKNOWN_MEMBER_ID,
        f"Member m2 is not a member of group {talk.group_id}.",
    )
    group = talk.describe("no-such-group")
    assert (group.error_code, group.error_message) == (errors.GROUP_ID_NOT_FOUND, "Group no-such-group not found.")
    assert talk.describe("").error_code == errors.INVALID_GROUP_ID


def test_a_full_group(talk: Talk) -> None:
    for member_id in ("m1", "m2", "m3"):
        assert talk.enter(member_id).error_code == 0
    refused = talk.enter("m4")
    assert (refused.error_code, refused.error_message) == (
        errors.GROUP_MAX_SIZE_REACHED,
        "The consumer group has reached its maximum capacity of 3 members.",
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"member_id": ""}, "MemberId can't be empty."),
        ({"group_id": ""}, "GroupId can't be empty."),
        ({"instance_id": ""}, "InstanceId can't be empty."),
        ({"rack_id": ""}, "RackId can't be empty."),
        ({"rebalance_timeout_ms": -1}, "RebalanceTimeoutMs must be provided in first request."),
        ({"owned": None}, "TopicPartitions must be empty when (re-)joining."),
        ({"owned": {"a": [1]}}, "TopicPartitions must be empty when (re-)joining."),
        ({"topics": None}, "Either SubscribedTopicNames or SubscribedTopicRegex must be non-null when (re-)joining."),
        ({"epoch": -2}, "InstanceId can't be null."),
        ({"epoch": -3}, "MemberEpoch is invalid."),
    ],
)
def test_requests_that_say_too_little(talk: Talk, fields: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {
        "member_id": "m1",
        "epoch": 0,
        "topics": ["a"],
        "owned": {},
        "rebalance_timeout_ms": 60_000,
    }
    response = talk.beat(**given | fields)
    assert (response.error_code, response.error_message) == (errors.INVALID_REQUEST, message)


def test_assignors(talk: Talk) -> None:
    unknown = talk.enter("m1", server_assignor="sticky")
    assert (unknown.error_code, unknown.error_message) == (
        errors.UNSUPPORTED_ASSIGNOR,
        "ServerAssignor sticky is not supported. Supported assignors: uniform, range.",
    )
    assert talk.told(talk.enter("m1", ["a", "b"], server_assignor="range")) == (0, 2, {"a": [0, 1, 2, 3], "b": [0, 1]})
    talk.enter("m2", ["a", "b"], server_assignor="range")
    assert talk.told(talk.beat("m1", 2)) == (0, 2, {"a": [0, 1], "b": [0]})
    assert talk.describe(talk.group_id).assignor_name == "range"


@pytest.mark.parametrize(
    ("regex", "words"),
    [
        ("[", "missing closing ]"),
        ("(", "missing closing )"),
        ("a**", "invalid nested repetition operator"),
        ("*", "missing argument to repetition operator"),
        ("(?=a)", "invalid or unsupported Perl syntax"),
        (r"\1", "invalid escape sequence"),
    ],
)
def test_expressions_that_are_none(talk: Talk, regex: str, words: str) -> None:
    response = talk.beat("m1", 0, owned={}, rebalance_timeout_ms=REBALANCE_MS, subscribed_topic_regex=regex)
    assert (response.error_code, response.error_message) == (
        errors.INVALID_REGULAR_EXPRESSION,
        f"SubscribedTopicRegex `{regex}` is not a valid regular expression: {words}.",
    )


def test_version_0_is_given_its_member_id(talk: Talk) -> None:
    response = talk.enter("", version=0)
    assert talk.told(response) == (0, 2, ALL)
    assert response.member_id is not None
    assert len(uuid_from_text(response.member_id)) == 16
