package org.recommender4j.streaming.journal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * The process that is killed: appends, now and then compacts or drops what is in a snapshot, and tells on its standard output
 * what was acknowledged. Halts itself at a random thing that it does to the disk, unless that is 0.
 */
final class CrashChild {
    private CrashChild() {}

    /** Is told of what was acknowledged: a version and its sum, or minus the version that is in a snapshot now. */
    interface Listener {
        void told(long version, long sum) throws IOException;
    }

    static boolean mayBeDropped(byte[] payload) {
        return payload.length > 0 && payload[0] % 8 == 0;
    }

    /** Returns a number that identifies the payload, odd if it may be dropped. */
    static long sum(byte[] payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload, 0, payload.length);
        return 2 * sum.getValue() + (mayBeDropped(payload) ? 1 : 0);
    }

    public static void main(String[] args) throws IOException {
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
        int haltAt = Integer.parseInt(args[2]);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        Disk disk = haltAt == 0
                ? new Disk()
                : new StoppingDisk(
                        haltAt, random.split(), () -> Runtime.getRuntime().halt(9));
        work(Path.of(args[0]), Fsync.valueOf(args[3]), disk, random, Integer.parseInt(args[4]), (version, sum) -> {
            out.write(ByteBuffer.allocate(16).putLong(version).putLong(sum).array());
        });
    }

    static void work(Path folder, Fsync fsync, Disk disk, SplittableRandom random, int records, Listener listener)
            throws IOException {
        try (Journal journal = Journal.builder(folder)
                .fsync(fsync)
                .segmentBytes(2048)
                .disk(disk)
                .open()) {
            for (int k = 0; k < records; k++) {
                byte[] payload = new byte[random.nextInt(120)];
                random.nextBytes(payload);
                long version = journal.append(k, payload);
                listener.told(version, sum(payload));
                if (random.nextInt(40) == 0) {
                    journal.compact((v, time, bytes) -> !mayBeDropped(bytes));
                }
                if (random.nextInt(60) == 0) {
                    listener.told(-version, 0);
                    journal.markSnapshot(version);
                    journal.deleteSnapshotted();
                }
            }
        }
    }
}
