"""The type of bytes that are read or written where they are, without a copy."""

from __future__ import annotations

Buffer = bytes | bytearray | memoryview
