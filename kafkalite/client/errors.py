"""Errors between a client and a broker; each has a complete message for a person."""

from __future__ import annotations

from kafkalite.protocol.errors import NAMES, NONE, RETRIABLE


class ClientError(Exception):
    """A request could not be made, sent or answered."""


class ConfigProblem(ClientError):
    """A property of the client, or a combination of them, cannot be used. The message quotes no secret."""


class ConnectionFailed(ClientError):
    """No connection could be made: unknown host, refused, TLS, or no broker at the other end."""


class Unreachable(ConnectionFailed):
    """No TCP connection: an unknown host, or no listener there."""


class TlsRefused(ConnectionFailed):
    """The TLS handshake failed, perhaps because the other end does not speak TLS."""


class Disconnected(ClientError):
    """The broker closed the connection instead of answering. A retry may succeed."""


class TimedOut(ClientError):
    """No answer came in time."""


class NotKafka(ClientError):
    """The peer does not speak Kafka's protocol, or its bytes were damaged."""


class AnsweredWithTls(NotKafka):
    """The peer sent an alert of TLS: the listener speaks it, and the client did not."""


class AuthenticationFailed(ClientError):
    """The broker refused the credentials or the mechanism, or failed to prove its knowledge of the password."""


class UnsupportedByBroker(ClientError):
    """The broker has no version of the API that supports the request."""


class DamagedRecords(ClientError):
    """Fetched bytes are not records: damaged, or too large after decompression."""


class BrokerError(ClientError):
    """A broker answered with an error code.

    Args:
        code: Kafka's error code.
        message: the broker's message, None if it sent none.
        subject: the subject of the error, for example a topic; "" for the request as a whole.
    """

    def __init__(self, code: int, message: str | None = None, subject: str = "") -> None:
        self.code = code
        self.message = message
        prefix = f"{subject}: " if subject else ""
        super().__init__(f"{prefix}{error_text(code, message)}")

    @property
    def name(self) -> str:
        """Return Kafka's name of the error, for example TOPIC_ALREADY_EXISTS."""
        return error_name(self.code)

    @property
    def is_retriable(self) -> bool:
        """Return whether Kafka calls the error transient."""
        return self.code in RETRIABLE


def error_name(code: int) -> str:
    """Return Kafka's name of an error code; "error 999" for an unassigned one."""
    return NAMES.get(code, f"error {code}")


def error_text(code: int, message: str | None) -> str:
    """Return the name of an error code, with the broker's message if there is one."""
    return f"{error_name(code)}: {message}" if message else error_name(code)


def check(code: int, message: str | None = None, subject: str = "") -> None:
    """Check an error code.

    Raises:
        BrokerError: ``code`` is not 0.
    """
    if code != NONE:
        raise BrokerError(code, message, subject)
