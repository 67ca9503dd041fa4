package org.recommender4j.examples.liveshop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;

/** A till that writes each event to a folder is killed in the middle of its work; what it had acknowledged is there afterwards. */
final class PowerCut {
    private static final String REGULAR = "regular";
    private static final int ACKNOWLEDGED = 300;

    private PowerCut() {}

    /** The work of the till: sells without end, and tells the version of each event that is safe. */
    static void sell(PrintStream out, Path folder) {
        Simulation simulation = new Simulation(11);
        try (LiveRecommender<String, String> live =
                LiveRecommender.builder().clock(simulation::now).create(folder, simulation.past(), new Popularity())) {
            while (!out.checkError()) {
                Product product = simulation.shelves().any(simulation.anyDepartment());
                simulation.pass(1);
                out.println(live.ingest(
                        Event.<String, String>purchase(REGULAR, product.id()).at(simulation.now())));
            }
        }
    }

    /** Starts a till in a process of its own, kills it, and opens what is left. */
    static void demonstrate(PrintStream out) {
        try {
            Path folder = Files.createTempDirectory("live-shop");
            try {
                Path till = folder.resolve("till");
                long acknowledged = sellUntilKilled(till);
                try (LiveRecommender<String, String> live = LiveRecommender.open(till, String.class, String.class)) {
                    out.printf(
                            Locale.ROOT,
                            "%nA till that keeps a journal was killed after it had acknowledged event %d. Opened again: version"
                                    + " %d,%n%d bytes of an unfinished event cut off; of the acknowledged events %s.%n",
                            acknowledged,
                            live.version(),
                            live.recovery().orElseThrow().bytesCut(),
                            live.version() >= acknowledged ? "none is lost" : "SOME ARE LOST");
                }
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long sellUntilKilled(Path till) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LiveShop.class.getName(),
                        "--till",
                        till.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader versions =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = versions.readLine(); line != null; line = versions.readLine()) {
                long acknowledged = Long.parseLong(line);
                if (acknowledged == ACKNOWLEDGED) {
                    return acknowledged;
                }
            }
            throw new IllegalStateException("the till ended by itself");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
