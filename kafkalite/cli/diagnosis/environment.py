"""Checks of the program and the machine: version, clock, limit of open files."""

from __future__ import annotations

import platform

from kafkalite.cli.diagnosis.finding import Finding, ok, problem, warning
from kafkalite.model.version import __version__
from kafkalite.server_info import NEWEST_RELEASE

OLDEST_TIME_MS = 1_735_689_600_000
"""2025-01-01: a clock that is earlier has not been set."""

ENOUGH_OPEN_FILES = 1024


def check_environment(now_ms: int) -> list[Finding]:
    """Return the findings; ``now_ms`` is this machine's clock, in ms since 1970."""
    return [check_version(), check_clock(now_ms), *check_open_files()]


def check_version() -> Finding:
    """Return the finding about this program."""
    python = f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}"
    return ok("version", f"kafkalite {__version__}, speaks Kafka {NEWEST_RELEASE}; {python}")


def check_clock(now_ms: int) -> Finding:
    """Return whether the clock has been set."""
    text = f"the clock says {format_time(now_ms)}"
    if now_ms >= OLDEST_TIME_MS:
        return ok("clock", text)
    return problem("clock", f"{text}, which is in the past", "set the clock: certificates and retention depend on it")


def format_time(time_ms: int) -> str:
    """Return a time as ISO 8601 in UTC, to the second."""
    import datetime

    try:
        moment = datetime.datetime.fromtimestamp(time_ms // 1000, datetime.UTC)
    except (OverflowError, ValueError, OSError):
        return f"{time_ms} ms since 1970"
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def check_open_files() -> list[Finding]:
    """Return the finding whether a server may open enough files; nothing if the system has no such limit."""
    try:
        import resource
    except ImportError:  # Windows
        return []
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)  # the server raises the soft limit to the hard one itself
    return [judge_open_files(None if hard == resource.RLIM_INFINITY else hard)]


def judge_open_files(limit: int | None) -> Finding:
    """Return the finding whether a limit of open files is enough; None = no limit."""
    if limit is None or limit >= ENOUGH_OPEN_FILES:
        return ok("files", f"a server may open {limit or 'any number of'} files and connections")
    text = f"a server may open {limit} files and connections: a partition needs three, a client one"
    return warning("files", text, f"raise the hard limit of open files (ulimit -Hn) to {ENOUGH_OPEN_FILES * 4} or more")
