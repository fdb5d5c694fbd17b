"""The limit of open files and sockets of this process, and its division."""

from __future__ import annotations

from kafkalite.model.limits import OPEN_FILES_MAX_COUNT, RESERVED_DESCRIPTOR_COUNT

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

UNLIMITED_COUNT = 1 << 31


def raise_descriptor_limit() -> None:
    """Raise the limit of open sockets and files as far as the system allows: the soft limit is often 1,024."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):
            pass


def descriptor_limit() -> int:
    """Return the number of descriptors that this process may have open; `UNLIMITED_COUNT` without a limit."""
    if resource is None:
        return UNLIMITED_COUNT
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return UNLIMITED_COUNT if soft == resource.RLIM_INFINITY else soft


def open_files_share(limit: int) -> int:
    """Return the number of partition files that may be open under a limit of descriptors; at least 8."""
    return max(8, min(OPEN_FILES_MAX_COUNT, limit // 4))


def connections_share(limit: int) -> int:
    """Return the number of connections that may be open under a limit of descriptors; at least 8.

    Connections must not use up the descriptors that the log needs: a partition whose file cannot be opened is offline.
    """
    return max(8, limit - open_files_share(limit) - RESERVED_DESCRIPTOR_COUNT)
