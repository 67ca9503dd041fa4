package org.recommender4j.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.Algorithm;
import org.recommender4j.Explanation;
import org.recommender4j.Recommender;
import org.recommender4j.Request;
import org.recommender4j.data.Dataset;
import org.recommender4j.data.DatasetBuilder;

class ContentBasedTest {
    @TempDir
    Path folder;

    private static DatasetBuilder<String, String> films() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        builder.itemCategories("alien", "genre", "horror", "space");
        builder.itemCategories("solaris", "genre", "space", "drama");
        builder.itemCategories("psycho", "genre", "horror");
        builder.itemCategories("tootsie", "genre", "comedy");
        builder.itemText("alien", "plot", "a crew meets a monster on a ship");
        builder.itemText("solaris", "plot", "a crew meets memories above an ocean");
        builder.itemText("tootsie", "plot", "an actor becomes an actress");
        builder.addItem("unknown reel");
        return builder;
    }

    @Test
    void anItemWithoutAnyInteractionIsRecommendedAtOnce() {
        Recommender<String, String> recommender =
                new ContentBased().fit(films().add("ann", "alien").build());
        var list = recommender.recommend("ann", 2);
        assertThat(list.items()).containsExactlyInAnyOrder("solaris", "psycho");
        assertThat(list.source()).isEqualTo("ContentBased");
        assertThat(recommender.recommend(Request.forHistory("tootsie")).items().get(0))
                .isEqualTo("solaris");
        // What shares nothing is not the model's to recommend, but the list stays full.
        var all = recommender.recommend("ann", 10);
        assertThat(all).hasSize(4);
        assertThat(all.get(3).source()).isEqualTo("Popularity");
    }

    @Test
    void explanationsNameTheSharedFeaturesAndAddUpToTheScore() {
        Recommender<String, String> recommender = new ContentBased()
                .fit(films().add("ann", "alien").add("ann", "psycho").build());
        Explanation<String> why = recommender.explain("ann", "solaris");
        assertThat(why.reasons()).extracting(Explanation.Reason::label).contains("genre: space", "plot: crew");
        double sum = why.reasons().stream()
                .mapToDouble(Explanation.Reason::contribution)
                .sum();
        assertThat(sum).isCloseTo(why.score().orElseThrow(), within(1e-6));
        assertThat(sum).isCloseTo(recommender.score("ann", "solaris").orElseThrow(), within(1e-6));
    }

    @Test
    void theScoreIsTheCosine() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        builder.itemVector("a", "v", new float[] {1, 0}).itemVector("b", "v", new float[] {3, 4});
        builder.itemVector("c", "v", new float[] {-1, 0});
        Recommender<String, String> recommender =
                new ContentBased().fit(builder.add("u", "a").build());
        assertThat(recommender.score("u", "b").orElseThrow()).isCloseTo(0.6, within(1e-6));
        assertThat(recommender.score("u", "c").orElseThrow()).isCloseTo(-1, within(1e-6));
        assertThat(recommender.explain("u", "b").reasons().get(0).label()).isEqualTo("v");
        assertThat(recommender.similarItems("b", 2).items()).containsExactly("a", "c");
    }

    @Test
    void dislikesPushAwayAndBetterRatingsPullMore() {
        DatasetBuilder<String, String> builder =
                films().ratings(1, 5).add("ann", "alien", 1).add("ann", "tootsie", 5);
        Recommender<String, String> recommender = new ContentBased().fit(builder.build());
        assertThat(recommender.score("ann", "psycho").orElseThrow()).isNegative();
        Recommender<String, String> indulgent = ContentBased.builder()
                .negativeWeight(0)
                .build()
                .fit(films().ratings(1, 5)
                        .add("ann", "alien", 1)
                        .add("ann", "tootsie", 5)
                        .build());
        assertThat(indulgent.score("ann", "psycho")).isEmpty();
    }

    @Test
    void oldInterestsFade() {
        Dataset<String, String> data = films().add("ann", "tootsie", 1, Instant.parse("2020-01-01T00:00:00Z"))
                .add("ann", "psycho", 1, Instant.parse("2024-01-01T00:00:00Z"))
                .build();
        Recommender<String, String> fading = ContentBased.builder()
                .halfLifeDays(30)
                .field("genre", 1)
                .build()
                .fit(data);
        Recommender<String, String> plain =
                ContentBased.builder().field("genre", 1).build().fit(data);
        assertThat(fading.score("ann", "alien").orElseThrow())
                .isGreaterThan(plain.score("ann", "alien").orElseThrow() * 1.3);
    }

    @Test
    void weightsOfModalitiesDecide() {
        DatasetBuilder<String, String> builder = Dataset.builder();
        builder.itemCategories("seed", "genre", "x").itemVector("seed", "image", new float[] {1, 0});
        builder.itemCategories("same genre", "genre", "x").itemVector("same genre", "image", new float[] {0, 1});
        builder.itemCategories("same image", "genre", "y").itemVector("same image", "image", new float[] {1, 0});
        Dataset<String, String> data = builder.add("u", "seed").build();
        Algorithm byGenre =
                ContentBased.builder().field("genre", 2).field("image", 1).build();
        Algorithm byImage =
                ContentBased.builder().field("genre", 1).field("image", 2).build();
        assertThat(byGenre.fit(data).recommend("u", 1).items()).containsExactly("same genre");
        assertThat(byImage.fit(data).recommend("u", 1).items()).containsExactly("same image");
    }

    @Test
    void aCustomAnalyzerIsUsedAndTheModelLoadsWithoutIt() {
        Dataset<String, String> data = films().add("ann", "alien").build();
        Recommender<String, String> recommender = ContentBased.builder()
                .field("plot", 1)
                .analyzer(text -> List.of(text.isEmpty() ? "none" : text.substring(0, 1)))
                .build()
                .fit(data);
        assertThat(recommender.explain("ann", "solaris").reasons().get(0).label())
                .isEqualTo("plot: a");
        Path file = folder.resolve("m");
        recommender.save(file);
        assertThat(Recommender.load(file, String.class, String.class).recommend("ann", 3))
                .isEqualTo(recommender.recommend("ann", 3));
    }

    @Test
    void optionsAsTextAndNonsense() {
        Algorithm algorithm = new ContentBased().with(Map.of("fields", "genre:2, plot"));
        assertThat(algorithm.options()).containsEntry("fields", "genre:2.0, plot:1.0");
        assertThatThrownBy(() -> ContentBased.builder().field("", 1)).hasMessageContaining("empty");
        assertThatThrownBy(() -> ContentBased.builder().field("a", 0)).hasMessageContaining("weight");
        assertThatThrownBy(() -> ContentBased.builder().field("a", Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(
                        () -> ContentBased.builder().field("nothing", 1).build().fit(films().build()))
                .hasMessageContaining("nothing");
    }
}
