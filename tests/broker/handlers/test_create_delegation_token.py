"""CreateDelegationToken on a plain listener, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_delegation_token_request import CreateDelegationTokenRequest
from tests.broker.played_broker import PlayedBroker

REFUSED = errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED


@pytest.mark.parametrize("version", range(1, 4))
def test_no_token_is_created(version: int) -> None:
    answer = PlayedBroker().ask(CreateDelegationTokenRequest(max_lifetime_ms=-1), version)
    assert (answer.error_code, answer.principal_type, answer.principal_name) == (REFUSED, "User", "ANONYMOUS")
    assert (answer.issue_timestamp_ms, answer.expiry_timestamp_ms, answer.max_timestamp_ms) == (-1, -1, -1)
    assert (answer.token_id, answer.hmac) == ("", b"")
    assert answer.token_requester_principal_name == ("ANONYMOUS" if version >= 3 else "")


@pytest.mark.parametrize(
    ("owner", "code", "named"),
    [
        (("User", "alice"), REFUSED, ("User", "alice")),
        (("User", ""), REFUSED, ("User", "ANONYMOUS")),
        ((None, "alice"), errors.UNKNOWN_SERVER_ERROR, ("User", "ANONYMOUS")),
    ],
)
def test_the_owner_is_named(owner: tuple[str | None, str], code: int, named: tuple[str, str]) -> None:
    request = CreateDelegationTokenRequest(owner_principal_type=owner[0], owner_principal_name=owner[1])
    answer = PlayedBroker().ask(request, 3)
    assert (answer.error_code, (answer.principal_type, answer.principal_name)) == (code, named)


def test_an_authenticated_client_hears_that_tokens_are_disabled() -> None:
    broker = PlayedBroker()
    broker.connection.principal = "User:alice"
    answer = broker.ask(CreateDelegationTokenRequest(), 3)
    assert (answer.error_code, answer.principal_name) == (errors.DELEGATION_TOKEN_AUTH_DISABLED, "alice")
    assert (answer.issue_timestamp_ms, answer.expiry_timestamp_ms, answer.max_timestamp_ms) == (0, 0, 0)
