"""DescribeUserScramCredentials: the SCRAM mechanisms of users with their iterations, without the keys.

Version 0 (KIP-554).

Errors, each for one user:
    DUPLICATE_RESOURCE    named twice
    RESOURCE_NOT_FOUND    has no credential

Source: kafka.server.KafkaApis.handleDescribeUserScramCredentialsRequest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.scram_credentials import describe_credentials_steps

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.describe_user_scram_credentials_request import DescribeUserScramCredentialsRequest
    from kafkalite.protocol.messages.describe_user_scram_credentials_response import (
        DescribeUserScramCredentialsResponse,
    )


class DescribeUserScramCredentialsHandler:
    """Answers DescribeUserScramCredentials."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def describe_user_scram_credentials(
        self, context: RequestContext, request: DescribeUserScramCredentialsRequest
    ) -> Steps[DescribeUserScramCredentialsResponse]:
        """Return the mechanisms of the named users, or of all."""
        return describe_credentials_steps(self._metadata.image, request)
