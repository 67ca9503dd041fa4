package org.recommender4j.eval;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.internal.util.TextTable;

/**
 * What a {@link Replay} measured.
 *
 * @param name of the recommender
 * @param length of the lists
 * @param tuning the events to choose options by
 * @param test all events after them
 * @param windows both together in the order of time, cut into parts of equal numbers of events
 */
public record ReplayResult(String name, int length, Part tuning, Part test, List<Part> windows) {
    /**
     * Some events, one after the other. Each has one item to foresee: recall is the share of those that were listed, and the
     * same as the hit rate.
     *
     * @param events how many had to be foreseen
     * @param newUsers how many of them were the first of their users
     * @param recall the share of the events whose item was on the list; NaN without events, as all values
     * @param mrr the mean of 1 / place, 0 for those that were not listed
     * @param ndcg the mean of 1 / log2(place + 1), 0 for those that were not listed
     * @param recallOfNewUsers recall over the first events of users
     * @param from time of the first event, or empty without events
     * @param to time of the last event, or empty without events
     */
    public record Part(
            int events,
            int newUsers,
            double recall,
            double mrr,
            double ndcg,
            double recallOfNewUsers,
            Optional<Instant> from,
            Optional<Instant> to) {}

    /** Returns a table for logs: the two parts, then the windows in the order of time. */
    @Override
    public String toString() {
        TextTable table = new TextTable(
                List.of(name, "events", "recall@" + length, "mrr@" + length, "ndcg@" + length, "recall of new users"));
        row(table, "tuning", tuning);
        row(table, "test", test);
        for (int k = 0; k < windows.size(); k++) {
            row(table, "window " + (k + 1), windows.get(k));
        }
        return table.toString();
    }

    private static void row(TextTable table, String label, Part part) {
        table.row(List.of(
                label,
                Figures.count(part.events),
                Figures.value(part.recall),
                Figures.value(part.mrr),
                Figures.value(part.ndcg),
                Figures.value(part.recallOfNewUsers)));
    }

    /** Adds up a part. */
    static final class Counter {
        private final double[] discounts;
        private int events;
        private int newUsers;
        private int hits;
        private int hitsOfNewUsers;
        private double reciprocals;
        private double gains;
        private @Nullable Instant from;
        private @Nullable Instant to;

        Counter(int length) {
            discounts = new double[length];
            for (int place = 0; place < length; place++) {
                discounts[place] = StrictMath.log(2) / StrictMath.log(place + 2.0);
            }
        }

        /** Adds an event whose item was at a place, 0 for the first, or negative if it was not on the list. */
        void add(int place, boolean isNewUser, Instant time) {
            events++;
            newUsers += isNewUser ? 1 : 0;
            if (place >= 0) {
                hits++;
                hitsOfNewUsers += isNewUser ? 1 : 0;
                reciprocals += 1.0 / (place + 1);
                gains += discounts[place];
            }
            from = from == null ? time : from;
            to = time;
        }

        Part part() {
            return new Part(
                    events,
                    newUsers,
                    (double) hits / events,
                    reciprocals / events,
                    gains / events,
                    (double) hitsOfNewUsers / newUsers,
                    Optional.ofNullable(from),
                    Optional.ofNullable(to));
        }
    }
}
