"""The common part of the exchanges of all SASL mechanisms: tokens in, tokens out, and two ways to fail."""

from __future__ import annotations

from typing import Protocol


class AuthenticationRefused(Exception):
    """The client is not the user that it claims to be, or its token is malformed; the message may be sent to it."""


class CredentialsRefused(Exception):
    """The credentials are wrong; the message is not sent, since it would reveal facts such as the names of users."""


class SaslExchange(Protocol):
    """The server's side of one authentication.

    Attributes:
        authorization_id: the user, once ``is_complete``; "" before.
    """

    authorization_id: str

    @property
    def is_complete(self) -> bool:
        """Whether the client is authenticated and no further token is expected."""
        ...

    def evaluate(self, token: bytes) -> bytes:
        """Process the client's next token and return the answer, which may be empty.

        Raises:
            AuthenticationRefused, CredentialsRefused: the exchange has failed and cannot go on.
        """
        ...
