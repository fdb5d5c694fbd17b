"""Guesses what a peer that does not speak Kafka wanted, from its first bytes, for one helpful log line."""

from __future__ import annotations

_HTTP_METHODS = (b"GET ", b"POST", b"PUT ", b"HEAD", b"DELE", b"OPTI", b"PATC", b"CONN", b"TRAC", b"PRI ")
_TLS_HANDSHAKE = 0x16
_SSL_MAJOR = 0x03


def is_http(first_bytes: bytes) -> bool:
    """Whether the bytes begin an HTTP request."""
    return first_bytes[:4] in _HTTP_METHODS


def describe(first_bytes: bytes) -> str:
    """Say in a few words what the first bytes of a stream look like.

    Args:
        first_bytes: of the connection, the four bytes in place of a length included; may be short.
    """
    if is_http(first_bytes):
        return "an HTTP request on the Kafka port"
    if len(first_bytes) > 1 and first_bytes[0] == _TLS_HANDSHAKE and first_bytes[1] == _SSL_MAJOR:
        return "a TLS hello on a listener without TLS (the client's security.protocol is SSL or SASL_SSL)"
    if first_bytes[:4] == b"SSH-":
        return "an SSH client"
    return f"no Kafka request (first bytes {first_bytes[:8].hex(' ')})"


def describe_without_tls(first_bytes: bytes) -> str:
    """Say what the first bytes on a listener with TLS are; "" if they begin a TLS handshake or are too few."""
    if len(first_bytes) > 1 and first_bytes[0] == _TLS_HANDSHAKE and first_bytes[1] == _SSL_MAJOR:
        return ""
    if is_http(first_bytes):
        return "an HTTP request without TLS"
    if first_bytes[:2] == b"\0\0":  # the length of a request of less than 64 KiB
        return "a Kafka request without TLS (the client's security.protocol is PLAINTEXT or SASL_PLAINTEXT)"
    return f"no TLS (first bytes {first_bytes[:8].hex(' ')})" if len(first_bytes) > 1 else ""


def http_reply(advice: str) -> bytes:
    """Return a complete HTTP/1.1 answer that explains this port to a person."""
    body = f"This port speaks the Apache Kafka protocol, not HTTP. {advice}\n".encode()
    head = (
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
