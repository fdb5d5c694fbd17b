"""SaslHandshake on a listener without SASL, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest
from tests.broker.played_broker import PlayedBroker


@pytest.mark.parametrize("version", range(2))
def test_no_mechanism_is_offered(version: int) -> None:
    answer = PlayedBroker().ask(SaslHandshakeRequest(mechanism="PLAIN"), version)
    assert (answer.error_code, answer.mechanisms) == (errors.ILLEGAL_SASL_STATE, [])
