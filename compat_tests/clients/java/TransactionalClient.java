import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Transactional producers, and a reader, driven line by line: one command on standard input, one answer on standard
 * output. Fields are separated by tabs, values are hexadecimal; an answer is "ok" and a result, or "error", the class of
 * the exception and its message.
 */
public final class TransactionalClient {
    private static final long CALL_SECONDS = 20;
    private final Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        TransactionalClient client = new TransactionalClient();
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.println(client.answer(line.split("\t", -1)));
        }
    }

    private String answer(String[] command) {
        try {
            return "ok\t" + run(command);
        } catch (ExecutionException failure) {
            return describe(failure.getCause());
        } catch (Exception failure) {
            return describe(failure);
        }
    }

    private static String describe(Throwable failure) {
        return "error\t" + failure.getClass().getSimpleName() + "\t" + String.valueOf(failure.getMessage()).replaceAll("\\s", " ");
    }

    private String run(String[] command) throws Exception {
        if (command[0].equals("read")) {
            return read(command[1], new TopicPartition(command[2], Integer.parseInt(command[3])), command[4]);
        }
        if (command[0].equals("open")) {
            producers.put(command[1], open(command[2], command[3], command[4]));
            return "";
        }
        KafkaProducer<byte[], byte[]> producer = producers.get(command[1]);
        switch (command[0]) {
            case "init" -> producer.initTransactions();
            case "begin" -> producer.beginTransaction();
            case "send" -> send(producer, command[2], Integer.parseInt(command[3]), command[4].split(","));
            case "offset" -> {
                TopicPartition partition = new TopicPartition(command[3], Integer.parseInt(command[4]));
                OffsetAndMetadata offset = new OffsetAndMetadata(Long.parseLong(command[5]));
                producer.sendOffsetsToTransaction(Map.of(partition, offset), new ConsumerGroupMetadata(command[2]));
            }
            case "commit" -> producer.commitTransaction();
            case "abort" -> producer.abortTransaction();
            case "close" -> producers.remove(command[1]).close(Duration.ofSeconds(1));
            default -> throw new IllegalArgumentException(command[0]);
        }
        return "";
    }

    private static KafkaProducer<byte[], byte[]> open(String servers, String transactionalId, String timeoutMs) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", servers);
        properties.put("transactional.id", transactionalId);
        properties.put("transaction.timeout.ms", timeoutMs);
        properties.put("max.block.ms", String.valueOf(CALL_SECONDS * 1000));
        properties.put("request.timeout.ms", "5000");
        properties.put("delivery.timeout.ms", "20000");
        properties.put("reconnect.backoff.max.ms", "200");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int partition, String[] values)
            throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String value : values) {
            byte[] bytes = HexFormat.of().parseHex(value);
            sent.add(producer.send(new ProducerRecord<>(topic, partition, null, bytes)));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get(CALL_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static String read(String servers, TopicPartition partition, String isolationLevel) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", servers);
        properties.put("isolation.level", isolationLevel);
        properties.put("enable.auto.commit", "false");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    values.add(HexFormat.of().formatHex(record.value()));
                }
            }
        }
        return String.join(",", values);
    }
}
