"""DescribeAcls of a broker without an authorizer, in every version."""

from __future__ import annotations

import pytest

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.describe_acls_request import DescribeAclsRequest
from tests.broker.played_broker import PlayedBroker


def describe(operation: int = 1, pattern_type: int = 1) -> DescribeAclsRequest:
    return DescribeAclsRequest(
        resource_type_filter=1,
        resource_name_filter=None,
        pattern_type_filter=pattern_type,
        principal_filter=None,
        host_filter=None,
        operation=operation,
        permission_type=1,
    )


@pytest.mark.parametrize("version", range(1, 4))
def test_there_is_nothing_to_describe(version: int) -> None:
    answer = PlayedBroker().ask(describe(), version)
    assert (answer.error_code, answer.resources) == (errors.SECURITY_DISABLED, [])
    assert answer.error_message


@pytest.mark.parametrize("request_", [describe(operation=0), describe(pattern_type=0)])
def test_an_unknown_element_closes_the_connection(request_: DescribeAclsRequest) -> None:
    with pytest.raises(ProtocolViolation):
        PlayedBroker().ask(request_, 3)
