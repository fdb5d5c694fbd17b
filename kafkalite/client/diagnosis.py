"""Diagnosis of a listener that does not answer: it may require TLS or SASL, or not speak TLS.

Source: SslTransportLayer and SaslServerAuthenticator, which close such connections without an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafkalite.client.connection import Connection
from kafkalite.client.errors import AnsweredWithTls, ClientError, ConnectionFailed, Disconnected, TimedOut, TlsRefused
from kafkalite.client.tls import create_probe_context
from kafkalite.client.wire import Wire, open_socket, start_tls
from kafkalite.protocol.errors import UNSUPPORTED_SASL_MECHANISM
from kafkalite.protocol.messages.sasl_handshake_request import SaslHandshakeRequest

if TYPE_CHECKING:
    from kafkalite.client.addresses import Address
    from kafkalite.client.config import ClientConfig
    from kafkalite.system.clock import Clock

PROBE_TIMEOUT_MS = 2_000
PROBE_MECHANISM = "NONE"
"""A mechanism that no listener has: one with SASL answers with its mechanisms."""


def explain_refusal(problem: ClientError, address: Address, config: ClientConfig, clock: Clock) -> ClientError:
    """Return the error to raise: ``problem``, or one that names the actual security of the listener.

    Args:
        problem: the failure of opening a connection, or of its first request.
    """
    if not isinstance(problem, Disconnected | TimedOut | TlsRefused | AnsweredWithTls):
        return problem
    wants = "SASL_SSL" if config.sasl is not None else "SSL or SASL_SSL"
    plain = "SASL_PLAINTEXT" if config.sasl is not None else "PLAINTEXT or SASL_PLAINTEXT"
    protocol = config.security_protocol
    if isinstance(problem, TlsRefused):
        if _answers(address, clock, is_tls=False) is not None:
            return ConnectionFailed(
                f"{address}: the listener does not speak TLS: security.protocol is {protocol}, it must be {plain}"
            )
        return problem
    if isinstance(problem, AnsweredWithTls) or (
        config.tls is None and _answers(address, clock, is_tls=True) is not None
    ):
        return ConnectionFailed(
            f"{address}: the listener speaks TLS: security.protocol is {protocol}, it must be {wants}"
        )
    if config.sasl is None:
        mechanisms = _answers(address, clock, is_tls=config.tls is not None)
        if mechanisms:
            return ConnectionFailed(
                f"{address}: the listener wants SASL ({', '.join(sorted(mechanisms))}): security.protocol is "
                f"{protocol}, it must be SASL_{'SSL' if config.tls is not None else 'PLAINTEXT'}"
            )
    return problem


def _answers(address: Address, clock: Clock, *, is_tls: bool) -> list[str] | None:
    """Return the SASL mechanisms of a Kafka listener that answers with or without TLS; None without such an answer."""
    deadline_ms = clock.monotonic_ms() + PROBE_TIMEOUT_MS
    connection: Connection | None = None
    try:
        opened = open_socket(address, deadline_ms, clock)
        if is_tls:
            opened = start_tls(opened, create_probe_context(), address, deadline_ms, clock)
        connection = Connection(Wire(opened, str(address), clock), address, "kafkalite-probe", clock)
        connection.negotiate(deadline_ms)
        response = connection.ask(SaslHandshakeRequest(mechanism=PROBE_MECHANISM), timeout_ms=PROBE_TIMEOUT_MS)
        return list(response.mechanisms) if response.error_code == UNSUPPORTED_SASL_MECHANISM else []
    except ClientError:
        return None
    finally:
        if connection is not None:
            connection.close()
