"""DescribeCluster through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.broker.authorized_operations import ALL_ON_CLUSTER, NOT_ASKED_FOR
from kafkalite.broker.context import ConnectionContext
from kafkalite.cluster.result import Result
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.broker_registration_change_record import BrokerRegistrationChangeRecord
from kafkalite.protocol.messages.describe_cluster_request import DescribeClusterRequest
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(3))
def test_the_cluster_is_this_broker_at_the_clients_address(version: int) -> None:
    broker = PlayedBroker(properties={"broker.rack": "r1"})
    broker.connection = ConnectionContext(2, "PLAINTEXT", ("10.0.0.9", 1234), ("10.0.0.1", 50_000))
    response = broker.ask(DescribeClusterRequest(), version)
    assert (response.error_code, response.error_message, response.cluster_id) == (0, None, broker.broker.cluster_id)
    assert (response.controller_id, response.cluster_authorized_operations) == (1, NOT_ASKED_FOR)
    (node,) = response.brokers
    assert (node.broker_id, node.host, node.port, node.rack, node.is_fenced) == (1, "10.0.0.9", 1234, "r1", False)


def test_operations_are_told_to_those_who_ask() -> None:
    request = DescribeClusterRequest(include_cluster_authorized_operations=True)
    assert PlayedBroker().ask(request, 2).cluster_authorized_operations == ALL_ON_CLUSTER == 8096


def test_fenced_brokers_are_told_to_those_who_ask() -> None:
    broker = PlayedBroker()
    epoch = broker.broker.metadata.image.brokers.by_id[1].broker_epoch
    change = BrokerRegistrationChangeRecord(broker_id=1, broker_epoch=epoch, fenced=1)
    broker.broker.metadata.commit(lambda image: Result([change], None))
    assert broker.ask(DescribeClusterRequest(), 2).brokers == []
    (node,) = broker.ask(DescribeClusterRequest(include_fenced_brokers=True), 2).brokers
    assert node.is_fenced


@pytest.mark.parametrize(
    ("endpoint_type", "code"), [(2, errors.MISMATCHED_ENDPOINT_TYPE), (9, errors.UNSUPPORTED_ENDPOINT_TYPE)]
)
def test_this_is_a_brokers_endpoint(endpoint_type: int, code: int) -> None:
    response = PlayedBroker().ask(DescribeClusterRequest(endpoint_type=endpoint_type), 1)
    assert (response.error_code, response.brokers, response.cluster_id) == (code, [], "")
