package org.recommender4j.eval;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Feedback;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Figures;

/**
 * What a data set looks like before anybody trains on it: counts, how sparse it is, who has how much, and warnings in words about
 * what usually spoils recommendations.
 *
 * <pre>{@code
 * DataQuality quality = DataQuality.of(data);
 * quality.warnings().forEach(System.out::println);
 * }</pre>
 *
 * <p>Time O(interactions log interactions), memory O(users + items). Immutable; thread-safe.
 */
public final class DataQuality {
    private static final double TENTH = 0.1;
    private static final int MAX_SUSPECTS = 10;
    private static final int MANY = 50;

    private final int users;
    private final int items;
    private final int interactions;
    private final int repeated;
    private final int coldUsers;
    private final int singleUsers;
    private final int coldItems;
    private final int medianHistory;
    private final int longestHistory;
    private final double headShare;
    private final Optional<Instant> oldest;
    private final Optional<Instant> newest;
    private final List<Suspect> suspects;
    private final Map<String, String> facts;
    private final List<String> warnings;

    /**
     * A user who does not behave like a person.
     *
     * @param user the id as text
     * @param interactions how many there are of this user
     * @param reason what is odd, in words
     */
    public record Suspect(String user, int interactions, String reason) {}

    private DataQuality(Dataset<?, ?> data) {
        Interactions matrix = data.interactions();
        int[] histories = lengths(matrix);
        int[] audiences = lengths(matrix.transpose());
        users = matrix.rows();
        items = matrix.columns();
        interactions = matrix.size();
        repeated = data.merged();
        coldUsers = count(histories, 0);
        singleUsers = count(histories, 1);
        coldItems = count(audiences, 0);
        medianHistory = quantile(histories, 0.5);
        longestHistory = quantile(histories, 1);
        headShare = headShare(audiences);
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int p = 0; p < matrix.size() && matrix.hasTimes(); p++) {
            first = Math.min(first, matrix.time(p));
            last = Math.max(last, matrix.time(p));
        }
        boolean timed = first <= last;
        oldest = timed ? Optional.of(Instant.ofEpochMilli(first)) : Optional.empty();
        newest = timed ? Optional.of(Instant.ofEpochMilli(last)) : Optional.empty();
        suspects = suspects(data, histories);
        facts = Collections.unmodifiableMap(facts(data, audiences));
        warnings = List.copyOf(warn(data));
    }

    /** Looks at a data set. */
    public static DataQuality of(Dataset<?, ?> data) {
        return new DataQuality(data);
    }

    private static int[] lengths(Interactions rows) {
        int[] result = new int[rows.rows()];
        Arrays.setAll(result, rows::length);
        return result;
    }

    private static int count(int[] values, int wanted) {
        return (int) Arrays.stream(values).filter(value -> value == wanted).count();
    }

    /** The value below which a share of those above 0 lies. */
    private static int quantile(int[] values, double share) {
        int[] ascending = Arrays.stream(values).filter(v -> v > 0).sorted().toArray();
        return ascending.length == 0 ? 0 : ascending[(int) Math.round(share * (ascending.length - 1))];
    }

    private static double headShare(int[] audiences) {
        int[] ascending = audiences.clone();
        Arrays.sort(ascending);
        long all = 0;
        long head = 0;
        for (int k = 0; k < ascending.length; k++) {
            all += ascending[k];
            head += k >= ascending.length - Math.ceil(TENTH * ascending.length) ? ascending[k] : 0;
        }
        return all == 0 ? Double.NaN : (double) head / all;
    }

    private static List<Suspect> suspects(Dataset<?, ?> data, int[] histories) {
        int median = Math.max(1, quantile(histories, 0.5));
        int usual = Math.max(MANY, Math.max(20 * median, 2 * quantile(histories, 0.999)));
        List<Suspect> result = new ArrayList<>();
        for (int user = 0; user < histories.length; user++) {
            String reason = reason(data, user, usual);
            if (!reason.isEmpty()) {
                result.add(new Suspect(String.valueOf(data.users().key(user)), histories[user], reason));
            }
        }
        result.sort((a, b) -> Integer.compare(b.interactions(), a.interactions()));
        return List.copyOf(result);
    }

    private static String reason(Dataset<?, ?> data, int user, int usual) {
        Interactions matrix = data.interactions();
        int length = matrix.length(user);
        if (length >= usual || (length >= MANY && length > data.items().size() / 2)) {
            return "has interacted with " + Figures.count(length) + " items, far more than others";
        }
        if (length < MANY) {
            return "";
        }
        int begin = matrix.begin(user);
        if (matrix.hasTimes()) {
            int largest = largestInAMinute(matrix, begin, matrix.end(user));
            if (largest >= MANY && largest * 2 >= length) {
                return "did " + Figures.count(largest) + " of " + Figures.count(length)
                        + " interactions within a minute";
            }
        }
        if (data.feedback() == Feedback.EXPLICIT) {
            boolean constant = true;
            for (int p = begin; p < matrix.end(user); p++) {
                constant &= matrix.weight(p) == matrix.weight(begin);
            }
            if (constant) {
                return "gave all " + Figures.count(length) + " ratings the value " + matrix.weight(begin);
            }
        }
        return "";
    }

    private static int largestInAMinute(Interactions matrix, int begin, int end) {
        long[] times = new long[end - begin];
        Arrays.setAll(times, k -> matrix.time(begin + k));
        Arrays.sort(times);
        int largest = 0;
        int from = 0;
        for (int k = 0; k < times.length; k++) {
            while (times[k] - times[from] >= 60_000) {
                from++;
            }
            largest = Math.max(largest, k - from + 1);
        }
        return largest;
    }

    private Map<String, String> facts(Dataset<?, ?> data, int[] audiences) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("users", Figures.count(users));
        result.put("items", Figures.count(items));
        result.put(data.feedback() == Feedback.EXPLICIT ? "ratings" : "interactions", Figures.count(interactions));
        result.put("density", Figures.percent(density()) + " of all pairs");
        result.put("repeated pairs", Figures.count(repeated));
        result.put(
                "history of a user",
                "median " + Figures.count(medianHistory) + ", longest " + Figures.count(longestHistory));
        result.put(
                "users of an item",
                "median " + Figures.count(quantile(audiences, 0.5)) + ", most "
                        + Figures.count(quantile(audiences, 1)));
        result.put("long tail", "the most popular 10 % of the items have " + Figures.percent(headShare));
        result.put("users without interactions", Figures.count(coldUsers));
        result.put("items without interactions", Figures.count(coldItems));
        if (oldest.isPresent() && newest.isPresent()) {
            result.put("time", oldest.get() + " to " + newest.get());
        }
        if (data.feedback() == Feedback.EXPLICIT && interactions > 0) {
            double sum = 0;
            int positive = 0;
            for (int p = 0; p < interactions; p++) {
                sum += data.interactions().weight(p);
                positive += data.interactions().weight(p) >= data.positiveFrom() ? 1 : 0;
            }
            result.put(
                    "scale",
                    Figures.tick(data.minRating()) + " to " + Figures.tick(data.maxRating()) + ", mean "
                            + String.format(Locale.ROOT, "%.2f", sum / interactions) + ", "
                            + Figures.percent((double) positive / interactions) + " count as liked");
        }
        result.put(
                "known of the items",
                fields(
                        data.itemFeatures().categoryFields(),
                        data.itemFeatures().numberFields(),
                        data.itemFeatures().textFields(),
                        data.itemFeatures().vectorFields()));
        return result;
    }

    @SafeVarargs
    private static String fields(Iterable<String>... fields) {
        List<String> names = new ArrayList<>();
        for (Iterable<String> some : fields) {
            some.forEach(names::add);
        }
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    private List<String> warn(Dataset<?, ?> data) {
        List<String> result = new ArrayList<>();
        if (interactions == 0) {
            result.add("There are no interactions: nothing can be learned.");
            return result;
        }
        warnIf(result, repeated == 1, "%s repeated pair of user and item was merged.", "1");
        warnIf(result, repeated > 1, "%s repeated pairs of user and item were merged.", Figures.count(repeated));
        warnIf(result, coldUsers == 1, "%s user has no interactions and gets what is popular.", "1");
        warnIf(
                result,
                coldUsers > 1,
                "%s users have no interactions and get what is popular.",
                Figures.count(coldUsers));
        warnIf(
                result,
                singleUsers > TENTH * users,
                "%s of the users have a single interaction; a split by user tests none of them.",
                Figures.percent((double) singleUsers / users));
        warnIf(
                result,
                coldItems > TENTH * items,
                "%s of the items have no interactions; only their features can bring them into a list.",
                Figures.percent((double) coldItems / items));
        warnIf(
                result,
                headShare > 0.8,
                "The most popular 10 %% of the items have %s of the interactions; look at coverage and recall of the tail, too.",
                Figures.percent(headShare));
        warnIf(
                result,
                !data.interactions().hasTimes(),
                "There are no times: nothing can be split by time, and recency is unknown.%s",
                "");
        boolean oneInstant = oldest.isPresent() && oldest.equals(newest);
        warnIf(
                result,
                oneInstant,
                "All interactions have the same time, %s.",
                oldest.map(Instant::toString).orElse(""));
        boolean isAncient = oldest.isPresent() && oldest.get().isBefore(Instant.ofEpochSecond(86_400));
        warnIf(
                result,
                isAncient && !oneInstant,
                "The oldest time is %s: some times are missing, or counted in another unit.",
                oldest.map(Instant::toString).orElse(""));
        warnIf(
                result,
                interactions < 1000,
                "There are only %s interactions; figures will depend much on chance.",
                Figures.count(interactions));
        for (Suspect suspect : suspects.subList(0, Math.min(MAX_SUSPECTS, suspects.size()))) {
            result.add("User '" + suspect.user() + "' " + suspect.reason() + ".");
        }
        warnIf(
                result,
                suspects.size() > MAX_SUSPECTS,
                "%s more users look odd.",
                Figures.count(suspects.size() - MAX_SUSPECTS));
        return result;
    }

    private static void warnIf(List<String> to, boolean condition, String format, String value) {
        if (condition) {
            to.add(String.format(Locale.ROOT, format, value));
        }
    }

    /** Returns the number of users, with or without interactions. */
    public int users() {
        return users;
    }

    /** Returns the number of items, with or without interactions. */
    public int items() {
        return items;
    }

    /** Returns the number of different pairs of user and item. */
    public int interactions() {
        return interactions;
    }

    /** Returns how many interactions repeated a pair and were merged into one. */
    public int repeatedPairs() {
        return repeated;
    }

    /** Returns the share of all pairs of user and item that are known; NaN without users or items. */
    public double density() {
        return (double) interactions / ((double) users * items);
    }

    /** Returns the number of users without interactions. */
    public int coldUsers() {
        return coldUsers;
    }

    /** Returns the number of items without interactions. */
    public int coldItems() {
        return coldItems;
    }

    /** Returns the median number of interactions of those users who have any. */
    public int medianHistory() {
        return medianHistory;
    }

    /** Returns the share of the interactions that the most popular tenth of the items has; NaN without interactions. */
    public double headShare() {
        return headShare;
    }

    /** Returns the oldest time, or empty if no time is known. */
    public Optional<Instant> oldest() {
        return oldest;
    }

    /** Returns the newest time, or empty if no time is known. */
    public Optional<Instant> newest() {
        return newest;
    }

    /**
     * Returns the users who don't behave like people: those with far more items than others, with most interactions within a
     * minute, or with many ratings that are all alike. The longest histories first.
     */
    public List<Suspect> suspects() {
        return suspects;
    }

    /** Returns all of it as texts by name, in the order of a report. */
    public Map<String, String> facts() {
        return facts;
    }

    /** Returns what to think about before training, in words; empty if nothing is odd. */
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public String toString() {
        return "DataQuality" + facts + warnings;
    }
}
