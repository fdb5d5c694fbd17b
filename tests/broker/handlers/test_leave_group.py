"""LeaveGroup through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.leave_group_request import LeaveGroupRequest, MemberIdentity
from tests.broker.handlers.group_conversation import answer, join
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(6))
def test_members_leave_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    member_id = answer(join(broker)).member_id

    def leave(member: str, group_id: str = "g") -> list[int]:
        """Return the error of the request, and from version 3 on those of the members."""
        request = LeaveGroupRequest(group_id=group_id)
        if version >= 3:
            request.members = [MemberIdentity(member_id=member)]
        else:
            request.member_id = member
        response = broker.ask(request, version)
        return [response.error_code, *(one.error_code for one in response.members)]

    unknown = [errors.NONE, errors.UNKNOWN_MEMBER_ID] if version >= 3 else [errors.UNKNOWN_MEMBER_ID]
    assert leave("unknown") == unknown
    assert leave(member_id, "another") == unknown
    assert leave(member_id, "") == [errors.INVALID_GROUP_ID]
    assert leave(member_id) == ([errors.NONE] * 2 if version >= 3 else [errors.NONE])
    assert leave(member_id) == unknown
