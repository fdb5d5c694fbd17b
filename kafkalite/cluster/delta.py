"""Transition from one metadata image to the next: records are replayed into a delta, which builds the image.

A delta covers one batch of records or a whole log. Its list of changes keeps everything outside of the image (logs,
connections, caches) in step with it.

Source: org.apache.kafka.image.MetadataDelta, MetadataBatchLoader (transactions, KIP-868).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafkalite.cluster.brokers_delta import BrokersDelta
from kafkalite.cluster.configs.delta import ConfigsDelta
from kafkalite.cluster.image import FeaturesImage, MetadataImage, ProducerIdsImage, ScramCredential
from kafkalite.cluster.quotas_delta import QuotasDelta
from kafkalite.cluster.topics_delta import TopicsDelta

if TYPE_CHECKING:
    from collections.abc import Callable


class MetadataDelta:
    """Changes on top of `image`. Records are applied in the order of the log.

    Attributes:
        image: the image before the changes; never modified.
        topics, configs, brokers: the changes so far.
        changed_features: name -> level of the features whose finalized level changed.
        unread: record name -> count, for kinds of records that are stored but not acted upon.
    """

    __slots__ = (
        "_credentials",
        "_handlers",
        "_producer_ids",
        "_transaction",
        "brokers",
        "changed_features",
        "configs",
        "image",
        "quotas",
        "topics",
        "unread",
    )

    def __init__(self, image: MetadataImage) -> None:
        self.image = image
        self.topics = TopicsDelta(image.topics)
        self.configs = ConfigsDelta(image.configs)
        self.brokers = BrokersDelta(image.brokers)
        self.changed_features: dict[str, int] = {}
        self.unread: dict[str, int] = {}
        self._producer_ids = image.producer_ids
        self._credentials = image.credentials
        self.quotas = QuotasDelta(image.quotas)
        self._transaction: list[Any] | None = None
        self._handlers: dict[str, Callable[[Any], None]] = {
            "NoOpRecord": _ignore,
            "RegisterControllerRecord": _ignore,
            "UnregisterControllerRecord": _ignore,
            "ZkMigrationStateRecord": _ignore,
            "TopicRecord": self.topics.replay_topic,
            "PartitionRecord": self.topics.replay_partition,
            "PartitionChangeRecord": self.topics.replay_partition_change,
            "ClearElrRecord": self.topics.replay_clear_elr,
            "RemoveTopicRecord": self._replay_remove_topic,
            "ConfigRecord": self.configs.replay,
            "FeatureLevelRecord": self._replay_feature_level,
            "ProducerIdsRecord": self._replay_producer_ids,
            "UserScramCredentialRecord": self._replay_credential,
            "RemoveUserScramCredentialRecord": self._replay_remove_credential,
            "ClientQuotaRecord": self.quotas.replay,
            "RegisterBrokerRecord": self.brokers.replay_register,
            "UnregisterBrokerRecord": self.brokers.replay_unregister,
            "FenceBrokerRecord": self.brokers.replay_fence,
            "UnfenceBrokerRecord": self.brokers.replay_unfence,
            "BrokerRegistrationChangeRecord": self.brokers.replay_registration_change,
        }

    @property
    def is_in_transaction(self) -> bool:
        """Whether a metadata transaction is open: its records are not applied yet."""
        return self._transaction is not None

    def replay(self, record: Any) -> None:
        """Apply one record; unknown kinds are counted.

        Raises:
            ValueError: the record contradicts the state.
        """
        kind = type(record).__name__
        if kind.endswith("TransactionRecord"):
            self._replay_transaction(kind)
        elif self._transaction is not None:
            self._transaction.append(record)
        else:
            self._apply_record(kind, record)

    def apply(self, end_offset: int, epoch: int) -> MetadataImage:
        """Return the image with all changes.

        Args:
            end_offset: one past the last replayed offset.
            epoch: leader epoch of the last record.
        """
        image = self.image
        features = image.features
        if self.changed_features:
            levels = {**features.finalized, **self.changed_features}
            features = FeaturesImage({name: level for name, level in levels.items() if level})
        unread = image.unread
        if self.unread:
            unread = {**unread, **{name: unread.get(name, 0) + count for name, count in self.unread.items()}}
        return MetadataImage(
            end_offset,
            epoch,
            self.topics.apply(),
            self.configs.apply(),
            features,
            self.brokers.apply(),
            self._producer_ids,
            unread,
            self._credentials,
            self.quotas.apply(),
        )

    def _apply_record(self, kind: str, record: Any) -> None:
        handler = self._handlers.get(kind)
        if handler is None:
            self.unread[kind] = self.unread.get(kind, 0) + 1
        else:
            handler(record)

    def _replay_transaction(self, kind: str) -> None:
        """Hold back the records between begin and end; a crash in between leaves none of them applied."""
        held = self._transaction
        if kind == "BeginTransactionRecord":
            if held is not None:
                raise ValueError("a metadata transaction begins inside another")
            self._transaction = []
            return
        if held is None:
            raise ValueError(f"{kind} without a metadata transaction")
        self._transaction = None
        if kind == "EndTransactionRecord":
            for record in held:
                self._apply_record(type(record).__name__, record)

    def _replay_remove_topic(self, record: Any) -> None:
        self.configs.remove_topic(self.topics.remove(record.topic_id))

    def _replay_feature_level(self, record: Any) -> None:
        self.changed_features[record.name] = record.feature_level

    def _replay_producer_ids(self, record: Any) -> None:
        if record.next_producer_id < self._producer_ids.next_producer_id:
            raise ValueError(f"next producer id goes back from {self._producer_ids.next_producer_id} to {record!r}")
        self._producer_ids = ProducerIdsImage(record.next_producer_id, record.broker_id, record.broker_epoch)

    def _replay_credential(self, record: Any) -> None:
        credential = ScramCredential(
            bytes(record.salt), bytes(record.stored_key), bytes(record.server_key), record.iterations
        )
        self._credentials = {**self._credentials, (record.name, record.mechanism): credential}

    def _replay_remove_credential(self, record: Any) -> None:
        key = (record.name, record.mechanism)
        if key not in self._credentials:
            raise ValueError(f"no credential of {record.name} for mechanism {record.mechanism} is there to be removed")
        self._credentials = {other: value for other, value in self._credentials.items() if other != key}


def _ignore(record: Any) -> None:
    """Ignore a record that only moves the offset or describes controllers: this node is the only one."""
