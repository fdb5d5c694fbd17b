"""The client's side of SCRAM, by the words of RFC 5802, and what a server keeps of a password."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode

from kafkalite.cluster.image import ScramCredential

DIGESTS = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-512": "sha512"}


def credential(mechanism: str, password: str, salt: bytes = b"salt", iterations: int = 4096) -> ScramCredential:
    """Return what a server keeps."""
    digest = DIGESTS[mechanism]
    salted = hashlib.pbkdf2_hmac(digest, password.encode(), salt, iterations)
    client_key = hmac.digest(salted, b"Client Key", digest)
    server_key = hmac.digest(salted, b"Server Key", digest)
    return ScramCredential(salt, hashlib.new(digest, client_key).digest(), server_key, iterations)


class ScramClient:
    """One authentication: ``first``, ``final``, ``is_answer``."""

    def __init__(self, mechanism: str, user: str, password: str, nonce: str = "fyko+d2lbbFgONRv9qkxdawL") -> None:
        self._digest = DIGESTS[mechanism]
        self._password = password
        self._bare = f"n={user},r={nonce}"
        self._signature = b""

    def first(self) -> bytes:
        """Return the first message."""
        return f"n,,{self._bare}".encode()

    def final(self, answer: bytes) -> bytes:
        """Return the second message, to the server's first."""
        nonce, salt, iterations = (part[2:] for part in answer.decode().split(","))
        salted = hashlib.pbkdf2_hmac(self._digest, self._password.encode(), b64decode(salt), int(iterations))
        client_key = hmac.digest(salted, b"Client Key", self._digest)
        stored_key = hashlib.new(self._digest, client_key).digest()
        without_proof = f"c=biws,r={nonce}"
        message = f"{self._bare},{answer.decode()},{without_proof}".encode()
        signature = hmac.digest(stored_key, message, self._digest)
        self._signature = hmac.digest(hmac.digest(salted, b"Server Key", self._digest), message, self._digest)
        proof = bytes(one ^ other for one, other in zip(client_key, signature, strict=True))
        return f"{without_proof},p={b64encode(proof).decode()}".encode()

    def is_answer(self, answer: bytes) -> bool:
        """Tell whether the server knows the password, too."""
        return answer == b"v=" + b64encode(self._signature)
