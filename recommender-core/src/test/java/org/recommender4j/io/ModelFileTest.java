package org.recommender4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.model.ModelState;

class ModelFileTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void everythingComesBack() {
        ModelState state = new ModelState()
                .put("floats", new float[] {1f, -0f, Float.NaN, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 3f}, 2, 3)
                .put("ints", new int[] {Integer.MIN_VALUE, -1, 7})
                .put("longs", new long[] {Long.MIN_VALUE, 1L << 40})
                .put("bytes", new byte[] {-128, 0, 127}, 1, 3, 1)
                .put("no floats", new float[0], 0, 64)
                .put("no bytes", new byte[0])
                .put("scalar", new ModelState.Tensor(new float[] {5f}, new long[0]))
                .put("", new int[] {1})
                .put("0/\u00e4/\u65e5\u672c/\ud83c\udfac \"\\\n\0\u007f\u2028", new int[] {2})
                .put("text", "caf\u00e9 \ud83c\udfac \"quoted\" \\ \t\r\n\0")
                .put("", "")
                .put("\"{}\\", "a name with marks")
                .put("0/format", "below a prefix nothing is reserved");
        ModelFile.write(file, state);

        assertSame(ModelFile.read(file), state);
        assertThat(ModelFile.read(file).tensor("floats").shape()).containsExactly(2, 3);
        assertThat(ModelFile.readTensors(file).tensors()).hasSameSizeAs(state.tensors());
        assertThat(ModelFile.readTensors(file).texts()).isEmpty();
    }

    @Test
    void theEmptyModelComesBack() {
        ModelFile.write(file, new ModelState());
        assertSame(ModelFile.read(file), new ModelState());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 32_767, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 600_001})
    void arraysAroundTheSizeOfTheBufferComeBack(int length) {
        SplittableRandom random = new SplittableRandom(length);
        float[] floats = new float[length];
        int[] ints = new int[length];
        long[] longs = new long[length];
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
            ints[i] = random.nextInt();
            longs[i] = random.nextLong();
            bytes[i] = (byte) random.nextInt();
        }
        ModelState state = new ModelState()
                .put("bytes", bytes)
                .put("floats", floats)
                .put("ints", ints)
                .put("longs", longs);
        ModelFile.write(file, state);
        assertSame(ModelFile.read(file), state);
    }

    @Test
    void theSameModelGivesTheSameBytesInAnyOrder() {
        List<java.util.function.Consumer<ModelState>> parts = new ArrayList<>(List.of(
                s -> s.put("b", new float[] {1f}),
                s -> s.put("a", new float[] {2f}),
                s -> s.put("c", new long[] {3L}),
                s -> s.put("d", new byte[] {4}),
                s -> s.put("x", "1"),
                s -> s.put("y", "2")));
        ModelState state = new ModelState();
        parts.forEach(part -> part.accept(state));
        ModelFile.write(file, state);
        byte[] expected = Bytes.of(file);

        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            ModelState shuffled = new ModelState();
            List<java.util.function.Consumer<ModelState>> rest = new ArrayList<>(parts);
            while (!rest.isEmpty()) {
                rest.remove(random.nextInt(rest.size())).accept(shuffled);
            }
            ModelFile.write(file, shuffled);
            assertThat(Bytes.of(file)).isEqualTo(expected);
        }
        ModelFile.write(file, ModelFile.read(file));
        assertThat(Bytes.of(file)).isEqualTo(expected);
    }

    @Test
    void everyTensorIsAlignedToItsElements() {
        for (int texts = 0; texts < 9; texts++) {
            ModelFile.write(
                    file,
                    new ModelState()
                            .put("1", new byte[3])
                            .put("2", new float[1])
                            .put("3", new long[2])
                            .put("4", new int[3])
                            .put("t", "x".repeat(texts)));
            byte[] bytes = Bytes.of(file);
            long data = 8
                    + ByteBuffer.wrap(bytes)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getLong();
            assertThat(data % 8).isZero();
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]")
                    .contains("\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]")
                    .contains("\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[20,32]")
                    .contains("\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[32,35]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "format_version", "checksum"})
    void reservedTextsAreRefused(String name) {
        ModelState state = new ModelState().put(name, "x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFile.write(file, state))
                .withMessageContaining(name);
        assertThat(file).doesNotExist();
    }

    @Test
    void namesThatNoFileCanHoldAreRefused() {
        assertRefused(new ModelState().put("__metadata__", new float[1]), "__metadata__");
        for (String half : List.of("\ud83c", "\udfac", "a\ud83cb", "\udfac\ud83c", "\ud83c\ud83c\udfac")) {
            assertRefused(new ModelState().put(half, new float[1]), "surrogate");
            assertRefused(new ModelState().put(half, "text"), "surrogate");
            assertRefused(new ModelState().put("text", half), "surrogate");
        }
    }

    @Test
    void textsBeyondTheLimitAreRefused() {
        ModelState state = new ModelState().put("text", "x".repeat(Header.MAX_BYTES));
        assertRefused(state, "keep large data in tensors");
    }

    @Test
    void aMissingFileOrFolderIsNamed() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ModelFile.read(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("does not exist")
                .withCauseInstanceOf(NoSuchFileException.class);
        Path deep = folder.resolve("no").resolve("model.safetensors");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> ModelFile.write(deep, new ModelState()))
                .withMessageContaining(deep.getParent() + ": the folder does not exist");
    }

    @Test
    void aFileWithoutFolderGoesToTheWorkingDirectory() throws IOException {
        Path relative = Path.of("model-file-test.safetensors");
        try {
            ModelFile.write(relative, new ModelState().put("a", "b"));
            assertThat(ModelFile.read(relative).text("a")).isEqualTo("b");
        } finally {
            Files.deleteIfExists(relative);
        }
    }

    private void assertRefused(ModelState state, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFile.write(file, state))
                .withMessageContaining(problem);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSame(ModelState actual, ModelState expected) {
        assertThat(actual.texts()).containsExactlyInAnyOrderEntriesOf(expected.texts());
        assertThat(actual.tensors().keySet())
                .containsExactlyInAnyOrderElementsOf(expected.tensors().keySet());
        expected.tensors().forEach((name, tensor) -> {
            assertThat(actual.tensor(name).shape()).as(name).isEqualTo(tensor.shape());
            assertThat(bits(actual.tensor(name).data())).as(name).isEqualTo(bits(tensor.data()));
        });
    }

    /** Floats by their bits, so that NaN and the sign of zero count. */
    private static Object bits(Object data) {
        if (data instanceof float[] floats) {
            int[] bits = new int[floats.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = Float.floatToRawIntBits(floats[i]);
            }
            return bits;
        }
        return data;
    }
}
