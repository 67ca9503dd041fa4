package org.recommender4j.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.recommender4j.model.ModelState;
import org.recommender4j.model.TopN;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class ApproximateSearchTest {
    private static final int SIZE = 12_000;
    private static final int D = 19;
    private static final int USERS = 300;

    private final SplittableRandom random = new SplittableRandom(3);
    private final float[] centers = floats(60 * D, 1);
    private final float[] rows = near(SIZE, 0.7f);
    private final float[] users = near(USERS, 0.7f);
    private final ItemFactors items = items(rows);
    private final ApproximateSearch search = ApproximateSearch.of(items, users, Training.defaults());

    private float[] floats(int n, float scale) {
        float[] result = new float[n];
        for (int k = 0; k < n; k++) {
            result[k] = (float) (random.nextDouble() + random.nextDouble() - 1) * scale;
        }
        return result;
    }

    private float[] near(int count, float spread) {
        float[] result = floats(count * D, spread);
        for (int row = 0; row < count; row++) {
            int center = random.nextInt(centers.length / D);
            for (int k = 0; k < D; k++) {
                result[row * D + k] += centers[center * D + k];
            }
        }
        return result;
    }

    private static ItemFactors items(float[] rows) {
        return new ItemFactors(
                rows.length / D, D, (item, out, offset) -> System.arraycopy(rows, item * D, out, offset, D));
    }

    private float[] user(int user) {
        return Arrays.copyOfRange(users, user * D, (user + 1) * D);
    }

    private static long common(TopN some, TopN others) {
        return Arrays.stream(some.items())
                .filter(item -> Arrays.stream(others.items()).anyMatch(other -> other == item))
                .count();
    }

    @Test
    void findsNearlyAllByTheRulesAndScoresExactly() {
        long found = 0;
        for (int user = 0; user < USERS; user++) {
            int[] seen = random.ints(50, 0, SIZE).toArray();
            Eligibility eligibility = Eligibility.builder(SIZE)
                    .seen(seen)
                    .filter(item -> item % 3 > 0)
                    .build();
            TopN exact = new TopN(10, eligibility, new int[] {100, 4000}, new float[] {3f, 0.5f});
            items.search(user(user), exact);
            TopN list = exact.sibling(10);
            search.search(user(user), list);
            assertThat(list.size()).isEqualTo(10);
            found += common(list, exact);
            for (int k = 0; k < 10; k++) {
                int item = list.items()[k];
                float score = items.score(user(user), item);
                assertThat(eligibility.test(item)).isTrue();
                assertThat(list.scores()[k])
                        .isEqualTo(item == 100 ? boosted(score, 3f) : item == 4000 ? boosted(score, 0.5f) : score);
            }
        }
        assertThat(found).isGreaterThan(USERS * 10 * 95 / 100);
    }

    private static float boosted(float score, float factor) {
        return score >= 0 ? score * factor : score / factor;
    }

    @Test
    void goesOnUntilTheListIsFullHoweverFewItemsTheRulesLeave() {
        for (int user = 0; user < 20; user++) {
            int chosen = user;
            TopN list = new TopN(
                    40,
                    Eligibility.builder(SIZE)
                            .filter(item -> item % 300 == chosen)
                            .build());
            search.search(user(user), list);
            assertThat(list.items()).hasSize(40);
            assertThat(Arrays.stream(list.items())).allMatch(item -> item % 300 == chosen);
        }
    }

    @Test
    void withBoundsThatAlwaysHoldTheSearchIsExact() {
        int[] clusterOf = Clusters.divide(SIZE, D, items::row, 200, 1, Training.defaults());
        InvertedFile file = new InvertedFile(items, clusterOf, 200);
        for (int user = 0; user < 100; user++) {
            TopN exact = new TopN(10, Eligibility.all(SIZE));
            items.search(user(user), exact);
            TopN list = exact.sibling(10);
            assertThat(file.search(user(user), Double.POSITIVE_INFINITY, list)).isTrue();
            assertThat(list.items()).isEqualTo(exact.items());
            assertThat(list.scores()).isEqualTo(exact.scores());
            for (int item : exact.items()) {
                double needed = file.needed(user(user), item, exact.threshold());
                TopN just = exact.sibling(10);
                file.search(user(user), needed * 1.0001, just);
                assertThat(just.items()).contains(item);
            }
        }
    }

    @Test
    void scansFarFewerItemsThanThereAre() {
        int[] clusterOf = Clusters.divide(SIZE, D, items::row, 200, 1, Training.defaults());
        InvertedFile file = new InvertedFile(items, clusterOf, 200);
        long found = 0;
        for (int user = 0; user < 100; user++) {
            TopN exact = new TopN(10, Eligibility.all(SIZE));
            items.search(user(user), exact);
            TopN none = exact.sibling(10);
            file.search(user(user), 0, none);
            assertThat(none.size()).isEqualTo(10);
            found += common(none, exact);
        }
        assertThat(found).as("without a deviation the search must end early").isBetween(50L, 900L);
    }

    @Test
    void whereClustersDoNotHelpTheSearchIsExact() {
        for (float[] vector : List.of(
                new float[D],
                Arrays.copyOf(new float[] {Float.POSITIVE_INFINITY}, D),
                Arrays.copyOf(new float[] {Float.NaN}, D))) {
            assertSameAsExact(vector, new TopN(10, Eligibility.all(SIZE)));
        }
        assertSameAsExact(user(0), new TopN(SIZE, Eligibility.all(SIZE)));
        assertSameAsExact(user(0), new TopN(0, Eligibility.all(SIZE)));
        int[] few = IntStream.range(5, 60).toArray();
        assertSameAsExact(
                user(0), new TopN(10, Eligibility.builder(SIZE).only(few).build()));
    }

    private void assertSameAsExact(float[] vector, TopN list) {
        TopN exact = list.sibling(list.capacity());
        items.search(vector, exact);
        search.search(vector, list);
        assertThat(list.items()).isEqualTo(exact.items());
        assertThat(list.scores()).isEqualTo(exact.scores());
    }

    @Test
    void itemsThatAreNotNumbersDoNoHarm() {
        float[] spoilt = rows.clone();
        spoilt[5 * D] = Float.NaN;
        spoilt[700 * D + 3] = Float.POSITIVE_INFINITY;
        spoilt[9000 * D + 2] = Float.MAX_VALUE;
        ItemFactors others = items(spoilt);
        ApproximateSearch approximate = ApproximateSearch.of(others, users, Training.defaults());
        for (int user = 0; user < 20; user++) {
            TopN list = new TopN(10, Eligibility.all(SIZE));
            approximate.search(user(user), list);
            assertThat(list.size()).isEqualTo(10);
            assertThat(list.items()).doesNotContain(5);
        }
    }

    @Test
    void equalItemsAreFoundInTheirOrder() {
        float[] same = new float[9000 * D];
        Arrays.fill(same, 1f);
        TopN list = new TopN(5, Eligibility.all(9000));
        ApproximateSearch.of(items(same), users, Training.defaults()).search(Arrays.copyOf(same, D), list);
        assertThat(list.items()).containsExactly(0, 1, 2, 3, 4);
    }

    private static Interactions interactions(SplittableRandom random, int itemCount) {
        InteractionsBuilder builder = Interactions.builder();
        for (int user = 0; user < 600; user++) {
            for (int k = 0; k < 40; k++) {
                builder.add(user, (user % 20 * 37 + random.nextInt(itemCount / 15)) % itemCount, 1f);
            }
        }
        for (int item = 0; item < itemCount; item++) {
            builder.add(random.nextInt(600), item, 1f);
        }
        return builder.build(DuplicatePolicy.SUM);
    }

    @Test
    void theIndexIsKeptWithTheModelAndGoesAlongWithItsItems() {
        Interactions data = interactions(random, 10_000);
        Algorithm algorithm = ImplicitAls.builder()
                .factors(8)
                .iterations(2)
                .retrieval(Retrieval.APPROXIMATE)
                .build();
        FactorModel model = (FactorModel) algorithm.train(TrainingData.implicit(data), Training.defaults());
        ModelState state = model.state();
        assertThat(state.texts()).containsEntry("retrieval", "APPROXIMATE");
        assertThat(state.ints("clusters")).hasSize(10_000);
        Model restored = algorithm.with(Map.of("retrieval", "exact")).restore(state);
        assertThat(restored.state().ints("clusters")).isEqualTo(state.ints("clusters"));
        assertThat(restored.state().texts()).isEqualTo(state.texts());
        Model one =
                algorithm.train(TrainingData.implicit(data), Training.defaults().withThreads(1));
        assertThat(one.state().ints("clusters")).isEqualTo(state.ints("clusters"));
        assertThat(one.state().texts()).isEqualTo(state.texts());
        for (int user = 0; user < 600; user += 7) {
            Profile profile = Profile.ofUser(user, data, true);
            TopN expected = new TopN(5, Eligibility.all(model.items()));
            TopN single = expected.sibling(5);
            TopN batch = expected.sibling(5);
            model.topN(profile, expected);
            restored.topN(profile, single);
            restored.topN(List.of(profile, profile), List.of(batch, expected.sibling(5)));
            assertThat(single.items()).isEqualTo(expected.items());
            assertThat(batch.items()).isEqualTo(expected.items());
        }
        float[] best = model.userVector(Profile.ofUser(3, data, true));
        for (int k = 0; k < best.length; k++) {
            best[k] *= 50;
        }
        FactorModel grown = model.withItems(10_003, new int[] {77, 10_002}, new float[][] {best, best});
        TopN top = new TopN(2, Eligibility.all(10_003));
        grown.topN(Profile.ofUser(3, data, true), top);
        assertThat(top.items()).containsExactly(77, 10_002);
        assertThat(grown.state().texts()).containsEntry("retrieval", "APPROXIMATE");
    }

    @Test
    void aSmallCatalogueIsSearchedExactlyAndMayGrowLarge() {
        Interactions data = interactions(random, 2_000);
        FactorModel model = (FactorModel) ImplicitAls.builder()
                .factors(4)
                .iterations(1)
                .retrieval(Retrieval.APPROXIMATE)
                .build()
                .train(TrainingData.implicit(data), Training.defaults());
        assertThat(model.state().tensors()).doesNotContainKey("clusters");
        assertThat(model.withItems(9_000, new int[0], new float[0][]).state().tensors())
                .containsKey("clusters");
    }

    @Test
    void aStateThatDoesNotFitIsRefused() {
        ModelState state = new ModelState();
        search.addTo(state);
        int[] clusters = state.ints("clusters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApproximateSearch.restore(items, with(Arrays.copyOf(clusters, 5), "3")))
                .withMessageContaining("12000 elements, but has 5");
        for (int bad : new int[] {-1, SIZE}) {
            int[] wrong = clusters.clone();
            wrong[9] = bad;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ApproximateSearch.restore(items, with(wrong, "3")))
                    .withMessageContaining("but has " + bad);
        }
        for (String bad : List.of("-1", "NaN", "x")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ApproximateSearch.restore(items, with(clusters, bad)));
        }
    }

    private static ModelState with(int[] clusters, String deviations) {
        return new ModelState().put("clusters", clusters).put("deviations", deviations);
    }
}
