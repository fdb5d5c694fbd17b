import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.ConfigSynonym;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.apache.kafka.server.config.DynamicConfig;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;

/** Prints Kafka's error codes and config definitions as JSON lines, without any of their prose. */
public class PrintFacts {
    public static void main(String[] arguments) throws Exception {
        for (Errors error : Errors.values()) {
            boolean retriable = error.exception() instanceof RetriableException;
            System.out.println("{\"kind\": \"error\", \"code\": " + error.code() + ", \"name\": " + quote(error.name())
                + ", \"retriable\": " + retriable + "}");
        }
        printBroker();
        for (Map.Entry<String, ConfigDef.ConfigKey> entry : new TreeMap<>(LogConfig.configKeys()).entrySet()) {
            printKey("topic", entry.getValue(), ", \"synonyms\": " + topicSynonyms(entry.getKey()));
        }
        for (Map.Entry<String, ConfigDef.ConfigKey> entry : new TreeMap<>(GroupConfig.CONFIG_DEF.configKeys()).entrySet()) {
            String synonym = GroupConfig.brokerSynonym(entry.getKey()).orElse(null);
            String synonyms = synonym == null ? "[]" : "[{\"name\": " + quote(synonym) + "}]";
            printKey("group", entry.getValue(), ", \"synonyms\": " + synonyms);
        }
    }

    private static void printBroker() throws Exception {
        Map<String, ConfigDef.ConfigKey> keys = new TreeMap<>(DynamicConfig.Broker.configKeys());
        keys.putAll(AbstractKafkaConfig.CONFIG_DEF.configKeys());
        Map<String, String> modes = DynamicBrokerConfig.dynamicConfigUpdateModes();
        for (Map.Entry<String, ConfigDef.ConfigKey> entry : keys.entrySet()) {
            String name = entry.getKey();
            boolean onlyDynamic = !AbstractKafkaConfig.CONFIG_DEF.names().contains(name);
            String more = ", \"dynamic\": " + quote(modes.getOrDefault(name, onlyDynamic ? "cluster-wide" : "read-only"));
            List<String> synonyms = DynamicBrokerConfig.brokerConfigSynonyms(name, false);
            if (synonyms.size() > 1) {
                List<String> quoted = new ArrayList<>();
                synonyms.forEach(synonym -> quoted.add("{\"name\": " + quote(synonym) + "}"));
                more += ", \"synonyms\": [" + String.join(", ", quoted) + "]";
            }
            printKey("broker", entry.getValue(), more + (onlyDynamic ? ", \"dynamic_only\": true" : ""));
        }
    }

    private static String topicSynonyms(String name) {
        List<String> parts = new ArrayList<>();
        for (ConfigSynonym synonym : ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.getOrDefault(name, List.of())) {
            String one = synonym.converter().apply("1");
            String multiplier = one.equals("1") ? "" : ", \"multiplier\": " + one;
            parts.add("{\"name\": " + quote(synonym.name()) + multiplier + "}");
        }
        return "[" + String.join(", ", parts) + "]";
    }

    private static void printKey(String kind, ConfigDef.ConfigKey key, String more) throws Exception {
        StringBuilder line = new StringBuilder("{\"kind\": ").append(quote(kind));
        line.append(", \"name\": ").append(quote(key.name)).append(", \"type\": ").append(quote(key.type.name().toLowerCase()));
        if (key.hasDefault()) {
            line.append(", \"default\": ").append(quote(ConfigDef.convertToString(key.defaultValue, key.type)));
        }
        if (key.validator != null) {
            line.append(", \"valid\": ").append(describe(key.validator));
        }
        line.append(", \"importance\": ").append(quote(key.importance.name().toLowerCase()));
        if (key.type == ConfigDef.Type.PASSWORD) {
            line.append(", \"sensitive\": true");
        }
        if (key.internalConfig) {
            line.append(", \"internal\": true");
        }
        System.out.println(line.append(more).append("}"));
    }

    /** Describes a validator by its bounds or values where they can be had, else by the text Kafka prints for it. */
    private static String describe(ConfigDef.Validator validator) throws Exception {
        if (validator instanceof ConfigDef.Range) {
            List<String> bounds = new ArrayList<>();
            Object min = field(validator, "min");
            Object max = field(validator, "max");
            if (min != null) bounds.add("\"min\": " + min);
            if (max != null) bounds.add("\"max\": " + max);
            return "{" + String.join(", ", bounds) + "}";
        }
        if (validator instanceof ConfigDef.ValidString) {
            return "{\"values\": " + list((List<?>) field(validator, "validStrings")) + "}";
        }
        if (validator instanceof ConfigDef.CaseInsensitiveValidString) {
            List<String> values = new ArrayList<>();
            ((Iterable<?>) field(validator, "validStrings")).forEach(value -> values.add(value.toString()));
            values.sort(null);
            return "{\"values\": " + list(values) + ", \"ignore_case\": true}";
        }
        if (validator instanceof ConfigDef.ValidList) {
            List<?> values = (List<?>) field(field(validator, "validString"), "validStrings");
            String some = values.isEmpty() ? "" : "\"elements\": " + list(values) + ", ";
            return "{" + some + "\"allows_empty\": " + field(validator, "isEmptyAllowed")
                + ", \"allows_null\": " + field(validator, "isNullAllowed") + "}";
        }
        if (validator instanceof ConfigDef.ListSize) {
            return "{\"max_elements\": " + field(validator, "maxSize") + "}";
        }
        if (validator instanceof ConfigDef.NonEmptyString) {
            return "{\"non_empty\": true}";
        }
        if (validator instanceof ConfigDef.NonNullValidator) {
            return "{\"non_null\": true}";
        }
        if (validator instanceof ConfigDef.CompositeValidator) {
            List<String> all = new ArrayList<>();
            for (Object part : (List<?>) field(validator, "validators")) {
                all.add(describe((ConfigDef.Validator) part));
            }
            return "{\"all\": [" + String.join(", ", all) + "]}";
        }
        if (validator instanceof ConfigDef.LambdaValidator) {
            return "{\"text\": " + quote(validator.toString()) + "}";
        }
        return "{\"class\": " + quote(validator.getClass().getSimpleName()) + "}";
    }

    private static Object field(Object owner, String name) throws Exception {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static String list(List<?> values) {
        List<String> quoted = new ArrayList<>();
        values.forEach(value -> quoted.add(quote(value == null ? null : value.toString())));
        return "[" + String.join(", ", quoted) + "]";
    }

    private static String quote(String text) {
        if (text == null) return "null";
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
    }
}
