"""Reading files with keys and certificates, and lending a secret to a library that takes nothing but a file's name."""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import mkstemp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_key_file(path: str) -> bytes:
    """Return all of a file.

    Raises:
        OSError: the file cannot be read or written.
    """
    with open(path, "rb") as file:
        return file.read()


@contextmanager
def lent_file(data: bytes) -> Iterator[str]:
    """Yield the path of a file with ``data`` that no other user can read, and that is gone afterwards.

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
