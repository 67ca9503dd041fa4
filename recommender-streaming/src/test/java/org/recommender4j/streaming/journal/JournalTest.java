package org.recommender4j.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class JournalTest {
    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> all(Journal journal) {
        List<String> result = new ArrayList<>();
        journal.replay((version, time, payload) ->
                result.add(version + "@" + time + "=" + new String(payload, StandardCharsets.UTF_8)));
        return result;
    }

    private static List<Path> segments(Path folder) throws IOException {
        List<Path> result = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.journal")) {
            files.forEach(result::add);
        }
        result.sort(null);
        return result;
    }

    @ParameterizedTest
    @EnumSource(Fsync.class)
    void recordsComeBackInOrder(Fsync fsync) {
        try (Journal journal = Journal.builder(folder).fsync(fsync).open()) {
            assertThat(journal.append(10, bytes("a"))).isEqualTo(1);
            assertThat(journal.append(-5, bytes(""))).isEqualTo(2);
            assertThat(journal.durableVersion()).isEqualTo(2);
            assertThat(all(journal)).containsExactly("1@10=a", "2@-5=");
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().records()).isEqualTo(2);
            assertThat(journal.recovery().bytesCut()).isZero();
            assertThat(journal.append(11, bytes("c"))).isEqualTo(3);
            assertThat(all(journal)).containsExactly("1@10=a", "2@-5=", "3@11=c");
        }
    }

    @Test
    void replaysRangesOfVersionsAndTimes() {
        try (Journal journal =
                Journal.builder(folder).fsync(Fsync.NONE).segmentBytes(1024).open()) {
            for (int k = 1; k <= 200; k++) {
                journal.append(k % 50, new byte[k % 13]);
            }
            List<Long> versions = new ArrayList<>();
            journal.replay(73, 161, (version, time, payload) -> versions.add(version));
            assertThat(versions)
                    .hasSize(161 - 73)
                    .startsWith(74L)
                    .endsWith(161L)
                    .isSorted();
            List<Long> times = new ArrayList<>();
            journal.replayUntil(3, (version, time, payload) -> times.add(time));
            assertThat(times).hasSize(16).allMatch(time -> time <= 3);
        }
    }

    @Test
    void oneFolderIsOpenOnce() {
        try (Journal journal = Journal.open(folder)) {
            assertThatThrownBy(() -> Journal.open(folder))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("open already");
            journal.append(0, bytes("still works"));
        }
        Journal.open(folder).close();
    }

    /** Every prefix of the file gives exactly the records that it holds as a whole, and says what was cut. */
    @Test
    void aFileCutAnywhereGivesAllWholeRecords() throws IOException {
        List<Integer> ends = new ArrayList<>(List.of(SegmentFormat.HEADER));
        try (Journal journal =
                Journal.builder(folder.resolve("whole")).fsync(Fsync.NONE).open()) {
            for (int k = 0; k < 6; k++) {
                journal.append(k, new byte[7 * k]);
                ends.add(ends.get(k) + SegmentFormat.RECORD + 7 * k);
            }
        }
        byte[] whole = Files.readAllBytes(segments(folder.resolve("whole")).get(0));
        assertThat(whole).hasSize(ends.get(6));
        for (int size = 0; size <= whole.length; size++) {
            Path cut = folder.resolve("cut" + size);
            Files.createDirectory(cut);
            Files.write(cut.resolve(SegmentFormat.name(1)), java.util.Arrays.copyOf(whole, size));
            try (Journal journal = Journal.builder(cut).fsync(Fsync.NONE).open()) {
                int length = size;
                long records = ends.stream().filter(end -> end <= length).count() - 1;
                int good = size < SegmentFormat.HEADER ? 0 : ends.get((int) records);
                assertThat(journal.recovery().records()).isEqualTo(Math.max(0, records));
                assertThat(journal.recovery().bytesCut()).isEqualTo(size - good);
                assertThat(journal.append(9, new byte[3])).isEqualTo(Math.max(0, records) + 1);
            }
            try (Journal journal = Journal.open(cut)) {
                assertThat(journal.recovery().bytesCut()).isZero();
            }
        }
    }

    /** A changed byte in a record that was acknowledged is an error, also in the last one. */
    @Test
    void aChangedByteIsNoticedWhereverItIs() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        try (Journal journal =
                Journal.builder(folder.resolve("whole")).fsync(Fsync.NONE).open()) {
            for (int k = 0; k < 4; k++) {
                byte[] payload = new byte[20];
                random.nextBytes(payload);
                journal.append(k, payload);
            }
        }
        byte[] whole = Files.readAllBytes(segments(folder.resolve("whole")).get(0));
        Path folder2 = folder.resolve("changed");
        Files.createDirectory(folder2);
        Files.copy(folder.resolve("whole").resolve(DurableMark.NAME), folder2.resolve(DurableMark.NAME));
        int bytes = SegmentFormat.RECORD + 20;
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Path file = folder2.resolve(SegmentFormat.name(1));
            Files.write(file, changed);
            int record =
                    at < SegmentFormat.HEADER ? 0 : SegmentFormat.HEADER + (at - SegmentFormat.HEADER) / bytes * bytes;
            assertThatThrownBy(() -> Journal.builder(folder2).fsync(Fsync.NONE).open())
                    .as("byte %d", at)
                    .isInstanceOfSatisfying(JournalFormatException.class, e -> {
                        assertThat(e.file()).isEqualTo(file);
                        assertThat(e.offset()).isEqualTo(record);
                    });
        }
    }

    @Test
    void aBrokenRecordIsGivenUpOnlyOnDemand() throws IOException {
        try (Journal journal = Journal.builder(folder).fsync(Fsync.NONE).open()) {
            for (int k = 0; k < 5; k++) {
                journal.append(k, new byte[10]);
            }
        }
        Path file = segments(folder).get(0);
        byte[] content = Files.readAllBytes(file);
        int bytes = SegmentFormat.RECORD + 10;
        int third = SegmentFormat.HEADER + 2 * bytes;
        content[third + bytes - 4] = 1;
        Files.write(file, content);
        assertThatThrownBy(() -> Journal.open(folder))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("at byte " + third)
                .hasMessageContaining("follows at byte " + (third + bytes));
        try (Journal journal = Journal.builder(folder).salvage(true).open()) {
            assertThat(journal.recovery().records()).isEqualTo(4);
            assertThat(journal.recovery().lost()).isEqualTo(1);
            assertThat(journal.recovery().firstLost()).isEqualTo(3);
            assertThat(journal.recovery().lastLost()).isEqualTo(3);
            assertThat(all(journal)).extracting(record -> record.charAt(0)).containsExactly('1', '2', '4', '5');
            assertThat(journal.append(0, new byte[1])).as("a new epoch").isEqualTo((1L << 40) + 1);
        }
    }

    @Test
    void damageInAnEarlierSegmentAndMissingSegmentsAreErrors() throws IOException {
        fill(folder, 300);
        List<Path> files = segments(folder);
        assertThat(files).hasSizeGreaterThan(4);
        byte[] content = Files.readAllBytes(files.get(2));
        Files.write(files.get(2), java.util.Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> Journal.open(folder))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining(files.get(2).toString())
                .hasMessageContaining("later segments follow");
        Files.write(files.get(2), content);
        Files.delete(files.get(1));
        assertThatThrownBy(() -> Journal.open(folder))
                .isInstanceOf(JournalFormatException.class)
                .hasMessageContaining("missing")
                .hasMessageContaining(files.get(1).getFileName().toString());
    }

    private static void fill(Path folder, int records) {
        try (Journal journal =
                Journal.builder(folder).fsync(Fsync.NONE).segmentBytes(1024).open()) {
            for (int k = 1; k <= records; k++) {
                journal.append(k, bytes("record " + k));
            }
        }
    }

    @Test
    void compactionRemovesRecordsForGoodAndVersionsGoOn() throws IOException {
        fill(folder, 100);
        try (Journal journal = Journal.builder(folder).segmentBytes(1024).open()) {
            long before = journal.bytes();
            Compaction done = journal.compact((version, time, payload) -> version % 3 != 0 && version < 90);
            assertThat(done.dropped()).isEqualTo(33 + 7);
            assertThat(done.kept()).isEqualTo(60);
            assertThat(journal.bytes()).isEqualTo(before + SegmentFormat.HEADER - done.bytesFreed());
            assertThat(journal.append(0, bytes("next"))).isEqualTo(101);
        }
        for (Path file : segments(folder)) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("record 33", "record 99");
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().records()).isEqualTo(61);
            assertThat(all(journal)).hasSize(61).startsWith("1@1=record 1", "2@2=record 2", "4@4=record 4");
            assertThat(journal.compact((version, time, payload) -> false).dropped())
                    .isEqualTo(61);
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().records()).isZero();
            assertThat(journal.append(0, bytes("next"))).isEqualTo(102);
        }
    }

    @Test
    void filesBeforeASnapshotCanGo() throws IOException {
        fill(folder, 100);
        try (Journal journal = Journal.builder(folder).segmentBytes(1024).open()) {
            assertThatThrownBy(() -> journal.markSnapshot(101)).isInstanceOf(IllegalArgumentException.class);
            assertThat(journal.deleteSnapshotted()).isZero();
            journal.markSnapshot(70);
            assertThat(journal.deleteSnapshotted()).isGreaterThan(1000);
            assertThatThrownBy(() -> all(journal))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("snapshot");
            assertThatThrownBy(() -> journal.markSnapshot(69)).isInstanceOf(IllegalArgumentException.class);
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().snapshotVersion()).isEqualTo(70);
            List<Long> versions = new ArrayList<>();
            journal.replay(
                    journal.snapshotVersion(), Long.MAX_VALUE, (version, time, payload) -> versions.add(version));
            assertThat(versions).hasSize(30).startsWith(71L).endsWith(100L);
            journal.markSnapshot(100);
            journal.deleteSnapshotted();
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().records()).isZero();
            assertThat(journal.append(0, new byte[0])).isEqualTo(101);
        }
    }

    /** The process ended between the mark and the deletion: of all files, of some, of one. */
    @Test
    void aDeletionThatWasNotFinishedIsFinishedOnOpening() throws IOException {
        fill(folder, 100);
        Map<Path, byte[]> before = new LinkedHashMap<>();
        for (Path file : segments(folder)) {
            before.put(file, Files.readAllBytes(file));
        }
        List<Path> left;
        try (Journal journal = Journal.builder(folder).segmentBytes(1024).open()) {
            journal.markSnapshot(70);
            journal.deleteSnapshotted();
            left = segments(folder);
        }
        List<Path> gone =
                before.keySet().stream().filter(file -> !left.contains(file)).toList();
        assertThat(gone).hasSizeGreaterThan(1);
        for (int from = 0; from < gone.size(); from++) {
            for (Path file : gone.subList(from, gone.size())) {
                Files.write(file, before.get(file));
            }
            try (Journal journal = Journal.builder(folder).segmentBytes(1024).open()) {
                assertThat(segments(folder)).isEqualTo(left);
                assertThat(journal.recovery().firstVersion()).isEqualTo(journal.deletedVersion() + 1);
                assertThat(journal.lastVersion()).isEqualTo(100);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fsync.class)
    void manyThreadsAppendWithoutLosingAnything(Fsync fsync) throws InterruptedException {
        int threads = 8;
        int each = fsync == Fsync.EACH ? 20 : 150;
        AtomicInteger forces = new AtomicInteger();
        Disk counting = new Disk() {
            @Override
            Appender open(Path path) throws IOException {
                return new Appender(path) {
                    @Override
                    void force() {
                        forces.incrementAndGet();
                    }
                };
            }
        };
        try (Journal journal = Journal.builder(folder)
                .fsync(fsync)
                .segmentBytes(4096)
                .disk(counting)
                .open()) {
            List<Thread> running = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int id = t;
                Thread thread = new Thread(() -> {
                    for (int k = 0; k < each; k++) {
                        long version = journal.append(id, bytes(id + ":" + k));
                        assertThat(journal.durableVersion()).isGreaterThanOrEqualTo(version);
                    }
                });
                thread.start();
                running.add(thread);
            }
            for (int k = 0; k < 5; k++) {
                journal.compact((version, time, payload) -> true);
            }
            for (Thread thread : running) {
                thread.join();
            }
            int[] next = new int[threads];
            long[] count = {0};
            journal.replay((version, time, payload) -> {
                assertThat(version).isEqualTo(++count[0]);
                assertThat(new String(payload, StandardCharsets.UTF_8)).isEqualTo(time + ":" + next[(int) time]++);
            });
            assertThat(next).containsOnly(each);
            if (fsync == Fsync.EACH) {
                assertThat(forces.get()).isGreaterThanOrEqualTo(threads * each);
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedDoesNotHarmTheJournal() {
        try (Journal journal = Journal.open(folder)) {
            Thread.currentThread().interrupt();
            journal.append(1, bytes("a"));
            assertThat(Thread.interrupted()).isTrue();
            journal.append(2, bytes("b"));
            assertThat(all(journal)).hasSize(2);
        }
    }

    @Test
    void afterTheDiskRefusedNothingIsAcknowledgedUntilReopened() {
        AtomicInteger left = new AtomicInteger(4);
        Disk failing = new Disk() {
            @Override
            Appender open(Path path) throws IOException {
                return new Appender(path) {
                    @Override
                    void append(byte[] bytes, int length) throws IOException {
                        if (left.decrementAndGet() == 0) {
                            super.append(bytes, length / 2);
                            throw new IOException("no space left");
                        }
                        super.append(bytes, length);
                    }
                };
            }
        };
        try (Journal journal = Journal.builder(folder).disk(failing).open()) {
            journal.append(1, bytes("first"));
            journal.append(2, bytes("second"));
            assertThatThrownBy(() -> journal.append(3, bytes("third")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no space left");
            assertThatThrownBy(() -> journal.append(4, bytes("fourth")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("refused");
        }
        try (Journal journal = Journal.open(folder)) {
            assertThat(journal.recovery().bytesCut()).isPositive();
            assertThat(all(journal)).containsExactly("1@1=first", "2@2=second");
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> Journal.builder(folder).segmentBytes(10)).hasMessageContaining("10");
        Journal journal = Journal.builder(folder).maxRecordBytes(5).open();
        try (journal) {
            assertThatThrownBy(() -> journal.append(0, new byte[6]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("6");
            assertThatThrownBy(() -> journal.sync(1)).isInstanceOf(IllegalArgumentException.class);
            journal.append(0, new byte[5]);
            assertThatThrownBy(() -> journal.replay((v, t, p) -> journal.compact((v2, t2, p2) -> true)))
                    .isInstanceOf(IllegalStateException.class);
        }
        journal.close();
        assertThatThrownBy(() -> journal.append(0, new byte[1]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> all(journal)).isInstanceOf(IllegalStateException.class);
    }
}
