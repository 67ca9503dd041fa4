package org.recommender4j.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.recommender4j.internal.util.Figures;
import org.recommender4j.internal.util.TextTable;

/** What an {@link Evaluation} of one model measured. Immutable; thread-safe. */
public final class EvaluationResult {
    private final String model;
    private final int users;
    private final int unanswered;
    private final int ratings;
    private final int missing;
    private final Map<String, Double> means;
    private final Map<String, double[]> values;
    private final Map<Integer, int[]> exposures;

    EvaluationResult(
            String model,
            int users,
            int unanswered,
            int ratings,
            int missing,
            Map<String, Double> means,
            Map<String, double[]> values,
            Map<Integer, int[]> exposures) {
        this.model = model;
        this.users = users;
        this.unanswered = unanswered;
        this.ratings = ratings;
        this.missing = missing;
        this.means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
        this.values = Map.copyOf(values);
        this.exposures = Map.copyOf(exposures);
    }

    /** Returns the name of the model. */
    public String model() {
        return model;
    }

    /** Returns the number of users who have something to find in the test part; 0 if no metric needed their lists. */
    public int users() {
        return users;
    }

    /** Returns how many of these users the model had no answer for; their lists are empty, and so misses. */
    public int unanswered() {
        return unanswered;
    }

    /** Returns the number of predicted test ratings; 0 if no metric needed them. */
    public int ratings() {
        return ratings;
    }

    /** Returns how many of these ratings the model could not predict; the training mean was taken instead. */
    public int missing() {
        return missing;
    }

    /** Returns all results by the metrics' names, in the order in which the metrics were given. */
    public Map<String, Double> means() {
        return means;
    }

    /**
     * Returns the result of one metric; NaN if it is undefined.
     *
     * @throws IllegalArgumentException if it was not measured
     */
    public double mean(String metric) {
        Double mean = means.get(metric);
        if (mean == null) {
            throw new IllegalArgumentException("'" + metric + "' was not measured, only " + means.keySet());
        }
        return mean;
    }

    /**
     * Returns the values of single users by user index, as a new array; NaN for users without one. For a {@link RatingMetric}
     * the user's mean loss.
     *
     * @throws IllegalArgumentException if it was not measured, or has no values of users
     */
    public double[] values(String metric) {
        double[] result = values.get(metric);
        if (result == null) {
            throw new IllegalArgumentException("there are no users' values of '" + metric + "', only of "
                    + means.keySet().stream().filter(values::containsKey).toList());
        }
        return result.clone();
    }

    /**
     * Returns how many lists show each item among their first k, by item index, as a new array.
     *
     * @throws IllegalArgumentException if no {@link CatalogueMetric} with this cutoff was measured
     */
    public int[] exposure(int k) {
        int[] result = exposures.get(k);
        if (result == null) {
            throw new IllegalArgumentException(
                    "exposure was not counted at " + k + ", only at " + new TreeSet<>(exposures.keySet()));
        }
        return result.clone();
    }

    /** Returns the cutoffs at which {@linkplain #exposure exposure} was counted. */
    public Set<Integer> exposureCutoffs() {
        return exposures.keySet();
    }

    /** Tells whether a metric has {@linkplain #values values of users}. */
    public boolean hasValues(String metric) {
        return values.containsKey(metric);
    }

    /** Returns a table for logs: a line per metric. */
    @Override
    public String toString() {
        TextTable table = new TextTable(List.of(model, ratings > 0 ? ratings + " ratings" : users + " users"));
        means.forEach((metric, mean) -> table.row(List.of(metric, Figures.value(mean))));
        return table.toString();
    }
}
