package org.recommender4j.data;

import java.util.Arrays;

/** Keys of any class, by {@code equals} and {@code hashCode}: a reference each. */
final class ObjectKeys extends KeyStore {
    private volatile Object[] keys = new Object[16];

    @Override
    boolean isKind(Object key) {
        return true;
    }

    @Override
    boolean equalsAt(int index, Object key) {
        return keys[index].equals(key);
    }

    @Override
    void append(int index, Object key) {
        if (index == keys.length) {
            keys = Arrays.copyOf(keys, lengthFor(index));
        }
        keys[index] = key;
    }

    @Override
    Object key(int index) {
        return keys[index];
    }

    @Override
    KeyStore empty() {
        return new ObjectKeys();
    }

    @Override
    Object filler() {
        return ObjectKeys.class;
    }
}
