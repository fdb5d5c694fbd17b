"""CreateDelegationToken: a token by which a client authenticates as its owner; none is created.

Versions 1-3:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    tokens for another user: owner and requester (KIP-373)

Errors, for the request:
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED    the client has not authenticated, so there is no user to own a token
    DELEGATION_TOKEN_AUTH_DISABLED          any other client: no `delegation.token.secret.key` is set
    UNKNOWN_SERVER_ERROR                    an owner with a name and a null type

Source: KafkaApis.handleCreateTokenRequest (KIP-48).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.delegation_tokens import NO_TIMESTAMP, refusal
from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_delegation_token_response import CreateDelegationTokenResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.create_delegation_token_request import CreateDelegationTokenRequest

FIRST_VERSION_OF_REQUESTER = 3


class CreateDelegationTokenHandler:
    """Answers CreateDelegationToken."""

    def __init__(self, broker: Broker) -> None:
        pass

    def create_delegation_token(
        self, context: RequestContext, request: CreateDelegationTokenRequest
    ) -> CreateDelegationTokenResponse:
        """Refuse the token, and name its owner: the client's principal, unless the request names another."""
        requester_type, _, requester_name = context.connection.principal.partition(":")
        owner_type, owner_name = requester_type, requester_name
        error_code, timestamp_ms = refusal(context)
        if request.owner_principal_name:
            if request.owner_principal_type is None:
                error_code, timestamp_ms = errors.UNKNOWN_SERVER_ERROR, NO_TIMESTAMP
            else:
                owner_type, owner_name = request.owner_principal_type, request.owner_principal_name
        response = CreateDelegationTokenResponse(
            error_code=error_code,
            principal_type=owner_type,
            principal_name=owner_name,
            issue_timestamp_ms=timestamp_ms,
            expiry_timestamp_ms=timestamp_ms,
            max_timestamp_ms=timestamp_ms,
        )
        if context.api_version >= FIRST_VERSION_OF_REQUESTER:
            response.token_requester_principal_type = requester_type
            response.token_requester_principal_name = requester_name
        return response
