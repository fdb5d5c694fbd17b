"""SaslHandshake, SaslAuthenticate: what a broker says to them on a connection that needs no authentication.

SaslHandshake 0-1:
    1    what follows comes in SaslAuthenticate requests, not as bare tokens (KIP-152)
SaslAuthenticate 0-2:
    1    the lifetime of the session (KIP-368)
    2    flexible

Errors:
    ILLEGAL_SASL_STATE    always: there are no listeners with SASL. The connection stays open.

Source: KafkaApis.handleSaslHandshakeRequest, handleSaslAuthenticateRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sasl_authenticate_response import SaslAuthenticateResponse
from kafkalite.protocol.messages.sasl_handshake_response import SaslHandshakeResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest
    from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest


class SaslHandler:
    """Answers SaslHandshake and SaslAuthenticate."""

    def __init__(self, broker: Broker) -> None:
        pass

    def sasl_handshake(self, context: RequestContext, request: SaslHandshakeRequest) -> SaslHandshakeResponse:
        """Refuse; no mechanisms are offered."""
        return SaslHandshakeResponse(error_code=errors.ILLEGAL_SASL_STATE)

    def sasl_authenticate(self, context: RequestContext, request: SaslAuthenticateRequest) -> SaslAuthenticateResponse:
        """Refuse; whoever is connected needs no authentication."""
        return SaslAuthenticateResponse(
            error_code=errors.ILLEGAL_SASL_STATE, error_message="This connection needs no authentication."
        )
