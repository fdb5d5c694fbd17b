"""DescribeAcls, CreateAcls and DeleteAcls of a broker without an authorizer, in every version."""

from __future__ import annotations

from typing import Any

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.create_acls_request import AclCreation, CreateAclsRequest
from kafkalite.protocol.messages.delete_acls_request import DeleteAclsFilter, DeleteAclsRequest
from kafkalite.protocol.messages.describe_acls_request import DescribeAclsRequest
from tests.broker.played_broker import PlayedBroker

VERSIONS = range(1, 4)


def describe(**fields: Any) -> DescribeAclsRequest:
    wanted: dict[str, Any] = {
        "resource_type_filter": 1,
        "pattern_type_filter": 1,
        "operation": 1,
        "permission_type": 1,
    } | fields
    return DescribeAclsRequest(resource_name_filter=None, principal_filter=None, host_filter=None, **wanted)


def create(*operations: int) -> CreateAclsRequest:
    return CreateAclsRequest(
        creations=[
            AclCreation(resource_type=2, principal="User:a", host="*", operation=operation, permission_type=3)
            for operation in operations
        ]
    )


def delete(*operations: int) -> DeleteAclsRequest:
    return DeleteAclsRequest(
        filters=[
            DeleteAclsFilter(
                resource_type_filter=1,
                resource_name_filter=None,
                principal_filter=None,
                host_filter=None,
                operation=operation,
                permission_type=1,
            )
            for operation in operations
        ]
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_there_is_nothing_to_describe(version: int) -> None:
    answer = PlayedBroker().ask(describe(), version)
    assert (answer.error_code, answer.resources) == (errors.SECURITY_DISABLED, [])
    assert answer.error_message


@pytest.mark.parametrize("version", VERSIONS)
def test_every_entry_is_refused(version: int) -> None:
    broker = PlayedBroker()
    results = broker.ask(create(3, 4), version).results
    assert [each.error_code for each in results] == [errors.SECURITY_DISABLED] * 2
    filters = broker.ask(delete(3, 4, 5), version).filter_results
    assert [(each.error_code, each.matching_acls) for each in filters] == [(errors.SECURITY_DISABLED, [])] * 3


def test_no_entries_no_results() -> None:
    broker = PlayedBroker()
    assert broker.ask(create(), 3).results == []
    assert broker.ask(delete(), 3).filter_results == []


@pytest.mark.parametrize("request_", [describe(operation=0), describe(pattern_type_filter=0), create(3, 0), delete(0)])
def test_what_is_unknown_closes_the_connection(request_: Any) -> None:
    with pytest.raises(ProtocolViolation):
        PlayedBroker().ask(request_, 3)
