import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer with a transactional id: what it sends in a transaction, and offsets with it, is seen whole or never. */
final class TransactionalProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    /** A transaction that is still open after `timeoutMs` is aborted by the broker. */
    TransactionalProducer(String bootstrapServers, String transactionalId, int timeoutMs) {
        producer = new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "transactional.id", transactionalId, // implies idempotence and acks of all
                "transaction.timeout.ms", timeoutMs,
                "max.block.ms", 20_000, // how long init, sendOffsets, commit and abort wait
                "request.timeout.ms", 5_000,
                "delivery.timeout.ms", 20_000,
                "reconnect.backoff.max.ms", 200),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Takes the transactional id over: its older producers are fenced, and their open transaction is aborted. */
    void init() {
        producer.initTransactions();
    }

    void begin() {
        producer.beginTransaction();
    }

    /** Returns when all are acknowledged. Nobody needs to wait for that: a commit fails where a send before it did. */
    void send(String topic, int partition, List<byte[]> values) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (byte[] value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
        producer.flush();
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    /**
     * Commits offsets of a group together with the transaction: what was read and what was written from it.
     *
     * @param offsets where to go on, so one more than that of the last record that was read
     * @param group a consumer's groupMetadata(), by which one that lost its partitions is refused; only a name where
     *     the group has no members
     */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        producer.sendOffsetsToTransaction(offsets, group);
    }

    void commit() {
        producer.commitTransaction();
    }

    void abort() {
        producer.abortTransaction();
    }

    /** Aborts what is open. Where no broker answers soon, it is aborted when the time of the transaction is over. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
