"""RemoveRaftVoter from a quorum of the configuration."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest
from tests.broker.played_broker import PlayedBroker


def remove(**changes: Any) -> int:
    voter: dict[str, Any] = {"cluster_id": None, "voter_id": 2, "voter_directory_id": b"d" * 16}
    answer = PlayedBroker().ask(RemoveRaftVoterRequest(**voter | changes), 0)
    assert answer.error_message
    return int(answer.error_code)


def test_no_voter_is_removed() -> None:
    assert remove() == errors.UNSUPPORTED_VERSION
    assert remove(cluster_id=PlayedBroker().broker.cluster_id) == errors.UNSUPPORTED_VERSION


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"cluster_id": "another"}, errors.INCONSISTENT_CLUSTER_ID),
        ({"voter_id": -1}, errors.INVALID_REQUEST),
        ({"voter_directory_id": bytes(16)}, errors.INVALID_REQUEST),
    ],
)
def test_an_invalid_request_is_refused_before(changes: dict[str, Any], error: int) -> None:
    assert remove(**changes) == error
