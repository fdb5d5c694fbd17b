"""JoinGroup, SyncGroup, Heartbeat and LeaveGroup through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment
from tests.broker.played_broker import PlayedBroker, Waiting


def join_request(member_id: str = "", group_id: str = "g", **fields: Any) -> JoinGroupRequest:
    protocols = [JoinGroupRequestProtocol(name="range", metadata=b"what it wants")]
    defaults: dict[str, Any] = {"session_timeout_ms": 10_000, "protocol_type": "consumer", "protocols": protocols}
    return JoinGroupRequest(group_id=group_id, member_id=member_id, **{**defaults, **fields})


def answer(reply: Any) -> Any:
    """Return an answer that has come."""
    if isinstance(reply, Waiting):
        assert reply.response is not None, "there is no answer yet"
        return reply.response
    return reply


def join(broker: PlayedBroker, version: int = 9, **fields: Any) -> Any:
    """Join as a new member; return the answer that lets it in, or the ``Waiting`` for it."""
    if version >= 1:
        fields.setdefault("rebalance_timeout_ms", 60_000)
    reply = broker.ask(join_request(**fields), version)
    if version >= 4 and answer(reply).error_code == errors.MEMBER_ID_REQUIRED:
        reply = broker.ask(join_request(answer(reply).member_id, **fields), version)
    return reply


def sync_request(member_id: str, generation: int, version: int = 5, **assignments: bytes) -> SyncGroupRequest:
    is_told = version >= 5
    return SyncGroupRequest(
        group_id="g",
        generation_id=generation,
        member_id=member_id,
        protocol_type="consumer" if is_told else None,
        protocol_name="range" if is_told else None,
        assignments=[SyncGroupRequestAssignment(member_id=one, assignment=data) for one, data in assignments.items()],
    )


@pytest.mark.parametrize("version", range(10))
def test_a_member_joins_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    first = broker.ask(join_request(), version)
    if version >= 4:
        refused = answer(first)
        assert (refused.error_code, refused.leader, refused.members) == (errors.MEMBER_ID_REQUIRED, "", [])
        assert refused.protocol_name == ("" if version < 7 else None)
        first = broker.ask(join_request(refused.member_id), version)
    joined = answer(first)
    assert (joined.error_code, joined.generation_id, joined.protocol_name) == (errors.NONE, 1, "range")
    assert joined.leader == joined.member_id == joined.members[0].member_id
    assert joined.member_id.startswith("test-")
    assert joined.members[0].metadata == b"what it wants"
    assert joined.protocol_type == ("consumer" if version >= 7 else None)


def test_a_client_without_a_name_joins() -> None:
    broker = PlayedBroker()
    reply = broker.ask(join_request(), 3, client_id=None)
    assert answer(reply).member_id.startswith("-")


def test_version_0_waits_for_others_as_long_as_its_session() -> None:
    broker = PlayedBroker()
    join(broker, 0)
    [member] = broker.broker.groups.read("g", lambda shard: shard.context.groups["g"]).members.values()
    assert (member.rebalance_timeout_ms, member.session_timeout_ms, member.client_host) == (
        10_000,
        10_000,
        "/127.0.0.1",
    )


@pytest.mark.parametrize("version", range(10))
def test_who_has_to_wait_is_answered_in_its_own_version(version: int) -> None:
    broker = PlayedBroker()
    leader = answer(join(broker))
    waiting = join(broker, version)
    assert isinstance(waiting, Waiting) and waiting.response is None
    again = broker.ask(join_request(leader.member_id, rebalance_timeout_ms=60_000), 9)
    assert answer(again).generation_id == answer(waiting).generation_id == 2
    assert answer(waiting).members == []


@pytest.mark.parametrize("version", range(5, 10))
def test_a_static_member_whose_place_is_taken_while_it_waits_hears_in_its_own_version(version: int) -> None:
    broker = PlayedBroker()
    join(broker)
    waiting = broker.ask(join_request(group_instance_id="i"), version)
    broker.ask(join_request(group_instance_id="i"), 9)
    fenced = answer(waiting)
    assert fenced.error_code == errors.FENCED_INSTANCE_ID
    assert fenced.protocol_name == ("" if version < 7 else None)


@pytest.mark.parametrize("version", range(10))
@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"group_id": ""}, errors.INVALID_GROUP_ID),
        ({"session_timeout_ms": 5999}, errors.INVALID_SESSION_TIMEOUT),
        ({"session_timeout_ms": 1_800_001}, errors.INVALID_SESSION_TIMEOUT),
        ({"session_timeout_ms": -1}, errors.INVALID_SESSION_TIMEOUT),
        ({"member_id": "nobody"}, errors.UNKNOWN_MEMBER_ID),
        ({"protocols": []}, errors.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": ""}, errors.INCONSISTENT_GROUP_PROTOCOL),
    ],
)
def test_who_is_not_let_in_hears_why_in_every_version(version: int, fields: dict[str, Any], error: int) -> None:
    broker = PlayedBroker()
    refused = broker.ask(join_request(**fields), version)
    assert (refused.error_code, refused.member_id) == (error, fields.get("member_id", ""))
    assert refused.protocol_name == ("" if version < 7 else None)


@pytest.mark.parametrize("version", range(6))
def test_members_sync_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    leader = answer(join(broker))
    waiting = join(broker)
    broker.ask(join_request(leader.member_id, rebalance_timeout_ms=60_000), 9)
    follower = answer(waiting).member_id
    syncing = broker.ask(sync_request(follower, 2, version), version)
    assert isinstance(syncing, Waiting) and syncing.response is None
    led = answer(broker.ask(sync_request(leader.member_id, 2, version, **{follower: b"yours"}), version))
    assert (led.error_code, led.assignment) == (errors.NONE, b"")
    told = answer(syncing)
    assert (told.error_code, told.assignment) == (errors.NONE, b"yours")
    assert (told.protocol_type, told.protocol_name) == (("consumer", "range") if version >= 5 else (None, None))
    refused = broker.ask(sync_request("nobody", 2, version), version)
    assert (refused.error_code, refused.assignment) == (errors.UNKNOWN_MEMBER_ID, b"")


@pytest.mark.parametrize(("version", "error"), [(4, errors.UNKNOWN_MEMBER_ID), (5, errors.INCONSISTENT_GROUP_PROTOCOL)])
def test_from_version_5_on_a_sync_names_the_protocol(version: int, error: int) -> None:
    request = SyncGroupRequest(group_id="g", generation_id=1, member_id="m", protocol_type="consumer")
    if version < 5:
        request.protocol_type = None
    assert PlayedBroker().ask(request, version).error_code == error


@pytest.mark.parametrize("version", range(6))
def test_a_sync_without_group_id_in_every_version(version: int) -> None:
    request = sync_request("m", 1, version)
    request.group_id = ""
    assert PlayedBroker().ask(request, version).error_code == errors.INVALID_GROUP_ID


@pytest.mark.parametrize("version", range(5))
def test_heartbeats_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    member_id = answer(join(broker)).member_id

    def beat(**fields: Any) -> int:
        request = HeartbeatRequest(**{"group_id": "g", "generation_id": 1, "member_id": member_id, **fields})
        return int(broker.ask(request, version).error_code)

    assert beat() == errors.NONE
    assert beat(member_id="nobody") == errors.UNKNOWN_MEMBER_ID
    assert beat(generation_id=0) == errors.ILLEGAL_GENERATION
    assert beat(group_id="another") == errors.UNKNOWN_MEMBER_ID
    assert beat(group_id="") == errors.INVALID_GROUP_ID
    join(broker)
    assert beat() == errors.REBALANCE_IN_PROGRESS


@pytest.mark.parametrize("version", range(6))
def test_members_leave_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    member_id = answer(join(broker)).member_id

    def leave(member: str, group_id: str = "g") -> list[int]:
        """Return the error of the whole, and from version 3 on those of the members."""
        request = LeaveGroupRequest(group_id=group_id)
        if version >= 3:
            request.members = [MemberIdentity(member_id=member)]
        else:
            request.member_id = member
        response = broker.ask(request, version)
        return [response.error_code, *(one.error_code for one in response.members)]

    nobody = [errors.NONE, errors.UNKNOWN_MEMBER_ID] if version >= 3 else [errors.UNKNOWN_MEMBER_ID]
    assert leave("nobody") == nobody
    assert leave(member_id, "another") == nobody
    assert leave(member_id, "") == [errors.INVALID_GROUP_ID]
    assert leave(member_id) == ([errors.NONE] * 2 if version >= 3 else [errors.NONE])
    assert leave(member_id) == nobody


def test_a_client_that_is_gone_leaves_nothing_waiting() -> None:
    broker = PlayedBroker()
    leader = answer(join(broker))
    waiting = join(broker)
    waiting.pending.abandon()
    again = broker.ask(join_request(leader.member_id, rebalance_timeout_ms=60_000), 9)
    assert answer(again).generation_id == 2
    assert waiting.response is None
    broker.pass_time(10_000)
    assert not broker.bugs


def test_a_thousand_groups_share_a_shard() -> None:
    broker = PlayedBroker()
    for index in range(1000):
        member = answer(join(broker, 3, group_id=f"g{index}"))
        assert member.generation_id == 1
    restarted = broker.restart(clean=False)
    groups = restarted.broker.groups.read("g0", lambda shard: dict(shard.context.groups))
    assert len(groups) == 1000
    restarted.pass_time(60_000)
    assert not restarted.bugs
