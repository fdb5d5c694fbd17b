"""Entry point of the ``kafkalite`` program: ``serve`` without any framework, every other command through click."""

from __future__ import annotations

import os
import sys

COMPLETION_VARIABLE = "_KAFKALITE_COMPLETE"
"""Set by a shell that asks what may come next on a command line, or for its completion script."""

CLICK_OPTIONS = ("-h", "--help", "-V", "--version", "-b", "--bootstrap", "--bootstrap-server", "--command-config")
"""Options before a command's name. Any other first option is one of ``serve``."""


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


def is_serve(arguments: list[str]) -> bool:
    """Return whether a command line starts the server."""
    first = arguments[0] if arguments else "serve"
    if not first.startswith("-"):
        return first == "serve"
    is_address = first.startswith("-b") and not first.startswith("--")  # also -bHOST:PORT
    return not (is_address or first.partition("=")[0] in CLICK_OPTIONS)
