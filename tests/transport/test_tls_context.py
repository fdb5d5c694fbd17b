"""What the settings of a listener become; whether it works is tested with the protocol."""

from __future__ import annotations

import pathlib
import ssl

import pytest

from kafkalite.settings import ConfigError, merge_settings
from kafkalite.settings.security import tls_settings
from kafkalite.transport.tls_context import create_tls_context
from tests.certificates import NOW, PASSWORD, authority, server, trust_store, write_files

DAY_MS = 24 * 3600 * 1000


def context(properties: dict[str, str]) -> ssl.SSLContext:
    return create_tls_context(tls_settings(merge_settings(flags=properties), "SSL"))


def pem(directory: pathlib.Path) -> dict[str, str]:
    return {"ssl.keystore.type": "PEM", "ssl.keystore.location": write_files(directory).server}


def test_nobody_has_to_show_a_certificate_by_default(tmp_path: pathlib.Path) -> None:
    made = context(pem(tmp_path))
    assert made.verify_mode is ssl.CERT_NONE
    assert (made.minimum_version, made.maximum_version) == (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


@pytest.mark.parametrize(("asked", "mode"), [("requested", ssl.CERT_OPTIONAL), ("required", ssl.CERT_REQUIRED)])
def test_client_certificates(asked: str, mode: ssl.VerifyMode, tmp_path: pathlib.Path) -> None:
    (tmp_path / "trust.p12").write_bytes(trust_store(authority()))
    trust = {"ssl.truststore.location": str(tmp_path / "trust.p12"), "ssl.truststore.password": PASSWORD}
    made = context(pem(tmp_path) | trust | {"ssl.client.auth": asked})
    assert made.verify_mode is mode
    assert len(made.get_ca_certs()) == 1


def test_without_a_trust_store_the_systems_authorities_count(tmp_path: pathlib.Path) -> None:
    assert context(pem(tmp_path) | {"ssl.client.auth": "required"}).verify_mode is ssl.CERT_REQUIRED


def test_one_version_alone(tmp_path: pathlib.Path) -> None:
    made = context(pem(tmp_path) | {"ssl.enabled.protocols": "TLSv1.3"})
    assert made.minimum_version is ssl.TLSVersion.TLSv1_3


def test_keys_of_every_kind(tmp_path: pathlib.Path) -> None:
    (tmp_path / "keys.jks").write_bytes(server().pkcs12())
    context({"ssl.keystore.location": str(tmp_path / "keys.jks"), "ssl.keystore.password": PASSWORD})
    inline = {"ssl.keystore.type": "PEM", "ssl.keystore.certificate.chain": server().certificate_pem}
    context(inline | {"ssl.keystore.key": server().key_pem()})
    context(inline | {"ssl.keystore.key": server().key_pem("p4ss"), "ssl.key.password": "p4ss"})


@pytest.mark.parametrize(
    ("password", "words"),
    [({}, "is encrypted: set ssl.key.password"), ({"ssl.key.password": "hunter2"}, "ssl.key.password is wrong")],
)
def test_a_key_that_cannot_be_opened(password: dict[str, str], words: str) -> None:
    inline = {"ssl.keystore.type": "PEM", "ssl.keystore.certificate.chain": server().certificate_pem}
    with pytest.raises(ConfigError, match=words) as caught:
        context(inline | {"ssl.keystore.key": server().key_pem("p4ss")} | password)
    assert "hunter2" not in str(caught.value)


def test_a_key_of_another_certificate() -> None:
    inline = {"ssl.keystore.type": "PEM", "ssl.keystore.certificate.chain": server().certificate_pem}
    with pytest.raises(ConfigError, match="the private key does not belong to the certificate"):
        context(inline | {"ssl.keystore.key": authority().key_pem()})


def test_a_pem_file_that_is_not_there_or_empty(tmp_path: pathlib.Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        context({"ssl.keystore.type": "PEM", "ssl.keystore.location": str(tmp_path / "missing")})
    (tmp_path / "empty").touch()
    with pytest.raises(ConfigError, match="it is empty"):
        context({"ssl.keystore.type": "PEM", "ssl.keystore.location": str(tmp_path / "empty")})


def test_a_certificate_that_has_expired_is_told_and_used(
    tmp_path: pathlib.Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = tls_settings(merge_settings(flags=pem(tmp_path)), "SSL")
    now_ms = round(NOW.timestamp() * 1000)
    create_tls_context(settings, now_ms)
    assert caplog.messages == []
    create_tls_context(settings, now_ms + 2 * DAY_MS)
    create_tls_context(settings, now_ms - 2 * DAY_MS)
    assert [" expired on " in line or " is valid from " in line for line in caplog.messages] == [True, True]
    assert all(line.endswith("clients will refuse it") for line in caplog.messages)


def test_a_trust_store_without_certificates(tmp_path: pathlib.Path) -> None:
    (tmp_path / "empty").touch()
    trust = {"ssl.truststore.type": "PEM", "ssl.truststore.location": str(tmp_path / "empty")}
    with pytest.raises(ConfigError, match=r"ssl.truststore.location: .* has no certificates"):
        context(pem(tmp_path) | trust)
