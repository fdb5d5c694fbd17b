"""The client's side of the SASL mechanisms PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512.

Source: RFC 4616, RFC 5802, RFC 7677; org.apache.kafka.common.security.plain.internals.PlainSaslClient,
org.apache.kafka.common.security.scram.internals.ScramSaslClient.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from typing import Protocol

from kafkalite.security import plain
from kafkalite.security.exchange import AuthenticationRefused
from kafkalite.security.scram import DIGESTS, MIN_ITERATIONS_COUNT

MECHANISMS = (plain.MECHANISM, *DIGESTS)

_MAX_ITERATIONS = 10_000_000
"""Maximum number of iterations: more would take the client longer than any request may."""

_SERVER_FIRST = re.compile(
    r"r=(?P<nonce>[\x21-\x2B\x2D-\x7E]+),s=(?P<salt>[A-Za-z0-9+/=]+),i=(?P<count>[0-9]{1,9})(?:,.*)?"
)


class ClientExchange(Protocol):
    """The client's side of one authentication."""

    @property
    def is_complete(self) -> bool:
        """Return whether the server has completed its proof."""
        ...

    def first(self) -> bytes:
        """Return the first token."""
        ...

    def evaluate(self, token: bytes) -> bytes | None:
        """Return the answer to the server's token, None after the last.

        Raises:
            AuthenticationRefused: the client is refused, with a message for it.
        """
        ...


class PlainClient:
    """PLAIN: one token with user and password."""

    __slots__ = ("_password", "_user", "is_complete")

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self.is_complete = False

    def first(self) -> bytes:
        """Return user and password, each after a NUL."""
        return f"\0{self._user}\0{self._password}".encode()

    def evaluate(self, token: bytes) -> bytes | None:
        """Accept the server's empty answer."""
        self.is_complete = True
        return None


class ScramClient:
    """SCRAM: proves the password without sending it, and checks that the server knows it, too.

    Args:
        mechanism: SCRAM-SHA-256 or SCRAM-SHA-512.
        nonce: fresh random text, printable and without a comma.
    """

    __slots__ = ("_bare", "_digest", "_nonce", "_password", "_server_signature", "is_complete")

    def __init__(self, mechanism: str, user: str, password: str, nonce: str) -> None:
        self._digest = DIGESTS[mechanism]
        self._password = password.encode()
        self._nonce = nonce
        self._bare = f"n={user.replace('=', '=3D').replace(',', '=2C')},r={nonce}"
        self._server_signature: bytes | None = None
        self.is_complete = False

    def first(self) -> bytes:
        """Return the client-first-message."""
        return f"n,,{self._bare}".encode()

    def evaluate(self, token: bytes) -> bytes | None:
        """Return the client-final-message, then None after the server's correct signature.

        Raises:
            AuthenticationRefused: the server's message or signature is wrong.
        """
        text = token.decode("utf-8", "replace")
        if self._server_signature is None:
            return self._prove(text)
        expected = f"v={b64encode(self._server_signature).decode()}"
        if not hmac.compare_digest(text.split(",")[0].encode(), expected.encode()):
            raise AuthenticationRefused("the server could not prove that it knows the password")
        self.is_complete = True
        return None

    def _prove(self, server_first: str) -> bytes:
        found = _SERVER_FIRST.fullmatch(server_first)
        if found is None or not found["nonce"].startswith(self._nonce):
            raise AuthenticationRefused("the server's first SCRAM message is malformed")
        count = int(found["count"])
        if not MIN_ITERATIONS_COUNT <= count <= _MAX_ITERATIONS:
            raise AuthenticationRefused(
                f"the server asks for {count} iterations ({MIN_ITERATIONS_COUNT} are the least)"
            )
        try:
            salt = b64decode(found["salt"], validate=True)
        except ValueError:
            raise AuthenticationRefused("the server's salt is not base64") from None
        salted = hashlib.pbkdf2_hmac(self._digest, self._password, salt, count)
        client_key = hmac.digest(salted, b"Client Key", self._digest)
        stored_key = hashlib.new(self._digest, client_key).digest()
        without_proof = f"c={b64encode(b'n,,').decode()},r={found['nonce']}"
        auth_message = f"{self._bare},{server_first},{without_proof}".encode()
        signature = hmac.digest(stored_key, auth_message, self._digest)
        proof = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
        self._server_signature = hmac.digest(
            hmac.digest(salted, b"Server Key", self._digest), auth_message, self._digest
        )
        return f"{without_proof},p={b64encode(proof).decode()}".encode()


def start_exchange(mechanism: str, user: str, password: str, nonce: str) -> ClientExchange:
    """Return the exchange of one of ``MECHANISMS``."""
    if mechanism == plain.MECHANISM:
        return PlainClient(user, password)
    return ScramClient(mechanism, user, password, nonce)
