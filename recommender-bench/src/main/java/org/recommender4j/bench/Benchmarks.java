package org.recommender4j.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.util.Statistics;

/**
 * The main class of the jar: JMH, and after its report the medians as a table in Markdown. With {@code --quick} before its own
 * options all benchmarks of one size, in short rounds: under three minutes, for a first impression.
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

    /** Options that ask JMH for a text in place of a run. */
    private static final Set<String> TEXTS = Set.of("-h", "-l", "-lp", "-lprof", "-lrf");

    private static final MathContext DIGITS = new MathContext(4);

    private Benchmarks() {}

    /** Runs benchmarks. */
    public static void main(String[] args) throws IOException, CommandLineOptionException, RunnerException {
        List<String> options = new ArrayList<>(Arrays.asList(args));
        if (options.remove("--quick")) {
            options.addAll(QUICK);
        }
        String[] rest = options.toArray(String[]::new);
        if (options.stream().anyMatch(TEXTS::contains)) {
            org.openjdk.jmh.Main.main(rest);
        } else {
            System.out.print(medians(new Runner(new CommandLineOptions(rest)).run()));
        }
    }

    /** Returns a table with the median of the iterations of each benchmark, the least and the greatest. */
    static String medians(Collection<RunResult> results) {
        StringBuilder out = new StringBuilder("\n| benchmark | parameters | median | least | greatest | unit |\n")
                .append("|---|---|---|---|---|---|\n");
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            String benchmark = params.getBenchmark();
            int type = benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1);
            List<String> values = new ArrayList<>();
            for (String key : params.getParamsKeys()) {
                values.add(key + "=" + params.getParam(key));
            }
            Statistics times = result.getPrimaryResult().getStatistics();
            out.append("| ").append(benchmark.substring(type + 1));
            out.append(" | ").append(String.join(" ", values));
            for (double value : new double[] {times.getPercentile(50), times.getMin(), times.getMax()}) {
                out.append(" | ").append(new BigDecimal(value).round(DIGITS).toPlainString());
            }
            out.append(" | ").append(result.getPrimaryResult().getScoreUnit()).append(" |\n");
        }
        return out.toString();
    }
}
