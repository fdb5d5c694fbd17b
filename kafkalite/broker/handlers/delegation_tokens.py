"""CreateDelegationToken, RenewDelegationToken, ExpireDelegationToken, DescribeDelegationToken: there are no tokens.

CreateDelegationToken 1-3, RenewDelegationToken 1-2, ExpireDelegationToken 1-2, DescribeDelegationToken 1-3:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    tokens for somebody else: owner and requester (KIP-373)

Errors:
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED    who has not authenticated is nobody that a token could stand for
    DELEGATION_TOKEN_AUTH_DISABLED          everybody else: no `delegation.token.secret.key` is set
    UNKNOWN_SERVER_ERROR                    CreateDelegationToken: an owner with a name and a null type

Source: KafkaApis.handleCreateTokenRequest and its neighbours, allowTokenRequests (KIP-48);
DelegationTokenControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import ANONYMOUS
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
"""Told to who may not ask; who may is told 0."""


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
        error_code, timestamp_ms = _refusal(context)
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
        if context.api_version >= 3:
            response.token_requester_principal_type = requester_type
            response.token_requester_principal_name = requester_name
        return response

    def renew_delegation_token(
        self, context: RequestContext, request: RenewDelegationTokenRequest
    ) -> RenewDelegationTokenResponse:
        """Refuse."""
        error_code, timestamp_ms = _refusal(context)
        return RenewDelegationTokenResponse(error_code=error_code, expiry_timestamp_ms=timestamp_ms)

    def expire_delegation_token(
        self, context: RequestContext, request: ExpireDelegationTokenRequest
    ) -> ExpireDelegationTokenResponse:
        """Refuse."""
        error_code, timestamp_ms = _refusal(context)
        return ExpireDelegationTokenResponse(error_code=error_code, expiry_timestamp_ms=timestamp_ms)

    def describe_delegation_token(
        self, context: RequestContext, request: DescribeDelegationTokenRequest
    ) -> DescribeDelegationTokenResponse:
        """Refuse."""
        return DescribeDelegationTokenResponse(error_code=_refusal(context)[0])


def _refusal(context: RequestContext) -> tuple[int, int]:
    """Return the error code and the timestamp that go with it."""
    if context.connection.principal == ANONYMOUS:
        return errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, NO_TIMESTAMP
    return errors.DELEGATION_TOKEN_AUTH_DISABLED, 0
