"""The sentences on properties: one for each that is read, none for what does not exist."""

from __future__ import annotations

import pytest

from kafkalite.cli.config import find_readers
from kafkalite.cluster.configs.client_metrics import CLIENT_METRICS_CONFIGS
from kafkalite.cluster.configs.documentation import (
    BROKER_DOCUMENTATION,
    CLIENT_METRICS_DOCUMENTATION,
    GROUP_DOCUMENTATION,
    TOPIC_DOCUMENTATION,
    UNREAD,
    document,
    document_broker,
)
from kafkalite.cluster.configs.tables import BROKER_CONFIGS, GROUP_CONFIGS, TOPIC_CONFIGS
from kafkalite.cluster.resource_types import BROKER, CLIENT_METRICS, GROUP, TOPIC
from kafkalite.settings.definitions import is_known

TABLES = {BROKER: BROKER_CONFIGS, TOPIC: TOPIC_CONFIGS, GROUP: GROUP_CONFIGS, CLIENT_METRICS: CLIENT_METRICS_CONFIGS}
SENTENCES = BROKER_DOCUMENTATION | TOPIC_DOCUMENTATION | GROUP_DOCUMENTATION | CLIENT_METRICS_DOCUMENTATION


@pytest.mark.parametrize("resource_type", TABLES)
def test_what_is_read_has_a_sentence(resource_type: int) -> None:
    undocumented = [name for name in TABLES[resource_type] if document(resource_type, name) == UNREAD]
    assert [name for name in undocumented if find_readers(name)] == []


def test_sentences_are_of_properties_that_there_are() -> None:
    assert [name for name in BROKER_DOCUMENTATION if not is_known(name)] == []
    assert set(TOPIC_DOCUMENTATION) <= set(TOPIC_CONFIGS) and set(GROUP_DOCUMENTATION) <= set(GROUP_CONFIGS)
    assert set(CLIENT_METRICS_DOCUMENTATION) == set(CLIENT_METRICS_CONFIGS)


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_one(name: str) -> None:
    sentence = SENTENCES[name]
    assert sentence.endswith(".") and ". " not in sentence and "  " not in sentence and len(sentence) < 160


def test_defaults_of_topics_say_so_and_in_which_unit() -> None:
    assert str(document_broker("log.retention.hours")).startswith(
        "The default of retention.ms for topics, in hours: how"
    )
    assert str(document_broker("group.consumer.assignment.interval.ms")).startswith(
        "The default of consumer.assignment"
    )


def test_a_property_of_one_listener_is_that_of_all() -> None:
    assert document_broker("listener.name.x.ssl.keystore.type") == BROKER_DOCUMENTATION["ssl.keystore.type"]


@pytest.mark.parametrize("resource_type", TABLES)
def test_what_does_not_exist_has_none(resource_type: int) -> None:
    assert document(resource_type, "no.such.property") is None
