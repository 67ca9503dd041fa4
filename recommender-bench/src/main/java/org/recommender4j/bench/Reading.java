package org.recommender4j.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.MovieLens;

/**
 * Command that writes a {@code ratings.csv} in the layout of MovieLens to a temporary folder and reads it a few times, on one thread:
 * lines per second, reading and building of the data set together, and bytes per interaction of what is kept, ids and the view by item
 * included. A line of JSON per reading; the first one is cold.
 *
 * <pre>{@code
 * java -cp benchmarks.jar org.recommender4j.bench.Reading [LINES]
 * }</pre>
 */
public final class Reading {
    private static final int READINGS = 4;
    private static final int DEFAULT_LINES = 5_000_000;
    private static final int ITEMS = 30_000;
    private static final int PER_USER = 150;

    private Reading() {}

    /** Runs the command; the only argument is the number of lines, default 5 million. */
    public static void main(String[] args) throws IOException {
        run(System.out, args.length == 0 ? DEFAULT_LINES : Integer.parseInt(args[0]));
    }

    static void run(PrintStream out, int lines) throws IOException {
        Path folder = Files.createTempDirectory("reading");
        Path file = folder.resolve("ratings.csv");
        try {
            write(file, lines);
            for (int reading = 1; reading <= READINGS; reading++) {
                double before = HeapPeak.liveMegabytes();
                long start = System.nanoTime();
                Dataset<?, ?> data = MovieLens.read(folder);
                double seconds = (System.nanoTime() - start) / 1e9;
                int byItem = data.interactions().transpose().rows();
                double kept = HeapPeak.liveMegabytes() - before;
                out.println(new JsonLine()
                        .put("lines", lines)
                        .put("bytes", Files.size(file))
                        .put("reading", reading)
                        .put("lines_per_second", lines / seconds, 0)
                        .put(
                                "bytes_per_interaction",
                                kept * (1 << 20) / data.interactions().size(),
                                1)
                        .put("users", data.interactions().rows())
                        .put("items", byItem)
                        .put("jdk", Runtime.version().toString()));
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Users in order, their items not, and no pair twice, as in the published files. */
    private static void write(Path file, int lines) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            out.write("userId,movieId,rating,timestamp\n");
            int item = 0;
            for (int line = 0; line < lines; line++) {
                int place = line % PER_USER;
                item = place == 0
                        ? random.nextInt(ITEMS)
                        : (item + 1 + random.nextInt(2 * ITEMS / PER_USER - 2)) % ITEMS;
                out.write(Integer.toString(1 + line / PER_USER));
                out.write(',');
                out.write(Integer.toString(1 + item));
                out.write(',');
                out.write(Double.toString((1 + random.nextInt(10)) / 2.0));
                out.write(',');
                out.write(Integer.toString(1_000_000_000 + random.nextInt(500_000_000)));
                out.write('\n');
            }
        }
    }
}
