"""`python -m compat_tests.late_server`: a server whose storage is done with appends later, as a shared one is.

It takes the options of `kafkalite serve`. Clients must not notice a difference.
"""

from __future__ import annotations

import os
import sys
from random import Random
from typing import TYPE_CHECKING

from kafkalite.cli.serve import option, parse_options, print_safely, settings_of
from kafkalite.process import run
from kafkalite.server import Server
from kafkalite.testing.late_directory import LateLogDirectory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kafkalite.server_info import ServerInfo
    from kafkalite.storage.interface import LogDirectory
    from kafkalite.system.files import Files

COMMIT_MAX_MS = 10
"""An upload is committed within so many milliseconds."""

DOUBT_CHANCE = 0.05
"""The chance that the outcome of a commit is not known at first."""


class LateServer(Server):
    """A server over a `LateLogDirectory`."""

    def open_directory(self, files: Files, path: str) -> LogDirectory:
        """Open the log directory and delay what is appended to it."""
        random = Random(1)

        def commit_later(commit: Callable[[], None]) -> None:
            directory.unknown_next = int(random.random() < DOUBT_CHANCE)
            self.call_later(random.randint(1, COMMIT_MAX_MS), commit)

        directory = LateLogDirectory(super().open_directory(files, path), commit_later)
        return directory


def main(arguments: list[str], environ: Mapping[str, str]) -> int:
    """Run the server until it is stopped; return the exit code."""
    options = parse_options(arguments)

    def on_ready(info: ServerInfo) -> None:
        print_safely(f"kafkalite over a late storage, ready in {info.ready_ms:.0f} ms")

    return run(
        settings_of(options, environ),
        ports_file=option(options, environ, "ports-file"),
        verbosity=options.verbosity,
        as_version=option(options, environ, "as-version"),
        on_ready=on_ready,
        server_class=LateServer,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
