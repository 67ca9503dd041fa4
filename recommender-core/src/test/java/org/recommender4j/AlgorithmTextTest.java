package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.factorization.ImplicitAls;
import org.recommender4j.hybrid.Blend;
import org.recommender4j.hybrid.Cascade;
import org.recommender4j.popularity.Popularity;

class AlgorithmTextTest {
    @Test
    void readsNamesAndOptions() {
        assertThat(Algorithm.parse(" popularity ").options()).isEqualTo(new Popularity().options());
        assertThat(Algorithm.parse("ImplicitAls{factors = 7,seed=3}").options())
                .containsEntry("factors", "7")
                .containsEntry("seed", "3");
        assertThat(Algorithm.parse("ImplicitAls{}").options()).isEqualTo(new ImplicitAls().options());
        assertThat(Algorithm.parseAll("Popularity, ImplicitAls{factors=7, seed=3}"))
                .extracting(Algorithm::name)
                .containsExactly("Popularity", "ImplicitAls");
        assertThat(Algorithm.parseAll("  ")).isEmpty();
    }

    @Test
    void nestedHybridsSurviveText() {
        Algorithm inner = Cascade.builder()
                .members(new Popularity(), ImplicitAls.builder().factors(9).build())
                .candidates(77)
                .build();
        Algorithm outer =
                Blend.builder().add(inner, 0.5).add(new Popularity(), 2).build();
        String text = outer.toText();
        Algorithm back = Algorithm.parse(text);
        assertThat(back.toText()).isEqualTo(text);
        assertThat(back.options()).isEqualTo(outer.options());
        assertThat(text)
                .contains("weights={0.5, 2.0}")
                .contains("candidates=77")
                .contains("factors=9");
    }

    @ParameterizedTest
    @MethodSource("org.recommender4j.AlgorithmContractTest#algorithms")
    void allDefaultsSurviveText(Algorithm algorithm) {
        assertThat(Algorithm.parse(algorithm.toText()).options()).isEqualTo(algorithm.options());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Nobody",
                "ImplicitAls{",
                "ImplicitAls{factors=3",
                "ImplicitAls}",
                "ImplicitAls{factors}",
                "ImplicitAls{factors=3,factors=4}",
                "ImplicitAls{factorz=3}",
                "ImplicitAls{factors=3}}",
                "Blend{members={Popularity}"
            })
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> Algorithm.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
