package org.recommender4j.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Command that tries settings of an algorithm on a validation part: those of a grid, or a random sample of it. Prints the line of
 * {@link Quality} for each, and at the end, to the standard error, the one with the highest ndcg@20, among equals the highest recall@20. The test
 * part is never scored. {@code --help} lists the options.
 */
public final class Search {
    static final String USAGE = """
            usage: java -cp benchmarks.jar org.recommender4j.bench.Search --grid NAME=VALUE,VALUE,... ... QUALITY-OPTIONS
              --grid NAME=VALUES     values to try for an option of the algorithm; may be repeated, then all combinations count
              --trials N             only N of the combinations, drawn at random without repetition; default: all, in order
              --trial-seed N         of the draw, default 1
            and the options of Quality, where --validate is always on
            """;

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int MOST = 100_000;

    private final List<List<String>> combinations = new ArrayList<>(List.of(List.of()));
    private final List<String> quality = new ArrayList<>();
    private int trials = Integer.MAX_VALUE;
    private long trialSeed = 1;
    private boolean help;

    private Search() {}

    /** Runs the command; exits with 0, with 1 if no setting could be scored, with 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Runs the command in this process and returns its exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        Search search = new Search();
        try {
            search.parse(args);
        } catch (UsageException | NumberFormatException e) {
            err.println(e.getMessage());
            err.print(USAGE);
            return MISUSED;
        }
        if (search.help) {
            out.print(USAGE);
            return OK;
        }
        return search.tryAll(out, err);
    }

    private void parse(String... args) {
        quality.add("--validate");
        for (int k = 0; k < args.length; k++) {
            String name = args[k];
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--grid" -> cross(value(args, ++k));
                case "--trials" -> trials = Integer.parseInt(value(args, ++k));
                case "--trial-seed" -> trialSeed = Long.parseLong(value(args, ++k));
                default -> quality.add(name);
            }
        }
        if (trials < 1) {
            throw new UsageException("--trials needs a positive number, not " + trials);
        }
    }

    private static String value(String[] args, int at) {
        if (at == args.length) {
            throw new UsageException(args[at - 1] + " needs a value");
        }
        return args[at];
    }

    private void cross(String grid) {
        int at = grid.indexOf('=');
        if (at < 1) {
            throw new UsageException("--grid needs NAME=VALUE,VALUE,..., not '" + grid + "'");
        }
        List<List<String>> old = List.copyOf(combinations);
        combinations.clear();
        for (List<String> combination : old) {
            for (String value : grid.substring(at + 1).split(",", -1)) {
                List<String> longer = new ArrayList<>(combination);
                longer.add(grid.substring(0, at) + "=" + value);
                combinations.add(longer);
            }
        }
        if (combinations.size() > MOST) {
            throw new UsageException("more than " + MOST + " combinations");
        }
    }

    private int tryAll(PrintStream out, PrintStream err) {
        if (trials < combinations.size()) {
            SplittableRandom random = new SplittableRandom(trialSeed);
            for (int k = 0; k < trials; k++) {
                int other = k + random.nextInt(combinations.size() - k);
                List<String> drawn = combinations.get(other);
                combinations.set(other, combinations.get(k));
                combinations.set(k, drawn);
            }
        }
        String best = "";
        for (List<String> combination : combinations.subList(0, Math.min(trials, combinations.size()))) {
            List<String> args = new ArrayList<>(quality);
            for (String option : combination) {
                args.addAll(List.of("--option", option));
            }
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            int code =
                    Quality.run(new PrintStream(lines, true, StandardCharsets.UTF_8), err, args.toArray(new String[0]));
            String line = lines.toString(StandardCharsets.UTF_8);
            out.print(line);
            if (code == MISUSED) {
                return MISUSED;
            } else if (code != OK) {
                err.println("failed: " + combination);
            } else if (best.isEmpty() || better(line, best)) {
                best = line;
            }
        }
        err.print("best: " + (best.isEmpty() ? "none\n" : best));
        return best.isEmpty() ? FAILED : OK;
    }

    private static boolean better(String line, String best) {
        int order = Double.compare(number(line, "ndcg@20"), number(best, "ndcg@20"));
        return order > 0 || (order == 0 && number(line, "recall@20") > number(best, "recall@20"));
    }

    private static double number(String line, String key) {
        Matcher matcher = Pattern.compile('"' + key + "\": ?([0-9.eE+-]+)").matcher(line);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NEGATIVE_INFINITY;
    }
}
