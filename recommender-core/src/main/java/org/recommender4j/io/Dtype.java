package org.recommender4j.io;

import org.jspecify.annotations.Nullable;

/** The element types of tensors that can be read; those above {@code F64} can be written too. */
enum Dtype {
    I64(8),
    F32(4),
    I32(4),
    U8(1),
    F64(8),
    F16(2),
    BF16(2);

    /** The longest array that every JVM can allocate. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of an element in the file. */
    int bytes() {
        return bytes;
    }

    /** Returns the size of an element in memory, after conversion. */
    int heapBytes() {
        return switch (this) {
            case I64 -> Long.BYTES;
            case F32, I32, F64, F16, BF16 -> Float.BYTES;
            case U8 -> Byte.BYTES;
        };
    }

    /** Returns a new array for tensors of this type. */
    Object allocate(int elements) {
        return switch (this) {
            case I64 -> new long[elements];
            case I32 -> new int[elements];
            case F32, F64, F16, BF16 -> new float[elements];
            case U8 -> new byte[elements];
        };
    }

    /** Returns the type that an array of a model state is written as. */
    static Dtype of(Object data) {
        if (data instanceof long[]) {
            return I64;
        } else if (data instanceof float[]) {
            return F32;
        } else if (data instanceof int[]) {
            return I32;
        } else if (data instanceof byte[]) {
            return U8;
        }
        throw new IllegalArgumentException(
                "a tensor holds " + data.getClass().getSimpleName() + ", which cannot be written");
    }

    /** Returns the type of this name, or null. */
    static @Nullable Dtype named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return dtype;
            }
        }
        return null;
    }
}
