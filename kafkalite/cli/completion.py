"""``kafkalite completion bash|zsh|fish``: the script that lets a shell complete commands, options and names.

The script calls ``kafkalite`` with a variable that click answers.
"""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

from kafkalite.cli.main import COMPLETION_VARIABLE

PROGRAM = "kafkalite"
SHELLS = ("bash", "zsh", "fish")


@click.command("completion", epilog='Example: eval "$(kafkalite completion bash)"')
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash  eval "$(kafkalite completion bash)"    in ~/.bashrc (bash 4.4 or newer)
    zsh   eval "$(kafkalite completion zsh)"     in ~/.zshrc, after compinit
    fish  kafkalite completion fish > ~/.config/fish/completions/kafkalite.fish
    """
    click.echo(completion_script(shell))


def completion_script(shell: str) -> str:
    """Return the script; ``shell`` is one of ``SHELLS``."""
    found = get_completion_class(shell)
    assert found is not None
    completion = found(click.Command(PROGRAM), {}, PROGRAM, COMPLETION_VARIABLE)
    # Not completion.source(): click's bash class starts the bash in PATH to ask for its version, which says nothing
    # about the shell that will read the script.
    return ShellComplete.source(completion)
