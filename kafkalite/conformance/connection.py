"""A raw connection to a broker: requests out, frames in, every wait bounded."""

from __future__ import annotations

import socket
from types import TracebackType

from kafkalite.dissector import build_message
from kafkalite.dissector.specs import get_spec

ANSWER_TIMEOUT_S = 15.0


class NoAnswer(Exception):
    """The broker closed the connection, or kept silent for too long; `outcome` is "closed" or "silent"."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


def parse_address(text: str) -> tuple[str, int]:
    """Return host and port of "host:port"; raises ValueError for anything else."""
    host, colon, port = text.rpartition(":")
    if not colon or not host or not port.isdecimal():
        raise ValueError(f"{text!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


class RawConnection:
    """One TCP connection. Raises OSError when there is nobody to connect to."""

    def __init__(self, address: tuple[str, int], timeout_s: float = ANSWER_TIMEOUT_S) -> None:
        self._socket = socket.create_connection(address, timeout=timeout_s)
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
        """Send bytes behind their length; that the broker closed meanwhile shows when the answer is read."""
        try:
            self._socket.sendall(len(frame).to_bytes(4, "big") + frame)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def receive_frame(self, timeout_s: float | None = None) -> bytes:
        """Return the next frame without its length, after the usual wait or `timeout_s`. Raises NoAnswer."""
        if timeout_s is not None:
            self._socket.settimeout(timeout_s)
        return self._receive(int.from_bytes(self._receive(4), "big"))

    def _receive(self, size: int) -> bytes:
        received = bytearray()
        while len(received) < size:
            try:
                chunk = self._socket.recv(size - len(received))
            except ConnectionResetError:
                chunk = b""
            except TimeoutError:
                raise NoAnswer("silent") from None
            if not chunk:
                raise NoAnswer("closed")
            received += chunk
        return bytes(received)
