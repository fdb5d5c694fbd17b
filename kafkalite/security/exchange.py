"""The common part of the exchanges of all SASL mechanisms: tokens in, tokens out, and two ways to fail."""

from __future__ import annotations

from typing import Protocol


class AuthenticationRefused(Exception):
    """The client is not the user it claims to be, or sends nonsense; the message may be sent to it."""


class CredentialsRefused(Exception):
    """As above, but the message would reveal too much to a stranger, such as the names of users: it is not sent."""


class SaslExchange(Protocol):
    """The server's side of one authentication.

    Attributes:
        authorization_id: the user, once ``is_complete``; "" before.
    """

    authorization_id: str

    @property
    def is_complete(self) -> bool:
        """Whether the client has proved who it is, and no token more is expected."""
        ...

    def evaluate(self, token: bytes) -> bytes:
        """Take the client's next token and return the answer, which may be empty.

        Raises:
            AuthenticationRefused, CredentialsRefused: the exchange has failed and cannot go on.
        """
        ...
