"""The click program: every command but ``serve``, each imported on demand."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from kafkalite.cli.client import bootstrap_options, explain_client_error
from kafkalite.cli.command_line import is_serve
from kafkalite.cli.suggestions import SuggestingGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("kafkalite.cli.serve_command", "Start the server (also what the bare command does)."),
    "wait": ("kafkalite.cli.wait", "Wait until a broker answers and topics exist."),
    "topic": ("kafkalite.cli.topic", "Create, list, describe, alter and delete topics."),
    "produce": ("kafkalite.cli.produce", "Send lines or JSON envelopes to a topic."),
    "consume": ("kafkalite.cli.consume", "Print records of topics."),
    "group": ("kafkalite.cli.group", "List, describe, seek and delete groups, show their lag."),
    "decode": ("kafkalite.cli.decode", "Show a frame of the protocol field by field."),
    "conformance": ("kafkalite.cli.conformance", "Judge a broker by the answers of Apache Kafka."),
    "config": ("kafkalite.cli.config", "Explain, get, set and unset properties."),
    "user": ("kafkalite.cli.user", "List, create and delete SCRAM users, change passwords."),
    "txn": ("kafkalite.cli.txn", "List, describe and abort transactions."),
    "cluster": ("kafkalite.cli.cluster", "Show brokers, features and log directories."),
    "doctor": ("kafkalite.cli.doctor", "Find out why a server or a client does not work."),
    "completion": ("kafkalite.cli.completion", "Print the completion script of a shell."),
    "version": ("kafkalite.cli.version", "Print the version."),
}
"""Command -> (module, help in one line). A module holds its click command in ``command``."""


class LazyGroup(SuggestingGroup):
    """A group that knows its commands by name and imports one when it is run."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return [name for name, (module, _) in COMMANDS.items() if is_there(module)]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command; None if there is none of this name."""
        if name not in self.list_commands(context):
            return None
        command: click.Command = importlib.import_module(COMMANDS[name][0]).command
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return the context of a command line; to be completed, one that begins with a serve option is ``serve``'s."""
        if extra.get("resilient_parsing") and args and is_serve(args) and args[0] != "serve":
            args = ["serve", *args]
        return super().make_context(info_name, args, parent, **extra)

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return commands, own options, and those of ``serve``, which the bare command takes too."""
        found = super().shell_complete(context, incomplete)
        if incomplete.startswith("-"):
            serve = self.get_command(context, "serve")
            assert serve is not None
            known = {item.value for item in found}
            found += [item for item in serve.shell_complete(context, incomplete) if item.value not in known]
        return found

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without importing any of them."""
        rows = [(name, COMMANDS[name][1]) for name in self.list_commands(context)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def is_there(module: str) -> bool:
    """Return whether a command's module is part of this installation."""
    return importlib.util.find_spec(module) is not None


def print_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    """Print the version and stop if the option was given."""
    if value and not context.resilient_parsing:
        from kafkalite.model.version import __version__

        click.echo(f"kafkalite {__version__}")
        context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "-V", "--version", is_flag=True, expose_value=False, is_eager=True, callback=print_version, help="Version."
)
@bootstrap_options
@click.pass_context
def program(context: click.Context, bootstrap: str | None, command_config: str | None) -> None:
    """A server that speaks the Apache Kafka protocol over a file-backed log, and the tools to talk to it.

    The bare command starts the server. Every other command talks to 127.0.0.1:9092, or to KAFKALITE_BOOTSTRAP, or to
    the broker of -b; it works with any Kafka broker.
    """
    if bootstrap:
        context.default_map = {"conformance": {"bootstrap": bootstrap}}
    if command_config and context.invoked_subcommand == "conformance":
        raise click.UsageError("conformance speaks PLAINTEXT only: it takes no --command-config")


def run_command(arguments: list[str]) -> int:
    """Run one command line and return its exit code: 1 = failed, 2 = wrong command line, 130 = interrupted."""
    invoke: Callable[..., Any] = program.main
    try:
        result = invoke(arguments, prog_name="kafkalite", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        silence_standard_output()
        return 0
    except Exception as problem:
        explanation = explain_client_error(problem)
        if explanation is None:
            raise
        click.echo(f"kafkalite: {explanation}", err=True)
        return 1
    return result if isinstance(result, int) else 0


def silence_standard_output() -> None:
    """Redirect the interpreter's last flush to nowhere: the reader of our output (``head``) is gone, which is fine."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
