package org.recommender4j.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.streaming.online.IncrementalItemKnn;

/** The live section of the README runs as it stands there. */
class LiveReadmeTest {
    private static final String SOURCE = "src/test/java/org/recommender4j/streaming/LiveReadmeTest.java";

    @Test
    void theSnippetRuns(@TempDir Path temporary) {
        UUID sofa = new UUID(1, 1);
        UUID lamp = new UUID(1, 2);
        UUID chair = new UUID(1, 3);
        Path folder = temporary.resolve("live");
        DatasetBuilder<Long, UUID> builder = Dataset.builder();
        SplittableRandom random = new SplittableRandom(1);
        for (long user = 1; user < 60; user++) {
            for (int k = 0; k < 8; k++) {
                builder.add(user, new UUID(2, random.nextInt(30)));
            }
            builder.add(user, user % 2 == 0 ? sofa : lamp);
        }
        Dataset<Long, UUID> data =
                builder.itemCategories(sofa, "room", "living").build();
        // README begin
        LiveBuilder options = LiveRecommender.builder()
                .member(new IncrementalItemKnn(), 0.5) // recommends new items by what they occur with
                .refreshItemsEvery(Duration.ofSeconds(10)) // gives new items vectors
                .refitEvery(Duration.ofHours(6)); // in the background, behind a quality gate
        LiveRecommender<Long, UUID> live = options.create(folder, data, new ImplicitAls()); // or start, in memory

        long version = live.ingest(Event.view(7L, sofa)); // safe on disk, and visible, when it returns
        live.recommend(7L, request -> request.atLeast(version));
        live.offer(Event.purchase(8L, lamp).withId("order-4711")); // queued; the id counts once
        live.itemCategories(chair, "room", "living"); // a new item, while serving

        live.trends(10, "room", "living"); // what people like of late
        live.forget(7L).residue(); // gone from histories, counts and journal; says what models keep until a refit
        live.close();
        live = options.open(folder, Long.class, UUID.class); // after a restart, or a crash; with the same members
        // README end
        assertThat(live.export(7L)).isEmpty();
        assertThat(live.export(8L).orElseThrow().history()).hasSizeGreaterThan(2);
        assertThat(live.trends(10, "room", "living")).extracting(Trend::item).containsExactly(sofa);
        live.close();
    }

    @Test
    void theReadmeHasTheSameLines() throws IOException {
        List<String> source = Files.readAllLines(Path.of(SOURCE));
        int begin = indexOf(source, "// README begin");
        int end = indexOf(source, "// README end");
        List<String> readme = Files.readAllLines(Path.of("..", "README.md"));
        int live = indexOf(readme, "## Live");
        List<String> section = readme.subList(live, readme.size());
        int from = indexOf(section, "```java");
        int to = from + 1 + indexOf(section.subList(from + 1, section.size()), "```");
        assertThat(stripped(section.subList(from + 1, to)))
                .containsExactlyElementsOf(
                        stripped(source.subList(begin + 1, end)).toList());
    }

    private static int indexOf(List<String> lines, String text) {
        for (int k = 0; k < lines.size(); k++) {
            if (lines.get(k).strip().equals(text)) {
                return k;
            }
        }
        throw new AssertionError("no line '" + text + "'");
    }

    private static Stream<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip);
    }
}
