"""All that a broker keeps, read with raw requests: what must be equal on both sides of a hand-over."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from kafkalite.conformance.conversation import Batch, Records
from kafkalite.conformance.player import Player, new_run_id
from kafkalite.conformance.record_values import encode_records
from kafkalite.dissector import Field, dissect_records

PATIENCE_S = 20.0
EARLIEST, LATEST = -2, -1
TOPIC, BROKER, CLIENT_METRICS, GROUP = 2, 4, 16, 32
NOT_READY = frozenset({3, 5, 6, 14, 15, 16})


class NotReady(AssertionError):
    """The broker did not become ready in time; the message is its last answer."""


class StateReader:
    """Asks one broker; every question is repeated while the broker is not ready yet."""

    def __init__(self, port: int) -> None:
        self._player = Player(("127.0.0.1", port), new_run_id())
        self._player.warm_up()

    def ask(self, api: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the decoded answer, without an error that passes by itself."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = self._player.ask(api, fields)
            if not NOT_READY & set(_codes(answer)):
                return answer
            if time.monotonic() > deadline:
                raise NotReady(f"{api}: {answer}")

    def ask_of_batch(self, topic: str, topic_id: bytes, partition: int, batch: Batch, **fields: Any) -> dict[str, Any]:
        """Produce one batch in the last version that does not itself begin a transaction; return its answer."""
        data = {"Index": partition, "Records": encode_records(Records((batch,)))}
        answer = self.ask(
            "Produce",
            {
                "Acks": -1,
                "TimeoutMs": 5000,
                "TopicData": [{"Name": topic, "TopicId": topic_id, "PartitionData": [data]}],
                **fields,
            },
        )
        told: dict[str, Any] = answer["Responses"][0]["PartitionResponses"][0]
        return told


def hold_at_broker(port: int, topic: str, wait_ms: int) -> None:
    """Let the broker hold a fetch at the end of partition 0 for that time: its clock runs, without polling."""
    reader = StateReader(port)
    topic_id = reader.ask("Metadata", {"Topics": [{"Name": topic}]})["Topics"][0]["TopicId"]
    _fetch(reader, topic, topic_id, 0, _offset(reader, topic, 0, LATEST), MaxWaitMs=wait_ms, MinBytes=1)


def _codes(value: Any) -> list[int]:
    if isinstance(value, list):
        return [code for inner in value for code in _codes(inner)]
    if not isinstance(value, dict):
        return []
    own = [inner for name, inner in value.items() if name.endswith("ErrorCode") and isinstance(inner, int)]
    return own + [code for inner in value.values() for code in _codes(inner)]


@dataclass
class BrokerState:
    """The state that is compared, in plain values, so that a difference can be read."""

    cluster_id: str = ""
    topics: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    """Name -> (id, number of partitions); without internal topics."""
    configs: dict[tuple[int, str], dict[str, str]] = field(default_factory=dict)
    """(Type, name) of a resource -> what was set."""
    offsets: dict[tuple[str, int], tuple[int, int, int]] = field(default_factory=dict)
    """Partition -> (log start offset, last stable offset, end offset)."""
    records: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)
    """Partition -> its batches with their records."""
    aborted: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    """Partition -> first offsets of aborted transactions."""
    by_time: dict[tuple[str, int], int] = field(default_factory=dict)
    """Partition -> the offset that a time within the log leads to."""
    committed: dict[str, dict[tuple[str, int], tuple[int, str]]] = field(default_factory=dict)
    """Group -> partition -> (offset, metadata)."""
    transactions: dict[str, tuple[str, int, int, tuple[tuple[str, tuple[int, ...]], ...]]] = field(default_factory=dict)
    """Transactional id -> (state, producer id, epoch, partitions)."""
    producers: dict[tuple[str, int], list[tuple[int, int, int, int]]] = field(default_factory=dict)
    """Partition -> (producer id, epoch, last sequence, start of its open transaction)."""
    credentials: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """User -> (SCRAM mechanism, iterations)."""
    quotas: dict[tuple[tuple[str, str | None], ...], dict[str, float]] = field(default_factory=dict)
    """Entity of (type, name) -> its quotas."""


def read_state(port: int, middle_ms: int) -> BrokerState:
    """Read everything; `middle_ms` is a time between two records."""
    reader = StateReader(port)
    state = BrokerState(cluster_id=reader.ask("DescribeCluster", {})["ClusterId"])
    for topic in reader.ask("Metadata", {"Topics": None})["Topics"]:
        if not topic["IsInternal"]:
            state.topics[topic["Name"]] = (topic["TopicId"], len(topic["Partitions"]))
    _read_configs(reader, state)
    for name, (topic_id, count) in state.topics.items():
        for partition in range(count):
            _read_partition(reader, state, name, topic_id, partition, middle_ms)
    _read_groups(reader, state)
    _read_transactions(reader, state)
    _read_users(reader, state)
    return state


def _read_configs(reader: StateReader, state: BrokerState) -> None:
    resources = [
        (each["ResourceType"], each["ResourceName"])
        for each in reader.ask("ListConfigResources", {"ResourceTypes": []})["ConfigResources"]
        if each["ResourceType"] in (TOPIC, CLIENT_METRICS, GROUP) and not each["ResourceName"].startswith("__")
    ]
    asked = [{"ResourceType": kind, "ResourceName": name} for kind, name in [*resources, (BROKER, "")]]
    asked = [{**each, "ConfigurationKeys": None} for each in asked]
    for result in reader.ask("DescribeConfigs", {"Resources": asked})["Results"]:
        own = {
            config["Name"]: config["Value"]
            for config in result["Configs"]
            if config["ConfigSource"] not in (4, 5)  # the broker's file and Kafka's defaults
        }
        state.configs[result["ResourceType"], result["ResourceName"]] = {
            name: value for name, value in own.items() if result["ResourceType"] != BROKER or value is not None
        }


def _offset(reader: StateReader, topic: str, partition: int, timestamp: int, isolation: int = 0) -> int:
    answer = reader.ask(
        "ListOffsets",
        {
            "ReplicaId": -1,
            "IsolationLevel": isolation,
            "Topics": [{"Name": topic, "Partitions": [{"PartitionIndex": partition, "Timestamp": timestamp}]}],
        },
    )
    offset: int = answer["Topics"][0]["Partitions"][0]["Offset"]
    return offset


def _read_partition(
    reader: StateReader, state: BrokerState, topic: str, topic_id: bytes, partition: int, middle_ms: int
) -> None:
    key = (topic, partition)
    start, stable, end = (
        _offset(reader, topic, partition, EARLIEST),
        _offset(reader, topic, partition, LATEST, isolation=1),
        _offset(reader, topic, partition, LATEST),
    )
    state.offsets[key] = (start, stable, end)
    state.by_time[key] = _offset(reader, topic, partition, middle_ms)
    batches: list[dict[str, Any]] = []
    position = start
    while position < end:
        answer = _fetch(reader, topic, topic_id, partition, position)
        found = [_batch(each) for each in dissect_records(answer["Records"]).children if each.value is not None]
        found = [each for each in found if "baseOffset" in each]
        batches += found
        position = found[-1]["baseOffset"] + found[-1]["lastOffsetDelta"] + 1
    state.records[key] = batches
    committed = _fetch(reader, topic, topic_id, partition, start, IsolationLevel=1)
    aborted = [each["FirstOffset"] for each in committed["AbortedTransactions"] or ()]
    state.aborted[key] = sorted(
        first for first in aborted if first < stable
    )  # Kafka's sparse index may tell later ones
    asked = {"Topics": [{"Name": topic, "PartitionIndexes": [partition]}]}
    producers = reader.ask("DescribeProducers", asked)["Topics"][0]["Partitions"][0]["ActiveProducers"]
    state.producers[key] = sorted(
        (each["ProducerId"], each["ProducerEpoch"], each["LastSequence"], each["CurrentTxnStartOffset"])
        for each in producers
    )


def _fetch(
    reader: StateReader, topic: str, topic_id: bytes, partition: int, offset: int, **fields: Any
) -> dict[str, Any]:
    asked = {"Partition": partition, "FetchOffset": offset, "PartitionMaxBytes": 1 << 24}
    fields = {"MaxWaitMs": 0, "MinBytes": 0} | fields
    answer = reader.ask("Fetch", {"Topics": [{"Topic": topic, "TopicId": topic_id, "Partitions": [asked]}], **fields})
    data: dict[str, Any] = answer["Responses"][0]["Partitions"][0]
    return data


def _batch(tree: Field) -> dict[str, Any]:
    """Return a batch as its header and records; the CRC covers all of them."""
    header: dict[str, Any] = _plain(tree.value)
    header["records"] = [_plain(each.value) for each in tree.walk() if each.type == "Record"]
    return header


def _plain(value: Any) -> Any:
    """Return a parsed value without what `construct` keeps for itself."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items() if name != "_io"}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _read_groups(reader: StateReader, state: BrokerState) -> None:
    names = {id_: name for name, (id_, _) in state.topics.items()}
    for number in range(16):  # ListGroups is silent about coordinators that still load: ask in each partition first
        reader.ask("OffsetFetch", {"Groups": [{"GroupId": f"probe-{number}", "Topics": None}]})
    for group in reader.ask("ListGroups", {})["Groups"]:
        if group["GroupId"].startswith("cf"):  # of a conformance run
            continue
        asked = {"Groups": [{"GroupId": group["GroupId"], "Topics": None}]}
        [answer] = reader.ask("OffsetFetch", asked)["Groups"]
        state.committed[group["GroupId"]] = {
            (names[topic["TopicId"]], part["PartitionIndex"]): (part["CommittedOffset"], part["Metadata"])
            for topic in answer["Topics"]
            for part in topic["Partitions"]
        }


def _read_transactions(reader: StateReader, state: BrokerState) -> None:
    ids = [each["TransactionalId"] for each in reader.ask("ListTransactions", {})["TransactionStates"]]
    for told in reader.ask("DescribeTransactions", {"TransactionalIds": ids})["TransactionStates"]:
        partitions = tuple(sorted((each["Topic"], tuple(sorted(each["Partitions"]))) for each in told["Topics"]))
        state.transactions[told["TransactionalId"]] = (
            told["TransactionState"],
            told["ProducerId"],
            told["ProducerEpoch"],
            partitions,
        )


def _read_users(reader: StateReader, state: BrokerState) -> None:
    for user in reader.ask("DescribeUserScramCredentials", {"Users": None})["Results"]:
        state.credentials[user["User"]] = sorted(
            (each["Mechanism"], each["Iterations"]) for each in user["CredentialInfos"]
        )
    for entry in reader.ask("DescribeClientQuotas", {"Components": [], "Strict": False})["Entries"]:
        entity = tuple(sorted((part["EntityType"], part["EntityName"]) for part in entry["Entity"]))
        state.quotas[entity] = {value["Key"]: value["Value"] for value in entry["Values"]}
