package org.recommender4j.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.recommender4j.Algorithm;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.LightGcn;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/**
 * Factor models of many items to search in, learned or drawn.
 *
 * @param algorithm {@code ImplicitAls}
 * @param state the model, of exact retrieval
 * @param seen the histories of its users
 */
record Factors(Algorithm algorithm, ModelState state, Interactions seen) {
    static final int USERS = 256;

    /**
     * Makes a model.
     *
     * @param source {@code synthetic}: logarithmically normal lengths and a spectrum that falls with the square root; {@code
     *     even}: neither; else a file in the layout of LightGCN to learn from, with {@code unit:} before it for vectors of length 1
     * @param items how many; with a file, 0 means those of the file, and more than that are copies with noise of .3 of
     *     their length
     */
    static Factors of(String source, int items, int dimensions) {
        Algorithm algorithm = Algorithm.named("ImplicitAls").with(Map.of("factors", String.valueOf(dimensions)));
        if (source.equals("synthetic") || source.equals("even")) {
            Interactions seen = drawHistories(items);
            ModelState little = algorithm
                    .with(Map.of("iterations", "1"))
                    .train(TrainingData.implicit(seen), Training.defaults())
                    .state();
            float[] users = draw(1, USERS, dimensions, source, 0);
            float[] vectors = draw(2, items, dimensions, source, 0.7);
            return new Factors(algorithm, replaced(little, users, vectors, dimensions), seen);
        }
        boolean unit = source.startsWith("unit:");
        Interactions seen =
                LightGcn.read(Path.of(unit ? source.substring(5) : source)).interactions();
        ModelState learned = algorithm
                .train(TrainingData.implicit(seen), Training.defaults())
                .state();
        if (!unit && items <= seen.columns()) {
            return new Factors(algorithm, learned, seen);
        }
        float[] vectors = copies(learned.floats("items"), Math.max(items, seen.columns()), dimensions);
        if (unit) {
            scale(vectors, dimensions);
        }
        return new Factors(algorithm, replaced(learned, learned.floats("users"), vectors, dimensions), seen);
    }

    /** Returns the model with another way to find items. */
    Model model(String retrieval) {
        ModelState other = new ModelState();
        state.tensors().forEach(other::put);
        state.texts().forEach((name, text) -> other.put(name, name.equals("retrieval") ? retrieval : text));
        return algorithm.restore(other);
    }

    private static Interactions drawHistories(int items) {
        SplittableRandom random = new SplittableRandom(3);
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < USERS; user++) {
            for (int k = 0; k < 30; k++) {
                builder.add(user, random.nextInt(items), 1f);
            }
        }
        builder.add(0, items - 1, 1f);
        return builder.build(DuplicatePolicy.LAST);
    }

    private static float[] draw(long seed, int rows, int dimensions, String source, double spread) {
        boolean even = source.equals("even");
        SplittableRandom random = new SplittableRandom(seed);
        float[] matrix = new float[Math.multiplyExact(rows, dimensions)];
        for (int row = 0; row < rows; row++) {
            double length = even || spread == 0 ? 1 : Math.exp(spread * normal(random));
            for (int k = 0; k < dimensions; k++) {
                double spectrum = even ? 1 : 1 / Math.sqrt(1 + k);
                matrix[row * dimensions + k] = (float) (length * spectrum * normal(random));
            }
        }
        return matrix;
    }

    /** The sum of twelve uniform numbers is near enough to a normal one. */
    private static double normal(SplittableRandom random) {
        double sum = -6;
        for (int k = 0; k < 12; k++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static float[] copies(float[] rows, int count, int dimensions) {
        SplittableRandom random = new SplittableRandom(4);
        float[] result = new float[Math.multiplyExact(count, dimensions)];
        for (int row = 0; row < count; row++) {
            int from = (int) ((long) row * dimensions % rows.length);
            double noise = row * dimensions < rows.length ? 0 : 0.3 * length(rows, from, dimensions);
            for (int k = 0; k < dimensions; k++) {
                result[row * dimensions + k] =
                        (float) (rows[from + k] + noise / Math.sqrt(dimensions) * normal(random));
            }
        }
        return result;
    }

    private static void scale(float[] rows, int dimensions) {
        for (int from = 0; from < rows.length; from += dimensions) {
            double length = length(rows, from, dimensions);
            for (int k = 0; k < dimensions && length > 0; k++) {
                rows[from + k] = (float) (rows[from + k] / length);
            }
        }
    }

    private static double length(float[] rows, int from, int dimensions) {
        double square = 0;
        for (int k = 0; k < dimensions; k++) {
            square += (double) rows[from + k] * rows[from + k];
        }
        return Math.sqrt(square);
    }

    private static ModelState replaced(ModelState learned, float[] users, float[] items, int dimensions) {
        ModelState state = new ModelState();
        learned.texts().forEach(state::put);
        learned.tensors().forEach((name, tensor) -> {
            switch (name) {
                case "users" -> state.put(name, users, users.length / dimensions, dimensions);
                case "items" -> state.put(name, items, items.length / dimensions, dimensions);
                default -> state.put(name, tensor);
            }
        });
        return state;
    }
}
