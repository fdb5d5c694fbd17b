"""SCRAM users of a cluster: listing, creating, changing, deleting. The password never leaves this process.

Source: KafkaAdminClient.describeUserScramCredentials and alterUserScramCredentials; KIP-554; ScramFormatter.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from kafkalite.client.errors import check
from kafkalite.protocol.errors import RESOURCE_NOT_FOUND
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialDeletion,
    ScramCredentialUpsertion,
)
from kafkalite.protocol.messages.describe_user_scram_credentials_request import (
    DescribeUserScramCredentialsRequest,
    UserName,
)
from kafkalite.security.scram import DIGESTS, MECHANISM_NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafkalite.client.client import Client

MECHANISM_NAMES = {number: name for name, number in MECHANISM_NUMBERS.items()}
MIN_ITERATIONS, MAX_ITERATIONS = 4096, 16384
"""The iterations that brokers accept. Source: ScramMechanism, ScramControlManager."""


class Credential(NamedTuple):
    """A user's credential of one mechanism."""

    user: str
    mechanism: str
    iterations: int


def list_credentials(client: Client, users: Iterable[str] | None = None) -> list[Credential]:
    """Return the sorted credentials of the named users, or of all users if none is named.

    Unknown users are left out.

    Raises:
        BrokerError: the broker refuses.
    """
    # An empty list means all users. So does null, but Apache Kafka 4.3 does not answer it to an unauthorized client.
    names = [UserName(name=user) for user in users or ()]
    response = client.ask_controller(DescribeUserScramCredentialsRequest(users=names))
    check(response.error_code, response.error_message, "SCRAM users")
    found = []
    for result in response.results:
        if result.error_code != RESOURCE_NOT_FOUND:
            check(result.error_code, result.error_message, result.user)
            found += [
                Credential(
                    result.user, MECHANISM_NAMES.get(one.mechanism, f"mechanism {one.mechanism}"), one.iterations
                )
                for one in result.credential_infos
            ]
    return sorted(found)


def set_password(client: Client, user: str, mechanisms: Iterable[str], password: str, iterations: int) -> None:
    """Create or replace the credentials of a user.

    Raises:
        BrokerError: the broker refuses.
    """
    for mechanism in mechanisms:  # one request each: a broker refuses a user twice in one
        salt = client.entropy.uuid()
        upsertion = ScramCredentialUpsertion(
            name=user,
            mechanism=MECHANISM_NUMBERS[mechanism],
            iterations=iterations,
            salt=salt,
            salted_password=salt_password(mechanism, password, salt, iterations),
        )
        _alter(client, AlterUserScramCredentialsRequest(upsertions=[upsertion]))


def delete_credentials(client: Client, user: str, mechanisms: Iterable[str]) -> None:
    """Delete credentials of a user.

    Raises:
        BrokerError: RESOURCE_NOT_FOUND if there is none.
    """
    for mechanism in mechanisms:
        deletion = ScramCredentialDeletion(name=user, mechanism=MECHANISM_NUMBERS[mechanism])
        _alter(client, AlterUserScramCredentialsRequest(deletions=[deletion]))


def _alter(client: Client, request: AlterUserScramCredentialsRequest) -> None:
    for result in client.ask_controller(request).results:
        check(result.error_code, result.error_message, result.user)


def salt_password(mechanism: str, password: str, salt: bytes, iterations: int) -> bytes:
    """Return RFC 5802's SaltedPassword."""
    return hashlib.pbkdf2_hmac(DIGESTS[mechanism], password.encode(), salt, iterations)
