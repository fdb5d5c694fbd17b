"""DeleteAcls: delete the access control entries that match filters; a broker without an authorizer refuses each.

Versions 1-3:
    1    pattern types: literal, prefixed (KIP-290)
    2    flexible
    3    resources of the type USER (KIP-373)

Errors, each for one filter:
    SECURITY_DISABLED    there is no authorizer
    (close)              a type, an operation or a permission is UNKNOWN (0); other numbers are not checked

Source: kafka.server.AclApis.handleDeleteAcls, org.apache.kafka.common.requests.DeleteAclsRequest (KIP-140).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.acls import NO_AUTHORIZER, check_known
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.messages.delete_acls_response import DeleteAclsFilterResult, DeleteAclsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.delete_acls_request import DeleteAclsRequest


class DeleteAclsHandler:
    """Answers DeleteAcls."""

    def __init__(self, broker: Broker) -> None:
        pass

    def delete_acls(self, context: RequestContext, request: DeleteAclsRequest) -> Steps[DeleteAclsResponse]:
        """Refuse each filter.

        Raises:
            ProtocolViolation: one of them has an UNKNOWN element.
        """
        response = DeleteAclsResponse()
        pace = Pace()
        for acl in request.filters:
            check_known(acl.resource_type_filter, acl.pattern_type_filter, acl.operation, acl.permission_type)
            response.filter_results.append(
                DeleteAclsFilterResult(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER)
            )
            if pace.is_due():
                yield
        return response
