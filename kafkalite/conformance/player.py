"""Plays conversations with a broker and returns its answers in comparable form."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from kafkalite.conformance.connection import NoAnswer, RawConnection
from kafkalite.conformance.conversation import Answer, Conversation, Step, Topic
from kafkalite.conformance.needs import Told, missing_defaults
from kafkalite.conformance.normalise import Normaliser
from kafkalite.conformance.patience import Patience
from kafkalite.conformance.rules import Mask
from kafkalite.conformance.values import UnknownVariable, fit, resolve
from kafkalite.dissector import DissectionError, build_message, dissect
from kafkalite.dissector.specs import api_name, error_names, get_spec
from kafkalite.protocol.api_support import RELEASES
from kafkalite.protocol.releases import ADVERTISED, REFUSED
from kafkalite.system.entropy import SystemEntropy

JUDGE = RELEASES[-1]
"""The line of Apache Kafka whose versions are played."""

LAST_CREATE_TOPICS_WITHOUT_CONFIGS = 4
"""Later answers contain all properties of the new topic, which takes long to decode."""

MAX_VERSION = 32767
FIRST_PRODUCE_OF_BATCHES = 3
FIRST_FETCH_OF_BATCHES = 4
BROKER_RESOURCE = 4
UNKNOWN_TOPIC_OR_PARTITION = 3
RAW_HEADER_BYTES = 8
"""API key, version and correlation id."""

NOT_READY = frozenset({14, 15, 16})
"""COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: transient errors of a broker that has just
started; a step that gets one is repeated."""

CONCURRENT_TRANSACTIONS = 51
ADDS_TO_TRANSACTIONS = ("AddPartitionsToTxn", "AddOffsetsToTxn")
"""APIs whose CONCURRENT_TRANSACTIONS is transient, until the markers of the previous transaction are written."""


NOT_SERVED = "the broker does not serve the version"


class Unplayable(Exception):
    """The broker does not serve what the conversation needs; the message says what."""


class BrokerFault(Exception):
    """The broker lacks something that every conversation needs; the message says which topic, leader or answer."""


@dataclass(frozen=True)
class Reply:
    """The reply to a step: `body` in comparable form, or None and the `outcome` "closed", "silent", "none" (no answer
    was expected) or "undecodable: why". `detail` describes why there is no answer; it is not compared."""

    step: str
    api: str
    outcome: str
    body: dict[str, Any] | None = None
    detail: str = field(default="", compare=False)


def judged_versions(api: str, release: str = JUDGE) -> range:
    """Return the versions of an API that a release of Apache Kafka serves; empty for none."""
    key = get_spec(f"{api}Request").api_key
    assert key is not None
    lowest, highest = ADVERTISED[release].get(key, (0, -1))
    _, last_refused = REFUSED.get(release, {}).get(key, (0, -1))
    return range(max(lowest, last_refused + 1), highest + 1)


def versions_of(conversation: Conversation) -> list[int]:
    """Return the versions in which a conversation is played."""
    return list(conversation.versions or judged_versions(conversation.api))


class Player:
    """One broker and the names that this run uses on it. Several threads may play conversations at the same time."""

    def __init__(self, address: tuple[str, int], run_id: str, patience: Patience | None = None) -> None:
        """Ask the broker for its versions. `run_id` is the prefix of every name.

        Raises:
            OSError: the address refuses connections.
            NoAnswer, DissectionError: the answer is not that of a broker.
        """
        self.address = address
        self.run_id = run_id
        self.patience = patience or Patience()
        self._numbers = itertools.count(1)
        self._topics: list[str] = []
        self._topic_configs: dict[str, str] = {}
        self._open: set[RawConnection] = set()
        self._lock = threading.Lock()
        self._warming = threading.Lock()
        self._is_warm = False
        self.served = self._ask_versions()

    def warm_up(self) -> None:
        """Wait for the coordinators: the first request for one creates its internal topic."""
        with self._warming:
            if self._is_warm:
                return
            self._is_warm = True
            for kind in (0, 1):
                deadline = self.patience.now_s() + self.patience.limits.repeat_s
                while not self.patience.is_over(deadline):
                    key = f"{self.run_id}-warm-up"
                    answer = self.ask("FindCoordinator", {"Key": key, "KeyType": kind, "CoordinatorKeys": [key]})
                    if not any(_error_codes(answer)):
                        break
                    self.patience.pause()

    def _ask_versions(self) -> dict[str, range]:
        ranges: dict[str, range] = {}
        for served in self._ask_api_versions()["ApiKeys"]:
            try:
                ranges[api_name(served["ApiKey"])] = range(served["MinVersion"], served["MaxVersion"] + 1)
            except LookupError:
                continue
        if (
            "Produce" in ranges and ranges.get("Fetch", range(0)).start >= FIRST_FETCH_OF_BATCHES
        ):  # Kafka 4 advertises versions of Produce that it refuses
            ranges["Produce"] = range(max(FIRST_PRODUCE_OF_BATCHES, ranges["Produce"].start), ranges["Produce"].stop)
        return ranges

    def _ask_api_versions(self) -> dict[str, Any]:
        with self.connect() as connection:
            number = connection.send("ApiVersions", 0, b"", "conformance")
            return _decode("ApiVersions", 0, connection.receive_frame(self.patience.limits.probe_s, number))

    def find_trouble(self) -> str:
        """Request the versions again and return the problem of the broker as a whole; empty: it answers."""
        try:
            self._ask_api_versions()
        except NoAnswer as problem:
            return f"ApiVersions: {problem.detail}"
        except DissectionError as problem:
            return f"ApiVersions: undecodable: {problem}"
        except OSError as problem:
            return f"cannot connect any more ({problem.strerror or problem})"
        return ""

    @contextmanager
    def connect(self) -> Iterator[RawConnection]:
        """Open a connection for one purpose.

        Raises:
            OSError: as RawConnection.
        """
        connection = self.open()
        try:
            yield connection
        finally:
            self.close(connection)

    def open(self) -> RawConnection:
        """Return a new connection.

        Raises:
            OSError: as RawConnection.
        """
        connection = RawConnection(self.address, self.patience)
        with self._lock:
            self._open.add(connection)
        return connection

    def close(self, connection: RawConnection) -> None:
        """Close a connection that `open` returned."""
        with self._lock:
            self._open.discard(connection)
        connection.close()

    def abort(self) -> None:
        """End all conversations of other threads at once."""
        self.patience.stop()
        with self._lock:
            for connection in self._open:
                connection.abort()

    def newest(self, api: str) -> int:
        """Return the newest version of an API that the judge and this broker both serve.

        Raises:
            Unplayable: there is none.
        """
        both = [version for version in judged_versions(api) if version in self.served.get(api, ())]
        if not both:
            raise Unplayable(f"the broker does not serve {api}")
        return both[-1]

    def play(self, conversation: Conversation, version: int, number: int | None = None) -> list[Reply]:
        """Return the reply to every step, up to the first one without the expected answer.

        `number` distinguishes the conversations of one run; None: the next number.

        Raises:
            Unplayable: the broker does not serve the version or another API of the conversation.
            BrokerFault: topics cannot be created, or have no leaders.
            OSError: the broker cannot be reached.
        """
        if version not in self.served.get(conversation.api, ()):
            raise Unplayable(NOT_SERVED)
        self.warm_up()
        number = next(self._numbers) if number is None else number
        performance = _Performance(self, conversation, version, f"{number}-")
        try:
            return performance.run()
        finally:
            performance.close()

    def create_topics(self, topics: dict[str, Topic]) -> None:
        """Create topics.

        Raises:
            Unplayable: the broker does not serve CreateTopics.
            BrokerFault: a topic was not created.
        """
        with self._lock:
            self._topics += topics
        fields = {
            "Topics": [
                {
                    "Name": name,
                    "NumPartitions": topic.partitions,
                    "ReplicationFactor": -1,
                    "Configs": [
                        {"Name": key, "Value": value} for key, value in {**self._topic_configs, **topic.configs}.items()
                    ],
                }
                for name, topic in topics.items()
            ],
            "timeoutMs": 10000,
        }
        body = self.ask("CreateTopics", fields, LAST_CREATE_TOPICS_WITHOUT_CONFIGS)
        failed = [topic for topic in body["Topics"] if topic["ErrorCode"]]
        if failed:
            raise BrokerFault(f"cannot create a topic: {failed[0]}")

    def describe_topics(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the ids of topics once every partition has a leader.

        Raises:
            Unplayable: the broker does not serve the needed APIs.
            BrokerFault: a partition has no leader in time.
        """
        wanted = set(names)
        fields = {"Topics": [{"Name": name} for name in wanted], "AllowAutoTopicCreation": False}
        deadline = self.patience.now_s() + self.patience.limits.repeat_s
        while True:
            topics = self.ask("Metadata", fields)["Topics"]
            if wanted <= {topic["Name"] for topic in topics} and all(
                not topic["ErrorCode"] and all(part["LeaderId"] >= 0 for part in topic["Partitions"])
                for topic in topics
            ):
                self._wait_for_leaders({topic["Name"]: len(topic["Partitions"]) for topic in topics})
                return {topic["Name"]: topic.get("TopicId", b"") for topic in topics}
            if self.patience.is_over(deadline):
                raise BrokerFault(f"a topic did not get its leaders: {topics}")
            self.patience.pause()

    def _wait_for_leaders(self, topics: dict[str, int]) -> None:
        """Wait until the broker also acts as the leader that its metadata names: in Kafka that takes a moment."""
        asked = [
            {"Name": name, "Partitions": [{"PartitionIndex": index, "Timestamp": -1} for index in range(count)]}
            for name, count in topics.items()
        ]
        deadline = self.patience.now_s() + self.patience.limits.repeat_s
        while any(_error_codes(self.ask("ListOffsets", {"ReplicaId": -1, "Topics": asked}))):
            if self.patience.is_over(deadline):
                raise BrokerFault(f"the broker does not lead {', '.join(topics)}")
            self.patience.pause()

    def tell_settings(self) -> Told | None:
        """Return the broker's properties, each with the source of its value; None: it does not describe them.

        Topics that are created later get Kafka's defaults if those of the broker differ.
        """
        try:
            brokers = self.ask("Metadata", {"Topics": []})["Brokers"]
            asked = [
                {"ResourceType": BROKER_RESOURCE, "ResourceName": str(broker["NodeId"]), "ConfigurationKeys": None}
                for broker in brokers[:1]
            ]
            [result] = self.ask("DescribeConfigs", {"Resources": asked})["Results"]
        except (
            Unplayable,
            BrokerFault,
            ValueError,
            OSError,
        ):  # the first conversation reports a broker that is gone
            return None
        told = {each["Name"]: (each["Value"], each.get("ConfigSource", 0)) for each in result["Configs"] or ()} or None
        self._topic_configs = missing_defaults(told)
        return told

    def ask(self, api: str, fields: dict[str, Any], highest: int = MAX_VERSION) -> dict[str, Any]:
        """Send one request in the newest version up to `highest`, on a new connection; return the decoded answer.

        Raises:
            Unplayable: the API is not served.
            BrokerFault: there is no answer, or it cannot be decoded.
            OSError: the broker cannot be reached.
        """
        version = min(highest, self.newest(api))
        name = f"{api}Request"
        body = build_message(name, version, fit(get_spec(name), fields, version))
        try:
            with self.connect() as connection:
                number = connection.send(api, version, body, "conformance")
                return _decode(api, version, connection.receive_frame(self.patience.answer_s(api, version), number))
        except NoAnswer as problem:
            if problem.outcome == "silent":
                self.patience.note_silence(api, version)
            raise BrokerFault(f"{api} v{version}: {problem.detail}") from None
        except DissectionError as problem:
            raise BrokerFault(f"{api} v{version}: undecodable: {problem}") from None

    def delete_topics(self) -> None:
        """Delete every topic of this run; topics that are already gone are no error.

        Raises:
            BrokerFault: topics were not deleted; further errors as from `ask`.
        """
        kept: dict[str, str] = {}
        with self._lock:
            topics, self._topics = self._topics, []
        for start in range(0, len(topics), 100):
            names = topics[start : start + 100]
            fields = {"Topics": [{"Name": name} for name in names], "TopicNames": names, "TimeoutMs": 10000}
            for answer in self.ask("DeleteTopics", fields)["Responses"]:
                if answer["ErrorCode"] not in (0, UNKNOWN_TOPIC_OR_PARTITION):
                    kept[answer.get("Name") or ""] = error_names().get(answer["ErrorCode"], str(answer["ErrorCode"]))
        if kept:
            name, error = next(iter(kept.items()))
            raise BrokerFault(f"{len(kept)} topics of this run are still there: {name}: {error}")


class _Performance:
    """One conversation in one version: its connections, variables and deferred answers."""

    def __init__(self, player: Player, conversation: Conversation, version: int, number: str) -> None:
        self.player = player
        self.conversation = conversation
        self.version = version
        own = f"{player.run_id}-{number}"
        self.topics = {name: own + name for name in conversation.topics}
        self.variables: dict[str, Any] = {name: own + name for name in conversation.names} | self.topics
        self.variables["own"] = own
        masks = [Mask(path, "whatever", reason) for path, reason in conversation.masks.items()]
        for step in conversation.steps:
            if isinstance(step, Step):
                masks += [Mask(path, "whatever", reason) for path, reason in step.masks.items()]
        self.patience = player.patience
        self.normaliser = Normaliser(player.run_id, own, masks, self.patience.clock)
        self.connections: dict[str, RawConnection] = {}
        self.deferred: dict[str, tuple[Step, int, int | None]] = {}

    def close(self) -> None:
        for connection in self.connections.values():
            self.player.close(connection)

    def run(self) -> list[Reply]:
        if self.topics:
            conversation = self.conversation
            self.player.create_topics({self.topics[name]: topic for name, topic in conversation.topics.items()})
            ids = self.player.describe_topics(self.topics.values())
            self.variables |= {f"{name}.id": ids[full] for name, full in self.topics.items()}
        replies = []
        for number, step in enumerate(self.conversation.steps, 1):
            name = step.name or (f"answer of {step.of}" if isinstance(step, Answer) else step.api)
            try:
                reply = self._answer(step) if isinstance(step, Answer) else self._step(step)
            except UnknownVariable as problem:
                reply = Reply("", getattr(step, "api", ""), f"not played: {problem}")
            is_unexpected = reply is not None and reply.outcome == "silent" and not self._is_silence_known(step)
            if reply is not None and (is_unexpected or getattr(step, "is_compared", True)):
                replies.append(replace(reply, step=f"{number}. {name}"))
            if is_unexpected:  # the later steps would only wait as well, in another state
                break
        return replies

    def _is_silence_known(self, step: Step | Answer) -> bool:
        return isinstance(step, Step) and step.silence_s is not None

    def _step(self, step: Step) -> Reply | None:
        version = self._version(step)
        what = f"{self.conversation.title}: {step.name or step.api}"
        deadline = self.patience.now_s() + self.patience.repeat_s(what)
        while True:
            number = self._send(step, version)
            if step.is_deferred:
                self.deferred[step.name] = (step, version, number)
                return None
            outcome, detail, values = self._receive(step, version, number)
            if not self._is_too_early(step, outcome, values):
                return self._finish(step, outcome, detail, values)
            if self.patience.is_over(deadline):
                self.patience.note_vain_wait(what)
                return self._finish(step, outcome, detail, values)
            self.patience.pause()

    def _answer(self, answer: Answer) -> Reply:
        step, version, number = self.deferred.pop(answer.of)
        if step.connection not in self.connections:
            return Reply("", step.api, "closed", None, "the connection was closed before the answer came")
        return self._finish(step, *self._receive(step, version, number))

    def _finish(self, step: Step, outcome: str, detail: str, values: dict[str, Any]) -> Reply:
        """Store the variables of the step; identities are numbered only now, after the last repetition."""
        for variable, path in step.remember.items():
            value = find_value(values, path)
            if value is not None:
                self.variables[variable] = value
                self.variables[f"{variable}.text"] = str(value)
        has_body = outcome == "answer" and step.is_compared
        return Reply("", step.api, outcome, self.normaliser.body(step.api, values) if has_body else None, detail)

    def _version(self, step: Step) -> int:
        if step.version is not None:
            return step.version
        return self.version if step.api == self.conversation.api else self.player.newest(step.api)

    def _send(self, step: Step, version: int) -> int | None:
        """Send the request and return its correlation id; None for a frame too short to hold one."""
        connection = self._connection(step)
        if step.raw is not None:
            connection.send_frame(step.raw)
            return int.from_bytes(step.raw[4:8], "big") if len(step.raw) >= RAW_HEADER_BYTES else None
        name = f"{step.api}Request"
        fields = resolve(fit(get_spec(name), step.fields, version), self.variables)
        return connection.send(step.api, version, build_message(name, version, fields), step.client_id)

    def _connection(self, step: Step) -> RawConnection:
        if step.connection not in self.connections:
            self.connections[step.connection] = self.player.open()
        return self.connections[step.connection]

    def _receive(self, step: Step, version: int, number: int | None) -> tuple[str, str, dict[str, Any]]:
        """Return the outcome, its details, and the values of the answer."""
        if not step.answers:
            return "none", "", {}
        timeout_s = self.patience.answer_s(step.api, version) if step.silence_s is None else step.silence_s
        try:
            frame = self._connection(step).receive_frame(timeout_s, number)
            return "answer", "", _decode(step.api, version, frame)
        except NoAnswer as problem:
            self.player.close(self.connections.pop(step.connection))
            if problem.outcome == "silent" and step.silence_s is None:
                self.patience.note_silence(step.api, version)
            return problem.outcome, problem.detail, {}
        except DissectionError as problem:
            return f"undecodable: {problem}", "", {}

    def _is_too_early(self, step: Step, outcome: str, values: dict[str, Any]) -> bool:
        if outcome != "answer":
            return False
        if step.until is not None:
            path = [resolve(part, self.variables) for part in re.split("([/=])", step.until.path)]
            return bool(find_value(values, "".join(path)) != resolve(step.until.value, self.variables))
        passing = NOT_READY | {CONCURRENT_TRANSACTIONS} if step.api in ADDS_TO_TRANSACTIONS else NOT_READY
        return any(code in passing for code in _error_codes(values))


def _decode(api: str, version: int, frame: bytes) -> dict[str, Any]:
    values: dict[str, Any] = dissect(frame, response_to=(api, version)).get("Body").value
    return values


def find_value(values: Any, path: str) -> Any:
    """Return the value at a path such as "Topics/Name=orders/ErrorCode"; None if there is nothing."""
    for part in path.split("/"):
        name, equals, wanted = part.partition("=")
        try:
            if equals:
                values = next(element for element in values if str(element[name]) == wanted)
            else:
                values = values[int(part)] if isinstance(values, list) else values[part]
        except (KeyError, IndexError, TypeError, StopIteration):
            return None
    return values


def _error_codes(value: Any) -> Iterable[int]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name.endswith("ErrorCode") and isinstance(inner, int):
                yield inner
            else:
                yield from _error_codes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _error_codes(inner)


def new_run_id() -> str:
    """Return a prefix for all names of one run that no other run has."""
    return f"cf{SystemEntropy().uuid().hex()[:8]}"
