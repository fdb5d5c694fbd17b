"""The checks that AddRaftVoter and RemoveRaftVoter share, in their order."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.broker.handlers.raft_voters import find_flaw, static_quorum
from kafkalite.protocol import errors
from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest

VALID: dict[str, Any] = {"cluster_id": "ours", "voter_id": 0, "voter_directory_id": b"d" * 16}


@pytest.mark.parametrize("cluster_id", [None, "ours"])
def test_a_valid_request_has_no_flaw(cluster_id: str | None) -> None:
    assert find_flaw(RemoveRaftVoterRequest(**VALID | {"cluster_id": cluster_id}), "ours") is None
    assert static_quorum().error_code == errors.UNSUPPORTED_VERSION


def test_the_cluster_is_checked_before_the_voter() -> None:
    flaw = find_flaw(RemoveRaftVoterRequest(**VALID | {"cluster_id": "another", "voter_id": -1}), "ours")
    assert flaw is not None
    assert flaw.error_code == errors.INCONSISTENT_CLUSTER_ID
    flaw = find_flaw(RemoveRaftVoterRequest(**VALID | {"voter_id": -1}), "ours")
    assert flaw is not None
    assert flaw.error_code == errors.INVALID_REQUEST
