"""``kafkalite wait``: for scripts and health checks that need an answering broker and existing topics."""

from __future__ import annotations

import time

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect, explain_client_error
from kafkalite.cli.durations import duration_ms
from kafkalite.cli.output import output_option, print_rows
from kafkalite.client.errors import AuthenticationFailed, ConfigProblem

RETRY_INTERVAL_S = 0.1
ATTEMPT_TIMEOUT_MS = 2_000
ATTEMPT_MIN_TIMEOUT_MS = 500
"""Time by which the last attempt may exceed the limit: a truncated one would report an available broker as missing."""


@click.command("wait")
@client_options
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Wait for this topic too; may be repeated.")
@click.option(
    "--timeout", "timeout_ms", callback=duration_ms, default="10s", show_default=True, help="Give up after this."
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code says it.")
@output_option
def command(target: Target, topics: tuple[str, ...], timeout_ms: int, quiet: bool, output_format: str) -> int:
    """Wait until a broker answers and the given topics exist. Exit code 0 = ready, 1 = not in time."""
    started = time.monotonic()
    deadline = started + timeout_ms / 1000
    while True:
        reason = find_obstacle(target, topics, round((deadline - time.monotonic()) * 1000))
        if reason is None:
            tell(None, time.monotonic() - started, "none" if quiet else output_format)
            return 0
        if time.monotonic() >= deadline:
            tell(reason, timeout_ms / 1000, "none" if quiet else output_format)
            return 1
        time.sleep(RETRY_INTERVAL_S)


def tell(reason: str | None, seconds: float, output_format: str) -> None:
    """Print the outcome, also as a row of JSON on request; ``reason`` None is ready, format "none" prints nothing."""
    if output_format == "none":
        return
    if output_format != "table":
        print_rows([{"ready": reason is None, "seconds": round(seconds, 3), "reason": reason}], output_format, ())
    elif reason is None:
        click.echo(f"ready after {seconds:.1f} s")
    if reason is not None:
        click.echo(f"kafkalite: not ready after {seconds:g} s: {reason}", err=True)


def find_obstacle(target: Target, topics: tuple[str, ...], remaining_ms: int) -> str | None:
    """Return the reason why the broker is not ready yet; None = it is. Try once, for a bounded time."""
    timeout_ms = max(ATTEMPT_MIN_TIMEOUT_MS, min(remaining_ms, ATTEMPT_TIMEOUT_MS))
    try:
        with connect(target, connect_timeout_ms=timeout_ms, request_timeout_ms=timeout_ms) as client:
            found = client.metadata(topics)
    except (ClientFailure, ConfigProblem, AuthenticationFailed):
        raise  # waiting changes nothing
    except Exception as problem:
        explanation = explain_client_error(problem)
        if explanation is None:
            raise
        return explanation
    missing = sorted(topic.name or "" for topic in found.topics if topic.error_code)
    return f"there is no topic {', '.join(missing)}" if missing else None
