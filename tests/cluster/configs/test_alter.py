"""AlterConfigs and IncrementalAlterConfigs on the metadata."""

from __future__ import annotations

import pytest

from kafkalite.cluster.configs.alter import (
    APPEND,
    DELETE,
    SET,
    SUBTRACT,
    incremental_alter_configs,
    new_topic_config_records,
    replace_configs,
)
from kafkalite.cluster.resource_types import BROKER, BROKER_LOGGER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.messages import alter_configs_request, incremental_alter_configs_request
from tests.cluster.conversation import Cluster, summary

Operation = tuple[str, int, str | None]


def changes(resource_type: int, name: str, *operations: Operation):
    entries = [
        incremental_alter_configs_request.AlterableConfig(name=key, config_operation=operation, value=value)
        for key, operation, value in operations
    ]
    return incremental_alter_configs_request.AlterConfigsResource(
        resource_type=resource_type, resource_name=name, configs=entries
    )


def whole(resource_type: int, name: str, **values: str | None):
    entries = [
        alter_configs_request.AlterableConfig(name=key.replace("_", "."), value=value) for key, value in values.items()
    ]
    return alter_configs_request.AlterConfigsResource(resource_type=resource_type, resource_name=name, configs=entries)


def alter(cluster: Cluster, *resources):
    return incremental_alter_configs(cluster.image, resources, cluster.context)


def replace(cluster: Cluster, *resources):
    return replace_configs(cluster.image, resources, cluster.context)


def code_of(cluster: Cluster, *resources) -> int:
    result = alter(cluster, *resources)
    ((code, message),) = result.response
    assert (code == errors.NONE) == (message is None)
    assert code == errors.NONE or result.records == []
    return code


def test_single_values_are_set_and_removed(cluster: Cluster) -> None:
    cluster.create("t", retention_ms="1", segment_ms="2")
    result = alter(cluster, changes(TOPIC, "t", ("retention.ms", SET, "5"), ("segment.ms", DELETE, None)))
    assert summary(result.records) == [
        ("Config", TOPIC, "t", "retention.ms", "5"),
        ("Config", TOPIC, "t", "segment.ms", None),
    ]
    assert cluster.commit(result) == [(errors.NONE, None)]
    assert cluster.image.configs.of(TOPIC, "t") == {"retention.ms": "5"}


def test_a_topics_value_that_stays_needs_no_record_a_brokers_does(cluster: Cluster) -> None:
    cluster.create("t", retention_ms="1")
    assert alter(cluster, changes(TOPIC, "t", ("retention.ms", SET, "1"), ("segment.ms", DELETE, None))).records == []
    cluster.commit(alter(cluster, changes(BROKER, "1", ("message.max.bytes", SET, "5"))))
    again = alter(cluster, changes(BROKER, "1", ("message.max.bytes", SET, "5")))
    assert summary(again.records) == [("Config", BROKER, "1", "message.max.bytes", "5")]


@pytest.mark.parametrize(
    ("current", "operation", "items", "then"),
    [
        (None, APPEND, "compact", "delete,compact"),
        ("compact", APPEND, "compact,delete", "compact,delete"),
        ("compact,delete", SUBTRACT, "delete", "compact"),
        ("compact", SUBTRACT, "delete,compact", ""),
        (None, SUBTRACT, "delete", ""),
        ("", APPEND, "compact", "compact"),
    ],
)
def test_lists_grow_and_shrink(cluster: Cluster, current: str | None, operation: int, items: str, then: str) -> None:
    cluster.create("t", **({} if current is None else {"cleanup_policy": current}))
    cluster.commit(alter(cluster, changes(TOPIC, "t", ("cleanup.policy", operation, items))))
    assert cluster.image.configs.of(TOPIC, "t") == {"cleanup.policy": then}


TOPIC_CASES = [
    ([("retention.ms", SET, "x")], errors.INVALID_CONFIG),
    ([("no.such", SET, "1")], errors.INVALID_CONFIG),
    ([("retention.ms", APPEND, "5")], errors.INVALID_CONFIG),
    ([("no.such", SUBTRACT, "5")], errors.INVALID_CONFIG),
    ([("retention.ms", SET, "5"), ("segment.ms", SET, "x")], errors.INVALID_CONFIG),
    ([("leader.replication.throttled.replicas", SET, "1:1," * 9000)], errors.INVALID_CONFIG),
    ([("retention.ms", SET, None)], errors.INVALID_REQUEST),
    ([("cleanup.policy", APPEND, None)], errors.INVALID_REQUEST),
    ([("retention.ms", 9, "5")], errors.INVALID_REQUEST),
    ([("retention.ms", SET, "5"), ("retention.ms", SET, "6")], errors.INVALID_REQUEST),
    ([("retention.ms", DELETE, "ignored")], errors.NONE),
    ([], errors.NONE),
]


@pytest.mark.parametrize(("operations", "code"), TOPIC_CASES)
def test_operations_on_a_topic(cluster: Cluster, operations: list[Operation], code: int) -> None:
    cluster.create("t")
    assert code_of(cluster, changes(TOPIC, "t", *operations)) == code


@pytest.mark.parametrize(
    ("resource_type", "name", "code"),
    [
        (TOPIC, "nope", errors.UNKNOWN_TOPIC_OR_PARTITION),
        (TOPIC, "", errors.INVALID_REQUEST),
        (TOPIC, "a b", errors.INVALID_TOPIC_EXCEPTION),
        (BROKER, "2", errors.INVALID_REQUEST),
        (BROKER, "one", errors.INVALID_REQUEST),
        (BROKER, "-1", errors.INVALID_REQUEST),
        (BROKER_LOGGER, "1", errors.INVALID_REQUEST),
        (GROUP, "", errors.INVALID_REQUEST),
        (CLIENT_METRICS, "", errors.INVALID_REQUEST),
        (0, "x", errors.INVALID_REQUEST),
        (99, "x", errors.INVALID_REQUEST),
    ],
)
def test_resources_that_cannot_be_altered(cluster: Cluster, resource_type: int, name: str, code: int) -> None:
    assert code_of(cluster, changes(resource_type, name)) == code


def test_a_resource_named_twice_is_refused_twice_and_others_pass(cluster: Cluster) -> None:
    cluster.create("t")
    cluster.create("u")
    five = ("retention.ms", SET, "5")
    result = alter(cluster, changes(TOPIC, "t", five), changes(TOPIC, "u", five), changes(TOPIC, "t", five))
    assert [code for code, _ in result.response] == [errors.INVALID_REQUEST, errors.NONE, errors.INVALID_REQUEST]
    assert summary(result.records) == [("Config", TOPIC, "u", "retention.ms", "5")]


def test_all_values_are_replaced(cluster: Cluster) -> None:
    cluster.create("t", retention_ms="1", segment_ms="2")
    result = replace(cluster, whole(TOPIC, "t", retention_ms="1", flush_ms="3"))
    assert summary(result.records) == [
        ("Config", TOPIC, "t", "flush.ms", "3"),
        ("Config", TOPIC, "t", "segment.ms", None),
    ]
    cluster.commit(result)
    assert cluster.image.configs.of(TOPIC, "t") == {"retention.ms": "1", "flush.ms": "3"}
    cluster.commit(replace(cluster, whole(TOPIC, "t")))
    assert cluster.image.configs.of(TOPIC, "t") == {}


def test_replacing_needs_values(cluster: Cluster) -> None:
    cluster.create("t")
    assert replace(cluster, whole(TOPIC, "t", retention_ms=None)).response[0][0] == errors.INVALID_REQUEST
    assert replace(cluster, whole(TOPIC, "t", retention_ms="x")).response[0][0] == errors.INVALID_CONFIG


@pytest.mark.parametrize(
    ("name", "operation", "code"),
    [
        ("1", ("message.max.bytes", SET, "5"), errors.NONE),
        ("", ("message.max.bytes", SET, "5"), errors.NONE),
        ("1", ("message.max.bytes", SET, "x"), errors.INVALID_REQUEST),
        ("1", ("num.partitions", SET, "5"), errors.INVALID_REQUEST),
        ("1", ("num.io.threads", SET, "100"), errors.INVALID_REQUEST),
        ("", ("sasl.enabled.mechanisms", SET, "PLAIN"), errors.INVALID_REQUEST),
        ("1", ("sasl.enabled.mechanisms", SET, "PLAIN"), errors.NONE),
        ("1", ("log.cleanup.policy", APPEND, "compact"), errors.NONE),
        ("1", ("message.max.bytes", APPEND, "5"), errors.INVALID_CONFIG),
        ("1", ("no.such", APPEND, "5"), errors.INVALID_CONFIG),
        ("1", ("no.such", SET, "5"), errors.NONE),
        ("1", ("min.insync.replicas", SET, "1"), errors.INVALID_CONFIG),
        ("", ("min.insync.replicas", SET, "2"), errors.NONE),
        ("", ("min.insync.replicas", DELETE, None), errors.INVALID_CONFIG),
    ],
)
def test_operations_on_brokers(cluster: Cluster, name: str, operation: Operation, code: int) -> None:
    assert code_of(cluster, changes(BROKER, name, operation)) == code


def test_replacing_the_default_of_brokers_keeps_its_minimum_of_replicas(cluster: Cluster) -> None:
    assert replace(cluster, whole(BROKER, "")).response[0][0] == errors.INVALID_CONFIG
    assert replace(cluster, whole(BROKER, "", min_insync_replicas="2")).response[0][0] == errors.NONE


def test_the_default_of_brokers_is_checked_with_what_this_broker_sets(cluster: Cluster) -> None:
    cluster.commit(alter(cluster, changes(BROKER, "1", ("log.retention.ms", SET, "5"))))
    local = changes(BROKER, "", ("log.local.retention.ms", SET, "6"))
    assert code_of(cluster, local) == errors.INVALID_REQUEST


def test_another_minimum_of_replicas_voids_what_was_learnt_about_leaders(cluster: Cluster) -> None:
    cluster.create("t")
    topic = alter(cluster, changes(TOPIC, "t", ("min.insync.replicas", SET, "2")))
    assert summary(topic.records)[1:] == [("ClearElr", "t")]
    broker = alter(cluster, changes(BROKER, "", ("min.insync.replicas", SET, "2")))
    assert summary(broker.records)[1:] == [("ClearElr", "")]
    cluster.commit(Result([FeatureLevelRecord(name="eligible.leader.replicas.version", feature_level=0)], None))
    assert len(alter(cluster, changes(TOPIC, "t", ("min.insync.replicas", SET, "2"))).records) == 1
    assert code_of(cluster, changes(BROKER, "1", ("min.insync.replicas", SET, "1"))) == errors.NONE


def test_groups_and_subscriptions_need_not_exist(cluster: Cluster) -> None:
    cluster.commit(alter(cluster, changes(GROUP, "g", ("share.auto.offset.reset", SET, "earliest"))))
    cluster.commit(alter(cluster, changes(CLIENT_METRICS, "m", ("interval.ms", SET, "100"))))
    assert cluster.image.configs.of(GROUP, "g") == {"share.auto.offset.reset": "earliest"}
    assert cluster.image.configs.of(CLIENT_METRICS, "m") == {"interval.ms": "100"}
    assert code_of(cluster, changes(GROUP, "g", ("share.auto.offset.reset", SET, "x"))) == errors.INVALID_CONFIG
    assert code_of(cluster, changes(CLIENT_METRICS, "m", ("interval.ms", SET, "1"))) == errors.INVALID_REQUEST
    # Kafka knows lists of topics and brokers only.
    assert code_of(cluster, changes(CLIENT_METRICS, "m", ("metrics", APPEND, "x"))) == errors.INVALID_CONFIG


def test_a_new_topics_configurations_are_checked_as_a_whole(cluster: Cluster) -> None:
    records = new_topic_config_records(cluster.image, "t", {"retention.ms": "5"}, cluster.context)
    assert summary(records) == [("Config", TOPIC, "t", "retention.ms", "5")]
    with pytest.raises(ApiError) as refusal:
        new_topic_config_records(cluster.image, "t", {"retention.ms": "x"}, cluster.context)
    assert refusal.value.error_code == errors.INVALID_CONFIG
