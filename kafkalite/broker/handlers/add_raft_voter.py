"""AddRaftVoter: add a voter to the quorum; the quorum of the configuration refuses it.

Versions 0-1:
    1    whether to wait until the change is committed (KIP-1186)

Errors, for the request:
    INCONSISTENT_CLUSTER_ID    another cluster's id
    INVALID_REQUEST            no voter's id or directory; no address of the controllers' listener
    UNSUPPORTED_VERSION        any other request: kraft.version is 0, the voters are those of the configuration

Source: org.apache.kafka.raft.KafkaRaftClient.handleAddVoterRequest (KIP-853).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.raft_voters import find_flaw, static_quorum
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.add_raft_voter_response import AddRaftVoterResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.add_raft_voter_request import AddRaftVoterRequest


class AddRaftVoterHandler:
    """Answers AddRaftVoter."""

    def __init__(self, broker: Broker) -> None:
        self._cluster_id = broker.cluster_id
        self._settings = broker.settings

    def add_raft_voter(self, context: RequestContext, request: AddRaftVoterRequest) -> AddRaftVoterResponse:
        """Refuse the voter, with the reason."""
        error = find_flaw(request, self._cluster_id)
        if error is None and self._listener_name() not in [listener.name for listener in request.listeners]:
            error = ApiError(errors.INVALID_REQUEST, f"The listener {self._listener_name()} has no address.")
        error = error or static_quorum()
        return AddRaftVoterResponse(error_code=error.error_code, error_message=error.error_message)

    def _listener_name(self) -> str:
        """Return the name of the controllers' listener, by which voters reach each other."""
        return self._settings.get_list("controller.listener.names")[0]
