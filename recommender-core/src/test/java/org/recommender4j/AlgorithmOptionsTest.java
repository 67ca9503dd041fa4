package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Options belong to nobody but themselves: none changes another, and their order says nothing. */
class AlgorithmOptionsTest {
    /** Values of all kinds; an option takes the first one that fits and is not its default. */
    private static final List<String> VALUES = List.of(
            "3",
            "5",
            "0.5",
            "0.75",
            "true",
            "false",
            "2.0, 0.5",
            "ItemKnn, UserKnn",
            "UserKnn",
            "brand",
            "quantized",
            "sgd",
            "bm25",
            "dot",
            "custom",
            "trees",
            "logistic",
            "min_max",
            "pearson",
            "warp",
            "mean",
            "none",
            "ImplicitAls{factors=3}");

    static Stream<Algorithm> algorithms() {
        return Algorithm.all().stream();
    }

    private static Map<String, String> changes(Algorithm algorithm) {
        Map<String, String> result = new LinkedHashMap<>();
        algorithm.options().forEach((name, value) -> {
            for (String candidate : VALUES) {
                String printed = printed(algorithm, name, candidate);
                if (!printed.equals(value)) {
                    result.put(name, printed);
                    return;
                }
            }
            throw new AssertionError("no other value for option " + name + " of " + algorithm.name());
        });
        return result;
    }

    /** Returns a value as the option prints it, or its present value if it does not take this one. */
    private static String printed(Algorithm algorithm, String name, String value) {
        try {
            return algorithm.with(Map.of(name, value)).options().get(name);
        } catch (IllegalArgumentException e) {
            return algorithm.options().get(name);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void theOrderOfOptionsSaysNothing(Algorithm algorithm) {
        Map<String, String> changes = changes(algorithm);
        List<String> names = new ArrayList<>(changes.keySet());
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(names, random);
            Map<String, String> shuffled = new LinkedHashMap<>();
            names.forEach(name -> shuffled.put(name, changes.get(name)));
            assertThat(algorithm.with(shuffled).options()).as("%s", shuffled).isEqualTo(changes);
            Algorithm oneByOne = algorithm;
            for (String name : names) {
                oneByOne = oneByOne.with(Map.of(name, changes.get(name)));
            }
            assertThat(oneByOne.options()).as("%s", names).isEqualTo(changes);
        }
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void anOptionChangesNoOther(Algorithm algorithm) {
        Map<String, String> changes = changes(algorithm);
        Algorithm changed = algorithm.with(changes);
        for (String name : changes.keySet()) {
            Map<String, String> expected = new LinkedHashMap<>(changes);
            expected.put(name, algorithm.options().get(name));
            assertThat(changed.with(Map.of(name, expected.get(name))).options())
                    .as("%s", name)
                    .isEqualTo(expected);
        }
    }
}
