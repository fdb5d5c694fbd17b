"""Entry point of the ``kafkalite`` program: ``serve`` without any framework, every other command through click."""

from __future__ import annotations

import os
import sys

from kafkalite.cli.command_line import is_serve

COMPLETION_VARIABLE = "_KAFKALITE_COMPLETE"
"""Set by a shell that requests completions of a command line, or its completion script."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command line (None = this process's) and return the exit code.

    The bare command, and one that starts with an option of ``serve``, is ``serve``.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if COMPLETION_VARIABLE not in os.environ and is_serve(arguments):
        from kafkalite.cli.serve import serve

        return serve(arguments[1:] if arguments[:1] == ["serve"] else arguments)
    from kafkalite.cli.commands import run_command

    return run_command(arguments)
