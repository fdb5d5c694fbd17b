"""DescribeAcls, CreateAcls, DeleteAcls: what a broker without an authorizer says to them.

Versions 1-3 of each:
    1    kinds of patterns: literal, prefixed (KIP-290)
    2    flexible
    3    resources of the kind USER (KIP-373)

Errors:
    SECURITY_DISABLED    there is no authorizer: for the whole of DescribeAcls, for each entry of the others
    (close)              a kind, an operation or a permission that is UNKNOWN (0); other numbers are not looked at

kafkalite does not start with `authorizer.class.name`: nobody is to believe that access is controlled.
Source: kafka.server.AclApis, org.apache.kafka.common.requests.{DescribeAcls,CreateAcls,DeleteAcls}Request (KIP-140).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ProtocolViolation
from kafkalite.protocol.messages.create_acls_response import AclCreationResult, CreateAclsResponse
from kafkalite.protocol.messages.delete_acls_response import DeleteAclsFilterResult, DeleteAclsResponse
from kafkalite.protocol.messages.describe_acls_response import DescribeAclsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_acls_request import CreateAclsRequest
    from kafkalite.protocol.messages.delete_acls_request import DeleteAclsRequest
    from kafkalite.protocol.messages.describe_acls_request import DescribeAclsRequest

NO_AUTHORIZER = "No authorizer is configured."
UNKNOWN = 0


class AclsHandler:
    """Answers DescribeAcls, CreateAcls and DeleteAcls."""

    def __init__(self, broker: Broker) -> None:
        pass

    def describe_acls(self, context: RequestContext, request: DescribeAclsRequest) -> DescribeAclsResponse:
        """Refuse to look. Errors: ProtocolViolation for a filter with UNKNOWN in it."""
        _check_known(
            request.resource_type_filter, request.pattern_type_filter, request.operation, request.permission_type
        )
        return DescribeAclsResponse(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER)

    def create_acls(self, context: RequestContext, request: CreateAclsRequest) -> Steps[CreateAclsResponse]:
        """Refuse each entry. Errors: ProtocolViolation for one with UNKNOWN in it."""
        response = CreateAclsResponse()
        pace = Pace()
        for acl in request.creations:
            _check_known(acl.resource_type, acl.resource_pattern_type, acl.operation, acl.permission_type)
            response.results.append(AclCreationResult(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER))
            if pace.is_due():
                yield
        return response

    def delete_acls(self, context: RequestContext, request: DeleteAclsRequest) -> Steps[DeleteAclsResponse]:
        """Refuse each filter. Errors: ProtocolViolation for one with UNKNOWN in it."""
        response = DeleteAclsResponse()
        pace = Pace()
        for acl in request.filters:
            _check_known(acl.resource_type_filter, acl.pattern_type_filter, acl.operation, acl.permission_type)
            response.filter_results.append(
                DeleteAclsFilterResult(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER)
            )
            if pace.is_due():
                yield
        return response


def _check_known(resource_type: int, pattern_type: int, operation: int, permission_type: int) -> None:
    if UNKNOWN in (resource_type, pattern_type, operation, permission_type):
        raise ProtocolViolation("an access control entry holds an UNKNOWN element")
