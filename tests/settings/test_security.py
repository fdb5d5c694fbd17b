"""TLS and SASL of one listener: which property wins, and what is refused with which words."""

from __future__ import annotations

import pytest

from kafkalite.settings import ConfigError, Settings, merge_settings
from kafkalite.settings.security import sasl_settings, tls_settings

PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule"
ALICE = f'{PLAIN} required user_alice="secret";'
KEYS = {"ssl.keystore.location": "/keys.p12", "ssl.keystore.password": "secret"}


def settings(values: dict[str, str]) -> Settings:
    return merge_settings(flags=values)


# ---- SASL ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["sasl.jaas.config", "listener.name.x.sasl.jaas.config", "listener.name.x.plain.sasl.jaas.config"]
)
def test_users_of_plain(name: str) -> None:
    found = sasl_settings(settings({"sasl.enabled.mechanisms": "PLAIN", name: ALICE}), "X")
    assert found == (("PLAIN",), {"PLAIN": 0}, {"alice": "secret"}, 524288, 100)


def test_the_listener_and_its_mechanism_win() -> None:
    found = sasl_settings(
        settings(
            {
                "sasl.enabled.mechanisms": "GSSAPI",
                "listener.name.x.sasl.enabled.mechanisms": "SCRAM-SHA-256, PLAIN",
                "sasl.jaas.config": f'{PLAIN} required user_bob="other";',
                "listener.name.x.plain.sasl.jaas.config": ALICE,
                "listener.name.x.connections.max.reauth.ms": "1000",
                "connections.max.reauth.ms": "-1",
                "listener.name.x.plain.connections.max.reauth.ms": "2000",
                "listener.name.y.connections.max.reauth.ms": "3000",
                "connection.failed.authentication.delay.ms": "5",
            }
        ),
        "X",
    )
    assert found.mechanisms == ("SCRAM-SHA-256", "PLAIN")
    assert found.passwords == {"alice": "secret"}
    assert found.max_session_ms == {"SCRAM-SHA-256": 1000, "PLAIN": 2000}
    assert found.failure_delay_ms == 5


def test_sessions_do_not_end_where_the_time_is_negative() -> None:
    values = {"sasl.enabled.mechanisms": "SCRAM-SHA-512", "connections.max.reauth.ms": "-1"}
    assert sasl_settings(settings(values), "X").max_session_ms == {"SCRAM-SHA-512": 0}


def test_scram_needs_no_login_line_and_takes_one() -> None:
    for values in ({}, {"sasl.jaas.config": f"{SCRAM} required;"}, {"sasl.jaas.config": ALICE}):
        found = sasl_settings(settings({"sasl.enabled.mechanisms": "SCRAM-SHA-512"} | values), "X")
        assert (found.mechanisms, found.passwords) == (("SCRAM-SHA-512",), {})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, r"sasl.enabled.mechanisms: GSSAPI is not served .*\(not set: the default of Kafka holds\)"),
        ({"sasl.enabled.mechanisms": "PLAIN,OAUTHBEARER"}, "OAUTHBEARER is not served"),
        ({"sasl.enabled.mechanisms": "plain"}, "plain is not served"),
        ({"sasl.enabled.mechanisms": "PLAIN"}, "no user has a password"),
        ({"sasl.enabled.mechanisms": "PLAIN", "sasl.jaas.config": f"{PLAIN} required;"}, "no option user_NAME"),
        ({"sasl.enabled.mechanisms": "PLAIN", "sasl.jaas.config": f"{SCRAM} required;"}, "no user has a password"),
        ({"sasl.enabled.mechanisms": "PLAIN", "sasl.jaas.config": f'{PLAIN} required user_a="secret"'}, "no semicolon"),
        (
            {"sasl.enabled.mechanisms": "PLAIN", "listener.name.x.plain.sasl.jaas.config": f"{SCRAM} required;"},
            "the login module of PLAIN is",
        ),
        (
            {"sasl.enabled.mechanisms": "SCRAM-SHA-256", "listener.name.x.scram-sha-256.sasl.jaas.config": "?"},
            "listener.name.x.scram-sha-256.sasl.jaas.config: there is no login module",
        ),
        ({"sasl.enabled.mechanisms": "PLAIN", "sasl.server.callback.handler.class": "a.B"}, "a.B is not served"),
        ({"sasl.enabled.mechanisms": "PLAIN", "principal.builder.class": "a.B"}, "a.B is not served"),
    ],
)
def test_what_sasl_refuses(values: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        sasl_settings(settings(values), "X")
    assert "secret" not in str(caught.value)


# ---- TLS -----------------------------------------------------------------------------------------------------------


def test_a_key_store_and_a_trust_store() -> None:
    found = tls_settings(
        settings(
            KEYS
            | {
                "listener.name.x.ssl.client.auth": "required",
                "listener.name.x.ssl.truststore.location": "/trust.pem",
                "ssl.truststore.type": "PEM",
            }
        ),
        "X",
    )
    assert (found.keys.kind, found.keys.location, found.keys.password) == ("JKS", "/keys.p12", "secret")
    assert found.trust is not None
    assert (found.trust.kind, found.trust.location, found.trust.password) == ("PEM", "/trust.pem", None)
    assert (found.client_auth, found.versions) == ("required", ("TLSv1.2", "TLSv1.3"))


@pytest.mark.parametrize(
    ("name", "has_sasl", "client_auth"),
    [
        ("ssl.client.auth", False, "required"),
        ("ssl.client.auth", True, "none"),
        ("listener.name.x.ssl.client.auth", True, "required"),
    ],
)
def test_beside_sasl_a_certificate_is_asked_for_by_the_listener_alone(
    name: str, has_sasl: bool, client_auth: str
) -> None:
    assert tls_settings(settings(KEYS | {name: "required"}), "X", has_sasl=has_sasl).client_auth == client_auth


def test_pem_texts_in_the_properties() -> None:
    values = {"ssl.keystore.type": "PEM", "ssl.keystore.certificate.chain": "C", "ssl.keystore.key": "K"}
    found = tls_settings(settings(values | {"ssl.key.password": "secret"}), "X")
    assert (found.keys.certificates, found.keys.key, found.keys.key_password) == ("C", "K", "secret")
    assert found.trust is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "needs a key and a certificate"),
        ({"ssl.keystore.type": "BKS"}, "BKS is not served"),
        ({"ssl.keystore.certificate.chain": "secret", "ssl.keystore.key": "secret"}, "needs ssl.keystore.type=PEM"),
        ({"ssl.keystore.type": "PEM", "ssl.keystore.key": "secret"}, "go together"),
        (KEYS | {"ssl.keystore.type": "PEM"}, "a PEM file has none"),
        (KEYS | {"ssl.enabled.protocols": "TLSv1.1"}, "TLSv1.1 is not served"),
        (KEYS | {"ssl.cipher.suites": "TLS_AES_128_GCM_SHA256"}, "ssl.cipher.suites: .* is not served"),
        (
            KEYS | {"ssl.principal.mapping.rules": "RULE:^CN=(.*?),.*$/$1/"},
            "ssl.principal.mapping.rules: .* not served",
        ),
        (KEYS | {"ssl.engine.factory.class": "a.B"}, "a.B is not served"),
    ],
)
def test_what_tls_refuses(values: dict[str, str], words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        tls_settings(settings(values), "X")
    assert "secret" not in str(caught.value)
