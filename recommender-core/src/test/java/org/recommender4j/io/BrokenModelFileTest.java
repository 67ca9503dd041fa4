package org.recommender4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.recommender4j.model.ModelState;

/** Files that are truncated, altered or of another kind never load, never exhaust memory, and say what is wrong. */
class BrokenModelFileTest {
    @TempDir
    Path folder;

    private Path file;
    private byte[] good;

    @BeforeEach
    void writeGoodFile() {
        file = folder.resolve("model.safetensors");
        ModelFile.write(
                file,
                new ModelState()
                        .put("items", new float[] {1f, 2f, 3f, 4f, 5f, 6f}, 3, 2)
                        .put("ids", new long[] {10, 20, 30})
                        .put("raw", new byte[] {1, 2, 3})
                        .put("algorithm", "ImplicitAls"));
        good = Bytes.of(file);
        assertThat(good).hasSizeLessThan(600);
    }

    @Test
    void everyAlteredByteIsFound() {
        for (int at = 0; at < good.length; at++) {
            // A single bit; upper and lower case; all bits; and a value that depends on the place.
            for (int xor : new int[] {1 << at % 8, 32, 255, 1 + (at * 37) % 255}) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) xor;
                assertBroken(bad, "byte " + at + " xor " + xor);
            }
        }
    }

    @Test
    void everyTruncationIsFound() {
        for (int length = 0; length < good.length; length++) {
            byte[] bad = Arrays.copyOf(good, length);
            assertBroken(bad, "length " + length);
            Bytes.put(file, bad);
            assertThatExceptionOfType(ModelFormatException.class).isThrownBy(() -> ModelFile.readTensors(file));
        }
    }

    @Test
    void appendedSwappedAndDoubledBytesAreFound() {
        assertBroken(Arrays.copyOf(good, good.length + 1), "a byte appended");
        byte[] doubled = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, doubled, good.length, good.length);
        assertBroken(doubled, "doubled");
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 200; round++) {
            byte[] bad = good.clone();
            int i = random.nextInt(bad.length);
            int j = random.nextInt(bad.length);
            bad[i] = good[j];
            bad[j] = good[i];
            if (!Arrays.equals(bad, good)) {
                assertBroken(bad, "bytes " + i + " and " + j + " swapped");
            }
        }
    }

    @Test
    void randomDamageIsFound() {
        for (long seed = 0; seed < 700; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] bad = Arrays.copyOf(good, random.nextInt(3) == 0 ? random.nextInt(700) : good.length);
            for (int i = random.nextInt(8); i >= 0 && bad.length > 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            if (!Arrays.equals(bad, good)) {
                assertBroken(bad, "seed " + seed);
            }
        }
    }

    @Test
    void noHeaderMakesTheReaderFailInAnotherWay() {
        String header = """
                {"__metadata__":{"a":"b\\u00e4"},"x":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
                "y":{"dtype":"U8","shape":[],"data_offsets":[16,17]}}""";
        String marks = "{}[]\",:\\u0123456789eE.-+ntrue\u00e9 \t";
        int readable = 0;
        for (long seed = 0; seed < 10_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder changed = new StringBuilder(header);
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = 1 + random.nextInt(changed.length() - 1);
                char mark = marks.charAt(random.nextInt(marks.length()));
                switch (random.nextInt(3)) {
                    case 0 -> changed.setCharAt(at, mark);
                    case 1 -> changed.insert(at, mark);
                    default -> changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(5)));
                }
            }
            try {
                HeaderParser.parse(file, Bytes.file(changed.toString()), 17);
                readable++;
            } catch (ModelFormatException expected) {
                assertThat(expected).hasMessageStartingWith(file + ": ");
            } catch (RuntimeException | Error unexpected) {
                throw new AssertionError("seed " + seed + ": " + changed, unexpected);
            }
        }
        // Names and texts may change without harm, so some files stay valid; were it all or none, the test would be
        // void.
        assertThat(readable).isBetween(100, 5_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                                            | expected a string at character 1
            {"x"}                                                        | expected ':'
            {"x":1}                                                      | expected '{'
            {} x                                                         | expected the end of the header
            {"x":{}}                                                     | expected a string
            {"x":{"dtype":"U8"}}                                         | lacks its dtype, shape or data_offsets
            {"x":{"dtype":"U8","dtype":"U8"}}                            | second 'dtype'
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"z":1}}  | unknown or second 'z'
            {"x":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}   | 'F8_E4M3', but only [I64, F32, I32, U8, F64, F16, BF16]
            {"x":{"dtype":"u8","shape":[1],"data_offsets":[0,1]}}        | has dtype 'u8'
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0]}}          | impossible data_offsets [0]
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}}      | impossible data_offsets
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}        | impossible data_offsets
            {"x":{"dtype":"U8","shape":[2],"data_offsets":[0,1]}}        | do not fit the shape [2]
            {"x":{"dtype":"F32","shape":[1],"data_offsets":[0,1]}}       | do not fit the shape [1] of F32
            {"x":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}       | not negative
            {"x":{"dtype":"U8","shape":[1.0],"data_offsets":[0,1]}}      | expected an integer
            {"x":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}      | expected an integer
            {"x":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}}       | leading zeros
            {"x":{"dtype":"U8","shape":[1,],"data_offsets":[0,1]}}       | not negative
            {"x":{"dtype":"U8","shape":[[1]],"data_offsets":[0,1]}}      | not negative
            {"x":{"dtype":"U8","shape":[9223372036854775808],"data_offsets":[0,1]}} | larger than 2^63 - 1
            {"x":{"dtype":"U8","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,1]}} | more than 2^63
            {"x":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | more than 2^63
            {"x":{"dtype":"U8","shape":[4294967296,2147483648],"data_offsets":[0,0]}} | more than 2^63
            {"x":{"dtype":"I64","shape":[2305843009213693952],"data_offsets":[0,0]}} | do not fit the shape
            {"x":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}} | more than an array
            {"x":{"dtype":"U8","shape":[2147483640],"data_offsets":[0,2147483640]}} | more than an array can hold
            {"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}        | something was appended
            {"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}        | it was truncated
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}        | should begin at 0
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"y":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} | should begin at 1
            {"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0078":{"dtype":"U8","shape":[0],"data_offsets":[1,1]}} | two tensors 'x'
            {"__metadata__":{},"__metadata__":{}}                        | two __metadata__
            {"__metadata__":{"a":"b","a":"c"}}                           | two texts 'a'
            {"__metadata__":{"a":1}}                                     | expected a string
            {"__metadata__":null}                                        | expected '{'
            {"\\x":{}}                                                   | unknown escape
            {"\\u12g4":{}}                                               | four hexadecimal digits
            {"\\u\u0661\u0661\u0661\u0661":{}}                           | four hexadecimal digits
            {"\\ud800":{}}                                               | half a surrogate pair
            {"\\udc00":{}}                                               | half a surrogate pair
            {"\\ud800\\ud800":{}}                                        | half a surrogate pair
            {"\\ud800\\n":{}}                                            | half a surrogate pair
            {"a\tb":{}}                                                  | control character
            {"a                                                          | a string has no end
            """)
    void theReasonIsGiven(String header, String reason) {
        Bytes.put(file, Bytes.file(header, (byte) 7));
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.readTensors(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(reason);
    }

    @Test
    void deepNestingDoesNotOverflowTheStack() {
        for (String mark : new String[] {"[", "{\"a\":"}) {
            Bytes.put(file, Bytes.file("{\"x\":{\"shape\":" + mark.repeat(1_000_000)));
            assertThatExceptionOfType(ModelFormatException.class).isThrownBy(() -> ModelFile.readTensors(file));
        }
        Bytes.put(file, Bytes.file("{\"x\":{\"shape\":[1" + ",1".repeat(1_000_000)));
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.readTensors(file))
                .withMessageContaining("at most 32 numbers");
    }

    @Test
    void invalidUtf8IsFound() {
        for (int[] bad :
                new int[][] {{0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xE2, 0x82}, {0xF5, 0x80, 0x80, 0x80}}) {
            byte[] header = "{\"__metadata__\":{\"a\":\"????\"}}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bad.length; i++) {
                header[22 + i] = (byte) bad[i];
            }
            Bytes.put(file, Bytes.file(header));
            assertThatExceptionOfType(ModelFormatException.class)
                    .isThrownBy(() -> ModelFile.readTensors(file))
                    .withMessageContaining("not valid UTF-8 at byte 30");
        }
        // Cut within a character at the very end.
        Bytes.put(file, Bytes.file(new byte[] {'{', '}', (byte) 0xE2}));
        assertThatExceptionOfType(ModelFormatException.class).isThrownBy(() -> ModelFile.readTensors(file));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1_000_000})
    void aLengthThatIsALieAllocatesNothing(long length) {
        byte[] bad = good.clone();
        ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Bytes.put(file, bad);
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.read(file))
                .withMessageContaining(Long.toUnsignedString(length))
                .withMessageContaining("but the file has " + good.length);
    }

    @Test
    void giganticFilesAreRefusedBeforeTheyTakeMemory() throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        int tensors = (int) (most >> 30) + 1;
        StringBuilder header = new StringBuilder("{");
        for (long i = 0; i < tensors; i++) {
            header.append(i == 0 ? "\"" : ",\"").append(i).append("\":{\"dtype\":\"F32\",\"shape\":[268435456],");
            header.append("\"data_offsets\":[")
                    .append(i << 30)
                    .append(',')
                    .append((i + 1) << 30)
                    .append("]}");
        }
        byte[] head = Bytes.file(header.append('}').toString());
        assertSparse(head, head.length + ((long) tensors << 30), "-Xmx");
        assertSparse(
                Bytes.file("{\"x\":{\"dtype\":\"U8\",\"shape\":[2147483640],\"data_offsets\":[0,2147483640]}}"),
                1L << 31,
                "more than an array can hold");
        byte[] long1 = Bytes.littleEndian(9).putLong(1L << 31).put((byte) '{').array();
        assertSparse(long1, (1L << 31) + 8, "more than the limit of 100000000");
        assertSparse(new byte[9], 1L << 31, "header has 0 bytes");
    }

    private void assertSparse(byte[] head, long size, String reason) throws IOException {
        Bytes.put(file, head);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), size - 1);
        }
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.readTensors(file))
                .withMessageContaining(reason);
        Files.delete(file);
    }

    @Test
    void filesOfAnotherKindAreNamed() throws IOException {
        assertReason(new byte[0], "is empty");
        assertReason(new byte[5], "ends after 5 bytes");
        assertReason("user,item,rating\n1,2,3\n".getBytes(StandardCharsets.UTF_8), "of another kind");
        assertReason(Bytes.file("[]"), "not a safetensors file");
        assertReason(Bytes.file("{}"), "not one that Recommender4J wrote");
        assertReason(Bytes.file("{\"__metadata__\":{\"format\":\"pt\"}}"), "readTensors");
        Files.delete(file);
        Files.createDirectory(file);
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.read(file))
                .withMessageContaining("is a directory");
    }

    @Test
    void aNewerVersionIsNamed() {
        String text = new String(good, StandardCharsets.ISO_8859_1)
                .replace("\"format_version\":\"1\"", "\"format_version\":\"2\"");
        assertReason(text.getBytes(StandardCharsets.ISO_8859_1), "format version '2' is not known");
    }

    @Test
    void theReasonTellsHeaderFromData() {
        byte[] bad = good.clone();
        bad[good.length - 1] ^= 1;
        assertReason(bad, "the data was altered");
        bad = good.clone();
        bad[200] ^= 1;
        assertReason(bad, "the header was altered");
    }

    private void assertReason(byte[] bytes, String reason) {
        Bytes.put(file, bytes);
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> ModelFile.read(file))
                .withMessageStartingWith(file + ": ")
                .withMessageContaining(reason);
    }

    private void assertBroken(byte[] bytes, String damage) {
        Bytes.put(file, bytes);
        assertThat(catchThrowable(() -> ModelFile.read(file))).as(damage).isInstanceOf(ModelFormatException.class);
    }
}
