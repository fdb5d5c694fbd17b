"""Certificates for tests: an authority, a server and a client, made once per run, with every kind of file."""

from __future__ import annotations

import datetime
import functools
import ipaddress
import pathlib
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "changeit"
NOW = datetime.datetime.now(datetime.UTC)


class Identity(NamedTuple):
    """A certificate and its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def certificate_pem(self) -> str:
        """The certificate alone."""
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def key_pem(self, password: str | None = None) -> str:
        """Return the private key in PKCS8, encrypted where there is a password."""
        encryption = (
            serialization.NoEncryption()
            if password is None
            else serialization.BestAvailableEncryption(password.encode())
        )
        pem = self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption)
        return pem.decode()

    def pkcs12(self, password: str = PASSWORD, *others: Identity) -> bytes:
        """Return a key store; ``others`` are further certificates in it."""
        encryption = serialization.BestAvailableEncryption(password.encode())
        certificates = [other.certificate for other in others]
        return pkcs12.serialize_key_and_certificates(b"localhost", self.key, self.certificate, certificates, encryption)


def trust_store(*trusted: Identity, password: str = PASSWORD) -> bytes:
    """Return a PKCS12 file with certificates and no key."""
    encryption = serialization.BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(None, None, None, [one.certificate for one in trusted], encryption)


def make(subject: x509.Name, issuer: Identity | None = None) -> Identity:
    """Return a new certificate; without an issuer it is an authority that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Identity(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key)


def name(*attributes: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    """Return a name of attributes in the order of the certificate: the country first, as a rule."""
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


@functools.cache
def authority() -> Identity:
    """Return who vouches for the others."""
    return make(name((NameOID.COMMON_NAME, "Test authority")))


@functools.cache
def server() -> Identity:
    """Return the certificate of localhost."""
    return make(name((NameOID.COMMON_NAME, "localhost")), authority())


@functools.cache
def client() -> Identity:
    """Return the certificate of a client with a name that needs some care."""
    subject = name(
        (NameOID.COUNTRY_NAME, "DE"),
        (NameOID.ORGANIZATION_NAME, "Example, Inc."),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "payments"),
        (NameOID.COMMON_NAME, "client"),
    )
    return make(subject, authority())


CLIENT_PRINCIPAL = "User:CN=client,OU=payments,O=Example\\, Inc.,C=DE"


class Files(NamedTuple):
    """Paths of PEM files."""

    authority: str
    server: str
    client: str


def write_files(directory: pathlib.Path) -> Files:
    """Write the authority's certificate, and key with certificate of server and client, as PEM."""
    texts = {
        "authority": authority().certificate_pem,
        "server": server().key_pem() + server().certificate_pem,
        "client": client().key_pem() + client().certificate_pem,
    }
    for file_name, text in texts.items():
        (directory / f"{file_name}.pem").write_text(text)
    return Files(*(str(directory / f"{file_name}.pem") for file_name in texts))
