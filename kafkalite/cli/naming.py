"""The words for a topic that does not exist."""

from __future__ import annotations

from kafkalite.cli.suggestions import did_you_mean
from kafkalite.client import admin
from kafkalite.client.client import Client


def missing_topic_text(client: Client, name: str) -> str:
    """Return the message that a topic does not exist, with similar names."""
    hint = did_you_mean(name, admin.list_topic_names(client)) or "; list them with: kafkalite topic list"
    return f"there is no topic {name}{hint}"
