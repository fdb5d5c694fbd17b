"""``kafkalite user list|create|password|delete``: users of SASL/SCRAM."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from kafkalite.cli.client import ClientFailure, Target, client_options, connect
from kafkalite.cli.name_completion import complete_user
from kafkalite.cli.output import output_option, print_rows
from kafkalite.cli.suggestions import SuggestingGroup, did_you_mean
from kafkalite.client.client import Client
from kafkalite.client.users import (
    MAX_ITERATIONS,
    MIN_ITERATIONS,
    Credential,
    delete_credentials,
    list_credentials,
    set_password,
)
from kafkalite.security.scram import MECHANISM_NUMBERS

COLUMNS = ("user", "mechanism", "iterations")
DEFAULT_MECHANISM = "SCRAM-SHA-512"


@click.group("user", cls=SuggestingGroup)
def command() -> None:
    """List, create and delete users of SASL/SCRAM, and change their passwords."""


def mechanism_option(text: str) -> Callable[..., Any]:
    """Return the option ``--mechanism``, given to the command as ``mechanisms``."""
    return click.option(
        "-m",
        "--mechanism",
        "mechanisms",
        multiple=True,
        type=click.Choice(list(MECHANISM_NUMBERS), case_sensitive=False),
        help=text,
    )


def password_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the password, and ``--iterations``."""
    for option in (
        click.option(
            "--iterations",
            type=click.IntRange(MIN_ITERATIONS, MAX_ITERATIONS),
            default=MIN_ITERATIONS,
            show_default=True,
            help="Rounds of hashing.",
        ),
        click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input."),
        click.option("--password", metavar="TEXT", help="The password; others on this machine may see it."),
    ):
        function = option(function)
    return function


@command.command("list", epilog="Example: kafkalite user list --output jsonl")
@click.argument("names", nargs=-1, metavar="[USER]...", shell_complete=complete_user)
@client_options
@output_option
def list_users(names: tuple[str, ...], target: Target, output_format: str) -> int:
    """List users with their mechanisms."""
    with connect(target) as client:
        found = list_credentials(client)
    missing = sorted(set(names) - {one.user for one in found})
    chosen = [one._asdict() for one in found if not names or one.user in names]
    print_rows(chosen, output_format, COLUMNS)
    for name in missing:
        click.echo(f"kafkalite: {missing_text(name, found)}", err=True)
    return 1 if missing else 0


def missing_text(name: str, found: Iterable[Credential]) -> str:
    """Return the message that a user does not exist, with similar names."""
    hint = did_you_mean(name, {one.user for one in found}) or "; list them with: kafkalite user list"
    return f"there is no user {name}{hint}"


@command.command("create", epilog="Example: echo secret | kafkalite user create alice --password-stdin")
@click.argument("name", metavar="USER")
@client_options
@mechanism_option(f"Mechanism; may be repeated.  [default: {DEFAULT_MECHANISM}]")
@password_options
@output_option
def create(
    name: str,
    target: Target,
    mechanisms: tuple[str, ...],
    password: str | None,
    password_stdin: bool,
    iterations: int,
    output_format: str,
) -> None:
    """Create a user; a terminal prompts for the password."""
    chosen = mechanisms or (DEFAULT_MECHANISM,)
    with connect(target) as client:
        existing = {one.mechanism for one in list_credentials(client, [name])}
        taken = [mechanism for mechanism in chosen if mechanism in existing]
        if taken:
            raise ClientFailure(
                f"user {name} exists with {', '.join(taken)}; change the password with: kafkalite user password {name}"
            )
        set_password(client, name, chosen, find_password(name, password, password_stdin), iterations)
    report(name, chosen, "created", output_format)


@command.command("password", epilog="Example: kafkalite user password alice")
@click.argument("name", metavar="USER", shell_complete=complete_user)
@client_options
@mechanism_option("Only for this mechanism; may be repeated.  [default: those that the user has]")
@password_options
@output_option
def password_(
    name: str,
    target: Target,
    mechanisms: tuple[str, ...],
    password: str | None,
    password_stdin: bool,
    iterations: int,
    output_format: str,
) -> None:
    """Change the password of a user; a terminal prompts for it."""
    with connect(target) as client:
        chosen = choose_mechanisms(client, name, mechanisms)
        set_password(client, name, chosen, find_password(name, password, password_stdin), iterations)
    report(name, chosen, "changed", output_format)


@command.command("delete", epilog="Example: kafkalite user delete alice --dry-run")
@click.argument("name", metavar="USER", shell_complete=complete_user)
@client_options
@mechanism_option("Only this mechanism; may be repeated.  [default: those that the user has]")
@click.option("-y", "--yes", is_flag=True, help="Do not ask, where a terminal would be asked.")
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@output_option
def delete(
    name: str, target: Target, mechanisms: tuple[str, ...], yes: bool, dry_run: bool, output_format: str
) -> None:
    """Delete a user; open connections stay open."""
    with connect(target) as client:
        chosen = choose_mechanisms(client, name, mechanisms)
        if not dry_run:
            if not yes and sys.stdin.isatty():
                click.confirm(f"Delete user {name} ({', '.join(chosen)})?", abort=True)
            delete_credentials(client, name, chosen)
    report(name, chosen, "would be deleted" if dry_run else "deleted", output_format)


def choose_mechanisms(client: Client, name: str, wanted: tuple[str, ...]) -> list[str]:
    """Return the requested mechanisms, or all of the user's if none is requested.

    Raises:
        ClientFailure: the user has no such credentials.
    """
    existing = [one.mechanism for one in list_credentials(client, [name])]
    if not existing:
        raise ClientFailure(missing_text(name, list_credentials(client)))
    missing = [mechanism for mechanism in wanted if mechanism not in existing]
    if missing:
        raise ClientFailure(f"user {name} has no {', '.join(missing)}, only {', '.join(existing)}")
    return list(wanted) or existing


def find_password(name: str, text: str | None, is_in_input: bool) -> str:
    """Return the password by option, input or terminal.

    Raises:
        UsageError: the command line cannot be understood.
        ClientFailure: the password is empty.
    """
    if text is not None and is_in_input:
        raise click.UsageError("--password and --password-stdin exclude each other")
    if is_in_input:
        text = sys.stdin.buffer.readline().decode().rstrip("\r\n")
    elif text is None:
        if not sys.stdin.isatty():
            raise click.UsageError("there is no terminal to ask for the password: give --password-stdin")
        text = click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True)
    if not text:
        raise ClientFailure("the password is empty")
    return text


def report(name: str, mechanisms: Iterable[str], done: str, output_format: str) -> None:
    """Print the change of a user."""
    if output_format == "table":
        click.echo(f"{name} {done} ({', '.join(mechanisms)})")
        return
    print_rows([{"user": name, "mechanism": one, "result": done} for one in mechanisms], output_format, ())
