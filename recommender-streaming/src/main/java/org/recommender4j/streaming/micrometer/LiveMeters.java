package org.recommender4j.streaming.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.recommender4j.streaming.LiveRecommender;
import org.recommender4j.streaming.Metrics;

/**
 * Meters of a live recommender, named {@code recommender4j.*}. A registry keeps no reference that would hold the recommender
 * alive.
 *
 * <pre>{@code
 * new LiveMeters(live, "name", "shop").bindTo(registry);
 * }</pre>
 *
 * @since 0.1
 */
public final class LiveMeters implements MeterBinder {
    private final LiveRecommender<?, ?> live;
    private final Tags tags;

    /**
     * Makes a binder.
     *
     * @param tags names and values by turns, such as {@code "name", "shop"}
     */
    public LiveMeters(LiveRecommender<?, ?> live, String... tags) {
        this.live = live;
        this.tags = Tags.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "events", "events applied", Metrics::events);
        counter(registry, "events.dropped", "events that the full queue did not take", Metrics::dropped);
        counter(registry, "events.rejected", "events that made no sense", Metrics::rejected);
        counter(registry, "events.duplicates", "events whose id was seen before", Metrics::duplicates);
        counter(registry, "failures", "exceptions of signals and callbacks", Metrics::failures);
        counter(registry, "refits", "refits that were taken", Metrics::refits);
        counter(registry, "rollbacks", "refits that were not taken", Metrics::rollbacks);
        gauge(registry, "queue", "events that wait", Metrics::queued);
        gauge(registry, "users", "users known", Metrics::users);
        gauge(registry, "items", "items known", Metrics::items);
        gauge(registry, "generation", "number of the model", Metrics::generation);
        TimeGauge.builder("recommender4j.queue.lag", live, TimeUnit.MILLISECONDS, of(Metrics::lagMillis))
                .description("for how long the oldest event has waited")
                .tags(tags)
                .register(registry);
        latency(registry, "ingest", Metrics::ingest);
        latency(registry, "recommend", Metrics::recommend);
    }

    private static ToDoubleFunction<LiveRecommender<?, ?>> of(ToLongFunction<Metrics> value) {
        return recommender -> value.applyAsLong(recommender.metrics());
    }

    private void counter(MeterRegistry registry, String name, String description, ToLongFunction<Metrics> value) {
        FunctionCounter.builder("recommender4j." + name, live, of(value))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, String description, ToLongFunction<Metrics> value) {
        Gauge.builder("recommender4j." + name, live, of(value))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** Reads one of the latencies. */
    private interface Reader {
        Metrics.Latency of(Metrics metrics);
    }

    private void latency(MeterRegistry registry, String name, Reader reader) {
        percentile(registry, name, "0.5", metrics -> reader.of(metrics).p50());
        percentile(registry, name, "0.99", metrics -> reader.of(metrics).p99());
        percentile(registry, name, "0.999", metrics -> reader.of(metrics).p999());
    }

    private void percentile(MeterRegistry registry, String name, String quantile, ToLongFunction<Metrics> value) {
        TimeGauge.builder("recommender4j." + name + ".latency", live, TimeUnit.NANOSECONDS, of(value))
                .description("since the start")
                .tags(tags)
                .tag("quantile", quantile)
                .register(registry);
    }
}
