"""The TLS context of a client.

Source: org.apache.kafka.common.security.ssl.DefaultSslEngineFactory; SslConfigs (TLS 1.2 and 1.3).
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

from kafkalite.client.errors import ConfigProblem
from kafkalite.settings.values import ConfigError
from kafkalite.transport.tls_context import use_keys, use_trusted

if TYPE_CHECKING:
    from kafkalite.client.config import TlsOptions


def create_client_context(options: TlsOptions) -> ssl.SSLContext:
    """Return a context that checks the broker's certificate.

    Raises:
        ConfigProblem: a store cannot be used.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = options.is_host_checked
    try:
        if options.trust is None:
            context.load_default_certs()
        else:
            use_trusted(context, options.trust)
        if options.keys is not None:
            use_keys(context, options.keys)
    except ConfigError as problem:
        raise ConfigProblem(str(problem)) from None
    return context


def create_probe_context() -> ssl.SSLContext:
    """Return a context that trusts every certificate, only to detect whether a listener speaks TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
