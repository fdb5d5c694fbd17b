"""The operations that a client may perform on a resource, as the bit field in Metadata and other answers.

Without an authorizer everything is allowed that the kind of resource supports.

Source: KIP-430; org.apache.kafka.security.authorizer.AclEntry.supportedOperations, AclOperation.
"""

from __future__ import annotations

NOT_ASKED_FOR = -(2**31)
"""The value of the field where the client did not ask."""

READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE = 3, 4, 5, 6, 7, 8
CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE = 9, 10, 11, 12


def bit_field(operations: tuple[int, ...]) -> int:
    """Return the field in which the bit of each operation is set."""
    return sum(1 << operation for operation in operations)


ALL_ON_TOPIC = bit_field((READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS))
ALL_ON_GROUP = bit_field((READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS))
ALL_ON_CLUSTER = bit_field((CREATE, ALTER, DESCRIBE, CLUSTER_ACTION, DESCRIBE_CONFIGS, ALTER_CONFIGS, IDEMPOTENT_WRITE))
