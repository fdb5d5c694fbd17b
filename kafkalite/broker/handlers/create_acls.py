"""CreateAcls: add access control entries; a broker without an authorizer refuses each.

Versions 1-3:
    1    pattern types: literal, prefixed (KIP-290)
    2    flexible
    3    resources of the type USER (KIP-373)

Errors, each for one entry:
    SECURITY_DISABLED    there is no authorizer
    (close)              a type, an operation or a permission is UNKNOWN (0); other numbers are not checked

Source: kafka.server.AclApis.handleCreateAcls, org.apache.kafka.common.requests.CreateAclsRequest (KIP-140).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.broker.handlers.acls import NO_AUTHORIZER, check_known
from kafkalite.model.steps import Pace
from kafkalite.protocol import errors
from kafkalite.protocol.messages.create_acls_response import AclCreationResult, CreateAclsResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.create_acls_request import CreateAclsRequest


class CreateAclsHandler:
    """Answers CreateAcls."""

    def __init__(self, broker: Broker) -> None:
        pass

    def create_acls(self, context: RequestContext, request: CreateAclsRequest) -> Steps[CreateAclsResponse]:
        """Refuse each entry.

        Raises:
            ProtocolViolation: one of them has an UNKNOWN element.
        """
        response = CreateAclsResponse()
        pace = Pace()
        for acl in request.creations:
            check_known(acl.resource_type, acl.resource_pattern_type, acl.operation, acl.permission_type)
            response.results.append(AclCreationResult(error_code=errors.SECURITY_DISABLED, error_message=NO_AUTHORIZER))
            if pace.is_due():
                yield
        return response
