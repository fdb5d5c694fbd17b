"""A buffer is anything that bytes are read from without a copy."""

from __future__ import annotations

from kafkalite.model.buffers import Buffer


def test_bytes_and_views_are_buffers_and_text_is_none() -> None:
    assert all(isinstance(value, Buffer) for value in (b"", bytearray(), memoryview(b"")))
    assert not isinstance("", Buffer)
