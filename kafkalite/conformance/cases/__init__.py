"""The conversations: one module per family of APIs, each with a table named CONVERSATIONS."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from kafkalite.conformance.conversation import Conversation

FAMILIES = (
    "api_versions",
    "cluster",
    "metadata",
    "topics",
    "configs",
    "produce",
    "produce_idempotent",
    "poisoned_batches",
    "fetch",
    "fetch_sessions",
    "offsets",
    "delete_records",
    "log_limits",
    "classic_groups",
    "group_offsets",
    "consumer_groups",
    "group_limits",
    "group_types",
    "subscriptions",
    "transactions",
    "transaction_limits",
    "security",
    "replicas",
    "scram_credentials",
    "client_quotas",
    "features",
    "quorum",
    "named_twice",
    "old_versions",
)
"""The modules with tables, in the order in which they are played."""


@cache
def all_conversations() -> tuple[Conversation, ...]:
    """Return every conversation; names are unique per API."""
    return tuple(
        conversation
        for family in FAMILIES
        for conversation in import_module(f"kafkalite.conformance.cases.{family}").CONVERSATIONS
    )
