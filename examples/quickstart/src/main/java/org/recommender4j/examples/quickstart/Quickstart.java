package org.recommender4j.examples.quickstart;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommendation;
import org.recommender4j.Recommendations;
import org.recommender4j.Recommender;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.MovieLens;
import org.recommender4j.data.Split;
import org.recommender4j.eval.Evaluation;
import org.recommender4j.eval.EvaluationResult;
import org.recommender4j.eval.Metric;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.popularity.Popularity;

/**
 * From ratings to recommendations: reads data, trains, says how good the model is, and prints what it recommends to a few
 * users and why.
 */
public final class Quickstart {
    private static final long SEED = 1;
    private static final int LENGTH = 6;

    private final PrintStream out;

    private Quickstart(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param args {@code --data DIR} to use a MovieLens folder in place of the embedded data
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        if (args.length != 0 && !(args.length == 2 && args[0].equals("--data"))) {
            out.println("usage: Quickstart [--data DIR]");
            System.exit(2);
        }
        new Quickstart(out).run(args.length == 0 ? null : Path.of(args[1]));
    }

    static void run(PrintStream out, @Nullable Path folder) {
        new Quickstart(out).run(folder);
    }

    private void run(@Nullable Path folder) {
        Dataset<String, String> data = folder == null ? EmbeddedFilms.read(SEED) : MovieLens.read(folder);
        out.printf(
                Locale.ROOT,
                "%,d ratings of %,d films by %,d users%s%n%n",
                data.interactions().size(),
                data.items().size(),
                data.users().size(),
                folder == null ? " (made up; the films are real)" : "");

        Algorithm algorithm = folder == null
                ? ImplicitAls.builder()
                        .factors(16)
                        .unobservedWeight(0.3)
                        .regularization(0.05)
                        .build()
                : ImplicitAls.withDefaults();
        quality(data, algorithm);

        Recommender<String, String> recommender = algorithm.fit(data);
        Map<String, String> users = folder == null ? personas() : someUsers(data);
        users.forEach((user, description) -> show(data, recommender, user, description));
        somebodyNew(data, recommender);
    }

    private static Map<String, String> personas() {
        Map<String, String> result = new LinkedHashMap<>();
        for (Persona persona : Persona.values()) {
            result.put(persona.id(), "loves " + persona.loves());
        }
        return result;
    }

    private static Map<String, String> someUsers(Dataset<String, String> data) {
        Map<String, String> result = new LinkedHashMap<>();
        for (int k = 1; k <= 3; k++) {
            int user = k * data.users().size() / 4;
            result.put(data.users().key(user), data.interactions().length(user) + " ratings");
        }
        return result;
    }

    /** Hides a fifth of what each user likes, trains on the rest, and counts how much of the hidden part is found. */
    private void quality(Dataset<String, String> data, Algorithm algorithm) {
        Split split = Split.perUser(TrainingData.of(data).positives(), 0.2, SEED);
        TrainingData train = TrainingData.implicit(split.train());
        Evaluation evaluation = Evaluation.builder(train, split.test())
                .metrics(Metric.recall(10), Metric.ndcg(10))
                .build();
        out.println("How much of what users like, and the model was not told, is in its first 10:");
        for (Algorithm each : List.of(algorithm, new Popularity())) {
            EvaluationResult result = evaluation.run(each.train(train, Training.defaults()));
            out.printf(
                    Locale.ROOT,
                    "  %-12s recall@10 %.3f   ndcg@10 %.3f%n",
                    each.name(),
                    result.mean("recall@10"),
                    result.mean("ndcg@10"));
        }
        out.println();
    }

    private void show(
            Dataset<String, String> data, Recommender<String, String> recommender, String user, String description) {
        out.printf("%s (%s)%n", user, description);
        Recommendations<String> list = recommender.recommend(user, LENGTH);
        for (Recommendation<String> entry : list) {
            Explanation<String> why = recommender.explain(user, entry.item());
            String because = why.reasons().stream()
                    .filter(reason -> reason.contribution() > 0)
                    .limit(2)
                    .map(reason -> reason.item().map(item -> title(data, item)).orElse(reason.label()))
                    .collect(Collectors.joining(", "));
            out.printf(
                    Locale.ROOT,
                    "  %d. %.2f  %s%n            because of %s%n",
                    entry.rank(),
                    entry.score(),
                    title(data, entry.item()),
                    because);
        }
        out.println();
    }

    /** A visitor without an account, after two clicks, who wants at most two films of a genre. */
    private void somebodyNew(Dataset<String, String> data, Recommender<String, String> recommender) {
        List<String> clicks =
                new ArrayList<>(recommender.recommend("somebody unknown", 2).items());
        out.println("a visitor without an account who clicked "
                + clicks.stream().map(item -> title(data, item)).collect(Collectors.joining(" and ")));
        Recommendations<String> list = recommender.recommendFor(
                clicks, request -> request.limit(LENGTH).maxPerCategory("genre", 2));
        list.forEach(entry -> out.printf(Locale.ROOT, "  %d. %s%n", entry.rank(), title(data, entry.item())));
        out.printf("  answered by %s; left out: %s%n", list.source(), list.removed());
    }

    private static String title(Dataset<String, String> data, String item) {
        String title = data.itemFeatures().text("title", data.items().indexOf(item));
        return title.isEmpty() ? item : title;
    }
}
