"""DescribeDelegationToken: the delegation tokens of owners; there are none.

Versions 1-3:
    1    a client is throttled after the answer, not before (KIP-219)
    2    flexible
    3    the requester of each token (KIP-373)

Errors, for the request:
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED    the client has not authenticated
    DELEGATION_TOKEN_AUTH_DISABLED          any other client: no `delegation.token.secret.key` is set

Source: KafkaApis.handleDescribeTokensRequest (KIP-48).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.delegation_tokens import refusal
from kafkalite.protocol.messages.describe_delegation_token_response import DescribeDelegationTokenResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.describe_delegation_token_request import DescribeDelegationTokenRequest


class DescribeDelegationTokenHandler:
    """Answers DescribeDelegationToken."""

    def __init__(self, broker: Broker) -> None:
        pass

    def describe_delegation_token(
        self, context: RequestContext, request: DescribeDelegationTokenRequest
    ) -> DescribeDelegationTokenResponse:
        """Refuse to describe tokens."""
        return DescribeDelegationTokenResponse(error_code=refusal(context)[0])
