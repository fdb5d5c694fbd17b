"""AlterConfigs: replace all configurations of topics, brokers, groups and client metrics subscriptions.

Versions 0-2:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible

Errors, each for one resource:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic
    INVALID_TOPIC_EXCEPTION       an illegal name
    INVALID_CONFIG                an unknown configuration, a value that is not valid
    INVALID_REQUEST               an unknown type of resource; another broker's name; a resource or a configuration
                                  named twice; a missing value; a broker's configuration that cannot change while it
                                  runs
    POLICY_VIOLATION              for all: more than 10,000 configurations would change
    KAFKA_STORAGE_ERROR           the metadata log cannot be written

Source: KafkaApis.handleAlterConfigsRequest, kafka.server.ConfigAdminManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.metadata.config_changes import alter_configs_steps
from kafkalite.cluster.configs.alter import replace_configs_steps
from kafkalite.model.steps import Pace
from kafkalite.protocol.messages.alter_configs_response import AlterConfigsResourceResponse, AlterConfigsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_configs_request import AlterConfigsRequest


class AlterConfigsHandler:
    """Answers AlterConfigs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def alter_configs(self, context: RequestContext, request: AlterConfigsRequest) -> Steps[AlterConfigsResponse]:
        """Replace the configurations of resources."""
        outcomes = yield from alter_configs_steps(
            self._broker, request.resources, replace_configs_steps, validate_only=request.validate_only
        )
        response = AlterConfigsResponse()
        pace = Pace()
        for resource, (code, message) in zip(request.resources, outcomes, strict=True):
            response.responses.append(
                AlterConfigsResourceResponse(
                    error_code=code,
                    error_message=message,
                    resource_type=resource.resource_type,
                    resource_name=resource.resource_name,
                )
            )
            if pace.is_due():
                yield
        return response
