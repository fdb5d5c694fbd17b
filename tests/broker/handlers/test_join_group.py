"""JoinGroup through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from tests.broker.handlers.group_conversation import answer, join, join_request
from tests.broker.played_broker import PlayedBroker, Waiting


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
def test_a_member_that_waits_is_answered_in_its_version(version: int) -> None:
    broker = PlayedBroker()
    leader = answer(join(broker))
    waiting = join(broker, version)
    assert isinstance(waiting, Waiting) and waiting.response is None
    again = broker.ask(join_request(leader.member_id, rebalance_timeout_ms=60_000), 9)
    assert answer(again).generation_id == answer(waiting).generation_id == 2
    assert answer(waiting).members == []


@pytest.mark.parametrize("version", range(5, 10))
def test_a_static_member_that_is_fenced_while_it_waits_is_answered_in_its_version(version: int) -> None:
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
        ({"member_id": "unknown"}, errors.UNKNOWN_MEMBER_ID),
        ({"protocols": []}, errors.INCONSISTENT_GROUP_PROTOCOL),
        ({"protocol_type": ""}, errors.INCONSISTENT_GROUP_PROTOCOL),
    ],
)
def test_a_refused_member_is_answered_in_every_version(version: int, fields: dict[str, Any], error: int) -> None:
    broker = PlayedBroker()
    refused = broker.ask(join_request(**fields), version)
    assert (refused.error_code, refused.member_id) == (error, fields.get("member_id", ""))
    assert refused.protocol_name == ("" if version < 7 else None)


def test_a_closed_connection_leaves_no_request_waiting() -> None:
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
