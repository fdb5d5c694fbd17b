"""DescribeAcls: the access control entries that match a filter; a broker without an authorizer has none.

Versions 1-3:
    1    pattern types: literal, prefixed (KIP-290)
    2    flexible
    3    resources of the type USER (KIP-373)

Errors, for the request:
    SECURITY_DISABLED    there is no authorizer
    (close)              a type, an operation or a permission is UNKNOWN (0); other numbers are not checked

Source: kafka.server.AclApis.handleDescribeAcls, org.apache.kafka.common.requests.DescribeAclsRequest (KIP-140).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.acls import NO_AUTHORIZER, check_known
from kafkalite.protocol import errors
from kafkalite.protocol.messages.describe_acls_response import DescribeAclsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.protocol.messages.describe_acls_request import DescribeAclsRequest


class DescribeAclsHandler:
    """Answers DescribeAcls."""

    def __init__(self, broker: Broker) -> None:
        pass

    def describe_acls(self, context: RequestContext, request: DescribeAclsRequest) -> DescribeAclsResponse:
        """Refuse the filter.

        Raises:
            ProtocolViolation: it has an UNKNOWN element.
        """
        check_known(
            request.resource_type_filter, request.pattern_type_filter, request.operation, request.permission_type
        )
        return DescribeAclsResponse(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER)
