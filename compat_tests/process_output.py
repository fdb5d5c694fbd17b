"""The output of a child process: copied into a file as it arrives, with an event for threads that wait for a line.

    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = ProcessOutput(process.stdout, directory / "server.log")
    if not output.wait_for("ready in", timeout_s=20): ...

Nothing polls: a waiter is woken by the next line, or by the end of the output, which is the end of the process.
"""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import IO

CLOSE_TIMEOUT_S = 5.0


class ProcessOutput:
    """Reads one stream to its end in a separate thread; any thread may wait or look."""

    def __init__(self, stream: IO[bytes] | None, copy: Path | None = None) -> None:
        """Begin to read. What comes is appended to the file `copy`, if there is one."""
        assert stream is not None, "start the process with stdout=subprocess.PIPE"
        self._stream = stream
        self._copy = None if copy is None else copy.open("ab")
        self._lines: list[str] = []
        self._has_ended = False
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        """Return all that was printed so far, up to its last whole line."""
        with self._changed:
            return "".join(self._lines)

    def wait_for(self, pattern: str, timeout_s: float) -> bool:
        """Return whether a line matches: False once the output has ended without, or after that many seconds."""
        wanted, looked_at = re.compile(pattern), 0
        with self._changed:

            def is_decided() -> bool:
                nonlocal looked_at
                new, looked_at = self._lines[looked_at:], len(self._lines)
                return any(wanted.search(line) for line in new) or self._has_ended

            if not self._changed.wait_for(is_decided, timeout_s):
                return False
            return any(wanted.search(line) for line in self._lines)

    @property
    def has_ended(self) -> bool:
        """Return whether nothing more can come: the process, and all that inherited its output, have ended."""
        with self._changed:
            return self._has_ended

    def close(self) -> None:
        """Return once the rest of an ended process is read; give up on one whose children live on."""
        self._reader.join(CLOSE_TIMEOUT_S)

    def _read(self) -> None:
        with self._stream:
            for line in self._stream:
                self._keep(line)
        if self._copy is not None:
            self._copy.close()
        with self._changed:
            self._has_ended = True
            self._changed.notify_all()

    def _keep(self, line: bytes) -> None:
        if self._copy is not None:
            self._copy.write(line)
            self._copy.flush()
        with self._changed:
            self._lines.append(line.decode(errors="replace"))
            self._changed.notify_all()
