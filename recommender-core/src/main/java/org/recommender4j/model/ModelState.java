package org.recommender4j.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.recommender4j.data.Interactions;

/**
 * A trained model as plain data: named tensors and named texts. What a model file stores, and what {@link
 * Model#state()} and an algorithm's {@code restore} exchange.
 *
 * <p>Names are paths such as {@code items} or {@code 0/items}; {@link #child} gives the part below a prefix, which is how a
 * hybrid keeps the states of its members. Arrays are shared, not copied: they must not be written to after they were put.
 * Not thread-safe while it is being filled.
 */
public final class ModelState {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

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
        return this;
    }

    /** Puts a text; returns this. */
    public ModelState put(String name, String text) {
        if (texts.putIfAbsent(name, text) != null) {
            throw new IllegalArgumentException("there is a text '" + name + "' already");
        }
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

    /** Puts all of another state below a prefix; returns this. */
    public ModelState put(String prefix, ModelState child) {
        child.tensors.forEach((name, tensor) -> put(prefix + "/" + name, tensor));
        child.texts.forEach((name, text) -> put(prefix + "/" + name, text));
        return this;
    }

    /** Returns the part below a prefix, with the prefix taken off; empty if there is none. */
    public ModelState child(String prefix) {
        ModelState result = new ModelState();
        String start = prefix + "/";
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(start)) {
                result.put(name.substring(start.length()), tensor);
            }
        });
        texts.forEach((name, text) -> {
            if (name.startsWith(start)) {
                result.put(name.substring(start.length()), text);
            }
        });
        return result;
    }

    /** Tells whether a tensor or a text of this name, or a part below it, exists. */
    public boolean has(String name) {
        return tensors.containsKey(name)
                || texts.containsKey(name)
                || tensors.keySet().stream().anyMatch(n -> n.startsWith(name + "/"))
                || texts.keySet().stream().anyMatch(n -> n.startsWith(name + "/"));
    }

    /** Returns a tensor. */
    public Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("there is no tensor '" + name + "'");
        }
        return tensor;
    }

    /** Returns the data of a float tensor. */
    public float[] floats(String name) {
        return data(name, float[].class);
    }

    /** Returns the data of a float tensor that must have the given number of elements. */
    public float[] floats(String name, long length) {
        float[] data = floats(name);
        if (data.length != length) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' must have " + length + " elements, but has " + data.length);
        }
        return data;
    }

    /** Returns the data of an int tensor. */
    public int[] ints(String name) {
        return data(name, int[].class);
    }

    /** Returns the data of a long tensor. */
    public long[] longs(String name) {
        return data(name, long[].class);
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

    /** Returns a text. */
    public String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw new IllegalArgumentException("there is no text '" + name + "'");
        }
        return text;
    }

    /** Returns a sparse matrix, checked. */
    public Interactions matrix(String name) {
        long[] shape = longs(name + "/shape");
        if (shape.length != 2
                || shape[1] < 0
                || shape[1] > Integer.MAX_VALUE
                || shape[0] != ints(name + "/offsets").length - 1L) {
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

    /** Returns all tensors in the order in which they were put. */
    public Map<String, Tensor> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Returns all texts in the order in which they were put. */
    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }
}
