"""Which topic names there may be.

Source: org.apache.kafka.common.internals.Topic.
"""

from __future__ import annotations

from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError

CLUSTER_METADATA = "__cluster_metadata"
CONSUMER_OFFSETS = "__consumer_offsets"
TRANSACTION_STATE = "__transaction_state"
SHARE_GROUP_STATE = "__share_group_state"

NAME_MAX_LENGTH = 249

_INTERNAL = frozenset((CONSUMER_OFFSETS, TRANSACTION_STATE, SHARE_GROUP_STATE))
_LEGAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def is_internal(name: str) -> bool:
    """Return whether Kafka itself keeps state in the topic; `__cluster_metadata` is not among them."""
    return name in _INTERNAL


def find_flaw(name: str) -> str | None:
    """Return what is wrong with a name, in words for a client; None when it is legal."""
    if not name:
        return "Topic name is invalid: it is empty"
    if name in (".", ".."):
        return f"Topic name is invalid: '{name}' is reserved"
    if len(name) > NAME_MAX_LENGTH:
        return f"Topic name is invalid: {len(name)} characters are more than {NAME_MAX_LENGTH}"
    if not _LEGAL.issuperset(name):
        return f"Topic name is invalid: '{name}' has characters other than ASCII letters, digits, '.', '_' and '-'"
    return None


def check_name(name: str) -> None:
    """Raise ApiError INVALID_TOPIC_EXCEPTION where the name is not legal."""
    flaw = find_flaw(name)
    if flaw is not None:
        raise ApiError(errors.INVALID_TOPIC_EXCEPTION, flaw)


def has_collision_characters(name: str) -> bool:
    """Return whether the name has a '.' or a '_', which collide in the names of metrics."""
    return "_" in name or "." in name


def unify(name: str) -> str:
    """Return what two colliding names have in common: ``.`` counts as ``_``."""
    return name.replace(".", "_")
