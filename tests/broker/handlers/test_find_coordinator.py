"""FindCoordinator through the router, in every version."""

from __future__ import annotations

import pytest

from kafkalite.broker.handlers.find_coordinator import GROUP, SHARE, TRANSACTION, is_share_partition_key
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_transactions_request import DescribeTransactionsRequest
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from tests.broker.played_broker import PlayedBroker

SHARE_KEY = "group:AAAAAAAAAAAAAAAAAAAABQ:0"


@pytest.mark.parametrize("version", range(4))
@pytest.mark.parametrize("key_type", [GROUP, TRANSACTION])
def test_one_key_is_answered_with_this_broker(version: int, key_type: int) -> None:
    if version == 0 and key_type:
        return
    response = PlayedBroker().ask(FindCoordinatorRequest(key="g", key_type=key_type), version)
    assert (response.error_code, response.node_id, response.host, response.port) == (0, 1, "127.0.0.1", 9092)


@pytest.mark.parametrize("version", range(1, 7))
def test_the_topic_of_transactions_comes_into_being(version: int) -> None:
    broker = PlayedBroker()
    question = DescribeTransactionsRequest(transactional_ids=["t"])
    [before] = broker.ask(question, 0).transaction_states
    assert before.error_code == errors.NOT_COORDINATOR
    keys = {"coordinator_keys": ["t"]} if version >= 4 else {"key": "t"}
    broker.ask(FindCoordinatorRequest(key_type=TRANSACTION, **keys), version)
    [after] = broker.ask(question, 0).transaction_states
    assert after.error_code == errors.TRANSACTIONAL_ID_NOT_FOUND


@pytest.mark.parametrize("version", range(1, 4))
@pytest.mark.parametrize("key_type", [SHARE, 9])
def test_a_type_that_the_version_does_not_have_is_refused(version: int, key_type: int) -> None:
    response = PlayedBroker().ask(FindCoordinatorRequest(key=SHARE_KEY, key_type=key_type), version)
    assert (response.error_code, response.node_id, response.host, response.port) == (42, -1, "", -1)


@pytest.mark.parametrize("version", range(4, 7))
def test_several_keys_are_answered_each(version: int) -> None:
    broker = PlayedBroker()
    response = broker.ask(FindCoordinatorRequest(coordinator_keys=["a", "b"], key_type=GROUP), version)
    assert [(c.key, c.error_code, c.node_id, c.port) for c in response.coordinators] == [
        ("a", 0, 1, 9092),
        ("b", 0, 1, 9092),
    ]
    share = broker.ask(FindCoordinatorRequest(coordinator_keys=[SHARE_KEY, "x"], key_type=SHARE), version)
    codes = [errors.NONE if version >= 6 else errors.INVALID_REQUEST, errors.INVALID_REQUEST]
    assert [c.error_code for c in share.coordinators] == codes
    unknown = broker.ask(FindCoordinatorRequest(coordinator_keys=["a"], key_type=9), version)
    assert [(c.key, c.error_code, c.node_id) for c in unknown.coordinators] == [("a", errors.INVALID_REQUEST, -1)]


@pytest.mark.parametrize(
    ("key", "is_valid"),
    [
        (SHARE_KEY, True),
        ("a:b:c:AAAAAAAAAAAAAAAAAAAABQ:17", True),
        ("g:AAAAAAAAAAAAAAAAAAAABQ:-1", True),
        ("", False),
        ("g", False),
        ("g:AAAAAAAAAAAAAAAAAAAABQ", False),
        (":AAAAAAAAAAAAAAAAAAAABQ:0", False),
        ("  :AAAAAAAAAAAAAAAAAAAABQ:0", False),
        ("g:short:0", False),
        ("g:AAAAAAAAAAAAAAAAAAAABQ:x", False),
        ("g:AAAAAAAAAAAAAAAAAAAABQ:2147483648", False),
    ],
)
def test_a_share_key_has_a_group_a_topic_id_and_a_partition(key: str, is_valid: bool) -> None:
    assert is_share_partition_key(key) is is_valid
