"""DescribeConfigs through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs import sources
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from tests.broker.handlers.configs_conversation import describe
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(5))
def test_each_version_has_its_fields(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", retention_ms="5")
    result = describe(broker, TOPIC, "orders", "retention.ms", "segment.ms", version=version)
    assert (result.error_code, result.resource_type, result.resource_name) == (errors.NONE, TOPIC, "orders")
    own, default = result.configs
    assert [(c.name, c.value, c.read_only, c.is_sensitive) for c in (own, default)] == [
        ("retention.ms", "5", False, False),
        ("segment.ms", "604800000", False, False),
    ]
    if version == 0:
        assert [own.is_default, default.is_default] == [False, True]
    else:
        assert [own.config_source, default.config_source] == [sources.TOPIC_CONFIG, sources.DEFAULT_CONFIG]
        assert own.synonyms == []
    if version >= 3:
        assert (own.config_type, own.documentation) == (5, None)


@pytest.mark.parametrize(
    ("resource_type", "name", "key", "words"),
    [
        (TOPIC, "orders", "segment.bytes", "Size of a segment file"),
        (BROKER, "1", "log.segment.bytes", "The default of segment.bytes for topics: size of a segment file"),
        (BROKER, "1", "log.roll.hours", "The default of segment.ms for topics, in hours: time after which"),
        (BROKER, "1", "metric.reporters", "Accepted as in Kafka"),
        (GROUP, "any", "consumer.session.timeout.ms", "Time without a heartbeat"),
        (CLIENT_METRICS, "any", "interval.ms", "How often clients of this subscription"),
    ],
)
@pytest.mark.parametrize("version", [3, 4])
def test_documentation_is_returned_on_demand(resource_type: int, name: str, key: str, words: str, version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    resource = DescribeConfigsResource(resource_type=resource_type, resource_name=name, configuration_keys=[key])
    request = DescribeConfigsRequest(resources=[resource], include_documentation=True)
    [entry] = broker.ask(request, version).results[0].configs
    assert entry.documentation.startswith(words)
    assert [each.documentation for each in describe(broker, resource_type, name, key, version=version).configs] == [
        None
    ]


def test_every_property_is_documented() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    for resource_type, name in ((TOPIC, "orders"), (BROKER, "1"), (GROUP, "g"), (CLIENT_METRICS, "c")):
        resource = DescribeConfigsResource(resource_type=resource_type, resource_name=name, configuration_keys=None)
        request = DescribeConfigsRequest(resources=[resource], include_documentation=True)
        entries = broker.ask(request, 4).results[0].configs
        assert [entry.name for entry in entries if not entry.documentation] == []


def test_all_configurations_are_described_where_none_is_named() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert len(describe(broker, TOPIC, "orders").configs) == 37
    assert len(describe(broker, BROKER, "1").configs) >= 350
    assert [c.name for c in describe(broker, BROKER, "").configs] == ["min.insync.replicas"]
    assert len(describe(broker, GROUP, "any").configs) == 21
    assert len(describe(broker, CLIENT_METRICS, "any").configs) == 3


def test_properties_of_the_start_are_static() -> None:
    broker = PlayedBroker(properties={"log.retention.hours": "3", "my.plugin": "secret"})
    names = ("log.retention.hours", "group.initial.rebalance.delay.ms", "my.plugin")
    described = {entry.name: entry for entry in describe(broker, BROKER, "1", *names, synonyms=True).configs}
    hours, ours, plugin = (described[name] for name in names)
    assert (plugin.value, plugin.is_sensitive) == (None, True)
    for entry, value in ((hours, "3"), (ours, "0")):
        assert (entry.value, entry.config_source) == (value, sources.STATIC_BROKER_CONFIG)


@pytest.mark.parametrize(
    ("resource_type", "name", "code"),
    [
        (TOPIC, "nope", errors.UNKNOWN_TOPIC_OR_PARTITION),
        (TOPIC, "bad name", errors.INVALID_TOPIC_EXCEPTION),
        (TOPIC, "", errors.INVALID_TOPIC_EXCEPTION),
        (BROKER, "2", errors.INVALID_REQUEST),
        (BROKER, "one", errors.INVALID_REQUEST),
        (BROKER_LOGGER, "", errors.INVALID_REQUEST),
        (BROKER_LOGGER, "2", errors.INVALID_REQUEST),
        (CLIENT_METRICS, "", errors.INVALID_REQUEST),
        (GROUP, "", errors.INVALID_REQUEST),
        (99, "x", errors.INVALID_REQUEST),
    ],
)
def test_invalid_resources_are_refused(resource_type: int, name: str, code: int) -> None:
    result = describe(PlayedBroker(), resource_type, name)
    assert (result.error_code, result.resource_name, result.configs) == (code, name, [])
