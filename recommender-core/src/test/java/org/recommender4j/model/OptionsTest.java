package org.recommender4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Options<Builder> OPTIONS = Options.<Builder>of("Test")
            .integer("count", b -> b.count, (b, value) -> b.count = Options.inRange("count", value, 0, 9))
            .longInteger("seed", b -> b.seed, (b, value) -> b.seed = value)
            .number("rate", b -> b.rate, (b, value) -> b.rate = value)
            .flag("flag", b -> b.flag, (b, value) -> b.flag = value)
            .choice("rule", Rule.class, b -> b.rule, (b, value) -> b.rule = value)
            .text("name", b -> b.name, (b, value) -> b.name = value)
            .option(
                    "words",
                    b -> b.words,
                    (b, value) -> b.words = value,
                    words -> String.join("+", words),
                    text -> List.of(text.split("[+]")));

    private static final class Builder {
        private int count = 1;
        private long seed = 2;
        private double rate = 0.1;
        private boolean flag;
        private Rule rule = Rule.SEEN;
        private String name = "";
        private List<String> words = List.of("a", "b");
    }

    private static final Map<String, String> OTHERS = Map.of(
            "count", "9", "seed", "-5", "rate", "1.0E-9", "flag", "true", "rule", "denied", "name", " x ", "words",
            "c+d");

    @Test
    void optionsAreReadAndPrintedInTheOrderOfTheTable() {
        assertThat(OPTIONS.print(new Builder()).toString())
                .isEqualTo("{count=1, seed=2, rate=0.1, flag=false, rule=seen, name=, words=a+b}");
        assertThat(OPTIONS.print(OPTIONS.apply(OTHERS, new Builder()))).isEqualTo(OTHERS);
    }

    @Test
    void aCopyHasAllOptionsAndIsOnItsOwn() {
        Builder from = OPTIONS.apply(OTHERS, new Builder());
        Builder to = new Builder();
        assertThat(OPTIONS.copy(from, to)).isSameAs(to);
        from.count = 3;
        from.words = List.of();
        assertThat(OPTIONS.print(to)).isEqualTo(OTHERS);
    }

    @Test
    void valuesAreSetInTheOrderOfTheTableNotOfTheMap() {
        List<String> calls = new ArrayList<>();
        Options<Builder> options = Options.<Builder>of("Test")
                .text("a", b -> "", (b, value) -> calls.add("a" + value))
                .text("b", b -> "", (b, value) -> calls.add("b" + value))
                .text("c", b -> "", (b, value) -> calls.add("c" + value));
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("c", "1");
        backwards.put("a", "2");
        options.apply(backwards, new Builder());
        assertThat(calls).containsExactly("a2", "c1");
        // An unknown name is found before anything is set.
        backwards.put("d", "3");
        assertThatThrownBy(() -> options.apply(backwards, new Builder())).hasMessageContaining("'d'");
        assertThat(calls).hasSize(2);
    }

    @Test
    void badValuesAreNamed() {
        assertRefused(Map.of("size", "1"), "'size'");
        assertRefused(Map.of("count", "x"), "'count' can't be 'x'");
        assertRefused(Map.of("count", "10"), "[0, 9]");
        assertRefused(Map.of("flag", "yes"), "neither true nor false");
        assertRefused(Map.of("rule", "none"), "seen");
    }

    private static void assertRefused(Map<String, String> values, String named) {
        assertThatThrownBy(() -> OPTIONS.apply(values, new Builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Test")
                .hasMessageContaining(named);
    }
}
