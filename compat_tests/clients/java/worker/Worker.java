import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Drives the examples by lines of JSON, so that tests in another language can. Nothing here is needed to use the
 * library: read the files of the folder above for that.
 *
 * java -cp ... Worker BOOTSTRAP_SERVERS
 *
 * {"id", "target", "method", "arguments"} comes in, {"id", "result"} or {"id", "error", "message"} goes out. Each
 * target has a thread of its own: calls to one follow one another, as consumers want it, and none waits for another's.
 */
public final class Worker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String bootstrapServers;
    private final PrintStream output;
    private final Map<String, ExecutorService> threads = new HashMap<>();
    private final Map<String, Targets.Target> targets = new ConcurrentHashMap<>();

    private Worker(String bootstrapServers, PrintStream output) {
        this.bootstrapServers = bootstrapServers;
        this.output = output;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream output = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        System.setOut(System.err); // whatever a library prints must not mix with the answers
        Worker worker = new Worker(arguments[0], output);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            worker.accept(JSON.readTree(line));
        }
        System.exit(0); // consumers and producers that are still open die with the process
    }

    private void accept(JsonNode call) {
        String name = call.get("target").asText();
        ExecutorService thread = threads.computeIfAbsent(name, unused -> Executors.newSingleThreadExecutor());
        thread.submit(() -> answer(call, () -> perform(name, call.get("method").asText(), call.get("arguments"))));
        if (call.get("method").asText().equals("close")) {
            threads.remove(name).shutdown(); // after what it was given
        }
    }

    private Object perform(String name, String method, JsonNode arguments) throws Exception {
        if (method.equals("open")) {
            String servers = arguments.path("bootstrap_servers").asText(bootstrapServers);
            targets.put(name, Targets.open(servers, arguments));
            return null;
        }
        Targets.Target target = method.equals("close") ? targets.remove(name) : targets.get(name);
        if (target == null) {
            throw new IllegalStateException("nothing is open as " + name);
        }
        return target.call(method, arguments);
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
        boolean isWrapper = failure instanceof ExecutionException
            || failure.getClass() == KafkaException.class;
        return isWrapper && failure.getCause() != null ? unwrap(failure.getCause()) : failure;
    }

    /** Kafka's own name of an error where the exception stands for one, else the name of its class. */
    private static String nameOf(Throwable failure) {
        Errors error = failure instanceof ApiException
            ? Errors.forException(failure)
            : Errors.UNKNOWN_SERVER_ERROR;
        return error == Errors.UNKNOWN_SERVER_ERROR ? failure.getClass().getSimpleName() : error.name();
    }
}
