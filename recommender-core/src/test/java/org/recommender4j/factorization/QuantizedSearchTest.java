package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.recommender4j.Algorithm;
import org.recommender4j.data.DuplicatePolicy;
import org.recommender4j.data.Interactions;
import org.recommender4j.data.InteractionsBuilder;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Eligibility;
import org.recommender4j.model.Model;
import org.recommender4j.model.Rule;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class QuantizedSearchTest {
    private static final int SIZE = 6000;
    private static final int D = 21;

    private final SplittableRandom random = new SplittableRandom(3);
    private final float[] rows = floats(SIZE * D);
    private final ItemFactors items =
            new ItemFactors(SIZE, D, (item, out, offset) -> System.arraycopy(rows, item * D, out, offset, D));
    private final QuantizedSearch search = items.quantized();

    private float[] floats(int n) {
        float[] result = new float[n];
        for (int k = 0; k < n; k++) {
            result[k] = (float) (random.nextDouble() + random.nextDouble() - 1);
        }
        return result;
    }

    @Test
    void findsNearlyAllAndScoresExactly() {
        int found = 0;
        for (int round = 0; round < 100; round++) {
            float[] user = floats(D);
            int[] seen = random.ints(50, 0, SIZE).toArray();
            Eligibility eligibility = Eligibility.builder(SIZE)
                    .seen(seen)
                    .filter(item -> item % 3 > 0)
                    .build();
            TopN exact = new TopN(10, eligibility, new int[] {100, 4000}, new float[] {3f, 0.5f});
            items.search(user, exact);
            TopN quantized = exact.sibling(10);
            search.search(user, quantized);
            assertThat(quantized.size()).isEqualTo(10);
            for (int k = 0; k < 10; k++) {
                int item = quantized.items()[k];
                int at = Arrays.stream(exact.items()).boxed().toList().indexOf(item);
                assertThat(eligibility.test(item)).isTrue();
                if (at >= 0) {
                    found++;
                    assertThat(quantized.scores()[k]).isEqualTo(exact.scores()[at]);
                }
            }
        }
        assertThat(found).isGreaterThanOrEqualTo(990);
    }

    @Test
    void whereRoundingWouldNotHelpTheSearchIsExact() {
        for (float[] user : List.of(new float[D], new float[] {Float.POSITIVE_INFINITY}, new float[] {Float.NaN})) {
            float[] vector = Arrays.copyOf(user, D);
            assertSameAsExact(vector, new TopN(10, Eligibility.all(SIZE)));
        }
        float[] user = floats(D);
        assertSameAsExact(user, new TopN(SIZE, Eligibility.all(SIZE)));
        assertSameAsExact(user, new TopN(0, Eligibility.all(SIZE)));
        Eligibility few =
                Eligibility.builder(SIZE).only(IntStream.range(5, 60).toArray()).build();
        assertSameAsExact(user, new TopN(10, few));
        assertThat(few.removed()).containsKey(Rule.NOT_LISTED);
    }

    private void assertSameAsExact(float[] user, TopN list) {
        TopN exact = list.sibling(list.capacity());
        items.search(user, exact);
        search.search(user, list);
        assertThat(list.items()).isEqualTo(exact.items());
        assertThat(list.scores()).isEqualTo(exact.scores());
    }

    @Test
    void theOptionIsKeptWithTheModel() {
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < 200; user++) {
            for (int k = 0; k < 10; k++) {
                builder.add(user, random.nextInt(3000), 1f);
            }
        }
        Interactions interactions = builder.build(DuplicatePolicy.SUM);
        Algorithm algorithm = ImplicitAls.builder()
                .factors(8)
                .iterations(2)
                .retrieval(Retrieval.QUANTIZED)
                .build();
        assertThat(algorithm.options()).containsEntry("retrieval", "quantized");
        Model model = algorithm.train(TrainingData.implicit(interactions), Training.defaults());
        Model restored = algorithm.with(Map.of("retrieval", "exact")).restore(model.state());
        assertThat(restored.state().texts()).isEqualTo(model.state().texts()).containsEntry("retrieval", "QUANTIZED");
        for (int user = 0; user < 200; user++) {
            Profile profile = Profile.ofUser(user, interactions, true);
            TopN expected = new TopN(5, Eligibility.all(model.items()));
            TopN single = expected.sibling(5);
            TopN batch = expected.sibling(5);
            model.topN(profile, expected);
            restored.topN(profile, single);
            restored.topN(List.of(profile, profile), List.of(batch, expected.sibling(5)));
            assertThat(single.items()).isEqualTo(expected.items());
            assertThat(batch.items()).isEqualTo(expected.items());
        }
    }
}
