package org.recommender4j.examples.evaluation;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.Split;
import org.recommender4j.eval.Comparison;
import org.recommender4j.eval.DataQuality;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.Replay;
import org.recommender4j.eval.report.Report;

/** Compares all algorithms on a data set and writes a report: a page for a browser, Markdown and JSON. */
public final class Evaluate {
    private static final double TEST_SHARE = 0.2;
    private static final int FITS_OF_A_REPLAY = 8;

    private Evaluate() {}

    /** Runs the program; {@link Arguments#USAGE} has the options. */
    @SuppressWarnings("SystemConsoleNull") // Newer JDKs always have one; then a redirected output just has the bar.
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, System.console() != null, args));
    }

    static int run(PrintStream out, boolean isTerminal, String... args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.print(Arguments.USAGE);
            return 2;
        }
        try {
            evaluate(out, isTerminal, arguments);
            return 0;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            out.println(e.getMessage());
            return 1;
        }
    }

    private static void evaluate(PrintStream out, boolean isTerminal, Arguments arguments) {
        Dataset<String, String> data = DataSource.read(arguments.data());
        DataQuality quality = DataQuality.of(data);
        out.println(data);
        quality.warnings().forEach(warning -> out.println("  " + warning));
        out.println();

        // Dislikes stay in the training part: they are seen, and some algorithms learn from them.
        Split split = split(data.interactions(), arguments);
        Evaluation evaluation = Evaluation.builder(data, split)
                .standardMetrics(arguments.length())
                .build();
        Comparison.Builder comparing = Comparison.builder(evaluation)
                .listener(new ProgressBar(out, isTerminal))
                .curves(true);
        algorithms(arguments).forEach(comparing::add);
        Comparison comparison = comparing.run();

        Report.Builder report = Report.builder(comparison)
                .title("Recommendations for " + DataSource.name(arguments.data()))
                .note(words(arguments))
                .quality(quality);
        if (arguments.replay()) {
            replay(out, data, comparison, evaluation.metricNames().get(0), report);
        }
        Report built = report.build();
        built.write(arguments.output());
        print(out, comparison);
        out.println();
        out.println(built.summary());
        out.println("The report is in " + arguments.output().resolve("report.html"));
    }

    private static List<Algorithm> algorithms(Arguments arguments) {
        return arguments.algorithms().isEmpty()
                ? Algorithm.all()
                : arguments.algorithms().stream().map(Algorithm::named).toList();
    }

    private static Split split(Interactions data, Arguments arguments) {
        return switch (arguments.split()) {
            case "time" -> Split.byTime(data, TEST_SHARE);
            case "last" -> Split.lastOut(data);
            default -> Split.perUser(data, TEST_SHARE, arguments.seed());
        };
    }

    private static String words(Arguments arguments) {
        String cut = switch (arguments.split()) {
            case "time" -> "The newest fifth of all interactions is held out.";
            case "last" -> "Each user's newest interaction is held out.";
            default -> "A fifth of each user's interactions is held out at random, seed " + arguments.seed() + ".";
        };
        return cut + " All algorithms have their default options, and rank all items that the user does not know.";
    }

    /** Goes through the events with the best algorithm and with popularity, each refitted now and then. */
    private static void replay(
            PrintStream out,
            Dataset<String, String> data,
            Comparison comparison,
            String metric,
            Report.Builder report) {
        Replay<String, String> replay = Replay.builder(data).build();
        int every = Math.max(1, replay.events() / FITS_OF_A_REPLAY);
        String best = comparison.entries().stream()
                .max((a, b) -> Double.compare(orLowest(a, metric), orLowest(b, metric)))
                .map(Comparison.Entry::name)
                .orElse("Popularity");
        for (String name : best.equals("Popularity") ? List.of(best) : List.of(best, "Popularity")) {
            out.println("replaying " + replay.events() + " events to " + name);
            Map<String, String> options = comparison.entries().stream()
                    .filter(entry -> entry.name().equals(name))
                    .findFirst()
                    .map(Comparison.Entry::options)
                    .orElse(Map.of());
            report.replay(replay.run(Algorithm.named(name).with(options), every));
        }
    }

    private static double orLowest(Comparison.Entry entry, String metric) {
        double value = entry.result().mean(metric);
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value;
    }

    private static void print(PrintStream out, Comparison comparison) {
        List<String> metrics = comparison.evaluation().metricNames().subList(0, 2);
        String coverage = comparison.evaluation().metricNames().stream()
                .filter(name -> name.startsWith("coverage"))
                .findFirst()
                .orElseThrow();
        out.printf("%n%-16s %10s %10s %12s %10s%n", "", metrics.get(0), metrics.get(1), coverage, "training");
        for (Comparison.Entry entry : comparison.entries()) {
            out.printf(
                    Locale.ROOT,
                    "%-16s %10.4f %10.4f %12.4f %8.2f s%n",
                    entry.name(),
                    entry.result().mean(metrics.get(0)),
                    entry.result().mean(metrics.get(1)),
                    entry.result().mean(coverage),
                    entry.fitTime().toNanos() / 1e9);
        }
        comparison.failures().forEach((name, why) -> out.printf("%-16s refused the data: %s%n", name, why));
    }
}
