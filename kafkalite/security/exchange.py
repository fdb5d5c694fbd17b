"""What the exchanges of all SASL mechanisms have in common: tokens in, tokens out, and two ways to fail."""

from __future__ import annotations

from typing import Protocol


class AuthenticationRefused(Exception):
    """The client is not who it claims to be, or says nonsense; the message may be told to it."""


class CredentialsRefused(Exception):
    """As above, but the message would tell a stranger too much, such as which users there are: it is for nobody."""


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
            AuthenticationRefused, CredentialsRefused: the exchange has failed, for good.
        """
        ...
