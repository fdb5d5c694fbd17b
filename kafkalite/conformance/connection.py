"""A raw connection to a broker, which sends requests and receives frames, with limits on all waits and sizes."""

from __future__ import annotations

import contextlib
import socket
from types import TracebackType

from kafkalite.conformance.patience import Patience
from kafkalite.dissector import build_message
from kafkalite.dissector.specs import get_spec

ANSWER_MAX_BYTES = 128 * 1024 * 1024
"""Maximum size of an answer to a conversation; bytes that announce more are not an answer of Kafka."""

RECEIVE_MAX_BYTES = 1 << 16
"""Bytes that are read at once, which also bounds the memory of a frame with a false length."""

_CLOSED = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)


class NoAnswer(Exception):
    """There is no answer to decode: `outcome` is "closed", "silent" or "undecodable: why", `detail` has the details."""

    def __init__(self, outcome: str, detail: str = "") -> None:
        super().__init__(detail or outcome)
        self.outcome = outcome
        self.detail = detail or outcome


def parse_address(text: str) -> tuple[str, int]:
    """Return host and port of "host:port".

    Raises:
        ValueError: the text has another form.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise ValueError(f"{text!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


class RawConnection:
    """One TCP connection.

    Raises:
        OSError: the address refuses the connection, or does not accept it within the limits of `patience`.
    """

    def __init__(self, address: tuple[str, int], patience: Patience) -> None:
        self._patience = patience
        self._socket = socket.create_connection(address, timeout=patience.limits.probe_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._correlation_id = 0

    def __enter__(self) -> RawConnection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def abort(self) -> None:
        """End a wait for an answer in another thread, as if the connection were closed."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def send(self, api: str, version: int, body: bytes, client_id: str | None) -> int:
        """Send one request with its header and return the correlation id."""
        spec = get_spec(f"{api}Request")
        self._correlation_id += 1
        header = {
            "RequestApiKey": spec.api_key,
            "RequestApiVersion": version,
            "CorrelationId": self._correlation_id,
            "ClientId": client_id,
        }
        header_version = 2 if version in spec.flexible_versions else 1
        self.send_frame(build_message("RequestHeader", header_version, header) + body)
        return self._correlation_id

    def send_frame(self, frame: bytes) -> None:
        """Send bytes after their length.

        A connection that the broker closed meanwhile, or that it does not read, is detected when the answer is read.
        """
        self._socket.settimeout(self._patience.limits.answer_s)
        with contextlib.suppress(*_CLOSED, TimeoutError):
            self._socket.sendall(len(frame).to_bytes(4, "big") + frame)

    def receive_frame(self, timeout_s: float, correlation_id: int | None = None) -> bytes:
        """Return the next frame without its length; it must be complete within `timeout_s`.

        With a `correlation_id` the frame must be the answer to that request.

        Raises:
            NoAnswer: there is no such frame.
        """
        deadline_s = self._patience.now_s() + timeout_s
        size = int.from_bytes(self._receive(4, deadline_s, timeout_s), "big", signed=True)
        if not 0 <= size <= ANSWER_MAX_BYTES:
            raise NoAnswer(f"undecodable: byte 0: a length of {size} bytes")
        frame = self._receive(size, deadline_s, timeout_s)
        answered = int.from_bytes(frame[:4], "big", signed=True)
        if correlation_id is not None and len(frame) >= 4 and answered != correlation_id:
            raise NoAnswer(f"undecodable: byte 4: correlation id {answered}, the request has {correlation_id}")
        return frame

    def _receive(self, size: int, deadline_s: float, timeout_s: float) -> bytes:
        received = bytearray()
        while len(received) < size:
            part = f" ({len(received)} of {size} bytes came)" if received else ""
            try:
                left_s = deadline_s - self._patience.now_s()
                if left_s <= 0:
                    raise TimeoutError
                self._socket.settimeout(left_s)
                chunk = self._socket.recv(min(size - len(received), RECEIVE_MAX_BYTES))
            except _CLOSED:
                chunk = b""
            except TimeoutError:
                raise NoAnswer("silent", f"no answer within {timeout_s:g} s{part}") from None
            if not chunk:
                raise NoAnswer("closed", f"connection closed{part}")
            received += chunk
        return bytes(received)
