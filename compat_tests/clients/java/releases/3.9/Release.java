import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.TopicDescription;

/** What is called otherwise from kafka-clients 3.9 on: topics have names and ids, groups have types. */
final class Release {
    private Release() {}

    static TopicDescription describeTopic(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
    }

    static String typeOf(ConsumerGroupListing group) {
        return group.type().orElseThrow().toString();
    }
}
