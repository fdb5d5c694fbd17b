"""The rules of topic names.

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
    """Return whether a topic is internal, which `__cluster_metadata` is not."""
    return name in _INTERNAL


def find_flaw(name: str) -> str | None:
    """Return the problem of a name, as a message for a client; None for a legal name."""
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
    """Check that a name is legal.

    Raises:
        ApiError: INVALID_TOPIC_EXCEPTION if it is not.
    """
    flaw = find_flaw(name)
    if flaw is not None:
        raise ApiError(errors.INVALID_TOPIC_EXCEPTION, flaw)


def has_collision_characters(name: str) -> bool:
    """Return whether the name has a '.' or a '_', which collide in the names of metrics."""
    return "_" in name or "." in name


def unify(name: str) -> str:
    """Return the common form of colliding names: ``.`` counts as ``_``."""
    return name.replace(".", "_")
