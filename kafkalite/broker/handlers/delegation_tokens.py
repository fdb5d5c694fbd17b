"""The refusal that the four requests about delegation tokens share: no `delegation.token.secret.key` is set.

Source: KafkaApis.allowTokenRequests (KIP-48), DelegationTokenControlManager.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.context import ANONYMOUS
from kafkalite.protocol import errors

if TYPE_CHECKING:
    from kafkalite.broker.context import RequestContext

NO_TIMESTAMP = -1
"""The timestamps of an answer to a client that may not ask; a client that may gets 0."""


def refusal(context: RequestContext) -> tuple[int, int]:
    """Return the error code for the principal of a request, and the timestamp of the answer."""
    if context.connection.principal == ANONYMOUS:
        return errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED, NO_TIMESTAMP
    return errors.DELEGATION_TOKEN_AUTH_DISABLED, 0
