"""The operations that a shard calls are those of the classic protocol, also for a group that does not exist yet."""

from __future__ import annotations

import pytest

from kafkalite.coordinators.group.classic.group import ClassicGroup
from kafkalite.coordinators.group.classic.operations import ClassicOperations
from kafkalite.coordinators.group.context import Caller
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from kafkalite.protocol.messages.join_group_request import JoinGroupRequest, JoinGroupRequestProtocol
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest
from tests.coordinators.group.conversation import Conversation
from tests.coordinators.runtime.test_runtime import Waiting

CALLER = Caller("client", "/127.0.0.1", 9)


def test_a_first_member_begins_a_group() -> None:
    context = Conversation().shard.context
    operations = ClassicOperations(context)
    request = JoinGroupRequest(
        group_id="g",
        session_timeout_ms=10_000,
        rebalance_timeout_ms=10_000,
        protocol_type="consumer",
        protocols=[JoinGroupRequestProtocol(name="range", metadata=b"")],
    )
    result = operations.join(None, CALLER, request, Waiting())
    assert result.response.error_code == errors.MEMBER_ID_REQUIRED
    assert isinstance(context.groups["g"], ClassicGroup)


def test_members_that_are_unknown_are_refused() -> None:
    operations = ClassicOperations(Conversation().shard.context)
    group = ClassicGroup("g", 0)
    heartbeat = HeartbeatRequest(group_id="g", member_id="m", generation_id=1)
    sync = SyncGroupRequest(group_id="g", member_id="m", generation_id=1)
    for operation in (
        lambda: operations.heartbeat_of_classic_member(group, heartbeat),
        lambda: operations.sync(group, sync, Waiting()),
    ):
        with pytest.raises(ApiError) as caught:
            operation()
        assert caught.value.error_code == errors.UNKNOWN_MEMBER_ID
    left = operations.leave(group, LeaveGroupRequest(group_id="g", members=[MemberIdentity(member_id="m")])).response
    assert [member.error_code for member in left.members] == [errors.UNKNOWN_MEMBER_ID]
