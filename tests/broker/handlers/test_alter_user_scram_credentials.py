"""AlterUserScramCredentials through the router; credentials survive a restart and a crash."""

from __future__ import annotations

import pytest

from kafkalite.model.exceptions import StorageFault
from kafkalite.protocol import errors
from kafkalite.protocol.messages.alter_user_scram_credentials_request import (
    AlterUserScramCredentialsRequest,
    ScramCredentialDeletion,
    ScramCredentialUpsertion,
)
from tests.broker.played_broker import PlayedBroker


def alter(broker: PlayedBroker, *names: str) -> list[tuple[str, int]]:
    changes = [
        ScramCredentialUpsertion(name=name, mechanism=2, iterations=4096, salt=b"salt", salted_password=b"secret")
        for name in names
    ]
    request = AlterUserScramCredentialsRequest(upsertions=changes)
    return [(each.user, each.error_code) for each in broker.ask(request, 0).results]


@pytest.mark.parametrize("clean", [True, False], ids=["after a clean stop", "after a crash"])
def test_credentials_are_kept(clean: bool) -> None:
    broker = PlayedBroker()
    assert alter(broker, "alice", "bob") == [("alice", errors.NONE), ("bob", errors.NONE)]
    removal = AlterUserScramCredentialsRequest(deletions=[ScramCredentialDeletion(name="bob", mechanism=2)])
    assert broker.ask(removal, 0).results[0].error_code == errors.NONE
    before = broker.broker.metadata.image.credentials
    again = broker.restart(clean=clean)
    assert again.broker.metadata.image.credentials == before
    assert list(before) == [("alice", 2)]


def test_a_failing_disk_fails_every_user(monkeypatch: pytest.MonkeyPatch) -> None:
    broker = PlayedBroker()

    def fail(*args: object, **kwargs: object) -> None:
        raise StorageFault("append", "/data", "disk full")

    monkeypatch.setattr(type(broker.broker.metadata.log), "append", fail)
    assert alter(broker, "alice", "bob") == [(name, errors.KAFKA_STORAGE_ERROR) for name in ("alice", "bob")]
