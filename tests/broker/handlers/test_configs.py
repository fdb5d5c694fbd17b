"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs and ListConfigResources through the router."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from kafkalite.cluster.configs import sources
from kafkalite.cluster.configs.alter import APPEND, DELETE, SET
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.messages import alter_configs_request as whole
from kafkalite.protocol.messages import incremental_alter_configs_request as single
from kafkalite.protocol.messages.describe_configs_request import DescribeConfigsRequest, DescribeConfigsResource
from kafkalite.protocol.messages.list_config_resources_request import ListConfigResourcesRequest
from kafkalite.records.builder import build_batch
from tests.broker.played_broker import PlayedBroker


def describe(
    broker: PlayedBroker,
    resource_type: int,
    name: str,
    *keys: str,
    version: int = 4,
    synonyms: bool = False,
) -> Any:
    resource = DescribeConfigsResource(
        resource_type=resource_type, resource_name=name, configuration_keys=list(keys) or None
    )
    asked = {"include_synonyms": synonyms} if version >= 1 else {}
    return broker.ask(DescribeConfigsRequest(resources=[resource], **asked), version).results[0]


def alter(
    broker: PlayedBroker, resource_type: int, name: str, *operations: tuple[str, int, str | None], **how: Any
) -> Any:
    entries = [single.AlterableConfig(name=key, config_operation=op, value=value) for key, op, value in operations]
    resource = single.AlterConfigsResource(resource_type=resource_type, resource_name=name, configs=entries)
    version = how.pop("version", 1)
    request = single.IncrementalAlterConfigsRequest(resources=[resource], **how)
    return broker.ask(request, version).responses[0]


def replace(broker: PlayedBroker, resource_type: int, name: str, version: int = 2, **values: str) -> Any:
    entries = [whole.AlterableConfig(name=key.replace("_", "."), value=value) for key, value in values.items()]
    resource = whole.AlterConfigsResource(resource_type=resource_type, resource_name=name, configs=entries)
    return broker.ask(whole.AlterConfigsRequest(resources=[resource]), version).responses[0]


@pytest.mark.parametrize("version", range(5))
def test_each_version_tells_what_it_can(version: int) -> None:
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
        (TOPIC, "orders", "segment.bytes", "How large a segment file grows"),
        (BROKER, "1", "log.segment.bytes", "The default of segment.bytes for topics: how large a segment file grows"),
        (BROKER, "1", "log.roll.hours", "The default of segment.ms for topics, in hours: after how many ms"),
        (BROKER, "1", "metric.reporters", "Accepted as in Kafka"),
        (GROUP, "any", "consumer.session.timeout.ms", "After how many ms without a heartbeat"),
        (CLIENT_METRICS, "any", "interval.ms", "How often clients of this subscription"),
    ],
)
@pytest.mark.parametrize("version", [3, 4])
def test_documentation_is_told_where_it_is_asked_for(
    resource_type: int, name: str, key: str, words: str, version: int
) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    resource = DescribeConfigsResource(resource_type=resource_type, resource_name=name, configuration_keys=[key])
    request = DescribeConfigsRequest(resources=[resource], include_documentation=True)
    [told] = broker.ask(request, version).results[0].configs
    assert told.documentation.startswith(words)
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


def test_all_configurations_are_told_where_none_is_named() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert len(describe(broker, TOPIC, "orders").configs) == 37
    assert len(describe(broker, BROKER, "1").configs) >= 350
    assert [c.name for c in describe(broker, BROKER, "").configs] == ["min.insync.replicas"]
    assert len(describe(broker, GROUP, "any").configs) == 21
    assert len(describe(broker, CLIENT_METRICS, "any").configs) == 3


def test_what_was_set_at_the_start_is_static() -> None:
    broker = PlayedBroker(properties={"log.retention.hours": "3", "my.plugin": "secret"})
    names = ("log.retention.hours", "group.initial.rebalance.delay.ms", "my.plugin")
    told = {entry.name: entry for entry in describe(broker, BROKER, "1", *names, synonyms=True).configs}
    hours, ours, plugin = (told[name] for name in names)
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
def test_what_cannot_be_described_is_refused(resource_type: int, name: str, code: int) -> None:
    result = describe(PlayedBroker(), resource_type, name)
    assert (result.error_code, result.resource_name, result.configs) == (code, name, [])


@pytest.mark.parametrize("version", range(2))
def test_a_topics_configuration_takes_effect_at_once(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    answer = alter(broker, TOPIC, "orders", ("max.message.bytes", SET, "100"), version=version)
    assert (answer.error_code, answer.error_message, answer.resource_name) == (errors.NONE, None, "orders")
    assert broker.produce(b"x" * 200).error_code == errors.MESSAGE_TOO_LARGE
    alter(broker, TOPIC, "orders", ("max.message.bytes", DELETE, None))
    assert broker.produce(b"x" * 200).error_code == errors.NONE


def test_a_brokers_configuration_takes_effect_on_its_topics_at_once() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    for name, limit in (("", "100"), ("1", "50")):
        assert alter(broker, BROKER, name, ("message.max.bytes", SET, limit)).error_code == errors.NONE
        log = broker.broker.logs.get(TopicPartition("orders", 0))
        assert log is not None
        assert log.config.max_message_bytes == int(limit)
    assert broker.produce(b"x" * 60).error_code == errors.MESSAGE_TOO_LARGE


def test_what_was_altered_outlives_the_broker() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    alter(broker, TOPIC, "orders", ("cleanup.policy", APPEND, "compact"))
    alter(broker, BROKER, "", ("log.retention.ms", SET, "77"))
    again = broker.restart(clean=False)
    policy, retention = describe(again, TOPIC, "orders", "cleanup.policy", "retention.ms").configs
    assert (policy.value, policy.config_source) == ("delete,compact", sources.TOPIC_CONFIG)
    assert (retention.value, retention.config_source) == ("77", sources.DYNAMIC_DEFAULT_BROKER_CONFIG)
    batch = build_batch([(None, b"no key")], now_ms=again.clock.now_ms())
    assert again.produce_batch(batch).error_code == errors.INVALID_RECORD


@pytest.mark.parametrize("version", range(3))
def test_all_configurations_of_a_resource_are_replaced(version: int) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders", retention_ms="5")
    assert replace(broker, TOPIC, "orders", version, flush_ms="9").error_code == errors.NONE
    retention, flush = (describe(broker, TOPIC, "orders", key).configs[0] for key in ("retention.ms", "flush.ms"))
    assert (retention.value, flush.value) == ("604800000", "9")
    assert replace(broker, TOPIC, "orders", version, flush_ms="x").error_code == errors.INVALID_CONFIG
    assert replace(broker, BROKER_LOGGER, "1", version, root="INFO").error_code == errors.INVALID_REQUEST


def test_validate_only_alters_nothing() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "9"), validate_only=True).error_code == errors.NONE
    assert (
        alter(broker, TOPIC, "orders", ("flush.ms", SET, "x"), validate_only=True).error_code == errors.INVALID_CONFIG
    )
    assert broker.broker.metadata.image.configs.of(TOPIC, "orders") == {}


def test_a_failing_disk_fails_what_would_have_succeeded(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "9")).error_code == errors.KAFKA_STORAGE_ERROR
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "x")).error_code == errors.INVALID_CONFIG


def test_resources_are_listed_by_version() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    alter(broker, CLIENT_METRICS, "m", ("interval.ms", SET, "100"))
    alter(broker, GROUP, "g", ("share.auto.offset.reset", SET, "earliest"))

    def listed(version: int, *types: int) -> list[tuple[int, str]]:
        response = broker.ask(ListConfigResourcesRequest(resource_types=list(types)), version)
        assert response.error_code == errors.NONE
        return [(resource.resource_type, resource.resource_name) for resource in response.config_resources]

    assert listed(0) == [(CLIENT_METRICS, "m")]
    assert listed(1) == [(GROUP, "g"), (CLIENT_METRICS, "m"), (BROKER_LOGGER, "1"), (BROKER, "1"), (TOPIC, "orders")]
    assert listed(1, TOPIC, BROKER) == [(BROKER, "1"), (TOPIC, "orders")]
    refused = broker.ask(ListConfigResourcesRequest(resource_types=[99]), 1)
    assert (refused.error_code, refused.config_resources) == (errors.UNSUPPORTED_VERSION, [])


def test_the_levels_of_loggers_are_told_and_set() -> None:
    broker = PlayedBroker()
    name = "kafkalite.a_logger_of_this_test"
    logger = logging.getLogger(name)
    try:
        assert alter(broker, BROKER_LOGGER, "1", (name, SET, "DEBUG")).error_code == errors.NONE
        assert logger.level == logging.DEBUG
        (entry,) = describe(broker, BROKER_LOGGER, "1", name).configs
        assert (entry.value, entry.config_source) == ("DEBUG", sources.DYNAMIC_BROKER_LOGGER_CONFIG)
        alter(broker, BROKER_LOGGER, "1", (name, SET, "FATAL"), validate_only=True)
        assert logger.level == logging.DEBUG
        alter(broker, BROKER_LOGGER, "1", (name, DELETE, None))
        assert logger.level == logging.NOTSET
    finally:
        logger.setLevel(logging.NOTSET)


def test_loggers_and_topics_may_be_altered_in_one_request() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    resources = [
        single.AlterConfigsResource(
            resource_type=resource_type,
            resource_name=name,
            configs=[single.AlterableConfig(name=key, config_operation=SET, value=value)],
        )
        for resource_type, name, key, value in (
            (BROKER_LOGGER, "1", "root", "LOUD"),
            (TOPIC, "orders", "flush.ms", "9"),
            (BROKER_LOGGER, "7", "root", "INFO"),
        )
    ]
    responses = broker.ask(single.IncrementalAlterConfigsRequest(resources=resources), 1).responses
    assert [(r.resource_type, r.error_code) for r in responses] == [
        (BROKER_LOGGER, errors.INVALID_CONFIG),
        (TOPIC, errors.NONE),
        (BROKER_LOGGER, errors.INVALID_REQUEST),
    ]
