"""``kafkalite version``."""

from __future__ import annotations

import click

from kafkalite.model.version import __version__


@click.command("version")
def command() -> None:
    """Print the version."""
    click.echo(f"kafkalite {__version__}")
