import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Prints, a line each, the milliseconds from subscribe to the first record, in a new group each time. */
public class FirstRecord {
    public static void main(String[] arguments) {
        String bootstrapServers = arguments[0];
        String topic = arguments[1];
        String protocol = arguments[2];
        int rounds = Integer.parseInt(arguments[3]);
        for (int round = 0; round < rounds; round++) {
            Properties properties = new Properties();
            properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
            properties.put(ConsumerConfig.GROUP_ID_CONFIG, "java-" + protocol + "-" + round);
            properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol);
            properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
            properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
                long started = System.nanoTime();
                consumer.subscribe(List.of(topic));
                while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {
                    if (System.nanoTime() - started > 30_000_000_000L) {
                        throw new IllegalStateException("no record within 30 s");
                    }
                }
                System.out.println((System.nanoTime() - started) / 1e6);
            }
        }
    }
}
