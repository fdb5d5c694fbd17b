"""Key stores and trust stores as PEM, the format of Python's TLS.

PEM is used unchanged. PKCS12, which Java's keytool writes regardless of the file's name, is read with the
``cryptography`` package (the extra ``keystores``). The older format JKS is not supported: keytool converts it.

Source: org.apache.kafka.common.security.ssl.DefaultSslEngineFactory; java.security.KeyStore (its type "JKS" reads both
formats).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kafkalite.settings.values import ConfigError
from kafkalite.system.key_files import read_key_file

if TYPE_CHECKING:
    from kafkalite.settings.security import StoreSettings

_OLD_JAVA_FORMATS = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")
"""The first bytes of JKS and JCEKS files."""


class KeyMaterial(NamedTuple):
    """A private key with its certificate chain, all in one PEM text.

    Attributes:
        password: opens the private key, None if it is not encrypted.
    """

    pem: bytes
    password: str | None


def load_keys(store: StoreSettings) -> KeyMaterial:
    """Return the private key of a key store with its certificates.

    Raises:
        ConfigError: a value cannot be used.
    """
    if store.certificates is not None:
        return KeyMaterial(f"{_lines(store.key or '')}{_lines(store.certificates)}".encode(), store.key_password)
    if store.kind == "PEM":
        return KeyMaterial(_read(store), store.key_password)
    contents = _open_pkcs12(store, _read(store))
    if contents.key is None or contents.cert is None:
        raise ConfigError(f"{store.property_name}: there is no private key in {store.location}")
    serialization = _cryptography(store).serialization
    key = contents.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = _chain(contents.cert.certificate, [extra.certificate for extra in contents.additional_certs])
    return KeyMaterial(key + b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain), None)


def load_trusted(store: StoreSettings) -> str:
    """Return the certificates of a trust store as PEM.

    Raises:
        ConfigError: a value cannot be used.
    """
    if store.certificates is not None:
        return _lines(store.certificates)
    data = _read(store)
    if store.kind == "PEM":
        return data.decode("utf-8", "replace")
    contents = _open_pkcs12(store, data)
    found = [extra.certificate for extra in contents.additional_certs]
    found += [contents.cert.certificate] if contents.cert is not None else []
    if not found:
        raise ConfigError(f"{store.property_name}: there is no certificate in {store.location}")
    encoding = _cryptography(store).serialization.Encoding.PEM
    return "".join(certificate.public_bytes(encoding).decode() for certificate in found)


def _read(store: StoreSettings) -> bytes:
    assert store.location is not None
    try:
        return read_key_file(store.location)
    except OSError as problem:
        raise ConfigError(f"{store.property_name}: {store.location} cannot be read: {problem.strerror}") from problem


def _lines(pem: str) -> str:
    """Return the PEM text of a property with its line breaks and a final one.

    Between BEGIN and END, spaces may replace the line breaks that a property file or a variable cannot hold.
    """
    parts = []
    for part in pem.replace("\\n", "\n").split("-----"):
        is_label = part.startswith(("BEGIN ", "END "))
        parts.append(f"-----{part}-----" if is_label else "\n".join(["", *part.split(), ""]))
    return "".join(parts).strip("\n") + "\n"


def _open_pkcs12(store: StoreSettings, data: bytes) -> Any:
    if data.startswith(_OLD_JAVA_FORMATS):
        raise ConfigError(
            f"{store.property_name}: {store.location} has Java's old format JKS, convert it with: keytool "
            f"-importkeystore -srckeystore {store.location} -destkeystore {store.location}.p12 -deststoretype PKCS12"
        )
    pkcs12 = _cryptography(store).pkcs12
    password = None if store.password is None else store.password.encode()
    try:
        return pkcs12.load_pkcs12(data, password)
    except ValueError as problem:  # its message reveals neither the password nor the key
        raise ConfigError(
            f"{store.property_name}: {store.location} cannot be opened as PKCS12 with the password of the store: "
            f"{problem}"
        ) from problem


def _cryptography(store: StoreSettings) -> Any:
    """Return the needed part of the package, which is loaded for PKCS12 only.

    Raises:
        ConfigError: the package is missing.
    """
    try:
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import pkcs12  # noqa: PLC0415
    except ImportError as problem:
        raise ConfigError(
            f"{store.property_name}: {store.location} is no PEM, and PKCS12 needs the package cryptography: "
            "pip install 'kafkalite[keystores]', or convert the store to PEM"
        ) from problem
    return _Cryptography(serialization, pkcs12)


class _Cryptography(NamedTuple):
    serialization: Any
    pkcs12: Any


def _chain(certificate: Any, others: list[Any]) -> list[Any]:
    """Return the certificate and the chain of its issuers, as far as available."""
    chain = [certificate]
    rest = list(others)
    while chain[-1].issuer != chain[-1].subject:
        issuer = next((one for one in rest if one.subject == chain[-1].issuer), None)
        if issuer is None:
            break
        rest.remove(issuer)
        chain.append(issuer)
    return chain
