"""One log line per request, or its decoded fields: ``-v`` and ``-vv``."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.model.limits import SHOWN_NAME_MAX_CHARS
from kafkalite.model.shown_text import shown_text
from kafkalite.protocol import api_keys, errors
from kafkalite.protocol.api_keys import NAMES

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.broker.context import RequestContext

_log = getLogger("kafkalite.requests")

SECRET_APIS = frozenset(
    (
        api_keys.SASL_AUTHENTICATE,
        api_keys.ALTER_USER_SCRAM_CREDENTIALS,
        api_keys.ALTER_CONFIGS,
        api_keys.INCREMENTAL_ALTER_CONFIGS,
    )
)
"""APIs whose messages are not written out: passwords, keys, and configurations, which may be passwords."""


class RequestLog:
    """Writes requests to the log as they are answered.

    Args:
        is_decoded: whether requests and responses are written out field by field.
    """

    def __init__(self, *, is_decoded: bool) -> None:
        self._is_decoded = is_decoded

    def request_received(self, context: RequestContext, request: Any) -> None:
        """Write the decoded request if `is_decoded`."""
        if self._is_decoded:
            _log.info("%s > %s", _head(context), shown(context.api_key, request))

    def response_ready(self, context: RequestContext, response: Any) -> None:
        """Write the line of the request, or the decoded response."""
        if self._is_decoded:
            _log.info("%s < %s", _head(context), shown(context.api_key, response))
        else:
            _log.info("%s%s", _head(context), _failure(response))


def shown(api_key: int, message: Any) -> str:
    """Return a message field by field, or only its name where a field may be a password or a key."""
    if api_key in SECRET_APIS and message is not None:
        return f"{type(message).__name__}(hidden)"
    return repr(message)


def _head(context: RequestContext) -> str:
    return (
        f"{context.connection} {shown_text(context.client_id or '-', SHOWN_NAME_MAX_CHARS)} "
        f"{NAMES[context.api_key]} v{context.api_version} #{context.correlation_id}"
    )


def _failure(response: Any) -> str:
    code = getattr(response, "error_code", errors.NONE)
    return "" if code == errors.NONE else f" {errors.NAMES.get(code, code)}"
