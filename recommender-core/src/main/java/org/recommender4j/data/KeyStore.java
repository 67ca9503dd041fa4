package org.recommender4j.data;

import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one kind in the order of their arrival, and an open-addressing hash table over them.
 *
 * <pre>{@code
 * table   [ 0 | 3 | 0 | 1 | 2 | 0 ]    index + 1 of a key, 0 when free; linear probing
 * keys    [ k0 k1 k2 ]                 in the subclass
 * }</pre>
 *
 * <p>One thread writes at a time; readers take no lock. The writer stores the key, then its slot,
 * then the volatile {@link #size}. A reader reads the size first and ignores slots of keys beyond
 * it, so that every key it looks at was written before. A grown table is published complete.
 */
abstract class KeyStore {
    /** The longest array that every JVM can allocate. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private volatile int[] table = new int[16];
    private volatile int size;

    /** Returns an empty store that is made for keys like this one. */
    static KeyStore forKey(Object key) {
        if (key instanceof Long) {
            return new LongKeys();
        }
        if (key instanceof Integer) {
            return new IntegerKeys();
        }
        return key instanceof UUID ? new UuidKeys() : new ObjectKeys();
    }

    /** Tells whether a key is of the kind that this store holds. */
    abstract boolean accepts(Object key);

    abstract int hash(Object key);

    abstract int hashAt(int index);

    abstract boolean equalsAt(int index, Object key);

    abstract void append(int index, Object key);

    /** Returns the key at an index below {@link #size()}. */
    abstract Object key(int index);

    /** Returns the class of all keys, or null when they differ or there are none. */
    abstract @Nullable Class<?> keyClass();

    final int size() {
        return size;
    }

    final int indexOf(Object key) {
        int visible = size;
        int[] slots = table;
        int slot = slot(hash(key), slots.length);
        for (int entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if (entry <= visible && equalsAt(entry - 1, key)) {
                return entry - 1;
            }
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        return -1;
    }

    /** Adds a key that is not here yet; for one thread at a time. */
    final int add(Object key) {
        int index = size;
        append(index, key);
        int[] slots = table;
        if (index >= slots.length / 4 * 3) {
            slots = grow(slots.length, index);
        }
        insert(slots, hash(key), index);
        table = slots;
        size = index + 1;
        return index;
    }

    private int[] grow(int length, int entries) {
        int[] slots = new int[newLength(length, 2L * length)];
        for (int index = 0; index < entries; index++) {
            insert(slots, hashAt(index), index);
        }
        return slots;
    }

    private static void insert(int[] slots, int hash, int index) {
        int slot = slot(hash, slots.length);
        while (slots[slot] != 0) {
            slot = slot + 1 == slots.length ? 0 : slot + 1;
        }
        slots[slot] = index + 1;
    }

    /** Spreads the hash and scales it to the length, which need not be a power of two. */
    private static int slot(int hash, int length) {
        int mixed = hash * 0x9E3779B9;
        mixed = (mixed ^ (mixed >>> 15)) * 0x85EBCA6B;
        return (int) (((mixed & 0xFFFFFFFFL) * length) >>> 32);
    }

    static int newLength(int old, long wanted) {
        return (int) Math.min(MAX_ARRAY, Math.max(wanted, old + 1L));
    }

    static int grown(int length) {
        return newLength(length, length + (length >> 1) + 16L);
    }

    /** Keys of class Long: 8 bytes each. */
    private static final class LongKeys extends KeyStore {
        private volatile long[] keys = new long[16];

        @Override
        boolean accepts(Object key) {
            return key instanceof Long;
        }

        @Override
        int hash(Object key) {
            return key.hashCode();
        }

        @Override
        int hashAt(int index) {
            return Long.hashCode(keys[index]);
        }

        @Override
        boolean equalsAt(int index, Object key) {
            return keys[index] == (Long) key;
        }

        @Override
        void append(int index, Object key) {
            if (index == keys.length) {
                keys = Arrays.copyOf(keys, grown(index));
            }
            keys[index] = (Long) key;
        }

        @Override
        Object key(int index) {
            return keys[index];
        }

        @Override
        Class<?> keyClass() {
            return Long.class;
        }
    }

    /** Keys of class Integer: 4 bytes each. */
    private static final class IntegerKeys extends KeyStore {
        private volatile int[] keys = new int[16];

        @Override
        boolean accepts(Object key) {
            return key instanceof Integer;
        }

        @Override
        int hash(Object key) {
            return key.hashCode();
        }

        @Override
        int hashAt(int index) {
            return keys[index];
        }

        @Override
        boolean equalsAt(int index, Object key) {
            return keys[index] == (Integer) key;
        }

        @Override
        void append(int index, Object key) {
            if (index == keys.length) {
                keys = Arrays.copyOf(keys, grown(index));
            }
            keys[index] = (Integer) key;
        }

        @Override
        Object key(int index) {
            return keys[index];
        }

        @Override
        Class<?> keyClass() {
            return Integer.class;
        }
    }

    /** Keys of class UUID: 16 bytes each. */
    private static final class UuidKeys extends KeyStore {
        private volatile long[] high = new long[16];
        private volatile long[] low = new long[16];

        @Override
        boolean accepts(Object key) {
            return key instanceof UUID;
        }

        @Override
        int hash(Object key) {
            return key.hashCode();
        }

        @Override
        int hashAt(int index) {
            return Long.hashCode(high[index] ^ low[index]);
        }

        @Override
        boolean equalsAt(int index, Object key) {
            UUID uuid = (UUID) key;
            return low[index] == uuid.getLeastSignificantBits() && high[index] == uuid.getMostSignificantBits();
        }

        @Override
        void append(int index, Object key) {
            if (index == high.length) {
                high = Arrays.copyOf(high, grown(index));
                low = Arrays.copyOf(low, grown(index));
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
        Class<?> keyClass() {
            return UUID.class;
        }
    }

    /** Keys of any class, by equals and hashCode: a reference and the hash, 8 bytes each. */
    static final class ObjectKeys extends KeyStore {
        private volatile Object[] keys = new Object[16];
        private volatile int[] hashes = new int[16];
        private volatile @Nullable Class<?> common;

        @Override
        boolean accepts(Object key) {
            return true;
        }

        @Override
        int hash(Object key) {
            return key.hashCode();
        }

        @Override
        int hashAt(int index) {
            return hashes[index];
        }

        @Override
        boolean equalsAt(int index, Object key) {
            return hashes[index] == key.hashCode() && keys[index].equals(key);
        }

        @Override
        void append(int index, Object key) {
            if (index == keys.length) {
                keys = Arrays.copyOf(keys, grown(index));
                hashes = Arrays.copyOf(hashes, grown(index));
            }
            keys[index] = key;
            hashes[index] = key.hashCode();
            if (index == 0) {
                common = key.getClass();
            } else if (common != key.getClass()) {
                common = null;
            }
        }

        @Override
        Object key(int index) {
            return keys[index];
        }

        @Override
        @Nullable
        Class<?> keyClass() {
            return common;
        }
    }
}
