"""What the tests of configurations say to a broker: describe, alter and replace those of one resource."""

from __future__ import annotations

from typing import Any

from kafkalite.protocol.messages import alter_configs_request as whole
from kafkalite.protocol.messages import incremental_alter_configs_request as single
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from tests.broker.played_broker import PlayedBroker


def describe(
    broker: PlayedBroker,
    resource_type: int,
    name: str,
    *keys: str,
    version: int = 4,
    synonyms: bool = False,
) -> Any:
    """Return the result of a DescribeConfigs for one resource; without keys, of all its configurations."""
    resource = DescribeConfigsResource(
        resource_type=resource_type, resource_name=name, configuration_keys=list(keys) or None
    )
    asked = {"include_synonyms": synonyms} if version >= 1 else {}
    return broker.ask(DescribeConfigsRequest(resources=[resource], **asked), version).results[0]


def alter(
    broker: PlayedBroker, resource_type: int, name: str, *operations: tuple[str, int, str | None], **how: Any
) -> Any:
    """Return the response of an IncrementalAlterConfigs to one resource; operations are (name, operation, value)."""
    entries = [single.AlterableConfig(name=key, config_operation=op, value=value) for key, op, value in operations]
    resource = single.AlterConfigsResource(resource_type=resource_type, resource_name=name, configs=entries)
    version = how.pop("version", 1)
    request = single.IncrementalAlterConfigsRequest(resources=[resource], **how)
    return broker.ask(request, version).responses[0]


def replace(broker: PlayedBroker, resource_type: int, name: str, version: int = 2, **values: str) -> Any:
    """Return the response of an AlterConfigs to one resource; an underscore in a name is a dot."""
    entries = [whole.AlterableConfig(name=key.replace("_", "."), value=value) for key, value in values.items()]
    resource = whole.AlterConfigsResource(resource_type=resource_type, resource_name=name, configs=entries)
    return broker.ask(whole.AlterConfigsRequest(resources=[resource]), version).responses[0]
