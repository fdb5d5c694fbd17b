"""The sender of a request about a group, and the check of its group id, which requests of members share.

Source: KafkaApis, GroupCoordinatorService.isGroupIdNotEmpty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.coordinators.group.context import Caller
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.broker.context import RequestContext


def caller_of(context: RequestContext) -> Caller:
    """Return the sender of a request, as the group coordinator stores it."""
    return Caller(context.client_id or "", f"/{context.connection.peer_host}", context.api_version)


def check_group_id(group_id: str) -> None:
    """Check that a group id is not empty.

    Raises:
        ApiError: INVALID_GROUP_ID.
    """
    if not group_id:
        raise ApiError(errors.INVALID_GROUP_ID)
