"""TLS and SASL of one listener from its properties, and refusal of features that do not exist yet.

``listener.name.<listener>.<property>`` overrides ``<property>``, for JAAS lines and sessions
``listener.name.<listener>.<mechanism>.<property>`` overrides both; listener and mechanism are in lower case.

Messages quote no value of a property that may be a secret.

Source: org.apache.kafka.common.config.internals.BrokerSecurityConfigs, SslConfigs, SaslConfigs,
AbstractConfig.valuesWithPrefixOverride, JaasContext.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from kafkalite.security import plain, scram
from kafkalite.security.jaas import JaasProblem, parse_jaas
from kafkalite.settings.settings import SOURCE_KAFKA_DEFAULT, SOURCE_KAFKALITE_DEFAULT
from kafkalite.settings.values import ConfigError, parse_integer, parse_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kafkalite.settings.settings import Settings

SERVED_MECHANISMS = (plain.MECHANISM, *scram.DIGESTS)
TLS_VERSIONS = ("TLSv1.2", "TLSv1.3")

UNSERVED_SASL = {
    "sasl.server.callback.handler.class": None,
    "principal.builder.class": "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder",
}
"""Properties of SASL listeners -> the only value that is served (None: none at all)."""

UNSERVED_TLS = {
    "principal.builder.class": "org.apache.kafka.common.security.authenticator.DefaultKafkaPrincipalBuilder",
    "ssl.cipher.suites": "",
    "ssl.engine.factory.class": None,
    "ssl.principal.mapping.rules": "DEFAULT",
    "ssl.provider": None,
}
"""The same for listeners with TLS."""


class SaslSettings(NamedTuple):
    """SASL of one listener.

    Attributes:
        mechanisms: in the order of ``sasl.enabled.mechanisms``.
        max_session_ms: mechanism -> ``connections.max.reauth.ms``; 0 = sessions do not end.
        passwords: user -> password for PLAIN; empty without PLAIN.
        max_receive_bytes: the longest frame before authentication.
        failure_delay_ms: the delay of a refusal.
    """

    mechanisms: tuple[str, ...]
    max_session_ms: Mapping[str, int]
    passwords: Mapping[str, str]
    max_receive_bytes: int
    failure_delay_ms: int


class StoreSettings(NamedTuple):
    """A key store or trust store: its place and its passwords. None = not set.

    Attributes:
        kind: "PEM", "PKCS12" or "JKS" (which is read as PKCS12, keytool's own default).
        location: path of the file; None if the PEM text is in the properties or there is no store.
        password: opens the file (PKCS12).
        key_password: opens the private key (PEM).
        certificates, key: PEM texts from the properties.
        property_name: the property to name in errors.
    """

    kind: str
    location: str | None
    password: str | None
    key_password: str | None
    certificates: str | None
    key: str | None
    property_name: str


class TlsSettings(NamedTuple):
    """TLS of one listener. ``client_auth`` is "none", "requested" or "required"; ``trust`` None: the system's."""

    keys: StoreSettings
    trust: StoreSettings | None
    client_auth: str
    versions: tuple[str, ...]


class StoreProperties(Protocol):
    """The source of properties of key stores and trust stores: a listener or a client."""

    def find(self, name: str) -> str | None:
        """Return the value of a property as text, None if it is not set."""
        ...

    def name_of(self, name: str) -> str:
        """Return the name under which the property was set."""
        ...

    def refuse(self, name: str, reason: str) -> ConfigError:
        """Return the error that blames a property, without its value."""
        ...


class ListenerProperties:
    """The properties of one listener.

    Args:
        listener_name: as in ``listeners``, in upper case.
    """

    def __init__(self, settings: Settings, listener_name: str) -> None:
        self._settings = settings
        self._prefix = f"listener.name.{listener_name.lower()}."

    def name_of(self, name: str, mechanism: str = "") -> str:
        """Return the name of the strongest property that is set for ``name``, else ``name``."""
        prefixes = [f"{self._prefix}{mechanism.lower()}."] if mechanism else []
        for prefix in (*prefixes, self._prefix):
            if prefix + name in self._settings.explicit:
                return prefix + name
        return name

    def find(self, name: str, mechanism: str = "") -> str | None:
        """Return the effective value as text, None if it is null."""
        found = self.name_of(name, mechanism)
        return self._settings.explicit[found][0] if found != name else self._settings.find(name)

    def get_int(self, name: str, mechanism: str = "") -> int:
        """Return an integer property, which must not be null."""
        return parse_integer(self.find(name, mechanism) or "0", "long")

    def refuse(self, name: str, reason: str, mechanism: str = "") -> ConfigError:
        """Return the error about a property with its source, without its value."""
        found = self.name_of(name, mechanism)
        source = self._settings.source_of(found)
        is_set = source not in (SOURCE_KAFKA_DEFAULT, SOURCE_KAFKALITE_DEFAULT)
        return ConfigError(f"{found}: {reason} ({f'from {source}' if is_set else f'not set: the {source} holds'})")


def sasl_settings(settings: Settings, listener_name: str) -> SaslSettings:
    """Return SASL of a SASL_PLAINTEXT or SASL_SSL listener.

    Raises:
        ConfigError: the properties ask for a mechanism that is not served.
    """
    properties = ListenerProperties(settings, listener_name)
    _refuse_unserved(properties, UNSERVED_SASL)
    mechanisms = tuple(parse_list(properties.find("sasl.enabled.mechanisms") or ""))
    for mechanism in mechanisms:
        if mechanism not in SERVED_MECHANISMS:
            raise properties.refuse(
                "sasl.enabled.mechanisms",
                f"{mechanism} is not served by this version: set it to one or more of {', '.join(SERVED_MECHANISMS)}",
            )
    if not mechanisms:
        raise properties.refuse("sasl.enabled.mechanisms", "a listener with SASL needs a mechanism")
    for mechanism in scram.DIGESTS:
        if mechanism in mechanisms:  # Kafka requires the line, but a broker uses nothing in it
            _parse_jaas(properties, mechanism)
    return SaslSettings(
        mechanisms,
        {mechanism: max(0, properties.get_int("connections.max.reauth.ms", mechanism)) for mechanism in mechanisms},
        _plain_passwords(properties) if plain.MECHANISM in mechanisms else {},
        properties.get_int("sasl.server.max.receive.size"),
        properties.get_int("connection.failed.authentication.delay.ms"),
    )


def _plain_passwords(properties: ListenerProperties) -> dict[str, str]:
    name = "sasl.jaas.config"
    module = _parse_jaas(properties, plain.MECHANISM)
    if module is None:
        raise properties.refuse(
            name,
            "PLAIN is enabled and no user has a password: set it, or listener.name.<listener>.plain.sasl.jaas.config, "
            f'to: {plain.LOGIN_MODULE} required user_alice="...";',
        )
    if not module:
        raise properties.refuse(name, "PLAIN is enabled and there is no option user_NAME", plain.MECHANISM)
    return module


def _parse_jaas(properties: ListenerProperties, mechanism: str) -> dict[str, str] | None:
    """Return the passwords of a mechanism's JAAS line, None if there is no line for it.

    Raises:
        ConfigError: a value cannot be used.
    """
    name = "sasl.jaas.config"
    text = properties.find(name, mechanism)
    if not text:
        return None
    try:
        module = parse_jaas(text)
    except JaasProblem as problem:
        raise properties.refuse(name, str(problem), mechanism) from None
    wanted = plain.LOGIN_MODULE if mechanism == plain.MECHANISM else scram.LOGIN_MODULE
    if module.name == wanted:
        return module.passwords
    if mechanism.lower() in properties.name_of(name, mechanism).split("."):
        raise properties.refuse(name, f"the login module of {mechanism} is {wanted}", mechanism)
    return None  # a line for all mechanisms belongs to the one whose module it names


def tls_settings(settings: Settings, listener_name: str, *, has_sasl: bool = False) -> TlsSettings:
    """Return the TLS settings of an SSL or SASL_SSL listener.

    With SASL, ``ssl.client.auth`` counts only if it is set for this listener (KIP-684).

    Raises:
        ConfigError: properties are not supported or contradict each other.
    """
    properties = ListenerProperties(settings, listener_name)
    _refuse_unserved(properties, UNSERVED_TLS)
    versions = tuple(parse_list(properties.find("ssl.enabled.protocols") or ""))
    for version in versions:
        if version not in TLS_VERSIONS:
            raise properties.refuse(
                "ssl.enabled.protocols", f"{version} is not served (served: {', '.join(TLS_VERSIONS)})"
            )
    if not versions:
        raise properties.refuse("ssl.enabled.protocols", "the list is empty")
    keys = read_store(properties, "ssl.keystore", certificates="certificate.chain", key="key")
    if keys is None:
        raise properties.refuse("ssl.keystore.location", "a listener with TLS needs a key and a certificate")
    trust = read_store(properties, "ssl.truststore", certificates="certificates", key=None)
    name = "ssl.client.auth"
    is_own = properties.name_of(name) != name
    client_auth = (properties.find(name) or "none") if is_own or not has_sasl else "none"
    return TlsSettings(keys, trust, client_auth, versions)


def read_store(properties: StoreProperties, base: str, *, certificates: str, key: str | None) -> StoreSettings | None:
    """Return the store whose properties begin with ``base``, None if there is none.

    Raises:
        ConfigError: a value cannot be used.
    """
    kind = (properties.find(f"{base}.type") or "JKS").upper()
    location = properties.find(f"{base}.location")
    password = properties.find(f"{base}.password")
    inline = properties.find(f"{base}.{certificates}")
    inline_key = properties.find(f"{base}.{key}") if key else None
    if kind not in ("PEM", "PKCS12", "JKS"):
        raise properties.refuse(f"{base}.type", f"{kind} is not served (served: PEM, PKCS12)")
    if inline and (kind != "PEM" or location):
        raise properties.refuse(f"{base}.{certificates}", f"needs {base}.type=PEM and no {base}.location")
    if key and bool(inline) != bool(inline_key):
        raise properties.refuse(f"{base}.{key}", f"{base}.{certificates} and {base}.{key} go together")
    if kind == "PEM" and password:
        raise properties.refuse(f"{base}.password", "a PEM file has none; ssl.key.password opens its key")
    if not (inline or location):
        return None
    blamed = properties.name_of(f"{base}.{certificates}" if inline else f"{base}.location")
    key_password = properties.find("ssl.key.password") if key else None
    return StoreSettings(kind, location, password, key_password, inline, inline_key, blamed)


def _refuse_unserved(properties: ListenerProperties, unserved: Mapping[str, str | None]) -> None:
    for name, served in unserved.items():
        value = properties.find(name)
        if (value or None) != (served or None):
            raise properties.refuse(name, f"{value} is not served by this version")
