"""DeleteAcls of a broker without an authorizer, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.delete_acls_request import DeleteAclsFilter, DeleteAclsRequest
from tests.broker.played_broker import PlayedBroker


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


@pytest.mark.parametrize("version", range(1, 4))
def test_every_filter_is_refused(version: int) -> None:
    filters = PlayedBroker().ask(delete(3, 4, 5), version).filter_results
    assert [(each.error_code, each.matching_acls) for each in filters] == [(errors.SECURITY_DISABLED, [])] * 3


def test_no_filters_no_results() -> None:
    assert PlayedBroker().ask(delete(), 3).filter_results == []


def test_an_unknown_element_closes_the_connection() -> None:
    with pytest.raises(ProtocolViolation):
        PlayedBroker().ask(delete(0), 3)
