package org.recommender4j.streaming.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.recommender4j.data.Dataset;
import org.recommender4j.popularity.Popularity;
import org.recommender4j.streaming.Event;
import org.recommender4j.streaming.LiveRecommender;

class LiveMetersTest {
    @Test
    void metersFollowTheRecommender() {
        Dataset<String, String> data =
                Dataset.<String, String>builder().add("a", "x").build();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (LiveRecommender<String, String> live = LiveRecommender.start(data, new Popularity())) {
            new LiveMeters(live, "name", "shop").bindTo(registry);
            live.ingestAll(List.of(Event.view("a", "y"), Event.view("b", "y"), Event.of("b", "y", "nonsense")));
            live.recommend("b", 1);
            assertThat(registry.get("recommender4j.events")
                            .tag("name", "shop")
                            .functionCounter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("recommender4j.events.rejected")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("recommender4j.users").gauge().value()).isEqualTo(2);
            assertThat(registry.get("recommender4j.recommend.latency")
                            .tag("quantile", "0.99")
                            .timeGauge()
                            .value())
                    .isPositive();
        }
    }
}
