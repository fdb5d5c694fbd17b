import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;

/** An application that writes records and administers topics; its producers stay open between calls. */
final class RecordClient implements Worker.Target {
    private static final int EARLIEST = -2;
    private static final int LATEST = -1;
    private final String bootstrapServers;
    private final Admin admin;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();

    RecordClient(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers, "reconnect.backoff.max.ms", 200));
    }

    @Override
    public Object call(String method, JsonNode arguments) throws Exception {
        String topic = arguments.path("topic").asText();
        return switch (method) {
            case "produce" -> produce(topic, arguments);
            case "find_offsets" -> findOffsets(topic, arguments);
            case "create_topic" -> admin.createTopics(List.of(newTopic(topic, arguments))).all().get();
            case "delete_topic" -> admin.deleteTopics(List.of(topic)).all().get();
            case "create_partitions" -> admin.createPartitions(
                Map.of(topic, NewPartitions.increaseTo(arguments.get("count").asInt()))).all().get();
            case "list_topics" -> admin.listTopics().names().get();
            case "describe_topic" -> describeTopic(topic);
            case "describe_configs" -> describeConfigs(topic);
            case "alter_configs" -> alterConfigs(topic, arguments.get("configs"));
            case "describe_cluster" -> describeCluster();
            case "groups" -> describeGroups(arguments);
            case "delete_group" -> admin.deleteConsumerGroups(List.of(arguments.get("group_id").asText())).all().get();
            case "version" -> "kafka-clients " + AppInfoParser.getVersion();
            case "close" -> close();
            default -> throw new IllegalArgumentException(method);
        };
    }

    private List<List<Long>> produce(String topic, JsonNode arguments) throws Exception {
        KafkaProducer<byte[], byte[]> producer = producer(arguments);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (JsonNode record : arguments.get("records")) {
            sent.add(producer.send(toRecord(topic, record)));
        }
        producer.flush();
        List<List<Long>> places = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            places.add(List.of((long) future.get().partition(), future.get().offset()));
        }
        return places;
    }

    private KafkaProducer<byte[], byte[]> producer(JsonNode arguments) {
        Map<String, Object> configs = new HashMap<>(Map.of(
            "bootstrap.servers", bootstrapServers,
            "compression.type", arguments.get("compression").asText(),
            "acks", arguments.get("acks").asText(),
            "enable.idempotence", arguments.get("idempotent").asBoolean(),
            "linger.ms", 1000, // each call ends with a flush
            "max.request.size", 20_000_000,
            "request.timeout.ms", 10_000,
            "delivery.timeout.ms", 15_000,
            "max.block.ms", 15_000));
        return producers.computeIfAbsent(configs.toString(), key ->
            new KafkaProducer<>(configs, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private static ProducerRecord<byte[], byte[]> toRecord(String topic, JsonNode record) throws Exception {
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : record.get("headers")) {
            headers.add(new RecordHeader(header.get(0).asText(), header.get(1).binaryValue()));
        }
        Integer partition = record.get("partition").isNull() ? null : record.get("partition").intValue();
        Long timestamp = record.get("timestamp_ms").isNull() ? null : record.get("timestamp_ms").longValue();
        byte[] key = record.get("key").binaryValue();
        return new ProducerRecord<>(topic, partition, timestamp, key, record.get("value").binaryValue(), headers);
    }

    private Map<Integer, Long> findOffsets(String topic, JsonNode arguments) throws Exception {
        long timestamp = arguments.get("timestamp_ms").asLong();
        OffsetSpec spec = timestamp == EARLIEST ? OffsetSpec.earliest()
            : timestamp == LATEST ? OffsetSpec.latest() : OffsetSpec.forTimestamp(timestamp);
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        arguments.get("partitions").forEach(number -> wanted.put(new TopicPartition(topic, number.asInt()), spec));
        Map<Integer, Long> found = new HashMap<>();
        admin.listOffsets(wanted).all().get().forEach((place, info) -> found.put(place.partition(), info.offset()));
        return found;
    }

    private static NewTopic newTopic(String topic, JsonNode arguments) {
        return new NewTopic(topic, arguments.get("partition_count").asInt(), (short) 1)
            .configs(toMap(arguments.get("configs")));
    }

    private static Map<String, String> toMap(JsonNode object) {
        Map<String, String> map = new HashMap<>();
        object.fieldNames().forEachRemaining(name -> map.put(name, object.get(name).asText()));
        return map;
    }

    private Map<Integer, Integer> describeTopic(String topic) throws Exception {
        Map<Integer, Integer> leaders = new HashMap<>();
        for (TopicPartitionInfo one : Release.describeTopic(admin, topic).partitions()) {
            leaders.put(one.partition(), one.leader() == null ? -1 : one.leader().id());
        }
        return leaders;
    }

    private Map<String, String> describeConfigs(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        Map<String, String> values = new HashMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    private Object alterConfigs(String topic, JsonNode configs) throws Exception {
        Collection<AlterConfigOp> changes = toMap(configs).entrySet().stream()
            .map(one -> new AlterConfigOp(new ConfigEntry(one.getKey(), one.getValue()), AlterConfigOp.OpType.SET))
            .collect(Collectors.toList());
        return admin.incrementalAlterConfigs(
            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes)).all().get();
    }

    private Map<String, Object> describeCluster() throws Exception {
        DescribeClusterResult cluster = admin.describeCluster();
        Map<Integer, List<Object>> brokers = new HashMap<>();
        for (Node node : cluster.nodes().get()) {
            brokers.put(node.id(), List.of(node.host(), node.port()));
        }
        return Map.of("brokers", brokers, "controller_id", cluster.controller().get().id());
    }

    /** Tells of one group its state, its type and how many members it has. */
    private Map<String, Object> describeGroups(JsonNode arguments) throws Exception {
        String groupId = arguments.get("group_id").asText();
        var group = admin.describeConsumerGroups(List.of(groupId)).all().get().get(groupId);
        var listed = admin.listConsumerGroups().all().get().stream()
            .filter(one -> one.groupId().equals(groupId)).findFirst().orElseThrow();
        Map<Integer, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get()
            .forEach((place, offset) -> offsets.put(place.partition(), offset.offset()));
        Map<String, Object> told = new HashMap<>();
        told.put("type", Release.typeOf(listed)); // null where the release knows of no types
        told.put("assignor", group.partitionAssignor());
        told.put("member_count", group.members().size());
        told.put("offsets", offsets);
        return told;
    }

    private Object close() {
        producers.values().forEach(producer -> producer.close(Duration.ZERO));
        admin.close(Duration.ofSeconds(5));
        return null;
    }
}
