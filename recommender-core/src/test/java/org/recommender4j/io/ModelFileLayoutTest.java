package org.recommender4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.recommender4j.model.ModelState;

/** The layout against files that are put together from the specification, byte by byte. */
class ModelFileLayoutTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("model.safetensors");
    }

    @Test
    void aModelIsLaidOutAsSpecified() {
        ByteBuffer data = Bytes.littleEndian(34);
        data.putLong(7).putFloat(1f).putFloat(-2.5f).putFloat(0.1f).putFloat(4f);
        data.putInt(-1).putInt(258).put((byte) -1).put((byte) 3);
        String header = "{\"__metadata__\":{\"format\":\"recommender4j\",\"format_version\":\"1\",\"checksum\":\"crc32c"
                + " 00000000 " + Bytes.crc32c(array(data)) + "\","
                + "\"algorithm\":\"ImplicitAls\",\"title\":\"Am\u00e9lie \\\"2001\\\"\\u000a\"},"
                + "\"longs\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"items\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[8,24]},"
                + "\"ints\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[24,32]},"
                + "\"bytes\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[32,34]}}";
        while (header.getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
            header += " ";
        }
        byte[] unsealed = Bytes.file(header.getBytes(StandardCharsets.UTF_8));
        header = header.replace("crc32c 00000000", "crc32c " + Bytes.crc32c(unsealed));
        byte[] expected = Bytes.file(header, array(data));

        ModelFile.write(
                file,
                new ModelState()
                        .put("bytes", new byte[] {-1, 3})
                        .put("title", "Am\u00e9lie \"2001\"\n")
                        .put("ints", new int[] {-1, 258})
                        .put("items", new float[] {1f, -2.5f, 0.1f, 4f}, 2, 2)
                        .put("algorithm", "ImplicitAls")
                        .put("longs", new long[] {7}));
        assertThat(Bytes.of(file))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo(new String(expected, StandardCharsets.ISO_8859_1));

        Bytes.put(file, expected);
        ModelState state = ModelFile.read(file);
        assertThat(state.texts()).containsOnlyKeys("algorithm", "title");
        assertThat(state.text("title")).isEqualTo("Am\u00e9lie \"2001\"\n");
        assertThat(state.floats("items")).containsExactly(1f, -2.5f, 0.1f, 4f);
        assertThat(state.tensors()).containsOnlyKeys("longs", "items", "ints", "bytes");
    }

    @Test
    void theChecksumIsTheCastagnoliOne() {
        assertThat(Bytes.crc32c("123456789".getBytes(StandardCharsets.UTF_8))).isEqualTo("e3069283");
    }

    /** As the Python package writes it, with a space after the header to fill it up. */
    @Test
    void factorsTrainedInPythonAreRead() {
        ByteBuffer data = Bytes.littleEndian(24).putFloat(0.5f).putFloat(1.5f).putFloat(-1f);
        data.putFloat(2f).putFloat(3f).putFloat(4f);
        Bytes.put(
                file,
                Bytes.file(
                        "{\"__metadata__\":{\"format\":\"np\"},\"item_factors\":{\"dtype\":\"F32\",\"shape\":[1,2],"
                                + "\"data_offsets\":[0,8]},\"user_factors\":{\"dtype\":\"F32\",\"shape\":[2,2],"
                                + "\"data_offsets\":[8,24]}}    ",
                        array(data)));
        ModelState state = ModelFile.readTensors(file);
        assertThat(state.texts()).isEmpty();
        assertThat(state.tensors().keySet()).containsExactly("item_factors", "user_factors");
        assertThat(state.floats("item_factors")).containsExactly(0.5f, 1.5f);
        assertThat(state.tensor("user_factors").shape()).containsExactly(2, 2);
        assertThat(state.floats("user_factors")).containsExactly(-1f, 2f, 3f, 4f);
    }

    @Test
    void otherOrdersSpacesEscapesAndOddOffsetsAreRead() {
        Bytes.put(
                file,
                Bytes.file(
                        "{ \"b\" :\n{\"data_offsets\":[ 1 , 5 ],\"shape\":[ ],\"dtype\":\"\\u004632\"} ,\t\"\\ud83c\\udfac\\/\":"
                                + "{\"shape\":[1],\"dtype\":\"U8\",\"data_offsets\":[0,1]},\"none\":{\"dtype\":\"I32\","
                                + "\"shape\":[3,0],\"data_offsets\":[1,1]}} \n",
                        array(Bytes.littleEndian(5).put((byte) 9).putFloat(1.25f))));
        ModelState state = ModelFile.readTensors(file);
        assertThat(state.tensors().keySet()).containsExactly("\ud83c\udfac/", "none", "b");
        assertThat(state.floats("b")).containsExactly(1.25f);
        assertThat(state.ints("none")).isEmpty();
        assertThat(state.tensor("none").shape()).containsExactly(3, 0);
    }

    @Test
    void aFileOfNothingIsRead() {
        Bytes.put(file, Bytes.file("{}"));
        assertThat(ModelFile.readTensors(file).tensors()).isEmpty();
    }

    @Test
    void doublesBecomeFloats() {
        ByteBuffer data = Bytes.littleEndian(32)
                .putDouble(0.1)
                .putDouble(-1e300)
                .putDouble(Double.NaN)
                .putDouble(2);
        assertThat(read("F64", 4, data)).containsExactly(0.1f, Float.NEGATIVE_INFINITY, Float.NaN, 2f);
    }

    @Test
    void brainFloatsBecomeFloats() {
        ByteBuffer data = Bytes.littleEndian(8)
                .putShort((short) 0x3F80)
                .putShort((short) 0xC049)
                .putShort((short) 0x8000);
        float[] floats = read("BF16", 4, data.putShort((short) 0xFF80));
        assertThat(floats).containsExactly(1f, -3.140625f, -0f, Float.NEGATIVE_INFINITY);
    }

    @Test
    void everyHalfBecomesItsFloat() {
        ByteBuffer data = Bytes.littleEndian(2 << 16);
        for (int bits = 0; bits < 1 << 16; bits++) {
            data.putShort((short) bits);
        }
        float[] floats = read("F16", 1 << 16, data);
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double value = exponent == 0 ? fraction * Math.pow(2, -24) : (1024 + fraction) * Math.pow(2, exponent - 25);
            if (exponent == 31) {
                value = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            float expected = (float) (bits >= 1 << 15 ? -value : value);
            assertThat(Float.compare(floats[bits], expected)).as("%04x", bits).isZero();
        }
    }

    private float[] read(String dtype, int elements, ByteBuffer data) {
        String header = "{\"x\":{\"dtype\":\"" + dtype + "\",\"shape\":[" + elements + "],\"data_offsets\":[0,"
                + data.capacity() + "]}}";
        Bytes.put(file, Bytes.file(header, array(data)));
        return ModelFile.readTensors(file).floats("x");
    }

    private static byte[] array(ByteBuffer full) {
        byte[] bytes = new byte[full.capacity()];
        full.flip().get(bytes);
        return bytes;
    }
}
