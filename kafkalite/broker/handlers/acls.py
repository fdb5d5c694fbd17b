"""The answer of a broker without an authorizer to the three requests about access control lists.

kafkalite does not start with `authorizer.class.name`, so that no operator relies on access control that is not there.

Source: kafka.server.AclApis, org.apache.kafka.common.requests.{DescribeAcls,CreateAcls,DeleteAcls}Request (KIP-140).
"""

from __future__ import annotations

from kafkalite.protocol.api_error import ProtocolViolation

NO_AUTHORIZER = "No authorizer is configured."
UNKNOWN = 0


def check_known(resource_type: int, pattern_type: int, operation: int, permission_type: int) -> None:
    """Check that no element of an entry or a filter is UNKNOWN.

    Raises:
        ProtocolViolation: one of them is; numbers that Kafka does not define pass.
    """
    if UNKNOWN in (resource_type, pattern_type, operation, permission_type):
        raise ProtocolViolation("an access control entry holds an UNKNOWN element")
