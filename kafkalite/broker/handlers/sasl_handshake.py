"""SaslHandshake: agree on a SASL mechanism.

Versions 0-1:
    1    the tokens that follow come in SaslAuthenticate requests, not bare (KIP-152)

Errors, for the request:
    ILLEGAL_SASL_STATE            without SASL, and while no authentication is due: the connection stays open
    UNSUPPORTED_SASL_MECHANISM    not enabled on this listener; the connection is closed

The order of requests is checked before they reach the handler: `kafkalite.security.authenticator`.

Source: KafkaApis.handleSaslHandshakeRequest, SaslServerAuthenticator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sasl_handshake_response import SaslHandshakeResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest


class SaslHandshakeHandler:
    """Answers SaslHandshake."""

    def __init__(self, broker: Broker) -> None:
        pass

    def sasl_handshake(self, context: RequestContext, request: SaslHandshakeRequest) -> SaslHandshakeResponse:
        """Begin an exchange, or refuse it on a connection that needs none."""
        authenticator = context.connection.authenticator
        if authenticator is None or authenticator.is_complete:
            return SaslHandshakeResponse(error_code=errors.ILLEGAL_SASL_STATE)
        return authenticator.handshake(request.mechanism, context.api_version)
