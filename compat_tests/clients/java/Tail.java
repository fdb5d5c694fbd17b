import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer of assigned partitions, without a group. */
final class Tail implements Worker.Target {
    private static final int EARLIEST = -2;
    private static final int LATEST = -1;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> arrived = new ArrayDeque<>();

    Tail(String bootstrapServers, JsonNode arguments) {
        consumer = new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false,
                "isolation.level", arguments.get("isolation_level").asText(),
                "fetch.min.bytes", arguments.get("min_bytes").asInt(),
                "fetch.max.wait.ms", arguments.get("max_wait_ms").asInt(),
                "reconnect.backoff.max.ms", 200),
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        String topic = arguments.get("topic").asText();
        arguments.get("partitions").forEach(number -> partitions.add(new TopicPartition(topic, number.asInt())));
        consumer.assign(partitions);
        seek(arguments.get("offset").asLong());
    }

    private void seek(long offset) {
        if (offset == EARLIEST) {
            consumer.seekToBeginning(partitions);
        } else if (offset == LATEST) {
            consumer.seekToEnd(partitions);
        } else {
            partitions.forEach(place -> consumer.seek(place, offset));
        }
        partitions.forEach(consumer::position); // where that is now, not at the first poll
    }

    @Override
    public Object call(String method, JsonNode arguments) {
        return switch (method) {
            case "take" -> take(arguments.get("count").asInt(), arguments.get("timeout_ms").asLong());
            case "read_to_end" -> readToEnd(arguments.get("timeout_ms").asLong());
            case "close" -> close();
            default -> throw new IllegalArgumentException(method);
        };
    }

    /** Returns `count` records, or fewer when the time is over; then they stay for the next call. */
    private List<Object> take(int count, long timeoutMs) {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        while (arrived.size() < count && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(Math.min(timeoutMs, 200))).forEach(arrived::add);
        }
        List<Object> taken = new ArrayList<>();
        while (arrived.size() >= count - taken.size() && taken.size() < count) {
            taken.add(toList(arrived.poll()));
        }
        return taken;
    }

    /** Returns everything up to where the log ends now, as far as the isolation level allows. */
    private List<Object> readToEnd(long timeoutMs) {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<Object> taken = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no end in time: positions before " + ends);
            }
            consumer.poll(Duration.ofMillis(200)).forEach(record -> taken.add(toList(record)));
        }
        return taken;
    }

    private static List<Object> toList(ConsumerRecord<byte[], byte[]> record) {
        List<List<Object>> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(Arrays.asList(header.key(), header.value()));
        }
        boolean isLogAppendTime = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return Arrays.asList(record.partition(), record.offset(), record.key(), record.value(), headers,
            record.timestamp(), isLogAppendTime);
    }

    private Object close() {
        consumer.close(Duration.ofMillis(100)); // a fetch may be on its way, and may wait long
        return null;
    }
}
