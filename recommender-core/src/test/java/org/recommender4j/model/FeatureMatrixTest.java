package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Features;
import org.recommender4j.data.FeaturesBuilder;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.TextAnalyzer;

class FeatureMatrixTest {
    private static FeatureMatrix encode(Features features, Map<String, Double> fields) {
        return FeatureMatrix.of(features, fields, FeatureMatrix.Weighting.TFIDF, TextAnalyzer.standard());
    }

    private static double weight(FeatureMatrix matrix, int row, String label) {
        Interactions sparse = matrix.sparse();
        for (int p = sparse.begin(row); p < sparse.end(row); p++) {
            if (matrix.label(sparse.column(p)).equals(label)) {
                return sparse.weight(p);
            }
        }
        return 0;
    }

    @Test
    void categoriesCountByRarityAndEachFieldHasItsLength() {
        FeaturesBuilder builder = Features.builder();
        builder.category("genre", 0, "drama").category("genre", 0, "noir").category("genre", 1, "drama");
        builder.category("genre", 2, "drama").category("country", 0, "fr");
        Features features = builder.build(4);
        Map<String, Double> fields = new LinkedHashMap<>();
        fields.put("genre", 4.0);
        fields.put("country", 1.0);
        FeatureMatrix matrix = encode(features, fields);
        double drama = 1 + Math.log(5 / 4.0);
        double noir = 1 + Math.log(5 / 2.0);
        assertThat(weight(matrix, 0, "genre: noir")).isCloseTo(2 * noir / Math.hypot(noir, drama), within(1e-6));
        assertThat(weight(matrix, 0, "genre: drama")).isCloseTo(2 * drama / Math.hypot(noir, drama), within(1e-6));
        assertThat(weight(matrix, 1, "genre: drama")).isCloseTo(2, within(1e-6));
        assertThat(matrix.squaredLength(0)).isCloseTo(5, within(1e-5));
        assertThat(matrix.squaredLength(3)).isEqualTo(0);
    }

    @Test
    void termsByTfIdfAndByBm25() {
        FeaturesBuilder builder = Features.builder();
        builder.text("plot", 0, "a a b").text("plot", 1, "b").text("plot", 2, "b c d e");
        Features features = builder.build(3);
        FeatureMatrix tfidf = encode(features, Map.of());
        double a = (1 + Math.log(2)) * (1 + Math.log(4 / 2.0));
        double b = 1 + Math.log(4 / 4.0);
        assertThat(weight(tfidf, 0, "plot: a") / weight(tfidf, 0, "plot: b")).isCloseTo(a / b, within(1e-5));
        FeatureMatrix bm25 =
                FeatureMatrix.of(features, Map.of(), FeatureMatrix.Weighting.BM25, TextAnalyzer.standard());
        double norm = 1.2 * (0.25 + 0.75 * 3 / (8 / 3.0));
        double a25 = 2 * 2.2 / (2 + norm) * (1 + Math.log(2));
        double b25 = 2.2 / (1 + norm);
        assertThat(weight(bm25, 0, "plot: a") / weight(bm25, 0, "plot: b")).isCloseTo(a25 / b25, within(1e-5));
    }

    @Test
    void numbersBelongToTheirNeighbours() {
        FeaturesBuilder builder = Features.builder();
        for (int row = 0; row < 8; row++) {
            builder.number("price", row, 10 * row);
        }
        builder.number("price", 8, 35).number("price", 10, 1e9);
        Features features = builder.build(11);
        FeatureMatrix matrix = encode(features, Map.of());
        assertThat(matrix.squaredLength(9)).isEqualTo(0);
        for (int row = 0; row < 11; row++) {
            if (row != 9) {
                assertThat(matrix.squaredLength(row)).isCloseTo(1, within(1e-5));
            }
        }
        // 20 is between the knots 10 and 30, and shares nothing with 0.
        Interactions sparse = matrix.sparse();
        assertThat(dot(sparse, 2, 3)).isGreaterThan(0.1);
        assertThat(dot(sparse, 2, 0)).isEqualTo(0);
        FeatureMatrix one = encode(Features.builder().number("x", 0, 5).build(1), Map.of());
        assertThat(one.squaredLength(0)).isCloseTo(1, within(1e-6));
    }

    private static double dot(Interactions m, int a, int b) {
        double sum = 0;
        for (int p = m.begin(a); p < m.end(a); p++) {
            int at = m.find(b, m.column(p));
            sum += at < 0 ? 0 : (double) m.weight(p) * m.weight(at);
        }
        return sum;
    }

    @Test
    void vectorsHaveLengthOneTimesTheRootOfTheWeight() {
        Features features = Features.builder()
                .vector("image", 0, new float[] {3, 4})
                .vector("sound", 1, new float[] {0, 0, 2})
                .vector("sound", 0, new float[] {0, 0, 0})
                .build(2);
        Map<String, Double> fields = new LinkedHashMap<>();
        fields.put("image", 4.0);
        fields.put("sound", 9.0);
        FeatureMatrix matrix = encode(features, fields);
        assertThat(matrix.dense()).containsExactly(1.2f, 1.6f, 0f, 0f, 0f, 0f, 0f, 0f, 0f, 3f);
        assertThat(matrix.vectorBegin(1)).isEqualTo(2);
        FeatureMatrix back = FeatureMatrix.restore(matrix.state());
        assertThat(back.dense()).isEqualTo(matrix.dense());
        assertThat(back.vectorFields()).containsExactly("image", "sound");
    }

    @Test
    void aDamagedStateIsRefused() {
        Features features = Features.builder().category("genre", 0, "drama").build(1);
        ModelState good = encode(features, Map.of()).state();
        ModelState bad = new ModelState();
        good.tensors().forEach((name, tensor) -> {
            if (!name.equals("labelEnds")) {
                bad.put(name, tensor);
            }
        });
        bad.put("labelEnds", new int[] {99});
        assertThatThrownBy(() -> FeatureMatrix.restore(bad)).hasMessageContaining("label");
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertThatThrownBy(() -> encode(Features.none(), Map.of("colour", 1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("colour");
    }
}
