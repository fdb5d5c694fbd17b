"""DescribeCluster: the brokers, the controller and the cluster's id.

Versions 0-2:
    0    brokers, controller, cluster id; authorized operations on demand (KIP-700)
    1    the expected type of the endpoint (KIP-919)
    2    fenced brokers on demand (KIP-1073)

Errors, for the request:
    MISMATCHED_ENDPOINT_TYPE      the client wants a controller, and this is a broker's listener
    UNSUPPORTED_ENDPOINT_TYPE     an unknown type (INVALID_REQUEST for either in version 0)

Source: kafka.server.KafkaApis.handleDescribeCluster, AuthHelper.computeDescribeClusterResponse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.authorized_operations import ALL_ON_CLUSTER, NOT_ASKED_FOR
from kafkalite.broker.metadata.live_brokers import describe_brokers
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_cluster_response import DescribeClusterBroker, DescribeClusterResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.describe_cluster_request import DescribeClusterRequest

BROKER_ENDPOINT = 1
CONTROLLER_ENDPOINT = 2


class DescribeClusterHandler:
    """Answers DescribeCluster."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def describe_cluster(self, context: RequestContext, request: DescribeClusterRequest) -> DescribeClusterResponse:
        """Return the cluster with the addresses that this client can reach."""
        if request.endpoint_type != BROKER_ENDPOINT:
            return _refuse(context.api_version, request.endpoint_type)
        brokers = describe_brokers(self._broker, context.connection, with_fenced=request.include_fenced_brokers)
        return DescribeClusterResponse(
            cluster_id=self._broker.cluster_id,
            controller_id=self._broker.node_id,
            brokers=[
                DescribeClusterBroker(
                    broker_id=broker.broker_id,
                    host=broker.host,
                    port=broker.port,
                    rack=broker.rack,
                    is_fenced=broker.is_fenced,
                )
                for broker in brokers
            ],
            cluster_authorized_operations=(
                ALL_ON_CLUSTER if request.include_cluster_authorized_operations else NOT_ASKED_FOR
            ),
        )


def _refuse(version: int, endpoint_type: int) -> DescribeClusterResponse:
    if endpoint_type == CONTROLLER_ENDPOINT:
        code, message = errors.MISMATCHED_ENDPOINT_TYPE, "This is an endpoint of type BROKER, not CONTROLLER."
    else:
        code, message = errors.UNSUPPORTED_ENDPOINT_TYPE, f"Unsupported endpoint type {endpoint_type}"
    return DescribeClusterResponse(error_code=code if version else errors.INVALID_REQUEST, error_message=message)
