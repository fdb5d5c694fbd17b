import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The examples as targets of calls, by the names that the protocol has for what they do. */
final class Targets {
    /** Something calls are made to. It is called by one thread only, as consumers want it. */
    interface Target {
        /** Returns what Jackson can write, null where there is no answer; the arguments are those of the protocol. */
        Object call(String method, JsonNode arguments) throws Exception;
    }

    private Targets() {}

    /** The release of the library, from its jar: the class that tells it has moved in 4.4. */
    private static String version() throws IOException {
        Properties facts = new Properties();
        try (InputStream file = Admin.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            facts.load(file);
        }
        return facts.getProperty("version");
    }

    static Target open(String bootstrapServers, JsonNode arguments) {
        String kind = arguments.get("kind").asText();
        return switch (kind) {
            case "client" -> new Client(bootstrapServers);
            case "tail" -> new Tail(bootstrapServers, arguments);
            case "member" -> new Member(bootstrapServers, arguments);
            case "producer" -> new Producer(bootstrapServers, arguments);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Duration timeout(JsonNode arguments) {
        return Duration.ofMillis(arguments.get("timeout_ms").asLong());
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Object nothing(Action action) throws Exception {
        action.run();
        return null;
    }

    /** An administrator, and a producer for each combination of settings: all stay open, as in an application. */
    private static final class Client implements Target {
        private record Settings(String compression, String acks, boolean isIdempotent) {}

        private final String bootstrapServers;
        private final ClusterAdmin admin;
        private final Map<Settings, RecordProducer> producers = new HashMap<>();

        Client(String bootstrapServers) {
            this.bootstrapServers = bootstrapServers;
            this.admin = new ClusterAdmin(bootstrapServers);
        }

        @Override
        public Object call(String method, JsonNode given) throws Exception {
            String topic = given.path("topic").asText();
            String groupId = given.path("group_id").asText();
            return switch (method) {
                case "version" -> "kafka-clients " + version();
                case "produce" -> Json.fromPlaces(producer(given).send(Json.toRecords(topic, given.get("records"))));
                case "find_offsets" -> Json.fromOffsets(admin.findOffsets(
                    Json.toPartitions(topic, given.get("partitions")), spec(given.get("timestamp_ms").asLong())));
                case "create_topic" -> nothing(() -> admin.createTopic(
                    topic, given.get("partition_count").asInt(), Json.toTexts(given.get("configs"))));
                case "delete_topic" -> nothing(() -> admin.deleteTopic(topic));
                case "create_partitions" -> nothing(() -> admin.createPartitions(topic, given.get("count").asInt()));
                case "list_topics" -> admin.listTopics();
                case "describe_topic" -> admin.findLeaders(topic);
                case "describe_configs" -> admin.describeConfigs(topic);
                case "alter_configs" -> nothing(() -> admin.alterConfigs(topic, Json.toTexts(given.get("configs"))));
                case "describe_cluster" -> Json.fromCluster(admin.describeCluster());
                case "groups" -> Json.fromGroup(admin.describeGroup(groupId));
                case "delete_group" -> nothing(() -> admin.deleteGroup(groupId));
                case "close" -> nothing(this::close);
                default -> throw new IllegalArgumentException(method);
            };
        }

        private RecordProducer producer(JsonNode given) {
            Settings settings = new Settings(
                given.get("compression").asText(), given.get("acks").asText(), given.get("idempotent").asBoolean());
            return producers.computeIfAbsent(settings, wanted -> new RecordProducer(
                bootstrapServers, wanted.compression(), wanted.acks(), wanted.isIdempotent()));
        }

        private static OffsetSpec spec(long timestampMs) {
            if (timestampMs == PartitionReader.EARLIEST) {
                return OffsetSpec.earliest();
            }
            return timestampMs == PartitionReader.LATEST ? OffsetSpec.latest() : OffsetSpec.forTimestamp(timestampMs);
        }

        private void close() {
            producers.values().forEach(RecordProducer::close);
            admin.close();
        }
    }

    /** A consumer of given partitions, without a group. */
    private static final class Tail implements Target {
        private final PartitionReader reader;

        Tail(String bootstrapServers, JsonNode given) {
            reader = new PartitionReader(
                bootstrapServers,
                Json.toPartitions(given.get("topic").asText(), given.get("partitions")),
                given.get("min_bytes").asInt(),
                given.get("max_wait_ms").asInt(),
                given.get("isolation_level").asText());
            reader.seek(given.get("offset").asLong());
        }

        @Override
        public Object call(String method, JsonNode given) throws Exception {
            return switch (method) {
                case "take" -> Json.fromRecords(reader.take(given.get("count").asInt(), timeout(given)));
                case "read_to_end" -> Json.fromRecords(reader.readToEnd(timeout(given)));
                case "close" -> nothing(reader::close);
                default -> throw new IllegalArgumentException(method);
            };
        }
    }

    /** A member of a consumer group. */
    private static final class Member implements Target {
        private final GroupMember member;

        Member(String bootstrapServers, JsonNode given) {
            Map<String, String> configs = Json.toTexts(given.get("configs"));
            member = new GroupMember(
                bootstrapServers,
                given.get("group_id").asText(),
                given.get("topic").asText(),
                configs.isEmpty() ? GroupMember.QUICK_TO_NOTICE : configs);
        }

        @Override
        public Object call(String method, JsonNode given) {
            return switch (method) {
                case "step" -> step(timeout(given));
                case "close" -> close();
                default -> throw new IllegalArgumentException(method);
            };
        }

        private Object step(Duration timeout) {
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            member.readEach(timeout, read::add);
            return Json.fromStep(read, member.owned());
        }

        private Object close() {
            member.close();
            return Json.fromStep(List.of(), List.of());
        }
    }

    /** A producer with a transactional id. */
    private static final class Producer implements Target {
        private final TransactionalProducer producer;

        Producer(String bootstrapServers, JsonNode given) {
            producer = new TransactionalProducer(
                bootstrapServers, given.get("transactional_id").asText(), given.get("timeout_ms").asInt());
        }

        @Override
        public Object call(String method, JsonNode given) throws Exception {
            switch (method) {
                case "init" -> producer.init();
                case "begin" -> producer.begin();
                case "send" -> producer.send(
                    given.get("topic").asText(), given.get("partition").asInt(), Json.toValues(given.get("values")));
                case "send_offsets" -> producer.sendOffsets(
                    Json.toOffsets(given.get("offsets")), new ConsumerGroupMetadata(given.get("group_id").asText()));
                case "commit" -> producer.commit();
                case "abort" -> producer.abort();
                case "close" -> producer.close();
                default -> throw new IllegalArgumentException(method);
            }
            return null;
        }
    }
}
