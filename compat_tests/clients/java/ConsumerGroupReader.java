// One consumer of the Java client with group.protocol=consumer, for tests: it tells what happens to it, line by line.
//
//     java -cp <jars of Kafka> ConsumerGroupReader.java SUBSCRIPTION [name=value ...]
//
// SUBSCRIPTION is a topic, or "re2:" and an expression. Lines on standard output: "OWNS topic-0 topic-1",
// "READ topic 0 17", "COMMITTED", "FAILED <class>: <message>". On standard input a line "commit" commits what was
// read, "leave" leaves.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;

public class ConsumerGroupReader {
    public static void main(String[] arguments) {
        Properties settings = new Properties();
        settings.put("group.protocol", "consumer");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        settings.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        settings.put("value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
        for (int index = 1; index < arguments.length; index++) {
            String[] pair = arguments[index].split("=", 2);
            settings.put(pair[0], pair[1]);
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            if (arguments[0].startsWith("re2:")) {
                consumer.subscribe(new SubscriptionPattern(arguments[0].substring(4)));
            } else {
                consumer.subscribe(List.of(arguments[0]));
            }
            run(consumer, orders);
        } catch (Exception failure) {
            System.out.println("FAILED " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    private static void run(KafkaConsumer<byte[], byte[]> consumer, BufferedReader orders) throws Exception {
        TreeSet<String> owned = new TreeSet<>(List.of("nothing was told yet"));
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                System.out.println("READ " + record.topic() + " " + record.partition() + " " + record.offset());
            }
            TreeSet<String> now = new TreeSet<>();
            consumer.assignment().forEach(one -> now.add(one.toString()));
            if (!now.equals(owned)) {
                owned = now;
                System.out.println("OWNS " + String.join(" ", owned));
            }
            while (orders.ready()) {
                String order = orders.readLine();
                if (order == null || order.equals("leave")) {
                    return;
                }
                consumer.commitSync();
                System.out.println("COMMITTED");
            }
        }
    }
}
