package org.recommender4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.TopN;
import org.recommender4j.streaming.online.OnlineAlgorithm;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * Command that tests next-item prediction: every prefix of a session predicts what comes next, out of all items, those of the
 * session included. Reads {@code train_sessions.txt} and {@code test_sessions.txt}, one session of item numbers a line, packed or
 * not.
 *
 * <pre>
 * Sessions --data FOLDER [--model NAME] [--option NAME=VALUE ...] [--validate [--every N]]
 * </pre>
 *
 * <p>{@code --validate} trains on the first nine tenths of the training sessions and tests on the last tenth (on every N-th of
 * them, default 4). The sessions carry no times; they count as 1000 a day.
 */
public final class Sessions {
    private static final int N = 20;
    private static final long MILLIS_PER_SESSION = 86_400L;

    private Sessions() {}

    /** Runs the command; exits with 0, with 1 if the data failed, with 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            Path data = null;
            String name = "SessionKnn";
            Map<String, String> options = new LinkedHashMap<>();
            boolean validate = false;
            int every = 4;
            for (int k = 0; k < args.length; k++) {
                if (args[k].equals("--validate")) {
                    validate = true;
                    continue;
                }
                if (k + 1 == args.length) {
                    throw new UsageException(args[k] + " needs a value");
                }
                String value = args[++k];
                switch (args[k - 1]) {
                    case "--data" -> data = Path.of(value);
                    case "--model" -> name = value;
                    case "--every" -> every = Integer.parseInt(value);
                    case "--option" -> {
                        String[] pair = value.split("=", 2);
                        options.put(pair[0], pair.length < 2 ? "" : pair[1]);
                    }
                    default -> throw new UsageException("unknown option " + args[k - 1]);
                }
            }
            if (data == null) {
                throw new UsageException("--data is needed");
            }
            if (!(Algorithm.named(name).with(options) instanceof OnlineAlgorithm algorithm)) {
                throw new UsageException(name + " does not learn from events");
            }
            score(out, data, algorithm, validate ? every : 0);
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static void score(PrintStream out, Path data, OnlineAlgorithm algorithm, int every) {
        boolean validate = every > 0;
        List<int[]> train = read(data.resolve("train_sessions.txt"));
        List<int[]> test = new ArrayList<>();
        if (validate) {
            int cut = train.size() * 9 / 10;
            for (int k = cut; k < train.size(); k += every) {
                test.add(train.get(k));
            }
            train = train.subList(0, cut);
        } else {
            test = read(data.resolve("test_sessions.txt"));
        }
        OnlineModel model = algorithm.start();
        long clicks = 0;
        long started = System.nanoTime();
        for (int s = 0; s < train.size(); s++) {
            for (int item : train.get(s)) {
                model.update(s, item, 1f, s * MILLIS_PER_SESSION);
                clicks++;
            }
        }
        double learned = (System.nanoTime() - started) / 1e9;
        long hits = 0;
        double reciprocal = 0;
        long predictions = 0;
        started = System.nanoTime();
        Eligibility all = Eligibility.all(model.items());
        for (int[] session : test) {
            for (int length = 1; length < session.length; length++) {
                Profile profile = Profile.ofItems(prefix(session, length));
                TopN top = new TopN(N, all);
                model.topN(profile, top);
                int[] items = top.items();
                for (int k = 0; k < items.length; k++) {
                    if (items[k] == session[length]) {
                        hits++;
                        reciprocal += 1.0 / (k + 1);
                    }
                }
                predictions++;
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        out.println(new JsonLine()
                .put("model", model.name())
                .put("options", algorithm.options())
                .put("part", validate ? "validation" : "test")
                .put("predictions", predictions)
                .put("p@20", 100.0 * hits / predictions, 2)
                .put("mrr@20", 100 * reciprocal / predictions, 2)
                .put("clicks_learned_per_second", clicks / learned, 0)
                .put("predictions_per_second", predictions / seconds, 0));
    }

    /** Returns the distinct items of a prefix, by their last click. */
    private static int[] prefix(int[] session, int length) {
        int[] result = new int[length];
        int n = 0;
        for (int k = 0; k < length; k++) {
            boolean again = false;
            for (int j = k + 1; j < length; j++) {
                again |= session[j] == session[k];
            }
            if (!again) {
                result[n++] = session[k];
            }
        }
        return Arrays.copyOf(result, n);
    }

    private static List<int[]> read(Path plain) {
        Path packed = plain.resolveSibling(plain.getFileName() + ".gz");
        Path file = Files.exists(plain) ? plain : packed;
        List<int[]> result = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file);
                InputStream unpacked = file.equals(packed) ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int[] session = Arrays.stream(line.trim().split("\\s+"))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                result.add(session);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(file + ":" + (result.size() + 1) + ": " + e.getMessage(), e);
        }
        return result;
    }
}
