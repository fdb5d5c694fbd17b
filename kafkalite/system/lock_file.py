"""The lock of a data directory: held for the life of a process, released at its end."""

from __future__ import annotations

import os

from kafkalite.model.exceptions import StorageFault

_held_paths: set[str] = set()
"""Locks of this process: the system's locks belong to the process, which could take one twice."""


class LockFile:
    """An exclusive lock on `path`, of the kind that the Java runtime takes: Apache Kafka and kafkalite never open one
    directory at the same time.

    Raises:
        StorageFault: this or another process holds it.

    Source: org.apache.kafka.server.util.FileLock (``.lock`` in every log directory).
    """

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: str) -> None:
        self._path = os.path.realpath(path)
        self._descriptor = -1
        if self._path in _held_paths:
            raise StorageFault("lock", path, "this process has the directory open already")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
        except OSError as error:
            raise StorageFault("lock", path, error) from error
        try:
            _lock_descriptor(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise StorageFault("lock", path, "another process has the directory open") from error
        self._descriptor = descriptor
        _held_paths.add(self._path)

    def release(self) -> None:
        """Release the lock; do nothing the second time."""
        if self._descriptor < 0:
            return
        os.close(self._descriptor)  # which drops the lock
        self._descriptor = -1
        _held_paths.discard(self._path)


def _lock_descriptor(descriptor: int) -> None:
    """Lock the whole file without waiting.

    Raises:
        OSError: another process holds the lock.
    """
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
