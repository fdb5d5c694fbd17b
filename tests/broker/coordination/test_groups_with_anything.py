"""Requests about groups with any content are answered, the shard goes on, and its log can be read again."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.primitives import Message
from tests.broker.handlers.group_conversation import answer, join, join_request
from tests.broker.played_broker import PlayedBroker
from tests.protocol.message_samples import BY_NAME, Struct
from tests.protocol.message_samples import Message as Schema
from tests.protocol.message_strategies import messages_of

REQUESTS = (
    "JoinGroupRequest",
    "SyncGroupRequest",
    "HeartbeatRequest",
    "LeaveGroupRequest",
    "OffsetCommitRequest",
    "OffsetFetchRequest",
    "OffsetDeleteRequest",
    "ListGroupsRequest",
    "DescribeGroupsRequest",
    "DeleteGroupsRequest",
)
PLAUSIBLE: dict[str, list[Any]] = {
    "group_id": ["g", "h", ""],
    "groups_names": [["g"], ["h", "g"], [""]],
    "protocol_type": ["consumer", ""],
    "protocol_name": ["range"],
    "generation_id": [-1, 0, 1, 2, 2**31 - 1],
    "generation_id_or_member_epoch": [-1, 0, 1, 2],
    "group_instance_id": ["i", "j"],
    "member_id": ["", "0", "1", "2"],
    "session_timeout_ms": [6_000, 1_800_000],
    "partition_index": [0, 1, -1],
}


def make_plausible(draw: st.DrawFn, schema: Schema, struct: Struct, version: int, message: Message) -> None:
    """Give fields, here and below, values that lead further than to the first check."""
    for field in struct.fields:
        if version not in field.versions:
            continue
        value = getattr(message, field.attribute)
        if isinstance(value, list) and field.is_struct:
            for item in value:
                make_plausible(draw, schema, schema.nested[field.element], version, item)
        choices = PLAUSIBLE.get(field.attribute)
        if field.attribute == "name":
            choices = ["range"] if schema.name == "JoinGroupRequest" else ["orders"]
        if choices and value is not None and draw(st.integers(0, 3)):
            setattr(message, field.attribute, draw(st.sampled_from(choices)))


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[Any, int]]:
    """Return requests with their versions; member ids are "0" to "2" for those of members there are."""
    steps = []
    for _ in range(draw(st.integers(1, 8))):
        message = BY_NAME[draw(st.sampled_from(REQUESTS))]
        version = draw(st.sampled_from(list(message.versions)))
        request = draw(messages_of(message, version))
        make_plausible(draw, message, message.top, version, request)
        steps.append((request, version))
    return steps


def name_members(message: Message, members: list[str]) -> None:
    """Put real member ids in the place of "0" to "2"."""
    for name in message.__slots__:
        value = getattr(message, name)
        if isinstance(value, list):
            for item in value:
                if isinstance(item, Message):
                    name_members(item, members)
        elif name == "member_id" and value in ("0", "1", "2"):
            message.member_id = members[int(value)]  # type: ignore[attr-defined]


@settings(max_examples=60, deadline=None)
@given(story=stories(), waits_ms=st.lists(st.sampled_from([0, 1_000, 20_000, 700_000]), min_size=8, max_size=8))
def test_requests_in_any_order(story: list[tuple[Any, int]], waits_ms: list[int]) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", 2)
    members = [answer(join(broker, group_id="g")).member_id, answer(join(broker, group_id="h")).member_id]
    static = broker.ask(join_request(group_id="h", group_instance_id="i", rebalance_timeout_ms=10_000), 9)
    members.append(answer(static).member_id if answer_is_there(static) else "later")
    for (request, version), wait_ms in zip(story, waits_ms, strict=False):
        name_members(request, members)
        try:
            broker.ask(request, version)
        except ProtocolViolation:
            pass  # the connection is closed
        broker.pass_time(wait_ms)
        assert not broker.bugs, broker.bugs
    known = {one.group_id for one in broker.ask(ListGroupsRequest(), 5).groups}
    offsets = {one: broker.broker.groups.read(one, lambda shard: shard.context.offsets.state()) for one in known}
    restarted = broker.restart(clean=False)
    assert {one.group_id for one in restarted.ask(ListGroupsRequest(), 5).groups} == known
    for one, state in offsets.items():
        assert restarted.broker.groups.read(one, lambda shard: shard.context.offsets.state()) == state
    assert not restarted.bugs


def answer_is_there(reply: Any) -> bool:
    """Whether a request was answered at once."""
    return getattr(reply, "response", reply) is not None
