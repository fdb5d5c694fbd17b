"""The refusals that AddRaftVoter and RemoveRaftVoter share: the voters are those of the configuration.

Source: org.apache.kafka.raft.KafkaRaftClient.{handleAddVoterRequest,handleRemoveVoterRequest} (KIP-853).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest
    from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest


def find_flaw(request: AddRaftVoterRequest | RemoveRaftVoterRequest, cluster_id: str) -> ApiError | None:
    """Return the error of a request for another cluster, or without a voter's id and directory; else None."""
    if request.cluster_id not in (None, cluster_id):
        return ApiError(errors.INCONSISTENT_CLUSTER_ID, "The cluster has another id.")
    if request.voter_id < 0 or bytes(request.voter_directory_id) == ZERO_UUID:
        return ApiError(errors.INVALID_REQUEST, "The voter has no id or no directory.")
    return None


def static_quorum() -> ApiError:
    """Return the error of every valid request."""
    return ApiError(errors.UNSUPPORTED_VERSION, "The quorum cannot change while kraft.version is 0.")
