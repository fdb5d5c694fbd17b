"""SaslHandshake, SaslAuthenticate: agree on a mechanism and prove who one is.

SaslHandshake 0-1:
    1    what follows comes in SaslAuthenticate requests, not as bare tokens (KIP-152)
SaslAuthenticate 0-2:
    1    the lifetime of the session (KIP-368)
    2    flexible

Errors:
    ILLEGAL_SASL_STATE            on a listener without SASL, and while nobody has to authenticate: the connection stays
                                  open; any other request in the middle of an authentication: the connection is closed
    UNSUPPORTED_SASL_MECHANISM    not enabled on this listener; the connection is closed
    SASL_AUTHENTICATION_FAILED    the client is not who it claims to be; the connection is closed

Which of them may come when is decided before they come here: ``kafkalite.security.authenticator``.

Source: KafkaApis.handleSaslHandshakeRequest, handleSaslAuthenticateRequest, SaslServerAuthenticator.
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
        """Begin an exchange, or refuse where none is due."""
        authenticator = context.connection.authenticator
        if authenticator is None or authenticator.is_complete:
            return SaslHandshakeResponse(error_code=errors.ILLEGAL_SASL_STATE)
        return authenticator.handshake(request.mechanism, context.api_version)

    def sasl_authenticate(self, context: RequestContext, request: SaslAuthenticateRequest) -> SaslAuthenticateResponse:
        """Go on with the exchange, or refuse where none is under way."""
        authenticator = context.connection.authenticator
        if authenticator is None or authenticator.is_complete:
            return SaslAuthenticateResponse(
                error_code=errors.ILLEGAL_SASL_STATE, error_message="This connection needs no authentication."
            )
        return authenticator.authenticate(bytes(request.auth_bytes), context.api_version)
