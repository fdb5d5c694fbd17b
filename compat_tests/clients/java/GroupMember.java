import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A member of a consumer group: each call reads once and commits what it read. */
final class GroupMember implements Worker.Target {
    private final KafkaConsumer<byte[], byte[]> consumer;

    GroupMember(String bootstrapServers, JsonNode arguments) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", bootstrapServers);
        configs.put("auto.offset.reset", "earliest");
        configs.put("enable.auto.commit", false);
        configs.put("metadata.max.age.ms", 1000);
        configs.put("reconnect.backoff.max.ms", 200);
        if (arguments.get("configs").isEmpty()) {
            configs.put("group.id", arguments.get("group_id").asText());
            configs.put("session.timeout.ms", 6000); // the shortest that brokers allow by default
            configs.put("heartbeat.interval.ms", 300); // it learns of a rebalance with a heartbeat
        }
        arguments.get("configs").fieldNames().forEachRemaining(
            name -> configs.put(name, arguments.get("configs").get(name).asText()));
        consumer = new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(arguments.get("topic").asText()));
    }

    @Override
    public Object call(String method, JsonNode arguments) {
        return switch (method) {
            case "step" -> step(arguments.get("timeout_ms").asLong());
            case "close" -> close();
            default -> throw new IllegalArgumentException(method);
        };
    }

    private Map<String, Object> step(long timeoutMs) {
        List<Object> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(timeoutMs))) {
            read.add(List.of(record.partition(), record.offset(), record.value()));
        }
        List<Integer> owned = consumer.assignment().stream().map(TopicPartition::partition).toList();
        if (!read.isEmpty()) {
            try {
                consumer.commitSync(Duration.ofSeconds(15));
            } catch (CommitFailedException | RebalanceInProgressException error) {
                // somebody else reads them again
            }
        }
        return Map.of("read", read, "owned", owned);
    }

    private Object close() {
        consumer.close(Duration.ofSeconds(10));
        return Map.of("read", List.of(), "owned", List.of());
    }
}
