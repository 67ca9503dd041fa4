package org.recommender4j.streaming.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recommender4j.data.Profile;
import org.recommender4j.model.Scorer;

class ItemKnnModelTest {
    private static final long DAY = 86_400_000L;

    /** An event that counted: the largest weight of a user for an item. */
    private record Liked(double weight, long time) {}

    @ParameterizedTest
    @CsvSource({"0.5, Infinity", "0.5, 2.5", "0.2, Infinity", "0.8, 30"})
    void countsWhatANaiveCountCounts(double asymmetry, double halfLife) {
        IncrementalItemKnn algorithm = IncrementalItemKnn.builder()
                .asymmetry(asymmetry)
                .halfLifeDays(halfLife)
                .neighbors(1000)
                .historySize(1000)
                .shrinkage(0)
                .build();
        OnlineModel model = algorithm.start();
        SplittableRandom random = new SplittableRandom(11);
        int items = 37;
        // Users' liked items, in the order in which they counted.
        Map<Integer, LinkedHashMap<Integer, Liked>> users = new HashMap<>();
        for (int k = 0; k < 3000; k++) {
            int user = random.nextInt(50);
            int item = random.nextInt(items);
            float weight = random.nextInt(-1, 4);
            long time = k * DAY / 4;
            model.update(user, item, weight, time);
            LinkedHashMap<Integer, Liked> liked = users.computeIfAbsent(user, key -> new LinkedHashMap<>());
            Liked old = liked.get(item);
            if (weight <= 0 || old == null || weight > old.weight) {
                liked.remove(item);
                if (weight > 0) {
                    liked.put(item, new Liked(weight, time));
                }
            }
            if (k % 500 == 499) {
                model.forget(user);
                users.remove(user);
            }
        }
        double[] sums = new double[items];
        double[][] pairs = new double[items][items];
        for (LinkedHashMap<Integer, Liked> liked : users.values()) {
            List<Map.Entry<Integer, Liked>> list = new ArrayList<>(liked.entrySet());
            for (int b = 0; b < list.size(); b++) {
                Liked later = list.get(b).getValue();
                double g = Math.pow(2, (later.time - 750.0 * DAY) / (halfLife * DAY));
                sums[list.get(b).getKey()] += g * later.weight;
                for (int a = 0; a < b; a++) {
                    double both = g * Math.min(later.weight, list.get(a).getValue().weight);
                    pairs[list.get(a).getKey()][list.get(b).getKey()] += both;
                    pairs[list.get(b).getKey()][list.get(a).getKey()] += both;
                }
            }
        }
        for (int p = 0; p < items; p++) {
            Scorer similar = model.similarItems(p).orElseThrow();
            for (int q = 0; q < items; q++) {
                if (pairs[p][q] == 0) {
                    assertThat(similar.score(q)).isEqualTo(Scorer.UNSCORED);
                } else {
                    double expected = pairs[p][q] / (Math.pow(sums[p], 1 - asymmetry) * Math.pow(sums[q], asymmetry));
                    // What is left of a sum when a newer, heavier part was taken back is only as exact as that part.
                    double actual = Math.max(0, similar.score(q));
                    assertThat(actual).isCloseTo(expected, offset(1e-5 * expected + 1e-12));
                }
            }
        }
    }

    @Test
    void keepsTheMostSimilarOnly() {
        OnlineModel model = IncrementalItemKnn.builder().neighbors(2).build().start();
        int user = 0;
        for (int other = 1; other <= 4; other++) {
            for (int k = 0; k < other; k++) {
                model.update(user, 0, 1, user);
                model.update(user, other, 1, user);
                user++;
            }
        }
        Scorer similar = model.similarItems(0).orElseThrow();
        assertThat(similar.score(4)).isGreaterThan(similar.score(3)).isPositive();
        assertThat(similar.score(2)).isEqualTo(Scorer.UNSCORED);
        assertThat(similar.score(1)).isEqualTo(Scorer.UNSCORED);
    }

    @Test
    void pairsOnlyWithTheNewestItems() {
        OnlineModel model =
                IncrementalItemKnn.builder().historySize(2).shrinkage(0).build().start();
        for (int item = 0; item < 5; item++) {
            model.update(0, item, 1, item);
        }
        Scorer similar = model.similarItems(4).orElseThrow();
        assertThat(similar.score(3)).isEqualTo(1f);
        assertThat(similar.score(2)).isEqualTo(1f);
        assertThat(similar.score(1)).isEqualTo(Scorer.UNSCORED);
        model.update(0, 2, -1, 5);
        assertThat(model.similarItems(4).orElseThrow().score(2)).isEqualTo(Scorer.UNSCORED);
        assertThat(model.similarItems(2).orElseThrow().score(1)).isEqualTo(Scorer.UNSCORED);
    }

    @Test
    void givesUpPairsThatAreHopeless() {
        IncrementalItemKnn plain = IncrementalItemKnn.builder().neighbors(2).build();
        OnlineModel all = plain.start();
        IncrementalItemKnn pruned =
                IncrementalItemKnn.builder().neighbors(2).pruning(0.05).build();
        OnlineModel some = pruned.start();
        SplittableRandom random = new SplittableRandom(5);
        // Items 0 to 2 and 3 to 5 go together, and any two now and then.
        for (int user = 0; user < 3000; user++) {
            int group = 3 * (user % 2);
            int[] items = user % 10 == 0
                    ? new int[] {random.nextInt(6), random.nextInt(6)}
                    : new int[] {group, group + 1, group + 2};
            for (int item : items) {
                all.update(user, item, 1, user);
                some.update(user, item, 1, user);
            }
        }
        assertThat(all.state().longs("pruned")).isEmpty();
        assertThat(some.state().longs("pruned")).hasSize(9);
        for (int item = 0; item < 6; item++) {
            Scorer expected = all.similarItems(item).orElseThrow();
            Scorer actual = some.similarItems(item).orElseThrow();
            for (int other = 0; other < 6; other++) {
                assertThat(actual.score(other)).isEqualTo(expected.score(other));
            }
        }
        assertThat(some.forget(1).residue()).contains("9 pairs");
        assertThat(pruned.restore(some.state()).state().longs("pruned")).hasSize(9);
    }

    @Test
    void explanationsAddUp() {
        OnlineModel model =
                IncrementalItemKnn.builder().recencyHalfLife(3).build().start();
        OnlineModelContractTest.feed(model, OnlineModelContractTest.blocks(30, 500, 9));
        Profile profile =
                Profile.ofHistory(-1, new int[] {1, 2, 3, 4}, new float[] {1, 2, -1, 1}, new long[] {5, 2, 9, 7});
        float sum = 0;
        for (var part : model.explain(profile, 6)) {
            assertThat(part.item()).isIn(1, 2, 4);
            sum += part.value();
        }
        assertThat(sum).isCloseTo(model.scorer(profile).score(6), offset(1e-6f));
    }

    @Test
    void pairTableIsAMap() {
        PairTable table = new PairTable();
        Map<Long, double[]> naive = new HashMap<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int k = 0; k < 60_000; k++) {
            long key = PairTable.key(random.nextInt(90), random.nextInt(90));
            PairTable.Part part = table.part(key);
            int place = part.place(key);
            double[] expected = naive.computeIfAbsent(key, missing -> new double[2]);
            assertThat(part.sum(place)).isEqualTo(expected[0]);
            assertThat(part.count(place)).isEqualTo((int) expected[1]);
            boolean gone = random.nextInt(3) == 0;
            part.set(place, gone ? 0 : k, gone ? 0 : 1);
            naive.put(key, gone ? new double[2] : new double[] {k, 1});
        }
        table.scale(2);
        naive.forEach((key, value) ->
                assertThat(table.part(key).sum(table.part(key).place(key))).isEqualTo(2 * value[0]));
    }
}
