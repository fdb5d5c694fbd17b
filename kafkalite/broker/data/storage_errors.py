"""The error that a client gets where the storage refuses.

Source: KafkaStorageException; NotLeaderOrFollowerException, which sends clients to look for the leader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.model.exceptions import StaleLease
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

if TYPE_CHECKING:
    from kafkalite.model.exceptions import StorageFault


def storage_error_code(fault: StorageFault) -> int:
    """Return NOT_LEADER_OR_FOLLOWER where another broker has taken the partition, else KAFKA_STORAGE_ERROR."""
    return errors.NOT_LEADER_OR_FOLLOWER if isinstance(fault, StaleLease) else errors.KAFKA_STORAGE_ERROR


def storage_error(fault: StorageFault) -> ApiError:
    """Return the error of `storage_error_code` with the words of the fault."""
    return ApiError(storage_error_code(fault), str(fault))
