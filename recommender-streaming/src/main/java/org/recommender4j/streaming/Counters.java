package org.recommender4j.streaming;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What is counted and timed. Thread-safe. */
final class Counters {
    private static final long HIGHEST = 60_000_000_000L;

    final LongAdder applied = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder refits = new LongAdder();
    final LongAdder rollbacks = new LongAdder();
    final Histogram ingest = histogram();
    final Histogram recommend = histogram();

    private static Histogram histogram() {
        Histogram histogram = new ConcurrentHistogram(HIGHEST, 2);
        histogram.setAutoResize(true);
        return histogram;
    }

    static Metrics.Latency latency(Histogram histogram) {
        Histogram copy = histogram.copy();
        return new Metrics.Latency(
                copy.getTotalCount(),
                copy.getValueAtPercentile(50),
                copy.getValueAtPercentile(99),
                copy.getValueAtPercentile(99.9),
                copy.getMaxValue());
    }
}
