import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A member of a consumer group, which commits what it has read.
 *
 * Its group takes its partitions away when it does not read for five minutes (max.poll.interval.ms), and when its
 * heartbeats do not come.
 */
final class GroupMember implements AutoCloseable {
    /**
     * Lets a group notice soon what happens to a member: after a crash when its session is over (6 s is the shortest
     * that brokers allow by default), in a rebalance with its next heartbeat. With group.protocol=consumer neither may
     * be set: there the broker decides.
     */
    static final Map<String, String> QUICK_TO_NOTICE =
        Map.of("session.timeout.ms", "6000", "heartbeat.interval.ms", "300");
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** `configs` are settings of a consumer: {"group.protocol": "consumer"} for the protocol of KIP-848. */
    GroupMember(String bootstrapServers, String groupId, String topic, Map<String, String> configs) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", groupId);
        settings.put("auto.offset.reset", "earliest"); // where nothing is committed; the default is the end
        settings.put("enable.auto.commit", false); // the default is each 5 s: more is read twice after a crash
        settings.put("metadata.max.age.ms", 1000); // how soon it sees a new partition
        settings.put("reconnect.backoff.max.ms", 200);
        settings.putAll(configs);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic)); // joins with the first poll
    }

    /**
     * Waits at most that long for records, handles and then commits them, in this order: a member that crashes between
     * the two leaves them to be read once more, not to nobody.
     */
    void readEach(Duration timeout, Consumer<ConsumerRecord<byte[], byte[]>> handle) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
        records.forEach(handle);
        if (!records.isEmpty()) {
            commit();
        }
    }

    private void commit() {
        try {
            consumer.commitSync(Duration.ofSeconds(15));
        } catch (CommitFailedException | RebalanceInProgressException lost) {
            // The partitions went to another member, or may: whoever has them next reads these records once more.
        }
    }

    /** The partitions that it is assigned now. */
    Set<TopicPartition> owned() {
        return consumer.assignment();
    }

    /** Leaves the group, so that the others need not wait for the end of its session. */
    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(10));
    }
}
