"""Which handler answers which API: the whole table, as data. Modules are imported with their first request."""

from __future__ import annotations

from kafkalite.protocol import api_keys

_HANDLERS = "kafkalite.broker.handlers"

ROUTES: dict[int, tuple[str, str, str]] = {
    api_keys.PRODUCE: (f"{_HANDLERS}.produce", "ProduceHandler", "produce"),
    api_keys.FETCH: (f"{_HANDLERS}.fetch", "FetchHandler", "fetch"),
    api_keys.LIST_OFFSETS: (f"{_HANDLERS}.list_offsets", "ListOffsetsHandler", "list_offsets"),
    api_keys.METADATA: (f"{_HANDLERS}.metadata", "MetadataHandler", "metadata"),
    api_keys.FIND_COORDINATOR: (f"{_HANDLERS}.find_coordinator", "FindCoordinatorHandler", "find_coordinator"),
    api_keys.OFFSET_COMMIT: (f"{_HANDLERS}.offset_commit", "OffsetCommitHandler", "offset_commit"),
    api_keys.OFFSET_FETCH: (f"{_HANDLERS}.offset_fetch", "OffsetFetchHandler", "offset_fetch"),
    api_keys.JOIN_GROUP: (f"{_HANDLERS}.join_group", "JoinGroupHandler", "join_group"),
    api_keys.HEARTBEAT: (f"{_HANDLERS}.heartbeat", "HeartbeatHandler", "heartbeat"),
    api_keys.LEAVE_GROUP: (f"{_HANDLERS}.leave_group", "LeaveGroupHandler", "leave_group"),
    api_keys.SYNC_GROUP: (f"{_HANDLERS}.sync_group", "SyncGroupHandler", "sync_group"),
    api_keys.DESCRIBE_GROUPS: (f"{_HANDLERS}.describe_groups", "DescribeGroupsHandler", "describe_groups"),
    api_keys.LIST_GROUPS: (f"{_HANDLERS}.list_groups", "ListGroupsHandler", "list_groups"),
    api_keys.DELETE_GROUPS: (f"{_HANDLERS}.delete_groups", "DeleteGroupsHandler", "delete_groups"),
    api_keys.OFFSET_DELETE: (f"{_HANDLERS}.offset_delete", "OffsetDeleteHandler", "offset_delete"),
    api_keys.SASL_HANDSHAKE: (f"{_HANDLERS}.sasl_handshake", "SaslHandshakeHandler", "sasl_handshake"),
    api_keys.SASL_AUTHENTICATE: (f"{_HANDLERS}.sasl_authenticate", "SaslAuthenticateHandler", "sasl_authenticate"),
    api_keys.DESCRIBE_ACLS: (f"{_HANDLERS}.describe_acls", "DescribeAclsHandler", "describe_acls"),
    api_keys.CREATE_ACLS: (f"{_HANDLERS}.create_acls", "CreateAclsHandler", "create_acls"),
    api_keys.DELETE_ACLS: (f"{_HANDLERS}.delete_acls", "DeleteAclsHandler", "delete_acls"),
    api_keys.CREATE_DELEGATION_TOKEN: (
        f"{_HANDLERS}.create_delegation_token",
        "CreateDelegationTokenHandler",
        "create_delegation_token",
    ),
    api_keys.RENEW_DELEGATION_TOKEN: (
        f"{_HANDLERS}.renew_delegation_token",
        "RenewDelegationTokenHandler",
        "renew_delegation_token",
    ),
    api_keys.EXPIRE_DELEGATION_TOKEN: (
        f"{_HANDLERS}.expire_delegation_token",
        "ExpireDelegationTokenHandler",
        "expire_delegation_token",
    ),
    api_keys.DESCRIBE_DELEGATION_TOKEN: (
        f"{_HANDLERS}.describe_delegation_token",
        "DescribeDelegationTokenHandler",
        "describe_delegation_token",
    ),
    api_keys.API_VERSIONS: (f"{_HANDLERS}.api_versions", "ApiVersionsHandler", "api_versions"),
    api_keys.CREATE_TOPICS: (f"{_HANDLERS}.create_topics", "CreateTopicsHandler", "create_topics"),
    api_keys.DELETE_TOPICS: (f"{_HANDLERS}.delete_topics", "DeleteTopicsHandler", "delete_topics"),
    api_keys.DELETE_RECORDS: (f"{_HANDLERS}.delete_records", "DeleteRecordsHandler", "delete_records"),
    api_keys.INIT_PRODUCER_ID: (f"{_HANDLERS}.init_producer_id", "InitProducerIdHandler", "init_producer_id"),
    api_keys.ADD_PARTITIONS_TO_TXN: (
        f"{_HANDLERS}.add_partitions_to_txn",
        "AddPartitionsToTxnHandler",
        "add_partitions_to_txn",
    ),
    api_keys.ADD_OFFSETS_TO_TXN: (f"{_HANDLERS}.add_offsets_to_txn", "AddOffsetsToTxnHandler", "add_offsets_to_txn"),
    api_keys.END_TXN: (f"{_HANDLERS}.end_txn", "EndTxnHandler", "end_txn"),
    api_keys.WRITE_TXN_MARKERS: (f"{_HANDLERS}.write_txn_markers", "WriteTxnMarkersHandler", "write_txn_markers"),
    api_keys.TXN_OFFSET_COMMIT: (f"{_HANDLERS}.txn_offset_commit", "TxnOffsetCommitHandler", "txn_offset_commit"),
    api_keys.LIST_TRANSACTIONS: (f"{_HANDLERS}.list_transactions", "ListTransactionsHandler", "list_transactions"),
    api_keys.DESCRIBE_TRANSACTIONS: (
        f"{_HANDLERS}.describe_transactions",
        "DescribeTransactionsHandler",
        "describe_transactions",
    ),
    api_keys.OFFSET_FOR_LEADER_EPOCH: (
        f"{_HANDLERS}.offset_for_leader_epoch",
        "OffsetForLeaderEpochHandler",
        "offset_for_leader_epoch",
    ),
    api_keys.DESCRIBE_CONFIGS: (f"{_HANDLERS}.describe_configs", "DescribeConfigsHandler", "describe_configs"),
    api_keys.ALTER_CONFIGS: (f"{_HANDLERS}.alter_configs", "AlterConfigsHandler", "alter_configs"),
    api_keys.INCREMENTAL_ALTER_CONFIGS: (
        f"{_HANDLERS}.incremental_alter_configs",
        "IncrementalAlterConfigsHandler",
        "incremental_alter_configs",
    ),
    api_keys.LIST_CONFIG_RESOURCES: (
        f"{_HANDLERS}.list_config_resources",
        "ListConfigResourcesHandler",
        "list_config_resources",
    ),
    api_keys.DESCRIBE_LOG_DIRS: (f"{_HANDLERS}.describe_log_dirs", "DescribeLogDirsHandler", "describe_log_dirs"),
    api_keys.ALTER_REPLICA_LOG_DIRS: (
        f"{_HANDLERS}.alter_replica_log_dirs",
        "AlterReplicaLogDirsHandler",
        "alter_replica_log_dirs",
    ),
    api_keys.DESCRIBE_CLIENT_QUOTAS: (
        f"{_HANDLERS}.describe_client_quotas",
        "DescribeClientQuotasHandler",
        "describe_client_quotas",
    ),
    api_keys.ALTER_CLIENT_QUOTAS: (
        f"{_HANDLERS}.alter_client_quotas",
        "AlterClientQuotasHandler",
        "alter_client_quotas",
    ),
    api_keys.DESCRIBE_USER_SCRAM_CREDENTIALS: (
        f"{_HANDLERS}.describe_user_scram_credentials",
        "DescribeUserScramCredentialsHandler",
        "describe_user_scram_credentials",
    ),
    api_keys.ALTER_USER_SCRAM_CREDENTIALS: (
        f"{_HANDLERS}.alter_user_scram_credentials",
        "AlterUserScramCredentialsHandler",
        "alter_user_scram_credentials",
    ),
    api_keys.UPDATE_FEATURES: (f"{_HANDLERS}.update_features", "UpdateFeaturesHandler", "update_features"),
    api_keys.ELECT_LEADERS: (f"{_HANDLERS}.elect_leaders", "ElectLeadersHandler", "elect_leaders"),
    api_keys.ALTER_PARTITION_REASSIGNMENTS: (
        f"{_HANDLERS}.alter_partition_reassignments",
        "AlterPartitionReassignmentsHandler",
        "alter_partition_reassignments",
    ),
    api_keys.LIST_PARTITION_REASSIGNMENTS: (
        f"{_HANDLERS}.list_partition_reassignments",
        "ListPartitionReassignmentsHandler",
        "list_partition_reassignments",
    ),
    api_keys.CREATE_PARTITIONS: (f"{_HANDLERS}.create_partitions", "CreatePartitionsHandler", "create_partitions"),
    api_keys.DESCRIBE_QUORUM: (f"{_HANDLERS}.describe_quorum", "DescribeQuorumHandler", "describe_quorum"),
    api_keys.ADD_RAFT_VOTER: (f"{_HANDLERS}.add_raft_voter", "AddRaftVoterHandler", "add_raft_voter"),
    api_keys.REMOVE_RAFT_VOTER: (f"{_HANDLERS}.remove_raft_voter", "RemoveRaftVoterHandler", "remove_raft_voter"),
    api_keys.UNREGISTER_BROKER: (f"{_HANDLERS}.unregister_broker", "UnregisterBrokerHandler", "unregister_broker"),
    api_keys.DESCRIBE_CLUSTER: (f"{_HANDLERS}.describe_cluster", "DescribeClusterHandler", "describe_cluster"),
    api_keys.DESCRIBE_PRODUCERS: (f"{_HANDLERS}.describe_producers", "DescribeProducersHandler", "describe_producers"),
    api_keys.CONSUMER_GROUP_HEARTBEAT: (
        f"{_HANDLERS}.consumer_group_heartbeat",
        "ConsumerGroupHeartbeatHandler",
        "consumer_group_heartbeat",
    ),
    api_keys.CONSUMER_GROUP_DESCRIBE: (
        f"{_HANDLERS}.consumer_group_describe",
        "ConsumerGroupDescribeHandler",
        "consumer_group_describe",
    ),
    api_keys.DESCRIBE_TOPIC_PARTITIONS: (
        f"{_HANDLERS}.describe_topic_partitions",
        "DescribeTopicPartitionsHandler",
        "describe_topic_partitions",
    ),
}
"""API key -> (module, class, method)."""
