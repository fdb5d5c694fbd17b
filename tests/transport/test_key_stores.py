"""Key stores and trust stores of every kind, and what is said of those that cannot be opened."""

from __future__ import annotations

import pathlib
import sys

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from kafkalite.settings import ConfigError
from kafkalite.settings.security import StoreSettings
from kafkalite.transport.key_stores import load_keys, load_trusted
from tests.certificates import PASSWORD, Identity, authority, client, make, name, server, trust_store


def store(kind: str = "PKCS12", **fields: str | None) -> StoreSettings:
    given: dict[str, str | None] = dict.fromkeys(("location", "password", "key_password", "certificates", "key"))
    return StoreSettings(kind=kind, **(given | fields), property_name="ssl.keystore.location")  # type: ignore[arg-type]


def written(directory: pathlib.Path, data: bytes) -> str:
    path = directory / "store.jks"
    path.write_bytes(data)
    return str(path)


def certificates(pem: str | bytes) -> list[x509.Certificate]:
    return x509.load_pem_x509_certificates(pem.encode() if isinstance(pem, str) else pem)


@pytest.mark.parametrize("kind", ["PKCS12", "JKS"])
def test_a_key_with_its_chain_out_of_pkcs12(kind: str, tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, server().pkcs12(PASSWORD, client(), authority()))
    keys = load_keys(store(kind, location=location, password=PASSWORD))
    assert keys.password is None
    assert keys.pem.decode().startswith(server().key_pem())
    assert certificates(keys.pem) == [server().certificate, authority().certificate]  # the client's vouches for nobody


def test_a_chain_of_three_in_any_order(tmp_path: pathlib.Path) -> None:
    middle = Identity(make(name((NameOID.COMMON_NAME, "middle")), authority()).certificate, authority().key)
    leaf = make(name((NameOID.COMMON_NAME, "leaf")), middle)
    location = written(tmp_path, leaf.pkcs12(PASSWORD, authority(), middle))
    keys = load_keys(store(location=location, password=PASSWORD))
    assert certificates(keys.pem) == [leaf.certificate, middle.certificate, authority().certificate]


def test_certificates_out_of_a_trust_store(tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, trust_store(authority(), client()))
    pem = load_trusted(store(location=location, password=PASSWORD))
    assert set(certificates(pem)) == {authority().certificate, client().certificate}
    location = written(tmp_path, server().pkcs12(PASSWORD, authority()))
    pem = load_trusted(store(location=location, password=PASSWORD))
    assert set(certificates(pem)) == {authority().certificate, server().certificate}


def test_a_pem_file_of_certificates_as_it_is(tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, authority().certificate_pem.encode())
    assert load_trusted(store("PEM", location=location)) == authority().certificate_pem


@pytest.mark.parametrize(
    "squeeze", [lambda pem: pem, lambda pem: pem.replace("\n", " "), lambda pem: pem.replace("\n", "\\n")]
)
def test_pem_texts_with_whatever_stands_for_line_breaks(squeeze: object) -> None:
    assert callable(squeeze)
    chain = server().certificate_pem + authority().certificate_pem
    found = load_keys(store("PEM", certificates=squeeze(chain), key=squeeze(server().key_pem()), key_password="p"))
    assert certificates(found.pem) == [server().certificate, authority().certificate]
    assert found.pem.decode().startswith(server().key_pem())
    assert found.password == "p"
    assert certificates(load_trusted(store("PEM", certificates=squeeze(chain)))) == certificates(chain)


def test_a_wrong_password(tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, server().pkcs12())
    with pytest.raises(ConfigError, match="cannot be opened as PKCS12 with the password") as caught:
        load_keys(store(location=location, password="hunter2"))
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("magic", [b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce"])
def test_the_old_format_of_java_comes_with_the_command_that_converts_it(magic: bytes, tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, magic + bytes(100))
    with pytest.raises(ConfigError, match=r"keytool -importkeystore -srckeystore \S+store.jks .*-deststoretype PKCS12"):
        load_keys(store("JKS", location=location, password=PASSWORD))


def test_what_is_not_in_the_store(tmp_path: pathlib.Path) -> None:
    location = written(tmp_path, trust_store(authority()))
    with pytest.raises(ConfigError, match="no private key"):
        load_keys(store(location=location, password=PASSWORD))
    with pytest.raises(ConfigError, match="cannot be opened"):
        load_trusted(store(location=written(tmp_path, b"rubbish"), password=PASSWORD))


def test_a_file_that_is_not_there(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match=r"ssl.keystore.location: .*missing cannot be read: No such file"):
        load_keys(store(location=str(tmp_path / "missing"), password=PASSWORD))


def test_without_the_package_that_reads_pkcs12(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    location = written(tmp_path, server().pkcs12())
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.serialization", None)
    with pytest.raises(ConfigError, match=r"pip install 'kafkalite\[keystores\]'"):
        load_keys(store(location=location, password=PASSWORD))
