"""CreateDelegationToken, RenewDelegationToken, ExpireDelegationToken, DescribeDelegationToken on a plain listener.

CreateDelegationToken 1-3, RenewDelegationToken 1-2, ExpireDelegationToken 1-2, DescribeDelegationToken 1-3:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    tokens for somebody else: owner and requester (KIP-373)

Errors:
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED    always: whoever comes by PLAINTEXT is nobody that a token could stand for
    UNKNOWN_SERVER_ERROR                    CreateDelegationToken: an owner with a name and a null type

Source: KafkaApis.handleCreateTokenRequest and its neighbours, allowTokenRequests (KIP-48).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_delegation_token_response import CreateDelegationTokenResponse
from kafkalite.protocol.messages.describe_delegation_token_response import DescribeDelegationTokenResponse
from kafkalite.protocol.messages.expire_delegation_token_response import ExpireDelegationTokenResponse
from kafkalite.protocol.messages.renew_delegation_token_response import RenewDelegationTokenResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.create_delegation_token_request import CreateDelegationTokenRequest
    from kafkalite.protocol.messages.describe_delegation_token_request import DescribeDelegationTokenRequest
    from kafkalite.protocol.messages.expire_delegation_token_request import ExpireDelegationTokenRequest
    from kafkalite.protocol.messages.renew_delegation_token_request import RenewDelegationTokenRequest

NO_TIMESTAMP = -1


class DelegationTokensHandler:
    """Answers the four requests about delegation tokens."""

    def __init__(self, broker: Broker) -> None:
        pass

    def create_delegation_token(
        self, context: RequestContext, request: CreateDelegationTokenRequest
    ) -> CreateDelegationTokenResponse:
        """Refuse, and name the owner that was asked for: who asks, unless the request says otherwise."""
        requester_type, _, requester_name = context.connection.principal.partition(":")
        owner_type, owner_name = requester_type, requester_name
        error_code = errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED
        if request.owner_principal_name:
            if request.owner_principal_type is None:
                error_code = errors.UNKNOWN_SERVER_ERROR
            else:
                owner_type, owner_name = request.owner_principal_type, request.owner_principal_name
        response = CreateDelegationTokenResponse(
            error_code=error_code,
            principal_type=owner_type,
            principal_name=owner_name,
            issue_timestamp_ms=NO_TIMESTAMP,
            expiry_timestamp_ms=NO_TIMESTAMP,
            max_timestamp_ms=NO_TIMESTAMP,
        )
        if context.api_version >= 3:
            response.token_requester_principal_type = requester_type
            response.token_requester_principal_name = requester_name
        return response

    def renew_delegation_token(
        self, context: RequestContext, request: RenewDelegationTokenRequest
    ) -> RenewDelegationTokenResponse:
        """Refuse."""
        return RenewDelegationTokenResponse(
            error_code=errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, expiry_timestamp_ms=NO_TIMESTAMP
        )

    def expire_delegation_token(
        self, context: RequestContext, request: ExpireDelegationTokenRequest
    ) -> ExpireDelegationTokenResponse:
        """Refuse."""
        return ExpireDelegationTokenResponse(
            error_code=errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, expiry_timestamp_ms=NO_TIMESTAMP
        )

    def describe_delegation_token(
        self, context: RequestContext, request: DescribeDelegationTokenRequest
    ) -> DescribeDelegationTokenResponse:
        """Refuse."""
        return DescribeDelegationTokenResponse(error_code=errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED)
