"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs, ListConfigResources: configurations of topics, brokers,
groups and client metrics subscriptions, and the levels of the broker's loggers.

DescribeConfigs 0-4:
    0    names, values, whether one is a default, read-only or sensitive
    1    the source of each value, and its synonyms where asked for (KIP-226)
    2    a client is throttled after the answer, not before (KIP-219)
    3    types, and documentation where asked for (KIP-569): a sentence of ours
    4    flexible
AlterConfigs 0-2 replaces all configurations of a resource:
    1    a client is throttled after the answer, not before
    2    flexible
IncrementalAlterConfigs 0-1 sets, removes, appends to and subtracts from single configurations (KIP-339):
    1    flexible
ListConfigResources 0-1:
    0    client metrics subscriptions (KIP-714)
    1    all kinds of resources (KIP-1142)

Errors, each for one resource:
    UNKNOWN_TOPIC_OR_PARTITION    no such topic
    INVALID_TOPIC_EXCEPTION       an illegal name
    POLICY_VIOLATION              for all: more than 10,000 configurations would change
    INVALID_CONFIG                an unknown configuration, a value that is not valid, a list operation on no list
    INVALID_REQUEST               an unknown kind of resource; another broker's name; a resource or a configuration
                                  named twice; a missing value; a broker's configuration that cannot change while it
                                  runs
    KAFKA_STORAGE_ERROR           the metadata log cannot be written
    UNSUPPORTED_VERSION           for all, ListConfigResources: a kind of resource that the version does not have

Source: kafka.server.{ConfigHelper, ConfigAdminManager}, KafkaApis.handleListConfigResources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.broker.logger_levels import alter_logger_levels, logger_levels
from kafkalite.cluster.configs.alter import (
    Outcome,
    check_is_this_node,
    incremental_alter_configs_steps,
    replace_configs_steps,
)
from kafkalite.cluster.configs.describe import ConfigDescriber
from kafkalite.cluster.configs.list_resources import ALL_TYPES, list_config_resources
from kafkalite.cluster.configs.sources import DEFAULT_CONFIG, DYNAMIC_BROKER_LOGGER_CONFIG
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.cluster.result import Result
from kafkalite.cluster.topic_names import check_name
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_configs_response import AlterConfigsResourceResponse, AlterConfigsResponse
from kafkalite.protocol.messages.describe_configs_response import (
    DescribeConfigsResourceResult,
    DescribeConfigsResponse,
    DescribeConfigsResult,
)
from kafkalite.protocol.messages.incremental_alter_configs_response import (
    AlterConfigsResourceResponse as IncrementalResourceResponse,
)
from kafkalite.protocol.messages.incremental_alter_configs_response import IncrementalAlterConfigsResponse
from kafkalite.protocol.messages.list_config_resources_response import ConfigResource, ListConfigResourcesResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.cluster.controller import ControllerContext
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_configs_request import AlterConfigsRequest
    from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
    from kafkalite.protocol.messages.incremental_alter_configs_request import IncrementalAlterConfigsRequest
    from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest

    Alteration = Callable[[MetadataImage, Sequence[Any], ControllerContext], Steps[Result[list[Outcome]]]]


class ConfigsHandler:
    """Answers everything about configurations."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata
        self._node_id = broker.node_id
        self._controller = broker.controller

    def describe_configs(
        self, context: RequestContext, request: DescribeConfigsRequest
    ) -> Steps[DescribeConfigsResponse]:
        """Tell the configurations of each resource that is asked for."""
        image = self._metadata.image
        describer = ConfigDescriber(image.configs, self._controller.static_configs, self._node_id)
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

    def alter_configs(self, context: RequestContext, request: AlterConfigsRequest) -> Steps[AlterConfigsResponse]:
        """Replace the configurations of resources."""
        outcomes = yield from self._alter(request.resources, replace_configs_steps, validate_only=request.validate_only)
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

    def incremental_alter_configs(
        self, context: RequestContext, request: IncrementalAlterConfigsRequest
    ) -> Steps[IncrementalAlterConfigsResponse]:
        """Change single configurations of resources, and the levels of loggers."""
        loggers = [resource for resource in request.resources if resource.resource_type == BROKER_LOGGER]
        others = [resource for resource in request.resources if resource.resource_type != BROKER_LOGGER]
        altered = yield from self._alter(others, incremental_alter_configs_steps, validate_only=request.validate_only)
        outcomes = iter(altered)
        logger_outcomes = iter(
            (yield from alter_logger_levels(loggers, self._node_id, validate_only=request.validate_only))
        )
        responses = []
        pace = Pace()
        for resource in request.resources:
            code, message = next(logger_outcomes if resource.resource_type == BROKER_LOGGER else outcomes)
            responses.append(
                IncrementalResourceResponse(
                    error_code=code,
                    error_message=message,
                    resource_type=resource.resource_type,
                    resource_name=resource.resource_name,
                )
            )
            if pace.is_due():
                yield
        return IncrementalAlterConfigsResponse(responses=responses)

    def list_config_resources(
        self, context: RequestContext, request: ListConfigResourcesRequest
    ) -> ListConfigResourcesResponse:
        """Tell which resources have, or can have, configurations."""
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

    def _alter(self, resources: Sequence[Any], alteration: Alteration, *, validate_only: bool) -> Steps[list[Outcome]]:
        planned: list[Outcome] = []

        def plan(image: MetadataImage) -> Steps[Result[list[Outcome]]]:
            nonlocal planned
            result = yield from alteration(image, resources, self._controller)
            planned = result.response
            return Result([], planned) if validate_only else result

        try:
            return (yield from self._metadata.commit_steps(plan))
        except ApiError as error:
            failed: Outcome = (error.error_code, error.error_message)
            if not planned:  # the request is refused as a whole
                return [failed] * len(resources)
            return [failed if code == errors.NONE else (code, message) for code, message in planned]

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
