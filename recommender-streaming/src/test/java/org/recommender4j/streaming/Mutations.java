package org.recommender4j.streaming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.recommender4j.io.ModelFile;
import org.recommender4j.model.ModelState;

/**
 * Alters model files: bytes as they are, or what they say, with the checksums made right again. The same seed makes the same
 * file. {@link #toString} says what was done.
 */
final class Mutations {
    private static final String BEFORE_CHECKSUMS =
            "{\"__metadata__\":{\"format\":\"recommender4j\",\"format_version\":\"1\",\"checksum\":\"crc32c ";
    private static final int HEADER_SUM = Long.BYTES + BEFORE_CHECKSUMS.length();
    private static final int DATA_SUM = HEADER_SUM + 9;

    private static final float[] FLOATS = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        0f,
        -0f,
        Float.MIN_VALUE,
        -1f,
        1e20f,
        -1e-20f
    };
    private static final long[] LONGS = {
        -1,
        0,
        1,
        2,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE - 9,
        1 << 30,
        1 << 16,
        63,
        64,
        35,
        36,
        37,
        59,
        60,
        61,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final String[] TEXTS = {
        "",
        "-1",
        "0",
        "1",
        "NaN",
        "Infinity",
        "-Infinity",
        "2147483647",
        "-2147483648",
        "1e308",
        "1e-300",
        "true",
        "false",
        "null",
        "String",
        "Long",
        "UUID",
        "Popularity",
        "ImplicitAls",
        "Blend",
        "ItemKnn",
        "nope",
        "{}",
        "{{",
        "ImplicitAls{factors=2147483647}",
        "ImplicitAls, ImplicitAls",
        "EXACT",
        "QUANTIZED",
        "APPROXIMATE",
        "999999",
        "64",
        "\0"
    };
    private static final String[] NUMBERS = {
        "-1",
        "0",
        "1",
        "9223372036854775807",
        "9223372036854775808",
        "4611686018427387904",
        "2147483647",
        "2147483648",
        "1e3",
        "1.5",
        "00",
        "null",
        "17179869184"
    };
    private static final String[] SHAPES = {
        "", "0", "1,1,1", "9223372036854775807,9223372036854775807", "4294967296,4294967296", "0,9223372036854775807"
    };

    private final Path scratch;
    private final SplittableRandom random;
    private final StringBuilder done = new StringBuilder();

    Mutations(Path scratch, long seed) {
        this.scratch = scratch;
        random = new SplittableRandom(seed);
    }

    @Override
    public String toString() {
        return done.toString();
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** Alters bytes only: some bits, the length, or the order. */
    byte[] bytes(byte[] original) {
        byte[] bytes = original.clone();
        int length = bytes.length;
        switch (random.nextInt(5)) {
            case 0 -> {
                bytes = Arrays.copyOf(bytes, random.nextInt(length));
                done.append("cut to ").append(bytes.length);
            }
            case 1 -> {
                bytes = Arrays.copyOf(bytes, length + 1 + random.nextInt(64));
                done.append("zeros behind");
            }
            case 2 -> {
                int from = random.nextInt(length);
                int to = Math.min(length, from + 1 + random.nextInt(64));
                Arrays.fill(bytes, from, to, (byte) 0);
                done.append("zeros from ").append(from).append(" to ").append(to);
            }
            default -> {
                for (int k = 1 + random.nextInt(6); k > 0; k--) {
                    int at = random.nextInt(length);
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    done.append("bit at ").append(at).append(' ');
                }
            }
        }
        return bytes;
    }

    /** Alters what a file says, and seals it. The other one lends tensors. */
    byte[] sealed(byte[] original, byte[] other) {
        return switch (random.nextInt(5)) {
            case 0 -> seal(bytes(original));
            case 1 -> header(original);
            default -> state(original, other);
        };
    }

    private static byte[] seal(byte[] file) {
        if (file.length < DATA_SUM + 8) {
            return file;
        }
        long header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (header < DATA_SUM + 8 - Long.BYTES || header > file.length - Long.BYTES) {
            return file;
        }
        int head = (int) header + Long.BYTES;
        CRC32C data = new CRC32C();
        data.update(file, head, file.length - head);
        put(file, DATA_SUM, data);
        CRC32C sum = new CRC32C();
        sum.update(file, 0, HEADER_SUM);
        sum.update("00000000".getBytes(StandardCharsets.US_ASCII));
        sum.update(file, HEADER_SUM + 8, head - HEADER_SUM - 8);
        put(file, HEADER_SUM, sum);
        return file;
    }

    private static void put(byte[] file, int at, CRC32C sum) {
        byte[] digits = HexFormat.of().toHexDigits((int) sum.getValue()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, file, at, digits.length);
    }

    private byte[] header(byte[] original) {
        int length =
                (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        StringBuilder json =
                new StringBuilder(new String(original, Long.BYTES, length, StandardCharsets.UTF_8).stripTrailing());
        for (int k = 1 + random.nextInt(2); k > 0; k--) {
            int at = DATA_SUM + random.nextInt(json.length() - DATA_SUM - 1);
            switch (random.nextInt(5)) {
                case 0 -> json.deleteCharAt(at);
                case 1 -> json.insert(at, "{}[],:\"\\0a\u00e9 ".charAt(random.nextInt(11)));
                case 2 -> replace(json, "\"shape\":[", "]", at, SHAPES);
                case 3 -> replace(json, "\"data_offsets\":[", "]", at, SHAPES);
                default -> replace(json, ",", "]", at, NUMBERS);
            }
        }
        done.append("header ");
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        byte[] result = new byte[original.length - length + padded];
        Arrays.fill(result, Long.BYTES, Long.BYTES + padded, (byte) ' ');
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(text);
        int data = Long.BYTES + length;
        System.arraycopy(original, data, result, Long.BYTES + padded, original.length - data);
        return seal(result);
    }

    private void replace(StringBuilder json, String begin, String end, int after, String[] values) {
        int from = json.indexOf(begin, after);
        int to = from < 0 ? -1 : json.indexOf(end, from);
        if (to >= 0) {
            json.replace(from + begin.length(), to, values[random.nextInt(values.length)]);
        }
    }

    private ModelState read(byte[] file) {
        try {
            return ModelFile.read(Files.write(scratch, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] state(byte[] original, byte[] other) {
        ModelState all = read(original);
        Map<String, ModelState.Tensor> tensors = new LinkedHashMap<>(all.tensors());
        Map<String, String> texts = new LinkedHashMap<>(all.texts());
        for (int k = oneIn(3) ? 1 + random.nextInt(3) : 1; k > 0; k--) {
            List<String> names = new ArrayList<>(tensors.keySet());
            List<String> textNames = new ArrayList<>(texts.keySet());
            String tensor = names.get(random.nextInt(names.size()));
            String text = textNames.get(random.nextInt(textNames.size()));
            switch (random.nextInt(9)) {
                case 0 -> {
                    tensors.remove(tensor);
                    done.append("no ").append(tensor).append(' ');
                }
                case 1, 2 -> {
                    texts.put(text, TEXTS[random.nextInt(TEXTS.length)]);
                    done.append(text).append('=').append(texts.get(text)).append(' ');
                }
                case 3 -> {
                    String second = names.get(random.nextInt(names.size()));
                    ModelState.Tensor moved = tensors.get(tensor);
                    tensors.put(tensor, tensors.get(second));
                    tensors.put(second, moved);
                    done.append(tensor).append(" for ").append(second).append(' ');
                }
                case 4 -> {
                    ModelState lent = read(other);
                    List<String> theirs = new ArrayList<>(lent.tensors().keySet());
                    String name = theirs.get(random.nextInt(theirs.size()));
                    tensors.put(name, lent.tensor(name));
                    if (oneIn(2)) {
                        texts.keySet().removeIf(key -> key.startsWith("options/"));
                        lent.texts().forEach((key, value) -> {
                            if (key.equals("algorithm") || key.startsWith("options/")) {
                                texts.put(key, value);
                            }
                        });
                    }
                    done.append(name)
                            .append(" of ")
                            .append(lent.text("algorithm"))
                            .append(' ');
                }
                default -> {
                    tensors.put(tensor, altered(tensors.get(tensor)));
                    done.append(tensor).append(' ');
                }
            }
        }
        ModelState result = new ModelState();
        tensors.forEach(result::put);
        texts.forEach(result::put);
        ModelFile.write(scratch, result);
        try {
            return Files.readAllBytes(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ModelState.Tensor altered(ModelState.Tensor tensor) {
        int n = Array.getLength(tensor.data());
        switch (random.nextInt(6)) {
            case 0 -> {
                int[] lengths = {0, 1, Math.max(0, n - 1), n + 1, 2 * n, n / 2};
                int length = lengths[random.nextInt(lengths.length)];
                Object resized = Array.newInstance(tensor.data().getClass().getComponentType(), length);
                System.arraycopy(tensor.data(), 0, resized, 0, Math.min(n, length));
                return new ModelState.Tensor(resized, length);
            }
            case 1 -> {
                Object[] types = {new float[n], new int[n], new long[n], new byte[n]};
                return new ModelState.Tensor(types[random.nextInt(types.length)], tensor.shape());
            }
            case 2 -> {
                return n == 0
                        ? new ModelState.Tensor(tensor.data(), 0, Integer.MAX_VALUE)
                        : new ModelState.Tensor(tensor.data(), 1, n);
            }
            default -> {
                Object data = Array.newInstance(tensor.data().getClass().getComponentType(), n);
                System.arraycopy(tensor.data(), 0, data, 0, n);
                boolean all = oneIn(4);
                for (int k = n == 0 ? 0 : all ? n : 1 + random.nextInt(3); k > 0; k--) {
                    set(data, all ? k - 1 : random.nextInt(n), random.nextInt(n));
                }
                return new ModelState.Tensor(data, tensor.shape());
            }
        }
    }

    private void set(Object data, int at, int from) {
        long number = oneIn(2) ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(-2, 3);
        if (data instanceof float[] floats) {
            floats[at] = oneIn(4) ? floats[from] : FLOATS[random.nextInt(FLOATS.length)];
        } else if (data instanceof int[] ints) {
            ints[at] = oneIn(4) ? ints[from] : (int) number;
        } else if (data instanceof long[] longs) {
            longs[at] = oneIn(4) ? longs[from] : number;
        } else {
            ((byte[]) data)[at] = (byte) random.nextInt(256);
        }
    }
}
