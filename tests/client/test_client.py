"""Routing and retries."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from kafkalite.client.addresses import Address
from kafkalite.client.client import GROUP, Client, error_codes
from kafkalite.client.config import ClientConfig, client_config
from kafkalite.client.errors import BrokerError, ConnectionFailed, Disconnected, Unreachable
from kafkalite.protocol.api_keys import DESCRIBE_GROUPS, FIND_COORDINATOR, METADATA
from kafkalite.protocol.messages.create_topics_request import CreateTopicsRequest
from kafkalite.protocol.messages.create_topics_response import CreatableTopicResult, CreateTopicsResponse
from kafkalite.protocol.messages.describe_groups_request import DescribeGroupsRequest
from kafkalite.protocol.messages.describe_groups_response import DescribedGroup, DescribeGroupsResponse
from kafkalite.protocol.messages.find_coordinator_response import Coordinator, FindCoordinatorResponse
from kafkalite.protocol.messages.list_groups_request import ListGroupsRequest
from kafkalite.protocol.messages.list_groups_response import ListGroupsResponse
from tests.client.scripted_broker import CLOSE, client_of, refuse_all, scripted


def unused_address() -> Address:
    with socket.socket() as bound_only:
        bound_only.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", bound_only.getsockname()[1])


def test_the_first_address_that_answers_is_taken() -> None:
    dead = unused_address()
    with scripted() as broker, client_of(broker, bootstrap=(dead, broker.address)) as (client, _):
        assert set(client.brokers()) == {1}


def test_no_address_answers() -> None:
    one, other = unused_address(), unused_address()
    with Client(ClientConfig((one, other))) as client, pytest.raises(Unreachable) as raised:
        client.metadata([])
    assert str(raised.value) == f"no broker answers at {one}: connection refused; {other}: connection refused"


def test_a_host_without_an_address() -> None:
    with (
        Client(client_config("nosuchhost.invalid:1")) as client,
        pytest.raises(Unreachable, match=r"nosuchhost\.invalid:1: the host name cannot be resolved"),
    ):
        client.metadata([])


def test_an_advertised_address_that_cannot_be_reached_is_explained() -> None:
    dead = unused_address()
    with scripted() as broker, client_of(broker) as (client, _):
        real = broker.address
        broker.metadata = lambda names, error_code=0, own=broker.metadata: advertise(own(names), dead)  # type: ignore[method-assign, misc]
        with pytest.raises(ConnectionFailed) as raised:
            client.ask(ListGroupsRequest(), broker_id=1)
        assert f"the broker at {real} advertises {dead} to clients (advertised.listeners)" in str(raised.value)
        with pytest.raises(ConnectionFailed, match="the cluster has no broker 9"):
            client.ask(ListGroupsRequest(), broker_id=9)


def advertise(response: Any, address: Address) -> Any:
    response.brokers[0].host, response.brokers[0].port = address
    return response


def test_metadata_does_not_create_topics_unless_asked() -> None:
    created = []

    def answer(api_key: int, _version: int, request: Any) -> Any:
        if api_key == METADATA:
            created.append(request.allow_auto_topic_creation)
            return broker.metadata([])
        return broker.versions()

    with scripted(answer, is_all=True) as broker, client_of(broker) as (client, _):
        client.metadata(["orders"])
        client.metadata(["orders"], is_auto_create=True)
    assert created == [False, True]


def test_a_topic_that_does_not_exist() -> None:
    with scripted() as broker, client_of(broker) as (client, _):
        assert client.topic("orders").name == "orders"
        with pytest.raises(BrokerError, match="nosuch: UNKNOWN_TOPIC_OR_PARTITION"):
            client.topic("nosuch")


@pytest.mark.parametrize("version", [3, 6])
def test_a_coordinator_that_moves_is_found_again(version: int) -> None:
    codes = [16, 15, 14, 0]

    def answer(api_key: int, _version: int, request: Any) -> Any:
        if api_key == FIND_COORDINATOR:
            assert (request.coordinator_keys or [request.key]) == ["g"]
            return FindCoordinatorResponse(node_id=1, coordinators=[Coordinator(key="g", node_id=1)])
        assert api_key == DESCRIBE_GROUPS
        return DescribeGroupsResponse(groups=[DescribedGroup(group_id="g", error_code=codes.pop(0))])

    def narrow(api_key: int, version_asked: int, request: Any) -> Any:
        response = answer(api_key, version_asked, request)
        if api_key == FIND_COORDINATOR and version_asked < 4:
            response.coordinators = []
        elif api_key == FIND_COORDINATOR:
            response.node_id = 0
        return response

    with scripted(narrow) as broker, client_of(broker) as (client, clock):
        broker.ranges[FIND_COORDINATOR] = (0, version)
        response = client.ask_coordinator(GROUP, "g", DescribeGroupsRequest(groups=["g"]))
        assert (response.groups[0].error_code, codes) == (0, [])
        assert broker.count("FindCoordinator") == 4
        assert clock.monotonic_ms() == 100 + 200 + 400


def test_transient_errors_end_with_the_api_timeout() -> None:
    refused = CreateTopicsResponse(topics=[CreatableTopicResult(name="t", error_code=41)])
    with scripted(lambda *_: refused) as broker, client_of(broker, api_timeout_ms=5_000) as (client, clock):
        with pytest.raises(BrokerError, match="NOT_CONTROLLER"):
            client.ask_controller(CreateTopicsRequest())
        assert 3_000 <= clock.monotonic_ms() < 5_000
        assert broker.count("CreateTopics") == 8


def test_other_errors_are_the_callers() -> None:
    refused = CreateTopicsResponse(topics=[CreatableTopicResult(name="t", error_code=36)])
    with scripted(lambda *_: refused) as broker, client_of(broker) as (client, clock):
        assert client.ask_controller(CreateTopicsRequest()).topics[0].error_code == 36
        assert clock.monotonic_ms() == 0


def test_a_connection_that_the_broker_closed_is_opened_again() -> None:
    answers: list[Any] = [ListGroupsResponse(), CLOSE, ListGroupsResponse()]
    with scripted(lambda *_: answers.pop(0)) as broker, client_of(broker) as (client, _):
        client.ask(ListGroupsRequest())
        assert client.retry(lambda: client.ask(ListGroupsRequest())) == ListGroupsResponse()
        assert broker.count("ApiVersions") == 2


def test_ask_sends_once() -> None:
    with scripted(refuse_all) as broker, client_of(broker) as (client, _):
        client.metadata([])
        with pytest.raises(Disconnected):
            client.ask(ListGroupsRequest())
        assert broker.count("ListGroups") == 1


def test_all_brokers_are_asked() -> None:
    with scripted(lambda *_: ListGroupsResponse()) as broker, client_of(broker) as (client, _):
        assert [broker_id for broker_id, _ in client.ask_all_brokers(ListGroupsRequest())] == [1]


def test_error_codes_at_every_depth() -> None:
    response = DescribeGroupsResponse(groups=[DescribedGroup(error_code=5), DescribedGroup(error_code=6)])
    assert list(error_codes(response)) == [5, 6]
