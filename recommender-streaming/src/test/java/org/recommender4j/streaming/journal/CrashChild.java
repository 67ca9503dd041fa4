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
    static final int MESSAGE = 16;

    private CrashChild() {}

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
        Fsync fsync = Fsync.valueOf(args[3]);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        try (Journal journal = Journal.builder(Path.of(args[0]))
                .fsync(fsync)
                .segmentBytes(2048)
                .disk(haltAt == 0 ? new Disk() : new HaltingDisk(haltAt, random.split()))
                .open()) {
            tell(out, Long.MAX_VALUE, 0);
            for (int k = 0; k < Integer.parseInt(args[4]); k++) {
                byte[] payload = new byte[random.nextInt(120)];
                random.nextBytes(payload);
                long version = journal.append(k, payload);
                tell(out, version, sum(payload));
                if (random.nextInt(40) == 0) {
                    journal.compact((v, time, bytes) -> !mayBeDropped(bytes));
                }
                if (random.nextInt(60) == 0) {
                    tell(out, -version, 0);
                    journal.markSnapshot(version);
                    journal.deleteSnapshotted();
                }
            }
        }
    }

    private static void tell(OutputStream out, long version, long sum) throws IOException {
        out.write(ByteBuffer.allocate(MESSAGE).putLong(version).putLong(sum).array());
    }

    /** Stops the process at the n-th thing done, in the middle of it if it is a write. */
    private static final class HaltingDisk extends Disk {
        private final SplittableRandom random;
        private int left;

        HaltingDisk(int haltAt, SplittableRandom random) {
            left = haltAt;
            this.random = random;
        }

        private boolean isLast() {
            return --left == 0;
        }

        private void step() {
            if (isLast()) {
                Runtime.getRuntime().halt(9);
            }
        }

        @Override
        Appender open(Path path) throws IOException {
            step();
            return new Appender(path) {
                @Override
                void append(byte[] bytes, int length) throws IOException {
                    if (isLast()) {
                        super.append(bytes, random.nextInt(length + 1));
                        Runtime.getRuntime().halt(9);
                    }
                    super.append(bytes, length);
                }

                @Override
                void force() {
                    step(); // A process that is killed does not need it, and it is slow.
                }
            };
        }

        @Override
        void replace(Path from, Path to) throws IOException {
            step();
            super.replace(from, to);
            step();
        }

        @Override
        void delete(Path path) throws IOException {
            step();
            super.delete(path);
        }

        @Override
        void forceFolder(Path folder) {
            step();
        }
    }
}
