"""AddRaftVoter, RemoveRaftVoter: changes of the quorum, which a quorum of the configuration refuses.

AddRaftVoter 0-1:
    1    whether to wait until the change is committed (KIP-1186)
RemoveRaftVoter 0

Errors:
    INCONSISTENT_CLUSTER_ID    another cluster's id
    INVALID_REQUEST            no voter's id or directory; to be added, no address of the controllers' listener
    UNSUPPORTED_VERSION        everything else: kraft.version is 0, the voters are those of the configuration

Source: org.apache.kafka.raft.KafkaRaftClient.{handleAddVoterRequest,handleRemoveVoterRequest} (KIP-853).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.uuids import ZERO_UUID
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.add_raft_voter_response import AddRaftVoterResponse
from kafkalite.protocol.messages.remove_raft_voter_response import RemoveRaftVoterResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest
    from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest


class RaftVotersHandler:
    """Answers AddRaftVoter and RemoveRaftVoter."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def add_raft_voter(self, context: RequestContext, request: AddRaftVoterRequest) -> AddRaftVoterResponse:
        """Say why no voter is added."""
        error = self._find_flaw(request)
        if error is None and self._listener_name() not in [listener.name for listener in request.listeners]:
            error = ApiError(errors.INVALID_REQUEST, f"The listener {self._listener_name()} has no address.")
        error = error or _static_quorum()
        return AddRaftVoterResponse(error_code=error.error_code, error_message=error.error_message)

    def remove_raft_voter(self, context: RequestContext, request: RemoveRaftVoterRequest) -> RemoveRaftVoterResponse:
        """Say why no voter is removed."""
        error = self._find_flaw(request) or _static_quorum()
        return RemoveRaftVoterResponse(error_code=error.error_code, error_message=error.error_message)

    def _find_flaw(self, request: AddRaftVoterRequest | RemoveRaftVoterRequest) -> ApiError | None:
        if request.cluster_id not in (None, self._broker.cluster_id):
            return ApiError(errors.INCONSISTENT_CLUSTER_ID, "The cluster has another id.")
        if request.voter_id < 0 or bytes(request.voter_directory_id) == ZERO_UUID:
            return ApiError(errors.INVALID_REQUEST, "The voter has no id or no directory.")
        return None

    def _listener_name(self) -> str:
        """The controllers' listener, by which voters reach each other."""
        return self._broker.settings.get_list("controller.listener.names")[0]


def _static_quorum() -> ApiError:
    return ApiError(errors.UNSUPPORTED_VERSION, "The quorum cannot change while kraft.version is 0.")
