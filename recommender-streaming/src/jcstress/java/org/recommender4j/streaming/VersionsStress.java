package org.recommender4j.streaming;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.model.Training;
import org.recommender4j.popularity.Popularity;

/** What a version promises to whoever reads it. */
final class VersionsStress {
    private static final Dataset<String, String> DATA =
            Dataset.<String, String>builder().add("a", "x", 1, 1).add("b", "y", 1, 1).build();

    private VersionsStress() {}

    private static LiveRecommender<String, String> start() {
        return LiveRecommender.builder()
                .training(Training.defaults().withThreads(1))
                .versionTimeout(Duration.ofMillis(1))
                .start(DATA, new Popularity());
    }

    private static int people(LiveRecommender<String, String> live, String item) {
        return live.trends(9).stream()
                .filter(trend -> trend.item().equals(item))
                .mapToInt(Trend::people)
                .sum();
    }

    /** Who sees the version sees the history, the count and the item. */
    @JCStressTest
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "before")
    @Outcome(id = "0, 2, 0", expect = ACCEPTABLE, desc = "on the way")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "on the way")
    @Outcome(id = "0, 2, 1", expect = ACCEPTABLE, desc = "on the way")
    @Outcome(id = "1, 2, 1", expect = ACCEPTABLE, desc = "after")
    @Outcome(expect = FORBIDDEN, desc = "a version without its event")
    @State
    public static class AVersionComesAfterItsEvent {
        private final LiveRecommender<String, String> live = start();

        @Actor
        public void writer() {
            live.ingest(Event.view("a", "new"));
        }

        @Actor
        public void reader(III_Result result) {
            result.r1 = (int) live.version();
            result.r2 = live.export("a").orElseThrow().history().size();
            result.r3 = people(live, "new");
        }
    }

    /** Who waits for a version is woken, and sees it. */
    @JCStressTest
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "seen, and not in the list")
    @Outcome(id = "-1, [01]", expect = ACCEPTABLE, desc = "told that it did not come in time")
    @Outcome(expect = FORBIDDEN, desc = "an older answer than was asked for")
    @State
    public static class WhoWaitsForAVersionSeesIt {
        private final LiveRecommender<String, String> live = start();

        @Actor
        public void writer() {
            live.ingest(Event.view("a", "y"));
        }

        @Actor
        public void reader(II_Result result) {
            try {
                result.r1 = live.recommend(Request.<String, String>forUser("a")
                                .only(List.of("y"))
                                .atLeast(1))
                        .size();
            } catch (IllegalStateException e) {
                result.r1 = -1;
            }
            result.r2 = (int) live.version();
        }
    }

    /** Two events of two threads have two versions, and both count. */
    @JCStressTest
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "one after the other")
    @Outcome(id = "2, 1, 3", expect = ACCEPTABLE, desc = "the other way round")
    @Outcome(expect = FORBIDDEN, desc = "a version given twice, or an event lost")
    @State
    public static class VersionsAreGivenOnce {
        private final LiveRecommender<String, String> live = start();

        @Actor
        public void one(III_Result result) {
            result.r1 = (int) live.ingest(Event.view("c", "x"));
        }

        @Actor
        public void other(III_Result result) {
            result.r2 = (int) live.ingest(Event.view("d", "x"));
        }

        @Arbiter
        public void end(III_Result result) {
            result.r3 = people(live, "x");
        }
    }
}
