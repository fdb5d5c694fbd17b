"""RenewDelegationToken on a plain listener, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.renew_delegation_token_request import RenewDelegationTokenRequest
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(1, 3))
def test_no_token_is_renewed(version: int) -> None:
    answer = PlayedBroker().ask(RenewDelegationTokenRequest(hmac=b"x"), version)
    assert (answer.error_code, answer.expiry_timestamp_ms) == (errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, -1)


@pytest.mark.parametrize("version", range(1, 3))
def test_an_authenticated_client_hears_that_tokens_are_disabled(version: int) -> None:
    broker = PlayedBroker()
    broker.connection.principal = "User:alice"
    answer = broker.ask(RenewDelegationTokenRequest(hmac=b"x"), version)
    assert (answer.error_code, answer.expiry_timestamp_ms) == (errors.DELEGATION_TOKEN_AUTH_DISABLED, 0)
