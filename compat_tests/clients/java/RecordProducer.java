import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records, and tells where they landed. */
final class RecordProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * @param compression "none", "gzip", "snappy", "lz4" or "zstd"
     * @param acks "all", "1" or "0": with 0 nobody learns of a failure, nor of an offset
     * @param isIdempotent whether the broker recognises what the library sends again; needs acks of all
     */
    RecordProducer(String bootstrapServers, String compression, String acks, boolean isIdempotent) {
        producer = new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "compression.type", compression,
                "acks", acks,
                "enable.idempotence", isIdempotent, // the default since Kafka 3.0
                "linger.ms", 1000, // large batches: the flush after each list ends the waiting
                "max.request.size", 20_000_000, // the default is 1 MB; here the broker is to refuse, not the library
                "request.timeout.ms", 10_000,
                "delivery.timeout.ms", 15_000, // with all retries; at least linger and request together
                "max.block.ms", 15_000), // for send(): without metadata of the topic, or room in the buffer
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Returns partition and offset of each record, in their order; the offset is -1 with acks of 0.
     *
     * A record without a partition goes where its key's hash says, one without a timestamp is of now.
     */
    List<RecordMetadata> send(List<ProducerRecord<byte[], byte[]>> records)
            throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        producer.flush();
        List<RecordMetadata> places = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            places.add(future.get()); // only here a failure shows: its cause is Kafka's own exception
        }
        return places;
    }

    /** Does not wait: every send ended with a flush. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
