package org.recommender4j.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Maps outside ids to dense indices 0, 1, 2, ... in the order of their arrival, and back.
 */
public final class IdMap<K> {
  private Object[] keys = new Object[16];
  private final java.util.HashMap<Object, Integer> indices = new java.util.HashMap<>();

  /** Returns an empty map. */
  public static <K> IdMap<K> create() {
    return new IdMap<>();
  }

  /** Returns the index of a key, adding it if it is new. */
  public synchronized int add(K key) {
    Integer known = indices.get(key);
    if (known != null) {
      return known;
    }
    int index = indices.size();
    if (index == keys.length) {
      keys = Arrays.copyOf(keys, 2 * index);
    }
    keys[index] = key;
    indices.put(key, index);
    return index;
  }

  /** Returns the index of a key, or -1. */
  public int indexOf(@Nullable Object key) {
    Integer index = indices.get(key);
    return index == null ? -1 : index;
  }

  /** Returns the key at an index. */
  @SuppressWarnings("unchecked")
  public K key(int index) {
    return (K) keys[index];
  }

  /** Returns the number of keys. */
  public int size() {
    return indices.size();
  }
}
