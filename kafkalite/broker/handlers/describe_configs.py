"""DescribeConfigs: configurations of topics, brokers, groups and client metrics, and levels of the broker's loggers.

Versions 0-4:
    0    names, values, whether one is a default, read-only or sensitive
    1    the source of each value, and its synonyms on demand (KIP-226)
    2    a client is throttled after the answer, not before (KIP-219)
    3    types, and documentation on demand (KIP-569): one sentence, in our words
    4    flexible

Errors, each for one resource:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic
    INVALID_TOPIC_EXCEPTION       an illegal name
    INVALID_REQUEST               an unknown type of resource; no name, or another broker's

Source: kafka.server.ConfigHelper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.logger_levels import logger_levels
from kafkalite.cluster.configs.alter import check_is_this_node
from kafkalite.cluster.configs.describe import ConfigDescriber
from kafkalite.cluster.configs.sources import DEFAULT_CONFIG, DYNAMIC_BROKER_LOGGER_CONFIG
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.cluster.topic_names import check_name
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.describe_configs_response import (
    DescribeConfigsResourceResult,
    DescribeConfigsResponse,
    DescribeConfigsResult,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource


class DescribeConfigsHandler:
    """Answers DescribeConfigs."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._node_id = broker.node_id
        self._static_configs = broker.controller.static_configs

    def describe_configs(
        self, context: RequestContext, request: DescribeConfigsRequest
    ) -> Steps[DescribeConfigsResponse]:
        """Return the configurations of each named resource."""
        image = self._metadata.image
        describer = ConfigDescriber(image.configs, self._static_configs, self._node_id)
        results = []
        for resource in request.resources:
            result = DescribeConfigsResult(resource_type=resource.resource_type, resource_name=resource.resource_name)
            try:
                result.configs = self._describe(image, describer, resource)
            except ApiError as error:
                result.error_code, result.error_message = error.error_code, error.error_message or ""
            for entry in result.configs:
                entry.is_default = context.api_version == 0 and entry.config_source == DEFAULT_CONFIG
                if not request.include_synonyms:
                    entry.synonyms = []
            if request.include_documentation and resource.resource_type != BROKER_LOGGER:
                _document(resource.resource_type, result.configs)
            results.append(result)
            yield
        return DescribeConfigsResponse(results=results)

    def _describe(
        self, image: MetadataImage, describer: ConfigDescriber, resource: DescribeConfigsResource
    ) -> list[DescribeConfigsResourceResult]:
        keys, name, resource_type = resource.configuration_keys, resource.resource_name, resource.resource_type
        is_wanted: Callable[[str], bool] = frozenset(keys).__contains__ if keys else (lambda config: True)
        if resource_type == TOPIC:
            check_name(name)
            if name not in image.topics.by_name:
                raise ApiError(errors.UNKNOWN_TOPIC_OR_PARTITION)
            return describer.describe_topic(name, is_wanted)
        if resource_type == BROKER and not name:
            return describer.describe_broker_defaults(is_wanted)
        if resource_type not in (BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP):
            raise ApiError(errors.INVALID_REQUEST, f"Unsupported resource type {resource_type}")
        if not name:
            raise ApiError(errors.INVALID_REQUEST, "The name of the resource must not be empty.")
        if resource_type == CLIENT_METRICS:
            return describer.describe_client_metrics(name, is_wanted)
        if resource_type == GROUP:
            return describer.describe_group(name, is_wanted)
        check_is_this_node(name, self._node_id)
        return describer.describe_broker(is_wanted) if resource_type == BROKER else _describe_loggers(is_wanted)


def _document(resource_type: int, entries: list[DescribeConfigsResourceResult]) -> None:
    from kafkalite.cluster.configs.documentation import document  # noqa: PLC0415 -- seldom asked for

    for entry in entries:
        entry.documentation = document(resource_type, entry.name)


def _describe_loggers(is_wanted: Callable[[str], bool]) -> list[DescribeConfigsResourceResult]:
    return [
        DescribeConfigsResourceResult(name=name, value=level, config_source=DYNAMIC_BROKER_LOGGER_CONFIG)
        for name, level in logger_levels().items()
        if is_wanted(name)
    ]
