"""A client library of another language in a separate process: one line of JSON for each call and each answer.

The programs in the folders beside this file implement it; README.md in this folder has the details. A call goes to a
target ("member-3") that an earlier "open" made; calls to different targets run concurrently. Bytes travel as base64.
"""

from __future__ import annotations

import base64
import itertools
import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from compat_tests.clients.model import ClientError

CALL_TIMEOUT_S = 60.0
"""Time limit of a call; the worker has shorter limits for each."""
EXIT_TIMEOUT_S = 10.0


def encode(value: bytes | None) -> str | None:
    """Return bytes as the text that travels."""
    return None if value is None else base64.b64encode(value).decode()


def decode(text: str | None) -> bytes | None:
    """Return the bytes of such a text."""
    return None if text is None else base64.b64decode(text)


class RemoteWorker:
    """The process. Calls may come from any thread."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self._process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
        )
        self._numbers = itertools.count(1)
        self._waiting: dict[int, Future[Any]] = {}
        self._lock = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def open(self, kind: str, **arguments: Any) -> str:
        """Make a target of that kind and return its name; errors as `call`."""
        target = f"{kind}-{next(self._numbers)}"
        self.call(target, "open", kind=kind, **arguments)
        return target

    def call(self, target: str, method: str, **arguments: Any) -> Any:
        """Return the answer of a method.

        Raises:
            ClientError: the call failed; it has the name of the worker's error.
            RuntimeError: the process has ended.
        """
        number, answer = next(self._numbers), Future[Any]()
        line = json.dumps({"id": number, "target": target, "method": method, "arguments": arguments})
        assert self._process.stdin is not None
        with self._lock:
            self._waiting[number] = answer
            if self._process.poll() is not None:
                self._fail_all()
            else:
                self._process.stdin.write(line.encode() + b"\n")
                self._process.stdin.flush()
        return answer.result(CALL_TIMEOUT_S)

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            reply = json.loads(line)
            answer = self._waiting.pop(reply["id"])
            if "error" in reply:
                answer.set_exception(ClientError(reply["error"], reply["message"]))
            else:
                answer.set_result(reply.get("result"))
        with self._lock:
            self._process.wait()
            self._fail_all()

    def _fail_all(self) -> None:
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace")[-3000:]
        message = f"the client's process has ended with {self._process.returncode}: {said}"
        while self._waiting:
            self._waiting.popitem()[1].set_exception(RuntimeError(message))

    def kill(self) -> None:
        """End the process at once: what it had open is lost, as in a crash."""
        self._process.kill()
        self._reader.join(EXIT_TIMEOUT_S)

    def close(self) -> None:
        """End the process by the end of its input, or else by force."""
        assert self._process.stdin is not None
        try:
            with self._lock:
                self._process.stdin.close()
            self._process.wait(EXIT_TIMEOUT_S)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            self._process.kill()
            self._process.wait(EXIT_TIMEOUT_S)
        self._reader.join(EXIT_TIMEOUT_S)
        self._errors.close()
