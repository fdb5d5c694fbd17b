"""SyncGroup through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sync_group_request import SyncGroupRequest
from tests.broker.handlers.group_conversation import answer, join, join_request, sync_request
from tests.broker.played_broker import PlayedBroker, Waiting


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
    synced = answer(syncing)
    assert (synced.error_code, synced.assignment) == (errors.NONE, b"yours")
    assert (synced.protocol_type, synced.protocol_name) == (("consumer", "range") if version >= 5 else (None, None))
    refused = broker.ask(sync_request("unknown", 2, version), version)
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
