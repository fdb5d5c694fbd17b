import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.ObjectSerializationCache;

/** Reads lines of class name, version and JSON (separated by tabs), and prints the bytes that Kafka writes, in hex. */
public class WriteFrames {
    private static final String[] PACKAGES = {
        "org.apache.kafka.common.message.", "org.apache.kafka.common.metadata.",
        "org.apache.kafka.coordinator.group.generated.", "org.apache.kafka.coordinator.transaction.generated.",
        "org.apache.kafka.coordinator.share.generated."
    };

    public static void main(String[] arguments) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        String line;
        while ((line = reader.readLine()) != null) {
            String[] parts = line.split("\t", 3);
            System.out.println("frame\t" + frame(parts[0], Short.parseShort(parts[1]), mapper.readTree(parts[2])));
        }
    }

    private static String frame(String name, short version, JsonNode json) {
        try {
            Class<?> converter = converter(name);
            Method read = converter.getMethod("read", JsonNode.class, short.class);
            Message message = (Message) read.invoke(null, json, version);
            if (version < message.lowestSupportedVersion() || version > message.highestSupportedVersion()) {
                return "unsupported";
            }
            ObjectSerializationCache cache = new ObjectSerializationCache();
            ByteBuffer buffer = ByteBuffer.allocate(message.size(cache, version));
            message.write(new ByteBufferAccessor(buffer), cache, version);
            StringBuilder text = new StringBuilder();
            for (byte one : buffer.array()) text.append(String.format("%02x", one));
            return text.toString();
        } catch (Exception error) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            return "error " + cause.toString().replace("\n", " ");
        }
    }

    private static Class<?> converter(String name) throws ClassNotFoundException {
        for (String start : PACKAGES) {
            for (String suffix : new String[] {"Data", ""}) {
                try {
                    return Class.forName(start + name + suffix + "JsonConverter");
                } catch (ClassNotFoundException absent) {
                    // the next place
                }
            }
        }
        throw new ClassNotFoundException(name);
    }
}
