package org.recommender4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
    @Test
    void holdsAllFourKinds() {
        float[] embedding = {1f, -2f};
        Features features = Features.builder()
                .category("genre", 2, "Drama")
                .categories("genre", 0, List.of("War", "Drama"))
                .category("tag", 1, "slow", 3.5)
                .number("year", 3, 1999)
                .text("title", 1, "Alien")
                .vector("embedding", 4, embedding)
                .build(70);
        embedding[0] = 7f;
        assertThat(features.rows()).isEqualTo(70);
        assertThat(features.isEmpty()).isFalse();
        assertThat(features.categoryFields()).containsExactly("genre", "tag");
        assertThat(features.values("genre")).containsExactly("Drama", "War");
        Interactions genres = features.categories("genre");
        assertThat(genres.rows()).isEqualTo(70);
        assertThat(genres.row(0)).containsExactly(0, 1);
        assertThat(genres.row(2)).containsExactly(0);
        assertThat(features.categories("tag").weight(0)).isEqualTo(3.5f);
        assertThat(features.number("year", 3)).isEqualTo(1999);
        assertThat(features.number("year", 0)).isNaN();
        assertThat(features.number("year", 69)).isNaN();
        assertThat(features.numbers("year")).hasSize(70);
        assertThat(features.text("title", 1)).isEqualTo("Alien");
        assertThat(features.text("title", 0)).isEmpty();
        assertThat(features.text("title", 69)).isEmpty();
        assertThat(features.dimensions("embedding")).isEqualTo(2);
        assertThat(features.vector("embedding", 4).orElseThrow()).containsExactly(1f, -2f);
        assertThat(features.vector("embedding", 0)).isEmpty();
        assertThat(features.vector("embedding", 69)).isEmpty();
    }

    @Test
    void whatIsReturnedCanBeChangedWithoutHarm() {
        Features features = Features.builder()
                .number("n", 0, 1)
                .vector("v", 0, new float[] {1f})
                .category("c", 0, "x")
                .build(1);
        features.numbers("n")[0] = 9;
        features.vector("v", 0).orElseThrow()[0] = 9f;
        assertThat(features.number("n", 0)).isEqualTo(1);
        assertThat(features.vector("v", 0).orElseThrow()).containsExactly(1f);
        assertThatThrownBy(() -> features.values("c").add("y")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> features.textFields().add("y")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> features.numberFields().remove("n")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatIsGivenAgainReplaces() {
        FeaturesBuilder builder = Features.builder()
                .number("n", 0, 1)
                .number("n", 0, 2)
                .text("t", 0, "a")
                .text("t", 0, "b")
                .vector("v", 0, new float[] {1f})
                .vector("v", 0, new float[] {2f})
                .category("c", 0, "x", 2)
                .category("c", 0, "x", 1)
                .category("c", 0, "y");
        Features features = builder.build(1);
        assertThat(features.number("n", 0)).isEqualTo(2);
        assertThat(features.text("t", 0)).isEqualTo("b");
        assertThat(features.vector("v", 0).orElseThrow()).containsExactly(2f);
        assertThat(features.categories("c").weight(0)).isEqualTo(1f);
        assertThat(features.categories("c").size()).isEqualTo(2);
        builder.number("n", 0, 3).category("c", 1, "z");
        assertThat(features.number("n", 0)).isEqualTo(2);
        assertThat(features.values("c")).containsExactly("x", "y");
        assertThat(builder.build(2).values("c")).containsExactly("x", "y", "z");
    }

    @Test
    void noneKnowsNothing() {
        assertThat(Features.none().isEmpty()).isTrue();
        assertThat(Features.none().rows()).isZero();
        assertThatThrownBy(() -> Features.none().values("genre"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'genre'");
    }

    @Test
    void badFeaturesAreNamed() {
        FeaturesBuilder builder = Features.builder();
        assertBad(() -> builder.category("", 0, "x"), "empty field");
        assertBad(() -> builder.category("genre", -1, "x"), "genre", "-1");
        assertBad(() -> builder.category("genre", 0, ""), "genre", "empty");
        assertBad(() -> builder.categories("genre", 0, List.of("fine", "")), "genre", "empty");
        assertBad(() -> builder.category("genre", 0, "x", 0), "genre", "x", "0");
        assertBad(() -> builder.category("genre", 0, "x", Double.NaN), "genre", "NaN");
        assertBad(() -> builder.category("genre", 0, "x", 1e300), "genre", "1.0E300");
        assertBad(() -> builder.number("year", 0, Double.POSITIVE_INFINITY), "year", "Infinity");
        assertBad(() -> builder.vector("v", 0, new float[0]), "v", "empty");
        assertBad(() -> builder.vector("v", 0, new float[] {1f, Float.NaN}), "v", "1", "NaN");
        assertThat(builder.build(0).isEmpty()).isTrue();
        builder.vector("v", 2, new float[3]);
        assertBad(() -> builder.vector("v", 1, new float[4]), "'v'", "4", "3");
        assertBad(() -> builder.build(2), "3", "2");
        assertThat(builder.build(3).rows()).isEqualTo(3);
    }

    private static void assertBad(Runnable call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }
}
