"""AlterUserScramCredentials and DescribeUserScramCredentials on the metadata.

A client sends the salted password. Only the two keys derived from it are stored; they do not reveal the password.

Source: org.apache.kafka.controller.ScramControlManager, org.apache.kafka.image.ScramImage (KIP-554, KIP-900), RFC 5802.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Any

from kafkalite.cluster.repetitions import find_repeated
from kafkalite.cluster.result import Result
from kafkalite.model.steps import Pace, finish
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.internal_records.remove_user_scram_credential_record import RemoveUserScramCredentialRecord
from kafkalite.protocol.internal_records.user_scram_credential_record import UserScramCredentialRecord
from kafkalite.protocol.messages.alter_user_scram_credentials_request import ScramCredentialDeletion
from kafkalite.protocol.messages.alter_user_scram_credentials_response import (
    AlterUserScramCredentialsResponse,
    AlterUserScramCredentialsResult,
)
from kafkalite.protocol.messages.describe_user_scram_credentials_response import (
    CredentialInfo,
    DescribeUserScramCredentialsResponse,
    DescribeUserScramCredentialsResult,
)

if TYPE_CHECKING:
    from kafkalite.cluster.image import MetadataImage
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
        AlterUserScramCredentialsRequest,
        ScramCredentialUpsertion,
    )
    from kafkalite.protocol.messages.describe_user_scram_credentials_request import DescribeUserScramCredentialsRequest

DIGESTS = {1: "sha256", 2: "sha512"}
"""SCRAM mechanism by number -> its hash function: SCRAM-SHA-256 and SCRAM-SHA-512."""

MIN_ITERATIONS_COUNT = 4096
MAX_ITERATIONS_COUNT = 16384

FIRST_METADATA_VERSION = 11  # 3.5-IV2


def alter_credentials(
    image: MetadataImage, request: AlterUserScramCredentialsRequest
) -> Result[AlterUserScramCredentialsResponse]:
    """Alter as `alter_credentials_steps` does, at once."""
    return finish(alter_credentials_steps(image, request))


def alter_credentials_steps(
    image: MetadataImage, request: AlterUserScramCredentialsRequest
) -> Steps[Result[AlterUserScramCredentialsResponse]]:
    """Set and remove credentials; a user may be named only once.

    Errors, per user: DUPLICATE_RESOURCE, RESOURCE_NOT_FOUND for a removal, UNSUPPORTED_SASL_MECHANISM,
    UNACCEPTABLE_CREDENTIAL (no name, too few or too many iterations, no password), UNSUPPORTED_VERSION if
    `metadata.version` is too low.
    """
    records: dict[str, Any] = {}
    results: dict[str, AlterUserScramCredentialsResult] = {}
    changes: list[ScramCredentialDeletion | ScramCredentialUpsertion] = [*request.deletions, *request.upsertions]
    pace = Pace()
    for change in changes:
        if pace.is_due():
            yield
        result = results.setdefault(change.name, AlterUserScramCredentialsResult(user=change.name, error_message=None))
        if result.error_code != errors.NONE:
            continue
        try:
            if records.pop(change.name, None) is not None:
                raise ApiError(errors.DUPLICATE_RESOURCE, "A user's credential is altered twice in one request.")
            _check(image, change.name, change.mechanism)
            if isinstance(change, ScramCredentialDeletion):
                records[change.name] = _removal(image, change)
            else:
                records[change.name] = _credential(change)
        except ApiError as error:
            result.error_code, result.error_message = error.error_code, error.error_message
    return Result(list(records.values()), AlterUserScramCredentialsResponse(results=list(results.values())))


def describe_credentials(
    image: MetadataImage, request: DescribeUserScramCredentialsRequest
) -> DescribeUserScramCredentialsResponse:
    """Describe as `describe_credentials_steps` does, at once."""
    return finish(describe_credentials_steps(image, request))


def describe_credentials_steps(
    image: MetadataImage, request: DescribeUserScramCredentialsRequest
) -> Steps[DescribeUserScramCredentialsResponse]:
    """Return the mechanisms and iteration counts of the named users, or of all users if none is named.

    Errors, per user: DUPLICATE_RESOURCE for a user that is named more than once, RESOURCE_NOT_FOUND.
    """
    mechanisms: dict[str, list[CredentialInfo]] = {}
    for (name, mechanism), credential in image.credentials.items():
        info = CredentialInfo(mechanism=mechanism, iterations=credential.iterations)
        mechanisms.setdefault(name, []).append(info)
    asked = [user.name for user in request.users or ()] or list(mechanisms)
    repeated = find_repeated(asked)
    results = []
    pace = Pace()
    for name in dict.fromkeys(asked):
        if pace.is_due():
            yield
        result = DescribeUserScramCredentialsResult(user=name)
        if name in repeated:
            result.error_code = errors.DUPLICATE_RESOURCE
            result.error_message = "A user is named twice in one request."
        elif name not in mechanisms:
            result.error_code = errors.RESOURCE_NOT_FOUND
            result.error_message = "The user has no credential."
        else:
            result.credential_infos = mechanisms[name]
        results.append(result)
    return DescribeUserScramCredentialsResponse(results=results)


def _check(image: MetadataImage, name: str, mechanism: int) -> None:
    if image.features.metadata_version < FIRST_METADATA_VERSION:
        raise ApiError(errors.UNSUPPORTED_VERSION, "The cluster's metadata.version has no SCRAM credentials.")
    if not name:
        raise ApiError(errors.UNACCEPTABLE_CREDENTIAL, "The name of the user is empty.")
    if mechanism not in DIGESTS:
        raise ApiError(errors.UNSUPPORTED_SASL_MECHANISM, f"There is no SCRAM mechanism {mechanism}.")


def _removal(image: MetadataImage, deletion: ScramCredentialDeletion) -> RemoveUserScramCredentialRecord:
    """Return the record of a removal.

    Raises:
        ApiError: RESOURCE_NOT_FOUND.
    """
    if (deletion.name, deletion.mechanism) not in image.credentials:
        raise ApiError(errors.RESOURCE_NOT_FOUND, "There is no such credential to remove.")
    return RemoveUserScramCredentialRecord(name=deletion.name, mechanism=deletion.mechanism)


def _credential(upsertion: ScramCredentialUpsertion) -> UserScramCredentialRecord:
    """Return the record of a credential.

    Raises:
        ApiError: UNACCEPTABLE_CREDENTIAL.
    """
    if not MIN_ITERATIONS_COUNT <= upsertion.iterations <= MAX_ITERATIONS_COUNT:
        raise ApiError(
            errors.UNACCEPTABLE_CREDENTIAL,
            f"{upsertion.iterations} iterations are not within {MIN_ITERATIONS_COUNT} to {MAX_ITERATIONS_COUNT}.",
        )
    salted_password = bytes(upsertion.salted_password)
    if not salted_password:
        raise ApiError(errors.UNACCEPTABLE_CREDENTIAL, "The salted password is empty.")
    digest = DIGESTS[upsertion.mechanism]
    client_key = hmac.digest(salted_password, b"Client Key", digest)
    return UserScramCredentialRecord(
        name=upsertion.name,
        mechanism=upsertion.mechanism,
        salt=bytes(upsertion.salt),
        stored_key=hashlib.new(digest, client_key).digest(),
        server_key=hmac.digest(salted_password, b"Server Key", digest),
        iterations=upsertion.iterations,
    )
