"""ListPartitionReassignments: the partitions whose replicas are being moved, with the brokers that come and go.

Version 0 (KIP-455).

Source: kafka.server.ControllerApis.handleListPartitionReassignments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.reassignments import list_partition_reassignments_steps

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.list_partition_reassignments_request import ListPartitionReassignmentsRequest
    from kafkalite.protocol.messages.list_partition_reassignments_response import ListPartitionReassignmentsResponse


class ListPartitionReassignmentsHandler:
    """Answers ListPartitionReassignments."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def list_partition_reassignments(
        self, context: RequestContext, request: ListPartitionReassignmentsRequest
    ) -> Steps[ListPartitionReassignmentsResponse]:
        """Return the reassignments of the named partitions, or all of them."""
        return list_partition_reassignments_steps(self._metadata.image, request)
