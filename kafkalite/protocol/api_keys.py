# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""API keys of the requests a client may send to a broker."""

from __future__ import annotations

PRODUCE = 0
FETCH = 1
LIST_OFFSETS = 2
METADATA = 3
OFFSET_COMMIT = 8
OFFSET_FETCH = 9
FIND_COORDINATOR = 10
JOIN_GROUP = 11
HEARTBEAT = 12
LEAVE_GROUP = 13
SYNC_GROUP = 14
DESCRIBE_GROUPS = 15
LIST_GROUPS = 16
SASL_HANDSHAKE = 17
API_VERSIONS = 18
CREATE_TOPICS = 19
DELETE_TOPICS = 20
DELETE_RECORDS = 21
INIT_PRODUCER_ID = 22
OFFSET_FOR_LEADER_EPOCH = 23
ADD_PARTITIONS_TO_TXN = 24
ADD_OFFSETS_TO_TXN = 25
END_TXN = 26
WRITE_TXN_MARKERS = 27
TXN_OFFSET_COMMIT = 28
DESCRIBE_ACLS = 29
CREATE_ACLS = 30
DELETE_ACLS = 31
DESCRIBE_CONFIGS = 32
ALTER_CONFIGS = 33
ALTER_REPLICA_LOG_DIRS = 34
DESCRIBE_LOG_DIRS = 35
SASL_AUTHENTICATE = 36
CREATE_PARTITIONS = 37
CREATE_DELEGATION_TOKEN = 38
RENEW_DELEGATION_TOKEN = 39
EXPIRE_DELEGATION_TOKEN = 40
DESCRIBE_DELEGATION_TOKEN = 41
DELETE_GROUPS = 42
ELECT_LEADERS = 43
INCREMENTAL_ALTER_CONFIGS = 44
ALTER_PARTITION_REASSIGNMENTS = 45
LIST_PARTITION_REASSIGNMENTS = 46
OFFSET_DELETE = 47
DESCRIBE_CLIENT_QUOTAS = 48
ALTER_CLIENT_QUOTAS = 49
DESCRIBE_USER_SCRAM_CREDENTIALS = 50
ALTER_USER_SCRAM_CREDENTIALS = 51
DESCRIBE_QUORUM = 55
UPDATE_FEATURES = 57
DESCRIBE_CLUSTER = 60
DESCRIBE_PRODUCERS = 61
UNREGISTER_BROKER = 64
DESCRIBE_TRANSACTIONS = 65
LIST_TRANSACTIONS = 66
CONSUMER_GROUP_HEARTBEAT = 68
CONSUMER_GROUP_DESCRIBE = 69
GET_TELEMETRY_SUBSCRIPTIONS = 71
PUSH_TELEMETRY = 72
LIST_CONFIG_RESOURCES = 74
DESCRIBE_TOPIC_PARTITIONS = 75
SHARE_GROUP_HEARTBEAT = 76
SHARE_GROUP_DESCRIBE = 77
SHARE_FETCH = 78
SHARE_ACKNOWLEDGE = 79
ADD_RAFT_VOTER = 80
REMOVE_RAFT_VOTER = 81
INITIALIZE_SHARE_GROUP_STATE = 83
READ_SHARE_GROUP_STATE = 84
WRITE_SHARE_GROUP_STATE = 85
DELETE_SHARE_GROUP_STATE = 86
READ_SHARE_GROUP_STATE_SUMMARY = 87
STREAMS_GROUP_HEARTBEAT = 88
STREAMS_GROUP_DESCRIBE = 89
DESCRIBE_SHARE_GROUP_OFFSETS = 90
ALTER_SHARE_GROUP_OFFSETS = 91
DELETE_SHARE_GROUP_OFFSETS = 92
STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE = 93
UNREGISTER_CONTROLLER = 94

#: Kafka's name of each API.
NAMES: dict[int, str] = {
    PRODUCE: "Produce",
    FETCH: "Fetch",
    LIST_OFFSETS: "ListOffsets",
    METADATA: "Metadata",
    OFFSET_COMMIT: "OffsetCommit",
    OFFSET_FETCH: "OffsetFetch",
    FIND_COORDINATOR: "FindCoordinator",
    JOIN_GROUP: "JoinGroup",
    HEARTBEAT: "Heartbeat",
    LEAVE_GROUP: "LeaveGroup",
    SYNC_GROUP: "SyncGroup",
    DESCRIBE_GROUPS: "DescribeGroups",
    LIST_GROUPS: "ListGroups",
    SASL_HANDSHAKE: "SaslHandshake",
    API_VERSIONS: "ApiVersions",
    CREATE_TOPICS: "CreateTopics",
    DELETE_TOPICS: "DeleteTopics",
    DELETE_RECORDS: "DeleteRecords",
    INIT_PRODUCER_ID: "InitProducerId",
    OFFSET_FOR_LEADER_EPOCH: "OffsetForLeaderEpoch",
    ADD_PARTITIONS_TO_TXN: "AddPartitionsToTxn",
    ADD_OFFSETS_TO_TXN: "AddOffsetsToTxn",
    END_TXN: "EndTxn",
    WRITE_TXN_MARKERS: "WriteTxnMarkers",
    TXN_OFFSET_COMMIT: "TxnOffsetCommit",
    DESCRIBE_ACLS: "DescribeAcls",
    CREATE_ACLS: "CreateAcls",
    DELETE_ACLS: "DeleteAcls",
    DESCRIBE_CONFIGS: "DescribeConfigs",
    ALTER_CONFIGS: "AlterConfigs",
    ALTER_REPLICA_LOG_DIRS: "AlterReplicaLogDirs",
    DESCRIBE_LOG_DIRS: "DescribeLogDirs",
    SASL_AUTHENTICATE: "SaslAuthenticate",
    CREATE_PARTITIONS: "CreatePartitions",
    CREATE_DELEGATION_TOKEN: "CreateDelegationToken",
    RENEW_DELEGATION_TOKEN: "RenewDelegationToken",
    EXPIRE_DELEGATION_TOKEN: "ExpireDelegationToken",
    DESCRIBE_DELEGATION_TOKEN: "DescribeDelegationToken",
    DELETE_GROUPS: "DeleteGroups",
    ELECT_LEADERS: "ElectLeaders",
    INCREMENTAL_ALTER_CONFIGS: "IncrementalAlterConfigs",
    ALTER_PARTITION_REASSIGNMENTS: "AlterPartitionReassignments",
    LIST_PARTITION_REASSIGNMENTS: "ListPartitionReassignments",
    OFFSET_DELETE: "OffsetDelete",
    DESCRIBE_CLIENT_QUOTAS: "DescribeClientQuotas",
    ALTER_CLIENT_QUOTAS: "AlterClientQuotas",
    DESCRIBE_USER_SCRAM_CREDENTIALS: "DescribeUserScramCredentials",
    ALTER_USER_SCRAM_CREDENTIALS: "AlterUserScramCredentials",
    DESCRIBE_QUORUM: "DescribeQuorum",
    UPDATE_FEATURES: "UpdateFeatures",
    DESCRIBE_CLUSTER: "DescribeCluster",
    DESCRIBE_PRODUCERS: "DescribeProducers",
    UNREGISTER_BROKER: "UnregisterBroker",
    DESCRIBE_TRANSACTIONS: "DescribeTransactions",
    LIST_TRANSACTIONS: "ListTransactions",
    CONSUMER_GROUP_HEARTBEAT: "ConsumerGroupHeartbeat",
    CONSUMER_GROUP_DESCRIBE: "ConsumerGroupDescribe",
    GET_TELEMETRY_SUBSCRIPTIONS: "GetTelemetrySubscriptions",
    PUSH_TELEMETRY: "PushTelemetry",
    LIST_CONFIG_RESOURCES: "ListConfigResources",
    DESCRIBE_TOPIC_PARTITIONS: "DescribeTopicPartitions",
    SHARE_GROUP_HEARTBEAT: "ShareGroupHeartbeat",
    SHARE_GROUP_DESCRIBE: "ShareGroupDescribe",
    SHARE_FETCH: "ShareFetch",
    SHARE_ACKNOWLEDGE: "ShareAcknowledge",
    ADD_RAFT_VOTER: "AddRaftVoter",
    REMOVE_RAFT_VOTER: "RemoveRaftVoter",
    INITIALIZE_SHARE_GROUP_STATE: "InitializeShareGroupState",
    READ_SHARE_GROUP_STATE: "ReadShareGroupState",
    WRITE_SHARE_GROUP_STATE: "WriteShareGroupState",
    DELETE_SHARE_GROUP_STATE: "DeleteShareGroupState",
    READ_SHARE_GROUP_STATE_SUMMARY: "ReadShareGroupStateSummary",
    STREAMS_GROUP_HEARTBEAT: "StreamsGroupHeartbeat",
    STREAMS_GROUP_DESCRIBE: "StreamsGroupDescribe",
    DESCRIBE_SHARE_GROUP_OFFSETS: "DescribeShareGroupOffsets",
    ALTER_SHARE_GROUP_OFFSETS: "AlterShareGroupOffsets",
    DELETE_SHARE_GROUP_OFFSETS: "DeleteShareGroupOffsets",
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: "StreamsGroupTopologyDescriptionUpdate",
    UNREGISTER_CONTROLLER: "UnregisterController",
}

#: The start of the names of its two message modules.
MODULES: dict[int, str] = {
    PRODUCE: "produce",
    FETCH: "fetch",
    LIST_OFFSETS: "list_offsets",
    METADATA: "metadata",
    OFFSET_COMMIT: "offset_commit",
    OFFSET_FETCH: "offset_fetch",
    FIND_COORDINATOR: "find_coordinator",
    JOIN_GROUP: "join_group",
    HEARTBEAT: "heartbeat",
    LEAVE_GROUP: "leave_group",
    SYNC_GROUP: "sync_group",
    DESCRIBE_GROUPS: "describe_groups",
    LIST_GROUPS: "list_groups",
    SASL_HANDSHAKE: "sasl_handshake",
    API_VERSIONS: "api_versions",
    CREATE_TOPICS: "create_topics",
    DELETE_TOPICS: "delete_topics",
    DELETE_RECORDS: "delete_records",
    INIT_PRODUCER_ID: "init_producer_id",
    OFFSET_FOR_LEADER_EPOCH: "offset_for_leader_epoch",
    ADD_PARTITIONS_TO_TXN: "add_partitions_to_txn",
    ADD_OFFSETS_TO_TXN: "add_offsets_to_txn",
    END_TXN: "end_txn",
    WRITE_TXN_MARKERS: "write_txn_markers",
    TXN_OFFSET_COMMIT: "txn_offset_commit",
    DESCRIBE_ACLS: "describe_acls",
    CREATE_ACLS: "create_acls",
    DELETE_ACLS: "delete_acls",
    DESCRIBE_CONFIGS: "describe_configs",
    ALTER_CONFIGS: "alter_configs",
    ALTER_REPLICA_LOG_DIRS: "alter_replica_log_dirs",
    DESCRIBE_LOG_DIRS: "describe_log_dirs",
    SASL_AUTHENTICATE: "sasl_authenticate",
    CREATE_PARTITIONS: "create_partitions",
    CREATE_DELEGATION_TOKEN: "create_delegation_token",
    RENEW_DELEGATION_TOKEN: "renew_delegation_token",
    EXPIRE_DELEGATION_TOKEN: "expire_delegation_token",
    DESCRIBE_DELEGATION_TOKEN: "describe_delegation_token",
    DELETE_GROUPS: "delete_groups",
    ELECT_LEADERS: "elect_leaders",
    INCREMENTAL_ALTER_CONFIGS: "incremental_alter_configs",
    ALTER_PARTITION_REASSIGNMENTS: "alter_partition_reassignments",
    LIST_PARTITION_REASSIGNMENTS: "list_partition_reassignments",
    OFFSET_DELETE: "offset_delete",
    DESCRIBE_CLIENT_QUOTAS: "describe_client_quotas",
    ALTER_CLIENT_QUOTAS: "alter_client_quotas",
    DESCRIBE_USER_SCRAM_CREDENTIALS: "describe_user_scram_credentials",
    ALTER_USER_SCRAM_CREDENTIALS: "alter_user_scram_credentials",
    DESCRIBE_QUORUM: "describe_quorum",
    UPDATE_FEATURES: "update_features",
    DESCRIBE_CLUSTER: "describe_cluster",
    DESCRIBE_PRODUCERS: "describe_producers",
    UNREGISTER_BROKER: "unregister_broker",
    DESCRIBE_TRANSACTIONS: "describe_transactions",
    LIST_TRANSACTIONS: "list_transactions",
    CONSUMER_GROUP_HEARTBEAT: "consumer_group_heartbeat",
    CONSUMER_GROUP_DESCRIBE: "consumer_group_describe",
    GET_TELEMETRY_SUBSCRIPTIONS: "get_telemetry_subscriptions",
    PUSH_TELEMETRY: "push_telemetry",
    LIST_CONFIG_RESOURCES: "list_config_resources",
    DESCRIBE_TOPIC_PARTITIONS: "describe_topic_partitions",
    SHARE_GROUP_HEARTBEAT: "share_group_heartbeat",
    SHARE_GROUP_DESCRIBE: "share_group_describe",
    SHARE_FETCH: "share_fetch",
    SHARE_ACKNOWLEDGE: "share_acknowledge",
    ADD_RAFT_VOTER: "add_raft_voter",
    REMOVE_RAFT_VOTER: "remove_raft_voter",
    INITIALIZE_SHARE_GROUP_STATE: "initialize_share_group_state",
    READ_SHARE_GROUP_STATE: "read_share_group_state",
    WRITE_SHARE_GROUP_STATE: "write_share_group_state",
    DELETE_SHARE_GROUP_STATE: "delete_share_group_state",
    READ_SHARE_GROUP_STATE_SUMMARY: "read_share_group_state_summary",
    STREAMS_GROUP_HEARTBEAT: "streams_group_heartbeat",
    STREAMS_GROUP_DESCRIBE: "streams_group_describe",
    DESCRIBE_SHARE_GROUP_OFFSETS: "describe_share_group_offsets",
    ALTER_SHARE_GROUP_OFFSETS: "alter_share_group_offsets",
    DELETE_SHARE_GROUP_OFFSETS: "delete_share_group_offsets",
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: "streams_group_topology_description_update",
    UNREGISTER_CONTROLLER: "unregister_controller",
}

#: The first version with flexible encodings; 32767 when none has them.
FIRST_FLEXIBLE_VERSIONS: dict[int, int] = {
    PRODUCE: 9,
    FETCH: 12,
    LIST_OFFSETS: 6,
    METADATA: 9,
    OFFSET_COMMIT: 8,
    OFFSET_FETCH: 6,
    FIND_COORDINATOR: 3,
    JOIN_GROUP: 6,
    HEARTBEAT: 4,
    LEAVE_GROUP: 4,
    SYNC_GROUP: 4,
    DESCRIBE_GROUPS: 5,
    LIST_GROUPS: 3,
    SASL_HANDSHAKE: 32767,
    API_VERSIONS: 3,
    CREATE_TOPICS: 5,
    DELETE_TOPICS: 4,
    DELETE_RECORDS: 2,
    INIT_PRODUCER_ID: 2,
    OFFSET_FOR_LEADER_EPOCH: 4,
    ADD_PARTITIONS_TO_TXN: 3,
    ADD_OFFSETS_TO_TXN: 3,
    END_TXN: 3,
    WRITE_TXN_MARKERS: 1,
    TXN_OFFSET_COMMIT: 3,
    DESCRIBE_ACLS: 2,
    CREATE_ACLS: 2,
    DELETE_ACLS: 2,
    DESCRIBE_CONFIGS: 4,
    ALTER_CONFIGS: 2,
    ALTER_REPLICA_LOG_DIRS: 2,
    DESCRIBE_LOG_DIRS: 2,
    SASL_AUTHENTICATE: 2,
    CREATE_PARTITIONS: 2,
    CREATE_DELEGATION_TOKEN: 2,
    RENEW_DELEGATION_TOKEN: 2,
    EXPIRE_DELEGATION_TOKEN: 2,
    DESCRIBE_DELEGATION_TOKEN: 2,
    DELETE_GROUPS: 2,
    ELECT_LEADERS: 2,
    INCREMENTAL_ALTER_CONFIGS: 1,
    ALTER_PARTITION_REASSIGNMENTS: 0,
    LIST_PARTITION_REASSIGNMENTS: 0,
    OFFSET_DELETE: 32767,
    DESCRIBE_CLIENT_QUOTAS: 1,
    ALTER_CLIENT_QUOTAS: 1,
    DESCRIBE_USER_SCRAM_CREDENTIALS: 0,
    ALTER_USER_SCRAM_CREDENTIALS: 0,
    DESCRIBE_QUORUM: 0,
    UPDATE_FEATURES: 0,
    DESCRIBE_CLUSTER: 0,
    DESCRIBE_PRODUCERS: 0,
    UNREGISTER_BROKER: 0,
    DESCRIBE_TRANSACTIONS: 0,
    LIST_TRANSACTIONS: 0,
    CONSUMER_GROUP_HEARTBEAT: 0,
    CONSUMER_GROUP_DESCRIBE: 0,
    GET_TELEMETRY_SUBSCRIPTIONS: 0,
    PUSH_TELEMETRY: 0,
    LIST_CONFIG_RESOURCES: 0,
    DESCRIBE_TOPIC_PARTITIONS: 0,
    SHARE_GROUP_HEARTBEAT: 0,
    SHARE_GROUP_DESCRIBE: 0,
    SHARE_FETCH: 0,
    SHARE_ACKNOWLEDGE: 0,
    ADD_RAFT_VOTER: 0,
    REMOVE_RAFT_VOTER: 0,
    INITIALIZE_SHARE_GROUP_STATE: 0,
    READ_SHARE_GROUP_STATE: 0,
    WRITE_SHARE_GROUP_STATE: 0,
    DELETE_SHARE_GROUP_STATE: 0,
    READ_SHARE_GROUP_STATE_SUMMARY: 0,
    STREAMS_GROUP_HEARTBEAT: 0,
    STREAMS_GROUP_DESCRIBE: 0,
    DESCRIBE_SHARE_GROUP_OFFSETS: 0,
    ALTER_SHARE_GROUP_OFFSETS: 0,
    DELETE_SHARE_GROUP_OFFSETS: 0,
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: 0,
    UNREGISTER_CONTROLLER: 0,
}

#: First and last version of the answers with an error for the whole request.
ERROR_CODE_VERSIONS: dict[int, tuple[int, int]] = {
    FETCH: (7, 18),
    METADATA: (13, 13),
    OFFSET_FETCH: (2, 7),
    FIND_COORDINATOR: (0, 3),
    JOIN_GROUP: (0, 9),
    HEARTBEAT: (0, 4),
    LEAVE_GROUP: (0, 5),
    SYNC_GROUP: (0, 5),
    LIST_GROUPS: (0, 5),
    SASL_HANDSHAKE: (0, 1),
    API_VERSIONS: (0, 5),
    INIT_PRODUCER_ID: (0, 5),
    ADD_PARTITIONS_TO_TXN: (4, 5),
    ADD_OFFSETS_TO_TXN: (0, 4),
    END_TXN: (0, 5),
    DESCRIBE_ACLS: (0, 3),
    DESCRIBE_LOG_DIRS: (3, 5),
    SASL_AUTHENTICATE: (0, 2),
    CREATE_DELEGATION_TOKEN: (0, 3),
    RENEW_DELEGATION_TOKEN: (0, 2),
    EXPIRE_DELEGATION_TOKEN: (0, 2),
    DESCRIBE_DELEGATION_TOKEN: (0, 3),
    ELECT_LEADERS: (1, 2),
    ALTER_PARTITION_REASSIGNMENTS: (0, 1),
    LIST_PARTITION_REASSIGNMENTS: (0, 0),
    OFFSET_DELETE: (0, 0),
    DESCRIBE_CLIENT_QUOTAS: (0, 1),
    DESCRIBE_USER_SCRAM_CREDENTIALS: (0, 0),
    DESCRIBE_QUORUM: (0, 2),
    UPDATE_FEATURES: (0, 2),
    DESCRIBE_CLUSTER: (0, 2),
    UNREGISTER_BROKER: (0, 0),
    LIST_TRANSACTIONS: (0, 2),
    CONSUMER_GROUP_HEARTBEAT: (0, 1),
    GET_TELEMETRY_SUBSCRIPTIONS: (0, 0),
    PUSH_TELEMETRY: (0, 0),
    LIST_CONFIG_RESOURCES: (0, 1),
    SHARE_GROUP_HEARTBEAT: (1, 1),
    SHARE_FETCH: (1, 2),
    SHARE_ACKNOWLEDGE: (1, 2),
    ADD_RAFT_VOTER: (0, 1),
    REMOVE_RAFT_VOTER: (0, 0),
    STREAMS_GROUP_HEARTBEAT: (0, 1),
    ALTER_SHARE_GROUP_OFFSETS: (0, 0),
    DELETE_SHARE_GROUP_OFFSETS: (0, 0),
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: (0, 0),
    UNREGISTER_CONTROLLER: (0, 0),
}

#: First and last version of the answers with words for it.
ERROR_MESSAGE_VERSIONS: dict[int, tuple[int, int]] = {
    FIND_COORDINATOR: (1, 3),
    DESCRIBE_ACLS: (0, 3),
    SASL_AUTHENTICATE: (0, 2),
    ALTER_PARTITION_REASSIGNMENTS: (0, 1),
    LIST_PARTITION_REASSIGNMENTS: (0, 0),
    DESCRIBE_CLIENT_QUOTAS: (0, 1),
    DESCRIBE_USER_SCRAM_CREDENTIALS: (0, 0),
    DESCRIBE_QUORUM: (2, 2),
    UPDATE_FEATURES: (0, 2),
    DESCRIBE_CLUSTER: (0, 2),
    UNREGISTER_BROKER: (0, 0),
    CONSUMER_GROUP_HEARTBEAT: (0, 1),
    SHARE_GROUP_HEARTBEAT: (1, 1),
    SHARE_FETCH: (1, 2),
    SHARE_ACKNOWLEDGE: (1, 2),
    ADD_RAFT_VOTER: (0, 1),
    REMOVE_RAFT_VOTER: (0, 0),
    STREAMS_GROUP_HEARTBEAT: (0, 1),
    ALTER_SHARE_GROUP_OFFSETS: (0, 0),
    DELETE_SHARE_GROUP_OFFSETS: (0, 0),
    STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE: (0, 0),
    UNREGISTER_CONTROLLER: (0, 0),
}
