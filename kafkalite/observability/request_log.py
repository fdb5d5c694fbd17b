"""One log line per request, or its decoded fields: ``-v`` and ``-vv``."""

from __future__ import annotations

from logging import getLogger
from typing import TYPE_CHECKING

from kafkalite.protocol import errors
from kafkalite.protocol.api_keys import NAMES

if TYPE_CHECKING:
    from typing import Any

    from kafkalite.broker.context import RequestContext

_log = getLogger("kafkalite.requests")


class RequestLog:
    """Writes requests to the log as they are answered.

    Args:
        is_decoded: whether requests and responses are written out field by field.
    """

    def __init__(self, *, is_decoded: bool) -> None:
        self._is_decoded = is_decoded

    def request_received(self, context: RequestContext, request: Any) -> None:
        """Write the decoded request, where that was asked for."""
        if self._is_decoded:
            _log.info("%s > %r", _head(context), request)

    def response_ready(self, context: RequestContext, response: Any) -> None:
        """Write the line of the request, or the decoded response."""
        if self._is_decoded:
            _log.info("%s < %r", _head(context), response)
        else:
            _log.info("%s%s", _head(context), _failure(response))


def _head(context: RequestContext) -> str:
    return (
        f"{context.connection} {context.client_id or '-'} "
        f"{NAMES[context.api_key]} v{context.api_version} #{context.correlation_id}"
    )


def _failure(response: Any) -> str:
    code = getattr(response, "error_code", errors.NONE)
    return "" if code == errors.NONE else f" {errors.NAMES.get(code, code)}"
