"""The context of Python's TLS for one listener, from the listener's settings.

Source: org.apache.kafka.common.security.ssl.DefaultSslEngineFactory.
"""

from __future__ import annotations

import ssl
from logging import getLogger
from time import gmtime, strftime
from typing import TYPE_CHECKING

from kafkalite.settings.values import ConfigError
from kafkalite.system.key_files import lent_file
from kafkalite.transport.key_stores import KeyMaterial, load_keys, load_trusted
from kafkalite.transport.tls_diagnosis import describe_validity, explain_unusable

if TYPE_CHECKING:
    from kafkalite.settings.security import StoreSettings, TlsSettings

_log = getLogger("kafkalite.transport")

CLIENT_AUTH = {"none": ssl.CERT_NONE, "requested": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}
VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}

_NO_PASSWORD = ""
"""A password for unencrypted keys too: without any, OpenSSL would prompt for it on the terminal."""


def create_tls_context(settings: TlsSettings, now_ms: int | None = None) -> ssl.SSLContext:
    """Return the TLS context of a listener.

    Args:
        now_ms: the time (ms since 1970) at which the server's certificate should be valid: an invalid one is used
            nevertheless, as in Kafka, and a warning logged. None = not checked.

    Raises:
        ConfigError: a key or certificate cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    wanted = [VERSIONS[version] for version in settings.versions]
    context.minimum_version, context.maximum_version = min(wanted), max(wanted)
    keys = use_keys(context, settings.keys)
    if now_ms is not None:
        _warn_of_dates(keys, settings.keys, now_ms)
    if settings.trust is not None:
        use_trusted(context, settings.trust)
    elif settings.client_auth != "none":
        context.load_default_certs(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = CLIENT_AUTH[settings.client_auth]
    return context


def use_keys(context: ssl.SSLContext, store: StoreSettings) -> KeyMaterial:
    """Load the private key and certificates of a key store into a context, and return them.

    Raises:
        ConfigError: a value cannot be used.
    """
    keys = load_keys(store)
    try:
        if store.kind == "PEM" and store.location is not None:  # there is no need for a second file with the key
            context.load_cert_chain(store.location, password=keys.password or _NO_PASSWORD)
        else:
            with lent_file(keys.pem) as path:
                context.load_cert_chain(path, password=keys.password or _NO_PASSWORD)
    except (ssl.SSLError, OSError, ValueError) as problem:
        raise ConfigError(
            f"{store.property_name}: {_place(store)} cannot be used: "
            f"{explain_unusable(keys.pem, problem, keys.password)}"
        ) from problem
    return keys


def _warn_of_dates(keys: KeyMaterial, store: StoreSettings, now_ms: int) -> None:
    problem = describe_validity(keys.pem, strftime("%Y%m%d%H%M%S", gmtime(now_ms / 1000)))
    if problem is not None:
        _log.warning("the certificate in %s %s: clients will refuse it", _place(store), problem)


def use_trusted(context: ssl.SSLContext, store: StoreSettings) -> None:
    """Load the certificates of a trust store into a context.

    Raises:
        ConfigError: a value cannot be used.
    """
    pem = load_trusted(store)
    try:
        context.load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as problem:
        raise ConfigError(f"{store.property_name}: {_place(store)} has no certificates: {_words(problem)}") from problem


def _place(store: StoreSettings) -> str:
    return store.location or "the PEM in the properties"


def _words(problem: Exception) -> str:
    reason = getattr(problem, "reason", None) or getattr(problem, "strerror", None) or str(problem)
    return str(reason).replace("_", " ").lower()
