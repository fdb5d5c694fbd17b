# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""What is served: made from `protocol_specs/api_support.toml`, so that no TOML is read at start."""

from __future__ import annotations

#: API key -> (lowest, highest) version served
SERVED: dict[int, tuple[int, int]] = {
    0: (0, 13),  # Produce
    1: (0, 18),  # Fetch
    2: (0, 11),  # ListOffsets
    3: (0, 13),  # Metadata
    8: (0, 10),  # OffsetCommit
    9: (0, 10),  # OffsetFetch
    10: (0, 6),  # FindCoordinator
    11: (0, 9),  # JoinGroup
    12: (0, 4),  # Heartbeat
    13: (0, 5),  # LeaveGroup
    14: (0, 5),  # SyncGroup
    15: (0, 6),  # DescribeGroups
    16: (0, 5),  # ListGroups
    17: (0, 1),  # SaslHandshake
    18: (0, 5),  # ApiVersions
    19: (0, 7),  # CreateTopics
    20: (0, 6),  # DeleteTopics
    21: (0, 2),  # DeleteRecords
    22: (0, 5),  # InitProducerId
    23: (0, 4),  # OffsetForLeaderEpoch
    24: (0, 5),  # AddPartitionsToTxn
    25: (0, 4),  # AddOffsetsToTxn
    26: (0, 5),  # EndTxn
    27: (0, 2),  # WriteTxnMarkers
    28: (0, 6),  # TxnOffsetCommit
    29: (1, 3),  # DescribeAcls
    30: (1, 3),  # CreateAcls
    31: (1, 3),  # DeleteAcls
    32: (0, 4),  # DescribeConfigs
    33: (0, 2),  # AlterConfigs
    34: (1, 2),  # AlterReplicaLogDirs
    35: (0, 5),  # DescribeLogDirs
    36: (0, 2),  # SaslAuthenticate
    37: (0, 3),  # CreatePartitions
    38: (1, 3),  # CreateDelegationToken
    39: (1, 2),  # RenewDelegationToken
    40: (1, 2),  # ExpireDelegationToken
    41: (1, 3),  # DescribeDelegationToken
    42: (0, 3),  # DeleteGroups
    43: (0, 2),  # ElectLeaders
    44: (0, 1),  # IncrementalAlterConfigs
    45: (0, 1),  # AlterPartitionReassignments
    46: (0, 0),  # ListPartitionReassignments
    47: (0, 0),  # OffsetDelete
    48: (0, 1),  # DescribeClientQuotas
    49: (0, 1),  # AlterClientQuotas
    50: (0, 0),  # DescribeUserScramCredentials
    51: (0, 0),  # AlterUserScramCredentials
    55: (0, 2),  # DescribeQuorum
    57: (0, 2),  # UpdateFeatures
    60: (0, 2),  # DescribeCluster
    61: (0, 0),  # DescribeProducers
    64: (0, 0),  # UnregisterBroker
    65: (0, 0),  # DescribeTransactions
    66: (0, 2),  # ListTransactions
    68: (0, 1),  # ConsumerGroupHeartbeat
    69: (0, 1),  # ConsumerGroupDescribe
    74: (0, 1),  # ListConfigResources
    75: (0, 0),  # DescribeTopicPartitions
    80: (0, 1),  # AddRaftVoter
    81: (0, 0),  # RemoveRaftVoter
}

#: API key -> (operation, resource type) pairs an authorizer is asked for, in Kafka's order
OPERATIONS: dict[int, tuple[tuple[str, str], ...]] = {
    0: (("WRITE", "TOPIC"), ("WRITE", "TRANSACTIONAL_ID")),
    1: (("READ", "TOPIC"),),
    2: (("DESCRIBE", "TOPIC"),),
    3: (("DESCRIBE", "TOPIC"), ("CREATE", "TOPIC"), ("CREATE", "CLUSTER")),
    8: (("READ", "GROUP"), ("READ", "TOPIC")),
    9: (("DESCRIBE", "GROUP"), ("DESCRIBE", "TOPIC")),
    10: (("DESCRIBE", "GROUP"), ("DESCRIBE", "TRANSACTIONAL_ID"), ("CLUSTER_ACTION", "CLUSTER")),
    11: (("READ", "GROUP"),),
    12: (("READ", "GROUP"),),
    13: (("READ", "GROUP"),),
    14: (("READ", "GROUP"),),
    15: (("DESCRIBE", "GROUP"),),
    16: (("DESCRIBE", "CLUSTER"), ("DESCRIBE", "GROUP")),
    17: (),
    18: (),
    19: (("CREATE", "CLUSTER"), ("CREATE", "TOPIC")),
    20: (("DELETE", "TOPIC"),),
    21: (("DELETE", "TOPIC"),),
    22: (("WRITE", "TRANSACTIONAL_ID"), ("IDEMPOTENT_WRITE", "CLUSTER"), ("WRITE", "TOPIC")),
    23: (("DESCRIBE", "TOPIC"),),
    24: (("WRITE", "TRANSACTIONAL_ID"), ("WRITE", "TOPIC"), ("CLUSTER_ACTION", "CLUSTER")),
    25: (("WRITE", "TRANSACTIONAL_ID"), ("READ", "GROUP")),
    26: (("WRITE", "TRANSACTIONAL_ID"),),
    27: (("ALTER", "CLUSTER"), ("CLUSTER_ACTION", "CLUSTER")),
    28: (("WRITE", "TRANSACTIONAL_ID"), ("READ", "GROUP"), ("READ", "TOPIC")),
    29: (("DESCRIBE", "CLUSTER"),),
    30: (("ALTER", "CLUSTER"),),
    31: (("ALTER", "CLUSTER"),),
    32: (("DESCRIBE_CONFIGS", "TOPIC"), ("DESCRIBE_CONFIGS", "CLUSTER"), ("DESCRIBE_CONFIGS", "GROUP")),
    33: (("ALTER_CONFIGS", "TOPIC"), ("ALTER_CONFIGS", "CLUSTER")),
    34: (("ALTER", "CLUSTER"),),
    35: (("DESCRIBE", "CLUSTER"),),
    36: (),
    37: (("ALTER", "TOPIC"),),
    38: (("CREATE_TOKENS", "USER"),),
    39: (),
    40: (),
    41: (("DESCRIBE", "DELEGATION_TOKEN"), ("DESCRIBE_TOKENS", "USER")),
    42: (("DELETE", "GROUP"),),
    43: (("ALTER", "CLUSTER"),),
    44: (("ALTER_CONFIGS", "TOPIC"), ("ALTER_CONFIGS", "CLUSTER"), ("ALTER_CONFIGS", "GROUP")),
    45: (("ALTER", "CLUSTER"),),
    46: (("DESCRIBE", "CLUSTER"),),
    47: (("DELETE", "GROUP"), ("READ", "TOPIC")),
    48: (("DESCRIBE_CONFIGS", "CLUSTER"),),
    49: (("ALTER_CONFIGS", "CLUSTER"),),
    50: (("DESCRIBE", "CLUSTER"),),
    51: (("ALTER", "CLUSTER"),),
    55: (("DESCRIBE", "CLUSTER"),),
    57: (("ALTER", "CLUSTER"),),
    60: (("DESCRIBE", "CLUSTER"),),
    61: (("READ", "TOPIC"),),
    64: (("ALTER", "CLUSTER"),),
    65: (("DESCRIBE", "TRANSACTIONAL_ID"), ("DESCRIBE", "TOPIC")),
    66: (("DESCRIBE", "TRANSACTIONAL_ID"),),
    68: (("READ", "GROUP"), ("DESCRIBE", "TOPIC")),
    69: (("DESCRIBE", "GROUP"), ("DESCRIBE", "TOPIC")),
    74: (("DESCRIBE_CONFIGS", "CLUSTER"),),
    75: (("DESCRIBE", "TOPIC"),),
    80: (("ALTER", "CLUSTER"),),
    81: (("ALTER", "CLUSTER"),),
}

#: API key -> numbers of the Kafka Improvement Proposals that shaped it
KIPS: dict[int, tuple[int, ...]] = {
    0: (98, 110, 219, 467, 516, 890, 951),
    1: (74, 98, 110, 227, 320, 392, 405, 516, 853, 903, 951, 1166),
    2: (79, 98, 207, 320, 405, 734, 1005, 1023, 1075),
    3: (4, 78, 112, 320, 430, 516, 700, 1102),
    8: (211, 320, 345, 848),
    9: (320, 447, 709, 848),
    10: (98, 699, 890, 932),
    11: (62, 345, 394, 559, 800, 814),
    12: (345,),
    13: (345, 800),
    14: (345, 559),
    15: (345, 430, 1043),
    16: (518, 848),
    17: (12, 152),
    18: (35, 482, 511, 584, 1242),
    19: (4, 464, 516, 525, 599),
    20: (4, 516, 599),
    21: (107,),
    22: (98, 360, 588, 679, 890),
    23: (101, 279, 320),
    24: (98, 588, 890),
    25: (98, 588, 890),
    26: (98, 588, 890),
    27: (98, 664, 890),
    28: (98, 320, 447, 890, 1319),
    29: (140, 290, 373),
    30: (140, 290, 373),
    31: (140, 290, 373),
    32: (133, 226, 569),
    33: (133, 226),
    34: (113,),
    35: (113, 784, 827, 1066),
    36: (152, 368),
    37: (195, 599),
    38: (48, 373),
    39: (48,),
    40: (48,),
    41: (48, 373),
    42: (229, 1331),
    43: (183, 460),
    44: (339,),
    45: (455, 860),
    46: (455,),
    47: (496,),
    48: (546,),
    49: (546, 599, 612),
    50: (554,),
    51: (554, 900),
    55: (595, 836, 853),
    57: (584, 778, 1022),
    60: (700, 919, 1073),
    61: (664,),
    64: (631,),
    65: (664,),
    66: (664, 994, 1152),
    68: (848, 1082, 1101),
    69: (848, 1043, 1099),
    74: (714, 1142),
    75: (966,),
    80: (853, 1186),
    81: (853,),
}

#: Deliberate differences from Apache Kafka: (API, what, why)
DEVIATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "Produce",
        "versions 0-2: their message sets are converted to batches",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "Produce",
        "the length of a compressed record, and the checksum and size of an lz4 frame, must be true",
        "Kafka skips over compressed records field by field and reads no checksum of lz4: it takes batches at which consumers then stop",
    ),
    (
        "Produce",
        "data that cannot be decompressed and a record length of more than five bytes are INVALID_RECORD, an unassigned codec is UNSUPPORTED_COMPRESSION_TYPE, and more than 256 MiB decompressed MESSAGE_TOO_LARGE",
        "Kafka answers UNKNOWN_SERVER_ERROR to the first three and bounds nothing; a client should learn what is wrong, and one batch must not take all memory",
    ),
    (
        "Produce",
        "at most 1,000 refused records of a batch are named",
        "Kafka names all: a batch of one megabyte may have a hundred thousand, and the answer ten megabytes",
    ),
    (
        "Produce",
        "records of a compressed batch with wrong offset deltas are numbered anew, and a recompressed batch keeps its base timestamp",
        "Kafka means to do the first, and fails unless the codec changes too; the second changes nothing that a consumer sees",
    ),
    (
        "Produce",
        "on a full disk the answer is KAFKA_STORAGE_ERROR until there is room, and reading goes on",
        "Kafka halts with the first I/O error of its only log directory; a lack of space breaks nothing and passes. Errors that do not pass stop the server here too (kafkalite.on.storage.fault)",
    ),
    (
        "Produce",
        "CONCURRENT_TRANSACTIONS is answered at once",
        "Kafka asks its coordinator again for up to 100 ms (add.partitions.to.txn.retry.backoff.max.ms) and then answers the same; here markers are written together with the decision, so that it takes a partition that refuses its marker, and clients ask again by themselves",
    ),
    (
        "Produce",
        "error messages are worded differently and do not name the partition",
        "the words are not part of the protocol, and the answer names the partition",
    ),
    (
        "Fetch",
        "versions 0-3: batches are converted down to message sets",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "Fetch",
        "only whole batches are returned",
        "Kafka cuts the last one at the byte limit, and clients throw the piece away",
    ),
    (
        "ListOffsets",
        "version 0",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "ListOffsets",
        "a stored record that is larger than max.decompressed.message.bytes is no obstacle to a lookup by timestamp",
        "Kafka fails the lookup until the property is raised again; here a lookup holds no record, so there is nothing to bound",
    ),
    (
        "ListOffsets",
        "version 0 compares with the largest timestamp of a segment",
        "Kafka takes the time its file was last changed, which changes when a data directory is copied",
    ),
    (
        "Metadata",
        "a topic that is created on the way is told at once, but in the profile kafka (kafkalite.auto.create.at.once)",
        "Kafka answers UNKNOWN_TOPIC_OR_PARTITION until it is there; here it is there at once",
    ),
    (
        "OffsetCommit",
        "versions 0-1: version 0 commits to Kafka's own topic too",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them; ZooKeeper is gone",
    ),
    (
        "OffsetFetch",
        "version 0: reads from Kafka's own topic too",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them; ZooKeeper is gone",
    ),
    (
        "FindCoordinator",
        "every key is answered with this broker, also before an internal topic exists",
        "one node coordinates everything; Kafka answers COORDINATOR_NOT_AVAILABLE until it has made the topic",
    ),
    (
        "JoinGroup",
        "a group whose first member is refused does not come to be",
        "Kafka keeps it, empty, until it expires; nothing should be left of a request that was refused",
    ),
    (
        "JoinGroup",
        "a member that joins while an older request of it still waits: the older one is answered REBALANCE_IN_PROGRESS",
        "Kafka leaves it without an answer for ever; no request should be",
    ),
    (
        "JoinGroup",
        "a protocol that a member names twice counts once",
        "Kafka counts it as that of two members, cannot choose it then, and never answers where there is no other",
    ),
    (
        "SyncGroup",
        "an older waiting request of the same member is answered REBALANCE_IN_PROGRESS, one of a removed member UNKNOWN_MEMBER_ID",
        "Kafka leaves them without an answer for ever; no request should be",
    ),
    (
        "SaslHandshake",
        "PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512, no GSSAPI, no OAUTHBEARER",
        "those need a service beside the broker: a configuration that asks for one is refused at start",
    ),
    (
        "CreateTopics",
        "versions 0-1",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "CreateTopics",
        "racks are not told apart when replicas are placed",
        "all brokers of one process share their machine",
    ),
    (
        "DeleteTopics",
        "version 0",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "DeleteTopics",
        "topics are answered in the order of the request",
        "Kafka shuffles them, so that their order tells nothing about topics that the client may not see",
    ),
    (
        "DeleteRecords",
        "whole segments before the new start are removed at once, and the start is on disk before the answer",
        "Kafka does both later, in the background; here what was deleted stays deleted when the process is killed",
    ),
    (
        "OffsetForLeaderEpoch",
        "versions 0-1",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "AddPartitionsToTxn",
        "the partitions in the record of a transaction are in order",
        "Kafka writes them as they come out of a hash map; the same state is the same bytes here",
    ),
    (
        "EndTxn",
        "the markers are written before the answer, and a partition that refuses its marker for good is done with",
        "one node needs no other broker for it: a consumer sees a transaction as soon as its producer knows of it; none is stuck",
    ),
    (
        "WriteTxnMarkers",
        "version 0",
        "Kafka 4 no longer serves it, but clients in use still send it; --as-version 4.0 and newer refuses it",
    ),
    (
        "DescribeAcls",
        "always SECURITY_DISABLED, as of a broker without an authorizer",
        "there is no authorizer yet: a configuration that names one is refused at start",
    ),
    (
        "CreateAcls",
        "always SECURITY_DISABLED, as of a broker without an authorizer",
        "there is no authorizer yet: a configuration that names one is refused at start",
    ),
    (
        "DeleteAcls",
        "always SECURITY_DISABLED, as of a broker without an authorizer",
        "there is no authorizer yet: a configuration that names one is refused at start",
    ),
    (
        "DescribeConfigs",
        "version 0",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "DescribeConfigs",
        "documentation is a sentence that says what a property does here",
        "the names are Kafka's, its texts are not ours",
    ),
    (
        "DescribeLogDirs",
        "version 0",
        "Kafka 4 no longer serves them, but clients in use still send them; --as-version 4.0 and newer refuses them",
    ),
    (
        "SaslAuthenticate",
        "another request in its place closes the connection without an answer where that API's answers have no error of their own (Metadata)",
        "Kafka writes the error into every item of the answer; the connection is closed all the same",
    ),
    (
        "SaslAuthenticate",
        "no delegation tokens (`tokenauth` fails)",
        "they are for frameworks that hand credentials on; the APIs that make them are refused",
    ),
    (
        "CreateDelegationToken",
        "always refused, as of a broker without `delegation.token.secret.key`",
        "there are no tokens yet: a configuration that sets the key is refused at start",
    ),
    (
        "RenewDelegationToken",
        "always refused, as of a broker without `delegation.token.secret.key`",
        "there are no tokens yet: a configuration that sets the key is refused at start",
    ),
    (
        "ExpireDelegationToken",
        "always refused, as of a broker without `delegation.token.secret.key`",
        "there are no tokens yet: a configuration that sets the key is refused at start",
    ),
    (
        "DescribeDelegationToken",
        "always refused, as of a broker without `delegation.token.secret.key`",
        "there are no tokens yet: a configuration that sets the key is refused at start",
    ),
    (
        "DeleteGroups",
        "the offsets of a group may be forgotten in several batches",
        "a group with more offsets than fit into one batch could not be deleted at all",
    ),
    (
        "IncrementalAlterConfigs",
        "an operation type that does not exist is INVALID_REQUEST",
        "Kafka answers UNKNOWN_SERVER_ERROR on some kinds of resources",
    ),
    (
        "IncrementalAlterConfigs",
        "listeners and their security cannot change while the broker runs",
        "Kafka opens and closes listeners; here that needs a restart, and is refused rather than stored without effect",
    ),
    (
        "AlterPartitionReassignments",
        "a replica on another broker is INVALID_REPLICA_ASSIGNMENT; dropping replicas is done at once",
        "no other broker will ever copy it; where a cluster's directory knows more brokers, Kafka would wait for them",
    ),
    (
        "AlterClientQuotas",
        "quotas are kept and told, also for a hand-over, and hold nobody back",
        "nothing is throttled yet",
    ),
    (
        "AlterUserScramCredentials",
        "an empty salted password is UNACCEPTABLE_CREDENTIAL",
        "Kafka runs into an error of its own, UNKNOWN_SERVER_ERROR",
    ),
    (
        "DescribeQuorum",
        "the voter's address is the one that the client came in by",
        "there is no listener for controllers",
    ),
    (
        "UpdateFeatures",
        "kraft.version stays at 0",
        "at 1 the voters of the quorum stand in the log; here the quorum is the one node of the configuration",
    ),
    (
        "UnregisterBroker",
        "this node is INVALID_REQUEST; others that the metadata know are forgotten",
        "Kafka forgets its only broker too, and all partitions are without a leader until it is started again",
    ),
    (
        "ConsumerGroupHeartbeat",
        "a new regular expression is resolved with the heartbeat that brings it",
        "Kafka resolves it in the background and assigns its topics with the next heartbeat, five seconds later by default",
    ),
    (
        "ConsumerGroupHeartbeat",
        "regular expressions are matched by kafkalite's own engine, in RE2's syntax",
        "Kafka's RE2J has no counterpart in Python's library; matching takes a time that grows with the topic name alone. Groups nest 200 deep, a compiled expression has 20000 states at most, of Unicode's scripts only Latin, Common, Greek, Cyrillic and Han are known",
    ),
    (
        "ConsumerGroupHeartbeat",
        "assignors of one's own, named by their class in group.consumer.assignors, are left out",
        "they are Java classes",
    ),
    (
        "ConsumerGroupHeartbeat",
        "a group whose last assignment is dated in the future gets a new one without waiting for assignment.interval.ms",
        "a clock that was set back by an hour must not keep partitions without an owner for an hour",
    ),
)

#: Feature -> (lowest supported, highest supported, finalized) level of a new Kafka 4.4 cluster
FEATURES: dict[str, tuple[int, int, int]] = {
    "eligible.leader.replicas.version": (0, 1, 1),
    "group.version": (0, 1, 1),
    "kraft.version": (0, 1, 1),
    "metadata.version": (7, 33, 33),
    "share.version": (0, 2, 2),
    "streams.version": (0, 1, 1),
    "transaction.version": (0, 2, 2),
}

#: The releases that can be imitated, the newest last
RELEASES = ("2.8", "3.9", "4.0", "4.1", "4.2", "4.3", "4.4")
