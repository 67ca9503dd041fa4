package org.recommender4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Matrices;
import org.recommender4j.data.Split;
import org.recommender4j.eval.TuningResult.Trial;
import org.recommender4j.model.Model;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

class TuningTest {
    private static final Split SPLIT = Split.perUser(Matrices.random(40, 30, 0.3, false, 4), 0.3, 1);
    private static final Evaluation EVALUATION = Evaluation.builder(TrainingData.implicit(SPLIT.train()), SPLIT.test())
            .metrics(Metric.ndcg(10), Metric.popularity(10))
            .build();
    private static final SearchSpace SPACE = SearchSpace.builder()
            .uniform("x", 0, 1)
            .choice("kind", "plain", "odd")
            .build();

    @TempDir
    Path folder;

    /** Best at x = 0.3; counts how often it is trained; "odd" is refused below 0.5, and better with more iterations. */
    private static FakeAlgorithm algorithm(AtomicInteger trained) {
        return new FakeAlgorithm("Fake", Map.of("x", "0.9", "kind", "plain", "iterations", "9"), options -> {
            trained.incrementAndGet();
            double x = Double.parseDouble(options.get("x"));
            if (options.get("kind").equals("odd") && x < 0.5) {
                throw new IllegalArgumentException("x is \"too\" small:\n" + x);
            }
            return model((1 - Math.abs(x - 0.3)) * Integer.parseInt(options.get("iterations")) / 9.0);
        });
    }

    /** Puts more test items on top the larger the quality. */
    private static Model model(double quality) {
        float[][] scores = new float[SPLIT.train().rows()][SPLIT.train().columns()];
        for (int user = 0; user < scores.length; user++) {
            for (int item = 0; item < scores[0].length; item++) {
                double noise = ((user * 31 + item * 17) % 101) / 101.0;
                scores[user][item] = (float) (noise + (SPLIT.test().contains(user, item) ? quality : 0));
            }
        }
        return new TableModel(scores);
    }

    private static Tuning.Builder tuning(AtomicInteger trained) {
        return Tuning.builder(algorithm(trained), SPACE, EVALUATION, "ndcg@10").trials(25);
    }

    @Test
    void findsGoodOptionsAndReportsAllTrials() {
        AtomicInteger trained = new AtomicInteger();
        List<Trial> heard = new ArrayList<>();
        TuningResult result = tuning(trained).listener(heard::add).build().run();
        assertThat(result.trials()).hasSize(25).isEqualTo(heard);
        assertThat(trained).hasValue(25);
        assertThat(result.isComplete()).isTrue();
        assertThat(Double.parseDouble(result.best().options().get("x"))).isBetween(0.15, 0.45);
        assertThat(result.best().options()).containsEntry("kind", "plain").containsEntry("iterations", "9");
        assertThat(result.bestTrial().value())
                .isEqualTo(EVALUATION
                        .run(result.best().train(EVALUATION.train(), Training.defaults()))
                        .mean("ndcg@10"));
        assertThat(result.trials().get(0).options())
                .as("the first trial is the algorithm as given")
                .containsEntry("x", "0.9");
        assertThat(result.trials())
                .anySatisfy(trial -> assertThat(trial.failure())
                        .hasValueSatisfying(f -> assertThat(f).startsWith("x is \"too\" small")));
    }

    @Test
    void theSameSeedTriesTheSameAndMoreTrialsGoOnFromThere() {
        List<Map<String, String>> few = new ArrayList<>();
        List<Map<String, String>> more = new ArrayList<>();
        List<Map<String, String>> others = new ArrayList<>();
        tuning(new AtomicInteger())
                .trials(7)
                .listener(t -> few.add(t.options()))
                .build()
                .run();
        tuning(new AtomicInteger())
                .trials(20)
                .listener(t -> more.add(t.options()))
                .build()
                .run();
        tuning(new AtomicInteger())
                .trials(20)
                .seed(2)
                .listener(t -> others.add(t.options()))
                .build()
                .run();
        assertThat(more.subList(0, 7)).isEqualTo(few);
        assertThat(others).isNotEqualTo(more);
    }

    @Test
    void minimizeTakesTheSmallest() {
        AtomicInteger trained = new AtomicInteger();
        TuningResult result = tuning(trained).minimize().build().run();
        assertThat(result.trials())
                .filteredOn(trial -> trial.failure().isEmpty())
                .allSatisfy(trial -> assertThat(trial.value())
                        .isGreaterThanOrEqualTo(result.bestTrial().value()));
    }

    @Test
    void halvingGivesTheBestMore() {
        AtomicInteger trained = new AtomicInteger();
        SearchSpace space = SearchSpace.builder().uniform("x", 0, 1).build();
        TuningResult result = Tuning.builder(algorithm(trained), space, EVALUATION, "ndcg@10")
                .trials(27)
                .halving("iterations", 1, 9, 3)
                .build()
                .run();
        assertThat(result.trials()).hasSize(27 + 9 + 3);
        for (int rung = 0; rung < 3; rung++) {
            int here = rung;
            assertThat(result.trials().stream().filter(t -> t.rung() == here))
                    .hasSize(new int[] {27, 9, 3}[rung])
                    .allSatisfy(t ->
                            assertThat(t.options()).containsEntry("iterations", "" + new int[] {1, 3, 9}[here]));
        }
        double worstPromoted = result.trials().stream()
                .filter(t -> t.rung() == 1)
                .mapToDouble(promoted -> result.trials().get(promoted.number()).value())
                .min()
                .orElseThrow();
        long better = result.trials().stream()
                .filter(t -> t.rung() == 0 && t.value() > worstPromoted)
                .count();
        assertThat(better).as("the best third was promoted").isLessThan(9);
        assertThat(result.bestTrial().rung()).isEqualTo(2);
        assertThat(result.best().options()).containsEntry("iterations", "9");
    }

    @Test
    void aStoppedTuningGoesOnWhereItWas() throws IOException {
        Path log = folder.resolve("log.jsonl");
        AtomicInteger trained = new AtomicInteger();
        TuningResult whole = tuning(trained).build().run();

        trained.set(0);
        AtomicLong clock = new AtomicLong();
        Training ticking = Training.defaults().withTicker(() -> clock.getAndAdd(1_000_000_000L));
        TuningResult part = tuning(trained)
                .log(log)
                .training(ticking)
                .timeBudget(Duration.ofSeconds(30))
                .build()
                .run();
        int done = trained.get();
        assertThat(part.isComplete()).isFalse();
        assertThat(part.trials()).hasSize(done).hasSizeBetween(2, 24);
        Files.writeString(log, "{\"trial\":9,\"rung\":0,\"opt", StandardOpenOption.APPEND);

        TuningResult rest = tuning(trained).log(log).build().run();
        assertThat(trained).hasValue(25);
        assertThat(rest.isComplete()).isTrue();
        assertThat(rest.best().options()).isEqualTo(whole.best().options());
        assertThat(rest.trials()).extracting(Trial::value).isEqualTo(values(whole));
        assertThat(rest.trials())
                .extracting(Trial::failure)
                .isEqualTo(whole.trials().stream().map(Trial::failure).toList());
        assertThat(rest.trials().subList(0, done)).isEqualTo(part.trials());

        tuning(trained).log(log).build().run();
        assertThat(trained).as("nothing was left to do").hasValue(25);
        assertThat(Files.readAllLines(log)).hasSize(26);
    }

    private static List<Double> values(TuningResult result) {
        return result.trials().stream().map(Trial::value).toList();
    }

    @Test
    void theLogOfAnotherTuningIsRefused() throws IOException {
        Path log = folder.resolve("log.jsonl");
        tuning(new AtomicInteger()).trials(2).log(log).build().run();
        assertThatThrownBy(() ->
                        tuning(new AtomicInteger()).seed(5).log(log).build().run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log of another tuning");
        Files.writeString(log, "nonsense\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> tuning(new AtomicInteger()).log(log).build().run())
                .hasMessageContaining("log.jsonl:4: not a trial: nonsense");
    }

    @Test
    void theFirstTrialRunsWhateverTheBudget() {
        AtomicInteger trained = new AtomicInteger();
        TuningResult result = tuning(trained).timeBudget(Duration.ZERO).build().run();
        assertThat(result.trials()).hasSize(1);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.bestTrial().number()).isZero();
    }

    @Test
    void mistakesAreNamed() {
        FakeAlgorithm algorithm = algorithm(new AtomicInteger());
        assertThatThrownBy(() -> Tuning.builder(algorithm, SPACE, EVALUATION, "map@3"))
                .hasMessageContaining("no metric 'map@3', only [ndcg@10, popularity@10]");
        SearchSpace wrong = SearchSpace.builder().integer("size", 1, 3).build();
        assertThatThrownBy(() -> Tuning.builder(algorithm, wrong, EVALUATION, "ndcg@10"))
                .hasMessageContaining("no option 'size'");
        assertThatThrownBy(() -> tuning(new AtomicInteger()).halving("x", 1, 9, 3))
                .hasMessageContaining("'x' is in the space");
        assertThatThrownBy(() -> tuning(new AtomicInteger()).halving("iterations", 5, 3, 3))
                .hasMessageContaining("max must be in [5");
        SearchSpace refused =
                SearchSpace.builder().choice("kind", "odd").uniform("x", 0, 0.1).build();
        FakeAlgorithm odd = (FakeAlgorithm) algorithm.with(Map.of("kind", "odd", "x", "0"));
        assertThatThrownBy(() -> Tuning.builder(odd, refused, EVALUATION, "ndcg@10")
                        .trials(3)
                        .build()
                        .run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("x is \"too\" small");
    }

    @Test
    void valuesStayInTheirRangesAndReachTheEnds() {
        SearchSpace space = SearchSpace.builder()
                .uniform("a", -1, 1)
                .logUniform("b", 1e-4, 1)
                .integer("c", 2, 4)
                .logInteger("d", 1, 100)
                .choice("e", "u", "v")
                .build();
        SplittableRandom random = new SplittableRandom(1);
        Set<String> c = new HashSet<>();
        Set<String> d = new HashSet<>();
        Set<String> e = new HashSet<>();
        int smallB = 0;
        int smallD = 0;
        for (int k = 0; k < 2000; k++) {
            Map<String, String> drawn = space.draw(random);
            assertThat(Double.parseDouble(drawn.get("a"))).isBetween(-1.0, 1.0);
            assertThat(Double.parseDouble(drawn.get("b"))).isBetween(1e-4, 1.0);
            smallB += Double.parseDouble(drawn.get("b")) < 1e-2 ? 1 : 0;
            smallD += Integer.parseInt(drawn.get("d")) <= 10 ? 1 : 0;
            c.add(drawn.get("c"));
            d.add(drawn.get("d"));
            e.add(drawn.get("e"));
        }
        assertThat(c).containsExactlyInAnyOrder("2", "3", "4");
        assertThat(d).contains("1", "100").doesNotContain("0", "101");
        assertThat(e).containsExactlyInAnyOrder("u", "v");
        assertThat(smallB).as("half of the orders of magnitude").isBetween(900, 1100);
        assertThat(smallD).isBetween(1050, 1250);
        assertThat(space.describe()).containsEntry("b", "log-uniform 1.0E-4 to 1.0");
        SearchSpace.Builder builder = SearchSpace.builder().integer("c", 1, 1);
        assertThatThrownBy(() -> builder.integer("c", 1, 2)).hasMessageContaining("'c' is in the space already");
        assertThatThrownBy(() -> builder.uniform("x", 2, 1)).hasMessageContaining("from 2.0 to 1.0");
        assertThatThrownBy(() -> builder.uniform("x", Double.NaN, 1)).hasMessageContaining("finite");
        assertThatThrownBy(() -> builder.logUniform("x", 0, 1)).hasMessageContaining("lower end");
        assertThatThrownBy(() -> builder.choice("x")).hasMessageContaining("needs a value");
    }
}
