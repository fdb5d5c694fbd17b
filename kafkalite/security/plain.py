"""The SASL mechanism PLAIN: one token with user and password.

Source: RFC 4616; org.apache.kafka.common.security.plain.internals.PlainSaslServer, PlainServerCallbackHandler.
"""

from __future__ import annotations

from hmac import compare_digest
from typing import TYPE_CHECKING

from kafkalite.security.exchange import AuthenticationRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

MECHANISM = "PLAIN"
LOGIN_MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule"

_PART_COUNT = 3
_MAX_PARTS_TOLD = 4
_SEPARATOR = "\0"


class PlainExchange:
    """One authentication.

    Args:
        passwords: user -> password.
    """

    __slots__ = ("_passwords", "authorization_id", "is_complete")

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._passwords = passwords
        self.authorization_id = ""
        self.is_complete = False

    def evaluate(self, token: bytes) -> bytes:
        """Check ``[authorization id] NUL user NUL password``.

        Raises:
            AuthenticationRefused: the client is refused, with a message for it.
        """
        parts = token.decode("utf-8", "replace").split(_SEPARATOR)[:_MAX_PARTS_TOLD]
        if len(parts) != _PART_COUNT:
            raise AuthenticationRefused(f"Invalid SASL/PLAIN response: expected 3 tokens, got {len(parts)}")
        authorization_id, user, password = parts
        if not user:
            raise AuthenticationRefused("Authentication failed: username not specified")
        if not password:
            raise AuthenticationRefused("Authentication failed: password not specified")
        expected = self._passwords.get(user)
        # An unknown user takes as long as one with a wrong password.
        is_right = compare_digest(password.encode(), (expected or "").encode())
        if expected is None or not is_right:
            raise AuthenticationRefused("Authentication failed: Invalid username or password")
        if authorization_id not in ("", user):
            raise AuthenticationRefused(
                "Authentication failed: Client requested an authorization id that is different from username"
            )
        self.authorization_id = user
        self.is_complete = True
        return b""
