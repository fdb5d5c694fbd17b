"""Plays conversations with a broker and returns its answers in comparable form."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from kafkalite.conformance.connection import NoAnswer, RawConnection
from kafkalite.conformance.conversation import Answer, Conversation, Step, Topic
from kafkalite.conformance.normalise import Normaliser
from kafkalite.conformance.rules import Mask
from kafkalite.conformance.values import UnknownVariable, fit, resolve
from kafkalite.dissector import DissectionError, build_message, dissect
from kafkalite.dissector.specs import api_name, get_spec
from kafkalite.protocol.releases import ADVERTISED, REFUSED

JUDGE = "4.3"
"""The line of Apache Kafka whose versions are played."""

PATIENCE_S = 15.0
"""How long a step is repeated while something is not ready yet, or until the broker says what is awaited."""

PAUSE_S = 0.02

LAST_CREATE_TOPICS_WITHOUT_CONFIGS = 4
"""Later answers tell all properties of the new topic, which takes long to decode."""

MAX_VERSION = 32767
FIRST_PRODUCE_OF_BATCHES = 3
FIRST_FETCH_OF_BATCHES = 4

NOT_READY = frozenset({14, 15, 16})
"""COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: they pass by themselves on a broker that
has just started; a step that gets one is repeated."""


class Unplayable(Exception):
    """The broker does not serve what the conversation needs; the message says what."""


@dataclass(frozen=True)
class Reply:
    """What a step brought: `body` in comparable form, or None and the `outcome` "closed", "silent", "none" (nothing
    was to come) or "undecodable: why"."""

    step: str
    api: str
    outcome: str
    body: dict[str, Any] | None = None


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
    """One broker and the names that this run uses on it."""

    def __init__(self, address: tuple[str, int], run_id: str) -> None:
        """Ask the broker for its versions. `run_id` starts every name; raises OSError when nobody answers."""
        self.address = address
        self.run_id = run_id
        self._count = 0
        self._topics: list[str] = []
        self.served = self._ask_versions()
        self._is_warm = False

    def warm_up(self) -> None:
        """Return when the coordinators are there: their internal topics come to be with the first question for them."""
        if self._is_warm:
            return
        self._is_warm = True
        for kind in (0, 1):
            deadline = time.monotonic() + PATIENCE_S
            while time.monotonic() < deadline:
                key = f"{self.run_id}-warm-up"
                answer = self.ask("FindCoordinator", {"Key": key, "KeyType": kind, "CoordinatorKeys": [key]})
                if not any(_error_codes(answer)):
                    break
                time.sleep(PAUSE_S)

    def _ask_versions(self) -> dict[str, range]:
        with RawConnection(self.address) as connection:
            connection.send("ApiVersions", 0, b"", "conformance")
            body = _decode("ApiVersions", 0, connection.receive_frame())
        ranges: dict[str, range] = {}
        for served in body["ApiKeys"]:
            try:
                ranges[api_name(served["ApiKey"])] = range(served["MinVersion"], served["MaxVersion"] + 1)
            except LookupError:
                continue
        if (
            "Produce" in ranges and ranges["Fetch"].start >= FIRST_FETCH_OF_BATCHES
        ):  # Kafka 4 tells of versions of Produce that it refuses
            ranges["Produce"] = range(max(FIRST_PRODUCE_OF_BATCHES, ranges["Produce"].start), ranges["Produce"].stop)
        return ranges

    def newest(self, api: str) -> int:
        """Return the newest version of an API that the judge and this broker both serve; raises Unplayable."""
        both = [version for version in judged_versions(api) if version in self.served.get(api, ())]
        if not both:
            raise Unplayable(f"the broker does not serve {api}")
        return both[-1]

    def play(self, conversation: Conversation, version: int) -> list[Reply]:
        """Return the reply to every step. Raises Unplayable where the broker cannot be asked this."""
        if version not in self.served.get(conversation.api, ()):
            raise Unplayable(f"the broker does not serve {conversation.api} version {version}")
        self.warm_up()
        self._count += 1
        performance = _Performance(self, conversation, version, f"{self._count}-")
        try:
            return performance.run()
        finally:
            performance.close()

    def create_topics(self, topics: dict[str, Topic]) -> None:
        """Create topics and return when every partition has a leader. Raises Unplayable."""
        self._topics += topics
        fields = {
            "Topics": [
                {
                    "Name": name,
                    "NumPartitions": topic.partitions,
                    "ReplicationFactor": -1,
                    "Configs": [{"Name": key, "Value": value} for key, value in topic.configs.items()],
                }
                for name, topic in topics.items()
            ],
            "timeoutMs": 10000,
        }
        body = self.ask("CreateTopics", fields, LAST_CREATE_TOPICS_WITHOUT_CONFIGS)
        failed = [topic for topic in body["Topics"] if topic["ErrorCode"]]
        if failed:
            raise Unplayable(f"cannot create a topic: {failed[0]}")

    def describe_topics(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the ids of topics once every partition has a leader. Raises Unplayable."""
        fields = {"Topics": [{"Name": name} for name in names], "AllowAutoTopicCreation": False}
        deadline = time.monotonic() + PATIENCE_S
        while True:
            topics = self.ask("Metadata", fields)["Topics"]
            if all(
                not topic["ErrorCode"] and all(part["LeaderId"] >= 0 for part in topic["Partitions"])
                for topic in topics
            ):
                self._wait_for_leaders({topic["Name"]: len(topic["Partitions"]) for topic in topics})
                return {topic["Name"]: topic.get("TopicId", b"") for topic in topics}
            if time.monotonic() > deadline:
                raise Unplayable(f"a topic did not get its leaders: {topics}")
            time.sleep(PAUSE_S)

    def _wait_for_leaders(self, topics: dict[str, int]) -> None:
        """Return when the broker not only tells of the leaders but also leads: Kafka does the one before the other."""
        asked = [
            {"Name": name, "Partitions": [{"PartitionIndex": index, "Timestamp": -1} for index in range(count)]}
            for name, count in topics.items()
        ]
        deadline = time.monotonic() + PATIENCE_S
        while any(_error_codes(self.ask("ListOffsets", {"ReplicaId": -1, "Topics": asked}))):
            if time.monotonic() > deadline:
                raise Unplayable(f"the broker does not lead {', '.join(topics)}")
            time.sleep(PAUSE_S)

    def ask(self, api: str, fields: dict[str, Any], highest: int = MAX_VERSION) -> dict[str, Any]:
        """Send one request in the newest version up to `highest`, on its own connection; return the decoded answer."""
        version = min(highest, self.newest(api))
        with RawConnection(self.address) as connection:
            name = f"{api}Request"
            body = build_message(name, version, fit(get_spec(name), fields, version))
            connection.send(api, version, body, "conformance")
            return _decode(api, version, connection.receive_frame())

    def delete_topics(self) -> None:
        """Delete every topic that this run made; what is gone already is no error."""
        for start in range(0, len(self._topics), 100):
            names = self._topics[start : start + 100]
            fields = {"Topics": [{"Name": name} for name in names], "TopicNames": names, "TimeoutMs": 10000}
            self.ask("DeleteTopics", fields)


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
        self.normaliser = Normaliser(player.run_id, own, masks)
        self.connections: dict[str, RawConnection] = {}
        self.deferred: dict[str, tuple[Step, int]] = {}

    def close(self) -> None:
        for connection in self.connections.values():
            connection.close()

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
            if reply is not None and getattr(step, "is_compared", True):
                replies.append(replace(reply, step=f"{number}. {name}"))
        return replies

    def _step(self, step: Step) -> Reply | None:
        version = self._version(step)
        deadline = time.monotonic() + PATIENCE_S
        while True:
            self._send(step, version)
            if step.is_deferred:
                self.deferred[step.name] = (step, version)
                return None
            outcome, values = self._receive(step, version)
            if not self._is_too_early(step, outcome, values) or time.monotonic() > deadline:
                return self._finish(step, outcome, values)
            time.sleep(PAUSE_S)

    def _answer(self, answer: Answer) -> Reply:
        step, version = self.deferred.pop(answer.of)
        return self._finish(step, *self._receive(step, version))

    def _finish(self, step: Step, outcome: str, values: dict[str, Any]) -> Reply:
        """Remember what the step asks for; identities are numbered only now, when no repetition follows."""
        for variable, path in step.remember.items():
            value = find_value(values, path)
            if value is not None:
                self.variables[variable] = value
                self.variables[f"{variable}.text"] = str(value)
        has_body = outcome == "answer" and step.is_compared
        return Reply("", step.api, outcome, self.normaliser.body(step.api, values) if has_body else None)

    def _version(self, step: Step) -> int:
        if step.version is not None:
            return step.version
        return self.version if step.api == self.conversation.api else self.player.newest(step.api)

    def _send(self, step: Step, version: int) -> None:
        connection = self._connection(step)
        if step.raw is not None:
            connection.send_frame(step.raw)
            return
        name = f"{step.api}Request"
        fields = resolve(fit(get_spec(name), step.fields, version), self.variables)
        connection.send(step.api, version, build_message(name, version, fields), step.client_id)

    def _connection(self, step: Step) -> RawConnection:
        if step.connection not in self.connections:
            self.connections[step.connection] = RawConnection(self.player.address)
        return self.connections[step.connection]

    def _receive(self, step: Step, version: int) -> tuple[str, dict[str, Any]]:
        if not step.answers:
            return "none", {}
        try:
            return "answer", _decode(step.api, version, self._connection(step).receive_frame(step.silence_s))
        except NoAnswer as problem:
            self.connections.pop(step.connection).close()
            return problem.outcome, {}
        except DissectionError as problem:
            return f"undecodable: {problem}", {}

    def _is_too_early(self, step: Step, outcome: str, values: dict[str, Any]) -> bool:
        if outcome != "answer":
            return False
        if step.until is not None:
            return bool(find_value(values, step.until.path) != resolve(step.until.value, self.variables))
        return any(code in NOT_READY for code in _error_codes(values))


def _decode(api: str, version: int, frame: bytes) -> dict[str, Any]:
    values: dict[str, Any] = dissect(frame, response_to=(api, version)).get("Body").value
    return values


def find_value(values: Any, path: str) -> Any:
    """Return the value at a path such as "Topics/Name=orders/ErrorCode"; None where there is nothing."""
    for part in path.split("/"):
        name, equals, wanted = part.partition("=")
        try:
            if equals:
                values = next(element for element in values if element[name] == wanted)
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
    """Return a start for all names of one run that no other run has."""
    return f"cf{secrets.token_hex(4)}"
