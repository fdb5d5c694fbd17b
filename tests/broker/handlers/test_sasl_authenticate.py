"""SaslAuthenticate on a listener without SASL, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(3))
def test_no_client_needs_to_authenticate(version: int) -> None:
    answer = PlayedBroker().ask(SaslAuthenticateRequest(auth_bytes=b"\0alice\0secret"), version)
    assert (answer.error_code, answer.auth_bytes) == (errors.ILLEGAL_SASL_STATE, b"")
    assert answer.error_message
