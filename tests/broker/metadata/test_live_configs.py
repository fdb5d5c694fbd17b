"""The configuration follows the metadata, and is worked out only when they change."""

from __future__ import annotations

from kafkalite.protocol import errors
from kafkalite.protocol.messages.incremental_alter_configs_request import (
    AlterableConfig,
    AlterConfigsResource,
    IncrementalAlterConfigsRequest,
)
from tests.broker.played_broker import PlayedBroker

BROKER_RESOURCE = 4


def test_dynamic_changes_are_seen() -> None:
    broker = PlayedBroker()
    configs = broker.broker.configs
    before = configs.current()
    assert before.get_int("max.connections.per.ip") == 2**31 - 1
    assert configs.current() is before
    change = AlterableConfig(name="max.connections.per.ip", value="7")
    resource = AlterConfigsResource(resource_type=BROKER_RESOURCE, resource_name="", configs=[change])
    [answer] = broker.ask(IncrementalAlterConfigsRequest(resources=[resource]), 1).responses
    assert answer.error_code == errors.NONE
    assert configs.current().get_int("max.connections.per.ip") == 7
    broker.create_topic()
    assert configs.current() is configs.current()
