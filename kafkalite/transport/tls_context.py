"""What Python's TLS needs to serve one listener, from the listener's settings.

Source: org.apache.kafka.common.security.ssl.DefaultSslEngineFactory.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from kafkalite.settings.values import ConfigError
from kafkalite.system.key_files import lent_file
from kafkalite.transport.key_stores import load_keys, load_trusted

if TYPE_CHECKING:
    from kafkalite.settings.security import StoreSettings, TlsSettings

CLIENT_AUTH = {"none": ssl.CERT_NONE, "requested": ssl.CERT_OPTIONAL, "required": ssl.CERT_REQUIRED}
VERSIONS = {"TLSv1.2": ssl.TLSVersion.TLSv1_2, "TLSv1.3": ssl.TLSVersion.TLSv1_3}

_NO_PASSWORD = ""
"""Given all the same: without any, OpenSSL would ask for it on the terminal."""


def create_tls_context(settings: TlsSettings) -> ssl.SSLContext:
    """Return the context of a listener; raises ConfigError where a key or certificate cannot be used."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    wanted = [VERSIONS[version] for version in settings.versions]
    context.minimum_version, context.maximum_version = min(wanted), max(wanted)
    _use_keys(context, settings.keys)
    if settings.trust is not None:
        _use_trusted(context, settings.trust)
    elif settings.client_auth != "none":
        context.load_default_certs(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = CLIENT_AUTH[settings.client_auth]
    return context


def _use_keys(context: ssl.SSLContext, store: StoreSettings) -> None:
    try:
        if store.kind == "PEM" and store.location is not None:
            context.load_cert_chain(store.location, password=store.key_password or _NO_PASSWORD)
        else:
            keys = load_keys(store)
            with lent_file(keys.pem) as path:
                context.load_cert_chain(path, password=keys.password or _NO_PASSWORD)
    except (ssl.SSLError, OSError, ValueError) as problem:
        place = store.location or "the PEM in the properties"
        raise ConfigError(
            f"{store.property_name}: {place} has no private key with its certificate that can be used, or the password "
            f"of the key is wrong: {_words(problem)}"
        ) from problem


def _use_trusted(context: ssl.SSLContext, store: StoreSettings) -> None:
    pem = load_trusted(store)
    try:
        context.load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError) as problem:
        place = store.location or "the PEM in the properties"
        raise ConfigError(f"{store.property_name}: {place} has no certificates: {_words(problem)}") from problem


def _words(problem: Exception) -> str:
    reason = getattr(problem, "reason", None) or getattr(problem, "strerror", None) or str(problem)
    return str(reason).replace("_", " ").lower()
