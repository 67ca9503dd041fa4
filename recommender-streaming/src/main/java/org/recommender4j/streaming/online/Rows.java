package org.recommender4j.streaming.online;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A growing array of objects that one thread writes and any number reads: what is read was published as a whole. Memory:
 * 4 bytes a place, in pieces of 1024 that are made when needed.
 */
final class Rows<T> {
    private static final int BITS = 10;
    private static final int SIZE = 1 << BITS;

    private volatile AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable T>> pieces =
            new AtomicReferenceArray<>(4);

    @Nullable
    T get(int index) {
        AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable T>> all = pieces;
        int at = index >> BITS;
        AtomicReferenceArray<@Nullable T> piece = index >= 0 && at < all.length() ? all.get(at) : null;
        return piece == null ? null : piece.get(index & (SIZE - 1));
    }

    void set(int index, @Nullable T value) {
        int at = index >> BITS;
        if (at >= pieces.length()) {
            if (value == null) {
                return;
            }
            grow(at);
        }
        AtomicReferenceArray<@Nullable T> piece = pieces.get(at);
        if (piece == null) {
            piece = new AtomicReferenceArray<>(SIZE);
            pieces.set(at, piece);
        }
        piece.set(index & (SIZE - 1), value);
    }

    private void grow(int needed) {
        AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable T>> old = pieces;
        AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable T>> larger =
                new AtomicReferenceArray<>(Math.max(needed + 1, 2 * old.length()));
        for (int k = 0; k < old.length(); k++) {
            larger.set(k, old.get(k));
        }
        pieces = larger;
    }
}
