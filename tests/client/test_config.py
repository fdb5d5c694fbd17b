"""Java's client properties."""

from __future__ import annotations

import pytest

from kafkalite.client.addresses import Address
from kafkalite.client.config import ClientConfig, SaslOptions, client_config
from kafkalite.client.errors import ConfigProblem

JAAS = 'org.apache.kafka.common.security.plain.PlainLoginModule required username="alice" password="s3cret";'
SASL = {"security.protocol": "SASL_PLAINTEXT", "sasl.mechanism": "PLAIN", "sasl.jaas.config": JAAS}


def test_defaults() -> None:
    config = client_config("h:1")
    assert config == ClientConfig((Address("h", 1),))
    assert config.security_protocol == "PLAINTEXT"


def test_everything_that_is_obeyed() -> None:
    values = {
        "bootstrap.servers": "file:1",
        "client.id": "me",
        "default.api.timeout.ms": "4",
        "request.timeout.ms": "3",
        "retry.backoff.ms": "2",
        "socket.connection.setup.timeout.ms": "1",
        "group.id": "g",
        "acks": "all",
    }
    config = client_config("", values)
    assert config.bootstrap == (Address("file", 1),)
    assert (config.client_id, config.api_timeout_ms, config.request_timeout_ms) == ("me", 4, 3)
    assert (config.retry_backoff_ms, config.connect_timeout_ms) == (2, 1)
    assert config.ignored == ("acks", "group.id")
    assert client_config("option:2", values, client_id="other")[:2] == ((Address("option", 2),), "other")


def test_sasl() -> None:
    config = client_config("h:1", SASL)
    assert config.sasl == SaslOptions("PLAIN", "alice", "s3cret")
    assert "s3cret" not in repr(config)
    assert (config.tls, config.security_protocol) == (None, "SASL_PLAINTEXT")
    assert client_config("h:1", SASL | {"security.protocol": "sasl_ssl"}).security_protocol == "SASL_SSL"
    assert client_config("h:1", SASL | {"security.protocol": "PLAINTEXT"}).sasl is None


def test_tls() -> None:
    values = {"security.protocol": "SSL"}
    tls = client_config("h:1", values).tls
    assert tls is not None and tls.is_host_checked and tls.trust is None and tls.keys is None
    tls = client_config("h:1", values | {"ssl.endpoint.identification.algorithm": ""}).tls
    assert tls is not None and not tls.is_host_checked
    stores = {"ssl.truststore.location": "t", "ssl.truststore.type": "PEM", "ssl.keystore.location": "k"}
    tls = client_config("h:1", values | stores | {"ssl.key.password": "p"}).tls
    assert tls is not None and tls.trust is not None and tls.keys is not None
    assert (tls.trust.location, tls.trust.kind, tls.keys.location, tls.keys.key_password) == ("t", "PEM", "k", "p")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"security.protocol": "TLS"}, "security.protocol: TLS is none of PLAINTEXT, SSL"),
        ({"request.timeout.ms": "soon"}, "request.timeout.ms: 'soon' is not a number"),
        (SASL | {"sasl.mechanism": ""}, "GSSAPI, Kafka's default, is not supported"),
        (SASL | {"sasl.mechanism": "OAUTHBEARER"}, "OAUTHBEARER is not supported"),
        (SASL | {"sasl.jaas.config": ""}, "sasl.jaas.config: SASL needs it"),
        (SASL | {"sasl.jaas.config": "x required y=s3cret"}, "there is no semicolon"),
        (SASL | {"sasl.jaas.config": "x required user=s3cret;"}, "needs username="),
        ({"security.protocol": "SSL", "ssl.truststore.type": "DER"}, "ssl.truststore.type: DER is not served"),
        ({"security.protocol": "SSL", "ssl.endpoint.identification.algorithm": "x"}, "neither https nor empty"),
    ],
)
def test_what_cannot_be_used_is_named_and_secrets_are_not(values: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigProblem) as raised:
        client_config("h:1", values)
    assert words in str(raised.value)
    assert "s3cret" not in str(raised.value)
