"""ExpireDelegationToken: bring forward the expiry of a delegation token; there are no tokens.

Versions 1-2:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible

Errors, for the request:
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED    the client has not authenticated
    DELEGATION_TOKEN_AUTH_DISABLED          any other client: no `delegation.token.secret.key` is set

Source: KafkaApis.handleExpireTokenRequest (KIP-48).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.delegation_tokens import refusal
from kafkalite.protocol.messages.expire_delegation_token_response import ExpireDelegationTokenResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.expire_delegation_token_request import ExpireDelegationTokenRequest


class ExpireDelegationTokenHandler:
    """Answers ExpireDelegationToken."""

    def __init__(self, broker: Broker) -> None:
        pass

    def expire_delegation_token(
        self, context: RequestContext, request: ExpireDelegationTokenRequest
    ) -> ExpireDelegationTokenResponse:
        """Refuse to expire the token."""
        error_code, timestamp_ms = refusal(context)
        return ExpireDelegationTokenResponse(error_code=error_code, expiry_timestamp_ms=timestamp_ms)
