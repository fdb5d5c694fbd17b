"""What the tests of groups have in common: joins and syncs of the classic protocol, and a broker with two groups."""

from __future__ import annotations

from typing import Any

from kafkalite.protocol import errors
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest, SyncGroupRequestAssignment
from tests.broker.handlers.offsets_conversation import request_for
from tests.broker.played_broker import PlayedBroker, Waiting


def join_request(member_id: str = "", group_id: str = "g", **fields: Any) -> JoinGroupRequest:
    """Return the request of a consumer that joins."""
    protocols = [JoinGroupRequestProtocol(name="range", metadata=b"what it wants")]
    defaults: dict[str, Any] = {"session_timeout_ms": 10_000, "protocol_type": "consumer", "protocols": protocols}
    return JoinGroupRequest(group_id=group_id, member_id=member_id, **{**defaults, **fields})


def answer(reply: Any) -> Any:
    """Return the answer to a request, which may have waited for it."""
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
    """Return the request of a member of group "g"; the leader gives the assignments by member id."""
    is_checked = version >= 5
    return SyncGroupRequest(
        group_id="g",
        generation_id=generation,
        member_id=member_id,
        protocol_type="consumer" if is_checked else None,
        protocol_name="range" if is_checked else None,
        assignments=[SyncGroupRequestAssignment(member_id=one, assignment=data) for one, data in assignments.items()],
    )


def broker_with_groups() -> PlayedBroker:
    """Return a broker with the group "active" of one member, and "simple" that only commits, in two of five shards."""
    broker = PlayedBroker(properties={"offsets.topic.num.partitions": "5"})
    broker.create_topic("orders", 2)
    join(broker, group_id="active")
    broker.ask(request_for(broker, 9, {"orders": {0: 5, 1: 6}}, group_id="simple"), 9)
    assert broker.broker.groups.partition_of("active") != broker.broker.groups.partition_of("simple")
    return broker
