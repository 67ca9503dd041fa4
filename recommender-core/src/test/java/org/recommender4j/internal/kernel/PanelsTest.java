package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PanelsTest {

    static Stream<Arguments> shapes() {
        return Stream.of(0, 1, 31, 32, 33, 64, 200)
                .flatMap(n -> Stream.of(1, 2, 16, 33, 64).map(d -> Arguments.of(n, d)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rowsComeBack(int n, int d) {
        float[] rows = Inputs.floats(new SplittableRandom(n * 100 + d), n * d);
        Panels panels = Panels.of(rows, n, d);
        assertThat(panels.size()).isEqualTo(n);
        assertThat(panels.dimension()).isEqualTo(d);
        assertThat(panels.panelCount()).isEqualTo((n + 31) / 32);
        float[] back = new float[n * d];
        for (int i = 0; i < n; i++) {
            panels.row(i, back, i * d);
        }
        assertThat(back).isEqualTo(rows);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyWayOfScoringIsTheSameChain(int n, int d) {
        SplittableRandom random = new SplittableRandom(n * 100 + d);
        float[] rows = Inputs.floats(random, n * d);
        float[] users = Inputs.floats(random, 5 * (d + 1));
        Panels panels = chunked(rows, n, d);
        float[] packed = new float[8 * d];
        Kernels.packUsers(users, 1, d + 1, 4, d, packed, 0);
        int width = 32 * panels.panelCount();
        float[] block = new float[8 * width + 1];
        panels.scoreBlock(packed, 0, 0, panels.panelCount(), block, 1, width);

        for (int u = 0; u < 4; u++) {
            int at = 1 + u * (d + 1);
            float[] all = new float[n + 2];
            panels.score(users, at, 0, n, all, 1);
            for (int i = 0; i < n; i++) {
                float expected = Inputs.chain(users, at, rows, i * d, d);
                assertThat(all[1 + i]).isEqualTo(expected);
                assertThat(panels.dot(users, at, i)).isEqualTo(expected);
                assertThat(block[1 + u * width + i]).isEqualTo(expected);
                assertThat((double) expected).isCloseTo(exact(users, at, rows, i * d, d), within(2e-7 * d));
            }
            for (int i = n; i < width; i++) {
                assertThat(block[1 + u * width + i]).isZero();
            }
            assertThat(all[0]).isZero();
            assertThat(all[n + 1]).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anyRangeScoresTheSame(int n, int d) {
        SplittableRandom random = new SplittableRandom(n * 100 + d);
        Panels panels = chunked(Inputs.floats(random, n * d), n, d);
        float[] user = Inputs.floats(random, d);
        float[] all = new float[n];
        panels.score(user, 0, 0, n, all, 0);
        for (int trial = 0; trial < 30; trial++) {
            int from = random.nextInt(n + 1);
            int to = from + random.nextInt(n - from + 1);
            float[] part = new float[to - from];
            panels.score(user, 0, from, to, part, 0);
            assertThat(part).isEqualTo(Arrays.copyOfRange(all, from, to));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void scanFindsEveryPanelThatReachesTheThreshold(int n, int d) {
        SplittableRandom random = new SplittableRandom(n * 100 + d);
        Panels panels = chunked(Inputs.floats(random, n * d), n, d);
        float[] users = Inputs.floats(random, 8 * d);
        float[] packed = new float[8 * d];
        Kernels.packUsers(users, 0, d, 8, d, packed, 0);
        int count = panels.panelCount();
        float[] all = new float[8 * 32 * count];
        panels.scoreBlock(packed, 0, 0, count, all, 0, 32 * count);
        float[] thresholds = new float[8];
        for (int r = 0; r < 8; r++) {
            thresholds[r] = n == 0 ? 0 : all[r * 32 * count + random.nextInt(n)];
            float[] scores = new float[32];
            int next = 0;
            for (int panel = 0; panel < count; panel++) {
                float[] expected = Arrays.copyOfRange(all, 32 * (r * count + panel), 32 * (r * count + panel + 1));
                if (max(expected) >= thresholds[r]) {
                    assertThat(panels.scan(users, r * d, next, count, thresholds[r], scores))
                            .isEqualTo(panel);
                    assertThat(scores).isEqualTo(expected);
                    next = panel + 1;
                }
            }
            assertThat(panels.scan(users, r * d, next, count, thresholds[r], scores))
                    .isEqualTo(count);
        }

        float[] scores = new float[256];
        int panel = 0;
        while (panel < count) {
            long hit = panels.scanBlock(packed, 0, panel, count, thresholds, 0, scores);
            for (; panel < count; panel++) {
                int mask = 0;
                for (int r = 0; r < 8; r++) {
                    float[] own = Arrays.copyOfRange(all, 32 * (r * count + panel), 32 * (r * count + panel + 1));
                    mask |= max(own) >= thresholds[r] ? 1 << r : 0;
                    if (panel == (int) hit) {
                        assertThat(Arrays.copyOfRange(scores, 32 * r, 32 * r + 32))
                                .isEqualTo(own);
                    }
                }
                if (mask != 0) {
                    assertThat((int) hit).isEqualTo(panel);
                    assertThat((int) (hit >>> 32)).isEqualTo(mask);
                    break;
                }
            }
            assertThat((int) hit).isEqualTo(panel);
            panel++;
        }
    }

    /** A catalogue that no cache holds is read in another way. */
    @Test
    void scanOfManyPanelsFindsTheSame() {
        int n = (1 << 18) + 33;
        int d = 33;
        SplittableRandom random = new SplittableRandom(8);
        float[] user = Inputs.floats(random, d);
        Panels panels = Panels.of(n, d, (item, out) -> Arrays.fill(out, item * 0.618034f % 1f - 0.5f));
        float[] expected = new float[n];
        panels.score(user, 0, 0, n, expected, 0);
        float[] sorted = expected.clone();
        Arrays.sort(sorted);
        float threshold = sorted[n - 5];
        float[] scores = new float[32];
        int found = 0;
        for (int panel = 0;
                (panel = panels.scan(user, 0, panel, panels.panelCount(), threshold, scores)) < panels.panelCount();
                panel++) {
            for (int lane = 0; lane < 32 && panel * 32 + lane < n; lane++) {
                assertThat(scores[lane]).isEqualTo(expected[panel * 32 + lane]);
                found += scores[lane] >= threshold ? 1 : 0;
            }
        }
        assertThat(found).isEqualTo((int) IntStream.range(0, n)
                .filter(item -> expected[item] >= threshold)
                .count());
    }

    @Test
    void replacesOneRow() {
        Panels panels = chunked(new float[70 * 3], 70, 3);
        panels.setRow(33, new float[] {9, 1, 2, 3}, 1);
        float[] ones = {1, 1, 1};
        float[] scores = new float[70];
        panels.score(ones, 0, 0, 70, scores, 0);
        for (int i = 0; i < 70; i++) {
            assertThat(scores[i]).isEqualTo(i == 33 ? 6 : 0);
        }
    }

    @Test
    void refusesBadArguments() {
        Panels panels = Panels.zeros(40, 4);
        float[] user = new float[4];
        assertThatThrownBy(() -> Panels.zeros(-1, 4)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Panels.zeros(1, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> Panels.of(new float[7], 2, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.dot(user, 0, 40)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.dot(user, 1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.score(user, 0, 0, 41, new float[41], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.score(user, 0, 0, 40, new float[39], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.scan(user, 0, 0, 3, 0, new float[32]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> panels.scanBlock(new float[31], 0, 0, 1, new float[8], 0, new float[256]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.packUsers(user, 0, 4, 9, 4, new float[32], 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void bytesApproximateWithinTheirBound() {
        int n = 75;
        int d = 20;
        SplittableRandom random = new SplittableRandom(5);
        float[] rows = Inputs.floats(random, n * d);
        Arrays.fill(rows, 3 * d, 4 * d, 0);
        float[] user = Inputs.floats(random, d);
        Int8Panels panels = Int8Panels.of(Panels.of(rows, n, d));
        float[] scores = new float[32 * panels.panelCount()];
        short[] numbers = panels.quantise(user);
        panels.score(numbers, 0, panels.panelCount(), scores, 0);
        float unit = largest(user, 0, d) / 63;
        for (int i = 0; i < n; i++) {
            float scale = largest(rows, i * d, d) / 63;
            float error = 0;
            for (int j = 0; j < d; j++) {
                error += Math.abs(rows[i * d + j]) * unit / 2 + Math.abs(user[j]) * scale / 2 + unit * scale / 4;
            }
            assertThat((double) scores[i] * unit).isCloseTo(exact(user, 0, rows, i * d, d), within(error + 1e-5));
        }
        float threshold = max(scores);
        float[] found = new float[32];
        int hit = panels.scan(numbers, 0, panels.panelCount(), threshold, found);
        assertThat(found).isEqualTo(Arrays.copyOfRange(scores, 32 * hit, 32 * hit + 32));
        assertThat(max(found)).isEqualTo(threshold);
    }

    /** Panels in chunks of one or two panels, so that ranges cross chunks. */
    private static Panels chunked(float[] rows, int n, int d) {
        return Panels.of(n, d, (i, out) -> System.arraycopy(rows, i * d, out, 0, d), 80 * d);
    }

    private static double exact(float[] a, int aOff, float[] b, int bOff, int d) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            sum += (double) a[aOff + j] * b[bOff + j];
        }
        return sum;
    }

    private static float largest(float[] values, int from, int n) {
        float max = 0;
        for (int k = from; k < from + n; k++) {
            max = Math.max(max, Math.abs(values[k]));
        }
        return max;
    }

    private static float max(float[] values) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            max = Math.max(max, value);
        }
        return max;
    }
}
