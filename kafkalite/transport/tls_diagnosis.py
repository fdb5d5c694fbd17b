"""Diagnosis of a private key and certificate that cannot be used for TLS, with advice.

OpenSSL's errors name neither the file nor the user's mistake ("PEM lib" can be a missing key, a wrong password or a
damaged line), so the PEM is inspected again. No message quotes a secret.
"""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING

from kafkalite.security.der import read_validity
from kafkalite.system.key_files import lent_file

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----.*?-----END \1-----", re.DOTALL)
_LABEL = re.compile(rb"-----BEGIN ([A-Z0-9 ]+)-----")
_DER_SEQUENCE = b"\x30\x82"

_REASONS = {
    "CA_MD_TOO_WEAK": "a certificate is signed with SHA-1 or MD5, which TLS no longer accepts: sign it with SHA-256",
    "EE_KEY_TOO_SMALL": "the key of the certificate is too short: take RSA of 2048 bits or more, or an elliptic curve",
    "CA_KEY_TOO_SMALL": "the key of an issuing certificate is too short: take RSA of 2048 bits or more",
}
"""OpenSSL's reason -> its meaning and advice."""

_MISMATCHES = ("KEY_VALUES_MISMATCH", "KEY_TYPE_MISMATCH", "NO_CERTIFICATE_ASSIGNED", "UNKNOWN_KEY_TYPE")


def explain_unusable(pem: bytes, problem: Exception, password: str | None) -> str:
    """Return the reason why OpenSSL refused a private key with its certificates.

    Args:
        pem: the whole text that OpenSSL got.
        problem: the exception.
        password: that of the key, None = none is set.
    """
    reason = getattr(problem, "reason", None) or ""
    if reason in _REASONS:
        return _REASONS[reason]
    labels = [label.decode() for label in _LABEL.findall(pem)]
    if not labels:
        return _explain_no_pem(pem)
    if not any(label.endswith("PRIVATE KEY") for label in labels):
        return f"there is no private key in it, only: {', '.join(dict.fromkeys(labels))}"
    if not any(label.endswith("CERTIFICATE") for label in labels):
        return f"there is no certificate in it, only: {', '.join(dict.fromkeys(labels))}"
    if reason in _MISMATCHES:
        if _has_other_order(pem, password):
            return (
                "the certificates are in the wrong order: that of the key first, then the one that issued it, and so on"
            )
        return "the private key does not belong to the certificate"
    if b"ENCRYPTED" in pem:
        if password is None:
            return "the private key is encrypted: set ssl.key.password"
        return "the private key cannot be opened: the password in ssl.key.password is wrong, or the key is damaged"
    return f"a key or a certificate in it is damaged ({reason.replace('_', ' ').lower() or 'it cannot be decoded'})"


def describe_validity(pem: bytes, now: str) -> str | None:
    """Return why clients will refuse the dates of the first certificate; None if they are valid or unreadable.

    Args:
        now: the time in UTC, as "20260131120000".
    """
    block = next((match for match in _BLOCK.finditer(pem) if match[1].endswith(b"CERTIFICATE")), None)
    if block is None:
        return None
    try:
        start, end = read_validity(ssl.PEM_cert_to_DER_cert(block[0].decode("ascii").replace("TRUSTED ", "")))
    except (ValueError, IndexError):
        return None
    if now > end:
        return f"expired on {_shown(end)}"
    return f"is valid from {_shown(start)} on only" if now < start else None


def _explain_no_pem(data: bytes) -> str:
    if not data.strip():
        return "it is empty"
    if data.startswith(_DER_SEQUENCE):
        return "it is binary (DER or PKCS12) and not PEM: convert it, or set the type of the store to PKCS12"
    return "there is no PEM in it (-----BEGIN ...-----)"


def _has_other_order(pem: bytes, password: str | None) -> bool:
    """Return whether the key belongs to another certificate than the first."""
    blocks = [(match[1], match[0]) for match in _BLOCK.finditer(pem)]
    keys = [block for label, block in blocks if label.endswith(b"PRIVATE KEY")]
    certificates = [block for label, block in blocks if label.endswith(b"CERTIFICATE")]
    return any(_can_be_used([*keys, certificate], password) for certificate in certificates[1:])


def _can_be_used(blocks: Sequence[bytes], password: str | None) -> bool:
    try:
        with lent_file(b"\n".join(blocks) + b"\n") as path:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path, password=password or "")
    except (ssl.SSLError, OSError, ValueError):
        return False
    return True


def _shown(time: str) -> str:
    return f"{time[:4]}-{time[4:6]}-{time[6:8]} {time[8:10]}:{time[10:12]} UTC"
