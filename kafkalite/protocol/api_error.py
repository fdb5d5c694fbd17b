"""The two ways in which a request can be wrong: bytes that cannot be trusted, and a demand that is refused."""

from __future__ import annotations


class ProtocolViolation(Exception):
    """The bytes of a connection cannot be trusted: the connection is closed, and never answered."""


class ApiError(Exception):
    """A request, or one item of it, is refused with a Kafka error code.

    Domain code raises it; the nearest per-item boundary of a handler turns it into the item's error code.
    """

    __slots__ = ("error_code", "error_message")

    def __init__(self, error_code: int, error_message: str | None = None) -> None:
        """Args: `error_code` from `kafkalite.protocol.errors`; `error_message` for versions that carry one, or None."""
        super().__init__(error_code, error_message)
        self.error_code = error_code
        self.error_message = error_message

    def __str__(self) -> str:
        return f"error {self.error_code}" if self.error_message is None else self.error_message
