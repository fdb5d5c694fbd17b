import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;

/**
 * What travels in lines of JSON, as what the library knows and back. Bytes are base64 text, null is null: Jackson does
 * both by itself, so what goes out here are plain lists and maps.
 */
final class Json {
    private Json() {}

    // ---- in --------------------------------------------------------------------------------------------------------

    static List<ProducerRecord<byte[], byte[]>> toRecords(String topic, JsonNode records) throws IOException {
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
        for (JsonNode record : records) {
            made.add(toRecord(topic, record));
        }
        return made;
    }

    private static ProducerRecord<byte[], byte[]> toRecord(String topic, JsonNode record) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : record.get("headers")) {
            headers.add(new RecordHeader(header.get(0).asText(), header.get(1).binaryValue()));
        }
        Integer partition = record.get("partition").isNull() ? null : record.get("partition").intValue();
        Long timestamp = record.get("timestamp_ms").isNull() ? null : record.get("timestamp_ms").longValue();
        byte[] key = record.get("key").binaryValue();
        return new ProducerRecord<>(topic, partition, timestamp, key, record.get("value").binaryValue(), headers);
    }

    static List<byte[]> toValues(JsonNode values) throws IOException {
        List<byte[]> made = new ArrayList<>();
        for (JsonNode value : values) {
            made.add(value.binaryValue());
        }
        return made;
    }

    static List<TopicPartition> toPartitions(String topic, JsonNode numbers) {
        List<TopicPartition> partitions = new ArrayList<>();
        numbers.forEach(number -> partitions.add(new TopicPartition(topic, number.asInt())));
        return partitions;
    }

    /** From a list of [topic, partition, offset]. */
    static Map<TopicPartition, OffsetAndMetadata> toOffsets(JsonNode places) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        places.forEach(one -> offsets.put(
            new TopicPartition(one.get(0).asText(), one.get(1).asInt()), new OffsetAndMetadata(one.get(2).asLong())));
        return offsets;
    }

    static Map<String, String> toTexts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.fieldNames().forEachRemaining(name -> texts.put(name, object.get(name).asText()));
        return texts;
    }

    // ---- out -------------------------------------------------------------------------------------------------------

    static List<List<Long>> fromPlaces(List<RecordMetadata> places) {
        return places.stream().map(place -> List.of((long) place.partition(), place.offset())).toList();
    }

    static List<List<Object>> fromRecords(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(Json::fromRecord).toList();
    }

    private static List<Object> fromRecord(ConsumerRecord<byte[], byte[]> record) {
        List<List<Object>> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(Arrays.asList(header.key(), header.value()));
        }
        boolean isLogAppendTime = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return Arrays.asList(record.partition(), record.offset(), record.key(), record.value(), headers,
            record.timestamp(), isLogAppendTime);
    }

    /** What a member tells: the place and value of each record, and the partitions it has. */
    static Map<String, Object> fromStep(
            List<ConsumerRecord<byte[], byte[]>> records, Collection<TopicPartition> owned) {
        List<List<Object>> read = records.stream()
            .map(one -> Arrays.<Object>asList(one.partition(), one.offset(), one.value())).toList();
        return Map.of("read", read, "owned", owned.stream().map(TopicPartition::partition).toList());
    }

    static Map<Integer, Long> fromOffsets(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> told = new HashMap<>();
        offsets.forEach((place, offset) -> told.put(place.partition(), offset));
        return told;
    }

    static Map<String, Object> fromCluster(ClusterAdmin.Cluster cluster) {
        Map<Integer, List<Object>> brokers = new HashMap<>();
        for (Node node : cluster.brokers()) {
            brokers.put(node.id(), List.of(node.host(), node.port()));
        }
        return Map.of("brokers", brokers, "controller_id", cluster.controller().id());
    }

    static Map<String, Object> fromGroup(ClusterAdmin.Group group) {
        Map<String, Object> told = new HashMap<>(); // unlike Map.of it takes null
        told.put("type", group.type());
        told.put("assignor", group.assignor());
        told.put("member_count", group.memberCount());
        told.put("offsets", fromOffsets(group.offsets()));
        return told;
    }
}
