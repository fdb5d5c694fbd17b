"""The SASL mechanisms SCRAM-SHA-256 and SCRAM-SHA-512, the server's side: two tokens each way.

The server never learns the password: it stores the salt, the iterations, and two keys derived from the password.
Channel binding (``-PLUS``) and delegation tokens (``tokenauth``) are not supported.

Source: RFC 5802, RFC 7677; org.apache.kafka.common.security.scram.internals.ScramSaslServer, ScramMessages,
ScramFormatter.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from kafkalite.security.exchange import AuthenticationRefused, CredentialsRefused

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.cluster.image import ScramCredential

LOGIN_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule"
DIGESTS = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}
"""Mechanism -> hashlib's name of its hash function."""

MECHANISM_NUMBERS = {"SCRAM-SHA-256": 1, "SCRAM-SHA-512": 2}
"""Mechanism -> its number in the records of credentials."""

MIN_ITERATIONS_COUNT = 4096

_SASL_NAME = r"(?:[\x01-\x2B\x2D-\x3C\x3E-\x7F]|=2C|=3D)+"
_VALUE = r"[\x01-\x2B\x2D-\x7F]+"
_PRINTABLE = r"[\x21-\x2B\x2D-\x7E]+"
_BASE64 = r"(?:[a-zA-Z0-9/+]{4})*(?:[a-zA-Z0-9/+]{3}=|[a-zA-Z0-9/+]{2}==)?"
_EXTENSIONS = rf"(?:,[A-Za-z]+={_VALUE})*"
_CLIENT_FIRST = re.compile(
    rf"n,(?:a=(?P<authzid>{_SASL_NAME}))?,"
    rf"(?P<bare>n=(?P<user>{_SASL_NAME}),r=(?P<nonce>{_PRINTABLE})(?P<extensions>{_EXTENSIONS}))"
)
_CLIENT_FINAL = re.compile(
    rf"(?P<without_proof>c={_BASE64},r=(?P<nonce>{_PRINTABLE}){_EXTENSIONS}),p=(?P<proof>{_BASE64})"
)


class ScramExchange:
    """One authentication.

    Args:
        mechanism: a key of ``DIGESTS``.
        find_credential: user -> the stored credential, None if the user is unknown.
        draw_nonce: returns a new random text, printable and without a comma.
    """

    __slots__ = (
        "_auth_start",
        "_credential",
        "_digest",
        "_draw_nonce",
        "_find_credential",
        "_nonce",
        "authorization_id",
        "is_complete",
    )

    def __init__(
        self, mechanism: str, find_credential: Callable[[str], ScramCredential | None], draw_nonce: Callable[[], str]
    ) -> None:
        self._digest = DIGESTS[mechanism]
        self._find_credential = find_credential
        self._draw_nonce = draw_nonce
        self._credential: ScramCredential | None = None
        self._nonce = ""
        self._auth_start = ""
        self.authorization_id = ""
        self.is_complete = False

    def evaluate(self, token: bytes) -> bytes:
        """Answer the client's first message, then its final one.

        Raises:
            AuthenticationRefused: the client is refused, with a message for it.
            CredentialsRefused: the credentials are wrong.
        """
        text = token.decode("utf-8", "replace")
        answer = self._answer_first(text) if self._credential is None else self._answer_final(text, self._credential)
        return answer.encode()

    def _answer_first(self, text: str) -> str:
        found = _CLIENT_FIRST.fullmatch(text)
        if found is None:
            raise CredentialsRefused("the client's first SCRAM message is malformed")
        if ",tokenauth=true" in found["extensions"]:
            raise CredentialsRefused("there are no delegation tokens")
        user = unescape_name(found["user"])
        credential = self._find_credential(user)
        if credential is None:
            raise CredentialsRefused("the user has no credential of this mechanism")
        if found["authzid"] not in (None, found["user"]):
            raise AuthenticationRefused(
                "Authentication failed: Client requested an authorization id that is different from username"
            )
        if credential.iterations < MIN_ITERATIONS_COUNT:
            raise CredentialsRefused(f"the credential has fewer than {MIN_ITERATIONS_COUNT} iterations")
        self._credential = credential
        self._nonce = found["nonce"] + self._draw_nonce()
        answer = f"r={self._nonce},s={b64encode(credential.salt).decode()},i={credential.iterations}"
        self._auth_start = f"{found['bare']},{answer},"
        self.authorization_id = user
        return answer

    def _answer_final(self, text: str, credential: ScramCredential) -> str:
        found = _CLIENT_FINAL.fullmatch(text)
        if found is None:
            raise CredentialsRefused("the client's final SCRAM message is malformed")
        if found["nonce"] != self._nonce:
            raise CredentialsRefused("the client's final SCRAM message has another nonce")
        auth_message = (self._auth_start + found["without_proof"]).encode()
        signature = hmac.digest(credential.stored_key, auth_message, self._digest)
        proof = b64decode(found["proof"])
        if len(proof) != len(signature):
            raise CredentialsRefused("the client's proof has a wrong length")
        client_key = bytes(one ^ other for one, other in zip(signature, proof, strict=True))
        if not hmac.compare_digest(hashlib.new(self._digest, client_key).digest(), credential.stored_key):
            raise CredentialsRefused("the password is wrong")
        self.is_complete = True
        return f"v={b64encode(hmac.digest(credential.server_key, auth_message, self._digest)).decode()}"


def unescape_name(name: str) -> str:
    """Return the user of a name in a SCRAM message; ``=2C`` is a comma, ``=3D`` an equals sign."""
    return name.replace("=2C", ",").replace("=3D", "=")


def nonce_text(random_bytes: bytes) -> str:
    """Return random bytes as the text of a nonce."""
    return b64encode(random_bytes, b"-_").decode().rstrip("=")
