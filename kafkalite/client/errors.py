"""Errors between a client and a broker; the text of each is complete and meant for a person."""

from __future__ import annotations

from kafkalite.protocol.errors import NAMES, NONE, RETRIABLE


class ClientError(Exception):
    """A request could not be made, sent or answered."""


class ConfigProblem(ClientError):
    """A property of the client, or a combination of them, cannot be used. The text quotes no secret."""


class ConnectionFailed(ClientError):
    """No connection could be made: unknown host, refused, TLS, or no broker at the other end."""


class Unreachable(ConnectionFailed):
    """No TCP connection: an unknown host, or nothing that listens there."""


class TlsRefused(ConnectionFailed):
    """The TLS handshake failed, perhaps since the other end speaks no TLS."""


class Disconnected(ClientError):
    """The broker closed the connection instead of answering. Trying again may help."""


class TimedOut(ClientError):
    """No answer came in time."""


class NotKafka(ClientError):
    """The peer does not speak Kafka's protocol, or its bytes were damaged."""


class AnsweredWithTls(NotKafka):
    """The peer sent an alert of TLS: the listener speaks it, and the client did not."""


class AuthenticationFailed(ClientError):
    """The broker refused the credentials or the mechanism, or could not prove that it knows the password."""


class UnsupportedByBroker(ClientError):
    """The broker has no version of the API that can carry the request."""


class DamagedRecords(ClientError):
    """Fetched bytes are no records: damaged, or larger when decompressed than is allowed."""


class BrokerError(ClientError):
    """A broker answered with an error code.

    Args:
        code: Kafka's error code.
        message: the broker's own words, None where it sent none.
        subject: of the error, for example a topic; "" for the request as a whole.
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
    """Return an error code in words: its name, and the broker's message where there is one."""
    return f"{error_name(code)}: {message}" if message else error_name(code)


def check(code: int, message: str | None = None, subject: str = "") -> None:
    """Raise BrokerError unless ``code`` is 0."""
    if code != NONE:
        raise BrokerError(code, message, subject)
