package org.recommender4j.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The command line of {@link Quality}. */
final class QualityOptions {
    static final String USAGE = """
            usage: java -cp benchmarks.jar org.recommender4j.bench.Quality --data PATH --format FORMAT --algorithm NAME
              --data PATH            folder, or file for csv, sequences
              --format FORMAT        movielens, movietweetings, lightgcn, csv, lastfm, goodbooks, citeulike, sequences
              --algorithm NAME       class name of an algorithm, in any case
              --option NAME=VALUE    an option of the algorithm; may be repeated
              --threads N            default: all processors
              --split SPLIT          fixed (lightgcn only), user, random, last, time, cold-items, cold-users, kfold
                                     default: fixed for lightgcn, last for sequences, user for all others;
                                     kfold measures predicted ratings, the mean over all folds
              --folds N              of kfold, default 5
              --ratio X              share of the test part, default 0.2; unused by fixed, last, kfold
              --validate             score on a validation part cut from the training part; the test part stays unread
              --validation-ratio X   share of the validation part, default 0.1 of the training part
              --seed N               of the split, default 42; an algorithm's own is --option seed=N
              --cutoff K             measure at this cutoff too, beside 20; may be repeated
              --positive-from X      smallest weight that counts as liked, default: that of the format
              --columns LIST         csv: name or position (0 is the first) of user, item and perhaps rating or weight,
                                     time (in seconds); default user=0,item=1
              --separator S          csv: default a comma; \\t is a tab
              --no-header            csv: the first line is data
              --runs N               fits and scores N times in one process, default 1; the first run is cold
              --progress             prints the iterations with their loss, which takes time, to the standard error
            """;

    @Nullable
    Path data;

    String format = "";
    String algorithm = "";
    final Map<String, String> options = new LinkedHashMap<>();
    int threads = Runtime.getRuntime().availableProcessors();
    String split = "";
    double ratio = 0.2;
    int folds = 5;
    boolean validate;
    double validationRatio = 0.1;
    long seed = 42;
    final TreeSet<Integer> cutoffs = new TreeSet<>(List.of(20));
    double positiveFrom = Double.NaN;
    Map<String, String> columns = Map.of("user", "0", "item", "1");
    String separator = ",";
    boolean header = true;
    int runs = 1;
    boolean progress;
    boolean help;

    private QualityOptions() {}

    /**
     * Reads a command line.
     *
     * @throws UsageException that says what is wrong
     */
    static QualityOptions parse(String... args) {
        QualityOptions result = new QualityOptions();
        List<String> rest = new ArrayList<>(List.of(args));
        while (!rest.isEmpty()) {
            String name = rest.remove(0);
            if (!result.flag(name)) {
                if (!name.startsWith("--")) {
                    throw new UsageException("'" + name + "' is not an option");
                } else if (rest.isEmpty()) {
                    throw new UsageException(name + " is unknown, or needs a value");
                }
                result.set(name, rest.remove(0));
            }
        }
        if (!result.help) {
            result.require("--data", result.data == null);
            result.require("--format", result.format.isEmpty());
            result.require("--algorithm", result.algorithm.isEmpty());
        }
        return result;
    }

    Path data() {
        if (data == null) {
            throw new UsageException("--data is missing");
        }
        return data;
    }

    private void require(String name, boolean missing) {
        if (missing) {
            throw new UsageException(name + " is missing");
        }
    }

    private boolean flag(String name) {
        switch (name) {
            case "--validate" -> validate = true;
            case "--no-header" -> header = false;
            case "--progress" -> progress = true;
            case "--help", "-h" -> help = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    private void set(String name, String value) {
        switch (name) {
            case "--data" -> data = Path.of(value);
            case "--format" -> format = value.toLowerCase(Locale.ROOT);
            case "--algorithm" -> algorithm = value;
            case "--option" -> pair(name, value, options);
            case "--threads" -> threads = (int) whole(name, value, 1, 1024);
            case "--split" -> split = value.toLowerCase(Locale.ROOT);
            case "--folds" -> folds = (int) whole(name, value, 2, 1000);
            case "--ratio" -> ratio = share(name, value);
            case "--validation-ratio" -> validationRatio = share(name, value);
            case "--seed" -> seed = whole(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
            case "--cutoff" -> cutoffs.add((int) whole(name, value, 1, 100_000));
            case "--positive-from" -> positiveFrom = number(name, value);
            case "--columns" -> {
                columns = new LinkedHashMap<>();
                for (String column : value.split(",", -1)) {
                    pair(name, column, columns);
                }
            }
            case "--separator" -> separator = value.replace("\\t", "\t");
            case "--runs" -> runs = (int) whole(name, value, 1, 1_000_000);
            default -> throw new UsageException("'" + name + "' is not an option");
        }
    }

    private static void pair(String name, String text, Map<String, String> target) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new UsageException(name + " needs NAME=VALUE, not '" + text + "'");
        }
        target.put(text.substring(0, at).trim(), text.substring(at + 1).trim());
    }

    private static long whole(String name, String text, long min, long max) {
        try {
            long value = Long.parseLong(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for all that does not fit.
        }
        throw new UsageException(name + " needs a whole number from " + min + " to " + max + ", not '" + text + "'");
    }

    private static double number(String name, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message for all that does not fit.
        }
        throw new UsageException(name + " needs a number, not '" + text + "'");
    }

    private static double share(String name, String text) {
        double value = number(name, text);
        if (value <= 0 || value >= 1) {
            throw new UsageException(name + " needs a number between 0 and 1, not '" + text + "'");
        }
        return value;
    }
}
