"""IncrementalAlterConfigs: set, delete, append to and subtract from single configurations, and set levels of loggers.

Versions 0-1 (KIP-339):
    1    flexible

Errors, each for one resource:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic
    INVALID_TOPIC_EXCEPTION       an illegal name
    INVALID_CONFIG                an unknown configuration, a value that is not valid, a list operation on no list
    INVALID_REQUEST               an unknown type of resource; another broker's name; a resource or a configuration
                                  named twice; a missing value; a broker's configuration that cannot change while it
                                  runs
    POLICY_VIOLATION              for all: more than 10,000 configurations would change
    KAFKA_STORAGE_ERROR           the metadata log cannot be written

Source: KafkaApis.handleIncrementalAlterConfigsRequest, kafka.server.ConfigAdminManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.logger_levels import alter_logger_levels
from kafkalite.broker.metadata.config_changes import alter_configs_steps
from kafkalite.cluster.configs.alter import incremental_alter_configs_steps
from kafkalite.cluster.resource_types import BROKER_LOGGER
from kafkalite.model.steps import Pace
from kafkalite.protocol.messages.incremental_alter_configs_response import (
    AlterConfigsResourceResponse,
    IncrementalAlterConfigsResponse,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.incremental_alter_configs_request import IncrementalAlterConfigsRequest


class IncrementalAlterConfigsHandler:
    """Answers IncrementalAlterConfigs."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._node_id = broker.node_id

    def incremental_alter_configs(
        self, context: RequestContext, request: IncrementalAlterConfigsRequest
    ) -> Steps[IncrementalAlterConfigsResponse]:
        """Change single configurations of resources, and the levels of loggers."""
        loggers = [resource for resource in request.resources if resource.resource_type == BROKER_LOGGER]
        others = [resource for resource in request.resources if resource.resource_type != BROKER_LOGGER]
        altered = yield from alter_configs_steps(
            self._broker, others, incremental_alter_configs_steps, validate_only=request.validate_only
        )
        outcomes = iter(altered)
        logger_outcomes = iter(
            (yield from alter_logger_levels(loggers, self._node_id, validate_only=request.validate_only))
        )
        responses = []
        pace = Pace()
        for resource in request.resources:
            code, message = next(logger_outcomes if resource.resource_type == BROKER_LOGGER else outcomes)
            responses.append(
                AlterConfigsResourceResponse(
                    error_code=code,
                    error_message=message,
                    resource_type=resource.resource_type,
                    resource_name=resource.resource_name,
                )
            )
            if pace.is_due():
                yield
        return IncrementalAlterConfigsResponse(responses=responses)
