"""``serve`` as a click command: for the list of commands and for completion in a shell. It runs without click.

``cli.main`` dispatches ``serve`` before click is loaded, so the options here are a second list; a test compares it with
the first.
"""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from kafkalite.cluster.configs.tables import BROKER_CONFIGS
from kafkalite.protocol.api_support import RELEASES
from kafkalite.settings.defaults import PROFILES


def complete_property(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the broker properties whose names begin so, each with an equals sign."""
    return [CompletionItem(f"{name}=") for name in sorted(BROKER_CONFIGS) if name.startswith(incomplete)]


OPTIONS: tuple[click.Option, ...] = (
    click.Option(["--host"], metavar="HOST", help="Address to listen on."),
    click.Option(["--port"], type=int, metavar="PORT", help="Port to listen on; 0 = any free one."),
    click.Option(["--advertised"], metavar="HOST[:PORT]", help="Address that clients connect to."),
    click.Option(["--data"], type=click.Path(file_okay=False), metavar="DIR|memory", help="Where records are kept."),
    click.Option(["--config"], type=click.Path(dir_okay=False), metavar="FILE", help="A server.properties file."),
    click.Option(["--set"], multiple=True, metavar="KEY=VALUE", shell_complete=complete_property, help="A property."),
    click.Option(["--profile"], type=click.Choice(tuple(PROFILES)), help="Which defaults."),
    click.Option(["--ports-file"], type=click.Path(dir_okay=False), metavar="FILE", help="Write the ports when ready."),
    click.Option(["--as-version"], type=click.Choice(tuple(RELEASES)), help="Answer as that Kafka release does."),
    click.Option(["-v", "--verbose"], count=True, help="One log line per request; twice: the same, decoded."),
    click.Option(["-q", "--quiet"], is_flag=True, help="No banner."),
)


def refuse_options_before(**_options: object) -> None:
    """Refuse options that only the client commands have.

    Raises:
        UsageError: the command line cannot be understood.
    """
    raise click.UsageError("serve takes no -b and no --command-config: kafkalite serve [OPTIONS]")


command = click.Command(
    "serve",
    params=list(OPTIONS),
    callback=refuse_options_before,
    help="Start the server (also what the bare command does).",
)
