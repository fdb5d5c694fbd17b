"""A client of one cluster: finds brokers, leaders, coordinators and the controller, and sends them requests.

Source: NetworkClient, Metadata, KafkaAdminClient (routing and retries), KIP-699 (FindCoordinator in batches).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from kafkalite.client.addresses import Address
from kafkalite.client.connection import Connection, open_connection
from kafkalite.client.diagnosis import explain_refusal
from kafkalite.client.errors import (
    BrokerError,
    ClientError,
    ConnectionFailed,
    Disconnected,
    NotKafka,
    TimedOut,
    Unreachable,
    check,
)
from kafkalite.client.tls import create_client_context
from kafkalite.protocol.errors import (
    COORDINATOR_LOAD_IN_PROGRESS,
    COORDINATOR_NOT_AVAILABLE,
    NOT_CONTROLLER,
    NOT_COORDINATOR,
)
from kafkalite.protocol.messages.find_coordinator_request import FindCoordinatorRequest
from kafkalite.protocol.messages.metadata_request import MetadataRequest, MetadataRequestTopic
from kafkalite.protocol.primitives import Message
from kafkalite.system.clock import Clock, SystemClock, wait_ms
from kafkalite.system.entropy import Entropy, SystemEntropy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

    from kafkalite.client.config import ClientConfig
    from kafkalite.protocol.messages.metadata_response import MetadataResponse, MetadataResponseTopic

T = TypeVar("T")

GROUP, TRANSACTION, SHARE = 0, 1, 2
"""The kinds of coordinators: the key types of FindCoordinator."""

ROUTING_ERRORS = frozenset((COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, NOT_CONTROLLER))
"""Errors after which nothing was changed and the request can be repeated, perhaps with another broker."""

_FIRST_BATCHED_FIND_COORDINATOR = 4
_NO_AUTO_CREATE_VERSION = 4


class Broker(NamedTuple):
    """A broker as the cluster advertises it to this client."""

    id: int
    address: Address
    rack: str | None


class Client:
    """Connects with its first request; must be closed, or used in a ``with`` statement. Not thread-safe.

    Args:
        wait: lets milliseconds pass between attempts.
    """

    def __init__(
        self,
        config: ClientConfig,
        *,
        clock: Clock | None = None,
        wait: Callable[[int], None] = wait_ms,
        entropy: Entropy | None = None,
    ) -> None:
        """Prepare TLS.

        Raises:
            ConfigProblem: a store cannot be used.
        """
        self.config = config
        self.clock = SystemClock() if clock is None else clock
        self.entropy = SystemEntropy() if entropy is None else entropy
        self._wait = wait
        self._context = None if config.tls is None else create_client_context(config.tls)
        self._bootstrap: Connection | None = None
        self._connections: dict[int, Connection] = {}
        self._brokers: dict[int, Broker] = {}
        self._controller_id: int | None = None
        self._coordinators: dict[tuple[int, str], int] = {}
        self._has_answer = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections; further requests open new ones."""
        for connection in (self._bootstrap, *self._connections.values()):
            if connection is not None:
                connection.close()
        self._bootstrap = None
        self._connections.clear()

    # Asking

    def ask(
        self,
        request: Any,
        *,
        broker_id: int | None = None,
        max_version: int | None = None,
        timeout_ms: int | None = None,
    ) -> Any:
        """Send one request, once, and return its response, with any errors in it.

        Args:
            request: a generated request message; sent in the highest version that both sides support.
            broker_id: the broker to ask; None = the one that was found first.
            max_version: the caller's own upper bound; None for none.
            timeout_ms: for the answer; None = ``request.timeout.ms``.

        Raises:
            ClientError: any of its subclasses but BrokerError.
        """
        connection = self.connection(broker_id)
        timeout_ms = self.config.request_timeout_ms if timeout_ms is None else timeout_ms
        try:
            response = connection.ask(request, timeout_ms=timeout_ms, max_version=max_version)
            self._has_answer = True
            return response
        except Disconnected as problem:
            if self._has_answer:  # then the configuration fits the listeners
                raise
            raise explain_refusal(problem, connection.address, self.config, self.clock) from None

    def ask_controller(self, request: Any, **options: Any) -> Any:
        """Send a request to the active controller, again after it has moved; options as of ``ask``."""

        def attempt() -> Any:
            if self._controller_id is None:
                self.metadata([])
            assert self._controller_id is not None
            # A broker of Kafka 3 and later passes the request on, whatever id it gave as the controller's.
            controller_id = self._controller_id if self._controller_id in self._brokers else None
            return self._routed(self.ask(request, broker_id=controller_id, **options))

        return self.retry(attempt)

    def ask_coordinator(self, kind: int, key: str, request: Any, **options: Any) -> Any:
        """Send a request to the coordinator of a group, transactional id or share group, again if it moves or loads.

        Args:
            kind: GROUP, TRANSACTION or SHARE.
            key: the group id or transactional id.
            options: as of ``ask``.
        """
        return self.retry(lambda: self._routed(self.ask(request, broker_id=self.coordinator(kind, key), **options)))

    def ask_all_brokers(self, request: Any, **options: Any) -> Iterator[tuple[int, Any]]:
        """Yield (broker id, response) of every broker of the cluster; the first error, as of ``ask``, ends it."""
        for broker_id in sorted(self.brokers()):
            yield broker_id, self.ask(request, broker_id=broker_id, **options)

    def retry(self, attempt: Callable[[], T], *, is_reconnecting: bool = False) -> T:
        """Return the result of ``attempt``, repeated after transient errors until ``default.api.timeout.ms``.

        Transient errors are a closed connection and a BrokerError that Kafka calls retriable. The last error is raised.

        Args:
            is_reconnecting: whether an unreachable or silent broker is transient too, once one has answered this
                client: it may be restarting.
        """
        deadline_ms = self.clock.monotonic_ms() + self.config.api_timeout_ms
        backoff_ms = self.config.retry_backoff_ms
        while True:
            try:
                return attempt()
            except ClientError as problem:
                if not self._is_transient(problem, is_reconnecting):
                    raise
                if self.clock.monotonic_ms() + backoff_ms >= deadline_ms:
                    raise
            self.forget()
            self._wait(backoff_ms)
            backoff_ms = min(2 * backoff_ms, 1_000)

    def _is_transient(self, problem: ClientError, is_reconnecting: bool) -> bool:
        if isinstance(problem, BrokerError):
            return problem.is_retriable
        if isinstance(problem, Disconnected):
            return True
        return is_reconnecting and self._has_answer and isinstance(problem, ConnectionFailed | TimedOut)

    def pause(self) -> None:
        """Wait for ``retry.backoff.ms``."""
        self._wait(self.config.retry_backoff_ms)

    def forget(self) -> None:
        """Forget leaders, coordinators and the controller; they are looked up again."""
        self._controller_id = None
        self._coordinators.clear()

    def _routed(self, response: Any) -> Any:
        for code in error_codes(response):
            if code in ROUTING_ERRORS:
                raise BrokerError(code)
        return response

    # Finding

    def metadata(self, topics: Iterable[str] | None = None, *, is_auto_create: bool = False) -> MetadataResponse:
        """Return Metadata of the named topics, of all for None, of none for [], and store the brokers in it.

        Errors of single topics are in the response. A connection that was closed meanwhile is reopened once.
        """
        wanted = None if topics is None else [MetadataRequestTopic(name=name) for name in topics]
        connection = self.connection(None)
        is_old = connection.highest_version(MetadataRequest) < _NO_AUTO_CREATE_VERSION
        request = MetadataRequest(topics=wanted, allow_auto_topic_creation=is_old or is_auto_create)
        try:
            response: MetadataResponse = self.ask(request)
        except Disconnected:
            if not self._has_answer:
                raise
            response = self.ask(request)
        check(response.error_code)
        self._brokers = {
            broker.node_id: Broker(broker.node_id, Address(broker.host, broker.port), broker.rack)
            for broker in response.brokers
        }
        self._controller_id = response.controller_id
        for broker_id, connection in list(self._connections.items()):
            if broker_id not in self._brokers or self._brokers[broker_id].address != connection.address:
                self._connections.pop(broker_id).close()
        return response

    def topic(self, name: str) -> MetadataResponseTopic:
        """Return Metadata of one topic without creating it.

        Raises:
            BrokerError: the broker refuses, for example with UNKNOWN_TOPIC_OR_PARTITION.
        """
        [found] = self.metadata([name]).topics
        check(found.error_code, None, name)
        return found

    def brokers(self) -> dict[int, Broker]:
        """Return the brokers of the cluster by id."""
        if not self._brokers:
            self.metadata([])
        return self._brokers

    def coordinator(self, kind: int, key: str) -> int:
        """Return the broker id of the coordinator.

        Raises:
            BrokerError: the broker refuses.
        """
        found = self._coordinators.get((kind, key))
        if found is None:
            found = self._coordinators[kind, key] = self._find_coordinator(kind, key)
        return found

    def _find_coordinator(self, kind: int, key: str) -> int:
        if self.connection(None).highest_version(FindCoordinatorRequest) < _FIRST_BATCHED_FIND_COORDINATOR:
            response = self.ask(FindCoordinatorRequest(key=key, key_type=kind), max_version=3)
        else:
            [response] = self.ask(FindCoordinatorRequest(key_type=kind, coordinator_keys=[key])).coordinators
        check(response.error_code, response.error_message, key)
        if response.node_id not in self._brokers:
            self.metadata([])
        return int(response.node_id)

    # Connections

    def connection(self, broker_id: int | None) -> Connection:
        """Return an open connection to a broker, to the one found first with None.

        Raises:
            ClientError: no broker can be reached, or its answer cannot be used.
        """
        if broker_id is None:
            if self._bootstrap is None or self._bootstrap.is_closed:
                known = [broker.address for broker in self._brokers.values()]
                self._bootstrap = self._connect_first(tuple(dict.fromkeys((*self.config.bootstrap, *known))))
            return self._bootstrap
        found = self._connections.get(broker_id)
        if found is None or found.is_closed:
            found = self._connections[broker_id] = self._connect_broker(broker_id)
        return found

    def _connect_broker(self, broker_id: int) -> Connection:
        broker = self.brokers().get(broker_id)
        if broker is None:
            raise ConnectionFailed(f"the cluster has no broker {broker_id}")
        try:
            return self._connect(broker.address)
        except Unreachable as problem:
            asked = self._bootstrap.address if self._bootstrap is not None else self.config.bootstrap[0]
            raise ConnectionFailed(
                f"the broker at {asked} advertises {broker.address} to clients (advertised.listeners), which cannot be "
                f"reached from here: {problem}"
            ) from None

    def _connect_first(self, addresses: tuple[Address, ...]) -> Connection:
        problems: list[ClientError] = []
        for address in addresses:
            try:
                return self._connect(address)
            except (ConnectionFailed, NotKafka, TimedOut, Disconnected) as problem:
                problems.append(problem)
        if all(isinstance(problem, Unreachable) for problem in problems):
            raise Unreachable(f"no broker answers at {'; '.join(str(problem) for problem in problems)}")
        if len(problems) == 1:
            raise problems[0]
        raise ConnectionFailed("; ".join(str(problem) for problem in problems))

    def _connect(self, address: Address) -> Connection:
        try:
            return open_connection(address, self.config, self._context, self.clock, self.entropy)
        except ClientError as problem:
            raise explain_refusal(problem, address, self.config, self.clock) from None


def error_codes(message: Message) -> Iterator[int]:
    """Yield every error code in a response, at any depth."""
    for name in message.__slots__:
        value = getattr(message, name)
        if name == "error_code":
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, Message):
                    yield from error_codes(item)
        elif isinstance(value, Message):
            yield from error_codes(value)
