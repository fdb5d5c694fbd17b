"""Writes what a hand-over has to carry: topics, settings, records, offsets, transactions in every state."""

from __future__ import annotations

import time
from typing import Any

from compat_tests.side_by_side.broker_state import GROUP, TOPIC, StateReader
from kafkalite.conformance.conversation import FIXED_TIME_MS, Batch

MIDDLE_MS = FIXED_TIME_MS + 50_000
"""Between the records of the first and of the second round."""
CODECS = range(5)
LONG_MS = 900_000


class Writer:
    """Writes one round of everything through raw requests; each round has a different number."""

    def __init__(self, port: int, number: int) -> None:
        self._reader = StateReader(port)
        self._number = number
        self._ids: dict[str, bytes] = {}
        self._now_ms = round(time.time() * 1000)

    def ask(self, api: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Send one request and return the answer.

        Raises:
            AssertionError: the answer contains an error; the message has the answer.
        """
        answer = self._reader.ask(api, fields)
        assert not any(_errors(answer)), (api, answer)
        return answer

    def write(self) -> None:
        """Write a round."""
        if self._number == 1:
            self._create()
        self._learn_ids()
        self.change_settings()
        self._change_users()
        self._write_records()
        self._commit_offsets()
        for how in ("committed", "aborted", "open"):
            self._run_transaction(how)

    def create_topic(self, name: str, partition_count: int) -> None:
        """Create one more topic."""
        topic = {"Name": name, "NumPartitions": partition_count, "ReplicationFactor": 1, "Configs": []}
        self.ask("CreateTopics", {"Topics": [topic], "timeoutMs": 10000})

    def _create(self) -> None:
        topics: list[dict[str, Any]] = [
            {"Name": "orders", "NumPartitions": 3, "Configs": []},
            {"Name": "compacted", "NumPartitions": 1, "Configs": [{"Name": "cleanup.policy", "Value": "compact"}]},
            {"Name": "small-segments", "NumPartitions": 1, "Configs": [{"Name": "segment.bytes", "Value": "1048576"}]},
            {"Name": "gone", "NumPartitions": 1, "Configs": []},
        ]
        for topic in topics:
            topic["ReplicationFactor"] = 1
            topic["Configs"] += [{"Name": "message.timestamp.before.max.ms", "Value": str((1 << 63) - 1)}]
            topic["Configs"] += [{"Name": "retention.ms", "Value": "-1"}]  # the records have times of long ago
        self.ask("CreateTopics", {"Topics": topics, "timeoutMs": 10000})
        self.ask("DeleteTopics", {"Topics": [{"Name": "gone"}], "TimeoutMs": 10000})
        grown = {"Name": "compacted", "Count": 2, "Assignments": None}
        self.ask("CreatePartitions", {"Topics": [grown], "TimeoutMs": 10000, "ValidateOnly": False})

    def _learn_ids(self) -> None:
        topics = self.ask("Metadata", {"Topics": None})["Topics"]
        self._ids = {topic["Name"]: topic["TopicId"] for topic in topics}

    def change_settings(self) -> None:
        """Change a setting of a topic and one of a group."""
        changes = [
            (TOPIC, "orders", "max.message.bytes", str(100_000 + self._number)),
            (GROUP, "readers", "consumer.session.timeout.ms", str(50_000 + self._number)),
        ]
        resources = [
            {
                "ResourceType": kind,
                "ResourceName": name,
                "Configs": [{"Name": key, "ConfigOperation": 0, "Value": value}],
            }
            for kind, name, key, value in changes
        ]
        self.ask("IncrementalAlterConfigs", {"Resources": resources})

    def _change_users(self) -> None:
        """Give a user another password and a quota, and take the last round's quota away."""
        credential = {"Name": "alice", "Mechanism": 1 + self._number % 2, "Iterations": 4096 + self._number}
        credential |= {"Salt": b"salt", "SaltedPassword": b"secret"}
        self.ask("AlterUserScramCredentials", {"Deletions": [], "Upsertions": [credential]})
        quotas = [(self._number, False), (self._number - 1, True)]
        entries = [
            {
                "Entity": [
                    {"EntityType": "user", "EntityName": "alice"},
                    {"EntityType": "client-id", "EntityName": f"{n}"},
                ],
                "Ops": [{"Key": "producer_byte_rate", "Value": 1e9 + n, "Remove": is_removed}],
            }
            for n, is_removed in quotas
        ]
        entries.append(
            {
                "Entity": [{"EntityType": "user", "EntityName": None}],
                "Ops": [{"Key": "request_percentage", "Value": 1e4 + self._number, "Remove": False}],
            }
        )
        self.ask("AlterClientQuotas", {"Entries": entries, "ValidateOnly": False})

    def _write(self, topic: str, partition: int, batch: Batch, **fields: Any) -> int:
        told = self._reader.ask_of_batch(topic, self._ids[topic], partition, batch, **fields)
        assert told["ErrorCode"] == 0, told
        offset: int = told["BaseOffset"]
        return offset

    def _write_records(self) -> None:
        at = FIXED_TIME_MS + 100_000 * (self._number - 1)
        for codec in CODECS:
            text = f"round {self._number} codec {codec} " + "x" * 200
            records = [("key", text), (None, text), ("key", None)]
            batch = Batch(
                records=records, codec=codec, timestamps_ms=[at, at + 1, at + 2], headers=[("h", b"1"), ("n", None)]
            )
            for partition in range(3):
                self._write("orders", partition, batch)
        for key in "ab":
            self._write("compacted", 0, Batch(records=[(key, f"{self._number}")]))
        big = Batch(records=["x" * 300_000])
        for _ in range(5):
            self._write("small-segments", 0, big)
        self._write_idempotently()
        self._delete_records()

    def _delete_records(self) -> None:
        """Let a partition start within a batch of this round."""
        partition = {"PartitionIndex": 1, "Offset": 15 * (self._number - 1) + 4}
        self.ask("DeleteRecords", {"Topics": [{"Name": "orders", "Partitions": [partition]}], "TimeoutMs": 10000})

    def _write_idempotently(self) -> None:
        answer = self.ask("InitProducerId", {"TransactionalId": None, "TransactionTimeoutMs": 0})
        self.idempotent = (answer["ProducerId"], answer["ProducerEpoch"])
        for sequence in range(3):
            self.write_again(self.idempotent, sequence)

    def write_again(self, producer: tuple[int, int], sequence: int) -> int:
        """Write the record with that sequence of an idempotent producer; return its offset, the same every time."""
        self._learn_ids()
        batch = Batch(
            producer_id=producer[0],
            producer_epoch=producer[1],
            base_sequence=sequence,
            timestamps_ms=[self._now_ms],  # a producer is forgotten a day after its last record
        )
        return self._write("orders", 2, batch)

    def _commit_offsets(self) -> None:
        for group in ("readers", f"round-{self._number}"):
            topics = [
                {
                    "Name": "orders",
                    "TopicId": self._ids["orders"],
                    "Partitions": [
                        {
                            "PartitionIndex": partition,
                            "CommittedOffset": self._number + partition,
                            "CommittedMetadata": f"m{self._number}",
                        }
                        for partition in range(2)
                    ],
                }
            ]
            self.ask("OffsetCommit", {"GroupId": group, "Topics": topics, "GenerationIdOrMemberEpoch": -1})

    def _run_transaction(self, how: str) -> None:
        """Begin a transaction with records and offsets, and end it as its name says, or leave it open."""
        name = f"{how}-{self._number}"
        answer = self.ask("InitProducerId", {"TransactionalId": name, "TransactionTimeoutMs": LONG_MS})
        producer = {"ProducerId": answer["ProducerId"], "ProducerEpoch": answer["ProducerEpoch"]}
        whose = {"TransactionalId": name, **producer}
        transaction = {**whose, "VerifyOnly": False, "Topics": [{"Name": "orders", "Partitions": [1]}]}
        self.ask("AddPartitionsToTxn", {"Transactions": [transaction]})
        batch = Batch(
            records=[name, name],
            producer_id=producer["ProducerId"],
            producer_epoch=producer["ProducerEpoch"],
            base_sequence=0,
            is_transactional=True,
        )
        self._write("orders", 1, batch, TransactionalId=name)
        self.ask("AddOffsetsToTxn", {**whose, "GroupId": "in-transactions"})
        offset = {"PartitionIndex": 1, "CommittedOffset": self._number, "CommittedMetadata": name}
        topics = [{"Name": "orders", "TopicId": self._ids["orders"], "Partitions": [offset]}]
        self.ask("TxnOffsetCommit", {**whose, "GroupId": "in-transactions", "MemberId": "", "Topics": topics})
        if how != "open":
            self.ask("EndTxn", {**whose, "Committed": how == "committed"})

    def end_open_transaction(self, name: str) -> None:
        """A new instance of a producer takes over and so rolls back what the old one left open."""
        for _ in range(200):
            fields = {"TransactionalId": name, "TransactionTimeoutMs": LONG_MS}
            if self._reader.ask("InitProducerId", fields)["ErrorCode"] == 0:
                return
        raise AssertionError(f"{name} stays open")


def _errors(value: Any) -> list[int]:
    if isinstance(value, list):
        return [code for inner in value for code in _errors(inner)]
    if not isinstance(value, dict):
        return []
    own = [inner for name, inner in value.items() if name.endswith("ErrorCode") and isinstance(inner, int)]
    return own + [code for inner in value.values() for code in _errors(inner)]
