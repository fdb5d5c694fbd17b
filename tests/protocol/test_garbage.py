"""What does not speak Kafka is named for what it is."""

from __future__ import annotations

import pytest

from kafkalite.protocol.garbage import describe, http_reply, is_http


@pytest.mark.parametrize(
    ("first_bytes", "expected"),
    [
        (b"GET / HTTP/1.1\r\n", "HTTP"),
        (b"POST", "HTTP"),
        (b"\x16\x03\x01\x02\x00\x01", "TLS"),
        (b"SSH-2.0-OpenSSH", "SSH"),
        (b"\xff\xff\xff\xff", "ff ff ff ff"),
        (b"\x16", "16"),
    ],
)
def test_first_bytes_are_recognised(first_bytes: bytes, expected: str) -> None:
    assert expected in describe(first_bytes)


def test_only_http_is_answered_in_http() -> None:
    assert is_http(b"HEAD / HTTP/1.0") and not is_http(b"\x16\x03\x01\x00")
    head, _, body = http_reply("See the banner.").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"See the banner." in body
