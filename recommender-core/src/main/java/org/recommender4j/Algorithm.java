package org.recommender4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * A way to learn recommendations from data, with all its options: an immutable value made by a builder. Fitting it to data
 * gives a {@link Recommender}; an algorithm itself has no state, so that an unfitted model can't be asked anything.
 *
 * <pre>{@code
 * Recommender<String, String> recommender = ImplicitAls.builder().factors(64).build().fit(data);
 * }</pre>
 *
 * <p>Applications use {@link #fit}. The other methods are for those who write algorithms: implement them, give the class a
 * public constructor without arguments that sets the defaults, and list it in {@code
 * META-INF/services/org.recommender4j.Algorithm}; then model files, command lines and tuning know it by name.
 *
 * <p>Implementations are immutable and thread-safe, and two of the same options are equal in effect: the same data gives the
 * same model, byte for byte, on any number of threads.
 */
public interface Algorithm {
    /** Returns the name, which is also that in model files: the simple class name. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Returns all options with their values as text, in a fixed order. */
    Map<String, String> options();

    /**
     * Returns the same algorithm with some options changed.
     *
     * @throws IllegalArgumentException if an option is unknown or a value does not fit
     */
    Algorithm with(Map<String, String> options);

    /**
     * Learns from data.
     *
     * @throws IllegalStateException if the training diverges, the message says in which iteration; or before it begins, if
     *     it needs larger arrays than there can be, or more memory than the heap can have, the message says which option
     *     to change
     * @throws java.util.concurrent.CancellationException if the thread was interrupted, which it then still is
     */
    Model train(TrainingData data, Training training);

    /**
     * Makes a model from what {@link Model#state()} returned.
     *
     * @throws IllegalArgumentException if the state is not one of this algorithm
     */
    Model restore(ModelState state);

    /** Learns from a data set with the default {@link Training}: all processors, nobody is told of the progress. */
    default <U, I> Recommender<U, I> fit(Dataset<U, I> data) {
        return fit(data, Training.defaults());
    }

    /**
     * Learns from a data set. The recommender keeps the ids, the histories (to leave out what was seen) and the item
     * categories; unknown users are answered with the most popular items.
     */
    default <U, I> Recommender<U, I> fit(Dataset<U, I> data, Training training) {
        return ModelRecommender.fit(this, data, training);
    }

    /** Returns all algorithms on the class path with their default options, by name. */
    static List<Algorithm> all() {
        List<Algorithm> result = new ArrayList<>();
        ServiceLoader.load(Algorithm.class, Algorithm.class.getClassLoader()).forEach(result::add);
        result.sort(Comparator.comparing(Algorithm::name));
        return result;
    }

    /**
     * Returns the algorithm of a name, in any case, with its default options.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     */
    static Algorithm named(String name) {
        List<Algorithm> all = all();
        for (Algorithm algorithm : all) {
            if (algorithm.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException("there is no algorithm '" + name + "', only "
                + all.stream().map(Algorithm::name).toList());
    }

    /**
     * Returns this algorithm with all its options as text, for example {@code Popularity{halfLifeDays=Infinity}}; the inverse
     * of {@link #parse}.
     *
     * @throws IllegalArgumentException if the value of an option has braces that don't match
     */
    default String toText() {
        return AlgorithmText.print(this);
    }

    /**
     * Returns the algorithm that a text describes: a name as in {@link #named}, then in braces the options that differ from
     * the default, for example {@code ImplicitAls{factors=64, seed=7}}. A value with a comma stands in braces itself: {@code
     * Blend{members={ImplicitAls, Popularity}, weights={2, 1}}}.
     *
     * @throws IllegalArgumentException if the text is not of this form, or names an algorithm or option that there is not
     */
    static Algorithm parse(String text) {
        return AlgorithmText.parse(text);
    }

    /** Returns the algorithms that a text describes, separated by commas; see {@link #parse}. */
    static List<Algorithm> parseAll(String text) {
        return AlgorithmText.parseAll(text);
    }
}
