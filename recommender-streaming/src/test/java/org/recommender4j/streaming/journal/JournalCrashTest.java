package org.recommender4j.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.internal.disk.DiskFile;

/**
 * Kills what appends, again and again, and looks whether all that it was promised is there. Processes cost a fifth of a
 * second each, so there are 40 of them, or as many as the system property {@code recommender4j.crashes} says; 400 more stops at
 * a random write happen inside this process, and leave the same files.
 */
class JournalCrashTest {
    private static final int CRASHES = Integer.getInteger("recommender4j.crashes", 40);

    private static final int STOPS = 400;
    private static final List<Fsync> POLICIES = List.of(Fsync.values());

    @TempDir
    Path folder;

    private final TreeMap<Long, Long> acknowledged = new TreeMap<>();
    private long snapshot;
    private long told;

    private static final class Stop extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void everyAcknowledgedRecordSurvivesAStopAtAnyWrite() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        Path path = folder.resolve("0");
        int cuts = 0;
        for (int crash = 1; crash <= STOPS; crash++) {
            StoppingDisk disk = new StoppingDisk(random.nextInt(1, 250), random.split(), () -> {
                throw new Stop();
            });
            Path current = path;
            assertThatThrownBy(() -> CrashChild.work(
                            current, POLICIES.get(random.nextInt(POLICIES.size())), disk, random, 100_000, this::hear))
                    .isInstanceOf(Stop.class);
            // The lock of the stopped one still holds in this process, so the files go to another folder.
            path = folder.resolve(Integer.toString(crash));
            Files.createDirectory(path);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(current)) {
                for (Path file : files) {
                    Files.copy(file, path.resolve(file.getFileName()));
                }
            }
            disk.closeAll();
            cuts += check(path, crash) ? 1 : 0;
        }
        assertThat(told).isGreaterThan(20L * STOPS);
        assertThat(cuts).as("unfinished records seen").isGreaterThan(STOPS / 20);
    }

    @Test
    void everyAcknowledgedRecordSurvivesEveryKill() throws Exception {
        writeJar(folder.resolve("child.jar"));
        Path archive = folder.resolve("classes.jsa");
        Path journal = folder.resolve("journal");
        run(journal, 0, 3, Fsync.NONE, "-XX:ArchiveClassesAtExit=" + archive);
        assertThat(archive).isNotEmptyFile();
        SplittableRandom random = new SplittableRandom(42);
        int cuts = 0;
        for (int crash = 1; crash <= CRASHES; crash++) {
            // Most halt inside of what they do to the disk; every eighth is killed from outside at any moment.
            boolean outside = crash % 8 == 0;
            int acknowledgements = outside ? random.nextInt(1, 60) : Integer.MAX_VALUE;
            int haltAt = outside ? 0 : random.nextInt(1, 120);
            Fsync fsync = outside ? POLICIES.get(random.nextInt(POLICIES.size())) : Fsync.GROUP;
            run(journal, haltAt, acknowledgements, fsync, "-XX:SharedArchiveFile=" + archive);
            cuts += check(journal, crash) ? 1 : 0;
        }
        assertThat(told).isGreaterThan(5L * CRASHES);
        assertThat(cuts).as("unfinished records seen").isGreaterThan(CRASHES / 20);
    }

    private void run(Path journal, int haltAt, int acknowledgements, Fsync fsync, String archive) throws Exception {
        boolean archiving = archive.contains("AtExit");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                // The standard output is for acknowledgements; a newer virtual machine warns there.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Xmx16m",
                archive,
                "-cp",
                folder.resolve("child.jar").toString(),
                CrashChild.class.getName(),
                journal.toString(),
                Long.toString(told),
                Integer.toString(haltAt),
                fsync.name(),
                archiving ? "20" : "100000"));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            boolean killed = false;
            for (int count = 0; ; count++) {
                if (count == acknowledgements && !archiving && !killed) {
                    // Not through the process, which would close the stream with what was told already.
                    process.toHandle().destroyForcibly();
                    killed = true;
                }
                long version = in.readLong();
                hear(version, in.readLong());
            }
        } catch (EOFException e) {
            // The end of the process.
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isIn(archiving ? new Object[] {0} : new Object[] {9, 137});
    }

    private void hear(long version, long sum) {
        if (version < 0) {
            snapshot = -version;
            return;
        }
        told++;
        Long old = acknowledged.put(version, sum);
        assertThat(old).as("version %d was given twice", version).isNull();
    }

    private boolean check(Path path, int crash) {
        TreeMap<Long, Long> found = new TreeMap<>();
        try (Journal journal =
                Journal.builder(path).fsync(Fsync.NONE).segmentBytes(2048).open()) {
            journal.replay(snapshot, Long.MAX_VALUE, (version, time, payload) -> {
                assertThat(found.isEmpty() ? 0 : found.lastKey()).isLessThan(version);
                found.put(version, CrashChild.sum(payload));
            });
            acknowledged.headMap(snapshot, true).clear();
            acknowledged.forEach((version, sum) -> {
                Long there = found.get(version);
                boolean dropped = there == null && sum % 2 == 1;
                assertThat(dropped || sum.equals(there))
                        .as("after crash %d: record %d is %s", crash, version, there)
                        .isTrue();
            });
            if (!acknowledged.isEmpty()) {
                assertThat(journal.lastVersion()).isGreaterThanOrEqualTo(acknowledged.lastKey());
            }
            return journal.recovery().bytesCut() > 0;
        }
    }

    /** Puts the classes into one file, which the virtual machine can keep in an archive to start faster. */
    private static void writeJar(Path jar) throws Exception {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : List.of(Journal.class, CrashChild.class, DiskFile.class)) {
                Path root = Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI());
                String folder = type.getPackageName().replace('.', '/');
                if (Files.isDirectory(root)) {
                    copyClasses(root, folder, out);
                } else {
                    try (FileSystem jarOfModule = FileSystems.newFileSystem(root)) {
                        copyClasses(jarOfModule.getPath("/"), folder, out);
                    }
                }
            }
        }
    }

    private static void copyClasses(Path root, String folder, JarOutputStream out) throws Exception {
        try (DirectoryStream<Path> classes = Files.newDirectoryStream(root.resolve(folder), "*.class")) {
            for (Path file : classes) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
    }
}
