"""What the commands that talk to a broker share: its address, kafka-python's clients, and errors in plain words."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kafka import KafkaConsumer, KafkaProducer
    from kafka.admin import KafkaAdminClient

DEFAULT_BOOTSTRAP = "127.0.0.1:9092"
CLIENT_ID = "kafkalite-cli"
BOOTSTRAP_TIMEOUT_MS = 5_000
"""How long a client command looks for a broker before it says that none answers."""


class ClientFailure(Exception):
    """A command cannot do what was asked; the text is for a person."""


def bootstrap_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``-b/--bootstrap``, given to the command as ``bootstrap`` ("host:port,host:port")."""
    return click.option(
        "-b",
        "--bootstrap",
        default=lambda: os.environ.get("KAFKALITE_BOOTSTRAP") or DEFAULT_BOOTSTRAP,
        metavar="HOST:PORT",
        show_default=f"KAFKALITE_BOOTSTRAP, else {DEFAULT_BOOTSTRAP}",
        help="Address of a broker.",
    )(function)


def common_config(bootstrap: str) -> dict[str, Any]:
    """Return the arguments that all clients are made with, and silence kafka-python's own log."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    return {
        "bootstrap_servers": [server.strip() for server in bootstrap.split(",") if server.strip()],
        "client_id": CLIENT_ID,
        "bootstrap_timeout_ms": BOOTSTRAP_TIMEOUT_MS,
    }


def connect(make_client: Callable[..., Any], bootstrap: str, config: dict[str, Any]) -> Any:
    """Return a connected client; raises ClientFailure where no broker answers."""
    from kafka.errors import KafkaConnectionError, KafkaTimeoutError

    try:
        return make_client(**(common_config(bootstrap) | config))
    except (KafkaTimeoutError, KafkaConnectionError):
        raise ClientFailure(
            f"no broker answers at {bootstrap}; start one with: kafkalite (another address: -b HOST:PORT)"
        ) from None


def connect_admin(bootstrap: str, **config: Any) -> KafkaAdminClient:
    """Return a connected admin client; raises ClientFailure where no broker answers."""
    from kafka.admin import KafkaAdminClient

    return connect(KafkaAdminClient, bootstrap, config)


def connect_producer(bootstrap: str, **config: Any) -> KafkaProducer:
    """Return a connected producer; raises ClientFailure where no broker answers."""
    from kafka import KafkaProducer

    from kafkalite.cli.codecs import lend_codecs

    lend_codecs()
    return connect(KafkaProducer, bootstrap, config)


def connect_consumer(bootstrap: str, **config: Any) -> KafkaConsumer:
    """Return a connected consumer that belongs to no group; raises ClientFailure where no broker answers."""
    from kafka import KafkaConsumer

    from kafkalite.cli.codecs import lend_codecs

    lend_codecs()
    defaults = {"group_id": None, "enable_auto_commit": False, "auto_offset_reset": "earliest"}
    return connect(KafkaConsumer, bootstrap, defaults | config)


def explain_client_error(problem: BaseException) -> str | None:
    """Return an error of a client in words for a person; None where it is none, but a bug of ours."""
    if isinstance(problem, ClientFailure):
        return str(problem)
    from kafka.errors import KafkaError

    if not isinstance(problem, KafkaError):
        return None
    name = type(problem).__name__.removesuffix("Error")
    detail = " ".join(str(argument) for argument in problem.args if argument)
    return f"{name}: {detail}" if detail else name
