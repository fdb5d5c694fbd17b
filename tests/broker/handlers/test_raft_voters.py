"""AddRaftVoter and RemoveRaftVoter of a quorum of the configuration, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest, Listener
from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest
from tests.broker.played_broker import PlayedBroker

VOTER: dict[str, Any] = {"cluster_id": None, "voter_id": 2, "voter_directory_id": b"d" * 16}


def add(version: int = 1, listener: str = "CONTROLLER", **changes: Any) -> int:
    listeners = [Listener(name=listener, host="127.0.0.1", port=9093)]
    answer = PlayedBroker().ask(AddRaftVoterRequest(**VOTER | changes, listeners=listeners), version)
    assert answer.error_message
    return int(answer.error_code)


def remove(**changes: Any) -> int:
    return int(PlayedBroker().ask(RemoveRaftVoterRequest(**VOTER | changes), 0).error_code)


@pytest.mark.parametrize("version", range(2))
def test_the_quorum_does_not_change(version: int) -> None:
    assert add(version) == errors.UNSUPPORTED_VERSION
    assert remove() == errors.UNSUPPORTED_VERSION
    own = PlayedBroker().broker.cluster_id
    assert add(version, cluster_id=own) == remove(cluster_id=own) == errors.UNSUPPORTED_VERSION


def test_requests_that_cannot_be_meant() -> None:
    assert add(cluster_id="another") == remove(cluster_id="another") == errors.INCONSISTENT_CLUSTER_ID
    assert add(voter_id=-1) == remove(voter_id=-1) == errors.INVALID_REQUEST
    assert add(voter_directory_id=bytes(16)) == remove(voter_directory_id=bytes(16)) == errors.INVALID_REQUEST
    assert add(listener="OTHER") == errors.INVALID_REQUEST
