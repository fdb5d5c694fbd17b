"""Entry point of the ``kafkalite`` program: ``serve`` without any framework, every other command through click."""

from __future__ import annotations

import sys


def main(arguments: list[str] | None = None) -> int:
    """Run one command line (None = this process's) and return the exit code.

    The bare command, and one that starts with an option other than help and version, is ``serve``.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    first = arguments[0] if arguments else "serve"
    if first == "serve" or (first.startswith("-") and first not in ("-h", "--help", "--version", "-V")):
        from kafkalite.cli.serve import serve

        return serve(arguments[1:] if first == "serve" and arguments else arguments)
    from kafkalite.cli.commands import run_command

    return run_command(arguments)
