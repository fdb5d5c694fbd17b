"""DescribeClientQuotas through the router, in both versions."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_client_quotas_request import ComponentData, DescribeClientQuotasRequest
from tests.broker.handlers.quotas_conversation import alter, describe
from tests.broker.played_broker import PlayedBroker

EXACT = 0


@pytest.mark.parametrize("version", range(2))
def test_all_quotas_are_described_without_a_filter(version: int) -> None:
    broker = PlayedBroker()
    assert describe(broker, version) == []
    alter(broker, "user", "alice", "producer_byte_rate")
    assert describe(broker, version) == [("alice", {"producer_byte_rate": 1000.0})]


@pytest.mark.parametrize("version", range(2))
def test_only_the_entities_that_match_the_filter_are_described(version: int) -> None:
    broker = PlayedBroker()
    alter(broker, "user", "alice", "producer_byte_rate")
    alter(broker, "user", "bob", "consumer_byte_rate")
    component = ComponentData(entity_type="user", match_type=EXACT, match="bob")
    [entry] = broker.ask(DescribeClientQuotasRequest(components=[component]), version).entries
    assert [(part.entity_type, part.entity_name) for part in entry.entity] == [("user", "bob")]


@pytest.mark.parametrize("version", range(2))
def test_a_filter_of_an_unknown_type_is_refused(version: int) -> None:
    component = ComponentData(entity_type="topic", match_type=EXACT, match="t")
    answer = PlayedBroker().ask(DescribeClientQuotasRequest(components=[component]), version)
    assert (answer.error_code, answer.entries) == (errors.UNSUPPORTED_VERSION, None)
    assert answer.error_message
