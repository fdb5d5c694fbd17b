"""DescribeDelegationToken on a plain listener, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_delegation_token_request import DescribeDelegationTokenRequest
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(1, 4))
def test_no_token_is_described(version: int) -> None:
    answer = PlayedBroker().ask(DescribeDelegationTokenRequest(owners=None), version)
    assert (answer.error_code, answer.tokens) == (errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, [])


@pytest.mark.parametrize("version", range(1, 4))
def test_an_authenticated_client_hears_that_tokens_are_disabled(version: int) -> None:
    broker = PlayedBroker()
    broker.connection.principal = "User:alice"
    answer = broker.ask(DescribeDelegationTokenRequest(owners=None), version)
    assert (answer.error_code, answer.tokens) == (errors.DELEGATION_TOKEN_AUTH_DISABLED, [])
