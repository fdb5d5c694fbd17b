"""FindCoordinator: the broker that coordinates a group, a transactional id or a share-partition.

Versions 0-6:
    0    one group
    1    the type of the key: group or transactional id; error message, throttle time
    2    a client is throttled after the answer, not before (KIP-219)
    3    flexible
    4    several keys at once (KIP-699)
    5    TRANSACTION_ABORTABLE (KIP-890), which is never returned here
    6    share-partitions (KIP-932)

Errors, for each key from version 4 on:
    INVALID_REQUEST               a type of key that the version does not have; a share key that is not
                                  `group:topicId:partition`
    COORDINATOR_NOT_AVAILABLE     the topic of transactions cannot be created

Deviation: every key is answered with this broker at once; Kafka answers COORDINATOR_NOT_AVAILABLE until it has
created the internal topic. That of groups is created with the first write to it.
Source: kafka.server.KafkaApis.getCoordinator, org.apache.kafka.server.share.SharePartitionKey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.steps import Pace
from kafkalite.model.uuids import uuid_from_text
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError
from kafkalite.protocol.messages.find_coordinator_response import Coordinator, FindCoordinatorResponse

if TYPE_CHECKING:
    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import RequestContext
    from kafkalite.model.steps import Steps
    from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest

GROUP, TRANSACTION, SHARE = 0, 1, 2
NO_NODE = -1

FIRST_BATCHED_VERSION = 4
FIRST_SHARE_VERSION = 6

_UNKNOWN_TYPE = "There is no coordinator for keys of this type."
_SUCCESS_MESSAGE = "NONE"
"""The message of versions 1 to 3 without an error, as in Kafka."""


class FindCoordinatorHandler:
    """Answers FindCoordinator: this broker coordinates everything."""

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    def find_coordinator(
        self, context: RequestContext, request: FindCoordinatorRequest
    ) -> Steps[FindCoordinatorResponse]:
        """Return this broker's address for each valid key."""
        version = context.api_version
        host, port = self._broker.advertised.endpoint(context.connection)
        node_id = self._broker.node_id
        if version >= FIRST_BATCHED_VERSION:
            coordinators = []
            pace = Pace()
            for key in request.coordinator_keys:
                code = self._prepare(version, request.key_type, key)
                if code == errors.NONE:
                    coordinators.append(Coordinator(key=key, node_id=node_id, host=host, port=port))
                else:
                    coordinators.append(_refused(key, request.key_type, code))
                if pace.is_due():
                    yield
            return FindCoordinatorResponse(coordinators=coordinators)
        code = self._prepare(version, request.key_type, request.key)
        if code == errors.NONE:
            return FindCoordinatorResponse(error_message=_SUCCESS_MESSAGE, node_id=node_id, host=host, port=port)
        message = _UNKNOWN_TYPE if code == errors.INVALID_REQUEST else ""
        return FindCoordinatorResponse(error_code=code, error_message=message, node_id=NO_NODE, port=NO_NODE)

    def _prepare(self, version: int, key_type: int, key: str) -> int:
        """Return the error code for a key; NONE means that this broker coordinates it.

        The topic of transactions is created as in Kafka: without it DescribeTransactions is NOT_COORDINATOR, and
        clients would look for the coordinator of an unknown id endlessly.
        """
        if not is_valid_key(version, key_type, key):
            return errors.INVALID_REQUEST
        if key_type == TRANSACTION:
            try:
                self._broker.transactions.create_topic()
            except ApiError as refusal:
                return refusal.error_code
        return errors.NONE


def is_valid_key(version: int, key_type: int, key: str) -> bool:
    """Return whether a version of FindCoordinator has keys of this type, and the key is one."""
    if key_type in (GROUP, TRANSACTION):
        return True
    return key_type == SHARE and version >= FIRST_SHARE_VERSION and is_share_partition_key(key)


def is_share_partition_key(key: str) -> bool:
    """Return whether a key has the form `group:topicId:partition`; the group may contain colons."""
    parts = key.rsplit(":", 2)
    if len(parts) != 3 or not parts[0].strip():
        return False
    number = parts[2][1:] if parts[2][:1] in ("-", "+") else parts[2]
    if not (number.isascii() and number.isdigit() and -(2**31) <= int(parts[2]) < 2**31):
        return False
    try:
        uuid_from_text(parts[1])
    except ValueError:
        return False
    return True


def _refused(key: str, key_type: int, code: int) -> Coordinator:
    message = "" if key_type == SHARE or code != errors.INVALID_REQUEST else _UNKNOWN_TYPE
    return Coordinator(key=key, error_code=code, error_message=message, node_id=NO_NODE, port=NO_NODE)
