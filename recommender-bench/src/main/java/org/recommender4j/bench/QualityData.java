package org.recommender4j.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.CsvInteractions;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.LightGcn;
import org.recommender4j.data.MovieLens;
import org.recommender4j.data.Split;
import org.recommender4j.data.TimeFormat;
import org.recommender4j.model.TrainingData;

/** Reads a data set in one of the formats of {@link Quality}, and cuts it. */
final class QualityData {
    private static final List<String> FORMATS =
            List.of("movielens", "movietweetings", "lightgcn", "csv", "lastfm", "goodbooks", "citeulike", "sequences");
    private static final List<String> SPLITS =
            List.of("fixed", "user", "random", "last", "time", "cold-items", "cold-users", "kfold");

    private final QualityOptions options;
    private final Dataset<?, ?> data;
    private final @Nullable Interactions fixedTest;
    private final String split;

    /** What to train on, what to find, and the candidates when they are not all items. */
    static final class Parts {
        final TrainingData train;
        final Interactions test;
        final int @Nullable [] candidates;

        Parts(TrainingData train, Interactions test, int @Nullable [] candidates) {
            this.train = train;
            this.test = test;
            this.candidates = candidates;
        }
    }

    private QualityData(QualityOptions options, Dataset<?, ?> data, @Nullable Interactions fixedTest) {
        this.options = options;
        this.data = data;
        this.fixedTest = fixedTest;
        String natural = fixedTest != null ? "fixed" : options.format.equals("sequences") ? "last" : "user";
        split = options.split.isEmpty() ? natural : options.split;
    }

    static void checkNames(QualityOptions options) {
        if (!FORMATS.contains(options.format)) {
            throw new UsageException("there is no format '" + options.format + "', only " + FORMATS);
        }
        if (!options.split.isEmpty() && !SPLITS.contains(options.split)) {
            throw new UsageException("there is no split '" + options.split + "', only " + SPLITS);
        }
        if (options.split.equals("fixed") && !options.format.equals("lightgcn")) {
            throw new UsageException("the format '" + options.format + "' has no fixed split");
        }
        if (options.format.equals("lightgcn") && !options.split.isEmpty() && !options.split.equals("fixed")) {
            throw new UsageException(
                    "the format 'lightgcn' comes with its split, so '" + options.split + "' is no choice");
        }
    }

    static QualityData read(QualityOptions options) {
        Path path = options.data();
        return switch (options.format) {
            case "movielens", "movietweetings" -> new QualityData(options, MovieLens.read(path), null);
            case "lightgcn" -> {
                LightGcn.Split fixed = LightGcn.read(find(path, "train.txt"), find(path, "test.txt"));
                yield new QualityData(options, fixed.train(), fixed.test());
            }
            case "csv" -> new QualityData(options, csv(options, path), null);
            case "lastfm" ->
                new QualityData(
                        options,
                        CsvInteractions.builder()
                                .separator("\t")
                                .quotes(false)
                                .user("userID")
                                .item("artistID")
                                .weight("weight")
                                .build()
                                .read(find(path, "user_artists.dat")),
                        null);
            case "goodbooks" -> new QualityData(options, goodbooks(find(path, "ratings.csv")), null);
            case "citeulike" -> new QualityData(options, citeULike(path), null);
            case "sequences" -> new QualityData(options, lists(path, false).build(), null);
            default -> throw new UsageException("there is no format '" + options.format + "', only " + FORMATS);
        };
    }

    private static Dataset<String, String> csv(QualityOptions options, Path file) {
        CsvInteractions.Builder builder =
                CsvInteractions.builder().separator(options.separator).header(options.header);
        for (Map.Entry<String, String> column : options.columns.entrySet()) {
            String name = column.getValue();
            int position = name.matches("\\d{1,4}") ? Integer.parseInt(name) : -1;
            switch (column.getKey()) {
                case "user" -> set(position, builder::user, name, builder::user);
                case "item" -> set(position, builder::item, name, builder::item);
                case "rating" -> set(position, builder::rating, name, builder::rating);
                case "weight" -> set(position, builder::weight, name, builder::weight);
                case "time" ->
                    set(
                            position,
                            p -> builder.time(p, TimeFormat.SECONDS),
                            name,
                            n -> builder.time(n, TimeFormat.SECONDS));
                default ->
                    throw new UsageException(
                            "--columns knows user, item, rating, weight and time, not '" + column.getKey() + "'");
            }
        }
        try {
            return builder.build().read(file);
        } catch (IllegalStateException e) {
            throw new UsageException("--columns: " + e.getMessage());
        }
    }

    private interface Setter<T> {
        Object set(T value);
    }

    private static void set(int position, Setter<Integer> byPosition, String name, Setter<String> byName) {
        if (position >= 0) {
            byPosition.set(position);
        } else {
            byName.set(name);
        }
    }

    private static Dataset<String, String> goodbooks(Path file) {
        DatasetBuilder<String, String> target = Dataset.builder();
        target.ratings(1, 5).duplicates(DuplicatePolicy.LAST);
        CsvInteractions.builder()
                .user("user_id")
                .item("book_id")
                .rating("rating")
                .build()
                .readInto(file, target);
        return target.build();
    }

    /**
     * Reads a line of items per user. Each line begins with the number of items and stands for the next user, or with the
     * user; in the second case the items are in the order of time, for which their places in the line are taken.
     */
    private static DatasetBuilder<Integer, Integer> lists(Path file, boolean counted) {
        DatasetBuilder<Integer, Integer> target = Dataset.builder();
        target.duplicates(DuplicatePolicy.LAST);
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.US_ASCII))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                StringTokenizer tokens = new StringTokenizer(line);
                try {
                    if (tokens.hasMoreTokens()) {
                        int first = Integer.parseInt(tokens.nextToken());
                        int user = counted ? number - 1 : first;
                        for (int place = 0; tokens.hasMoreTokens(); place++) {
                            int item = Integer.parseInt(tokens.nextToken());
                            if (counted) {
                                target.add(user, item);
                            } else {
                                target.add(user, item, 1.0, place);
                            }
                        }
                    }
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(file + ":" + number + ": " + e.getMessage(), e);
                }
                number++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
        return target;
    }

    /** Reads the articles of users, with the words of each article as a text and its tags as a category. */
    private static Dataset<Integer, Integer> citeULike(Path folder) {
        DatasetBuilder<Integer, Integer> target = lists(find(folder, "users.dat"), true);
        List<String> words = lines(find(folder, "vocabulary.dat"));
        List<String> texts = lines(find(folder, "mult.dat"));
        for (int item = 0; item < texts.size(); item++) {
            StringBuilder text = new StringBuilder();
            StringTokenizer tokens = new StringTokenizer(texts.get(item));
            tokens.nextToken();
            while (tokens.hasMoreTokens()) {
                String[] entry = tokens.nextToken().split(":", 2);
                String word = words.get(Integer.parseInt(entry[0]));
                text.append((word + " ").repeat(Integer.parseInt(entry[1])));
            }
            target.itemText(item, "text", text.toString());
        }
        List<String> tags = lines(find(folder, "tags.dat"));
        List<String> tagged = lines(find(folder, "tag-item.dat"));
        for (int tag = 0; tag < tagged.size(); tag++) {
            StringTokenizer tokens = new StringTokenizer(tagged.get(tag));
            tokens.nextToken();
            while (tokens.hasMoreTokens()) {
                target.itemCategories(Integer.parseInt(tokens.nextToken()), "tag", tags.get(tag));
            }
        }
        return target.build();
    }

    private static List<String> lines(Path file) {
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    static Path find(Path folder, String name) {
        for (Path file : new Path[] {folder.resolve(name), folder.resolve(name + ".gz")}) {
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IllegalArgumentException("there is no " + name + " or " + name + ".gz in " + folder);
    }

    /** Returns how the parts are cut, in words. */
    String split() {
        return switch (split) {
            case "fixed", "last" -> split;
            case "kfold" -> split + " " + options.folds;
            default -> split + " " + options.ratio;
        };
    }

    Parts parts() {
        Interactions train = data.interactions();
        Interactions test = fixedTest;
        boolean coldItems = split.equals("cold-items");
        int[] candidates = null;
        if (test == null) {
            Split cut = cut(train, split, options.ratio, options.seed);
            train = cut.train();
            test = cut.test();
            candidates = coldItems ? cut.newItems() : null;
        }
        if (options.validate) {
            Split cut = cut(train, split.equals("fixed") ? "user" : split, options.validationRatio, options.seed + 1);
            train = cut.train();
            test = cut.test();
            candidates = coldItems ? cut.newItems() : null;
        }
        return new Parts(training(train), test, candidates);
    }

    /**
     * Cuts the ratings into folds, each of which is tested once on what was learned from the others; for validation, a share
     * of those others is tested instead.
     */
    List<Parts> folds() {
        if (data.feedback() != Feedback.EXPLICIT) {
            throw new UsageException("the split 'kfold' measures predicted ratings, but the data has none");
        }
        List<Parts> result = new ArrayList<>();
        for (Split fold : Split.kFold(data.interactions(), options.folds, options.seed)) {
            Split used = options.validate
                    ? Split.random(fold.train(), options.validationRatio, options.seed + 1 + result.size())
                    : fold;
            result.add(new Parts(training(used.train()), used.test(), null));
        }
        return result;
    }

    private TrainingData training(Interactions train) {
        float positiveFrom = Double.isNaN(options.positiveFrom) ? data.positiveFrom() : (float) options.positiveFrom;
        return new TrainingData(
                train,
                data.feedback(),
                positiveFrom,
                data.minRating(),
                data.maxRating(),
                data.itemFeatures(),
                data.userFeatures());
    }

    private static Split cut(Interactions data, String split, double ratio, long seed) {
        return switch (split) {
            case "user" -> Split.perUser(data, ratio, seed);
            case "random" -> Split.random(data, ratio, seed);
            case "last" -> Split.lastOut(data);
            case "time" -> Split.byTime(data, ratio);
            case "cold-items" -> Split.coldItems(data, ratio, seed);
            case "cold-users" -> Split.coldUsers(data, ratio, seed);
            default -> throw new UsageException("there is no split '" + split + "', only " + SPLITS);
        };
    }
}
