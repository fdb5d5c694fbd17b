"""DescribeUserScramCredentials through the router."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialUpsertion,
)
from kafkalite.protocol.messages.describe_user_scram_credentials_request import (
    DescribeUserScramCredentialsRequest,
    UserName,
)
from tests.broker.played_broker import PlayedBroker


@pytest.fixture
def broker() -> PlayedBroker:
    """Return a broker with the credentials of one user."""
    made = PlayedBroker()
    upsertion = ScramCredentialUpsertion(
        name="alice", mechanism=2, iterations=4096, salt=b"salt", salted_password=b"secret"
    )
    [result] = made.ask(AlterUserScramCredentialsRequest(upsertions=[upsertion]), 0).results
    assert result.error_code == errors.NONE
    return made


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean stop", "after a crash"])
def test_all_users_are_described_where_none_is_named(broker: PlayedBroker, clean: bool) -> None:
    answer = broker.restart(clean=clean).ask(DescribeUserScramCredentialsRequest(users=None), 0)
    [user] = answer.results
    assert (answer.error_code, user.user, user.error_code) == (errors.NONE, "alice", errors.NONE)
    assert [(each.mechanism, each.iterations) for each in user.credential_infos] == [(2, 4096)]


def test_each_named_user_has_its_own_result(broker: PlayedBroker) -> None:
    users = [UserName(name=name) for name in ("bob", "alice")]
    results = broker.ask(DescribeUserScramCredentialsRequest(users=users), 0).results
    assert [(each.user, each.error_code, len(each.credential_infos)) for each in results] == [
        ("bob", errors.RESOURCE_NOT_FOUND, 0),
        ("alice", errors.NONE, 1),
    ]
