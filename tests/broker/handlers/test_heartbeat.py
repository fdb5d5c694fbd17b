"""Heartbeat through the router, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.heartbeat_request import HeartbeatRequest
from tests.broker.handlers.group_conversation import answer, join
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(5))
def test_heartbeats_in_every_version(version: int) -> None:
    broker = PlayedBroker()
    member_id = answer(join(broker)).member_id

    def beat(**fields: Any) -> int:
        request = HeartbeatRequest(**{"group_id": "g", "generation_id": 1, "member_id": member_id, **fields})
        return int(broker.ask(request, version).error_code)

    assert beat() == errors.NONE
    assert beat(member_id="unknown") == errors.UNKNOWN_MEMBER_ID
    assert beat(generation_id=0) == errors.ILLEGAL_GENERATION
    assert beat(group_id="another") == errors.UNKNOWN_MEMBER_ID
    assert beat(group_id="") == errors.INVALID_GROUP_ID
    join(broker)
    assert beat() == errors.REBALANCE_IN_PROGRESS
