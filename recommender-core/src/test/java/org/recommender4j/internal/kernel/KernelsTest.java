package org.recommender4j.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 64, 100, 1000})
    void vectorOperationsAgreeWithDoubles(int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] x = Inputs.floats(random, n + 5);
        float[] y = Inputs.floats(random, n + 5);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) x[2 + i] * y[3 + i];
        }
        assertThat((double) Kernels.dot(x, 2, y, 3, n)).isCloseTo(sum, within(2e-7 * (n + 1)));

        float[] z = y.clone();
        Kernels.axpy(0.4f, x, 1, z, 2, n);
        float[] m = y.clone();
        Kernels.multiply(x, 1, m, 2, n);
        float[] s = y.clone();
        Kernels.scale(0.4f, x, 1, s, 2, n);
        for (int i = 0; i < z.length; i++) {
            boolean inside = i >= 2 && i < n + 2;
            assertThat(z[i]).isEqualTo(inside ? Fma.fma(0.4f, x[i - 1], y[i]) : y[i]);
            assertThat(m[i]).isEqualTo(inside ? x[i - 1] * y[i] : y[i]);
            assertThat(s[i]).isEqualTo(inside ? 0.4f * x[i - 1] : y[i]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 15, 16, 36})
    void transposesAndPadsAndChangesNothingElse(int rows) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] x = Inputs.floats(random, 2 + rows * 50);
        float[] out = Inputs.floats(random, 48 * 60);
        float[] before = out.clone();
        Kernels.transpose(x, 2, 50, rows, 48, out, 60);
        int padded = (rows + 15) / 16 * 16;
        for (int k = 0; k < 48; k++) {
            for (int i = 0; i < 60; i++) {
                float expected = i < rows ? x[2 + i * 50 + k] : i < padded ? 0 : before[60 * k + i];
                assertThat(out[60 * k + i]).isEqualTo(expected);
            }
        }
        assertThatThrownBy(() -> Kernels.transpose(new float[400], 0, 50, 3, 47, out, 60))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kernels.transpose(new float[147], 0, 50, 3, 48, out, 60))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.transpose(new float[400], 0, 50, 3, 48, new float[16 * 48 - 1], 16))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 31, 48, 70})
    void addsWeightedRows(int n) {
        SplittableRandom random = new SplittableRandom(n);
        int rows = 9;
        float[] w = Inputs.floats(random, rows);
        float[] x = Inputs.floats(random, rows * (n + 1));
        float[] y = Inputs.floats(random, n);
        float[] actual = y.clone();
        Kernels.addRows(w, 0, rows, x, 0, n + 1, actual, 0, n);
        for (int c = 0; c < n; c++) {
            float sum = y[c];
            for (int i = 0; i < rows; i++) {
                sum = Fma.fma(w[i], x[i * (n + 1) + c], sum);
            }
            assertThat(actual[c]).isEqualTo(sum);
        }
        Kernels.addRows(w, 0, 0, x, 0, n + 1, actual, 0, n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 31, 32, 33, 64, 70})
    void gramIsOneChainPerElementHoweverItIsSplit(int d) {
        SplittableRandom random = new SplittableRandom(d);
        int rows = 21;
        int stride = Kernels.stride(d);
        float[] x = new float[rows * stride];
        float[] y = new float[rows * stride];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < d; j++) {
                x[i * stride + j] = (float) (random.nextDouble() - 0.5);
            }
            Kernels.scale((float) random.nextDouble(), x, i * stride, y, i * stride, stride);
        }
        float[] whole = new float[Kernels.squareSize(d)];
        float[] split = whole.clone();
        Kernels.addGram(x, 0, y, 0, rows, d, whole);
        Kernels.addGram(x, 0, y, 0, 5, d, split);
        Kernels.addGram(x, 5 * stride, y, 5 * stride, rows - 5, d, split);
        assertThat(split).isEqualTo(whole);
        for (int r = 0; r < (d + 7) / 8 * 8; r++) {
            for (int c = r; c < stride; c++) {
                float sum = 0;
                double exact = 0;
                for (int i = 0; i < rows; i++) {
                    sum = Fma.fma(x[i * stride + r], y[i * stride + c], sum);
                    exact += (double) x[i * stride + r] * y[i * stride + c];
                }
                assertThat(whole[r * stride + c]).isEqualTo(sum);
                assertThat((double) sum).isCloseTo(exact, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 64})
    void productIsOneChainPerElement(int depth) {
        SplittableRandom random = new SplittableRandom(depth);
        int rows = 16;
        int columns = 64;
        float[] a = Inputs.floats(random, depth * 19 + 1);
        float[] b = Inputs.floats(random, depth * 67 + 2);
        float[] c = Inputs.floats(random, rows * 70);
        for (boolean subtract : new boolean[] {false, true}) {
            float[] actual = c.clone();
            int half = depth / 2;
            Kernels.addProduct(a, 1, 19, b, 2, 67, half, actual, 3, 70, rows, columns, subtract);
            Kernels.addProduct(
                    a, 1 + half * 19, 19, b, 2 + half * 67, 67, depth - half, actual, 3, 70, rows, columns, subtract);
            for (int i = 0; i < c.length; i++) {
                int r = Math.floorDiv(i - 3, 70);
                int l = Math.floorMod(i - 3, 70);
                float sum = c[i];
                for (int q = 0; q < depth && l < columns && r >= 0; q++) {
                    float x = a[1 + q * 19 + r];
                    sum = Fma.fma(subtract ? -x : x, b[2 + q * 67 + l], sum);
                }
                assertThat(actual[i]).isEqualTo(sum);
            }
        }
    }

    @Test
    void dotProductsOfRowsAreTheScoresOfPanels() {
        SplittableRandom random = new SplittableRandom(12);
        for (int d : new int[] {1, 7, 64}) {
            float[] rows = Inputs.floats(random, 45 * d);
            float[] vector = Inputs.floats(random, d);
            Panels panels = Panels.of(rows, 45, d);
            float[] out = new float[42];
            Kernels.dotRows(rows, 3, 45, vector, d, out);
            for (int row = 3; row < 45; row++) {
                assertThat(out[row - 3]).isEqualTo(panels.dot(vector, 0, row));
            }
        }
    }

    @Test
    void productRefusesShapesThatAreNotWholeTiles() {
        float[] many = new float[512];
        assertThatThrownBy(() -> Kernels.addProduct(many, 0, 8, many, 0, 32, 1, many, 0, 32, 7, 32, false))
                .hasMessageContaining("rows")
                .hasMessageContaining("7");
        assertThatThrownBy(() -> Kernels.addProduct(many, 0, 8, many, 0, 32, 1, many, 0, 32, 8, 16, false))
                .hasMessageContaining("columns")
                .hasMessageContaining("16");
        assertThatThrownBy(() -> Kernels.addProduct(many, 0, 8, many, 0, 32, 17, many, 0, 32, 8, 32, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.addProduct(many, 0, -8, many, 0, 32, 2, many, 0, 32, 8, 32, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.addProduct(many, 0, 8, many, 0, 32, -1, many, 0, 32, 8, 32, false))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void checksBounds() {
        float[] ten = new float[10];
        assertThatThrownBy(() -> Kernels.dot(ten, 1, ten, 0, 10)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.dot(ten, 0, ten, -1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.axpy(1, ten, 0, ten, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.addRows(ten, 0, 3, ten, 0, 4, ten, 0, 4))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Kernels.addGram(ten, 0, ten, 0, 1, 2, new float[256]))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void selectionNamesItsReason() {
        assertThat(KernelSelection.objection("false")).contains(KernelSelection.PROPERTY);
        assertThat(KernelSelection.machineObjection("OpenJDK 64-Bit Server VM", "17+35", "mixed mode, sharing"))
                .isNull();
        assertThat(KernelSelection.machineObjection("Java HotSpot(TM) 64-Bit Server VM", "25+1", "mixed mode"))
                .isNull();
        assertThat(KernelSelection.machineObjection("Eclipse OpenJ9 VM", "1", ""))
                .contains("OpenJ9");
        assertThat(KernelSelection.machineObjection("OpenJDK 64-Bit Server VM", "21-jvmci-23", "mixed mode"))
                .contains("C2");
        assertThat(KernelSelection.machineObjection("OpenJDK 64-Bit Server VM", "17", "interpreted mode"))
                .contains("interpreted");
        assertThat(KernelSelection.machineObjection(
                        "OpenJDK 64-Bit Server VM", "17", "mixed mode, emulated-client, sharing"))
                .contains("client");
        assertThat(Kernels.description()).matches("simd \\d+-bit|scalar \\(.+\\)");
    }
}
