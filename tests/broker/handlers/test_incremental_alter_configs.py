"""IncrementalAlterConfigs through the router; configurations take effect at once and survive a crash."""

from __future__ import annotations

import logging

import pytest

from kafkalite.cluster.configs import sources
from kafkalite.cluster.configs.alter import APPEND, DELETE, SET
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, TOPIC
from kafkalite.model.exceptions import StorageFault
from kafkalite.model.identifiers import TopicPartition
from kafkalite.protocol import errors
from kafkalite.protocol.messages import incremental_alter_configs_request as single
from kafkalite.records.builder import build_batch
from tests.broker.handlers.configs_conversation import alter, describe
from tests.broker.played_broker import PlayedBroker


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


def test_altered_configurations_survive_a_crash() -> None:
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


def test_validate_only_alters_nothing() -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "9"), validate_only=True).error_code == errors.NONE
    assert (
        alter(broker, TOPIC, "orders", ("flush.ms", SET, "x"), validate_only=True).error_code == errors.INVALID_CONFIG
    )
    assert broker.broker.metadata.image.configs.of(TOPIC, "orders") == {}


def test_a_failing_disk_fails_every_valid_resource(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()
    broker.create_topic("orders")

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "9")).error_code == errors.KAFKA_STORAGE_ERROR
    assert alter(broker, TOPIC, "orders", ("flush.ms", SET, "x")).error_code == errors.INVALID_CONFIG


def test_the_levels_of_loggers_are_set_and_described() -> None:
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
