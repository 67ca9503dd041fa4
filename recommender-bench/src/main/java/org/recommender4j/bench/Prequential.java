package org.recommender4j.bench;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.MovieLens;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.streaming.online.OnlineAlgorithm;
import org.recommender4j.streaming.online.OnlineBlend;
import org.recommender4j.streaming.online.OnlineModel;

/**
 * Command that tests on a stream: the liked interactions of a MovieLens folder in the order of time; for each, ten items are
 * recommended to its user, seen ones left out, then the model learns from it. The first 20 % only warm up, the next 10 % are for
 * tuning, the rest is the test.
 *
 * <pre>
 * Prequential --data FOLDER --model SPEC [--model SPEC ...] [--test]
 * SPEC = [static:|fold:]NAME[,option=value ...][*weight][+NAME...]
 * </pre>
 *
 * <p>{@code static:} asks a model trained on the warm-up about the histories of the warm-up; {@code fold:} asks it about the histories of
 * now; others learn from every event. Names joined by {@code +} are blended. A list that a model leaves short is filled by the popularity of
 * the warm-up for the first two, and by the last of {@code --fallback} (default {@code DecayedPopularity}) otherwise.
 */
public final class Prequential {
    private static final int N = 10;

    private final PrintStream out;
    private final Interactions liked;
    private final int[] users;
    private final int[] order;
    private final int warm;
    private final int tuned;

    private Prequential(PrintStream out, Dataset<?, ?> data) {
        this.out = out;
        liked = TrainingData.of(data).positives();
        users = new int[liked.size()];
        Integer[] boxed = new Integer[users.length];
        for (int user = 0; user < liked.rows(); user++) {
            for (int p = liked.begin(user); p < liked.end(user); p++) {
                users[p] = user;
                boxed[p] = p;
            }
        }
        Arrays.sort(boxed, (a, b) -> Long.compare(liked.time(a), liked.time(b)));
        order = Arrays.stream(boxed).mapToInt(p -> p).toArray();
        warm = order.length / 5;
        tuned = (int) (order.length * 3L / 10);
    }

    /** Runs the command; exits with 0, with 1 if the data failed, with 2 if the command line is wrong. */
    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            Path data = null;
            String fallback = "DecayedPopularity";
            boolean test = false;
            Map<String, Integer> specs = new LinkedHashMap<>();
            for (int k = 0; k < args.length; k++) {
                if (args[k].equals("--test")) {
                    test = true;
                    continue;
                }
                if (k + 1 == args.length) {
                    throw new UsageException(args[k] + " needs a value");
                }
                String value = args[++k];
                switch (args[k - 1]) {
                    case "--data" -> data = Path.of(value);
                    case "--model" -> specs.put(value, k);
                    case "--fallback" -> fallback = value;
                    default -> throw new UsageException("unknown option " + args[k - 1]);
                }
            }
            if (data == null || specs.isEmpty()) {
                throw new UsageException("--data and --model are needed");
            }
            Prequential run = new Prequential(out, MovieLens.read(data));
            for (String spec : specs.keySet()) {
                run.score(spec, fallback, test);
            }
            return 0;
        } catch (UsageException e) {
            err.println(e.getMessage());
            return 2;
        } catch (IllegalArgumentException | UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private Interactions part(int from, int to) {
        InteractionsBuilder builder = Interactions.builder();
        for (int k = from; k < to; k++) {
            int p = order[k];
            builder.add(users[p], liked.column(p), liked.weight(p), liked.time(p));
        }
        return builder.build(liked.rows(), liked.columns(), DuplicatePolicy.LAST);
    }

    private static Algorithm algorithm(String spec) {
        String[] parts = spec.split(",", -1);
        Map<String, String> options = new LinkedHashMap<>();
        for (int k = 1; k < parts.length; k++) {
            String[] pair = parts[k].split("=", 2);
            if (pair.length < 2) {
                throw new UsageException("not name=value: " + parts[k]);
            }
            options.put(pair[0], pair[1]);
        }
        return Algorithm.named(parts[0]).with(options);
    }

    private static Model train(String spec, TrainingData data) {
        String[] members = spec.split("\\+", -1);
        if (members.length == 1 && !spec.contains("*")) {
            return algorithm(spec).train(data, Training.defaults());
        }
        OnlineBlend.Builder blend = OnlineBlend.builder();
        for (String member : members) {
            String[] parts = member.split("\\*", -1);
            double weight = parts.length > 1 ? Double.parseDouble(parts[1]) : 1;
            if (!(algorithm(parts[0]) instanceof OnlineAlgorithm online)) {
                throw new UsageException("only online models can be blended, not " + parts[0]);
            }
            blend.add(online.train(data, Training.defaults()), weight);
        }
        return blend.build();
    }

    private void score(String spec, String fallbackSpec, boolean test) {
        boolean isStatic = spec.startsWith("static:");
        boolean online = !isStatic && !spec.startsWith("fold:");
        long started = System.nanoTime();
        TrainingData data = TrainingData.implicit(part(0, warm));
        Model model = train(spec.substring(spec.indexOf(':') + 1), data);
        Model fallback = train(online ? fallbackSpec : "Popularity", data);
        double trainSeconds = (System.nanoTime() - started) / 1e9;
        History[] histories = new History[liked.rows()];
        Arrays.setAll(histories, user -> new History());
        History[] asked = new History[liked.rows()];
        for (int k = 0; k < warm; k++) {
            histories[users[order[k]]].add(liked, order[k]);
        }
        for (int user = 0; user < asked.length; user++) {
            asked[user] = isStatic ? histories[user].copy() : histories[user];
        }
        int from = test ? tuned : warm;
        int to = test ? order.length : tuned;
        long hits = 0;
        long known = 0;
        long knownHits = 0;
        double gain = 0;
        started = System.nanoTime();
        for (int k = warm; k < to; k++) {
            int p = order[k];
            int user = users[p];
            if (k >= from) {
                int rank = rank(model, fallback, asked[user].profile(user), histories[user].sorted(), liked.column(p));
                boolean isKnown = histories[user].size > 0;
                known += isKnown ? 1 : 0;
                if (rank >= 0) {
                    hits++;
                    knownHits += isKnown ? 1 : 0;
                    gain += 1 / (Math.log(rank + 2) / Math.log(2));
                }
            }
            histories[user].add(liked, p);
            learn(model, user, p);
            learn(fallback, user, p);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        int scored = to - from;
        out.println(new JsonLine()
                .put("model", spec)
                .put("part", test ? "test" : "tuning")
                .put("events", scored)
                .put("recall@10", hits / (double) scored, 4)
                .put("ndcg@10", gain / scored, 4)
                .put("events_known_users", known)
                .put("recall@10_known_users", knownHits / (double) known, 4)
                .put("train_seconds", trainSeconds, 2)
                .put("events_per_second", (to - warm) / seconds, 0));
    }

    private void learn(Model model, int user, int p) {
        if (model instanceof OnlineModel online) {
            online.update(user, liked.column(p), 1f, liked.time(p));
        }
    }

    /** Returns the place of an item in the list, 0 for the first, or -1. */
    private static int rank(Model model, Model fallback, Profile profile, int[] seen, int item) {
        int items = Math.max(model.items(), fallback.items());
        int known = Arrays.binarySearch(seen, items);
        int[] excluded = known == -seen.length - 1 ? seen : Arrays.copyOf(seen, known < 0 ? -known - 1 : known);
        int[] list = new int[N];
        int size = 0;
        for (Model each : List.of(model, fallback)) {
            if (size < N && each.answers(profile)) {
                TopN top = new TopN(N + size, Eligibility.allExcept(items, excluded));
                each.topN(profile, top);
                for (int candidate : top.items()) {
                    boolean there = false;
                    for (int k = 0; k < size; k++) {
                        there |= list[k] == candidate;
                    }
                    if (!there && size < N) {
                        list[size++] = candidate;
                    }
                }
            }
        }
        for (int k = 0; k < size; k++) {
            if (list[k] == item) {
                return k;
            }
        }
        return -1;
    }

    /** What a user has liked so far, in the order of time. */
    private static final class History {
        private int[] items = new int[4];
        private long[] times = new long[4];
        private int size;

        void add(Interactions liked, int p) {
            if (size == items.length) {
                items = Arrays.copyOf(items, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            items[size] = liked.column(p);
            times[size++] = liked.time(p);
        }

        History copy() {
            History copy = new History();
            copy.items = items.clone();
            copy.times = times.clone();
            copy.size = size;
            return copy;
        }

        Profile profile(int user) {
            return Profile.ofHistory(user, Arrays.copyOf(items, size), null, Arrays.copyOf(times, size));
        }

        int[] sorted() {
            int[] sorted = Arrays.copyOf(items, size);
            Arrays.sort(sorted);
            return sorted;
        }
    }
}
