# Generated from protocol_specs/ by `python scripts/generate_protocol.py`. Do not edit by hand.
# ruff: noqa
"""Types of the records in Kafka's internal topics."""

from __future__ import annotations

REGISTER_BROKER_RECORD = 0
UNREGISTER_BROKER_RECORD = 1
TOPIC_RECORD = 2
PARTITION_RECORD = 3
CONFIG_RECORD = 4
PARTITION_CHANGE_RECORD = 5
FENCE_BROKER_RECORD = 7
UNFENCE_BROKER_RECORD = 8
REMOVE_TOPIC_RECORD = 9
DELEGATION_TOKEN_RECORD = 10
USER_SCRAM_CREDENTIAL_RECORD = 11
FEATURE_LEVEL_RECORD = 12
CLIENT_QUOTA_RECORD = 14
PRODUCER_IDS_RECORD = 15
BROKER_REGISTRATION_CHANGE_RECORD = 17
ACCESS_CONTROL_ENTRY_RECORD = 18
REMOVE_ACCESS_CONTROL_ENTRY_RECORD = 19
NO_OP_RECORD = 20
ZK_MIGRATION_STATE_RECORD = 21
REMOVE_USER_SCRAM_CREDENTIAL_RECORD = 22
BEGIN_TRANSACTION_RECORD = 23
END_TRANSACTION_RECORD = 24
ABORT_TRANSACTION_RECORD = 25
REMOVE_DELEGATION_TOKEN_RECORD = 26
REGISTER_CONTROLLER_RECORD = 27
CLEAR_ELR_RECORD = 28
UNREGISTER_CONTROLLER_RECORD = 29

#: Records of `__cluster_metadata`: type -> module and class.
METADATA_RECORDS: dict[int, tuple[str, str]] = {
    REGISTER_BROKER_RECORD: ("register_broker_record", "RegisterBrokerRecord"),
    UNREGISTER_BROKER_RECORD: ("unregister_broker_record", "UnregisterBrokerRecord"),
    TOPIC_RECORD: ("topic_record", "TopicRecord"),
    PARTITION_RECORD: ("partition_record", "PartitionRecord"),
    CONFIG_RECORD: ("config_record", "ConfigRecord"),
    PARTITION_CHANGE_RECORD: ("partition_change_record", "PartitionChangeRecord"),
    FENCE_BROKER_RECORD: ("fence_broker_record", "FenceBrokerRecord"),
    UNFENCE_BROKER_RECORD: ("unfence_broker_record", "UnfenceBrokerRecord"),
    REMOVE_TOPIC_RECORD: ("remove_topic_record", "RemoveTopicRecord"),
    DELEGATION_TOKEN_RECORD: ("delegation_token_record", "DelegationTokenRecord"),
    USER_SCRAM_CREDENTIAL_RECORD: ("user_scram_credential_record", "UserScramCredentialRecord"),
    FEATURE_LEVEL_RECORD: ("feature_level_record", "FeatureLevelRecord"),
    CLIENT_QUOTA_RECORD: ("client_quota_record", "ClientQuotaRecord"),
    PRODUCER_IDS_RECORD: ("producer_ids_record", "ProducerIdsRecord"),
    BROKER_REGISTRATION_CHANGE_RECORD: ("broker_registration_change_record", "BrokerRegistrationChangeRecord"),
    ACCESS_CONTROL_ENTRY_RECORD: ("access_control_entry_record", "AccessControlEntryRecord"),
    REMOVE_ACCESS_CONTROL_ENTRY_RECORD: ("remove_access_control_entry_record", "RemoveAccessControlEntryRecord"),
    NO_OP_RECORD: ("no_op_record", "NoOpRecord"),
    ZK_MIGRATION_STATE_RECORD: ("zk_migration_state_record", "ZkMigrationStateRecord"),
    REMOVE_USER_SCRAM_CREDENTIAL_RECORD: ("remove_user_scram_credential_record", "RemoveUserScramCredentialRecord"),
    BEGIN_TRANSACTION_RECORD: ("begin_transaction_record", "BeginTransactionRecord"),
    END_TRANSACTION_RECORD: ("end_transaction_record", "EndTransactionRecord"),
    ABORT_TRANSACTION_RECORD: ("abort_transaction_record", "AbortTransactionRecord"),
    REMOVE_DELEGATION_TOKEN_RECORD: ("remove_delegation_token_record", "RemoveDelegationTokenRecord"),
    REGISTER_CONTROLLER_RECORD: ("register_controller_record", "RegisterControllerRecord"),
    CLEAR_ELR_RECORD: ("clear_elr_record", "ClearElrRecord"),
    UNREGISTER_CONTROLLER_RECORD: ("unregister_controller_record", "UnregisterControllerRecord"),
}

#: Keys of coordinator records: internal topic and type -> module and class.
KEYS: dict[tuple[str, int], tuple[str, str]] = {
    ("__consumer_offsets", 0): ("legacy_offset_commit_key", "LegacyOffsetCommitKey"),
    ("__consumer_offsets", 1): ("offset_commit_key", "OffsetCommitKey"),
    ("__consumer_offsets", 2): ("group_metadata_key", "GroupMetadataKey"),
    ("__consumer_offsets", 3): ("consumer_group_metadata_key", "ConsumerGroupMetadataKey"),
    ("__consumer_offsets", 4): ("consumer_group_partition_metadata_key", "ConsumerGroupPartitionMetadataKey"),
    ("__consumer_offsets", 5): ("consumer_group_member_metadata_key", "ConsumerGroupMemberMetadataKey"),
    ("__consumer_offsets", 6): (
        "consumer_group_target_assignment_metadata_key",
        "ConsumerGroupTargetAssignmentMetadataKey",
    ),
    ("__consumer_offsets", 7): (
        "consumer_group_target_assignment_member_key",
        "ConsumerGroupTargetAssignmentMemberKey",
    ),
    ("__consumer_offsets", 8): (
        "consumer_group_current_member_assignment_key",
        "ConsumerGroupCurrentMemberAssignmentKey",
    ),
    ("__consumer_offsets", 10): ("share_group_member_metadata_key", "ShareGroupMemberMetadataKey"),
    ("__consumer_offsets", 11): ("share_group_metadata_key", "ShareGroupMetadataKey"),
    ("__consumer_offsets", 12): ("share_group_target_assignment_metadata_key", "ShareGroupTargetAssignmentMetadataKey"),
    ("__consumer_offsets", 13): ("share_group_target_assignment_member_key", "ShareGroupTargetAssignmentMemberKey"),
    ("__consumer_offsets", 14): ("share_group_current_member_assignment_key", "ShareGroupCurrentMemberAssignmentKey"),
    ("__consumer_offsets", 15): ("share_group_state_partition_metadata_key", "ShareGroupStatePartitionMetadataKey"),
    ("__consumer_offsets", 16): ("consumer_group_regular_expression_key", "ConsumerGroupRegularExpressionKey"),
    ("__consumer_offsets", 17): ("streams_group_metadata_key", "StreamsGroupMetadataKey"),
    ("__consumer_offsets", 19): ("streams_group_member_metadata_key", "StreamsGroupMemberMetadataKey"),
    ("__consumer_offsets", 20): (
        "streams_group_target_assignment_metadata_key",
        "StreamsGroupTargetAssignmentMetadataKey",
    ),
    ("__consumer_offsets", 21): ("streams_group_target_assignment_member_key", "StreamsGroupTargetAssignmentMemberKey"),
    ("__consumer_offsets", 22): (
        "streams_group_current_member_assignment_key",
        "StreamsGroupCurrentMemberAssignmentKey",
    ),
    ("__consumer_offsets", 23): ("streams_group_topology_key", "StreamsGroupTopologyKey"),
    ("__share_group_state", 0): ("share_snapshot_key", "ShareSnapshotKey"),
    ("__share_group_state", 1): ("share_update_key", "ShareUpdateKey"),
    ("__transaction_state", 0): ("transaction_log_key", "TransactionLogKey"),
}

#: Values of coordinator records: internal topic and type -> module and class.
VALUES: dict[tuple[str, int], tuple[str, str]] = {
    ("__consumer_offsets", 0): ("legacy_offset_commit_value", "LegacyOffsetCommitValue"),
    ("__consumer_offsets", 1): ("offset_commit_value", "OffsetCommitValue"),
    ("__consumer_offsets", 2): ("group_metadata_value", "GroupMetadataValue"),
    ("__consumer_offsets", 3): ("consumer_group_metadata_value", "ConsumerGroupMetadataValue"),
    ("__consumer_offsets", 4): ("consumer_group_partition_metadata_value", "ConsumerGroupPartitionMetadataValue"),
    ("__consumer_offsets", 5): ("consumer_group_member_metadata_value", "ConsumerGroupMemberMetadataValue"),
    ("__consumer_offsets", 6): (
        "consumer_group_target_assignment_metadata_value",
        "ConsumerGroupTargetAssignmentMetadataValue",
    ),
    ("__consumer_offsets", 7): (
        "consumer_group_target_assignment_member_value",
        "ConsumerGroupTargetAssignmentMemberValue",
    ),
    ("__consumer_offsets", 8): (
        "consumer_group_current_member_assignment_value",
        "ConsumerGroupCurrentMemberAssignmentValue",
    ),
    ("__consumer_offsets", 10): ("share_group_member_metadata_value", "ShareGroupMemberMetadataValue"),
    ("__consumer_offsets", 11): ("share_group_metadata_value", "ShareGroupMetadataValue"),
    ("__consumer_offsets", 12): (
        "share_group_target_assignment_metadata_value",
        "ShareGroupTargetAssignmentMetadataValue",
    ),
    ("__consumer_offsets", 13): ("share_group_target_assignment_member_value", "ShareGroupTargetAssignmentMemberValue"),
    ("__consumer_offsets", 14): (
        "share_group_current_member_assignment_value",
        "ShareGroupCurrentMemberAssignmentValue",
    ),
    ("__consumer_offsets", 15): ("share_group_state_partition_metadata_value", "ShareGroupStatePartitionMetadataValue"),
    ("__consumer_offsets", 16): ("consumer_group_regular_expression_value", "ConsumerGroupRegularExpressionValue"),
    ("__consumer_offsets", 17): ("streams_group_metadata_value", "StreamsGroupMetadataValue"),
    ("__consumer_offsets", 19): ("streams_group_member_metadata_value", "StreamsGroupMemberMetadataValue"),
    ("__consumer_offsets", 20): (
        "streams_group_target_assignment_metadata_value",
        "StreamsGroupTargetAssignmentMetadataValue",
    ),
    ("__consumer_offsets", 21): (
        "streams_group_target_assignment_member_value",
        "StreamsGroupTargetAssignmentMemberValue",
    ),
    ("__consumer_offsets", 22): (
        "streams_group_current_member_assignment_value",
        "StreamsGroupCurrentMemberAssignmentValue",
    ),
    ("__consumer_offsets", 23): ("streams_group_topology_value", "StreamsGroupTopologyValue"),
    ("__share_group_state", 0): ("share_snapshot_value", "ShareSnapshotValue"),
    ("__share_group_state", 1): ("share_update_value", "ShareUpdateValue"),
    ("__transaction_state", 0): ("transaction_log_value", "TransactionLogValue"),
}
