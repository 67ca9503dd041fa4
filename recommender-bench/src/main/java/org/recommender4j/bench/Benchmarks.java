package org.recommender4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The main class of the jar: JMH, and with {@code --quick} before its own options all benchmarks of one size, in short rounds:
 * under three minutes, for a first impression.
 */
public final class Benchmarks {
    private static final List<String> QUICK = List.of(
            "-p",
            "items=100000",
            "-p",
            "dimensions=64",
            "-wi",
            "3",
            "-w",
            "500ms",
            "-i",
            "5",
            "-r",
            "300ms",
            "-f",
            "1");

    private Benchmarks() {}

    /** Runs benchmarks. */
    public static void main(String[] args) throws IOException {
        List<String> options = new ArrayList<>(Arrays.asList(args));
        if (options.remove("--quick")) {
            options.addAll(QUICK);
        }
        org.openjdk.jmh.Main.main(options.toArray(String[]::new));
    }
}
