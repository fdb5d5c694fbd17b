import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Administers topics, configs and consumer groups.
 *
 * The library answers with futures. All methods here wait: the cause of an ExecutionException is Kafka's own exception,
 * as TopicExistsException.
 */
final class ClusterAdmin implements AutoCloseable {
    /** The brokers, and the one that clients send changes of topics to. */
    record Cluster(Collection<Node> brokers, Node controller) {}

    /** A group's type (null where the release of the library knows of none), assignor, members and offsets. */
    record Group(String type, String assignor, int memberCount, Map<TopicPartition, Long> offsets) {}

    private final Admin admin;

    ClusterAdmin(String bootstrapServers) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 200));
    }

    // ---- topics ----------------------------------------------------------------------------------------------------

    void createTopic(String topic, int partitionCount, Map<String, String> configs)
            throws ExecutionException, InterruptedException {
        short replicationFactor = 1; // for a cluster of one broker
        NewTopic wanted = new NewTopic(topic, partitionCount, replicationFactor).configs(configs);
        admin.createTopics(List.of(wanted)).all().get();
    }

    void deleteTopic(String topic) throws ExecutionException, InterruptedException {
        admin.deleteTopics(List.of(topic)).all().get();
    }

    /** Adds partitions until there are `totalCount`; there is no way to have fewer. */
    void createPartitions(String topic, int totalCount) throws ExecutionException, InterruptedException {
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(totalCount))).all().get();
    }

    Set<String> listTopics() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    /** Returns the id of the leader of each partition, -1 where there is none. */
    Map<Integer, Integer> findLeaders(String topic) throws ExecutionException, InterruptedException {
        Map<Integer, Integer> leaders = new HashMap<>();
        for (TopicPartitionInfo one : Release.describeTopic(admin, topic).partitions()) {
            leaders.put(one.partition(), one.leader() == null ? -1 : one.leader().id());
        }
        return leaders;
    }

    /** Returns where each partition begins or ends, or the first offset at or after a time: -1 where there is none. */
    Map<TopicPartition, Long> findOffsets(Collection<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(place -> wanted.put(place, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((place, found) -> offsets.put(place, found.offset()));
        return offsets;
    }

    // ---- configs and cluster ---------------------------------------------------------------------------------------

    /** Returns all configs of a topic, also those that nobody set; the values are null where they are secret. */
    Map<String, String> describeConfigs(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    /** Sets these configs of a topic; "incremental" since all others stay as they are. */
    void alterConfigs(String topic, Map<String, String> configs) throws ExecutionException, InterruptedException {
        Collection<AlterConfigOp> changes = configs.entrySet().stream()
            .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
            .toList();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
    }

    Cluster describeCluster() throws ExecutionException, InterruptedException {
        DescribeClusterResult cluster = admin.describeCluster();
        return new Cluster(cluster.nodes().get(), cluster.controller().get());
    }

    // ---- groups ----------------------------------------------------------------------------------------------------

    /** What is known of a group comes from three requests: only the list of all groups tells types in every release. */
    Group describeGroup(String groupId) throws ExecutionException, InterruptedException {
        ConsumerGroupDescription described =
            admin.describeConsumerGroups(List.of(groupId)).all().get().get(groupId);
        ConsumerGroupListing listed = admin.listConsumerGroups().all().get().stream()
            .filter(one -> one.groupId().equals(groupId)).findFirst().orElseThrow();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get()
            .forEach((place, committed) -> offsets.put(place, committed.offset()));
        return new Group(Release.typeOf(listed), described.partitionAssignor(), described.members().size(), offsets);
    }

    /** Fails with GroupNotEmptyException while the group has members. */
    void deleteGroup(String groupId) throws ExecutionException, InterruptedException {
        admin.deleteConsumerGroups(List.of(groupId)).all().get();
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
