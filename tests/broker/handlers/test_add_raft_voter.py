"""AddRaftVoter to a quorum of the configuration, in both versions."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest, Listener
from tests.broker.played_broker import PlayedBroker


def add(version: int = 1, listener: str = "CONTROLLER", **changes: Any) -> int:
    voter: dict[str, Any] = {"cluster_id": None, "voter_id": 2, "voter_directory_id": b"d" * 16}
    listeners = [Listener(name=listener, host="127.0.0.1", port=9093)]
    answer = PlayedBroker().ask(AddRaftVoterRequest(**voter | changes, listeners=listeners), version)
    assert answer.error_message
    return int(answer.error_code)


@pytest.mark.parametrize("version", range(2))
def test_no_voter_is_added(version: int) -> None:
    assert add(version) == errors.UNSUPPORTED_VERSION
    assert add(version, cluster_id=PlayedBroker().broker.cluster_id) == errors.UNSUPPORTED_VERSION


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"cluster_id": "another"}, errors.INCONSISTENT_CLUSTER_ID),
        ({"voter_id": -1}, errors.INVALID_REQUEST),
        ({"voter_directory_id": bytes(16)}, errors.INVALID_REQUEST),
        ({"listener": "OTHER"}, errors.INVALID_REQUEST),
    ],
)
def test_an_invalid_request_is_refused_before(changes: dict[str, Any], error: int) -> None:
    assert add(**changes) == error
