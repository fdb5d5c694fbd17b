"""RemoveRaftVoter: remove a voter from the quorum; the quorum of the configuration refuses it.

Version 0 (KIP-853).

Errors, for the request:
    INCONSISTENT_CLUSTER_ID    another cluster's id
    INVALID_REQUEST            no voter's id or directory
    UNSUPPORTED_VERSION        any other request: kraft.version is 0, the voters are those of the configuration

Source: org.apache.kafka.raft.KafkaRaftClient.handleRemoveVoterRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.raft_voters import find_flaw, static_quorum
from kafkalite.protocol.messages.remove_raft_voter_response import RemoveRaftVoterResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.remove_raft_voter_request import RemoveRaftVoterRequest


class RemoveRaftVoterHandler:
    """Answers RemoveRaftVoter."""

    def __init__(self, broker: Broker) -> None:
        self._cluster_id = broker.cluster_id

    def remove_raft_voter(self, context: RequestContext, request: RemoveRaftVoterRequest) -> RemoveRaftVoterResponse:
        """Refuse to remove the voter, with the reason."""
        error = find_flaw(request, self._cluster_id) or static_quorum()
        return RemoveRaftVoterResponse(error_code=error.error_code, error_message=error.error_message)
