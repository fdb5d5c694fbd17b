"""SaslAuthenticate: one token of a SASL exchange, by which a client proves its identity.

Versions 0-2:
    1    the lifetime of the session (KIP-368)
    2    flexible

Errors, for the request:
    ILLEGAL_SASL_STATE            without SASL, and while no authentication is due: the connection stays open;
                                  any other request in the middle of an authentication: the connection is closed
    SASL_AUTHENTICATION_FAILED    the client is not the user that it claims to be; the connection is closed

The order of requests is checked before they reach the handler: `kafkalite.security.authenticator`.

Source: KafkaApis.handleSaslAuthenticateRequest, SaslServerAuthenticator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.messages.sasl_authenticate_response import SaslAuthenticateResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.sasl_authenticate_request import SaslAuthenticateRequest


class SaslAuthenticateHandler:
    """Answers SaslAuthenticate."""

    def __init__(self, broker: Broker) -> None:
        pass

    def sasl_authenticate(self, context: RequestContext, request: SaslAuthenticateRequest) -> SaslAuthenticateResponse:
        """Continue the exchange, or refuse the token on a connection that needs none."""
        authenticator = context.connection.authenticator
        if authenticator is None or authenticator.is_complete:
            return SaslAuthenticateResponse(
                error_code=errors.ILLEGAL_SASL_STATE, error_message="This connection needs no authentication."
            )
        return authenticator.authenticate(bytes(request.auth_bytes), context.api_version)
