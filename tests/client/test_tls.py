"""The TLS context of a client."""

from __future__ import annotations

import pathlib
import ssl

import pytest

from kafkalite.client.config import TlsOptions, client_config
from kafkalite.client.errors import ConfigProblem
from kafkalite.client.tls import create_client_context
from tests.certificates import write_files


def test_certificates_are_always_checked() -> None:
    context = create_client_context(TlsOptions())
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    context = create_client_context(TlsOptions(is_host_checked=False))
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, False)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


def test_only_the_trust_store_is_trusted(tmp_path: pathlib.Path) -> None:
    files = write_files(tmp_path)
    stores = {
        "security.protocol": "SSL",
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": files.authority,
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": files.client,
    }
    tls = client_config("h:1", stores).tls
    assert tls is not None
    assert len(create_client_context(tls).get_ca_certs()) == 1


@pytest.mark.parametrize("name", ["ssl.truststore", "ssl.keystore"])
def test_stores_that_cannot_be_used_are_named(tmp_path: pathlib.Path, name: str) -> None:
    (tmp_path / "rubbish.pem").write_text("rubbish")
    for file in ("missing.pem", "rubbish.pem"):
        stores = {f"{name}.type": "PEM", f"{name}.location": str(tmp_path / file)}
        tls = client_config("h:1", stores | {"security.protocol": "SSL"}).tls
        assert tls is not None
        with pytest.raises(ConfigProblem, match=f"{name}.location: .*{file}"):
            create_client_context(tls)
