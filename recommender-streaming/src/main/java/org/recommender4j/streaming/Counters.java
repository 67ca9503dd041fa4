package org.recommender4j.streaming;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/** What is counted and timed. Thread-safe. */
final class Counters {
    private static final long HIGHEST = 60_000_000_000L;

    /** Written by one thread at a time. */
    final AtomicLong applied = new AtomicLong();

    final LongAdder rejected = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder refits = new LongAdder();
    final LongAdder rollbacks = new LongAdder();
    private final Histogram ingest = new AtomicHistogram(HIGHEST, 2);
    private final Histogram recommend = new AtomicHistogram(HIGHEST, 2);

    /** Counts the time of an event; what took longer than a minute counts as a minute. */
    void ingested(long nanos) {
        ingest.recordValue(Math.max(0, Math.min(nanos, HIGHEST)));
    }

    /** Counts the time of a list. */
    void recommended(long nanos) {
        recommend.recordValue(Math.max(0, Math.min(nanos, HIGHEST)));
    }

    Metrics.Latency ingestLatency() {
        return latency(ingest);
    }

    Metrics.Latency recommendLatency() {
        return latency(recommend);
    }

    private static Metrics.Latency latency(Histogram histogram) {
        // A plain copy could have a sum that differs from what it counts, as others go on counting meanwhile.
        Histogram copy = new Histogram(HIGHEST, 2);
        copy.add(histogram);
        return new Metrics.Latency(
                copy.getTotalCount(),
                copy.getValueAtPercentile(50),
                copy.getValueAtPercentile(99),
                copy.getValueAtPercentile(99.9),
                copy.getMaxValue());
    }
}
