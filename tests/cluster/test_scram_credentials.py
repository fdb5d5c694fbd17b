"""SCRAM credentials on the metadata: what is stored, what is told, what is refused."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from kafkalite.cluster.image import ScramCredential
from kafkalite.cluster.result import Result
from kafkalite.cluster.scram_credentials import alter_credentials, describe_credentials
from kafkalite.protocol import errors
from kafkalite.protocol.internal_records.feature_level_record import FeatureLevelRecord
from kafkalite.protocol.internal_records.remove_user_scram_credential_record import RemoveUserScramCredentialRecord
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialDeletion,
    ScramCredentialUpsertion,
)
from kafkalite.protocol.messages.describe_user_scram_credentials_request import (
    DescribeUserScramCredentialsRequest,
    UserName,
)
from tests.cluster.conversation import Cluster

SHA_256, SHA_512 = 1, 2


def setting(name: str, mechanism: int = SHA_256, **fields: Any) -> ScramCredentialUpsertion:
    full = {"iterations": 4096, "salt": b"salt", "salted_password": b"secret", **fields}
    return ScramCredentialUpsertion(name=name, mechanism=mechanism, **full)


def removal(name: str, mechanism: int = SHA_256) -> ScramCredentialDeletion:
    return ScramCredentialDeletion(name=name, mechanism=mechanism)


def alter(
    cluster: Cluster, *set_: ScramCredentialUpsertion, removed: tuple[ScramCredentialDeletion, ...] = ()
) -> dict[str, int]:
    """Return the error code of each user, after checking that the log tells the same as the image."""
    request = AlterUserScramCredentialsRequest(upsertions=list(set_), deletions=list(removed))
    response = cluster.commit(alter_credentials(cluster.image, request))
    cluster.check_replay()
    return {result.user: result.error_code for result in response.results}


def describe(cluster: Cluster, *names: str) -> dict[str, int | list[tuple[int, int]]]:
    """Return per user (mechanism, iterations) of each credential, or an error code."""
    request = DescribeUserScramCredentialsRequest(users=[UserName(name=name) for name in names] if names else None)
    return {
        each.user: each.error_code or [(info.mechanism, info.iterations) for info in each.credential_infos]
        for each in describe_credentials(cluster.image, request).results
    }


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


def test_the_keys_are_those_of_the_rfc(cluster: Cluster) -> None:
    """The exchange of RFC 7677, section 3: user "user", password "pencil"."""
    salt = base64.b64decode("W22ZaJ0SNY7soEsUEjb6gQ==")
    salted = hashlib.pbkdf2_hmac("sha256", b"pencil", salt, 4096)
    assert alter(cluster, setting("user", salt=salt, salted_password=salted)) == {"user": errors.NONE}
    stored = cluster.image.credentials["user", SHA_256]
    assert stored == ScramCredential(
        salt,
        base64.b64decode("WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="),
        base64.b64decode("wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="),
        4096,
    )


def test_credentials_come_and_go(cluster: Cluster) -> None:
    assert alter(cluster, setting("a"), setting("b", SHA_512, iterations=16384)) == {"a": 0, "b": 0}
    assert alter(cluster, setting("a", SHA_512), removed=(removal("b", SHA_512),)) == {"a": 0, "b": 0}
    assert describe(cluster) == describe(cluster, "a") == {"a": [(SHA_256, 4096), (SHA_512, 4096)]}
    assert len(cluster.image.credentials["a", SHA_512].stored_key) == 64
    alter(cluster, setting("a", iterations=5000))
    assert describe(cluster, "a", "b") == {"a": [(SHA_256, 5000), (SHA_512, 4096)], "b": errors.RESOURCE_NOT_FOUND}
    assert describe(cluster, "a", "a", "b") == {"a": errors.DUPLICATE_RESOURCE, "b": errors.RESOURCE_NOT_FOUND}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (setting("a", iterations=4095), errors.UNACCEPTABLE_CREDENTIAL),
        (setting("a", iterations=16385), errors.UNACCEPTABLE_CREDENTIAL),
        (setting("", iterations=1), errors.UNACCEPTABLE_CREDENTIAL),
        (setting("a", salted_password=b""), errors.UNACCEPTABLE_CREDENTIAL),
        (setting("a", 0), errors.UNSUPPORTED_SASL_MECHANISM),
        (setting("a", 3), errors.UNSUPPORTED_SASL_MECHANISM),
        (removal("a"), errors.RESOURCE_NOT_FOUND),
        (removal("a", 0), errors.UNSUPPORTED_SASL_MECHANISM),
        (removal(""), errors.UNACCEPTABLE_CREDENTIAL),
    ],
)
def test_what_is_refused_keeps_nobody_else_back(
    cluster: Cluster, change: ScramCredentialUpsertion | ScramCredentialDeletion, code: int
) -> None:
    if isinstance(change, ScramCredentialUpsertion):
        told = alter(cluster, change, setting("other"))
    else:
        told = alter(cluster, setting("other"), removed=(change,))
    assert told == {change.name: code, "other": errors.NONE}
    assert list(cluster.image.credentials) == [("other", SHA_256)]


def test_a_user_is_altered_once(cluster: Cluster) -> None:
    duplicate = errors.DUPLICATE_RESOURCE
    assert alter(cluster, setting("a"), setting("a", SHA_512)) == {"a": duplicate}
    assert alter(cluster, setting("a"), setting("a"), setting("a")) == {"a": duplicate}
    assert alter(cluster, setting("a"), removed=(removal("a"),)) == {"a": errors.RESOURCE_NOT_FOUND}
    assert cluster.image.credentials == {}
    alter(cluster, setting("a"))
    assert alter(cluster, setting("a"), removed=(removal("a"),)) == {"a": duplicate}
    assert alter(cluster, removed=(removal("a"), removal("a"))) == {"a": duplicate}
    assert describe(cluster) == {"a": [(SHA_256, 4096)]}


def test_an_old_cluster_has_none(cluster: Cluster) -> None:
    cluster.commit(Result([FeatureLevelRecord(name="metadata.version", feature_level=10)], None))
    assert alter(cluster, setting("a"), removed=(removal("b"),)) == dict.fromkeys("ab", errors.UNSUPPORTED_VERSION)


def test_a_removal_of_nothing_contradicts_the_log(cluster: Cluster) -> None:
    with pytest.raises(ValueError, match="nobody"):
        cluster.commit(Result([RemoveUserScramCredentialRecord(name="nobody", mechanism=1)], None))
