"""Names for a shell's completion: requested from the broker, for at most half a second; silently none on a failure."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from kafkalite.cli.client import ClientFailure, Target, connect
from kafkalite.client import admin, groups, transactions, users
from kafkalite.client.client import Client
from kafkalite.client.errors import ClientError

PATIENCE_MS = 500
Completion = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def completion_of(find: Callable[[Client, click.Context], Iterable[str]]) -> Completion:
    """Return the function that completes an argument with the names that ``find`` requests from a broker."""

    def complete(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        with contextlib.redirect_stderr(io.StringIO()):  # a warning would appear in the middle of the command line
            try:
                names = find_names(context, find)
            except (ClientError, ClientFailure):
                return []
        return [CompletionItem(name) for name in sorted(set(names)) if name.startswith(incomplete)]

    return complete


def find_names(context: click.Context, find: Callable[[Client, click.Context], Iterable[str]]) -> list[str]:
    """Return the names.

    Raises:
        ClientError: no broker can be reached, or its answer cannot be used.
        ClientFailure: it cannot be done; the text says why.
    """
    own, root = context.params, context.find_root().params
    target = Target(
        own.get("bootstrap") or root.get("bootstrap"), own.get("command_config") or root.get("command_config")
    )
    patience = {"connect_timeout_ms": PATIENCE_MS, "request_timeout_ms": PATIENCE_MS, "api_timeout_ms": PATIENCE_MS}
    with connect(target, **patience) as client:
        return list(find(client, context))


complete_topic = completion_of(lambda client, _: admin.list_topic_names(client))
"""Completes names of topics."""

complete_group = completion_of(lambda client, _: (one.group for one in groups.list_groups(client)))
"""Completes names of groups."""

complete_user = completion_of(lambda client, _: (one.user for one in users.list_credentials(client)))
"""Completes names of SCRAM users."""

complete_transactional_id = completion_of(
    lambda client, _: (one.transactional_id for one in transactions.list_transactions(client))
)
"""Completes transactional ids."""
