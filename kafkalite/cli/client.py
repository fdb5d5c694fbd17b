"""The shared part of the commands that talk to a broker: options for the connection, and errors in plain words."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from kafkalite.client.client import Client
from kafkalite.client.config import client_config
from kafkalite.client.errors import BrokerError, ClientError, Unreachable
from kafkalite.protocol import errors
from kafkalite.settings.values import ConfigError

DEFAULT_BOOTSTRAP = "127.0.0.1:9092"
CLIENT_ID = "kafkalite-cli"

AUTHORIZATION_FAILURES = frozenset(
    (
        errors.CLUSTER_AUTHORIZATION_FAILED,
        errors.GROUP_AUTHORIZATION_FAILED,
        errors.TOPIC_AUTHORIZATION_FAILED,
        errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    )
)


class ClientFailure(Exception):
    """A command cannot be carried out; the message is for a person."""


class Target(NamedTuple):
    """The broker that a command talks to, from the command line.

    Attributes:
        bootstrap: "host:port,host:port", None if the command line does not have it.
        command_config: path of a file with Java's client properties, or None.
    """

    bootstrap: str | None = None
    command_config: str | None = None


def bootstrap_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-b/--bootstrap`` and ``--command-config``, given to the function under these names."""
    bootstrap = click.option(
        "-b",
        "--bootstrap",
        "--bootstrap-server",
        "bootstrap",
        metavar="HOST:PORT",
        help=f"Address of a broker.  [default: KAFKALITE_BOOTSTRAP, else {DEFAULT_BOOTSTRAP}]",
    )
    command_config = click.option(
        "--command-config",
        metavar="FILE",
        type=click.Path(),
        help="Java client properties: security.protocol, sasl.*, ssl.* ...  [default: KAFKALITE_COMMAND_CONFIG]",
    )
    return bootstrap(command_config(function))


def client_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a command that talks to a broker; the command gets a ``target`` for ``connect``.

    The same options before the command's name apply if the command itself has none.
    """

    @functools.wraps(function)
    def with_target(*arguments: Any, bootstrap: str | None, command_config: str | None, **options: Any) -> Any:
        root = click.get_current_context().find_root().params
        target = Target(bootstrap or root.get("bootstrap"), command_config or root.get("command_config"))
        return function(*arguments, target=target, **options)

    return bootstrap_options(with_target)


def connect(target: Target, **changes: Any) -> Client:
    """Return a client, to be used in a ``with`` statement; it connects with its first request.

    Args:
        changes: attributes of ``ClientConfig``, such as ``connect_timeout_ms``.
    Raises:
        ClientFailure, ClientError: the options or the file cannot be used.
    """
    path = target.command_config or os.environ.get("KAFKALITE_COMMAND_CONFIG")
    properties = read_properties(path) if path else {}
    bootstrap = target.bootstrap or properties.get("bootstrap.servers") or os.environ.get("KAFKALITE_BOOTSTRAP")
    if "client.id" not in properties:
        changes = {"client_id": CLIENT_ID} | changes
    config = client_config(bootstrap or DEFAULT_BOOTSTRAP, properties, **changes)
    if config.ignored:
        warn_once(f"{path}: no effect here: {', '.join(config.ignored)}")
    return Client(config)


@functools.cache
def warn_once(text: str) -> None:
    """Print a warning that this process has not printed yet."""
    click.echo(f"kafkalite: warning: {text}", err=True)


def read_properties(path: str) -> dict[str, str]:
    """Return the properties of a file in Java's format.

    Raises:
        ClientFailure: it cannot be done; the text says why.
    """
    from kafkalite.cli import properties_file

    try:
        return properties_file.read_properties(path, "--command-config or KAFKALITE_COMMAND_CONFIG")
    except ConfigError as problem:
        raise ClientFailure(str(problem)) from None


def explain_client_error(problem: BaseException) -> str | None:
    """Return the message about a client's error for a person; None if it is a bug in kafkalite."""
    if isinstance(problem, Unreachable) and "no broker answers" in str(problem):
        return f"{problem}; start one with: kafkalite (another address: -b HOST:PORT)"
    if isinstance(problem, BrokerError) and problem.code in AUTHORIZATION_FAILURES:
        return f"{problem} (this user has no right to it; see the access control lists of the cluster)"
    return str(problem) if isinstance(problem, ClientError | ClientFailure) else None
