package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.Profile;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.io.ModelFormatException;
import org.recommender4j.model.Model;
import org.recommender4j.model.Rule;
import org.recommender4j.model.Scorer;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;
import org.recommender4j.rerank.Diversify;

/**
 * What every algorithm promises. An algorithm joins by its line in {@code
 * META-INF/services/org.recommender4j.Algorithm}; where a name of a test is a complaint about another system, the test
 * shows that it is ruled out here.
 */
class AlgorithmContractTest {
    /** Algorithms that give the same list to everybody. */
    private static final Set<String> IMPERSONAL = Set.of("Popularity");

    /** Algorithms whose lists are more than items in the order of their scores. */
    private static final Set<String> RERANKED = Set.of("Calibrate", "CategoryCap", "DampPopularity", "Diversify");

    /** Algorithms that put the names of their members on an answer, with the name expected for a known user. */
    private static final Map<String, String> SOURCES = Map.of("Fallback", "ImplicitAls");

    @TempDir
    Path folder;

    static Stream<Algorithm> algorithms() {
        List<Algorithm> all = Algorithm.all();
        assertThat(all).extracting(Algorithm::name).contains("Popularity");
        return all.stream();
    }

    static Stream<Algorithm> personal() {
        return algorithms().filter(algorithm -> !IMPERSONAL.contains(algorithm.name()));
    }

    static Stream<Algorithm> inScoreOrder() {
        return algorithms().filter(algorithm -> !RERANKED.contains(algorithm.name()));
    }

    @ParameterizedTest
    @MethodSource("personal")
    void findsTheGroupOfAUser(Algorithm algorithm) {
        for (Dataset<String, String> data : List.of(TestData.blocks(), TestData.ratedBlocks())) {
            Recommender<String, String> recommender = algorithm.fit(data);
            int right = 0;
            int all = 0;
            for (int group = 0; group < 4; group++) {
                for (int user = 0; user < 25; user++) {
                    Recommendations<String> list = recommender.recommend("u" + group + "-" + user, 3);
                    for (Recommendation<String> entry : list) {
                        all++;
                        right += entry.item().startsWith("i" + group + "-") ? 1 : 0;
                    }
                }
            }
            assertThat(right / (double) all).as("%s on %s", algorithm, data).isGreaterThan(0.9);
        }
    }

    @ParameterizedTest
    @MethodSource("personal")
    void aSessionWithoutAUserGetsAPersonalAnswer(Algorithm algorithm) {
        Request<String, String> request =
                Request.<String, String>forHistory("i2-1", "i2-4", "i2-5").limit(5);
        for (Dataset<String, String> data :
                List.of(TestData.blocks(), TestData.ratedBlocks(), TestData.weightedBlocks())) {
            Recommender<String, String> recommender = algorithm.fit(data);
            Recommendations<String> list = recommender.recommend(request);
            assertThat(list.source()).isEqualTo(source(algorithm));
            assertThat(list.items()).doesNotContain("i2-1", "i2-4", "i2-5");
            if (algorithm.name().equals("Diversify") && data.positiveFrom() > 1) {
                // One score is as far below zero here as the best is above it. Scaled to 0 to 1, the others are close,
                // and the
                // default trades them for variety. The answer is personal all the same: with more weight on scores it
                // stays.
                assertThat(list.items().get(0)).startsWith("i2-");
                list = Diversify.around(new ImplicitAls())
                        .relevance(0.9)
                        .build()
                        .fit(data)
                        .recommend(request);
                assertThat(list.items())
                        .as("the inner algorithm's")
                        .isEqualTo(
                                new ImplicitAls().fit(data).recommend(request).items());
            }
            assertThat(list.items().stream()
                            .filter(item -> item.startsWith("i2-"))
                            .count())
                    .as("%s on %s", list.items(), data)
                    // Three of a category is what CategoryCap lets pass.
                    .isGreaterThanOrEqualTo(algorithm.name().equals("CategoryCap") ? 3 : 4);
        }
    }

    private static String source(Algorithm algorithm) {
        return SOURCES.getOrDefault(algorithm.name(), algorithm.name());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void unknownUserFallsBackAndTheListSaysSo(Algorithm algorithm) {
        Recommender<String, String> recommender = algorithm.fit(TestData.blocks());
        for (String user : List.of("nobody", "cold user")) {
            Recommendations<String> list = recommender.recommend(user, 10);
            assertThat(list).hasSize(10);
            assertThat(list.source()).isEqualTo("Popularity");
            assertThat(recommender.explain(user, "i1-1").source()).isEqualTo("Popularity");
        }
        assertThat(recommender.score("nobody", "no item")).isEmpty();
        assertThat(recommender.score("u1-1", "no item")).isEmpty();
        assertThat(recommender.similarItems("no item", 5)).hasSize(5);
        assertThat(recommender.audience("no item", 5)).isEmpty();
        assertThat(recommender.explain("u1-1", "no item").reasons()).isEmpty();
        assertThat(recommender.recommend(Request.<String, String>forHistory()))
                .extracting(Recommendation::source)
                .containsOnly("Popularity");
    }

    @ParameterizedTest
    @MethodSource("inScoreOrder")
    void scoresAgreeBetweenCalls(Algorithm algorithm) {
        Recommender<String, String> recommender = algorithm.fit(TestData.blocks());
        Recommendations<String> list = recommender.recommend("u2-3", 10);
        for (Recommendation<String> entry : list) {
            if (entry.source().equals(algorithm.name())) {
                assertThat(recommender.score("u2-3", entry.item())).hasValue(entry.score());
                assertThat(recommender.explain("u2-3", entry.item()).score()).hasValue(entry.score());
            }
        }
        Recommendations<String> listed =
                recommender.recommend(Request.<String, String>forUser("u2-3").only(list.items()));
        assertThat(listed).isEqualTo(list);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void blockScoresEqualSingleScores(Algorithm algorithm) {
        Dataset<Integer, Long> data = TestData.random(9, 60, 333);
        Model model = algorithm.train(TrainingData.implicit(data.interactions()), Training.defaults());
        for (int user = 0; user < 60; user++) {
            Profile profile = Profile.ofUser(user, data.interactions(), true);
            if (!model.answers(profile)) {
                continue;
            }
            Scorer scorer = model.scorer(profile);
            float[] all = new float[512];
            scorer.score(0, model.items(), all);
            float[] part = new float[512];
            int[] gathered = {3, 332, 0, 31, 32, 33};
            for (int from : new int[] {0, 1, 31, 32, 33, 100, 331}) {
                int to = Math.min(model.items(), from + 70);
                scorer.score(from, to, part);
                assertThat(Arrays.copyOf(part, to - from)).isEqualTo(Arrays.copyOfRange(all, from, to));
            }
            scorer.score(gathered, gathered.length, part);
            for (int k = 0; k < gathered.length; k++) {
                assertThat(part[k]).isEqualTo(all[gathered[k]]);
                assertThat(scorer.score(gathered[k])).isEqualTo(all[gathered[k]]);
            }
            for (int item = 0; item < model.items(); item++) {
                assertThat(all[item]).isNotNaN();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void sameSeedGivesTheSameModelWithOneAndEightThreads(Algorithm algorithm) throws IOException {
        Dataset<Integer, Long> data = TestData.random(7, 300, 150);
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            byte[] first = bytes(algorithm.fit(data, Training.defaults().withThreads(1)));
            for (int threads : new int[] {1, 2, 8}) {
                Training training = Training.defaults().withThreads(threads).withExecutor(pool);
                assertThat(bytes(algorithm.fit(data, training)))
                        .as("%d threads", threads)
                        .isEqualTo(first);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private byte[] bytes(Recommender<?, ?> recommender) throws IOException {
        Path file = folder.resolve("bytes.model");
        recommender.save(file);
        return Files.readAllBytes(file);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void savedAndLoadedAnswersTheSame(Algorithm algorithm) throws IOException {
        Dataset<String, String> data = TestData.blocks();
        Recommender<String, String> before = algorithm.fit(data);
        Path file = folder.resolve("some.model");
        before.save(file);
        Recommender<String, String> after = Recommender.load(file, String.class, String.class);
        for (String user : List.of("u0-0", "u3-24", "cold user", "nobody")) {
            assertThat(after.recommend(user, 12)).isEqualTo(before.recommend(user, 12));
            assertThat(after.explain(user, "i0-1")).isEqualTo(before.explain(user, "i0-1"));
            assertThat(after.score(user, "i3-1")).isEqualTo(before.score(user, "i3-1"));
            Request<String, String> rules = Request.<String, String>forUser(user)
                    .maxPerCategory("shelf", 2)
                    .boostCategory("group", "g1", 2);
            assertThat(after.recommend(rules)).isEqualTo(before.recommend(rules));
        }
        assertThat(after.similarItems("i1-1", 5)).isEqualTo(before.similarItems("i1-1", 5));
        assertThat(after.audience("i1-1", 5)).isEqualTo(before.audience("i1-1", 5));
        assertThat(bytes(after)).isEqualTo(Files.readAllBytes(file));
        assertThatThrownBy(() -> Recommender.load(file, Long.class, String.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("String")
                .hasMessageContaining("Long");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void aDamagedFileIsRefused(Algorithm algorithm) throws IOException {
        Path file = folder.resolve("good.model");
        algorithm.fit(TestData.blocks()).save(file);
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            byte[] bad = round % 2 == 0 ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
            if (round % 2 == 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path damaged = folder.resolve("bad.model");
            Files.write(damaged, bad);
            assertThatThrownBy(() -> Recommender.load(damaged, String.class, String.class))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContaining("bad.model");
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void similarItemsAndAudienceLeaveOutTheObvious(Algorithm algorithm) {
        Dataset<String, String> data = TestData.blocks();
        Recommender<String, String> recommender = algorithm.fit(data);
        Recommendations<String> similar = recommender.similarItems("i1-2", 5);
        assertThat(similar).hasSize(5);
        // By features, the four others of the same group and shelf come first, then those of the same shelf.
        int sure = algorithm.name().equals("ContentBased") ? 4 : 5;
        assertThat(similar.items()).doesNotContain("i1-2");
        assertThat(similar.items().subList(0, sure)).allMatch(item -> item.startsWith("i1-"));
        Recommendations<String> filtered = recommender.recommend(Request.<String, String>similarTo("i1-2")
                .filter(item -> !item.endsWith("4"))
                .limit(5));
        assertThat(filtered).hasSize(5);
        assertThat(filtered.items()).noneMatch(item -> item.endsWith("4"));

        Recommendations<String> audience = recommender.audience("i1-2", 6);
        assertThat(audience).hasSize(6);
        int item = data.items().indexOf("i1-2");
        for (String user : audience.items()) {
            assertThat(data.interactions().contains(data.users().indexOf(user), item))
                    .isFalse();
        }
        if (!IMPERSONAL.contains(algorithm.name())) {
            assertThat(audience.items().stream()
                            .filter(user -> user.startsWith("u1-"))
                            .count())
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void explanationsNameWhatTheUserKnows(Algorithm algorithm) {
        Dataset<String, String> data = TestData.blocks();
        Recommender<String, String> recommender = algorithm.fit(data);
        Recommendation<String> first = recommender.recommend("u2-2", 1).get(0);
        Explanation<String> why = recommender.explain("u2-2", first.item());
        assertThat(why.reasons()).isNotEmpty();
        assertThat(why.source()).isEqualTo(source(algorithm));
        int user = data.users().indexOf("u2-2");
        for (Explanation.Reason<String> reason : why.reasons()) {
            assertThat(reason.contribution()).isFinite();
            assertThat(reason.item().isPresent()).isNotEqualTo(!reason.label().isEmpty());
            reason.item()
                    .ifPresent(item -> assertThat(data.interactions()
                                    .contains(user, data.items().indexOf(item)))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void manyUsersGetTheListsThatEachGets(Algorithm algorithm) {
        Dataset<Integer, Long> data = TestData.random(11, 700, 333);
        Recommender<Integer, Long> recommender = algorithm.fit(data);
        List<Integer> users = new ArrayList<>();
        for (int k = 0; k < 1100; k++) {
            users.add(k % 7 == 3 ? -k : data.users().key(k * 31 % 700));
        }
        for (int n : new int[] {10, 0, 1, 400}) {
            List<Integer> asking = n == 10 ? users : users.subList(0, 60);
            Executor executor = n == 1 ? Runnable::run : ForkJoinPool.commonPool();
            List<Integer> served = new ArrayList<>();
            recommender.recommendAll(asking, n, executor, (user, list) -> {
                Recommendations<Long> single = recommender.recommend(user, n);
                assertThat(list).as("user %d", user).isEqualTo(single);
                assertThat(list.source()).isEqualTo(single.source());
                assertThat(list.removed()).isEqualTo(single.removed());
                served.add(user);
            });
            assertThat(served).isEqualTo(asking);
        }
        assertThatThrownBy(() -> recommender.recommendAll(users, -1, (user, list) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void recommendingToManyUsersCanBeEnded(Algorithm algorithm) {
        Recommender<String, String> recommender = algorithm.fit(TestData.blocks());
        Iterable<String> endless = () -> Stream.generate(() -> "u1-1").iterator();
        List<String> served = new ArrayList<>();
        IllegalStateException enough = new IllegalStateException("enough");
        assertThatThrownBy(() -> recommender.recommendAll(endless, 2, (user, list) -> {
                    served.add(user);
                    if (served.size() == 1500) {
                        throw enough;
                    }
                }))
                .isSameAs(enough);
        served.clear();
        assertThatThrownBy(() -> recommender.recommendAll(endless, 2, (user, list) -> {
                    served.add(user);
                    if (served.size() == 10) {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(served).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void tinyAndEmptyDataGiveAnswersNotErrors(Algorithm algorithm) {
        Dataset<String, String> nothing = Dataset.<String, String>builder().build();
        Recommender<String, String> empty = algorithm.fit(nothing);
        assertThat(empty.recommend("a", 5)).isEmpty();
        assertThat(empty.similarItems("x", 5)).isEmpty();
        assertThat(empty.audience("x", 5)).isEmpty();
        assertThat(empty.score("a", "x")).isEmpty();

        Dataset<String, String> one =
                Dataset.<String, String>builder().add("a", "x").build();
        Recommender<String, String> single = algorithm.fit(one);
        assertThat(single.recommend("a", 5)).isEmpty();
        assertThat(single.recommend("a", 5).removed()).isEqualTo(Map.of(Rule.SEEN, 1));
        assertThat(single.recommend("b", 5).items()).containsExactly("x");
        assertThat(single.recommend(Request.<String, String>forUser("a").includeSeen())
                        .items())
                .containsExactly("x");

        Dataset<String, String> idle =
                Dataset.<String, String>builder().addUser("a").addItem("x").build();
        assertThat(algorithm.fit(idle).recommend("a", 5).items()).containsExactly("x");
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void optionsSurviveText(Algorithm algorithm) {
        assertThat(algorithm.with(algorithm.options()).options()).isEqualTo(algorithm.options());
        assertThat(Algorithm.named(algorithm.name().toUpperCase(java.util.Locale.ROOT))
                        .name())
                .isEqualTo(algorithm.name());
        assertThatThrownBy(() -> algorithm.with(Map.of("factorz", "64")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factorz");
        Map<String, String> nonsense = new LinkedHashMap<>();
        algorithm.options().forEach((name, value) -> nonsense.put(name, "\u0000nonsense"));
        for (String name : nonsense.keySet()) {
            assertThatThrownBy(() -> algorithm.with(Map.of(name, "\u0000nonsense")))
                    .as("option %s", name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void manyThreadsGetTheSameAnswers(Algorithm algorithm) throws Exception {
        Recommender<String, String> recommender = algorithm.fit(TestData.blocks());
        List<Recommendations<String>> expected = new ArrayList<>();
        for (int user = 0; user < 25; user++) {
            expected.add(recommender.recommend("u2-" + user, 7));
        }
        ExecutorService pool = Executors.newFixedThreadPool(16);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 64; task++) {
                tasks.add(() -> {
                    for (int user = 0; user < 25; user++) {
                        assertThat(recommender.recommend("u2-" + user, 7)).isEqualTo(expected.get(user));
                    }
                    return null;
                });
            }
            for (Future<Void> future : pool.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
