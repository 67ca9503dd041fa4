package org.recommender4j.data;

import java.util.UUID;

/**
 * Keys of one kind in the order of their arrival, and an open-addressing hash table over them. The subclasses keep the
 * keys.
 *
 * <pre>{@code
 * table   [ 0 | h2,3 | 0 | h0,1 | h1,2 | 0 ]    hash and index + 1 of a key, 0 when free; linear probing
 * keys    [ k0 k1 k2 ]                          in the subclass
 * }</pre>
 *
 * <p>The table takes 8 bytes a slot and is filled to between 3/8 and 3/4: 11 to 21 bytes a key. It holds the hashes so
 * that a search looks at one key only, as a rule, and growing looks at none.
 *
 * <p>One thread writes at a time; readers take no lock. The writer stores the key, then its slot, then the volatile size. A
 * reader reads the size first and ignores slots of keys beyond it, so that every key that it looks at was written before. A
 * grown table or array is published complete.
 */
abstract class KeyStore {
    /** The longest array that every JVM can allocate. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final int INITIAL_SLOTS = 16;

    private volatile long[] table = new long[INITIAL_SLOTS];
    private volatile int size;

    /** Returns an empty store that is made for keys like this one. */
    static KeyStore forKey(Object key) {
        if (key instanceof String) {
            return new StringKeys();
        }
        if (key instanceof Long) {
            return new PrimitiveKeys.Longs();
        }
        if (key instanceof Integer) {
            return new PrimitiveKeys.Integers();
        }
        return key instanceof UUID ? new PrimitiveKeys.Uuids() : new ObjectKeys();
    }

    /** Tells whether keys like this one can be here. */
    abstract boolean isKind(Object key);

    /** Tells whether a key of this kind can be added. */
    boolean hasRoom(Object key) {
        return true;
    }

    /** Returns a hash of a key of this kind, whose bits need not be spread. */
    int hash(Object key) {
        return key.hashCode();
    }

    /** Tells whether the key at an index equals a key of this kind. */
    abstract boolean equalsAt(int index, Object key);

    /** Stores the key at the index {@link #size()}. */
    abstract void append(int index, Object key);

    /** Returns the key at an index below {@link #size()}. */
    abstract Object key(int index);

    /** Returns an empty store of this kind. */
    abstract KeyStore empty();

    /** Returns what fills the place of a removed key. */
    abstract Object filler();

    final int size() {
        return size;
    }

    /** Returns the index of a key of this kind, or -1. */
    final int indexOf(Object key) {
        int visible = size;
        long[] slots = table;
        int hash = spread(hash(key));
        int at = home(hash, slots.length);
        for (long slot = slots[at]; (int) slot != 0; slot = slots[at]) {
            int entry = (int) slot;
            if ((int) (slot >>> 32) == hash && entry <= visible && equalsAt(entry - 1, key)) {
                return entry - 1;
            }
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        return -1;
    }

    /** Adds a key of this kind that has room and is not here yet; for one thread at a time. */
    final void add(Object key) {
        int index = size;
        append(index, key);
        long[] slots = table;
        if (index >= slots.length - (slots.length >> 2) && slots.length < MAX_ARRAY) {
            slots = grow(slots);
        }
        int hash = spread(hash(key));
        insert(slots, ((long) hash << 32) | (index + 1));
        table = slots;
        size = index + 1;
    }

    /** Takes an index that no key has. */
    final void addHole() {
        int index = size;
        append(index, filler());
        long[] slots = table;
        table = index >= slots.length - (slots.length >> 2) && slots.length < MAX_ARRAY ? grow(slots) : slots;
        size = index + 1;
    }

    private static long[] grow(long[] old) {
        long[] slots = new long[(int) Math.min(MAX_ARRAY, 2L * old.length)];
        for (long slot : old) {
            if (slot != 0) {
                insert(slots, slot);
            }
        }
        return slots;
    }

    private static void insert(long[] slots, long slot) {
        int at = home((int) (slot >>> 32), slots.length);
        while (slots[at] != 0) {
            at = at + 1 == slots.length ? 0 : at + 1;
        }
        slots[at] = slot;
    }

    /** Scales a hash to a length that need not be a power of two. */
    private static int home(int hash, int length) {
        return (int) (((hash & 0xFFFFFFFFL) * length) >>> 32);
    }

    /** Spreads what differs in few bits over all of them; one to one. */
    private static int spread(int hash) {
        int h = (hash ^ (hash >>> 16)) * 0x7FEB352D;
        h = (h ^ (h >>> 15)) * 0x846CA68B;
        return h ^ (h >>> 16);
    }

    /** Returns the length to grow an array to that must hold an index. */
    static int lengthFor(int index) {
        if (index >= MAX_ARRAY) {
            throw new IllegalStateException("no more than " + MAX_ARRAY + " elements fit into an array");
        }
        return (int) Math.min(MAX_ARRAY, (long) index + (index >> 1) + 16);
    }
}
