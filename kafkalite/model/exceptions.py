"""Failures that a layer below the protocol can meet."""

from __future__ import annotations

from errno import EDQUOT, EFBIG, EMFILE, ENFILE, ENOMEM, ENOSPC

SHORTAGES = frozenset((ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE, ENOMEM))
"""The errors of an operating system that lacks something at present: space, descriptors, memory. Nothing is broken
then, and the same operation may well succeed later."""


class StorageFault(Exception):
    """The storage refused or failed an operation.

    Args:
        operation: one verb ("append", "read", "rename").
        path: the file or directory it was tried on, as the storage names it.
        cause: the operating system's error, or what is wrong in words, or None.
    """

    def __init__(self, operation: str, path: str, cause: BaseException | str | None = None) -> None:
        self.operation = operation
        self.path = path
        self.cause = cause
        text = f"[Errno {cause.errno}] {cause.strerror}" if isinstance(cause, OSError) and cause.strerror else cause
        super().__init__(f"{operation} {path}: {text}" if cause is not None else f"{operation} {path}")

    @property
    def is_shortage(self) -> bool:
        """Return whether the operating system only lacks something at present, such as space."""
        return isinstance(self.cause, OSError) and self.cause.errno in SHORTAGES

    @property
    def is_failure(self) -> bool:
        """Return whether the operating system failed the operation otherwise: the disk is not to be trusted."""
        return isinstance(self.cause, OSError) and not self.is_shortage


class StaleLease(StorageFault):
    """The files were opened again under a higher epoch; this holder may not touch them any more."""
