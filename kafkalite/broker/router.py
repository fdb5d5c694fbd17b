"""One frame in, one encoded reply out: decode, hand to the handler, encode; refuse what is not served.

What may take long is done in slices by the broker's `WorkQueue`, so that no request holds up the others: a frame of at
least `SLICED_FRAME_MIN_BYTES` is decoded in slices, a handler may return a generator, and the answer of either is
encoded in slices. A reply that is not finished in its first slice is a pending one; abandoning it abandons the work.

Source: KafkaApis.handle, SocketServer.parseRequestHeader (an unsupported version closes the connection, except for
ApiVersions, which is answered in version 0: KIP-511).
"""

from __future__ import annotations

from importlib import import_module
from struct import Struct
from types import GeneratorType
from typing import TYPE_CHECKING

from kafkalite.broker.context import Deferred, LargeRequestContext, RequestContext
from kafkalite.broker.routes import ROUTES
from kafkalite.model.limits import LENT_FRAME_STEP_COUNT, SLICED_FRAME_MIN_BYTES
from kafkalite.protocol import errors
from kafkalite.protocol.api_error import ApiError, ProtocolViolation
from kafkalite.protocol.api_keys import (
    API_VERSIONS,
    ERROR_CODE_VERSIONS,
    ERROR_MESSAGE_VERSIONS,
    FIRST_FLEXIBLE_VERSIONS,
    NAMES,
)
from kafkalite.protocol.headers import read_request_header, skip_header_tags_steps
from kafkalite.protocol.leftovers import discard_steps, leftovers
from kafkalite.protocol.primitives import (
    READ_ERRORS,
    FrameWriter,
    ManyTaggedFields,
    Message,
    read_around_tags,
    refuse_truncated,
)
from kafkalite.protocol.registry import request_class, request_reader, response_class, response_writer
from kafkalite.system.full_collections import FullCollections

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any, Protocol

    from kafkalite.broker.broker import Broker
    from kafkalite.broker.context import ConnectionContext
    from kafkalite.system.work_queue import Errand, SlicedSteps, SlicedWork, WorkQueue

    Reply = FrameWriter | ProtocolViolation | None

    class RequestObserver(Protocol):
        """Is shown every request; used by the verbose log."""

        def request_received(self, context: RequestContext, request: Any) -> None:
            """A request was decoded and is about to be handled."""

        def response_ready(self, context: RequestContext, response: Any) -> None:
            """Its answer is known; None where there is none."""


_NEVER_FLEXIBLE = 32767
_write_head = Struct(">ii").pack
_set_length = Struct(">i").pack_into
_LENGTH_BYTES = 4


class Route:
    """One API: the versions served and what decodes and answers it, resolved with the first request.

    Attributes:
        read_steps, write_steps: the sliced forms of reading and writing, resolved with the first large message.
    """

    __slots__ = (
        "api_key",
        "first_flexible_version",
        "handle",
        "highest",
        "lowest",
        "read",
        "read_steps",
        "write_steps",
    )

    def __init__(self, api_key: int, lowest: int, highest: int) -> None:
        self.api_key = api_key
        self.lowest = lowest
        self.highest = highest
        self.read: Callable[..., tuple[Any, int]] | None = None
        self.handle: Callable[[RequestContext, Any], Any] | None = None
        self.read_steps: Callable[..., Generator[None, None, tuple[Any, int]]] | None = None
        self.write_steps: Callable[..., Generator[None, None, None]] | None = None
        # The header of an ApiVersions response stays in version 0 whatever the version of its body.
        flexible = FIRST_FLEXIBLE_VERSIONS.get(api_key, _NEVER_FLEXIBLE)
        self.first_flexible_version = _NEVER_FLEXIBLE if api_key == API_VERSIONS else flexible


class Router:
    """Hands requests to handlers.

    Args:
        broker: the services of handlers; its `work` does long work in slices.
        on_bug: called with (context, exception) for unforeseen exceptions; the client gets UNKNOWN_SERVER_ERROR.
    """

    __slots__ = ("_broker", "_full_collections", "_handlers", "_on_bug", "_routes", "_unstored", "_work", "observer")

    def __init__(self, broker: Broker, on_bug: Callable[[RequestContext, BaseException], None]) -> None:
        self._broker = broker
        self._work: WorkQueue = broker.work
        self._unstored = broker.partitions.unstored
        self._full_collections = FullCollections()
        self._on_bug = on_bug
        self._handlers: dict[tuple[str, str], Any] = {}
        self._routes = {
            api_key: Route(api_key, lowest, highest) for api_key, (lowest, highest) in broker.served_apis.served.items()
        }
        self.observer: RequestObserver | None = None

    def handle(
        self, connection: ConnectionContext, frame: memoryview
    ) -> FrameWriter | PendingResponse | SlicedReply | None:
        """Answer one frame: return the encoded reply with its length prefix, one that comes later, or None.

        Raises:
            ProtocolViolation: the frame cannot be trusted, or its API is not served: close.
        """
        tags_position = None
        try:
            api_key, version, correlation_id, client_id, position = read_request_header(frame, 0)
        except ManyTaggedFields as many:
            tags_position = position = many.position
            header = bytes(frame[:tags_position]) + b"\0"
            api_key, version, correlation_id, client_id, _ = read_request_header(header, 0)
        route = self._routes.get(api_key)
        if route is None or not route.lowest <= version <= route.highest:
            return self._refuse(api_key, version, correlation_id)
        is_large = len(frame) >= SLICED_FRAME_MIN_BYTES
        context_class = LargeRequestContext if is_large else RequestContext
        context = context_class(api_key, version, correlation_id, client_id, connection)
        observer, unstored = self.observer, self._unstored
        try:
            if route.handle is None:
                self._resolve(route)
            assert route.read and route.handle
            if is_large:
                request = None if tags_position is not None else self._read_lent(route, frame, position, version)
                if request is None:
                    return self._begin(self._handle_steps(context, route, frame, position, tags_position))
            else:
                request, _ = route.read(frame, position, version)
            if observer is not None:
                observer.request_received(context, request)
            if unstored.changes:  # of timers, which no client waits for
                unstored.changes = []
            response = route.handle(context, request)
            if unstored.changes:
                response = unstored.hold(response)
            if type(response) is GeneratorType:
                response = unstored.collect(response)
                try:
                    errand = next(response)
                except StopIteration as end:  # it was little, and so is the answer
                    response = end.value
                else:
                    return self._begin(self._respond_after(errand, context, response))
        except ProtocolViolation:
            raise
        except Exception as error:
            return self._encode_failure(context, error)
        if response is None:
            if observer is not None:
                observer.response_ready(context, None)
            return None
        if type(response) is Deferred:
            return PendingResponse(self, context, response)
        return self.encode(context, response)

    def _read_lent(self, route: Route, frame: memoryview, position: int, version: int) -> Any:
        """Return a large request that few steps can read, None where it takes more.

        Raises:
            ProtocolViolation: it cannot be read.
        """
        if route.read_steps is None:
            steps = _read_steps(route, frame, position, version)
        else:
            steps = route.read_steps(frame, position, version)
        try:
            for _ in range(LENT_FRAME_STEP_COUNT):
                next(steps)
        except StopIteration as end:
            return end.value[0]
        steps.close()
        return None

    def _handle_steps(
        self, context: RequestContext, route: Route, frame: memoryview, position: int, tags_position: int | None
    ) -> SlicedSteps[Any]:
        """Read a large request, hand it to its handler and encode the answer; see `respond_steps`.

        Args:
            tags_position: of the header's tagged fields, if they were not read yet.
        """
        assert route.handle is not None
        frame = memoryview(bytearray(frame))  # its buffer will be received into again
        self._full_collections.hold_off()
        try:
            if tags_position is not None:
                position = yield from skip_header_tags_steps(frame, tags_position)
            request, _ = yield from _read_steps(route, frame, position, context.api_version)
            if self.observer is not None:
                self.observer.request_received(context, request)
            unstored = self._unstored
            unstored.take()
            response = unstored.hold(route.handle(context, request))
            if type(response) is GeneratorType:
                response = yield from unstored.collect(response)
            leftover = leftovers(request, response)
            del request
            reply = yield from self.respond_steps(context, response)
            del response
            yield from discard_steps(leftover)
            return reply
        except ProtocolViolation:
            raise
        except Exception as error:
            return self._encode_failure(context, error)
        finally:
            self._full_collections.allow()

    def _respond_after(self, errand: Errand | None, context: RequestContext, response: Any) -> SlicedSteps[Any]:
        """Go on with a handler's work whose first step was taken and asked for an errand, or for nothing."""
        if errand is not None:
            yield errand
        return (yield from self.respond_steps(context, response))

    def respond_steps(self, context: RequestContext, response: Any) -> SlicedSteps[Any]:
        """Make a reply out of a handler's response, in steps.

        Returns:
            the encoded reply, a `PendingResponse`, or None for no reply.

        Raises:
            ProtocolViolation: close the connection.
        """
        if type(response) is GeneratorType:
            try:
                response = yield from response
            except ProtocolViolation:
                raise
            except Exception as error:
                return self._encode_failure(context, error)
        if type(response) is Deferred:
            return PendingResponse(self, context, response)
        if response is None:
            if self.observer is not None:
                self.observer.response_ready(context, None)
            return None
        if not isinstance(response, Message):  # a failure, or what is encoded already
            return self.encode(context, response)
        if self.observer is not None:
            self.observer.response_ready(context, response)
        try:
            return (yield from self._encode_steps(context, response))
        except Exception as error:
            return self._encode_failure(context, error)

    def begin(self, context: RequestContext, response: Any) -> SlicedWork[Any]:
        """Begin `respond_steps`; its first slice has been worked when this returns."""
        return self._work.begin(self.respond_steps(context, response))

    def _begin(self, steps: SlicedSteps[Any]) -> FrameWriter | PendingResponse | SlicedReply | None:
        work = self._work.begin(steps)
        if work.is_done:
            result: FrameWriter | PendingResponse | None = work.result()
            return result
        return SlicedReply(work)

    def refuse(self, connection: ConnectionContext, frame: memoryview, error: ApiError) -> FrameWriter:
        """Answer one frame with an error instead of handling it.

        Raises:
            ProtocolViolation: the frame cannot be trusted, is not served, or its answer cannot say it.
        """
        api_key, version, correlation_id, client_id, _ = read_request_header(frame, 0)
        route = self._routes.get(api_key)
        if route is None or not route.lowest <= version <= route.highest:
            return self._refuse(api_key, version, correlation_id)
        return self._encode_failure(RequestContext(api_key, version, correlation_id, client_id, connection), error)

    def encode(self, context: RequestContext, response: Any) -> FrameWriter:
        """Return a response message, or what the exception in its place makes of it, as a whole frame.

        Raises:
            ProtocolViolation: the request failed, and its answer has no place for an error.
        """
        if isinstance(response, Exception):
            return self._encode_failure(context, response)
        observer = self.observer
        if observer is not None:
            observer.response_ready(context, response)
        try:
            return self._encode(context, response)
        except Exception as error:
            return self._encode_failure(context, error)

    def _encode(self, context: RequestContext, response: Any) -> FrameWriter:
        out = self._open_frame(context)
        response.write(out, context.api_version)
        return _close_frame(out)

    def _open_frame(self, context: RequestContext) -> FrameWriter:
        out = FrameWriter()
        out += _write_head(0, context.correlation_id)
        if context.api_version >= self._routes[context.api_key].first_flexible_version:
            out.append(0)
        return out

    def _encode_steps(self, context: RequestContext, response: Any) -> Generator[None, None, FrameWriter]:
        """Encode as `_encode` does, and yield on the way."""
        route = self._routes[context.api_key]
        if route.write_steps is None:
            route.write_steps = response_writer(route.api_key)
            if route.write_steps is None:
                return self._encode(context, response)
        out = self._open_frame(context)
        yield from route.write_steps(response, out, context.api_version)
        return _close_frame(out)

    def _resolve(self, route: Route) -> None:
        module, class_name, method = ROUTES[route.api_key]
        handler = self._handlers.get((module, class_name))
        if handler is None:
            handler = getattr(import_module(module), class_name)(self._broker)
            self._handlers[(module, class_name)] = handler
        route.read = request_class(route.api_key).read
        route.handle = getattr(handler, method)

    def _refuse(self, api_key: int, version: int, correlation_id: int) -> FrameWriter:
        """Answer an ApiVersions of an unknown version in version 0; close on anything else that is not served."""
        if api_key != API_VERSIONS:
            name = NAMES.get(api_key, f"API key {api_key}")
            raise ProtocolViolation(f"{name} version {version} is not served")
        from kafkalite.broker.handlers.api_versions import unsupported_version

        out = FrameWriter()
        out += _write_head(0, correlation_id)
        unsupported_version(self._broker).write(out, 0)
        _set_length(out, 0, len(out) - _LENGTH_BYTES)
        return out

    def _encode_failure(self, context: RequestContext, error: Exception) -> FrameWriter:
        """Return an answer that says the whole request failed.

        Raises:
            ProtocolViolation: the answer of this API or version has no place to say it.
        """
        if isinstance(error, ProtocolViolation):
            raise error
        if isinstance(error, ApiError):
            code, message = error.error_code, error.error_message
        else:
            self._on_bug(context, error)
            code, message = errors.UNKNOWN_SERVER_ERROR, None
        out = self._find_failure(context, code, message)
        if out is not None:
            return out
        name, reason = NAMES[context.api_key], errors.NAMES[code]
        raise ProtocolViolation(f"{name} failed with {reason}, which its answer cannot say") from error

    def _find_failure(self, context: RequestContext, code: int, message: str | None) -> FrameWriter | None:
        """Return an answer with nothing but an error, None where this API or version has no field for it."""
        if not _is_in(ERROR_CODE_VERSIONS, context):
            return None
        response: Any = response_class(context.api_key)()
        response.error_code = code
        if message is not None and _is_in(ERROR_MESSAGE_VERSIONS, context):
            response.error_message = message
        if self.observer is not None:
            self.observer.response_ready(context, response)
        return self._encode(context, response)


def _is_in(versions: dict[int, tuple[int, int]], context: RequestContext) -> bool:
    """Return whether a table of first and last versions holds the version of a request."""
    first, last = versions.get(context.api_key, (1, 0))
    return first <= context.api_version <= last


def _read_steps(route: Route, frame: memoryview, position: int, version: int) -> Generator[None, None, tuple[Any, int]]:
    """Read a request in steps; return it and its end.

    Raises:
        ProtocolViolation: it cannot be read.
    """
    assert route.read is not None
    if route.read_steps is None:
        route.read_steps = request_reader(route.api_key)
    if route.read_steps is not None:
        return (yield from route.read_steps(frame, position, version))
    try:
        return route.read(frame, position, version)
    except ManyTaggedFields as many:
        try:
            return (yield from read_around_tags(route.read, many.position, frame, position, version))
        except READ_ERRORS as error:
            refuse_truncated(NAMES[route.api_key], error)


def _close_frame(out: FrameWriter) -> FrameWriter:
    """Fill in the length of a frame that is complete."""
    _set_length(out, 0, (out.size() if out.attachments else len(out)) - _LENGTH_BYTES)
    return out


class PendingResponse:
    """A deferred answer on its way to the connection, which wants it encoded."""

    __slots__ = ("_context", "_deferred", "_reply", "_router")

    def __init__(self, router: Router, context: RequestContext, deferred: Deferred) -> None:
        self._router = router
        self._context = context
        self._deferred = deferred
        self._reply: SlicedReply | None = None

    def then(self, callback: Callable[[Reply], None]) -> None:
        """Call ``callback`` once with the encoded reply, a reason to close, or None for no reply."""

        def deliver(response: Any) -> None:
            if type(response) is GeneratorType:
                self._reply = SlicedReply(self._router.begin(self._context, response))
                self._reply.then(callback)
                return
            if response is not None:
                try:
                    response = self._router.encode(self._context, response)
                except ProtocolViolation as violation:
                    response = violation
            callback(response)

        self._deferred.then(deliver)

    def abandon(self) -> None:
        """Forget the answer: the client is gone."""
        if self._reply is not None:
            self._reply.abandon()
        else:
            self._deferred.abandon()


class SlicedReply:
    """A reply that is worked out in slices; the work may end in a deferred answer.

    Args:
        work: of `Router.respond_steps`.
    """

    __slots__ = ("_next", "_work")

    def __init__(self, work: SlicedWork[Any]) -> None:
        self._work = work
        self._next: PendingResponse | None = None

    def then(self, callback: Callable[[Reply], None]) -> None:
        """Call ``callback`` once with the encoded reply, a reason to close, or None for no reply."""

        def deliver() -> None:
            try:
                reply = self._work.result()
            except ProtocolViolation as violation:
                reply = violation
            if type(reply) is PendingResponse:
                self._next = reply
                reply.then(callback)
            else:
                callback(reply)

        self._work.then(deliver)

    def abandon(self) -> None:
        """Stop the work: the client is gone."""
        if self._next is not None:
            self._next.abandon()
        else:
            self._work.abandon()
