"""A response encoded once and sent many times."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    class Writable(Protocol):
        """A response message."""

        error_code: int

        def write(self, out: bytearray, version: int) -> None:
            """Append its body."""


class PreparedResponse:
    """Stands for a message whose body is encoded already.

    Args:
        message: the answer, for logs; not to be changed any more.
        version: the only version it can be written in.
    """

    __slots__ = ("_body", "_message", "_version")

    def __init__(self, message: Writable, version: int) -> None:
        body = bytearray()
        message.write(body, version)
        self._body = bytes(body)
        self._message = message
        self._version = version

    def __repr__(self) -> str:
        return repr(self._message)

    @property
    def error_code(self) -> int:
        """The message's."""
        return self._message.error_code

    def write(self, out: bytearray, version: int) -> None:
        """Append the body."""
        assert version == self._version, "a prepared response has one version"
        out += self._body
