"""Access to files with keys and certificates, and secrets in temporary files for a library that requires a path."""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import mkstemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_key_file(path: str) -> bytes:
    """Return the content of a file.

    Raises:
        OSError: the file cannot be read or written.
    """
    with open(path, "rb") as file:
        return file.read()


@contextmanager
def lent_file(data: bytes) -> Iterator[str]:
    """Yield the path of a temporary file with ``data`` that no other user can read.

    Raises:
        OSError: the file cannot be read or written.
    """
    descriptor, path = mkstemp(prefix="kafkalite-")  # readable by its owner only
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        yield path
    finally:
        os.unlink(path)
