"""The refusal of requests about delegation tokens."""

from __future__ import annotations

import pytest

from kafkalite.broker.context import ANONYMOUS, RequestContext
from kafkalite.broker.handlers.delegation_tokens import refusal
from kafkalite.protocol import api_keys, errors
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (ANONYMOUS, (errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, -1)),
        ("User:alice", (errors.DELEGATION_TOKEN_AUTH_DISABLED, 0)),
    ],
)
def test_the_refusal_depends_on_the_principal(principal: str, expected: tuple[int, int]) -> None:
    connection = PlayedBroker().connection
    connection.principal = principal
    context = RequestContext(api_keys.RENEW_DELEGATION_TOKEN, 2, 7, "test", connection)
    assert refusal(context) == expected
