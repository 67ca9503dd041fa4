package org.recommender4j.streaming;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events of the flight recorder. They cost next to nothing while no recording asks for them. */
final class Trace {
    private Trace() {}

    @Name("org.recommender4j.Ingest")
    @Label("Ingest")
    @Category("Recommender4J")
    @Description("Events were applied")
    @StackTrace(false)
    static final class Ingest extends jdk.jfr.Event {
        @Label("Events")
        int events;

        @Label("Version of the last one")
        long version;
    }

    @Name("org.recommender4j.RefreshItems")
    @Label("Refresh Items")
    @Category("Recommender4J")
    @Description("Vectors of items were solved anew")
    @StackTrace(false)
    static final class Refresh extends jdk.jfr.Event {
        @Label("Items")
        int items;
    }

    @Name("org.recommender4j.Refit")
    @Label("Refit")
    @Category("Recommender4J")
    @Description("A model was trained anew")
    @StackTrace(false)
    static final class Refit extends jdk.jfr.Event {
        @Label("Algorithm")
        String algorithm = "";

        @Label("Taken")
        boolean taken;

        @Label("Why")
        String reason = "";
    }

    @Name("org.recommender4j.Swap")
    @Label("Swap")
    @Category("Recommender4J")
    @Description("A new model took over; writers waited that long")
    @StackTrace(false)
    static final class Swap extends jdk.jfr.Event {
        @Label("Generation")
        long generation;

        @Label("Users folded in while writers waited")
        int folded;
    }

    @Name("org.recommender4j.SlowRecommend")
    @Label("Slow Recommend")
    @Category("Recommender4J")
    @Description("A call of recommend took longer than the threshold")
    @StackTrace(false)
    static final class SlowRecommend extends jdk.jfr.Event {
        @Label("Nanoseconds")
        long nanos;

        @Label("Limit")
        int limit;
    }
}
