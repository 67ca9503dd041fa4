package org.recommender4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recommender4j.data.Interactions;
import org.recommender4j.model.Training;
import org.recommender4j.model.TrainingData;

/** What can't be allocated is refused before the training begins, with the size and the option to change. */
class TooLargeTest {
    private static Interactions empty(int n) {
        return Interactions.of(n, new int[n + 1], new int[0], null, null);
    }

    /** The array of a matrix of more than 2^31 numbers. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ImplicitAls{factors=4096} | 2200000 users | a smaller factors",
                "FeatureAls{als=ImplicitAls{factors=4096}} | 2200000 users | a smaller factors",
                "Bpr{factors=4096} | 2200000 users | a smaller factors",
                "BiasedMf{factors=1024} | 2200000 users | a smaller factors",
                "SvdPlusPlus{factors=1024} | 2200000 users | a smaller factors",
                "BayesianMf{factors=64, draws=64} | 2200000 users | a smaller draws or factors",
                "GraphFilter{factors=8192} | 2200000 users | a smaller factors",
            })
    void anArrayCannotHoldIt(String algorithm, String size, String remedy) {
        boolean[] begun = new boolean[1];
        Training training = Training.defaults().withListener(progress -> begun[0] = true);
        TrainingData data = TrainingData.implicit(empty(2_200_000));
        assertThatThrownBy(() -> Algorithm.parse(algorithm).train(data, training))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(size)
                .hasMessageContaining(remedy);
        assertThat(begun[0]).isFalse();
    }

    @Test
    void aSmallHeapCannotHoldIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx48m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InASmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        for (String name : InASmallHeap.ALGORITHMS) {
            String simple = name.substring(0, name.indexOf('{'));
            assertThat(output)
                    .containsPattern(simple + ": .* needs about \\d+ MB of memory, but the heap can't grow beyond"
                            + " \\d+ MB; use .*, or a larger heap");
        }
        assertThat(output).contains("fitted: Popularity");
    }

    /** Runs in a process of its own. */
    static final class InASmallHeap {
        static final String[] ALGORITHMS = {
            "ImplicitAls{factors=512}",
            "FeatureAls{als=ImplicitAls{factors=512}}",
            "Bpr{factors=512}",
            "BiasedMf{factors=512}",
            "SvdPlusPlus{factors=512}",
            "BayesianMf{factors=64, draws=16}",
            "GraphFilter{neighbors=1000}",
            "Ease{maxMemoryMb=9000}",
            "ItemKnn{neighbors=1000, weighting=none}",
            "Rp3Beta{neighbors=1000}"
        };

        private InASmallHeap() {}

        public static void main(String[] args) {
            int items = 20_000;
            TrainingData data = TrainingData.implicit(Interactions.of(
                    items,
                    new int[] {0, items, items},
                    IntStream.range(0, items).toArray(),
                    null,
                    null));
            for (String algorithm : ALGORITHMS) {
                try {
                    Algorithm.parse(algorithm).train(data, Training.defaults());
                    System.out.println(algorithm + " was trained");
                } catch (IllegalStateException e) {
                    System.out.println(Algorithm.parse(algorithm).name() + ": " + e.getMessage());
                }
            }
            System.out.println("fitted: "
                    + Algorithm.parse("Popularity")
                            .train(data, Training.defaults())
                            .name());
        }
    }
}
