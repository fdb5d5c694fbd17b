"""ListConfigResources: the resources that have configurations, or can have them.

Versions 0-1:
    0    client metrics subscriptions (KIP-714)
    1    all types of resources (KIP-1142)

Errors, for the request:
    UNSUPPORTED_VERSION    a type of resource that the version does not have

Source: KafkaApis.handleListConfigResources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.configs.list_resources import ALL_TYPES, list_config_resources
from kafkalite.cluster.resource_types import CLIENT_METRICS
from kafkalite.protocol import errors
from kafkalite.protocol.messages.list_config_resources_response import ConfigResource, ListConfigResourcesResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest


class ListConfigResourcesHandler:
    """Answers ListConfigResources."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def list_config_resources(
        self, context: RequestContext, request: ListConfigResourcesRequest
    ) -> ListConfigResourcesResponse:
        """Return the resources of the requested types, or of all types."""
        supported = ALL_TYPES if context.api_version else (CLIENT_METRICS,)
        wanted = request.resource_types if context.api_version and request.resource_types else supported
        if any(resource_type not in supported for resource_type in wanted):
            return ListConfigResourcesResponse(error_code=errors.UNSUPPORTED_VERSION)
        return ListConfigResourcesResponse(
            config_resources=[
                ConfigResource(resource_name=name, resource_type=resource_type)
                for resource_type, name in list_config_resources(self._metadata.image, wanted)
            ]
        )
