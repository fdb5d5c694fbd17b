"""Classic groups, every request in every state: what kafkalite answers, Apache Kafka answers.

Every expectation here was held against Apache Kafka 4.4.0 (`--broker=kafka`).
"""

from __future__ import annotations

import itertools
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient, NewTopic

from compat_tests.broker_process import Broker
from compat_tests.raw_protocol import RawConnection, frame_request
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_groups_request import DeleteGroupsRequest
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from kafkalite.protocol.messages.offset_commit_request import (
    OffsetCommitRequest,
    OffsetCommitRequestPartition,
    OffsetCommitRequestTopic,
)
from kafkalite.protocol.messages.offset_delete_request import (
    OffsetDeleteRequest,
    OffsetDeleteRequestPartition,
    OffsetDeleteRequestTopic,
)
from kafkalite.protocol.messages.offset_fetch_request import OffsetFetchRequest, OffsetFetchRequestGroup
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment
from kafkalite.protocol.registry import response_class, response_header_version

TOPIC = "classic-groups"
DEADLINE_S = 30.0
PATIENCE_S = 0.25
"""Time without an answer after which a request counts as waiting."""

EMPTY, PREPARING, COMPLETING, STABLE = "Empty", "PreparingRebalance", "CompletingRebalance", "Stable"
STATES = (EMPTY, PREPARING, COMPLETING, STABLE)
WAITS = "waits"

_numbers = itertools.count(1)


def subscription(*topics: str) -> bytes:
    """Return what a consumer of the topics says of itself, in version 0."""
    body = b"".join(len(topic).to_bytes(2) + topic.encode() for topic in topics)
    return b"\0\0" + len(topics).to_bytes(4) + body + b"\xff\xff\xff\xff"


class Voice:
    """One connection, on which one request at a time may wait."""

    def __init__(self, port: int) -> None:
        self._connection = RawConnection(port)
        self._asked: tuple[int, int] | None = None

    def send(self, request: Any, version: int) -> None:
        """Send a request and let it wait."""
        out = bytearray()
        if response_header_version(request.API_KEY, version):
            out.append(0)  # no tagged fields in the header of a flexible request
        request.write(out, version)
        self._asked = (request.API_KEY, version)
        self._connection.send(frame_request(request.API_KEY, version, bytes(out)))

    def hear(self, patience_s: float = DEADLINE_S) -> Any:
        """Return the answer, None if there is none in time."""
        assert self._asked is not None
        api_key, version = self._asked
        self._connection._socket.settimeout(patience_s)
        try:
            (size,) = struct.unpack(">i", self._connection.receive(4))
        except TimeoutError:
            return None
        self._connection._socket.settimeout(DEADLINE_S)
        reply = self._connection.receive(size)
        position = 4 + response_header_version(api_key, version)
        self._asked = None
        return response_class(api_key).read(reply, position, version)[0]

    def ask(self, request: Any, version: int) -> Any:
        """Send a request and return its answer."""
        self.send(request, version)
        response = self.hear()
        assert response is not None, f"no answer to {request!r}"
        return response

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Group:
    """A separate group: a leader, a follower, and all other clients.

    Attributes:
        generation: the one that leader and follower know.
    """

    def __init__(self, broker: Broker) -> None:
        self.group_id = f"group-{next(_numbers)}"
        self._port = broker.port
        self._voices: list[Voice] = []
        self.leader = self.follower = ""
        self.generation = 0
        stranger = self.voice()
        deadline = time.monotonic() + DEADLINE_S
        while time.monotonic() < deadline:
            stranger.ask(FindCoordinatorRequest(key_type=0, coordinator_keys=[self.group_id]), 4)
            if self.describe() == ("Dead", errors.GROUP_ID_NOT_FOUND):
                return
        raise AssertionError("the coordinator does not come up")

    def voice(self) -> Voice:
        """Return a new connection."""
        self._voices.append(Voice(self._port))
        return self._voices[-1]

    def close(self) -> None:
        """Hang up everywhere."""
        for voice in self._voices:
            voice.close()

    # ---- requests ----------------------------------------------------------------------------------------------------

    def describe(self) -> tuple[str, int]:
        """Return the state and the error of DescribeGroups."""
        [group] = self.voice().ask(DescribeGroupsRequest(groups=[self.group_id]), 6).groups
        return group.group_state, group.error_code

    def join_request(self, member_id: str = "", **fields: Any) -> JoinGroupRequest:
        """Return a JoinGroup."""
        known = fields.pop("protocols", {"range": subscription(TOPIC)})
        defaults = {"session_timeout_ms": 30_000, "rebalance_timeout_ms": 30_000, "protocol_type": "consumer"}
        protocols = [JoinGroupRequestProtocol(name=name, metadata=data) for name, data in known.items()]
        return JoinGroupRequest(
            group_id=self.group_id, member_id=member_id, protocols=protocols, **{**defaults, **fields}
        )

    def join(self, member_id: str = "", version: int = 9, **fields: Any) -> Any:
        """Send a JoinGroup and return the answer, or the voice that waits for it."""
        voice = self.voice()
        voice.send(self.join_request(member_id, **fields), version)
        return voice.hear(PATIENCE_S) or voice

    def sync_request(self, member_id: str, generation: int | None = None, **fields: Any) -> SyncGroupRequest:
        """Return a SyncGroup."""
        assignments = [SyncGroupRequestAssignment(member_id=member_id, assignment=member_id.encode())]
        defaults = {
            "protocol_type": "consumer",
            "protocol_name": "range",
            "assignments": assignments if member_id == self.leader else [],
        }
        return SyncGroupRequest(
            group_id=self.group_id,
            member_id=member_id,
            generation_id=self.generation if generation is None else generation,
            **{**defaults, **fields},
        )

    def sync(self, member_id: str, generation: int | None = None, **fields: Any) -> Any:
        """Send a SyncGroup and return its error code, or that it waits."""
        voice = self.voice()
        voice.send(self.sync_request(member_id, generation, **fields), 5)
        response = voice.hear(PATIENCE_S)
        return WAITS if response is None else response.error_code

    def heartbeat(self, member_id: str, generation: int | None = None, instance_id: str | None = None) -> int:
        """Heartbeat."""
        request = HeartbeatRequest(
            group_id=self.group_id,
            member_id=member_id,
            generation_id=self.generation if generation is None else generation,
            group_instance_id=instance_id,
        )
        return int(self.voice().ask(request, 4).error_code)

    def leave(self, member_id: str, instance_id: str | None = None) -> list[int]:
        """LeaveGroup; returns the error of the whole and those of the members."""
        identity = MemberIdentity(member_id=member_id, group_instance_id=instance_id)
        response = self.voice().ask(LeaveGroupRequest(group_id=self.group_id, members=[identity]), 5)
        return [response.error_code, *(one.error_code for one in response.members)]

    def commit(self, member_id: str = "", generation: int = -1, version: int = 9, **fields: Any) -> int:
        """OffsetCommit of one partition."""
        partition = OffsetCommitRequestPartition(partition_index=fields.pop("partition", 0), committed_offset=1)
        topic = OffsetCommitRequestTopic(name=fields.pop("topic", TOPIC), partitions=[partition])
        request = OffsetCommitRequest(
            group_id=self.group_id,
            member_id=member_id,
            generation_id_or_member_epoch=generation,
            topics=[topic],
            **fields,
        )
        return int(self.voice().ask(request, version).topics[0].partitions[0].error_code)

    def delete_offset(self, topic: str) -> int:
        """OffsetDelete; returns the error of the whole or of the partition."""
        wanted = OffsetDeleteRequestTopic(name=topic, partitions=[OffsetDeleteRequestPartition(partition_index=0)])
        response = self.voice().ask(OffsetDeleteRequest(group_id=self.group_id, topics=[wanted]), 0)
        return int(response.error_code or response.topics[0].partitions[0].error_code)

    def delete(self) -> int:
        """DeleteGroups."""
        return int(self.voice().ask(DeleteGroupsRequest(groups_names=[self.group_id]), 2).results[0].error_code)

    # ---- stories -----------------------------------------------------------------------------------------------------

    def bring_to(self, state: str) -> None:
        """Bring a leader and a follower into a state; in Empty both have left."""
        first = self._enter()
        leader = first.hear()
        second = self._enter()
        self._await(PREPARING)
        again = self.voice()
        again.send(self.join_request(leader.member_id), 9)
        self.leader, self.follower = leader.member_id, second.hear().member_id
        joined = again.hear()
        self.generation = joined.generation_id
        assert joined.leader == self.leader
        if state != COMPLETING:
            waiting, leading = self.voice(), self.voice()
            waiting.send(self.sync_request(self.follower), 5)
            leading.send(self.sync_request(self.leader), 5)
            assert (leading.hear().error_code, waiting.hear().error_code) == (errors.NONE, errors.NONE)
        if state == EMPTY:
            assert [self.leave(self.leader), self.leave(self.follower)] == [[0, 0], [0, 0]]
        elif state == PREPARING:
            self._enter()  # a third one, which waits for the two
        self._await(state)

    def _await(self, state: str) -> None:
        """Wait until requests that were sent on other connections have had their effect."""
        deadline = time.monotonic() + DEADLINE_S
        while self.describe() != (state, errors.NONE):
            assert time.monotonic() < deadline, f"the group is {self.describe()}, not {state}"

    def _enter(self) -> Voice:
        """Join as a new member; the answer is not read yet."""
        voice = self.voice()
        refused = voice.ask(self.join_request(), 9)
        assert refused.error_code == errors.MEMBER_ID_REQUIRED
        voice.send(self.join_request(refused.member_id), 9)
        return voice


@pytest.fixture(scope="session")
def topics(broker: Broker) -> None:
    """Let there be the topic of the group, and another."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap_servers, "log_level": 2})
    for future in admin.create_topics([NewTopic(TOPIC, 2, 1), NewTopic("other", 1, 1)]).values():
        future.result(DEADLINE_S)


@pytest.fixture
def group(broker: Broker, topics: None) -> Iterator[Group]:
    """Return a new group."""
    one = Group(broker)
    yield one
    one.close()


def told(reply: Any) -> Any:
    """Return the error code of an answer, or that there is none yet."""
    return WAITS if isinstance(reply, Voice) else reply.error_code


OTHER = {"range": subscription("other")}
UNKNOWN, OLD, REBALANCE = errors.UNKNOWN_MEMBER_ID, errors.ILLEGAL_GENERATION, errors.REBALANCE_IN_PROGRESS
INCONSISTENT, NON_EMPTY, SUBSCRIBED = (
    errors.INCONSISTENT_GROUP_PROTOCOL,
    errors.NON_EMPTY_GROUP,
    errors.GROUP_SUBSCRIBED_TO_TOPIC,
)

CELLS: dict[str, tuple[Callable[[Group], Any], tuple[Any, Any, Any, Any]]] = {
    "a new member of version 3 joins": (lambda g: told(g.join(version=3)), (0, WAITS, WAITS, WAITS)),
    "a new member of version 4 joins": (lambda g: told(g.join(version=4)), (errors.MEMBER_ID_REQUIRED,) * 4),
    "a new static member joins": (
        lambda g: told(g.join(group_instance_id="new")),
        (0, WAITS, WAITS, WAITS),
    ),
    "the follower joins again": (lambda g: told(g.join(g.follower)), (UNKNOWN, WAITS, 0, 0)),
    "the follower joins with another subscription": (
        lambda g: told(g.join(g.follower, protocols=OTHER)),
        (UNKNOWN, WAITS, WAITS, WAITS),
    ),
    "the leader joins again": (lambda g: told(g.join(g.leader)), (UNKNOWN, WAITS, 0, WAITS)),
    "nobody joins": (lambda g: told(g.join("nobody")), (UNKNOWN,) * 4),
    "an unknown static member joins with an id": (
        lambda g: told(g.join("nobody", group_instance_id="i")),
        (UNKNOWN,) * 4,
    ),
    "somebody joins with another protocol": (
        lambda g: told(g.join(protocols={"sticky": b""})),
        (errors.MEMBER_ID_REQUIRED, INCONSISTENT, INCONSISTENT, INCONSISTENT),
    ),
    "somebody joins for another purpose": (
        lambda g: told(g.join(protocol_type="connect")),
        (errors.MEMBER_ID_REQUIRED, INCONSISTENT, INCONSISTENT, INCONSISTENT),
    ),
    "somebody joins without a purpose": (lambda g: told(g.join(protocol_type="")), (INCONSISTENT,) * 4),
    "somebody joins without protocols": (lambda g: told(g.join(protocols={})), (INCONSISTENT,) * 4),
    "the follower joins without protocols": (
        lambda g: told(g.join(g.follower, protocols={})),
        (INCONSISTENT,) * 4,
    ),
    "somebody joins for too short a session": (
        lambda g: told(g.join(session_timeout_ms=10)),
        (errors.INVALID_SESSION_TIMEOUT,) * 4,
    ),
    "the follower syncs": (lambda g: g.sync(g.follower), (UNKNOWN, REBALANCE, WAITS, 0)),
    "the leader syncs": (lambda g: g.sync(g.leader), (UNKNOWN, REBALANCE, 0, 0)),
    "nobody syncs": (lambda g: g.sync("nobody"), (UNKNOWN,) * 4),
    "the follower syncs an old generation": (
        lambda g: g.sync(g.follower, g.generation - 1),
        (UNKNOWN, OLD, OLD, OLD),
    ),
    "the follower syncs another protocol": (
        lambda g: g.sync(g.follower, protocol_name="sticky"),
        (UNKNOWN, INCONSISTENT, INCONSISTENT, INCONSISTENT),
    ),
    "the follower syncs another type of protocol": (
        lambda g: g.sync(g.follower, protocol_type="connect"),
        (UNKNOWN, INCONSISTENT, INCONSISTENT, INCONSISTENT),
    ),
    "the follower syncs without a protocol": (
        lambda g: g.sync(g.follower, protocol_name=None),
        (INCONSISTENT,) * 4,
    ),
    "the follower syncs as a static member": (
        lambda g: g.sync(g.follower, group_instance_id="i"),
        (UNKNOWN,) * 4,
    ),
    "the follower's heartbeat": (lambda g: g.heartbeat(g.follower), (UNKNOWN, REBALANCE, 0, 0)),
    "nobody's heartbeat": (lambda g: g.heartbeat("nobody"), (UNKNOWN,) * 4),
    "the follower's heartbeat of an old generation": (
        lambda g: g.heartbeat(g.follower, g.generation - 1),
        (UNKNOWN, OLD, OLD, OLD),
    ),
    "the follower's heartbeat as a static member": (
        lambda g: g.heartbeat(g.follower, instance_id="i"),
        (UNKNOWN,) * 4,
    ),
    "the follower leaves": (lambda g: g.leave(g.follower), ([0, UNKNOWN], [0, 0], [0, 0], [0, 0])),
    "nobody leaves": (lambda g: g.leave("nobody"), ([0, UNKNOWN],) * 4),
    "an unknown static member is removed": (lambda g: g.leave("", "i"), ([0, UNKNOWN],) * 4),
    "the follower leaves as a static member": (lambda g: g.leave(g.follower, "i"), ([0, UNKNOWN],) * 4),
    "the state after the follower left": (
        lambda g: (g.leave(g.follower), g.describe()[0])[1],
        (EMPTY, PREPARING, PREPARING, PREPARING),
    ),
    "the follower commits": (lambda g: g.commit(g.follower, g.generation), (UNKNOWN, 0, REBALANCE, 0)),
    "the follower commits for an old generation": (
        lambda g: g.commit(g.follower, g.generation - 1),
        (UNKNOWN, OLD, OLD, OLD),
    ),
    "the follower commits without a generation": (lambda g: g.commit(g.follower), (0, OLD, OLD, OLD)),
    "nobody commits": (lambda g: g.commit("nobody", g.generation), (UNKNOWN,) * 4),
    "somebody commits without membership": (lambda g: g.commit(), (0, UNKNOWN, UNKNOWN, UNKNOWN)),
    "the follower commits as a static member": (
        lambda g: g.commit(g.follower, g.generation, group_instance_id="i"),
        (UNKNOWN,) * 4,
    ),
    "an offset of a topic that members read is deleted": (
        lambda g: g.delete_offset(TOPIC),
        (0, SUBSCRIBED, SUBSCRIBED, SUBSCRIBED),
    ),
    "an offset of another topic is deleted": (lambda g: g.delete_offset("other"), (0, 0, 0, 0)),
    "an offset of no topic is deleted": (
        lambda g: g.delete_offset("nothing"),
        (errors.UNKNOWN_TOPIC_OR_PARTITION,) * 4,
    ),
    "the group is deleted": (lambda g: g.delete(), (0, NON_EMPTY, NON_EMPTY, NON_EMPTY)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("cell", CELLS)
def test_every_request_in_every_state(group: Group, cell: str, state: str) -> None:
    action, expected = CELLS[cell]
    group.bring_to(state)
    assert action(group) == expected[STATES.index(state)]


NO_GROUP: dict[str, tuple[Callable[[Group], Any], Any]] = {
    "a member joins": (lambda g: told(g.join("m")), UNKNOWN),
    "a member syncs": (lambda g: g.sync("m", 1), UNKNOWN),
    "a member's heartbeat": (lambda g: g.heartbeat("m", 1), UNKNOWN),
    "a member leaves": (lambda g: g.leave("m"), [0, UNKNOWN]),
    "a member of version 8 commits": (lambda g: g.commit("m", 1, version=8), OLD),
    "a member of version 9 commits": (lambda g: g.commit("m", 1, version=9), errors.GROUP_ID_NOT_FOUND),
    "somebody commits without membership": (lambda g: g.commit(), 0),
    "somebody commits for no topic": (lambda g: g.commit(topic="nothing"), errors.UNKNOWN_TOPIC_OR_PARTITION),
    "somebody commits for no partition": (lambda g: g.commit(partition=9), errors.UNKNOWN_TOPIC_OR_PARTITION),
    "an offset is deleted": (lambda g: g.delete_offset(TOPIC), errors.GROUP_ID_NOT_FOUND),
    "the group is deleted": (lambda g: g.delete(), errors.GROUP_ID_NOT_FOUND),
}


@pytest.mark.parametrize("cell", NO_GROUP)
def test_every_request_of_a_group_that_is_not_there(group: Group, cell: str) -> None:
    action, expected = NO_GROUP[cell]
    assert action(group) == expected


def test_what_a_first_member_is_told(group: Group) -> None:
    refused = group.join()
    assert (refused.error_code, refused.generation_id, refused.leader) == (errors.MEMBER_ID_REQUIRED, -1, "")
    assert (refused.protocol_type, refused.protocol_name, refused.members) == (None, None, [])
    assert refused.member_id.startswith("raw-")
    joined = group.join(refused.member_id)
    assert (joined.generation_id, joined.leader, joined.skip_assignment) == (1, joined.member_id, False)
    assert (joined.protocol_type, joined.protocol_name) == ("consumer", "range")


@pytest.mark.parametrize("version", [8, 9])
def test_a_static_leader_that_comes_back(group: Group, version: int) -> None:
    old = group.join(group_instance_id="i", version=version).member_id
    group.leader, group.generation = old, 1
    assert group.sync(old, group_instance_id="i") == errors.NONE
    back = group.join(group_instance_id="i", version=version)
    is_told = version >= 9
    assert (back.error_code, back.generation_id, back.skip_assignment) == (errors.NONE, 1, is_told)
    assert back.leader == (back.member_id if is_told else old)
    assert len(back.members) == (1 if is_told else 0)
    assert group.heartbeat(old, instance_id="i") == errors.FENCED_INSTANCE_ID
    assert group.heartbeat(old) == errors.UNKNOWN_MEMBER_ID
    assert group.heartbeat(back.member_id, instance_id="i") == errors.NONE
    assert group.commit(old, 1, group_instance_id="i") == errors.FENCED_INSTANCE_ID
    assert group.leave(old, "i") == [0, errors.FENCED_INSTANCE_ID]
    assert told(group.join(old, group_instance_id="i")) == errors.FENCED_INSTANCE_ID
    assert group.leave("", "i") == [0, errors.NONE]
    assert group.describe() == (EMPTY, errors.NONE)


def test_the_offsets_of_nobody(group: Group) -> None:
    request = OffsetFetchRequest(groups=[OffsetFetchRequestGroup(group_id=group.group_id, topics=None)])
    [found] = group.voice().ask(request, 9).groups
    assert (found.error_code, found.topics) == (errors.NONE, [])


def test_a_description_of_every_state(group: Group) -> None:
    group.bring_to(STABLE)
    [described] = group.voice().ask(DescribeGroupsRequest(groups=[group.group_id]), 6).groups
    assert (described.protocol_type, described.protocol_data) == ("consumer", "range")
    [leader] = [one for one in described.members if one.member_id == group.leader]
    assert (leader.client_id, leader.client_host) == ("raw", "/127.0.0.1")
    assert (leader.member_metadata, leader.member_assignment) == (subscription(TOPIC), group.leader.encode())
