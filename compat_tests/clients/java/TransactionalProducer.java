import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** One producer with a transactional id, step by step. */
final class TransactionalProducer implements Worker.Target {
    private final KafkaProducer<byte[], byte[]> producer;

    TransactionalProducer(String bootstrapServers, JsonNode arguments) {
        producer = new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "transactional.id", arguments.get("transactional_id").asText(),
                "transaction.timeout.ms", arguments.get("timeout_ms").asInt(),
                "max.block.ms", 20_000,
                "request.timeout.ms", 5_000,
                "delivery.timeout.ms", 20_000,
                "reconnect.backoff.max.ms", 200),
            new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Object call(String method, JsonNode arguments) throws Exception {
        switch (method) {
            case "init" -> producer.initTransactions();
            case "begin" -> producer.beginTransaction();
            case "send" -> send(arguments);
            case "send_offsets" -> sendOffsets(arguments);
            case "commit" -> producer.commitTransaction();
            case "abort" -> producer.abortTransaction();
            case "close" -> producer.close(Duration.ofSeconds(1));
            default -> throw new IllegalArgumentException(method);
        }
        return null;
    }

    private void send(JsonNode arguments) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (JsonNode value : arguments.get("values")) {
            sent.add(producer.send(new ProducerRecord<>(
                arguments.get("topic").asText(), arguments.get("partition").asInt(), null, value.binaryValue())));
        }
        producer.flush();
        for (Future<RecordMetadata> future : sent) {
            future.get();
        }
    }

    private void sendOffsets(JsonNode arguments) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (JsonNode one : arguments.get("offsets")) {
            offsets.put(new TopicPartition(one.get(0).asText(), one.get(1).asInt()), new OffsetAndMetadata(one.get(2).asLong()));
        }
        producer.sendOffsetsToTransaction(offsets, new ConsumerGroupMetadata(arguments.get("group_id").asText()));
    }
}
