"""Failures that a layer below the protocol can meet."""

from __future__ import annotations


class StorageFault(Exception):
    """The storage refused or failed an operation; the partition it belongs to goes offline.

    Args:
        operation: what was tried, one verb ("append", "read", "rename").
        path: the file or directory it was tried on, as the storage names it.
        cause: the operating system's own words, or None.
    """

    def __init__(self, operation: str, path: str, cause: BaseException | str | None = None) -> None:
        self.operation = operation
        self.path = path
        self.cause = cause
        super().__init__(f"{operation} {path}: {cause}" if cause is not None else f"{operation} {path}")


class StaleLease(StorageFault):
    """The files were opened again under a higher epoch; this holder may not touch them any more."""
