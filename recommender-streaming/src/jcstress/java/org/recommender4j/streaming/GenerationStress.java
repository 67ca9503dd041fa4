package org.recommender4j.streaming;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.recommender4j.Algorithm;
import org.recommender4j.data.Dataset;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.model.Model;
import org.recommender4j.model.ModelState;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** Vectors of users while their histories change, and users who are forgotten meanwhile. */
final class GenerationStress {
    private static final Dataset<String, String> DATA = Dataset.<String, String>builder()
            .add("a", "x", 1, 1)
            .add("a", "y", 1, 1)
            .add("b", "y", 1, 1)
            .add("b", "z", 1, 1)
            .build();
    private static final Training ONE = Training.defaults().withThreads(1);

    /** Trained once: a state of the test begins with a model that is there. */
    private static final Algorithm TRAINED = new Trained(
            ImplicitAls.builder().factors(2).iterations(3).build().train(TrainingData.of(DATA), ONE));

    private static final int BEFORE;
    private static final int AFTER;

    static {
        LiveRecommender<String, String> live = start();
        BEFORE = vector(live);
        live.ingest(Event.purchase("a", "z"));
        AFTER = vector(live);
        if (BEFORE == AFTER) {
            throw new IllegalStateException("the event changes nothing");
        }
    }

    private GenerationStress() {}

    private record Trained(Model model) implements Algorithm {
        @Override
        public java.util.Map<String, String> options() {
            return java.util.Map.of();
        }

        @Override
        public Algorithm with(java.util.Map<String, String> options) {
            return this;
        }

        @Override
        public Model train(TrainingData data, Training training) {
            return model;
        }

        @Override
        public Model restore(ModelState state) {
            throw new UnsupportedOperationException();
        }
    }

    private static LiveRecommender<String, String> start() {
        return LiveRecommender.builder().training(ONE).start(DATA, TRAINED);
    }

    private static int vector(LiveRecommender<String, String> live) {
        return live.export("a").map(export -> export.vector().hashCode()).orElse(0);
    }

    /** A vector is that of the history before the event or of the one after it; when the event is done, of the latter. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "after")
    @Outcome(expect = FORBIDDEN, desc = "a vector of another history")
    @State
    public static class AVectorFitsItsHistory {
        private final LiveRecommender<String, String> live = start();

        @Actor
        public void writer() {
            live.ingest(Event.purchase("a", "z"));
        }

        @Actor
        public void reader(II_Result result) {
            result.r1 = which();
        }

        @Arbiter
        public void end(II_Result result) {
            result.r2 = which();
        }

        private int which() {
            int vector = vector(live);
            return vector == BEFORE ? 1 : vector == AFTER ? 2 : 3;
        }
    }

    /** Whoever is forgotten is in no list afterwards, whatever was read meanwhile. */
    @JCStressTest
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "gone")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "there until it was gone")
    @Outcome(expect = FORBIDDEN, desc = "a part remains")
    @State
    public static class ForgettingLeavesNothing {
        private final LiveRecommender<String, String> live = start();

        @Actor
        public void writer() {
            live.forget("a");
        }

        @Actor
        public void reader(III_Result result) {
            live.recommend("a", 3);
            result.r1 = live.audience("z", 9).items().contains("a") ? 1 : 0;
        }

        @Arbiter
        public void end(III_Result result) {
            result.r2 = live.audience("z", 9).items().contains("a") ? 1 : 0;
            result.r3 = live.export("a").isPresent() ? 1 : 0;
        }
    }
}
