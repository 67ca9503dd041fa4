package org.recommender4j.model;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.recommender4j.data.Interactions;
import org.recommender4j.internal.util.Utf8;

/**
 * A trained model as plain data: named tensors and named texts. What a model file stores, and what {@link
 * Model#state()} and an algorithm's {@code restore} exchange.
 *
 * <p>Names are paths such as {@code items} or {@code 0/items}; {@link #child} gives the part below a prefix, which is how a
 * hybrid keeps the states of its members. Arrays are shared, not copied: they must not be written to after they were put.
 * Whoever restores a model asks for each part by the method that checks what the model relies on, since a file may say
 * anything; all of them throw an {@link IllegalArgumentException} that names the part.
 *
 * <p>Not thread-safe while it is being filled.
 */
public final class ModelState {
    /** The longest array that every JVM can allocate. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final int mostUsers;
    private final int mostItems;
    /** The place of each name in the order of putting, by name; made when it is needed. */
    private @Nullable TreeMap<String, Integer> places;

    /** Makes an empty state. */
    public ModelState() {
        this(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    private ModelState(int mostUsers, int mostItems) {
        this.mostUsers = mostUsers;
        this.mostItems = mostItems;
    }

    /**
     * A dense array with a shape.
     *
     * @param data one of {@code float[]}, {@code int[]}, {@code long[]}, {@code byte[]}; row-major
     * @param shape the length of each dimension
     */
    @SuppressWarnings("ArrayRecordComponent") // Tensors are passed on, never compared.
    public record Tensor(Object data, long... shape) {
        /** Checks that the array has as many elements as the shape says. */
        public Tensor {
            long elements = 1;
            for (long length : shape) {
                if (length < 0) {
                    throw new IllegalArgumentException(
                            "a tensor's shape must not be negative: " + Arrays.toString(shape));
                }
                elements = Math.multiplyExact(elements, length);
            }
            if (elements != length(data)) {
                throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " needs " + elements
                        + " elements, but has " + length(data));
            }
        }

        private static int length(Object data) {
            if (data instanceof float[] floats) {
                return floats.length;
            } else if (data instanceof int[] ints) {
                return ints.length;
            } else if (data instanceof long[] longs) {
                return longs.length;
            } else if (data instanceof byte[] bytes) {
                return bytes.length;
            }
            throw new IllegalArgumentException("a tensor holds float[], int[], long[] or byte[], not "
                    + data.getClass().getSimpleName());
        }
    }

    /** Puts a vector, or with a shape a matrix; returns this. */
    public ModelState put(String name, float[] data, long... shape) {
        return put(name, new Tensor(data, shape.length == 0 ? new long[] {data.length} : shape));
    }

    /** Puts a vector, or with a shape a matrix; returns this. */
    public ModelState put(String name, int[] data, long... shape) {
        return put(name, new Tensor(data, shape.length == 0 ? new long[] {data.length} : shape));
    }

    /** Puts a vector; returns this. */
    public ModelState put(String name, long[] data) {
        return put(name, new Tensor(data, data.length));
    }

    /** Puts raw bytes; returns this. */
    public ModelState put(String name, byte[] data, long... shape) {
        return put(name, new Tensor(data, shape.length == 0 ? new long[] {data.length} : shape));
    }

    /** Puts a tensor; returns this. */
    public ModelState put(String name, Tensor tensor) {
        if (tensors.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("there is a tensor '" + name + "' already");
        }
        places = null;
        return this;
    }

    /** Puts a text; returns this. */
    public ModelState put(String name, String text) {
        if (texts.putIfAbsent(name, text) != null) {
            throw new IllegalArgumentException("there is a text '" + name + "' already");
        }
        places = null;
        return this;
    }

    /** Puts a sparse matrix as the tensors {@code name/offsets}, {@code name/columns}, {@code name/weights}, ... */
    public ModelState put(String name, Interactions matrix) {
        put(name + "/shape", new long[] {matrix.rows(), matrix.columns()});
        put(name + "/offsets", matrix.offsets());
        put(name + "/columns", matrix.columnIndices());
        if (matrix.weights() != null) {
            put(name + "/weights", matrix.weights());
        }
        if (matrix.times() != null) {
            put(name + "/times", matrix.times());
        }
        return this;
    }

    /**
     * Puts many texts as two tensors: UTF-8, one after the other, and the place after the end of each; returns this.
     *
     * @throws IllegalArgumentException if a text has half a surrogate pair, or all together take more than 2^31 - 9 bytes
     */
    public ModelState putTexts(String name, String ends, List<String> list) {
        byte[] bytes = new byte[16];
        int[] places = new int[list.size()];
        int size = 0;
        for (int k = 0; k < places.length; k++) {
            byte[] encoded = Utf8.encode(list.get(k));
            long needed = (long) size + encoded.length;
            if (needed > MAX_BYTES) {
                throw new IllegalArgumentException("the texts of tensor '" + name + "' take more than 2 GiB");
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, 2 * needed));
            }
            System.arraycopy(encoded, 0, bytes, size, encoded.length);
            size = (int) needed;
            places[k] = size;
        }
        return put(name, Arrays.copyOf(bytes, size)).put(ends, places);
    }

    /** Puts all of another state below a prefix; returns this. */
    public ModelState put(String prefix, ModelState child) {
        child.tensors.forEach((name, tensor) -> put(prefix + "/" + name, tensor));
        child.texts.forEach((name, text) -> put(prefix + "/" + name, text));
        return this;
    }

    /** Returns the part below a prefix, with the prefix taken off; empty if there is none. */
    public ModelState child(String prefix) {
        ModelState result = new ModelState(mostUsers, mostItems);
        below(prefix).entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(entry -> {
            String name = entry.getKey().substring(prefix.length() + 1);
            Tensor tensor = tensors.get(entry.getKey());
            String text = texts.get(entry.getKey());
            if (tensor != null) {
                result.put(name, tensor);
            }
            if (text != null) {
                result.put(name, text);
            }
        });
        return result;
    }

    /** Returns the names below a prefix. A file may have very many, so that looking at all of them each time would not do. */
    private SortedMap<String, Integer> below(String prefix) {
        TreeMap<String, Integer> all = places;
        if (all == null) {
            all = new TreeMap<>();
            for (String name : tensors.keySet()) {
                all.put(name, all.size());
            }
            for (String name : texts.keySet()) {
                all.putIfAbsent(name, all.size());
            }
            places = all;
        }
        // '0' is the character after '/'.
        return all.subMap(prefix + "/", prefix + "0");
    }

    /** Tells whether a tensor or a text of this name, or a part below it, exists. */
    public boolean has(String name) {
        return tensors.containsKey(name)
                || texts.containsKey(name)
                || !below(name).isEmpty();
    }

    /** Returns a tensor. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor '" + name + "'");
        }
        return tensor;
    }

    /** Returns the data of a float tensor, whatever numbers it holds. */
    public float[] floats(String name) {
        return data(name, float[].class);
    }

    /** Returns the data of a float tensor that must have the given number of elements, whatever numbers it holds. */
    public float[] floats(String name, long length) {
        float[] data = floats(name);
        checkLength(name, data.length, length);
        return data;
    }

    /** Returns the data of a float tensor whose numbers must all be finite. */
    public float[] finiteFloats(String name) {
        return inRange(name, floats(name), -Float.MAX_VALUE);
    }

    /** Returns the data of a float tensor of the given number of elements, which must all be finite. */
    public float[] finiteFloats(String name, long length) {
        return inRange(name, floats(name, length), -Float.MAX_VALUE);
    }

    /** Returns the data of a float tensor of the given number of elements, which must all be finite and not negative. */
    public float[] positiveFloats(String name, long length) {
        return inRange(name, floats(name, length), 0f);
    }

    private static float[] inRange(String name, float[] data, float min) {
        for (int k = 0; k < data.length; k++) {
            if (!(data[k] >= min && data[k] <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("tensor '" + name + "' must have finite numbers"
                        + (min < 0 ? "" : " of at least 0") + ", but has " + data[k] + " at " + k);
            }
        }
        return data;
    }

    /** Returns the data of an int tensor, whatever numbers it holds. */
    public int[] ints(String name) {
        return data(name, int[].class);
    }

    /** Returns the data of an int tensor whose numbers must lie in a range, bounds included. */
    public int[] ints(String name, int min, int max) {
        int[] data = ints(name);
        for (int k = 0; k < data.length; k++) {
            if (data[k] < min || data[k] > max) {
                throw new IllegalArgumentException("tensor '" + name + "' must have numbers from " + min + " to " + max
                        + ", but has " + data[k] + " at " + k);
            }
        }
        return data;
    }

    /** Returns the data of an int tensor of the given number of elements, which must lie in a range, bounds included. */
    public int[] ints(String name, long length, int min, int max) {
        checkLength(name, ints(name).length, length);
        return ints(name, min, max);
    }

    /** Returns the data of a long tensor, whatever numbers it holds. */
    public long[] longs(String name) {
        return data(name, long[].class);
    }

    /** Returns the data of a long tensor that must have the given number of elements. */
    public long[] longs(String name, long length) {
        long[] data = longs(name);
        checkLength(name, data.length, length);
        return data;
    }

    /** Returns the data of a byte tensor. */
    public byte[] bytes(String name) {
        return data(name, byte[].class);
    }

    private <T> T data(String name, Class<T> type) {
        Object data = tensor(name).data();
        if (!type.isInstance(data)) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' holds " + data.getClass().getSimpleName() + ", not " + type.getSimpleName());
        }
        return type.cast(data);
    }

    private static void checkLength(String name, int length, long wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' must have " + wanted + " elements, but has " + length);
        }
    }

    /**
     * Returns the length of the rows of a matrix, which is checked to be one.
     *
     * @param max the longest rows that are possible; even a matrix without rows can't have longer ones
     */
    public int rowLength(String name, int max) {
        long[] shape = tensor(name).shape();
        if (shape.length != 2 || shape[1] < 1 || shape[1] > max) {
            throw new IllegalArgumentException("tensor '" + name + "' must be a matrix with rows of 1 to " + max
                    + " numbers, but has the shape " + Arrays.toString(shape));
        }
        return (int) shape[1];
    }

    /**
     * Returns many texts that were put by {@link #putTexts}: a view, which makes a text anew for whoever asks for it, and throws
     * an {@link IllegalArgumentException} if its bytes are no UTF-8.
     */
    public List<String> texts(String name, String ends) {
        byte[] bytes = bytes(name);
        int[] places = ints(ends, 0, bytes.length);
        for (int k = 1; k < places.length; k++) {
            if (places[k] < places[k - 1]) {
                throw new IllegalArgumentException(
                        "tensor '" + ends + "' must ascend, but has " + places[k] + " after " + places[k - 1]);
            }
        }
        int last = places.length == 0 ? 0 : places[places.length - 1];
        if (last != bytes.length) {
            throw new IllegalArgumentException(
                    "the texts of tensor '" + name + "' end at " + last + ", but it has " + bytes.length + " bytes");
        }
        return new Texts(bytes, places);
    }

    private static final class Texts extends AbstractList<String> implements RandomAccess {
        private final byte[] bytes;
        private final int[] ends;

        Texts(byte[] bytes, int[] ends) {
            this.bytes = bytes;
            this.ends = ends;
        }

        @Override
        public String get(int index) {
            int begin = index == 0 ? 0 : ends[index - 1];
            return Utf8.decode(bytes, begin, ends[index] - begin);
        }

        @Override
        public int size() {
            return ends.length;
        }
    }

    /** Returns a text. */
    public String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("there is no text '" + name + "'");
        }
        return text;
    }

    /** Returns a text that is a whole number in a range, bounds included. */
    public int integer(String name, int min, int max) {
        try {
            return Options.inRange(name, Integer.parseInt(text(name)), min, max);
        } catch (NumberFormatException e) {
            throw notA("whole number", name, e);
        }
    }

    /** Returns a text that is a whole number of 64 bits. */
    public long longInteger(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw notA("whole number", name, e);
        }
    }

    /** Returns a text that is a number in a range, bounds included. */
    public double number(String name, double min, double max) {
        try {
            return Options.inRange(name, Double.parseDouble(text(name)), min, max);
        } catch (NumberFormatException e) {
            throw notA("number", name, e);
        }
    }

    /** Returns a text that is a number in a range, bounds included, in single precision. */
    public float single(String name, double min, double max) {
        number(name, min, max);
        return Float.parseFloat(text(name));
    }

    /** Returns a text that is the least weight that counts: any number, infinite ones included. */
    public float threshold(String name) {
        return single(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private IllegalArgumentException notA(String what, String name, NumberFormatException cause) {
        return new IllegalArgumentException(
                "text '" + name + "' is not a " + what + ": " + Utf8.shown(text(name)), cause);
    }

    /** Returns a text that is {@code true} or {@code false}. */
    public boolean flag(String name) {
        String text = text(name);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("text '" + name + "' must be true or false, but is " + Utf8.shown(text));
        }
        return text.equals("true");
    }

    /** Returns a sparse matrix, checked. A file can say any number of columns: check it before allocating as much. */
    public Interactions matrix(String name) {
        long[] shape = longs(name + "/shape", 2);
        if (shape[1] < 0 || shape[1] > Integer.MAX_VALUE - 8 || shape[0] != ints(name + "/offsets").length - 1L) {
            throw new IllegalArgumentException(
                    "matrix '" + name + "' has an impossible shape " + Arrays.toString(shape));
        }
        return Interactions.of(
                (int) shape[1],
                ints(name + "/offsets"),
                ints(name + "/columns"),
                tensors.containsKey(name + "/weights") ? floats(name + "/weights") : null,
                tensors.containsKey(name + "/times") ? longs(name + "/times") : null);
    }

    /** Returns a sparse matrix that must have a shape, checked. */
    public Interactions matrix(String name, int rows, int columns) {
        Interactions matrix = matrix(name);
        if (matrix.rows() != rows || matrix.columns() != columns) {
            throw new IllegalArgumentException("matrix '" + name + "' must be " + rows + " x " + columns + ", but is "
                    + matrix.rows() + " x " + matrix.columns());
        }
        return matrix;
    }

    /**
     * Returns this state, also its parts, for whoever has so many ids: {@link #checkUsers} and {@link #checkItems} then refuse
     * more. A file can say any number of users and items, and a model would allocate memory for all of them.
     */
    public ModelState withIds(int users, int items) {
        ModelState result = new ModelState(users, items);
        result.tensors.putAll(tensors);
        result.texts.putAll(texts);
        return result;
    }

    /**
     * Returns a number of users that a state names, if there may be so many.
     *
     * @throws IllegalArgumentException if it is negative or larger than {@link #withIds} allows
     */
    public int checkUsers(int users) {
        return checkCount("users", users, mostUsers);
    }

    /**
     * Returns a number of items that a state names, if there may be so many.
     *
     * @throws IllegalArgumentException if it is negative or larger than {@link #withIds} allows
     */
    public int checkItems(int items) {
        return checkCount("items", items, mostItems);
    }

    private static int checkCount(String what, int count, int most) {
        if (count < 0 || count > most) {
            throw new IllegalArgumentException(
                    "a model says that there are " + count + " " + what + ", but there are " + most + " ids at most");
        }
        return count;
    }

    /** Returns all tensors in the order in which they were put. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Returns all texts in the order in which they were put. */
    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }
}
