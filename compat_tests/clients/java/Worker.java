import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.protocol.Errors;

/**
 * Kafka's own Java clients behind one line of JSON per call: {"id", "target", "method", "arguments"} comes in,
 * {"id", "result"} or {"id", "error", "message"} goes out. Each target has a thread of its own, as consumers want it.
 *
 * java -cp ... Worker BOOTSTRAP_SERVERS
 *
 * An "open" may name other bootstrap_servers for its target.
 */
public final class Worker {
    /** Something calls are made to; bytes go out as base64. */
    interface Target {
        Object call(String method, JsonNode arguments) throws Exception;
    }

    private record Running(Target target, ExecutorService thread) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private final String bootstrapServers;
    private final PrintStream output;
    private final Map<String, Running> targets = new ConcurrentHashMap<>();

    private Worker(String bootstrapServers, PrintStream output) {
        this.bootstrapServers = bootstrapServers;
        this.output = output;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream output = System.out;
        System.setOut(System.err); // whatever a library prints must not mix with the answers
        Worker worker = new Worker(arguments[0], output);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            worker.accept(JSON.readTree(line));
        }
        System.exit(0); // consumers and producers that are still open die with the process
    }

    private void accept(JsonNode call) {
        String name = call.get("target").asText();
        if (call.get("method").asText().equals("open")) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            thread.submit(() -> answer(call, () -> {
                targets.put(name, new Running(open(call.get("arguments")), thread));
                return null;
            }));
            return;
        }
        Running running = targets.get(name);
        running.thread().submit(() -> answer(call, () -> running.target().call(call.get("method").asText(), call.get("arguments"))));
        if (call.get("method").asText().equals("close")) {
            running.thread().shutdown();
            targets.remove(name);
        }
    }

    private Target open(JsonNode arguments) {
        String kind = arguments.get("kind").asText();
        String servers = arguments.path("bootstrap_servers").asText(bootstrapServers);
        return switch (kind) {
            case "client" -> new RecordClient(servers);
            case "tail" -> new Tail(servers, arguments);
            case "member" -> new GroupMember(servers, arguments);
            case "producer" -> new TransactionalProducer(servers, arguments);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private interface Work {
        Object run() throws Exception;
    }

    private void answer(JsonNode call, Work work) {
        ObjectNode reply = JSON.createObjectNode().put("id", call.get("id").asLong());
        try {
            reply.set("result", JSON.valueToTree(work.run()));
        } catch (Throwable failure) {
            Throwable cause = unwrap(failure);
            reply.put("error", nameOf(cause)).put("message", cause.toString());
        }
        synchronized (output) {
            output.println(reply);
            output.flush();
        }
    }

    private static Throwable unwrap(Throwable failure) {
        boolean isWrapper = failure instanceof java.util.concurrent.ExecutionException
            || failure.getClass() == org.apache.kafka.common.KafkaException.class;
        return isWrapper && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }

    /** Kafka's own name of an error where the exception stands for one, else the name of its class. */
    private static String nameOf(Throwable failure) {
        Errors error = failure instanceof org.apache.kafka.common.errors.ApiException
            ? Errors.forException(failure)
            : Errors.UNKNOWN_SERVER_ERROR;
        return error == Errors.UNKNOWN_SERVER_ERROR ? failure.getClass().getSimpleName() : error.name();
    }
}
