package org.recommender4j.data;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Maps ids (keys) to the dense indices 0, 1, 2, ... in the order of their arrival, and back.
 *
 * <p>Append-only: a key keeps its index for ever. Keys of any class with {@code equals} and {@code
 * hashCode} are fine; {@code String}, {@code Long}, {@code Integer} and {@code UUID} are stored
 * compactly as long as all keys are of the same class.
 *
 * <p>Thread-safe. Adding a new key takes a lock, so that one thread adds at a time; everything else
 * takes no lock and may run while others add. Whoever holds an index, from wherever it came, can
 * read its key.
 *
 * <p>{@code add} and {@code indexOf} are expected O(1), {@code key} is O(1).
 *
 * @param <K> the class of the keys
 */
public final class IdMap<K> {
    private final int limit;
    private volatile KeyStore store = new ObjectKeys();
    private volatile Class<?> keyClass = Object.class;

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

    /** Returns an empty map that takes fewer keys, for tests. */
    static <K> IdMap<K> create(int limit) {
        return new IdMap<>(limit);
    }

    /**
     * Returns the index of a key, adding it if it is new.
     *
     * @throws NullPointerException if the key is null
     * @throws IllegalStateException if the map is full: about 2^31 keys
     */
    public int add(K key) {
        int index = indexOf(Objects.requireNonNull(key, "key must not be null"));
        return index >= 0 ? index : addNew(key);
    }

    private synchronized int addNew(Object key) {
        int index = indexOf(key);
        if (index >= 0) {
            return index;
        }
        KeyStore keys = store;
        int size = keys.size();
        if (size >= limit) {
            throw new IllegalStateException("no more than " + limit + " keys fit into one map");
        }
        if (size == 0) {
            keys = KeyStore.forKey(key);
        }
        if (!keys.isKind(key) || !keys.hasRoom(key)) {
            KeyStore general = new ObjectKeys();
            for (int k = 0; k < size; k++) {
                general.add(keys.key(k));
            }
            keys = general;
        }
        keys.add(key);
        store = keys;
        if (size == 0) {
            keyClass = key.getClass();
        } else if (keyClass != key.getClass()) {
            keyClass = Object.class;
        }
        return size;
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
     */
    @SuppressWarnings("unchecked")
    public K key(int index) {
        KeyStore keys = store;
        return (K) keys.key(index < keys.size() ? index : checkLocked(index));
    }

    /** An index that came through a data race may be ahead of the size seen; the lock settles it. */
    private synchronized int checkLocked(int index) {
        return Objects.checkIndex(index, store.size());
    }

    /** Returns the number of keys. */
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
