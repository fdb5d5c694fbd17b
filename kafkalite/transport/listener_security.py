"""TLS and SASL of a listener, from its properties.

Loaded only if a listener has one of them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kafkalite.security.authenticator import Mechanism
from kafkalite.security.plain import MECHANISM as PLAIN
from kafkalite.security.plain import PlainExchange
from kafkalite.security.scram import MECHANISM_NUMBERS, ScramExchange, nonce_text
from kafkalite.transport.sasl_gate import SaslListener

if TYPE_CHECKING:
    from collections.abc import Callable

    from kafkalite.broker.broker import Broker
    from kafkalite.cluster.image import ScramCredential
    from kafkalite.security.exchange import SaslExchange
    from kafkalite.settings.security import SaslSettings


def sasl_listener(settings: SaslSettings, broker: Broker) -> SaslListener:
    """Return the SASL of one listener; SCRAM users are looked up in the metadata at their authentication."""
    mechanisms = [
        Mechanism(name, _beginner(name, settings, broker), settings.max_session_ms[name])
        for name in settings.mechanisms
    ]
    return SaslListener(mechanisms, settings.max_receive_bytes, settings.failure_delay_ms, broker.clock, broker.timers)


def _beginner(mechanism: str, settings: SaslSettings, broker: Broker) -> Callable[[], SaslExchange]:
    if mechanism == PLAIN:
        return partial(PlainExchange, settings.passwords)
    number = MECHANISM_NUMBERS[mechanism]

    def find_credential(user: str) -> ScramCredential | None:
        return broker.metadata.image.credentials.get((user, number))

    def draw_nonce() -> str:
        return nonce_text(broker.entropy.uuid() + broker.entropy.uuid())

    return partial(ScramExchange, mechanism, find_credential, draw_nonce)
