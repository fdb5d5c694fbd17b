"""AlterUserScramCredentials: set and delete the credentials by which users prove that they know a password.

Version 0 (KIP-554).

Errors, each for one user:
    DUPLICATE_RESOURCE            named twice
    RESOURCE_NOT_FOUND            has no such credential
    UNACCEPTABLE_CREDENTIAL       no name, no password, fewer than 4096 or more than 16384 iterations
    UNSUPPORTED_SASL_MECHANISM    neither SCRAM-SHA-256 (1) nor SCRAM-SHA-512 (2)
    UNSUPPORTED_VERSION           the cluster's metadata.version is older than 3.5-IV2
    KAFKA_STORAGE_ERROR           the metadata log cannot be written

Source: ControllerApis.handleAlterUserScramCredentials.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.cluster.scram_credentials import alter_credentials_steps
from kafkalite.model.steps import Pace, map_steps
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.alter_user_scram_credentials_response import (
    AlterUserScramCredentialsResponse,
    AlterUserScramCredentialsResult,
)

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_user_scram_credentials_request import AlterUserScramCredentialsRequest


class AlterUserScramCredentialsHandler:
    """Answers AlterUserScramCredentials."""

    def __init__(self, broker: Broker) -> None:
        self._metadata = broker.metadata

    def alter_user_scram_credentials(
        self, context: RequestContext, request: AlterUserScramCredentialsRequest
    ) -> Steps[AlterUserScramCredentialsResponse]:
        """Set and delete the credentials of valid users."""
        try:
            return (yield from self._metadata.commit_steps(lambda image: alter_credentials_steps(image, request)))
        except ApiError as refusal:
            error = refusal

        def refused(name: str) -> AlterUserScramCredentialsResult:
            return AlterUserScramCredentialsResult(
                user=name, error_code=error.error_code, error_message=error.error_message
            )

        names = dict.fromkeys([change.name for change in request.deletions])
        names |= dict.fromkeys([change.name for change in request.upsertions])
        return AlterUserScramCredentialsResponse(results=(yield from map_steps(refused, names, Pace())))
