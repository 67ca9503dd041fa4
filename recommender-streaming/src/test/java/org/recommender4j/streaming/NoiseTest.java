package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.Algorithm;
import org.recommender4j.Recommendations;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.online.DecayedPopularity;

/** Attacks on counts that are told with noise, by who sees the lists and may add people and events. */
class NoiseTest {
    private static final String SECRET = "secret";

    private final LiveData.Clock clock = new LiveData.Clock();

    private LiveBuilder live() {
        return LiveRecommender.builder().clock(clock).analytics("group", settings -> {});
    }

    private static Noise noise(double epsilon, long seed) {
        return Noise.perRelease(epsilon).every(Duration.ofDays(10_000)).items(1).random(new SplittableRandom(seed));
    }

    /** A shop with 100 people, of whom the first ones like a secret item. */
    private static Dataset<String, String> shop(int likers) {
        DatasetBuilder<String, String> builder = Dataset.builder();
        builder.addItem(SECRET).addItem("common").addItem("decoy");
        for (int user = 0; user < 100; user++) {
            builder.add("u" + user, user < likers ? SECRET : "common", 1, LiveData.START);
        }
        return builder.build();
    }

    private static double score(LiveRecommender<String, String> live, String item) {
        return live.trends(100).stream()
                .filter(trend -> trend.item().equals(item))
                .mapToDouble(Trend::score)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double rms(List<Double> errors) {
        return Math.sqrt(errors.stream().mapToDouble(e -> e * e).average().orElseThrow());
    }

    /** Old counts fade, and noise that stayed the same would cancel in the difference of two looks. */
    @Test
    void looksAtDifferentTimesDoNotTellTheCount() {
        List<Double> errors = new ArrayList<>();
        for (int shop = 0; shop < 60; shop++) {
            int truth = 40 + shop % 40;
            clock.millis.set(LiveData.START);
            try (LiveRecommender<String, String> live =
                    live().noise(noise(0.2, shop)).start(shop(truth), new Popularity())) {
                double first = score(live, SECRET);
                clock.millis.addAndGet(Duration.ofDays(7).toMillis());
                live.ingest(Event.view("mallory", "decoy"));
                assertThat(score(live, SECRET)).as("no release, nothing new").isEqualTo(first);
                live.release();
                double second = score(live, SECRET);
                if (!Double.isNaN(first + second)) {
                    errors.add((first - second) / 0.5 - truth);
                }
            }
        }
        assertThat(errors).hasSizeGreaterThan(50);
        // The best that one can do is to take the first look: its noise has a standard deviation of 7.
        assertThat(rms(errors)).isGreaterThan(7);
    }

    /** Whether somebody likes it between two looks is guessed hardly better than by a coin, whatever comes later. */
    @Test
    void whetherSomebodyLikedItBetweenTwoLooksStaysADoubt() {
        int right = 0;
        int games = 300;
        for (int game = 0; game < games; game++) {
            boolean member = game % 2 == 0;
            try (LiveRecommender<String, String> live =
                    live().noise(noise(0.1, 1000 + game)).start(shop(90), new Popularity())) {
                double before = score(live, SECRET);
                if (member) {
                    live.ingest(Event.view("someone", SECRET));
                }
                live.release();
                double added = score(live, SECRET) - before;
                for (int look = 0; look < 3; look++) {
                    live.release();
                }
                right += added > 0.5 == member ? 1 : 0;
            }
        }
        double most = Math.exp(0.1) / (1 + Math.exp(0.1));
        assertThat(right / (double) games).isLessThan(most + 4 * 0.5 / Math.sqrt(games));
    }

    /** People of the attacker's own change nothing but their own part, so there is no new noise on old likes to average. */
    @Test
    void manyAccountsAverageNothingOut() {
        List<Double> errors = new ArrayList<>();
        for (int shop = 0; shop < 20; shop++) {
            try (LiveRecommender<String, String> live =
                    live().noise(noise(0.2, 2000 + shop)).start(shop(60), new Popularity())) {
                double sum = 0;
                int looks = 25;
                for (int look = 1; look <= looks; look++) {
                    double before = score(live, SECRET);
                    for (int k = 0; k < 8; k++) {
                        live.ingest(Event.view("sybil " + look + "-" + k, SECRET));
                    }
                    assertThat(score(live, SECRET)).isEqualTo(before);
                    live.release();
                    sum += score(live, SECRET) - 8 * look;
                }
                errors.add(sum / looks - 60);
            }
        }
        assertThat(rms(errors)).as("one look alone is off by 7").isGreaterThan(5);
    }

    @Test
    void toBeListedProvesNothing() {
        int[] listed = new int[2];
        int shops = 600;
        for (int shop = 0; shop < shops; shop++) {
            for (int likers = 0; likers < 2; likers++) {
                try (LiveRecommender<String, String> live =
                        live().noise(noise(0.5, 2L * shop + likers)).start(shop(likers), new Popularity())) {
                    listed[likers] += Double.isNaN(score(live, SECRET)) ? 0 : 1;
                }
            }
        }
        double without = listed[0] / (double) shops;
        double with = listed[1] / (double) shops;
        double deviation = Math.sqrt(0.25 / shops) * (1 + Math.exp(0.5));
        assertThat(without).isGreaterThan(0.2);
        assertThat(with).isLessThan(without * Math.exp(0.5) + 4 * deviation);
        assertThat(1 - without).isLessThan((1 - with) * Math.exp(0.5) + 4 * deviation);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Popularity", "ItemKnn", "ImplicitAls{factors=2, iterations=2}"})
    void somebodyUnknownIsToldWhatTrendsTell(String algorithm) {
        LiveBuilder options = live().minGroup(3).noise(noise(0.5, 5)).member(new DecayedPopularity(), 1);
        try (LiveRecommender<String, String> live = options.start(LiveData.groups(), Algorithm.parse(algorithm))) {
            live.ingest(Event.view("mallory", "known from an event only"));
            live.release();
            List<Trend<String>> trends = live.trends(100);
            assertThat(trends).isNotEmpty().hasSizeLessThan(36).allMatch(trend -> trend.people() >= 3);
            Recommendations<String> list = live.recommend("nobody", 100);
            assertThat(list.source()).endsWith("Popularity");
            assertThat(list.items()).isEqualTo(trends.stream().map(Trend::item).toList());
            for (int k = 0; k < list.size(); k++) {
                String item = list.items().get(k);
                double score = trends.get(k).score();
                assertThat(list.get(k).score()).isEqualTo((float) score);
                assertThat(live.explain("nobody", item).score()).hasValue(score);
                assertThat(live.score("nobody", item)).isEmpty();
            }
            live.recommendAll(
                    List.of("nobody"), 100, (user, all) -> assertThat(all).isEqualTo(list));
            assertThat(live.recommend("u0-1", 5)).hasSize(5);
        }
    }

    /** Who is left out of an audience has the item. */
    @Test
    void anAudienceDoesNotNameTheFewWhoHaveTheItem() {
        try (LiveRecommender<String, String> live = live().minGroup(4).start(shop(0), new Popularity())) {
            for (String buyer : List.of("u42", "u43", "u44")) {
                live.ingest(Event.purchase(buyer, SECRET));
                assertThat(live.audience(SECRET, 1000)).as(buyer).hasSize(100);
                assertThat(live.audience(SECRET, 1000).removed()).isEmpty();
            }
            live.ingest(Event.purchase("u45", SECRET));
            TreeSet<String> rest = new TreeSet<>(shop(0).users().keys());
            rest.removeAll(live.audience(SECRET, 1000).items());
            assertThat(rest).containsExactly("u42", "u43", "u44", "u45");
        }
    }

    /** Four accounts of one attacker make a group of five with one other person. */
    @Test
    void exactReportsAreRefusedUnlessTheyAreAllowed() {
        LiveBuilder options = live().minGroup(5).noise(noise(1, 6));
        try (LiveRecommender<String, String> live = options.start(shop(0), new Popularity())) {
            for (int sybil = 0; sybil < 4; sybil++) {
                live.ingest(Event.watch("sybil" + sybil, SECRET, 100, 100));
            }
            live.ingest(Event.watch("someone", SECRET, 13, 100));
            assertThatThrownBy(live::analytics)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("exactReports");
            assertThatThrownBy(() -> live.audience(SECRET, 10))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("exactReports");
        }
        options.noise(noise(1, 6).exactReports(true));
        try (LiveRecommender<String, String> live = options.start(shop(5), new Popularity())) {
            assertThat(live.audience(SECRET, 10)).hasSize(10);
            assertThat(live.analytics().orElseThrow().item(SECRET)).isPresent();
        }
    }

    /** Counts are told only about groups, also where they serve as scores. */
    @Test
    void withoutNoiseSmallGroupsCountAsNobody() {
        try (LiveRecommender<String, String> live = live().minGroup(50).start(shop(30), new Popularity())) {
            live.ingest(Event.view("x", "decoy"));
            assertThat(live.trends(9)).extracting(Trend::item).containsExactly("common");
            assertThat(live.explain("x", "decoy").score()).hasValue(0);
            assertThat(live.similarItems(SECRET, 5).stream())
                    .allMatch(entry -> entry.score() == 0 || entry.item().equals("common"));
        }
    }

    @Test
    void aLikeCountsOnceInTheNextReleaseAndThePeopleAreDistinct() {
        // So strong that there is nearly no noise.
        Noise faint = Noise.perRelease(100).items(1).every(Duration.ofDays(99)).random(new SplittableRandom(1));
        try (LiveRecommender<String, String> live = live().noise(faint).start(shop(10), new Popularity())) {
            assertThat(live.privacyBudget()).hasValue(new PrivacyBudget(100, 1, 100, Double.POSITIVE_INFINITY));
            for (int k = 0; k < 3; k++) {
                live.ingest(Event.view("fan", SECRET));
                live.ingest(Event.dislike("fan", SECRET));
                live.ingest(Event.dislike("fan", SECRET));
            }
            live.ingest(Event.view("fan", SECRET));
            assertThat(score(live, SECRET)).isEqualTo(10);
            assertThat(live.release().releases()).isEqualTo(2);
            assertThat(score(live, SECRET)).isEqualTo(11);
            live.ingest(Event.dislike("fan", SECRET));
            live.ingest(Event.purchase("fan", SECRET));
            live.release();
            assertThat(score(live, SECRET)).isEqualTo(11);
        }
    }

    @Test
    void releasesComeInTheBackground() throws InterruptedException {
        Noise often = noise(1, 8).every(Duration.ofMillis(5));
        try (LiveRecommender<String, String> live = live().noise(often).start(shop(10), new Popularity())) {
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (live.privacyBudget().orElseThrow().releases() < 4 && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            assertThat(live.privacyBudget().orElseThrow().releases()).isGreaterThan(3);
            assertThat(live.privacyBudget().orElseThrow().spent()).isGreaterThan(3);
        }
    }

    @Test
    void withoutNoiseNothingIsReleased() {
        try (LiveRecommender<String, String> live = live().start(shop(10), new Popularity())) {
            assertThat(live.privacyBudget()).isEmpty();
            assertThatThrownBy(live::release)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("noise");
        }
    }

    @Test
    void optionsAreChecked() {
        for (double epsilon : new double[] {0, -1, Double.NaN, 1e-4, 101}) {
            assertThatThrownBy(() -> Noise.perRelease(epsilon))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("epsilon");
        }
        Noise noise = Noise.perRelease(1);
        assertThatThrownBy(() -> noise.items(0)).hasMessageContaining("items");
        assertThatThrownBy(() -> noise.items(1001)).hasMessageContaining("items");
        assertThatThrownBy(() -> noise.budget(0)).hasMessageContaining("budget");
        assertThatThrownBy(() -> noise.budget(Double.NaN)).hasMessageContaining("budget");
        assertThatThrownBy(() -> noise.every(Duration.ZERO)).hasMessageContaining("every");
        assertThat(noise.items(3).budget(7))
                .hasToString("Noise[epsilon 1.0 per release, every PT24H, items 3, budget 7.0]");
        assertThat(Noise.none()).hasToString("Noise[none]");
    }

    /** The scale is that of the items which a person may count for: a person who likes many adds no more. */
    @Test
    void theStandardDeviationIsTheDocumentedOne() {
        Map<Integer, List<Double>> errors = new HashMap<>();
        for (int items : new int[] {1, 5}) {
            for (int shop = 0; shop < 150; shop++) {
                Noise noise = noise(1, 7000 + shop).items(items);
                try (LiveRecommender<String, String> live = live().noise(noise).start(shop(80), new Popularity())) {
                    errors.computeIfAbsent(items, key -> new ArrayList<>()).add(score(live, SECRET) - 80);
                }
            }
        }
        assertThat(rms(errors.get(1))).isCloseTo(1.4, within(0.5));
        assertThat(rms(errors.get(5))).isCloseTo(7, within(2.0));
        assertThat(IntStream.range(0, 150).filter(k -> errors.get(1).get(k) == 0))
                .hasSizeLessThan(50);
    }
}
