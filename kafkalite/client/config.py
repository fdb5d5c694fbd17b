"""A client's configuration from Java's property names, as in the ``--command-config`` files of Kafka's tools.

Source: org.apache.kafka.clients.CommonClientConfigs, AdminClientConfig, SslConfigs, SaslConfigs. Deviation: timeouts
have shorter defaults, since a person waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kafkalite.client.addresses import Address, parse_bootstrap
from kafkalite.client.errors import ConfigProblem
from kafkalite.security.client_exchange import MECHANISMS
from kafkalite.security.jaas import JaasProblem, parse_jaas
from kafkalite.settings.security import StoreSettings, read_store
from kafkalite.settings.values import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

CLIENT_ID = "kafkalite-client"
REQUEST_TIMEOUT_MS = 30_000
API_TIMEOUT_MS = 60_000
CONNECT_TIMEOUT_MS = 5_000
RETRY_BACKOFF_MS = 100

SECURITY_PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
KNOWN = (
    "bootstrap.servers",
    "client.id",
    "default.api.timeout.ms",
    "request.timeout.ms",
    "retry.backoff.ms",
    "sasl.jaas.config",
    "sasl.mechanism",
    "security.protocol",
    "socket.connection.setup.timeout.ms",
    "ssl.endpoint.identification.algorithm",
    "ssl.key.password",
    "ssl.keystore.certificate.chain",
    "ssl.keystore.key",
    "ssl.keystore.location",
    "ssl.keystore.password",
    "ssl.keystore.type",
    "ssl.truststore.certificates",
    "ssl.truststore.location",
    "ssl.truststore.password",
    "ssl.truststore.type",
)
"""Properties that take effect. All others are listed in ``ClientConfig.ignored``."""


class TlsOptions(NamedTuple):
    """TLS of a client.

    Attributes:
        trust: the trust store, None for the certificates that the system trusts.
        keys: the client's own key store, None for none.
        is_host_checked: whether the certificate must be for the host that was connected to.
    """

    trust: StoreSettings | None = None
    keys: StoreSettings | None = None
    is_host_checked: bool = True


class SaslOptions(NamedTuple):
    """Credentials of a client; ``mechanism`` is one of ``client_exchange.MECHANISMS``."""

    mechanism: str
    user: str
    password: str

    def __repr__(self) -> str:
        return f"SaslOptions({self.mechanism!r}, {self.user!r}, password hidden)"


class ClientConfig(NamedTuple):
    """The complete configuration of a client.

    Attributes:
        request_timeout_ms: for one answer.
        api_timeout_ms: for one operation with all its attempts.
        connect_timeout_ms: for connecting, TLS and authentication at one address.
        tls, sasl: None if the listener has none.
        ignored: names of given properties that have no effect here.
    """

    bootstrap: tuple[Address, ...]
    client_id: str = CLIENT_ID
    request_timeout_ms: int = REQUEST_TIMEOUT_MS
    api_timeout_ms: int = API_TIMEOUT_MS
    connect_timeout_ms: int = CONNECT_TIMEOUT_MS
    retry_backoff_ms: int = RETRY_BACKOFF_MS
    tls: TlsOptions | None = None
    sasl: SaslOptions | None = None
    ignored: tuple[str, ...] = ()

    @property
    def security_protocol(self) -> str:
        """Return Kafka's name of the combination of TLS and SASL."""
        if self.sasl is None:
            return "PLAINTEXT" if self.tls is None else "SSL"
        return "SASL_PLAINTEXT" if self.tls is None else "SASL_SSL"


class ClientProperties:
    """Properties in the form that ``settings.security.read_store`` reads."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def find(self, name: str) -> str | None:
        """Return a property's value, None if it is not set or empty."""
        return self._values.get(name) or None

    def is_empty(self, name: str) -> bool:
        """Return whether a property is set to the empty text, which differs from not being set."""
        return name in self._values and not self._values[name].strip()

    def name_of(self, name: str) -> str:
        """Return the name under which the property was set: its own."""
        return name

    def refuse(self, name: str, reason: str) -> ConfigError:
        """Return the error about a property, without its value."""
        return ConfigError(f"{name}: {reason}")

    def milliseconds(self, name: str, default: int) -> int:
        """Return a span of time.

        Raises:
            ConfigProblem: a property cannot be used.
        """
        text = self.find(name)
        if text is None:
            return default
        if not (text.strip().isascii() and text.strip().isdecimal()):
            raise ConfigProblem(f"{name}: {text!r} is not a number of milliseconds")
        return int(text)


def client_config(bootstrap: str, properties: Mapping[str, str] | None = None, **changes: object) -> ClientConfig:
    """Return the configuration for a bootstrap list and Java's client properties.

    Args:
        bootstrap: "host:port,host:port"; "" takes ``bootstrap.servers``.
        properties: a Java client's properties; those without effect here are listed in ``ignored``.
        changes: attributes of ``ClientConfig`` that override the properties.

    Raises:
        ConfigProblem: a property is missing, invalid or not supported.
    """
    properties = properties or {}
    values = ClientProperties(properties)
    protocol = (values.find("security.protocol") or "PLAINTEXT").upper()
    if protocol not in SECURITY_PROTOCOLS:
        raise ConfigProblem(f"security.protocol: {protocol} is none of {', '.join(SECURITY_PROTOCOLS)}")
    config = ClientConfig(
        bootstrap=parse_bootstrap(bootstrap or values.find("bootstrap.servers") or ""),
        client_id=values.find("client.id") or CLIENT_ID,
        request_timeout_ms=values.milliseconds("request.timeout.ms", REQUEST_TIMEOUT_MS),
        api_timeout_ms=values.milliseconds("default.api.timeout.ms", API_TIMEOUT_MS),
        connect_timeout_ms=values.milliseconds("socket.connection.setup.timeout.ms", CONNECT_TIMEOUT_MS),
        retry_backoff_ms=values.milliseconds("retry.backoff.ms", RETRY_BACKOFF_MS),
        tls=_tls_options(values) if protocol.endswith("SSL") else None,
        sasl=_sasl_options(values) if protocol.startswith("SASL") else None,
        ignored=tuple(sorted(name for name in properties if name not in KNOWN)),
    )
    return config._replace(**changes)  # type: ignore[arg-type]


def _tls_options(values: ClientProperties) -> TlsOptions:
    algorithm = values.find("ssl.endpoint.identification.algorithm")
    if algorithm is not None and algorithm.lower() != "https":
        raise ConfigProblem(f"ssl.endpoint.identification.algorithm: {algorithm!r} is neither https nor empty")
    try:
        return TlsOptions(
            trust=read_store(values, "ssl.truststore", certificates="certificates", key=None),
            keys=read_store(values, "ssl.keystore", certificates="certificate.chain", key="key"),
            is_host_checked=not values.is_empty("ssl.endpoint.identification.algorithm"),
        )
    except ConfigError as problem:
        raise ConfigProblem(str(problem)) from None


def _sasl_options(values: ClientProperties) -> SaslOptions:
    mechanism = values.find("sasl.mechanism")
    if mechanism not in MECHANISMS:
        given = f"{mechanism} is not supported" if mechanism else "GSSAPI, Kafka's default, is not supported"
        raise ConfigProblem(f"sasl.mechanism: {given}; set one of {', '.join(MECHANISMS)}")
    text = values.find("sasl.jaas.config")
    if text is None:
        raise ConfigProblem(
            "sasl.jaas.config: SASL needs it, for example: org.apache.kafka.common.security.scram.ScramLoginModule "
            'required username="alice" password="...";'
        )
    try:
        options = parse_jaas(text).options
    except JaasProblem as problem:
        raise ConfigProblem(f"sasl.jaas.config: {problem}") from None
    if "username" not in options or "password" not in options:
        raise ConfigProblem('sasl.jaas.config: the login module needs username="..." and password="..."')
    return SaslOptions(mechanism, options["username"], options["password"])
