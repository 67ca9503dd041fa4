package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.io.ModelFile;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.ModelState;

/** Files that somebody has put together by hand, with right checksums: these tell of accidents, not of intent. */
class ForgedModelFileTest {
    private static final int HUGE = Integer.MAX_VALUE - 9;

    @TempDir
    Path folder;

    private Path forge(String algorithm, String name, Object value) {
        DatasetBuilder<String, String> data = Dataset.builder();
        if (algorithm.contains("Mf") || algorithm.contains("predictRatings")) {
            data.ratings(1, 5);
        }
        for (int user = 0; user < 6; user++) {
            for (int item = 0; item < 5; item++) {
                if ((user * item + user) % 3 != 1) {
                    data.add("u" + user, "i" + item, 1 + (user + item) % 5);
                }
            }
        }
        data.itemCategories("i0", "genre", "x", "y").itemCategories("i3", "genre", "x");
        data.itemVector("i1", "image", new float[] {1, 2}).itemText("i2", "title", "one two");
        Path file = folder.resolve("model");
        Algorithm.parse(algorithm).fit(data.build()).save(file);
        ModelState all = ModelFile.read(file);
        ModelState forged = new ModelState();
        boolean[] found = {value == null};
        all.tensors().forEach((key, tensor) -> {
            if (!key.equals(name)) {
                forged.put(key, tensor);
            } else {
                found[0] = true;
            }
        });
        all.texts().forEach((key, text) -> {
            if (!key.equals(name)) {
                forged.put(key, text);
            } else {
                found[0] = true;
            }
        });
        assertThat(found[0]).as("%s has a '%s'", algorithm, name).isTrue();
        if (value instanceof int[] ints) {
            forged.put(name, ints);
        } else if (value instanceof long[] longs) {
            forged.put(name, longs);
        } else if (value instanceof float[] floats) {
            forged.put(name, floats);
        } else if (value instanceof ModelState.Tensor tensor) {
            forged.put(name, tensor);
        } else {
            forged.put(name, (String) value);
        }
        ModelFile.write(file, forged);
        return file;
    }

    private void refused(String algorithm, String name, Object value) {
        Path file = forge(algorithm, name, value);
        assertThatExceptionOfType(ModelFormatException.class)
                .as("%s with a wrong %s", algorithm, name)
                .isThrownBy(() -> Recommender.load(file, String.class, String.class))
                .withMessageContaining(file.toString());
    }

    /** Answers all questions, and each answer is a list without repetitions. */
    private static void serve(Recommender<String, String> model) {
        for (String user : List.of("u0", "u1", "nobody")) {
            assertThat(model.recommend(user, 9).items()).doesNotHaveDuplicates();
            model.score(user, "i3");
            model.explain(user, "i3");
        }
        Request<String, String> session = Request.forHistory("i0", "i1");
        assertThat(model.recommend(session.limit(9)).items()).doesNotHaveDuplicates();
        model.similarItems("i0", 9);
        model.audience("i0", 9);
    }

    @Test
    void numbersOfRowsAndColumnsAreNotBelieved() {
        refused("Popularity", "features/rows", new int[] {Integer.MAX_VALUE});
        refused("Popularity", "features/rows", new int[] {1_500_000_000});
        refused("Popularity", "features/rows", new int[] {-1});
        refused("Popularity", "features/rows", new int[] {});
        refused("Popularity", "interactions/shape", new long[] {6, HUGE});
        refused("Popularity", "model/scores", new float[6]);
        refused("Ease", "model/itemCount", String.valueOf(HUGE));
        refused("UserKnn", "model/positives/shape", new long[] {6, HUGE});
        refused("UserKnn{predictRatings=true}", "model/ratings/shape", new long[] {6, HUGE});
        refused("ContentBased", "model/features/vectorBegins", new int[] {0, HUGE});
        refused("ImplicitAls{factors=2}", "model/items", new ModelState.Tensor(new float[0], 0, HUGE));
        refused("ImplicitAls{factors=2}", "model/users", new ModelState.Tensor(new float[0], 0, 1L << 40));
        refused("BiasedMf{factors=2}", "model/factors", "4096");
        refused("BiasedMf{factors=2}", "model/draws", "4097");
    }

    @Test
    void fallbackScoresAreThoseOfTheItems() {
        refused("ItemKnn", "fallback/scores", new float[] {1});
        refused("ItemKnn", "fallback/scores", new float[6]);
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        float nan = Float.NaN;
        refused(
                "ImplicitAls{factors=2}",
                "model/items",
                new ModelState.Tensor(new float[] {nan, 1, 1, 1, 1, 1, 1, 1, 1, 1}, 5, 2));
        refused("ImplicitAls{factors=2}", "model/spectrum", new float[] {1, nan});
        refused("ImplicitAls{factors=2}", "model/positiveFrom", "NaN");
        refused("ImplicitAls{factors=2}", "model/binary", "yes");
        refused("ImplicitAls{factors=2}", "model/regularization", "-1");
        refused("ImplicitAls{factors=2}", "model/unobservedWeight", "1e400");
        refused("BiasedMf{factors=2}", "model/scale", new float[] {3, Float.NEGATIVE_INFINITY, 5});
        refused("BayesianMf{factors=2, burnIn=2, draws=2}", "model/means", new float[] {nan, 0, 0, 0, 0, 0});
        refused("ItemKnn{predictRatings=true}", "model/baseline/mean", "NaN");
        refused("Blend{members={ItemKnn, Popularity}}", "model/weights", new float[] {nan, 1});
        refused("Diversify{algorithm=ItemKnn}", "model/vectors/weights", new float[] {nan, 1});
        refused("Popularity", "likedWeight", new float[] {nan});
    }

    @Test
    void optionsStayInTheirRange() {
        refused("Bpr{factors=2, iterations=2}", "model/negatives", "2147483647");
        refused("Bpr{factors=2, iterations=2}", "model/factors", "9");
        refused("Bpr{factors=2, iterations=2}", "model/learningRate", "1e9");
        refused("ItemKnn", "model/exponent", "9");
        refused("Blend{members={ItemKnn, Popularity}}", "options/members", "Blend{members={".repeat(99_999));
    }

    @Test
    void manyMoreColumnsThanEntriesTakeNoMemory() {
        for (String way : List.of("Calibrate", "CategoryCap")) {
            Path file = forge(way + "{algorithm=ItemKnn}", "model/shares/rows/shape", new long[] {5, HUGE});
            serve(Recommender.load(file, String.class, String.class));
        }
        Path file = forge(
                "FeatureStack{members={ItemKnn, Popularity}}", "model/features/category/0/shape", new long[] {5, HUGE});
        serve(Recommender.load(file, String.class, String.class));
    }

    /** What is finite, but so large that a vector overflows, says nothing; the others of the chain answer. */
    @Test
    void whatOverflowsIsNotScored() {
        ModelState.Tensor huge =
                new ModelState.Tensor(new float[] {1e30f, 1e30f, 1e30f, 1, 1, 1e30f, 1, 1, 1, 1e30f}, 5, 2);
        for (String algorithm : List.of("ImplicitAls{factors=2}", "ImplicitAls{factors=2, retrieval=quantized}")) {
            serve(Recommender.load(forge(algorithm, "model/items", huge), String.class, String.class));
        }
        Path file = forge(
                "BiasedMf{factors=2}",
                "model/ridges",
                new ModelState.Tensor(new float[] {-3e38f, -3e38f, -3e38f}, 1, 3));
        serve(Recommender.load(file, String.class, String.class));
    }
}
