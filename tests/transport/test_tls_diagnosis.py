"""Why keys and certificates cannot be used, as OpenSSL's errors do not say."""

from __future__ import annotations

import pathlib
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from kafkalite.transport.tls_diagnosis import describe_validity, explain_unusable
from tests.certificates import NOW, Identity, authority, server

SERVER = server().certificate_pem
CHAIN = SERVER + authority().certificate_pem
TIME = "%Y%m%d%H%M%S"


def small_key() -> str:
    """A key of 1024 bits with its certificate."""
    key = rsa.generate_private_key(65537, 1024)
    name = authority().certificate.subject
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, NOW.replace(year=2020), NOW.replace(year=2100))
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    pem = key.private_bytes(encoding, form, serialization.NoEncryption())
    return (pem + builder.sign(key, hashes.SHA256()).public_bytes(encoding)).decode()


def explain(pem: bytes, directory: pathlib.Path, password: str | None = None) -> str:
    """Let OpenSSL refuse it, and return the explanation."""
    path = directory / "keys.pem"
    path.write_bytes(pem)
    with pytest.raises((ssl.SSLError, ValueError)) as caught:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path, password=password or "")
    return explain_unusable(pem, caught.value, password)


@pytest.mark.parametrize(
    ("pem", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"hello", "there is no PEM in it"),
        (server().certificate.public_bytes(serialization.Encoding.DER), "it is binary"),
        (server().pkcs12(), "it is binary"),
        (SERVER.encode(), "there is no private key in it, only: CERTIFICATE"),
        (server().key_pem().encode(), "there is no certificate in it, only: PRIVATE KEY"),
        ((authority().key_pem() + SERVER).encode(), "the private key does not belong to the certificate"),
        ((server().key_pem() + authority().certificate_pem + SERVER).encode(), "in the wrong order"),
        ((server().key_pem("p4ss") + SERVER).encode(), "is encrypted: set ssl.key.password"),
        ((server().key_pem() + SERVER.replace("M", "!", 3)).encode(), "is damaged"),
        ((server().key_pem() + SERVER[:200]).encode(), "is damaged"),
        (small_key().encode(), "too short"),
    ],
)
def test_the_mistake_is_named(pem: bytes, words: str, tmp_path: pathlib.Path) -> None:
    assert words in explain(pem, tmp_path)


def test_a_wrong_password_is_not_shown(tmp_path: pathlib.Path) -> None:
    text = explain((server().key_pem("p4ss") + SERVER).encode(), tmp_path, "hunter2")
    assert text == "the private key cannot be opened: the password in ssl.key.password is wrong, or the key is damaged"


def test_weak_signatures_are_named() -> None:
    """What OpenSSL says of SHA-1; no library makes such a certificate any more."""
    problem = ssl.SSLError(1, "[SSL: CA_MD_TOO_WEAK] ca md too weak")
    problem.reason = "CA_MD_TOO_WEAK"
    assert explain_unusable(CHAIN.encode(), problem, None).startswith("a certificate is signed with SHA-1 or MD5")


def test_dates() -> None:
    identity: Identity = server()
    start = identity.certificate.not_valid_before_utc
    end = identity.certificate.not_valid_after_utc
    pem = (server().key_pem() + CHAIN).encode()
    assert describe_validity(pem, NOW.strftime(TIME)) is None
    assert describe_validity(pem, "29991231000000") == f"expired on {end:%Y-%m-%d %H:%M} UTC"
    assert describe_validity(pem, "19991231000000") == f"is valid from {start:%Y-%m-%d %H:%M} UTC on only"
    assert describe_validity(b"nothing", NOW.strftime(TIME)) is None
    assert describe_validity(SERVER.replace("M", "!", 3).encode(), NOW.strftime(TIME)) is None
