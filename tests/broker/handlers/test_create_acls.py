"""CreateAcls of a broker without an authorizer, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.create_acls_request import AclCreation, CreateAclsRequest
from tests.broker.played_broker import PlayedBroker


def create(*operations: int) -> CreateAclsRequest:
    return CreateAclsRequest(
        creations=[
            AclCreation(resource_type=2, principal="User:a", host="*", operation=operation, permission_type=3)
            for operation in operations
        ]
    )


@pytest.mark.parametrize("version", range(1, 4))
def test_every_entry_is_refused(version: int) -> None:
    results = PlayedBroker().ask(create(3, 4), version).results
    assert [each.error_code for each in results] == [errors.SECURITY_DISABLED] * 2
    assert all(each.error_message for each in results)


def test_no_entries_no_results() -> None:
    assert PlayedBroker().ask(create(), 3).results == []


def test_an_unknown_element_closes_the_connection() -> None:
    with pytest.raises(ProtocolViolation):
        PlayedBroker().ask(create(3, 0), 3)
