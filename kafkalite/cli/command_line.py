"""The command of a command line, found without loading the modules of any command."""

from __future__ import annotations

CLICK_OPTIONS = ("-h", "--help", "-V", "--version", "-b", "--bootstrap", "--bootstrap-server", "--command-config")
"""Options before a command's name. Any other first option is one of ``serve``."""


def is_serve(arguments: list[str]) -> bool:
    """Return whether a command line starts the server."""
    first = arguments[0] if arguments else "serve"
    if not first.startswith("-"):
        return first == "serve"
    is_address = first.startswith("-b") and not first.startswith("--")  # also -bHOST:PORT
    return not (is_address or first.partition("=")[0] in CLICK_OPTIONS)
