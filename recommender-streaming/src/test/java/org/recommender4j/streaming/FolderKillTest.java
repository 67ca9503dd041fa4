package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.streaming.journal.Fsync;

/**
 * Kills a process of several threads whose schedules fire, again and again, and opens what it left: all that was promised is
 * there, and nobody who was forgotten. The system property {@code recommender4j.kills} says how often.
 */
class FolderKillTest {
    private static final int KILLS = Integer.getInteger("recommender4j.kills", 4);

    @TempDir
    Path temporary;

    private final FolderLedger ledger = new FolderLedger();

    private static List<String> command(Path folder, int run, Fsync fsync) throws Exception {
        Set<String> places = new LinkedHashSet<>();
        for (Class<?> type : List.of(FolderChild.class, LiveRecommender.class, Algorithm.class, Histogram.class)) {
            places.add(Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx128m",
                "-cp",
                String.join(File.pathSeparator, places),
                FolderChild.class.getName(),
                folder.toString(),
                Integer.toString(run),
                fsync.name());
    }

    /** Runs a child and kills it when it promised so many events. Returns its exit code. */
    private int run(List<String> command, int promises) throws Exception {
        Path errors = temporary.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int before = ledger.events();
            boolean killed = false;
            StringBuilder line = new StringBuilder();
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                // What has no end was not told.
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                if (!line.toString().startsWith("R")) {
                    ledger.told(line.toString());
                }
                line.setLength(0);
                if (!killed && ledger.events() - before >= promises) {
                    killed = true;
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Files.readString(errors)).doesNotContain("Exception");
        return process.exitValue();
    }

    private void check(Path folder, String when) throws IOException {
        try (LiveRecommender<String, String> opened =
                FolderWork.options(Fsync.NONE).open(folder, String.class, String.class)) {
            ledger.check(opened, when);
        }
    }

    @Test
    void nothingPromisedIsLostByAKill() throws Exception {
        SplittableRandom random = new SplittableRandom(17);
        Path folder = temporary.resolve("live");
        FolderChild.begin(folder, FolderWork.options(Fsync.NONE)).close();
        for (int kill = 1; kill <= KILLS; kill++) {
            Fsync fsync = kill % 3 == 0 ? Fsync.EACH : kill % 3 == 1 ? Fsync.GROUP : Fsync.NONE;
            int code = run(command(folder, kill, fsync), random.nextInt(1, 400));
            assertThat(code).as("killed").isEqualTo(137);
            if (kill % 2 == 0) {
                // Every other time the next process finds what the killed one left.
                check(folder, "after kill " + kill);
            }
        }
        check(folder, "at the end");
        assertThat(ledger.events()).isGreaterThanOrEqualTo(KILLS);
    }

    /** No file may grow beyond a limit of the system, as on a full disk; the process goes on as it can, and ends. */
    @Test
    void nothingPromisedIsLostOnAFullDisk() throws Exception {
        Path shell = Path.of("/bin/sh");
        Assumptions.assumeTrue(Files.isExecutable(shell), "no shell that limits the size of files");
        Path folder = temporary.resolve("live");
        FolderChild.begin(folder, FolderWork.options(Fsync.NONE)).close();
        for (int run = 1; run <= 3; run++) {
            List<String> command =
                    new ArrayList<>(List.of(shell.toString(), "-c", "ulimit -f " + 24 * run + "; exec \"$0\" \"$@\""));
            command.addAll(command(folder, run, Fsync.GROUP));
            assertThat(run(command, Integer.MAX_VALUE)).as("it ends by itself").isZero();
            check(folder, "full " + run);
        }
        assertThat(ledger.unwritten()).as("refused").isPositive();
    }
}
