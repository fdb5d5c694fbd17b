import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads chosen partitions from a given offset on, without a group. */
final class PartitionReader implements AutoCloseable {
    static final long EARLIEST = -2;
    static final long LATEST = -1;
    private static final Duration POLL = Duration.ofMillis(200);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Collection<TopicPartition> partitions;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> arrived = new ArrayDeque<>();

    /**
     * @param minBytes how much a broker collects before it answers, but for `maxWaitMs` at most
     * @param isolationLevel "read_committed" leaves out what transactions aborted or have not ended, else
     *     "read_uncommitted"
     */
    PartitionReader(String bootstrapServers, Collection<TopicPartition> partitions, int minBytes, int maxWaitMs,
            String isolationLevel) {
        this.partitions = partitions;
        consumer = new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "auto.offset.reset", "earliest", // where an offset is out of range; the default is the end
                "enable.auto.commit", false, // there is no group to commit for
                "isolation.level", isolationLevel,
                "fetch.min.bytes", minBytes,
                "fetch.max.wait.ms", maxWaitMs,
                "reconnect.backoff.max.ms", 200), // the default is 1 s; a broker that restarts may be back sooner
            new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(partitions);
    }

    /** Goes on at that offset, or where the partitions begin (EARLIEST) or end (LATEST) now. */
    void seek(long offset) {
        if (offset == EARLIEST) {
            consumer.seekToBeginning(partitions);
        } else if (offset == LATEST) {
            consumer.seekToEnd(partitions);
        } else {
            partitions.forEach(place -> consumer.seek(place, offset));
        }
        partitions.forEach(consumer::position); // a seek is lazy: without this, where they end at the first poll
    }

    /** Returns `count` records, or none when the time is over; what came until then stays for the next call. */
    List<ConsumerRecord<byte[], byte[]>> take(int count, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Duration poll = timeout.compareTo(POLL) < 0 ? timeout : POLL;
        while (arrived.size() < count && System.nanoTime() < deadline) {
            consumer.poll(poll).forEach(arrived::add);
        }
        return arrived.size() < count ? List.of() : remove(count);
    }

    /** Returns everything up to where the partitions end now, as far as the isolation level lets anybody read. */
    List<ConsumerRecord<byte[], byte[]>> readToEnd(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // By positions, since the last offsets may be of markers of transactions: no record comes for them.
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no end in time: positions before " + ends);
            }
            consumer.poll(POLL).forEach(arrived::add);
        }
        return remove(arrived.size());
    }

    private List<ConsumerRecord<byte[], byte[]>> remove(int count) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        while (taken.size() < count) {
            taken.add(arrived.remove());
        }
        return taken;
    }

    /** Does not wait for a fetch that is on its way, and may wait long. */
    @Override
    public void close() {
        consumer.close(Duration.ofMillis(100));
    }
}
