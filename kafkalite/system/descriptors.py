"""The files and sockets that the system lets this process have open, and their shares."""

from __future__ import annotations

from kafkalite.model.limits import OPEN_FILES_MAX_COUNT, RESERVED_DESCRIPTOR_COUNT

try:
    import resource
except ImportError:  # Windows, which has no such limit
    resource = None  # type: ignore[assignment]

UNLIMITED_COUNT = 1 << 31


def raise_descriptor_limit() -> None:
    """Allow as many open sockets and files as the system lets us: the soft limit is often 1,024."""
    if resource is None:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        except (ValueError, OSError):
            pass


def descriptor_limit() -> int:
    """Return how many descriptors this process may have open; `UNLIMITED_COUNT` where the system sets no limit."""
    if resource is None:
        return UNLIMITED_COUNT
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return UNLIMITED_COUNT if soft == resource.RLIM_INFINITY else soft


def open_files_share(limit: int) -> int:
    """Return how many files of partitions may be open at a time under a limit of descriptors; at least 8."""
    return max(8, min(OPEN_FILES_MAX_COUNT, limit // 4))


def connections_share(limit: int) -> int:
    """Return how many connections may be open under a limit of descriptors; at least 8.

    Connections come from outside and must not take the descriptors that the log needs: a partition whose file cannot be
    opened is offline.
    """
    return max(8, limit - open_files_share(limit) - RESERVED_DESCRIPTOR_COUNT)
