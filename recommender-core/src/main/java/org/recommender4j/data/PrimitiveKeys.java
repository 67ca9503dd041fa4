package org.recommender4j.data;

import java.util.Arrays;
import java.util.UUID;

/** Stores of keys that are one or two numbers. */
final class PrimitiveKeys {
    private PrimitiveKeys() {}

    /** Hashes all bits of a long; its own hash code is 0 for each number whose halves are alike. */
    private static int mix(long bits) {
        long h = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 32);
    }

    /** Keys of class Long: 8 bytes each. */
    static final class Longs extends KeyStore {
        private volatile long[] keys = new long[16];

        @Override
        boolean isKind(Object key) {
            return key instanceof Long;
        }

        @Override
        int hash(Object key) {
            return mix((Long) key);
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

        @Override
        KeyStore empty() {
            return new Longs();
        }

        @Override
        Object filler() {
            return 0L;
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

        @Override
        KeyStore empty() {
            return new Integers();
        }

        @Override
        Object filler() {
            return 0;
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
        int hash(Object key) {
            UUID uuid = (UUID) key;
            return mix(uuid.getMostSignificantBits() * 0xD6E8FEB86659FD93L + uuid.getLeastSignificantBits());
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

        @Override
        KeyStore empty() {
            return new Uuids();
        }

        @Override
        Object filler() {
            return new UUID(0, 0);
        }
    }
}
