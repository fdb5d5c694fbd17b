"""Delegation tokens on a plain listener, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_delegation_token_request import CreateDelegationTokenRequest
from kafkalite.protocol.messages.describe_delegation_token_request import DescribeDelegationTokenRequest
from kafkalite.protocol.messages.expire_delegation_token_request import ExpireDelegationTokenRequest
from kafkalite.protocol.messages.renew_delegation_token_request import RenewDelegationTokenRequest
from tests.broker.played_broker import PlayedBroker

REFUSED = errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED


@pytest.mark.parametrize("version", range(1, 4))
def test_none_is_made(version: int) -> None:
    answer = PlayedBroker().ask(CreateDelegationTokenRequest(max_lifetime_ms=-1), version)
    assert (answer.error_code, answer.principal_type, answer.principal_name) == (REFUSED, "User", "ANONYMOUS")
    assert (answer.issue_timestamp_ms, answer.expiry_timestamp_ms, answer.max_timestamp_ms) == (-1, -1, -1)
    assert (answer.token_id, answer.hmac) == ("", b"")
    assert answer.token_requester_principal_name == ("ANONYMOUS" if version >= 3 else "")


@pytest.mark.parametrize(
    ("owner", "code", "told"),
    [
        (("User", "alice"), REFUSED, ("User", "alice")),
        (("User", ""), REFUSED, ("User", "ANONYMOUS")),
        ((None, "alice"), errors.UNKNOWN_SERVER_ERROR, ("User", "ANONYMOUS")),
    ],
)
def test_the_owner_is_named(owner: tuple[str | None, str], code: int, told: tuple[str, str]) -> None:
    request = CreateDelegationTokenRequest(owner_principal_type=owner[0], owner_principal_name=owner[1])
    answer = PlayedBroker().ask(request, 3)
    assert (answer.error_code, (answer.principal_type, answer.principal_name)) == (code, told)


@pytest.mark.parametrize("version", range(1, 3))
def test_none_is_renewed_or_expired(version: int) -> None:
    broker = PlayedBroker()
    for request in (RenewDelegationTokenRequest(hmac=b"x"), ExpireDelegationTokenRequest(hmac=b"x")):
        answer = broker.ask(request, version)
        assert (answer.error_code, answer.expiry_timestamp_ms) == (REFUSED, -1)


@pytest.mark.parametrize("version", range(1, 4))
def test_none_is_described(version: int) -> None:
    answer = PlayedBroker().ask(DescribeDelegationTokenRequest(owners=None), version)
    assert (answer.error_code, answer.tokens) == (REFUSED, [])


def test_who_has_authenticated_is_told_that_there_are_none() -> None:
    broker = PlayedBroker()
    broker.connection.principal = "User:alice"
    answer = broker.ask(CreateDelegationTokenRequest(), 3)
    assert (answer.error_code, answer.principal_name) == (errors.DELEGATION_TOKEN_AUTH_DISABLED, "alice")
    assert (answer.issue_timestamp_ms, answer.expiry_timestamp_ms, answer.max_timestamp_ms) == (0, 0, 0)
    for request in (RenewDelegationTokenRequest(), ExpireDelegationTokenRequest(), DescribeDelegationTokenRequest()):
        assert broker.ask(request, 2).error_code == errors.DELEGATION_TOKEN_AUTH_DISABLED
