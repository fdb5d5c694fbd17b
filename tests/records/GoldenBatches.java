// Writes the lines of golden.txt. Run with the class path of kafka-clients 3.9.2, lz4-java, snappy-java, zstd-jni and
// slf4j-api:  java -cp ... GoldenBatches.java > golden.txt
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.message.LeaderChangeMessage;
import org.apache.kafka.common.record.*;

public class GoldenBatches {
    static final long NOW = 1700000000000L;

    static void print(String name, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        System.out.println(name + " " + Base64.getEncoder().encodeToString(bytes));
    }

    static MemoryRecordsBuilder builder(byte magic, CompressionType type, TimestampType timestamps, long offset, long now) {
        boolean isNew = magic == 2;
        return new MemoryRecordsBuilder(ByteBuffer.allocate(4096), magic, Compression.of(type).build(), timestamps, offset,
            now, isNew ? 4000L : -1L, (short) (isNew ? 3 : -1), isNew ? 11 : -1, isNew, false, isNew ? 5 : -1, 4096);
    }

    public static void main(String[] args) {
        byte[] run = new byte[300];
        Arrays.fill(run, (byte) 'z');
        for (byte magic = 0; magic <= 2; magic++) {
            for (CompressionType type : CompressionType.values()) {
                if (magic < 2 && type == CompressionType.ZSTD) {
                    continue;
                }
                MemoryRecordsBuilder builder = builder(magic, type, TimestampType.CREATE_TIME, 7L, -1L);
                builder.append(NOW, "key".getBytes(), "value one".getBytes());
                builder.append(NOW + 123, (byte[]) null, run);
                Header[] headers = {new RecordHeader("h", "v".getBytes()), new RecordHeader("\u00e9", (byte[]) null)};
                builder.append(NOW - 1000, "k3".getBytes(), null, magic == 2 ? headers : new Header[0]);
                print("m" + magic + "_" + type.name, builder.build().buffer());
            }
        }
        MemoryRecordsBuilder stamped =
            builder((byte) 1, CompressionType.GZIP, TimestampType.LOG_APPEND_TIME, 0L, NOW + 9999);
        stamped.append(1L, "a".getBytes(), "b".getBytes());
        stamped.append(2L, "c".getBytes(), "d".getBytes());
        print("m1_lat_gzip", stamped.build().buffer());
        print("marker_commit", MemoryRecords.withEndTransactionMarker(
            42L, NOW, 9, 4000L, (short) 3, new EndTransactionMarker(ControlRecordType.COMMIT, 17)).buffer());
        print("marker_abort", MemoryRecords.withEndTransactionMarker(
            0L, NOW, -1, 4000L, (short) 3, new EndTransactionMarker(ControlRecordType.ABORT, 0)).buffer());
        List<LeaderChangeMessage.Voter> voters = List.of(new LeaderChangeMessage.Voter().setVoterId(1));
        LeaderChangeMessage change =
            new LeaderChangeMessage().setVersion((short) 0).setLeaderId(1).setVoters(voters).setGrantingVoters(voters);
        print("leader_change",
            MemoryRecords.withLeaderChangeMessage(5L, NOW, 2, ByteBuffer.allocate(256), change).buffer());
    }
}
