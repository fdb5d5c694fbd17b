"""``kafkalite doctor``: diagnosis of servers that do not start and of clients that cannot connect.

The checks are in ``kafkalite.cli.diagnosis``; they change nothing, and send credentials only to listeners whose
security fits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.diagnosis.broker import check_cluster
from kafkalite.cli.diagnosis.data import check_data
from kafkalite.cli.diagnosis.environment import check_environment
from kafkalite.cli.diagnosis.finding import Finding, note, problem
from kafkalite.cli.diagnosis.server import check_server, is_listening
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.serve import UsageError, parse_options, settings_of
from kafkalite.client.errors import ClientError
from kafkalite.settings import ConfigError, Settings


@click.command(
    "doctor",
    context_settings={"ignore_unknown_options": True},
    epilog="Example: kafkalite doctor -b kafka.example.com:9093 --command-config client.properties",
)
@click.argument("serve_options", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS OF serve...]")
@client_options
@output_option
def command(serve_options: tuple[str, ...], target: Target, output_format: str) -> int:
    """Find out why a server would not start here, or why a client would not connect.

    The server's part checks the properties of `kafkalite serve` with these options, its ports, its advertised
    addresses, and its data directory. The client's part checks the broker at -b: name resolution, connection, TLS and
    SASL, and the same for the advertised address of every broker. With options of `serve` only the first part runs,
    with -b only the second, without either both.

    The exit code is 1 if a problem was found; warnings and notes do not count.
    """
    findings = check_environment(now_ms())
    has_client_options = bool(target.bootstrap or target.command_config)
    if serve_options or not has_client_options:
        findings += check_server_side(serve_options)
    if has_client_options or not serve_options:
        findings += check_client_side(target, is_expected=has_client_options or is_named_by_variable())
    report(findings, output_format)
    return 1 if any(finding.level == "problem" for finding in findings) else 0


def now_ms() -> int:
    """Return this machine's clock, in ms since 1970."""
    return round(time.time() * 1000)


def is_named_by_variable() -> bool:
    """Return whether the environment names a broker."""
    return any(os.environ.get(name) for name in ("KAFKALITE_BOOTSTRAP", "KAFKALITE_COMMAND_CONFIG"))


def check_server_side(serve_options: Sequence[str]) -> list[Finding]:
    """Return the findings about a start of the server here."""
    try:
        settings = settings_of(parse_options(list(serve_options)), os.environ)
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except ConfigError as fault:
        return [problem("settings", str(fault), "correct it, then run this command again")]
    return check_server(settings) + check_directory(settings)


def check_directory(settings: Settings) -> list[Finding]:
    """Return the findings about the data directory of a server."""
    try:
        return check_data(settings.data_directory, settings.node_id, now_ms())
    except ConfigError as fault:
        return [problem("data", str(fault), "correct the property, then run this command again")]


def check_client_side(target: Target, *, is_expected: bool) -> list[Finding]:
    """Return the findings about the cluster; a missing broker is a problem only if one is expected."""
    try:
        config = connect(target).config
    except (ClientError, ClientFailure) as fault:
        return [problem("client", str(fault), "correct the options or the file, then run this command again")]
    if not is_expected and not is_listening(config.bootstrap[0]):
        text = f"no broker runs at {config.bootstrap[0]}"
        return [note("address", text, "start one with: kafkalite; name another one with -b HOST:PORT")]
    return check_cluster(config, now_ms)


def report(findings: Sequence[Finding], output_format: str) -> None:
    """Print the findings; the table for people ends with their counts."""
    if output_format != "table":
        print_rows([finding._asdict() for finding in findings], output_format, ())
        return
    width = max(len(finding.check) for finding in findings)
    for finding in findings:
        click.echo(f"{finding.level:<7}  {finding.check:<{width}}  {finding.text}")
        if finding.advice is not None:
            click.echo(f"{'':<7}  {'':<{width}}  -> {finding.advice}")
    counts = {level: sum(finding.level == level for finding in findings) for level in ("problem", "warning")}
    words = [f"{count} {level}{'s' if count > 1 else ''}" for level, count in counts.items() if count]
    click.echo(f"\n{' and '.join(words)} found" if words else "\nno problem found")
