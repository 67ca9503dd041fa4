package org.recommender4j.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.streaming.journal.PowerCutDisk.PowerCut;

/**
 * Cuts the power again and again, also while the journal is opened after the cut before, and looks whether all that was acknowledged
 * is there, whether the folder opens at all, and whether no version is given twice. The system properties {@code
 * recommender4j.powerCuts} and {@code recommender4j.powerCutSeed} set how often and which course of events.
 */
@Timeout(600)
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("recommender4j.powerCuts", 150);
    private static final long SEED = Long.getLong("recommender4j.powerCutSeed", 29);
    private static final List<Fsync> POLICIES = List.of(Fsync.GROUP, Fsync.GROUP, Fsync.EACH, Fsync.NONE);

    @TempDir
    Path temporary;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final TreeMap<Long, Long> written = new TreeMap<>();
    private final TreeMap<Long, Long> acknowledged = new TreeMap<>();
    private long snapshot;
    private long told;
    private int folders;
    private int unforced;

    @Test
    void whatWasAcknowledgedIsThereAfterEveryCut() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("first"));
        for (int cut = 1; cut <= CUTS; cut++) {
            String what = "cut " + cut + " of seed " + SEED;
            // Every third one comes soon, while what the cut before has left is repaired.
            folder = session(folder, random.nextInt(1, random.nextInt(3) == 0 ? 25 : 200), what);
        }
        assertThat(told).isGreaterThan(2L * CUTS);
        assertThat(unforced).as("cuts that left records in pieces").isGreaterThan(CUTS / 20);
    }

    /** Works until the power is cut; returns a folder with what is left. */
    private Path session(Path folder, int cutAt, String what) throws IOException {
        PowerCutDisk disk = new PowerCutDisk(folder, cutAt, random.split());
        Fsync fsync = POLICIES.get(random.nextInt(POLICIES.size()));
        try (Journal journal = open(folder, fsync, disk)) {
            check(journal, what);
            while (true) {
                work(journal, fsync, what);
                if (random.nextInt(40) == 0) {
                    journal.compact((version, time, payload) -> !CrashChild.mayBeDropped(payload));
                }
                if (random.nextInt(60) == 0 && fsync != Fsync.NONE && !acknowledged.isEmpty()) {
                    // Whoever has made a snapshot has forced the journal before, and knows the version.
                    snapshot = Math.max(snapshot, acknowledged.lastKey());
                    journal.markSnapshot(snapshot);
                    journal.deleteSnapshotted();
                }
            }
        } catch (PowerCut e) {
            Path rest = Files.createDirectory(temporary.resolve("after " + ++folders));
            disk.copyRest(rest);
            delete(folder);
            return rest;
        }
    }

    private static Journal open(Path folder, Fsync fsync, Disk disk) {
        return Journal.builder(folder)
                .fsync(fsync)
                .segmentBytes(2048)
                .disk(disk)
                .open();
    }

    private void work(Journal journal, Fsync fsync, String what) {
        long version = 0;
        for (int n = random.nextInt(1, 6); n > 0; n--) {
            byte[] payload = new byte[random.nextInt(120)];
            random.nextBytes(payload);
            // Noted before it is known whether it succeeds.
            long next = journal.lastVersion() + 1;
            written.put(next, CrashChild.sum(payload));
            version = journal.write(n, payload, 0, payload.length);
            assertThat(version).as(what).isEqualTo(next);
            assertThat(acknowledged).as(what).doesNotContainKey(version);
        }
        journal.sync(version);
        if (fsync != Fsync.NONE) {
            long before = acknowledged.isEmpty() ? 0 : acknowledged.lastKey();
            acknowledged.putAll(written.subMap(before, false, version, true));
            told++;
        }
    }

    private void check(Journal journal, String what) {
        unforced += journal.recovery().bytesCut() > 0 ? 1 : 0;
        assertThat(journal.recovery().lost()).as(what).isZero();
        TreeMap<Long, Long> found = new TreeMap<>();
        journal.replay(snapshot, Long.MAX_VALUE, (version, time, payload) -> {
            long sum = CrashChild.sum(payload);
            assertThat(written.get(version))
                    .as("version %d before %s", version, what)
                    .isEqualTo(sum);
            found.put(version, sum);
        });
        acknowledged.headMap(snapshot, true).clear();
        acknowledged.forEach((version, sum) -> {
            boolean dropped = sum % 2 == 1 && !found.containsKey(version);
            assertThat(dropped || sum.equals(found.get(version)))
                    .as("version %d is %s before %s", version, found.get(version), what)
                    .isTrue();
        });
        if (!acknowledged.isEmpty()) {
            assertThat(journal.lastVersion()).as(what).isGreaterThanOrEqualTo(acknowledged.lastKey());
        }
        // Whoever opens it learns of these, and of no others.
        acknowledged.putAll(found);
        written.clear();
        written.putAll(acknowledged);
    }

    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
