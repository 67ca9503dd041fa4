package org.recommender4j.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to the files of a journal that was closed: opening notices that acknowledged records are gone, and salvaging keeps
 * all others, says which are lost and never gives their versions again.
 */
@Timeout(120)
class JournalDamageTest {
    private static final int RECORDS = 200;

    @TempDir
    Path temporary;

    private Path whole;
    private final TreeMap<Long, byte[]> truth = new TreeMap<>();
    private int folders;

    @BeforeEach
    void write() {
        write("whole");
    }

    private void write(String name) {
        whole = temporary.resolve(name);
        SplittableRandom random = new SplittableRandom(8);
        try (Journal journal = open(whole, false)) {
            for (int k = 0; k < RECORDS; k++) {
                byte[] payload = new byte[20 + random.nextInt(40)];
                random.nextBytes(payload);
                truth.put(journal.append(k, payload), payload);
            }
        }
    }

    private static Journal open(Path folder, boolean salvage) {
        return Journal.builder(folder)
                .segmentBytes(1024)
                .fsync(Fsync.NONE)
                .salvage(salvage)
                .open();
    }

    private static List<Path> segments(Path folder) throws IOException {
        List<Path> result = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.journal")) {
            files.forEach(result::add);
        }
        result.sort(null);
        return result;
    }

    private Path copy() throws IOException {
        Path folder = Files.createDirectory(temporary.resolve("copy " + folders++));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(whole)) {
            for (Path file : files) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        return folder;
    }

    /** Returns where each record of a segment begins, and its end. */
    private static List<Integer> starts(byte[] segment) {
        List<Integer> starts = new ArrayList<>(List.of(SegmentFormat.HEADER));
        while (starts.get(starts.size() - 1) < segment.length) {
            int at = starts.get(starts.size() - 1);
            starts.add(at + SegmentFormat.RECORD + Math.max(0, SegmentFormat.getInt(segment, at + 4)));
        }
        return starts;
    }

    /** Checks a damaged folder in which only these versions can have survived. */
    private void check(Path folder, String what, NavigableSet<Long> left) {
        assertThatThrownBy(() -> open(folder, false)).as(what).isInstanceOf(JournalFormatException.class);
        TreeSet<Long> found = new TreeSet<>();
        try (Journal journal = open(folder, true)) {
            journal.replay(journal.deletedVersion(), Long.MAX_VALUE, (version, time, payload) -> {
                assertThat(payload).as(what).isEqualTo(truth.get(version));
                found.add(version);
            });
            assertThat(found).as(what).isEqualTo(left);
            assertThat(journal.recovery().lost()).as(what).isEqualTo(truth.size() - left.size());
            TreeSet<Long> lost = new TreeSet<>(truth.keySet());
            lost.removeAll(left);
            assertThat(journal.recovery().firstLost()).isEqualTo(lost.first());
            assertThat(journal.recovery().lastLost()).isEqualTo(lost.last());
            assertThat(journal.append(0, new byte[1])).as(what).isGreaterThan(Segments.EPOCH);
        }
        // It is a whole journal again.
        try (Journal journal = open(folder, false)) {
            assertThat(journal.recovery().lost()).isZero();
            assertThat(journal.recovery().records()).isEqualTo(left.size() + 1);
            assertThat(journal.append(0, new byte[1])).isEqualTo(Segments.EPOCH + 2);
        }
    }

    private NavigableSet<Long> without(long from, long through) {
        NavigableSet<Long> left = new TreeSet<>(truth.keySet());
        left.subSet(from, true, through, true).clear();
        return left;
    }

    private static long base(Path segment) {
        return Long.parseLong(String.valueOf(segment.getFileName()).substring(0, SegmentFormat.DIGITS));
    }

    /** Lets the first part of the journal be in a snapshot, and deletes it. */
    private void deleteBeginning() throws IOException {
        try (Journal journal = open(whole, false)) {
            journal.markSnapshot(70);
            journal.deleteSnapshotted();
            truth.headMap(journal.deletedVersion(), true).clear();
            assertThat(truth).hasSizeBetween(100, RECORDS - 50);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMissingSegmentIsNoticed(boolean beginningDeleted) throws IOException {
        if (beginningDeleted) {
            deleteBeginning();
        }
        List<Path> all = segments(whole);
        for (int k = 0; k < all.size(); k++) {
            long through = k + 1 < all.size() ? base(all.get(k + 1)) - 1 : RECORDS;
            if (base(all.get(k)) <= through) {
                Path folder = copy();
                Files.delete(folder.resolve(all.get(k).getFileName()));
                check(folder, "without segment " + k, without(base(all.get(k)), through));
            }
        }
        for (int k = 0; k < all.size(); k += 5) {
            Path folder = copy();
            for (Path file : all.subList(k, all.size())) {
                Files.delete(folder.resolve(file.getFileName()));
            }
            check(folder, "without segments from " + k, without(base(all.get(k)), RECORDS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSegmentThatIsCutAtARecordIsNoticed(boolean beginningDeleted) throws IOException {
        if (beginningDeleted) {
            deleteBeginning();
        }
        List<Path> all = segments(whole);
        for (int k = 0; k < all.size(); k++) {
            byte[] bytes = Files.readAllBytes(all.get(k));
            List<Integer> starts = starts(bytes);
            long through = base(all.get(k)) + starts.size() - 2;
            for (int r = k % 3; r + 1 < starts.size(); r += 3) {
                Path folder = copy();
                Path file = folder.resolve(all.get(k).getFileName());
                long version = base(file) + r;
                Files.write(file, Arrays.copyOf(bytes, starts.get(r)));
                check(folder, "segment " + k + " cut at record " + r, without(version, through));
                // A record cut out, whose place the others take.
                Path other = copy();
                ByteBuffer rest = ByteBuffer.allocate(bytes.length - starts.get(r + 1) + starts.get(r));
                rest.put(bytes, 0, starts.get(r)).put(bytes, starts.get(r + 1), bytes.length - starts.get(r + 1));
                Files.write(other.resolve(all.get(k).getFileName()), rest.array());
                check(other, "segment " + k + " without record " + r, without(version, version));
            }
        }
    }

    @Test
    void everyChangedBitOfTheLastSegmentIsNoticed() throws IOException {
        List<Path> all = segments(whole);
        byte[] bytes = Files.readAllBytes(all.get(all.size() - 1));
        List<Integer> starts = starts(bytes);
        assertThat(starts).hasSizeGreaterThan(4);
        Path folder = copy();
        Path file = folder.resolve(all.get(all.size() - 1).getFileName());
        SplittableRandom random = new SplittableRandom(1);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            assertThatThrownBy(() -> open(folder, false)).as("byte %d", at).isInstanceOf(JournalFormatException.class);
        }
        for (int r = 0; r + 1 < starts.size(); r++) {
            Path one = copy();
            byte[] changed = bytes.clone();
            changed[starts.get(r) + 20] ^= 4;
            Files.write(one.resolve(file.getFileName()), changed);
            check(one, "record " + r, without(base(file) + r, base(file) + r));
        }
    }

    @Test
    void exchangedAndForeignSegmentsAreNoticed() throws IOException {
        List<Path> all = segments(whole);
        Path folder = copy();
        Files.copy(folder.resolve(all.get(3).getFileName()), folder.resolve(SegmentFormat.name(1000)));
        assertThatThrownBy(() -> open(folder, false)).hasMessageContaining("name does not fit");
        Files.delete(folder.resolve(SegmentFormat.name(1000)));
        open(folder, false).close();

        // The same versions of another journal, in whole segments.
        Path own = whole;
        write("other");
        for (Path file : segments(own)) {
            Path mixed = copy();
            Files.copy(file, mixed.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThatThrownBy(() -> open(mixed, false))
                    .isInstanceOf(JournalFormatException.class)
                    .hasMessageContaining("does not continue");
        }
    }

    @Test
    void aCompactionLeavesTheChainAndTheFingerprintsAsTheyWere() throws IOException {
        try (Journal journal = open(whole, false)) {
            long[] before = new long[RECORDS + 1];
            for (int v = 0; v <= RECORDS; v++) {
                before[v] = journal.fingerprint(v);
                assertThat(before[v]).isNotNegative();
            }
            assertThat(Arrays.stream(before).distinct().count()).isGreaterThan(RECORDS - 3);
            journal.compact((version, time, payload) -> version % 3 == 0 && version < 150);
            journal.compact((version, time, payload) -> version % 2 == 0);
            int known = 0;
            for (int v = 0; v <= RECORDS; v++) {
                long after = journal.fingerprint(v);
                assertThat(after).isIn(before[v], -1L);
                known += after >= 0 ? 1 : 0;
            }
            assertThat(known).isBetween(40, 120);
            truth.keySet().removeIf(version -> version % 6 != 0 || version >= 150);
        }
        try (Journal journal = open(whole, false)) {
            assertThat(journal.recovery().records()).isEqualTo(truth.size());
            assertThat(journal.lastVersion()).isEqualTo(RECORDS);
        }
        List<Path> all = segments(whole);
        Path folder = copy();
        byte[] bytes = Files.readAllBytes(all.get(2));
        Files.write(
                folder.resolve(all.get(2).getFileName()), Arrays.copyOf(bytes, bytes.length - SegmentFormat.RECORD));
        assertThatThrownBy(() -> open(folder, false)).hasMessageContaining("missing");
    }

    /** A process that ends while it writes leaves a part of a record, which nobody was told of: its version may be given again. */
    @Test
    void anUnfinishedRecordIsCutWithoutANewEpoch() throws IOException {
        Path folder = copy();
        List<Path> all = segments(folder);
        Path file = all.get(all.size() - 1);
        byte[] bytes = Files.readAllBytes(file);
        byte[] more = new byte[SegmentFormat.RECORD + 50];
        Segment last = new Segment(file, Arrays.copyOf(bytes, SegmentFormat.HEADER));
        int link = SegmentFormat.getInt(bytes, starts(bytes).get(starts(bytes).size() - 2));
        SegmentFormat.putRecord(more, last.token, RECORDS + 1, 5, link, 0, new byte[50], 0, 50);
        for (int n = 1; n < more.length; n += 7) {
            byte[] torn = Arrays.copyOf(bytes, bytes.length + n);
            System.arraycopy(more, 0, torn, bytes.length, n);
            Files.write(file, torn);
            try (Journal journal = open(folder, false)) {
                assertThat(journal.recovery().bytesCut()).isEqualTo(n);
                assertThat(journal.recovery().records()).isEqualTo(RECORDS);
                assertThat(journal.lastVersion()).isEqualTo(RECORDS);
            }
        }
        // What no process that ends leaves: versions behind may have been seen.
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 100));
        try (Journal journal = open(folder, false)) {
            assertThat(journal.recovery().bytesCut()).isEqualTo(100);
            assertThat(journal.recovery().lost()).isZero();
            assertThat(journal.append(0, new byte[1])).isEqualTo(Segments.EPOCH + 1);
        }
        try (Journal journal = open(folder, false)) {
            assertThat(journal.append(0, new byte[1])).isEqualTo(Segments.EPOCH + 2);
        }
    }
}
