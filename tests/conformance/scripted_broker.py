"""A broker on a free port that does what a test says, also what no broker should."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from kafkalite.dissector import build_message, dissect
from kafkalite.dissector.specs import get_spec

API_KEYS = {"ApiKeys": [{"ApiKey": key, "MinVersion": 0, "MaxVersion": 4} for key in (10, 12, 18)]}
"""FindCoordinator, Heartbeat and ApiVersions."""

CLOSE = None
"""Said by a script: close the connection."""


class Hang:
    """Said by a script: give no answer, and keep the connection."""


class Die:
    """Said by a script: close everything, as a process that ends."""


Said = dict[str, Any] | bytes | list[bytes | None] | Hang | Die | None
"""A body, raw bytes instead of a frame, several such writes (CLOSE may be the last), or one of the above."""

Script = Callable[[str, int, dict[str, Any]], Said]
"""What is said to (API, version, body)."""


def frame_of(api: str, version: int, correlation_id: int, body: dict[str, Any]) -> bytes:
    """Return an answer with its length."""
    spec = get_spec(f"{api}Response")
    head = correlation_id.to_bytes(4, "big", signed=True)
    head += b"\0" if version in spec.flexible_versions and api != "ApiVersions" else b""
    frame = head + build_message(f"{api}Response", version, body)
    return len(frame).to_bytes(4, "big") + frame


class ScriptedBroker:
    """Listens until it is closed. `script` is asked for everything but ApiVersions and FindCoordinator, unless
    `asks_all`."""

    def __init__(self, script: Script, *, asks_all: bool = False) -> None:
        self.asked: list[tuple[str, int, dict[str, Any]]] = []
        self.hangs_after: int | None = None
        """How often ApiVersions is answered; None: always."""
        self._versions_count = 0
        self._script = script
        self._asks_all = asks_all
        self._connections: list[socket.socket] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address: tuple[str, int] = self._socket.getsockname()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Close the listener and every connection, as the end of a process does."""
        for each in (self._socket, *self._connections):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection, connection.makefile("rb") as stream:
            while size := stream.read(4):
                tree = dissect(stream.read(int.from_bytes(size, "big")))
                header = tree.get("Header")
                api, version = header.get("RequestApiKey").note, header.value["RequestApiVersion"]
                said = self._say(api, version, tree.get("Body").value)
                if said is CLOSE:
                    return
                if isinstance(said, Die):
                    self.close()
                    return
                if isinstance(said, dict):
                    said = frame_of(api, version, header.value["CorrelationId"], said)
                for data in [said] if isinstance(said, bytes) else said if isinstance(said, list) else ():
                    if data is CLOSE:
                        return
                    connection.sendall(data)

    def _say(self, api: str, version: int, body: dict[str, Any]) -> Said:
        if not self._asks_all and api == "ApiVersions":
            self._versions_count += 1
            return API_KEYS if self.hangs_after is None or self._versions_count <= self.hangs_after else Hang()
        if not self._asks_all and api == "FindCoordinator":
            return {}
        self.asked.append((api, version, body))
        return self._script(api, version, body)
