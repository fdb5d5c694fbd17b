"""Rules for fields of an answer that are masked before the comparison, with their reasons.

A path names a field without positions: "Metadata.Brokers.Host"; `*` stands for any text. The first matching rule
counts; fields without a rule are compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Mask:
    """The rule that makes a field comparable.

    `kind`:
    - "any": any value; null and the empty text are kept.
    - "whatever": any value, null and the empty text included.
    - "text": words for people; null and the empty text are kept.
    - "identity": made by the broker; numbered in the order of appearance in a conversation (`<label 1>`).
      Negative numbers, the empty text, the zero uuid and null are no identity and are kept.
    - "moment": a time near now; -1 and times that the table fixed are kept.
    - "size": a number of bytes or of milliseconds that depends on the machine; 0 and negative numbers are kept.
    """

    path: str
    kind: str
    reason: str
    label: str = ""


MASKS: tuple[Mask, ...] = (
    Mask("*.ErrorMessage", "text", "words are not part of the protocol, whether there are any is"),
    Mask("*.ErrorString", "text", "words are not part of the protocol"),
    Mask("*.BatchIndexErrorMessage", "text", "words are not part of the protocol"),
    Mask("*.ClusterId", "identity", "each cluster has its own", "cluster"),
    Mask("*.ClusterAuthorizedOperations", "any", "depends on who asks", ""),
    Mask("*.Host", "any", "the address under which the broker was reached"),
    Mask("*.Port", "any", "the address under which the broker was reached"),
    Mask("DescribeGroups.Groups.Members.ClientHost", "any", "the address that the client came from"),
    Mask("ConsumerGroupDescribe.Groups.Members.ClientHost", "any", "the address that the client came from"),
    Mask("DescribeCluster.Brokers.Rack", "any", "a matter of configuration"),
    Mask("Metadata.Brokers.Rack", "any", "a matter of configuration"),
    Mask("*.NodeId", "identity", "a matter of configuration", "broker"),
    Mask("*.BrokerId", "identity", "a matter of configuration", "broker"),
    Mask("*.ControllerId", "identity", "a matter of configuration", "broker"),
    Mask("*.LeaderId", "identity", "a matter of configuration", "broker"),
    Mask("JoinGroup.Leader", "identity", "drawn when the member joins", "member"),
    Mask("*.ReplicaId", "identity", "a matter of configuration", "broker"),
    Mask("*.ReplicaNodes", "identity", "a matter of configuration", "broker"),
    Mask("*.IsrNodes", "identity", "a matter of configuration", "broker"),
    Mask("*.TopicId", "identity", "drawn when the topic is made", "topic"),
    Mask("*.MemberId", "identity", "drawn when the member joins", "member"),
    Mask("*.ProducerId", "identity", "the next free one of the cluster", "producer"),
    Mask("*.Records.producerId", "identity", "the next free one of the cluster", "producer"),
    Mask("*.SessionId", "identity", "drawn when the fetch session is made", "session"),
    Mask("*.CoordinatorId", "identity", "a matter of configuration", "broker"),
    Mask("ApiVersions.FinalizedFeaturesEpoch", "any", "the offset of the metadata log"),
    Mask("*.BrokerEpoch", "size", "the offset of the metadata log"),
    Mask("*.LogAppendTimeMs", "moment", "the broker's clock"),
    Mask("*.Records.*Timestamp", "moment", "the broker's clock where it stamps"),
    Mask("*.Records.crc", "any", "checked by decoding; covers times of the broker's clock"),
    Mask("*.LastTimestamp", "moment", "the broker's clock"),
    Mask("*.TransactionStartTimeMs", "moment", "the broker's clock"),
)
"""The rules for every conversation. A step or a conversation may add rules, with their reasons, at its definition."""


@dataclass(frozen=True)
class ArrayRule:
    """An array without a defined order: sorted by `keys` of its elements (none: by the elements themselves).

    `is_own` keeps only elements whose first key belongs to the conversation, not others on the same broker.
    """

    path: str
    keys: tuple[str, ...] = ()
    is_own: bool = False


ARRAYS: tuple[ArrayRule, ...] = (
    ArrayRule("ApiVersions.ApiKeys", ("ApiKey",)),
    ArrayRule("ApiVersions.SupportedFeatures", ("Name",)),
    ArrayRule("ApiVersions.FinalizedFeatures", ("Name",)),
    ArrayRule("Metadata.Topics", ("Name",)),
    ArrayRule("Metadata.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("CreateTopics.Topics", ("Name",)),
    ArrayRule("CreateTopics.Topics.Configs", ("Name",)),
    ArrayRule("DeleteTopics.Responses", ("Name", "ErrorCode")),
    ArrayRule("CreatePartitions.Results", ("Name",)),
    ArrayRule("DescribeConfigs.Results", ("ResourceType", "ResourceName")),
    ArrayRule("DescribeConfigs.Results.Configs", ("Name",)),
    ArrayRule("AlterConfigs.Responses", ("ResourceType", "ResourceName")),
    ArrayRule("IncrementalAlterConfigs.Responses", ("ResourceType", "ResourceName")),
    ArrayRule("ListConfigResources.ConfigResources", ("ResourceName", "ResourceType"), is_own=True),
    ArrayRule("DescribeLogDirs.Results.Topics", ("Name",), is_own=True),
    ArrayRule("DescribeLogDirs.Results.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("ListGroups.Groups", ("GroupId",), is_own=True),
    ArrayRule("ListTransactions.TransactionStates", ("TransactionalId",), is_own=True),
    ArrayRule("DescribeTransactions.TransactionStates", ("TransactionalId",)),
    ArrayRule("DescribeTransactions.TransactionStates.Topics", ("Topic",)),
    ArrayRule("DescribeTransactions.TransactionStates.Topics.Partitions"),
    ArrayRule("DescribeProducers.Topics.Partitions.ActiveProducers", ("CurrentTxnStartOffset", "LastSequence")),
    ArrayRule("DescribeGroups.Groups.Members", ("ClientId", "GroupInstanceId")),
    ArrayRule("JoinGroup.Members", ("MemberId",)),
    ArrayRule("ConsumerGroupDescribe.Groups.Members", ("ClientId", "InstanceId")),
    ArrayRule("ConsumerGroupHeartbeat.Assignment.TopicPartitions", ("Partitions",)),
    ArrayRule("ConsumerGroupHeartbeat.Assignment.TopicPartitions.Partitions"),
    ArrayRule("ConsumerGroupDescribe.Groups.Members.Assignment.TopicPartitions", ("TopicName",)),
    ArrayRule("ConsumerGroupDescribe.Groups.Members.TargetAssignment.TopicPartitions", ("TopicName",)),
    ArrayRule("OffsetFetch.Topics", ("Name",)),
    ArrayRule("OffsetFetch.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("OffsetFetch.Groups", ("GroupId",)),
    ArrayRule("OffsetFetch.Groups.Topics", ("Name",)),
    ArrayRule("OffsetFetch.Groups.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("DeleteGroups.Results", ("GroupId",)),
    ArrayRule("OffsetDelete.Topics", ("Name",)),
    ArrayRule("OffsetDelete.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("Produce.Responses", ("Name", "PartitionResponses")),
    ArrayRule("Produce.Responses.PartitionResponses", ("Index",)),
    ArrayRule("AddPartitionsToTxn.ResultsByTopicV3AndBelow", ("Name",)),
    ArrayRule("AddPartitionsToTxn.ResultsByTopicV3AndBelow.ResultsByPartition", ("PartitionIndex",)),
    ArrayRule("AddPartitionsToTxn.ResultsByTransaction", ("TransactionalId",)),
    ArrayRule("AddPartitionsToTxn.ResultsByTransaction.TopicResults", ("Name",)),
    ArrayRule("AddPartitionsToTxn.ResultsByTransaction.TopicResults.ResultsByPartition", ("PartitionIndex",)),
    ArrayRule("WriteTxnMarkers.Markers.Topics", ("Name",)),
    ArrayRule("WriteTxnMarkers.Markers.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("ConsumerGroupDescribe.Groups", ("GroupId",)),
    ArrayRule("ElectLeaders.ReplicaElectionResults", ("Topic",), is_own=True),
    ArrayRule("ListPartitionReassignments.Topics", ("Name",), is_own=True),
    ArrayRule("AlterReplicaLogDirs.Results", ("TopicName",)),
    ArrayRule("AlterReplicaLogDirs.Results.Partitions", ("PartitionIndex",)),
    ArrayRule("AlterUserScramCredentials.Results", ("User",)),
    ArrayRule("DescribeUserScramCredentials.Results", ("User",)),
    ArrayRule("DescribeUserScramCredentials.Results.CredentialInfos", ("Mechanism",)),
    ArrayRule("AlterClientQuotas.Entries", ("Entity",)),
    ArrayRule("DescribeClientQuotas.Entries", ("Entity",)),
    ArrayRule("UpdateFeatures.Results", ("Feature",)),
    ArrayRule("DeleteRecords.Topics", ("Name",)),
    ArrayRule("DeleteRecords.Topics.Partitions", ("PartitionIndex",)),
    ArrayRule("OffsetForLeaderEpoch.Topics", ("Topic",)),
    ArrayRule("ListOffsets.Topics", ("Name",)),
    ArrayRule("ListOffsets.Topics.Partitions", ("PartitionIndex",)),
)
"""Arrays without a defined order in Kafka: they come from hash maps."""


EMBEDDED: Mapping[str, str] = {
    "JoinGroup.Members.Metadata": "ConsumerProtocolSubscription",
    "SyncGroup.Assignment": "ConsumerProtocolAssignment",
    "DescribeGroups.Groups.Members.MemberMetadata": "ConsumerProtocolSubscription",
    "DescribeGroups.Groups.Members.MemberAssignment": "ConsumerProtocolAssignment",
}
"""Bytes that hold a message after its version; decoded only if they name a topic of the run, else kept unchanged."""


def find_mask(path: str, more: Iterable[Mask] = ()) -> Mask | None:
    """Return the rule for a path, more specific ones first; None if the field is compared exactly."""
    for mask in (*more, *MASKS):
        if fnmatchcase(path, mask.path):
            return mask
    return None


def find_array_rule(path: str) -> ArrayRule | None:
    """Return the rule for an array without an order; None if the order counts."""
    return next((rule for rule in ARRAYS if rule.path == path), None)
