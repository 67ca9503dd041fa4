package org.recommender4j.data;

import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import org.recommender4j.internal.util.Utf8;

/**
 * Maps ids (keys) to the dense indices 0, 1, 2, ... in the order of their arrival, and back.
 *
 * <p>A key keeps its index until it is removed, and no other key ever gets that index. Keys of any class with {@code equals} and {@code
 * hashCode} are fine; {@code String}, {@code Long}, {@code Integer} and {@code UUID} are stored
 * compactly as long as all keys are of the same class.
 *
 * <p>Thread-safe. Adding a new key takes a lock, so that one thread adds at a time; everything else
 * takes no lock and may run while others add. Whoever holds an index, from wherever it came, can
 * read its key.
 *
 * <p>{@code add} and {@code indexOf} are expected O(1), {@code key} is O(1). Strings are kept as bytes, so that {@code
 * key} makes a new one each time. Many keys with the same hash code slow a map down to O(keys).
 *
 * <p>Memory per key, measured, the spare room of growing included: {@code Integer} 16 to 25 bytes, {@code Long} 20 to 30,
 * {@code UUID} 30 to 38, {@code String} of 7 letters 25 to 31 and of 36 letters 54 to 75. A {@code HashMap} with an {@code
 * ArrayList} takes 75 to 140.
 *
 * @param <K> the class of the keys
 */
public final class IdMap<K> {
    private final int limit;
    private volatile KeyStore store = new ObjectKeys();
    private volatile Class<?> keyClass = Object.class;
    /** Replaced, never changed. */
    private volatile BitSet holes = new BitSet();
    /** How many holes there are; only under the lock. */
    private int removed;

    private IdMap(int limit) {
        this.limit = limit;
    }

    /**
     * Returns an empty map.
     *
     * @param <K> the class of the keys
     */
    public static <K> IdMap<K> create() {
        return new IdMap<>(KeyStore.MAX_ARRAY - 1);
    }

    /**
     * Returns a map of keys in their order.
     *
     * @param <K> the class of the keys
     * @param keys each once
     * @param holes the indices that no key has, as if it had been removed, ascending; an index behind all keys may be one
     * @throws IllegalArgumentException if a key occurs twice, or the holes do not ascend or leave a gap behind the keys
     */
    public static <K> IdMap<K> of(List<? extends K> keys, int[] holes) {
        IdMap<K> map = create();
        int hole = 0;
        for (int index = 0; index < (long) keys.size() + holes.length; index++) {
            if (hole < holes.length && holes[hole] == index) {
                // Nobody else has the map yet, so that the set need not be replaced.
                map.holes.set(index);
                map.removed++;
                map.store.addHole();
                hole++;
            } else if (index - hole >= keys.size()) {
                throw new IllegalArgumentException("the key of index " + index + " is missing");
            } else if (map.add(keys.get(index - hole)) != index) {
                throw new IllegalArgumentException("the key of index " + index + " occurs twice");
            }
        }
        return map;
    }

    /** Returns an empty map that takes fewer keys, for tests. */
    static <K> IdMap<K> create(int limit) {
        return new IdMap<>(limit);
    }

    /**
     * Returns the index of a key, adding it if it is new.
     *
     * @throws NullPointerException if the key is null
     * @throws IllegalArgumentException if the key is new and a string with half a surrogate pair, which no file can hold
     * @throws IllegalStateException if the map is full: about 2^31 keys
     */
    public int add(K key) {
        int index = indexOf(Objects.requireNonNull(key, "key must not be null"));
        return index >= 0 ? index : addNew(key);
    }

    private synchronized int addNew(Object key) {
        if (key instanceof String text) {
            Utf8.require("id", text);
        }
        int index = indexOf(key);
        if (index >= 0) {
            return index;
        }
        KeyStore keys = store;
        int size = keys.size();
        if (size >= limit) {
            throw new IllegalStateException("no more than " + limit + " keys fit into one map");
        }
        boolean first = size == removed;
        if (first) {
            keys = KeyStore.forKey(key);
            for (int k = 0; k < size; k++) {
                keys.addHole();
            }
        }
        if (!keys.isKind(key) || !keys.hasRoom(key)) {
            KeyStore general = new ObjectKeys();
            copy(keys, holes, general);
            keys = general;
        }
        keys.add(key);
        store = keys;
        if (first) {
            keyClass = key.getClass();
        } else if (keyClass != key.getClass()) {
            keyClass = Object.class;
        }
        return size;
    }

    private static void copy(KeyStore from, BitSet holes, KeyStore to) {
        for (int k = 0; k < from.size(); k++) {
            if (holes.get(k)) {
                to.addHole();
            } else {
                to.add(from.key(k));
            }
        }
    }

    /**
     * Removes a key for good: no copy of it stays here, and its index is not used again. {@link #key} of the index then throws.
     * Takes time and, for a moment, memory in proportion to the number of keys; readers see the map before or after it.
     *
     * @return the index that the key had, or -1 if it was not here
     */
    public synchronized int remove(@Nullable Object key) {
        int index = indexOf(key);
        if (index >= 0) {
            BitSet changed = (BitSet) holes.clone();
            changed.set(index);
            removed++;
            KeyStore rest = store.empty();
            copy(store, changed, rest);
            holes = changed;
            store = rest;
        }
        return index;
    }

    /** Takes the next index for no key at all, as if one had been added and removed. */
    public synchronized void addHole() {
        BitSet changed = (BitSet) holes.clone();
        changed.set(store.size());
        removed++;
        KeyStore keys = store;
        holes = changed;
        keys.addHole();
        store = keys;
    }

    /** Tells whether the key of an index was removed. */
    public boolean isHole(int index) {
        return holes.get(index);
    }

    /** Returns the indices whose keys were removed, ascending. */
    public int[] holes() {
        return holes.stream().toArray();
    }

    /** Returns the index of a key, or -1 if it is not here. */
    public int indexOf(@Nullable Object key) {
        KeyStore keys = store;
        return key != null && keys.isKind(key) ? keys.indexOf(key) : -1;
    }

    /** Tells whether a key is here. */
    public boolean contains(@Nullable Object key) {
        return indexOf(key) >= 0;
    }

    /**
     * Returns the key at an index.
     *
     * @throws IndexOutOfBoundsException if the index is negative or not less than the size
     * @throws NoSuchElementException if the key was removed
     */
    @SuppressWarnings("unchecked")
    public K key(int index) {
        if (holes.get(index)) {
            throw new NoSuchElementException("the key of index " + index + " was removed");
        }
        KeyStore keys = store;
        return (K) keys.key(index < keys.size() ? index : checkLocked(index));
    }

    /** An index that came through a data race may be ahead of the size seen; the lock settles it. */
    private synchronized int checkLocked(int index) {
        return Objects.checkIndex(index, store.size());
    }

    /** Returns the number of indices in use: that of the keys, and of those removed. */
    public int size() {
        return store.size();
    }

    /** Returns a view of the keys by index, which cannot be changed and grows with this map. */
    public List<K> keys() {
        return new Keys<>(this);
    }

    /** Returns the class that all keys have in common, or empty when there is none. */
    public Optional<Class<?>> keyClass() {
        Class<?> common = keyClass;
        return common == Object.class ? Optional.empty() : Optional.of(common);
    }

    @Override
    public String toString() {
        return "IdMap[" + size() + " keys]";
    }

    private static final class Keys<K> extends AbstractList<K> implements RandomAccess {
        private final IdMap<K> map;

        Keys(IdMap<K> map) {
            this.map = map;
        }

        @Override
        public K get(int index) {
            return map.key(index);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public int indexOf(@Nullable Object key) {
            return map.indexOf(key);
        }

        @Override
        public int lastIndexOf(@Nullable Object key) {
            return map.indexOf(key);
        }

        @Override
        public boolean contains(@Nullable Object key) {
            return map.contains(key);
        }
    }
}
