package org.recommender4j.eval;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.recommender4j.model.Options;

/**
 * From which values a {@link Tuning} may choose which options.
 *
 * <pre>{@code
 * SearchSpace space = SearchSpace.builder()
 *     .logInteger("factors", 16, 256)
 *     .logUniform("regularization", 1e-3, 1)
 *     .choice("loss", "logistic", "hinge")
 *     .build();
 * }</pre>
 *
 * <p>A range on a logarithmic scale suits what matters by its size: 0.001 to 0.01 is drawn as often as 0.1 to 1. Numbers are
 * rounded to four digits. Immutable; thread-safe.
 */
public final class SearchSpace {
    private static final MathContext DIGITS = new MathContext(4);

    private final Map<String, Dimension> dimensions;

    /** How one option is drawn, and in words. */
    private record Dimension(String description, Function<SplittableRandom, String> draw) {}

    private SearchSpace(Map<String, Dimension> dimensions) {
        this.dimensions = Collections.unmodifiableMap(new LinkedHashMap<>(dimensions));
    }

    /** Starts describing a space. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private final Map<String, Dimension> dimensions = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a number, all of the range alike.
         *
         * @throws IllegalArgumentException if the range is empty or not finite, or the option was added before; so in all
         */
        public Builder uniform(String option, double low, double high) {
            checkRange(option, low, high);
            return add(
                    option,
                    "uniform " + low + " to " + high,
                    random -> text(low + random.nextDouble() * (high - low), low, high));
        }

        /** Adds a number above 0, all orders of magnitude alike. */
        public Builder logUniform(String option, double low, double high) {
            checkRange(option, low, high);
            checkPositive(option, low);
            double ratio = StrictMath.log(high / low);
            return add(
                    option,
                    "log-uniform " + low + " to " + high,
                    random -> text(low * StrictMath.exp(random.nextDouble() * ratio), low, high));
        }

        /** Adds a whole number, both ends included, all alike. */
        public Builder integer(String option, int low, int high) {
            checkRange(option, low, high);
            return add(
                    option, "integer " + low + " to " + high, random -> Long.toString(random.nextLong(low, high + 1L)));
        }

        /** Adds a whole number above 0, both ends included, all orders of magnitude alike. */
        public Builder logInteger(String option, int low, int high) {
            checkRange(option, low, high);
            checkPositive(option, low);
            double ratio = StrictMath.log((high + 0.5) / (low - 0.5));
            return add(option, "log-integer " + low + " to " + high, random -> {
                double drawn = (low - 0.5) * StrictMath.exp(random.nextDouble() * ratio);
                return Long.toString(Math.max(low, Math.min(high, Math.round(drawn))));
            });
        }

        /** Adds a choice from some values, all alike. */
        public Builder choice(String option, String... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("option '" + option + "' needs a value to choose");
            }
            String[] copy = values.clone();
            return add(option, "choice of " + Arrays.toString(copy), random -> copy[random.nextInt(copy.length)]);
        }

        private Builder add(String option, String description, Function<SplittableRandom, String> draw) {
            if (dimensions.putIfAbsent(option, new Dimension(description, draw)) != null) {
                throw new IllegalArgumentException("option '" + option + "' is in the space already");
            }
            return this;
        }

        private static void checkRange(String option, double low, double high) {
            if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
                throw new IllegalArgumentException(
                        "option '" + option + "' needs a range of finite numbers, but is from " + low + " to " + high);
            }
        }

        private static void checkPositive(String option, double low) {
            Options.inRange("the lower end of option '" + option + "'", low, Double.MIN_NORMAL, Double.MAX_VALUE);
        }

        private static String text(double value, double low, double high) {
            double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
            return Double.toString(Math.max(low, Math.min(high, rounded)));
        }

        /** Returns the space. */
        public SearchSpace build() {
            return new SearchSpace(dimensions);
        }
    }

    /** Returns the options in the order in which they were added, each with its range in words. */
    public Map<String, String> describe() {
        Map<String, String> result = new LinkedHashMap<>();
        dimensions.forEach((option, dimension) -> result.put(option, dimension.description()));
        return result;
    }

    /** Draws a value for each option, one after the other from the given stream. */
    public Map<String, String> draw(SplittableRandom random) {
        Map<String, String> result = new LinkedHashMap<>();
        dimensions.forEach(
                (option, dimension) -> result.put(option, dimension.draw().apply(random)));
        return result;
    }

    @Override
    public String toString() {
        return "SearchSpace" + describe();
    }
}
