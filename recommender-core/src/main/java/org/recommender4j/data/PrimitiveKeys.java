package org.recommender4j.data;

import java.util.Arrays;
import java.util.UUID;

/** Stores of keys that are one or two numbers. */
final class PrimitiveKeys {
    private PrimitiveKeys() {}

    /** Keys of class Long: 8 bytes each. */
    static final class Longs extends KeyStore {
        private volatile long[] keys = new long[16];

        @Override
        boolean isKind(Object key) {
            return key instanceof Long;
        }

        @Override
        boolean equalsAt(int index, Object key) {
            return keys[index] == (Long) key;
        }

        @Override
        void append(int index, Object key) {
            if (index == keys.length) {
                keys = Arrays.copyOf(keys, lengthFor(index));
            }
            keys[index] = (Long) key;
        }

        @Override
        Object key(int index) {
            return keys[index];
        }
    }

    /** Keys of class Integer: 4 bytes each. */
    static final class Integers extends KeyStore {
        private volatile int[] keys = new int[16];

        @Override
        boolean isKind(Object key) {
            return key instanceof Integer;
        }

        @Override
        boolean equalsAt(int index, Object key) {
            return keys[index] == (Integer) key;
        }

        @Override
        void append(int index, Object key) {
            if (index == keys.length) {
                keys = Arrays.copyOf(keys, lengthFor(index));
            }
            keys[index] = (Integer) key;
        }

        @Override
        Object key(int index) {
            return keys[index];
        }
    }

    /** Keys of class UUID: 16 bytes each. */
    static final class Uuids extends KeyStore {
        private volatile long[] high = new long[16];
        private volatile long[] low = new long[16];

        @Override
        boolean isKind(Object key) {
            return key instanceof UUID;
        }

        @Override
        boolean equalsAt(int index, Object key) {
            UUID uuid = (UUID) key;
            return low[index] == uuid.getLeastSignificantBits() && high[index] == uuid.getMostSignificantBits();
        }

        @Override
        void append(int index, Object key) {
            if (index == low.length) {
                high = Arrays.copyOf(high, lengthFor(index));
                low = Arrays.copyOf(low, lengthFor(index));
            }
            UUID uuid = (UUID) key;
            high[index] = uuid.getMostSignificantBits();
            low[index] = uuid.getLeastSignificantBits();
        }

        @Override
        Object key(int index) {
            return new UUID(high[index], low[index]);
        }
    }
}
